"""Numbers typed in digits, numbers in letters, and how ours are said."""

from decimal import Decimal

import pytest

from croisee.text import say_number, spelled_numbers, typed_numbers


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Parmi {eclair.2020.aide/aucune@carrefours|sur}, tous.", []),
        ("46 sur 64, soit 72 %", ["46", "64", "72"]),
        ("25 000 $ et 12,5 points", ["25 000", "12,5"]),
        ("en 2020, F-07", ["2020", "07"]),
        ("1\u202f000 et 1\u00a0000", ["1\u202f000", "1\u00a0000"]),
    ],
)
def test_typed_numbers_outside_marks(text, found):
    assert [number.text for number in typed_numbers(text)] == found


def test_typed_numbers_have_their_place():
    text = "il y en a 46 ici"

    (number,) = typed_numbers(text)

    assert text[number.start : number.end] == number.text


def test_typed_numbers_in_reviewed_literals_are_allowed():
    text = "100\u00a0% télétravail, 2 à 3 jours, mais 100 % des gens et 12 à 3 jours"

    found = typed_numbers(text, literals=("100 % télétravail", "2 à 3 jours"))

    assert [number.text for number in found] == ["100", "12", "3"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("vingt et un réseaux et deux cent trente personnes",
         ["vingt et un", "deux cent trente"]),
        ("quatre-vingt-dix-sept ; soixante et onze", ["quatre-vingt-dix-sept", "soixante et onze"]),
        ("la moitié, les deux tiers, un quart, trois quarts",
         ["la moitié", "deux tiers", "un quart", "trois quarts"]),
        ("une douzaine, des centaines", ["une douzaine", "centaines"]),
        ("une personne, un réseau, l’un et l’autre, quelqu’une", []),
        ("un réseau sur trois", ["trois"]),
        ("Quinze {a.b/trois@cas}", ["Quinze"]),
        ("sixième, dixit, centre, troisième", []),
    ],
)  # fmt: skip
def test_spelled_numbers_in_french(text, found):
    assert [number.text for number in spelled_numbers(text, "fr")] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("twenty-two people and three hundred and four", ["twenty-two", "three hundred and four"]),
        ("half of them, two thirds, a dozen", ["half", "two thirds", "a dozen"]),
        ("one network, a person, someone, often", []),
    ],
)
def test_spelled_numbers_in_english(text, found):
    assert [number.text for number in spelled_numbers(text, "en")] == found


@pytest.mark.parametrize(
    ("value", "french", "english"),
    [
        (2700, "2 700", "2,700"),
        (46, "46", "46"),
        (Decimal("1234.50"), "1 234,5", "1,234.5"),
        (Decimal("12.00"), "12", "12"),
        (Decimal("-3.5"), "−3,5", "−3.5"),
        (Decimal("1E+3"), "1 000", "1,000"),
    ],
)
def test_say_number(value, french, english):
    assert (say_number(value, "fr"), say_number(value, "en")) == (french, english)
