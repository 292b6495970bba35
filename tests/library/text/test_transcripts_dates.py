"""Dates and numbers as people write them."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from croisee.text import ReadDate, parse_date, parse_number

DAY = ReadDate("2020-03-13", date(2020, 3, 13))


@pytest.mark.parametrize(
    "text",
    [
        "2020-03-13",
        "2020/03/13",
        "13/03/2020",
        "13-03-2020",
        "13.03.2020",
        "13 mars 2020",
        "13 Mars 2020",
        "March 13, 2020",
        "Mar 13 2020",
        "13 March 2020",
        "03/13/2020",
        "2020-03-13 00:00:00",
        "2020-03-13T09:30",
        "13\u00a0mars\u00a02020",
    ],
)
def test_date_is_read_in_its_usual_forms(text):
    assert parse_date(text) == DAY


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1er mai 2020", ReadDate("2020-05-01", date(2020, 5, 1))),
        ("1 août 2021", ReadDate("2021-08-01", date(2021, 8, 1))),
        ("2 déc. 2021", ReadDate("2021-12-02", date(2021, 12, 2))),
        ("2020-03", ReadDate("2020-03", None)),
        ("mars 2020", ReadDate("2020-03", None)),
        ("2020", ReadDate("2020", None)),
        ("03/04/2020", ReadDate("2020-04-03", date(2020, 4, 3), ambiguous=True)),
        ("04/04/2020", ReadDate("2020-04-04", date(2020, 4, 4))),
    ],
)
def test_date_is_read_as_far_as_it_is_known(text, expected):
    assert parse_date(text) == expected


@pytest.mark.parametrize(
    "text", ["", "hier", "31/02/2020", "2020-13-01", "13/03/20", "99999", "٢٠٢٠"]
)
def test_what_is_no_date_is_none(text):
    assert parse_date(text) is None


@given(st.text(max_size=60))
def test_any_text_is_a_date_a_number_or_neither(text):
    read = parse_date(text)
    number = parse_number(text)

    assert read is None or read.day is None or read.text == read.day.isoformat()
    assert number is None or number.is_finite()


@given(st.dates(min_value=date(1000, 1, 1)))
def test_iso_dates_read_back(day):
    assert parse_date(day.isoformat()) == ReadDate(day.isoformat(), day)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1234,5", "1234.5"),
        ("1 234,5", "1234.5"),
        ("1\u202f234,5", "1234.5"),
        ("1234.5", "1234.5"),
        ("1,234.5", "1234.5"),
        ("1.234,5", "1234.5"),
        ("1,234", "1.234"),
        ("25 000 $", "25000"),
        ("$ 25,000.00", "25000.00"),
        ("63 %", "63"),
        ("-3", "-3"),
        ("\u22123", "-3"),
        ("0,0", "0.0"),
        ("2634.3982157", "2634.3982157"),
    ],
)
def test_number_is_read_exactly(text, expected):
    assert str(parse_number(text)) == expected


@pytest.mark.parametrize(
    "text", ["", "douze", "1 2", "12 34", "1.2.3", "nan", "inf", "--1", "9" * 60]
)
def test_what_is_no_number_is_none(text):
    assert parse_number(text) is None


@given(
    st.decimals(
        allow_nan=False, allow_infinity=False, places=3, min_value=-(10**9), max_value=10**9
    )
)
def test_french_numbers_read_back(number):
    assert parse_number(f"{number:f}".replace(".", ",")) == Decimal(number)
