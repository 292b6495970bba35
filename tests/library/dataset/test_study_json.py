import json
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.library.dataset.frozen_study import STUDY

from croisee.dataset.study_json import (
    StudyUnreadable,
    canonical_json,
    decimal_text,
    study_from_json,
    study_to_json,
)
from croisee.study import Study


def test_study_comes_back_equal():
    again = study_from_json(json.loads(canonical_json(study_to_json(STUDY))))

    assert again == STUDY
    assert repr(again.themes[0].total) == "Decimal('100000.5')"


FINITE = st.decimals(-(10**12), 10**12, allow_nan=False)
st.register_type_strategy(Decimal, FINITE)


@settings(max_examples=40, deadline=None)
@given(st.from_type(Study))
def test_any_study_comes_back_equal(study):
    assert study_from_json(json.loads(canonical_json(study_to_json(study)))) == study


@given(FINITE)
def test_equal_decimals_are_written_alike(value):
    digits = value.as_tuple()
    longer = Decimal((digits.sign, (*digits.digits, 0, 0), int(digits.exponent) - 2))

    assert decimal_text(longer) == decimal_text(value)
    assert Decimal(decimal_text(value)) == value


def test_defaults_are_left_out():
    assert study_to_json(STUDY.cases[0].short) == {"fr": "Rivages"}
    assert "contact" not in study_to_json(STUDY)


@pytest.mark.parametrize(
    "change",
    [
        {"cases": "rivages"},
        {"titre": {"fr": "x"}},
        {"title": {}},
        {"title": "x"},
        {"crossings": [["a", "b"]]},
        {"diffusion": {"code": "2021a", "arrest_on": "hier"}},
        {"policy": {"t": "5"}},
        {"methods": [{"code": "m", "name": {"fr": "M"}, "kind": "inconnu"}]},
    ],
    ids=str,
)
def test_foreign_json_is_refused(change):
    body = study_to_json(STUDY)
    assert isinstance(body, dict)

    with pytest.raises(StudyUnreadable):
        study_from_json(body | change)


def test_study_holds_only_what_json_can_say():
    with pytest.raises(TypeError):
        study_to_json(replace(STUDY, contact=3.5))  # type: ignore[arg-type]
