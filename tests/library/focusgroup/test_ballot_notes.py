"""Ties, missing options and skipped ranks, counted before ballots are."""

import pytest

from croisee.focusgroup import BallotNotes, ballot_notes


@pytest.mark.parametrize(
    ("ranks", "tied", "partial", "gaps"),
    [
        ({"a": 1, "b": 2, "c": 3}, 0, 0, 0),
        ({"a": 1, "b": 1, "c": 3}, 1, 0, 0),
        ({"a": 1, "b": 1, "c": 2}, 1, 0, 0),
        ({"a": 1, "b": 3, "c": 4}, 0, 0, 1),
        ({"a": 2, "b": 3, "c": 4}, 0, 0, 1),
        ({"a": 1, "b": 2}, 0, 1, 0),
        ({"a": 1, "b": 1, "c": 4}, 1, 0, 1),
        ({}, 0, 1, 0),
    ],
)
def test_one_ballot(ranks, tied, partial, gaps):
    assert ballot_notes("abc", [ranks]) == BallotNotes(1, tied, partial, gaps)
