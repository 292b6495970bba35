"""Instant run-off and approval: a published election, ties, real ballots."""

import pytest
from ballot_samples import CAPITALS, drawn, strict
from hypothesis import given

from croisee.focusgroup import Ballot, approvals, approved, ballot, instant_runoff
from croisee.focusgroup.runoff import Round
from croisee.formats import read_preflib


def test_rounds_of_the_four_towns():
    """The textbook choice of a capital: the run-off chooses K, which everybody else beats but M."""
    found = instant_runoff("MNCK", CAPITALS)

    assert found.rounds == (
        Round(("M", "N", "C", "K"), (42, 26, 15, 17), ("C",)),
        Round(("M", "N", "K"), (42, 26, 32), ("N",)),
        Round(("M", "K"), (42, 58), ("M",)),
        Round(("K",), (100,), ()),
    )
    assert found.winners == found.possible == ("K",)


def test_tie_that_decides_is_said():
    """a and b tied for last go out together and leave c; alone out, either could have won."""
    held = [strict("ab", 2), strict("ba", 2), strict("c", 3)]

    found = instant_runoff("abc", held)

    assert found.winners == ("c",)
    assert found.possible == ("a", "b")


def test_options_all_tied_all_win():
    assert instant_runoff("ab", [strict("ab"), strict("ba")]).winners == ("a", "b")
    assert instant_runoff("ab", []).winners == ("a", "b")
    assert instant_runoff("", []).winners == ()


def test_tied_first_places_support_each_and_ballots_run_out():
    held = [Ballot((("a", "b"),), 2), strict("c", 1), strict("b", 1)]

    found = instant_runoff("abc", held)

    assert found.rounds[0] == Round(("a", "b", "c"), (2, 3, 1), ("c",))
    assert found.rounds[1].first == (2, 3)
    assert found.winners == ("b",)


@given(drawn())
def test_more_than_half_first_wins(ballots):
    people = sum(one.weight for one in ballots)
    alone = {option: sum(b.weight for b in ballots if b.order[0] == (option,)) for option in "abcd"}

    found = instant_runoff("abcd", ballots)

    assert set(found.winners)
    for option, first in alone.items():
        if 2 * first > people and all(len(b.order[0]) == 1 for b in ballots):
            assert found.winners == found.possible == (option,)


@pytest.mark.parametrize(
    ("places", "options"), [(1, ("a",)), (2, ("a",)), (3, ("a", "b", "c")), (9, tuple("abcd"))]
)
def test_level_of_ties_counts_whole_or_not_at_all(places, options):
    assert approved(ballot({"a": 1, "b": 2, "c": 2, "d": 5}), places) == options


def test_first_level_counts_even_when_it_is_large():
    assert approved(ballot({"a": 1, "b": 1, "c": 2})) == ("a", "b")


def test_approvals_of_gy_les_nonains(real_data):
    """The experiment of 2002: approvals counted from the lines, and again from the ballots."""
    folder = real_data / "ranking" / "preflib" / "datasets" / "00026 - frenchapproval"
    path = folder / "00026-00000001.cat"
    election = read_preflib(path)
    options = [str(place) for place in range(1, 17)]
    counted = dict.fromkeys(options, 0)
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            many, _, order = line.partition(": ")
            first = order[1 : order.index("}")] if order.startswith("{") else order.split(",")[0]
            for option in filter(None, first.split(",")):
                counted[option] += int(many)
    held = [Ballot((tuple(map(str, levels[0])),), many) for many, levels in election.orders]

    assert approvals(options, held) == tuple(counted.values())
    assert election.voters == 365
