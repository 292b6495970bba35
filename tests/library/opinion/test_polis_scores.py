"""Polis's own scores, by hand."""

from math import sqrt

import pytest
from tests.library.opinion.made import camps, votes

from croisee.opinion import polis_score, polis_scores, share, tallies


def test_scores_worked_by_hand():
    """8 of 9 inside, 0 of 4 outside: 9/10 and 1/5 once one is added, 10/15 together."""
    found = polis_score(share(8, 9), share(0, 4))
    assert found.share == pytest.approx(9 / 11)
    assert found.share_z == pytest.approx(2 * sqrt(10) * 0.4)
    assert found.repness == pytest.approx((9 / 11) / (1 / 6))
    assert found.repness_z == pytest.approx(0.7 / sqrt(2 / 9 * (1 / 10 + 1 / 5)))


def test_everybody_says_so_in_the_group_and_outside():
    assert polis_score(share(9, 9), share(4, 4)).repness_z == 0


def test_a_camp_is_told_by_its_own_statements():
    rows, of_camp = camps((60, 40), 6)
    held = votes(rows, 100, 6)
    inside, outside = (tallies(held, (of_camp == camp).nonzero()[0]) for camp in (0, 1))
    ways = [
        agree.repness_z > disagree.repness_z for agree, disagree in polis_scores(inside, outside)
    ]
    assert ways == [True, False] * 3


@pytest.mark.parametrize(
    ("inside", "outside", "scores"),
    # what red-dwarf 0.4.0 gave for votes drawn here (calculate_comment_statistics), computed once
    [((6, 10), (3, 4), (0.583333, 0.904534, 0.875, -0.654545)),
     ((1, 11), (1, 5), (0.153846, -2.309401, 0.538462, -0.801784)),
     ((4, 7), (1, 7), (0.555556, 0.707107, 2.5, 1.511858)),
     ((3, 10), (2, 8), (0.333333, -0.904534, 1.111111, 0.141351))],
)  # fmt: skip
def test_scores_are_those_of_red_dwarf(inside, outside, scores):
    found = polis_score(share(*inside), share(*outside))
    told = (found.share, found.share_z, found.repness, found.repness_z)
    assert told == pytest.approx(scores, abs=1e-6)
