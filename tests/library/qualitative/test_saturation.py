"""What more documents bring: published estimates, and every choice of documents tried."""

from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from croisee.qualitative import coverage, expected_curve, saturated_at, saturation, unseen

DOCUMENTS = st.lists(st.sets(st.sampled_from("abcdef")), min_size=1, max_size=6)
RABBITS = {1: 43, 2: 16, 3: 8, 4: 6, 6: 2, 7: 1}
"""Edwards and Eberhardt (1967): 76 rabbits caught once, twice… in 18 nights, of 135."""


def test_codes_not_heard_yet_on_the_rabbits_of_edwards_and_eberhardt():
    """Chao (1987): 76 caught, an estimate of 134 (the truth was 135)."""
    seen = sum(RABBITS.values())

    assert seen == 76
    assert round(seen + unseen(RABBITS[1], RABBITS[2])) == 134


def test_coverage_by_hand():
    """Three documents hold {a, b}, {a, c}, {a, b, d}: 7 uses, c and d once, b twice.

    1 - 2/7 × (2 × 2) / (2 × 2 + 2 × 1) = 17/21.
    """
    found = saturation([{"a", "b"}, {"a", "c"}, {"a", "b", "d"}])

    assert (found.new, found.total) == ((2, 1, 1), (2, 3, 4))
    assert found.expected == (Fraction(7, 3), Fraction(10, 3), Fraction(4))
    assert (found.once, found.twice, found.unseen) == (2, 1, Fraction(2))
    assert found.coverage == coverage(7, 2, 1, 3) == Fraction(17, 21)


@given(DOCUMENTS)
def test_expected_curve_is_the_mean_over_every_choice(documents):
    holding = [sum(code in codes for codes in documents) for code in set().union(*documents)]
    for drawn, expected in enumerate(expected_curve(holding, len(documents)), 1):
        chosen = [len(set().union(*few)) for few in combinations(documents, drawn)]

        assert expected == Fraction(sum(chosen), len(chosen))


@given(DOCUMENTS)
def test_curve_ends_on_what_was_heard(documents):
    found = saturation(documents)

    assert sum(found.new) == found.total[-1] == found.expected[-1]
    assert list(found.expected) == sorted(found.expected)
    assert found.coverage is None or 0 <= found.coverage <= 1


@pytest.mark.parametrize(
    ("new", "at"),
    [
        ((20, 8, 6, 6, 2, 1, 1, 1), 7),
        ((20, 8, 6, 6, 1, 1), 6),
        ((20, 8, 6, 6, 9, 9), None),
        ((20, 8, 6), None),
        ((0, 0, 0, 0, 0, 0), None),
    ],
)
def test_new_information_falls_under_a_twentieth_of_the_first_four(new, at):
    """The rule of Guest, Namey and Chen (2020): 40 codes in the first four, 2 in a run of two."""
    assert saturated_at(new, Fraction(1, 20)) == at


def test_nothing_heard_says_nothing():
    found = saturation([set()])

    assert (found.coverage, found.unseen) == (None, 0)
    assert saturation([{"a"}]).unseen is None
    assert saturation([{"a"}]).coverage is None
