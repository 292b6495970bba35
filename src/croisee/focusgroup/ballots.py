"""Ordered choices put together: Borda, Condorcet, Schulze, and how robust the winner is.

Everything is exact: Borda points are counted in halves, pairwise counts are whole. Ties are
shown as computed, never broken. See ``docs/methods/priorites.md``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import groupby

import numpy as np

Order = tuple[tuple[str, ...], ...]
"""Option codes from first to last; codes in one inner tuple are tied."""

_BLOCK = 4096
"""Ballots compared at once."""


@dataclass(frozen=True, slots=True)
class Ballot:
    """One order of preference, held by ``weight`` people of ``group``.

    Options it does not name come after those it names, all tied.
    """

    order: Order
    weight: int = 1
    group: str = ""


def ballot(ranks: Mapping[str, int], *, weight: int = 1, group: str = "") -> Ballot:
    """Return a ballot from ranks (1 is first; equal ranks are ties; gaps mean nothing).

    Example:
        >>> ballot({"a": 2, "b": 1, "c": 2}).order
        (('b',), ('a', 'c'))
    """
    ranked = sorted(ranks, key=lambda option: (ranks[option], option))
    order = tuple(tuple(tied) for _, tied in groupby(ranked, key=lambda option: ranks[option]))
    return Ballot(order, weight, group)


def borda(options: Sequence[str], ballots: Iterable[Ballot]) -> tuple[Decimal, ...]:
    """Return each option's Borda points, following ``options``.

    With m options the first gets m - 1 points, the last 0; tied options share the average of
    the places they fill, and so do the options a ballot leaves out (they fill the last places).

    Source: Borda (1784), *Mémoire sur les élections au scrutin*; averaged ties: Black (1958).

    Example:
        >>> borda("ab", [Ballot((("a",), ("b",))), Ballot((("a", "b"),))])
        (Decimal('1.5'), Decimal('0.5'))
    """
    halves = [0] * len(options)
    for one in ballots:
        for index, points in enumerate(_half_points(options, one)):
            halves[index] += points * one.weight
    return tuple(Decimal(points) / 2 for points in halves)


def order_of(options: Sequence[str], scores: Sequence[Decimal | int]) -> Order:
    """Return the options from the highest score to the lowest, equal scores together."""
    by_score: dict[Decimal | int, list[str]] = defaultdict(list)
    for option, score in zip(options, scores, strict=True):
        by_score[score].append(option)
    return tuple(tuple(by_score[score]) for score in sorted(by_score, reverse=True))


def pairwise(options: Sequence[str], ballots: Iterable[Ballot]) -> tuple[tuple[int, ...], ...]:
    """Return how many people put each option (rows) before each other (columns)."""
    held = list(ballots)
    size = len(options)
    counts = np.zeros((size, size), np.int64)
    for first in range(0, len(held), _BLOCK):
        here = held[first : first + _BLOCK]
        places = np.array([_places(options, one) for one in here]).reshape(len(here), size)
        weights = np.array([one.weight for one in here])
        before = places[:, :, None] < places[:, None, :]
        counts += np.tensordot(weights, before, axes=1)
    return tuple(tuple(row) for row in counts.tolist())


def condorcet_winner(options: Sequence[str], ballots: Iterable[Ballot]) -> str | None:
    """Return the option that more people put before than after each other one, if any.

    Source: Condorcet (1785), *Essai sur l'application de l'analyse*.
    """
    counts = pairwise(options, ballots)
    for row, option in enumerate(options):
        if all(
            counts[row][column] > counts[column][row]
            for column in range(len(options))
            if column != row
        ):
            return option
    return None


def schulze(options: Sequence[str], ballots: Iterable[Ballot]) -> Order:
    """Return the Schulze order (strength of a win: the number of people who hold it).

    An option comes before another when its strongest chain of wins is stronger. Options that
    no chain separates are tied: the order is read level by level.

    Source: Schulze (2011), Social Choice and Welfare 36, p. 267-303, §2 (winning votes).
    """
    size = len(options)
    counts = pairwise(options, ballots)
    paths = [
        [
            counts[row][column] if counts[row][column] > counts[column][row] else 0
            for column in range(size)
        ]
        for row in range(size)
    ]
    for middle in range(size):
        for row in range(size):
            for column in range(size):
                through = min(paths[row][middle], paths[middle][column])
                if row != column and through > paths[row][column]:
                    paths[row][column] = through
    levels, left = [], list(range(size))
    while left:
        best = [a for a in left if all(paths[a][b] >= paths[b][a] for b in left)]
        levels.append(tuple(options[a] for a in best))
        left = [a for a in left if a not in best]
    return tuple(levels)


def first_choices(options: Sequence[str], ballots: Iterable[Ballot]) -> tuple[int, ...]:
    """Return how many people put each option first, alone (a tie for first counts for none)."""
    counts = dict.fromkeys(options, 0)
    for one in ballots:
        if one.order and len(one.order[0]) == 1 and one.order[0][0] in counts:
            counts[one.order[0][0]] += one.weight
    return tuple(counts[option] for option in options)


def is_solid(options: Sequence[str], ballots: Iterable[Ballot]) -> bool:
    """Return whether no one person and no one group changes the Borda winner by leaving.

    A winner is the whole first place, ties included. An order held by one person only, or
    a tie that one person makes, is fragile; with a single group only people are removed.
    ``docs/methods/divulgation.md`` §3.6.
    """
    people = _gathered(ballots)
    if not people:
        return False
    points = {one: _half_points(options, one) for one in people}
    total = [sum(points[one][i] * one.weight for one in people) for i in range(len(options))]
    winner = _leaders(total)
    if sum(one.weight for one in people) < 2 or any(
        _leaders([a - b for a, b in zip(total, points[one], strict=True)]) != winner
        for one in people
    ):
        return False
    groups = {one.group for one in people}
    return len(groups) == 1 or all(
        _leaders(
            [
                total[i] - sum(points[one][i] * one.weight for one in people if one.group == group)
                for i in range(len(options))
            ]
        )
        == winner
        for group in groups
    )


def _gathered(ballots: Iterable[Ballot]) -> list[Ballot]:
    """Return the ballots with equal orders of one group put together."""
    weights: dict[Ballot, int] = defaultdict(int)
    for one in ballots:
        weights[replace(one, weight=0)] += one.weight
    return [replace(one, weight=weight) for one, weight in weights.items() if weight]


def _leaders(scores: Sequence[int]) -> tuple[int, ...]:
    best = max(scores)
    return tuple(index for index, score in enumerate(scores) if score == best)


def _places(options: Sequence[str], one: Ballot) -> list[int]:
    level = {option: index for index, tied in enumerate(one.order) for option in tied}
    return [level.get(option, len(one.order)) for option in options]


def _half_points(options: Sequence[str], one: Ballot) -> list[int]:
    """Return twice the Borda points one holder of a ballot gives, so that they are whole."""
    places = _places(options, one)
    return [
        sum(
            2 if place < other else 1 for j, other in enumerate(places) if j != i and place <= other
        )
        for i, place in enumerate(places)
    ]
