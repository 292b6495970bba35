"""Kemeny's order: the one that contradicts people least. Exact to twelve options, then bounded."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from croisee.focusgroup.ballots import Ballot, borda, order_of, pairwise

EXACT = 12
"""Options that no majority separates, beyond which every order cannot be tried."""
MOST_ORDERS = 24
_Counts = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Kemeny:
    """The orders that contradict people least.

    ``distance``: over people and pairs of options, how many times somebody puts after what the
    order puts before. ``orders``: the best, at most ``MOST_ORDERS`` of them, in alphabetical
    order; ``many``: how many there are. ``winners``: the options that come first in one of the
    best. ``exact``: they are the best for sure; otherwise ``many`` is 1, and no order does better
    than ``at_least``.
    """

    orders: tuple[tuple[str, ...], ...]
    many: int
    winners: tuple[str, ...]
    distance: int
    at_least: int
    exact: bool


def kemeny(options: Sequence[str], ballots: Iterable[Ballot]) -> Kemeny:
    """Return the orders at the least total distance of the ballots (Kemeny 1959).

    A tie in a ballot contradicts neither order of its options; options that a ballot leaves out
    are tied, last. Where more people put each option of a group before each option outside than
    after, every best order begins with that group (Truchon 1998): groups are ordered apart, each
    exactly to twelve options (dynamic programming over its subsets, Betzler and others 2009),
    beyond by moving options from Borda's order as long as it helps, with the lower bound
    « each pair as most people have it ».

    Source: Kemeny (1959), *Daedalus* 88, p. 577-591; Young (1988), *American Political Science
    Review* 82, p. 1231-1244.
    """
    held = list(ballots)
    names = sorted(options)
    counts = np.array(pairwise(names, held), np.int64).reshape(len(names), len(names))
    parts = [_best(counts, group, names, held) for group in _groups(counts)]
    orders: list[tuple[str, ...]] = [()]
    many = 1
    for part in parts:
        orders = [before + after for before in orders for after in part.orders][:MOST_ORDERS]
        many *= part.many
    apart = sum(
        int(counts[j, i])
        for earlier, later in combinations(_groups(counts), 2)
        for i in earlier
        for j in later
    )
    return Kemeny(
        tuple(orders),
        many,
        parts[0].winners if parts else (),
        apart + sum(part.distance for part in parts),
        apart + sum(part.at_least for part in parts),
        all(part.exact for part in parts),
    )


def _groups(counts: _Counts) -> list[list[int]]:
    """Return the options in groups, each beaten by every one before it and tied inside a chain.

    « At least as many before as after » relates every two options, so that the groups that its
    chains tie together stand in one line.
    """
    size = len(counts)
    reach = (counts >= counts.T) | np.eye(size, dtype=bool)
    for middle in range(size):
        reach |= reach[:, middle, None] & reach[None, middle, :]
    order = sorted(range(size), key=lambda i: (-int(reach[i].sum()), i))
    groups: list[list[int]] = []
    for option in order:
        if groups and reach[option, groups[-1][0]] and reach[groups[-1][0], option]:
            groups[-1].append(option)
        else:
            groups.append([option])
    return [sorted(group) for group in groups]


def _best(
    counts: _Counts, group: Sequence[int], names: Sequence[str], ballots: Sequence[Ballot]
) -> Kemeny:
    here = counts[np.ix_(group, group)]
    mine = [names[option] for option in group]
    return _exact(here, mine) if len(group) <= EXACT else _bounded(here, mine, ballots)


def _exact(counts: _Counts, names: Sequence[str]) -> Kemeny:
    """Try every order, through the least distance that each set of options leaves after it."""
    size = len(names)
    whole = (1 << size) - 1
    added = _added(counts)
    left, many = [0] * (whole + 1), [0] * (whole + 1)
    many[whole] = 1
    for chosen in range(whole - 1, -1, -1):
        ways = [
            (added[option][chosen] + left[chosen | 1 << option], many[chosen | 1 << option])
            for option in range(size)
            if not chosen >> option & 1
        ]
        left[chosen] = min(cost for cost, _ in ways)
        many[chosen] = sum(n for cost, n in ways if cost == left[chosen])
    orders: list[tuple[str, ...]] = []
    waiting: list[tuple[int, tuple[int, ...]]] = [(0, ())]
    while waiting and len(orders) < MOST_ORDERS:
        chosen, order = waiting.pop()
        if chosen == whole:
            orders.append(tuple(names[option] for option in order))
            continue
        waiting += [
            (chosen | 1 << option, (*order, option))
            for option in range(size - 1, -1, -1)
            if not chosen >> option & 1
            and added[option][chosen] + left[chosen | 1 << option] == left[chosen]
        ]
    winners = tuple(
        names[option] for option in range(size) if added[option][0] + left[1 << option] == left[0]
    )
    return Kemeny(tuple(orders), many[0], winners, left[0], left[0], exact=True)


def _added(counts: _Counts) -> list[list[int]]:
    """Return, for each option and each set put before it, the people who would have it before."""
    size = len(counts)
    found = []
    for option in range(size):
        sums = np.zeros(1 << size, np.int64)
        for other in range(size):
            sums[1 << other : 2 << other] = sums[: 1 << other] + counts[option, other]
        found.append(sums.tolist())
    return found


def _bounded(counts: _Counts, names: Sequence[str], ballots: Sequence[Ballot]) -> Kemeny:
    """Move one option at a time from Borda's order, as long as fewer people are contradicted."""
    place = {name: i for i, name in enumerate(names)}
    order = [place[name] for tied in order_of(names, borda(names, ballots)) for name in tied]
    moved = True
    while moved:
        moved = False
        for option in range(len(names)):
            rest = [other for other in order if other != option]
            # Cost of the option at each place: those after who would be before, and the reverse.
            after = np.concatenate((np.cumsum(counts[rest, option][::-1])[::-1], [0]))
            before = np.concatenate(([0], np.cumsum(counts[option, rest])))
            costs = before + after
            now, best = order.index(option), int(np.argmin(costs))
            if costs[best] < costs[now]:
                order = [*rest[:best], option, *rest[best:]]
                moved = True
    distance = sum(int(counts[j, i]) for i, j in combinations(order, 2))
    least = sum(int(min(counts[i, j], counts[j, i])) for i, j in combinations(order, 2))
    found = tuple(names[option] for option in order)
    return Kemeny((found,), 1, found[:1], distance, least, exact=distance == least)
