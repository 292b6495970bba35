"""Kemeny's order: published elections, every order tried, real ballots."""

from itertools import combinations, permutations

import pytest
from ballot_samples import CAPITALS, CONDORCET_1785, drawn, strict
from hypothesis import given
from hypothesis import strategies as st

from croisee.focusgroup import condorcet_winner, kemeny, pairwise
from croisee.focusgroup.kemeny import MOST_ORDERS


def against(order, options, counts):
    """Return how many times somebody puts after what the order puts before."""
    place = {option: i for i, option in enumerate(options)}
    return sum(counts[place[b]][place[a]] for a, b in combinations(order, 2))


def test_order_of_condorcets_sixty_voters():
    """Young (1988): B, C, A agrees with 104 of the 180 judgements of Condorcet's example."""
    found = kemeny("ABC", CONDORCET_1785)

    assert (found.orders, found.many, found.distance) == ((("B", "C", "A"),), 1, 180 - 104)
    assert (found.winners, found.exact, found.at_least) == (("B",), True, 76)


def test_order_of_the_four_towns_is_their_majority_s():
    """Three duels are won by 68, 58 and 83 people of 100…: no pair is contradicted in vain."""
    found = kemeny("MNCK", CAPITALS)

    assert found.orders == (("N", "C", "K", "M"),)
    assert found.distance == 32 + 17 + 32 + 42 * 3


@given(drawn(most=8))
def test_no_order_does_better_and_all_the_best_are_there(ballots):
    counts = pairwise("abcd", ballots)
    every = {order: against(order, "abcd", counts) for order in permutations("abcd")}
    least = min(every.values())
    best = sorted(order for order, distance in every.items() if distance == least)

    found = kemeny("abcd", ballots)

    assert (found.distance, found.at_least, found.many) == (least, least, len(best))
    assert sorted(found.orders) == best[:MOST_ORDERS]
    assert set(found.winners) == {order[0] for order in best}


@given(drawn())
def test_condorcet_winner_comes_first(ballots):
    winner = condorcet_winner("abcd", ballots)

    assert winner is None or kemeny("abcd", ballots).winners == (winner,)


def test_six_options_all_tied_have_every_order_and_show_the_first_ones():
    found = kemeny("fedcba", [])

    assert (found.many, len(found.orders), found.winners) == (720, MOST_ORDERS, tuple("abcdef"))
    assert found.orders[0] == tuple("abcdef")


@given(st.lists(st.permutations("abcdefghijklmn"), min_size=3, max_size=5))
def test_beyond_twelve_options_the_bound_holds_and_an_exact_order_is_said_so(orders):
    """Fourteen options: a bounded answer is never under its bound, nor beaten by a ballot."""
    ballots = [strict(order) for order in orders]
    counts = pairwise("abcdefghijklmn", ballots)

    found = kemeny("abcdefghijklmn", ballots)

    assert found.at_least <= found.distance
    assert against(found.orders[0], "abcdefghijklmn", counts) == found.distance
    assert found.exact or found.many == 1
    if found.exact:
        assert all(against(order, "abcdefghijklmn", counts) >= found.distance for order in orders)


def test_thirty_options_that_majorities_separate_are_ordered_exactly():
    """Groups of three in a cycle, each group before the next for everybody."""
    names = [f"o{number:02}" for number in range(30)]
    cycles = []
    for turn in range(3):
        order = [name for first in range(0, 30, 3)
                 for name in (names[first : first + 3] * 2)[turn : turn + 3]]  # fmt: skip
        cycles.append(strict(order))

    found = kemeny(names, cycles)

    assert found.exact
    assert found.many == 3**10
    assert found.distance == 10 * (1 + 1 + 2)


@pytest.mark.parametrize("options", ["", "a"])
def test_nothing_to_order(options):
    found = kemeny(options, [strict(options)])

    assert (found.orders, found.distance, found.exact) == ((tuple(options),), 0, True)
