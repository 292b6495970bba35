"""Shares, what people share and what divides them, worked by hand."""

import pytest
from tests.library.opinion.made import votes

from croisee.opinion import (
    characteristic,
    consensus,
    difference,
    dividing,
    opposing,
    share,
    tallies,
)


def said(*statements):
    """Return votes from (agree, disagree, pass) of each statement."""
    rows = []
    for statement, counts in enumerate(statements):
        given = [vote for vote, many in zip((1, -1, 0), counts, strict=True) for _ in range(many)]
        rows += [(person, statement, vote) for person, vote in enumerate(given)]
    return votes(rows, 200, len(statements))


def test_counts_are_of_those_who_voted():
    (tally,) = tallies(said((30, 8, 2)))
    assert (tally.agree.count, tally.disagree.count, tally.passed.count) == (30, 8, 2)
    assert tally.voters == 40


@pytest.mark.parametrize(
    ("count", "of", "ends"),
    # Newcombe 1998, Statistics in Medicine 17, p. 857-872, table I, method 3
    [(81, 263, (0.2553, 0.3662)), (15, 148, (0.0624, 0.1605)), (0, 20, (0, 0.1611)),
     (1, 29, (0.0061, 0.1718))],
)  # fmt: skip
def test_wilson_intervals_published(count, of, ends):
    found = share(count, of)
    assert (round(found.low, 4), round(found.high, 4)) == ends


@pytest.mark.parametrize(
    ("first", "second", "ends"),
    # Newcombe 1998, Statistics in Medicine 17, p. 873-890, table II, method 10
    [((56, 70), (48, 80), (0.0524, 0.3339)), ((9, 10), (3, 10), (0.1705, 0.8090)),
     ((5, 56), (0, 29), (-0.0381, 0.1926)), ((10, 10), (0, 20), (0.6791, 1.0))],
)  # fmt: skip
def test_differences_published(first, second, ends):
    low, high = difference(share(*first), share(*second))
    assert (round(low, 4), round(high, 4)) == ends


def test_a_consensus_is_that_of_each_group_too():
    whole = tallies(said((90, 5, 5), (5, 90, 5), (55, 45, 0)))
    assert [(one.statement, one.direction) for one in consensus(whole, ())] == [("0", 1), ("1", -1)]
    torn = tallies(said((10, 10, 0), (0, 20, 0), (5, 5, 0)))
    assert [one.statement for one in consensus(whole, (whole, torn))] == ["1"]


def test_what_divides_has_a_sure_quarter_on_each_side():
    whole = tallies(said((60, 40, 0), (80, 20, 0), (50, 50, 0), (5, 5, 0)))
    assert [one.statement for one in dividing(whole)] == ["2", "0"]


def test_groups_of_contrary_majorities():
    first, second = tallies(said((40, 2, 0), (30, 3, 0))), tallies(said((2, 40, 0), (20, 3, 0)))
    (one,) = opposing((first, second))
    assert (one.statement, one.agree, one.disagree) == ("0", (0,), (1,))


def test_what_tells_a_group_is_held_by_most_of_it_and_by_fewer_others():
    inside = tallies(said((38, 2, 0), (12, 28, 0), (20, 20, 0)))
    outside = tallies(said((20, 20, 0), (30, 10, 0), (2, 38, 0)))
    found = characteristic(inside, outside)
    assert [(one.statement, one.direction) for one in found] == [("0", 1), ("1", -1)]
    assert all(0 < one.low < one.inside.value - one.outside.value < one.high for one in found)


def test_nobody_said_anything():
    assert consensus(tallies(votes([], 3, 2)), ()) == ()
    assert dividing(tallies(votes([], 3, 2))) == ()
