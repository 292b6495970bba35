"""Ordered choices against published elections, real ballots and properties."""

from decimal import Decimal

import pytest
from ballot_samples import CAPITALS, CONDORCET_1785, strict
from hypothesis import given
from hypothesis import strategies as st

from croisee.focusgroup import (
    Ballot,
    ballot,
    borda,
    condorcet_winner,
    first_choices,
    is_solid,
    order_of,
    pairwise,
    schulze,
)
from croisee.formats import read_preflib

BORDA_1784 = [strict("ABC", 1), strict("ACB", 7), strict("BCA", 7), strict("CBA", 6)]
SCHULZE_EXAMPLE_1 = [strict("acdb", 8), strict("badc", 2), strict("cdba", 4), strict("dbac", 4),
                     strict("dcba", 3)]  # fmt: skip
SCHULZE_45 = [
    strict("ACBED", 5), strict("ADECB", 5), strict("BEDAC", 8), strict("CABED", 3),
    strict("CAEBD", 7), strict("CBADE", 2), strict("DCEBA", 7), strict("EBADC", 8),
]  # fmt: skip


def test_borda_on_bordas_own_election():
    """Borda (1784): plurality gives A, the order of merit gives C, B, A."""
    points = borda("ABC", BORDA_1784)

    assert points == (Decimal(16), Decimal(21), Decimal(26))
    assert order_of("ABC", points) == (("C",), ("B",), ("A",))
    assert first_choices("ABC", BORDA_1784) == (8, 7, 6)
    assert condorcet_winner("ABC", BORDA_1784) == "C"


def test_cycle_of_condorcets_sixty_voters():
    """Condorcet (1785), read by Young (1988): A beats B, B beats C, C beats A."""
    assert pairwise("ABC", CONDORCET_1785) == ((0, 33, 25), (27, 0, 42), (35, 18, 0))
    assert condorcet_winner("ABC", CONDORCET_1785) is None
    assert borda("ABC", CONDORCET_1785) == (Decimal(58), Decimal(69), Decimal(53))


def test_condorcet_winner_of_the_four_towns():
    """The textbook choice of a capital: the middle town beats each other one."""
    assert condorcet_winner("MNCK", CAPITALS) == "N"
    assert borda("MNCK", CAPITALS) == tuple(map(Decimal, (126, 194, 173, 107)))
    assert schulze("MNCK", CAPITALS) == (("N",), ("C",), ("K",), ("M",))


def test_schulze_first_example():
    """Schulze (2011), example 1: d is the only winner, then a, c, b."""
    assert schulze("abcd", SCHULZE_EXAMPLE_1) == (("d",), ("a",), ("c",), ("b",))


def test_schulze_forty_five_voters():
    """Schulze (2003), Voting Matters 17: E > A > C > B > D, with no Condorcet winner."""
    assert schulze("ABCDE", SCHULZE_45) == (("E",), ("A",), ("C",), ("B",), ("D",))
    assert condorcet_winner("ABCDE", SCHULZE_45) is None


def test_ties_share_the_average_of_their_places():
    held = [Ballot((("a", "b"), ("c",)))]

    assert borda("abc", held) == (Decimal("1.5"), Decimal("1.5"), Decimal(0))
    assert order_of("abc", borda("abc", held)) == (("a", "b"), ("c",))
    assert first_choices("abc", held) == (0, 0, 0)
    assert schulze("abc", held) == (("a", "b"), ("c",))


def test_options_left_out_share_the_last_places():
    assert borda("abcd", [ballot({"c": 1})]) == (1, 1, 3, 1)
    assert ballot({"a": 3, "b": 1, "c": 3}).order == (("b",), ("a", "c"))


@pytest.mark.parametrize(
    ("ballots", "solid"),
    [
        ([strict("ab", 5), strict("ba", 2)], True),
        ([strict("ab", 4), strict("ba", 3)], False),
        ([strict("ab", 1)], False),
        ([], False),
        ([strict("ab", 6, "g-1")], True),
        ([strict("ab", 6, "g-1"), strict("ab", 5, "g-2")], True),
        ([strict("ab", 6, "g-1"), strict("ba", 3, "g-2")], False),
        ([strict("ab", 6, "g-1"), strict("ab", 6, "g-2"), strict("ba", 3, "g-3")], True),
    ],
)
def test_winner_is_solid_when_nobody_and_no_group_changes_it(ballots, solid):
    assert is_solid("ab", ballots) is solid


BALLOTS = st.lists(
    st.builds(
        lambda ranks, weight, group: ballot(ranks, weight=weight, group=group),
        st.fixed_dictionaries({option: st.integers(1, 4) for option in "abcd"}),
        st.integers(1, 3),
        st.sampled_from(["g-1", "g-2"]),
    ),
    min_size=1,
    max_size=6,
)


@given(BALLOTS)
def test_borda_points_add_up_whatever_the_ties(ballots):
    people = sum(one.weight for one in ballots)

    assert sum(borda("abcd", ballots)) == 6 * people


@given(BALLOTS)
def test_condorcet_winner_is_alone_first_for_schulze(ballots):
    winner = condorcet_winner("abcd", ballots)

    assert winner is None or schulze("abcd", ballots)[0] == (winner,)


@given(BALLOTS, st.randoms(use_true_random=False))
def test_nothing_depends_on_the_order_of_the_ballots(ballots, shuffler):
    other = ballots[:]
    shuffler.shuffle(other)

    assert borda("abcd", other) == borda("abcd", ballots)
    assert schulze("abcd", other) == schulze("abcd", ballots)
    assert is_solid("abcd", other) == is_solid("abcd", ballots)


@given(BALLOTS)
def test_solid_is_what_leaving_one_by_one_says(ballots):
    """Recomputed the slow way: every person, then every group, taken out."""
    people = [Ballot(b.order, 1, b.group) for b in ballots for _ in range(b.weight)]

    def winner(left):
        return order_of("abcd", borda("abcd", left))[0] if left else None

    groups = {b.group for b in people}
    without = [people[:i] + people[i + 1 :] for i in range(len(people))]
    if len(groups) > 1:
        without += [[b for b in people if b.group != group] for group in groups]
    slow = all(winner(left) == winner(people) for left in without)

    assert is_solid("abcd", ballots) == slow


def preflib(path):
    """Return the options, by number, and the ballots of a PrefLib file."""
    election = read_preflib(path)
    options = tuple(str(place) for place in range(1, len(election.alternatives) + 1))
    return options, [
        Ballot(tuple(tuple(map(str, level)) for level in levels), many)
        for many, levels in election.orders
    ]


ELECTED = {"1": "3", "3": "3", "5": "4", "6": "1", "7": "3", "8": "2"}
"""Last figure of the file (2002, 2005, 2007, 2010, 2012, and the logo): the option chosen.

Files 2 (2003) and 4 (2006) are left out: PrefLib wrote tied options one after the other, and
these two elections were won by fewer votes than there were ties.
"""


@pytest.mark.parametrize("number", ELECTED)
def test_debian_elections_choose_whom_they_chose(real_data, number):
    """Debian chooses by Schulze's method; its ballots leave options out."""
    folder = real_data / "ranking" / "preflib" / "datasets" / "00002 - debian"
    options, ballots = preflib(folder / f"00002-0000000{number}.soi")

    assert schulze(options, ballots)[0] == (ELECTED[number],)
    assert condorcet_winner(options, ballots) == ELECTED[number]
