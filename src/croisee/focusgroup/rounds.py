"""The same choice before and after a discussion, and the winner without each group."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from croisee.focusgroup.ballots import Ballot, _places, pairwise

Winners = Callable[[Sequence[str], Sequence[Ballot]], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Moved:
    """What changed in the orders of the people who gave one before and one after.

    ``changed``: people whose order is not the same. ``first``: people by what they put first,
    alone, before and after; "" where several are tied. ``mean``: how far people moved, and
    ``apart``: how far two people stand from each other, before then after; from 0 (the same
    order) to 1 (the reverse), ``None`` where there is nobody, or one person alone.
    """

    people: int
    changed: int
    first: tuple[tuple[str, str, int], ...]
    mean: Fraction | None
    apart: tuple[Fraction | None, Fraction | None]


def moved(
    options: Sequence[str], before: Mapping[str, Ballot], after: Mapping[str, Ballot]
) -> Moved:
    """Return what changed between two rounds; people of one round only are not read.

    ``before`` and ``after`` give each person's ballot, weights left aside.
    """
    both = sorted(set(before) & set(after))
    far = [distance(options, before[one], after[one]) for one in both]
    flows: dict[tuple[str, str], int] = {}
    for one in both:
        key = _first(before[one]), _first(after[one])
        flows[key] = flows.get(key, 0) + 1
    return Moved(
        len(both),
        sum(before[one].order != after[one].order for one in both),
        tuple((was, now, n) for (was, now), n in sorted(flows.items())),
        sum(far, Fraction(0)) / len(far) if far else None,
        (
            apart(options, [before[one] for one in both]),
            apart(options, [after[one] for one in both]),
        ),
    )


def distance(options: Sequence[str], one: Ballot, other: Ballot) -> Fraction:
    """Return how far two orders are, over the pairs of options: 1 reversed, ½ tied in one only.

    Source: Kendall (1938), *Biometrika* 30, p. 81-93; ties at a half: Fagin, Kumar, Mahdian,
    Sivakumar and Vee (2006), *SIAM Journal on Discrete Mathematics* 20, p. 628-648, §3.
    """
    first, second = _places(options, one), _places(options, other)
    halves = pairs = 0
    for i, j in combinations(range(len(options)), 2):
        was = (first[i] > first[j]) - (first[i] < first[j])
        now = (second[i] > second[j]) - (second[i] < second[j])
        halves += abs(was - now)
        pairs += 1
    return Fraction(halves, 2 * pairs) if pairs else Fraction(0)


def apart(options: Sequence[str], ballots: Iterable[Ballot]) -> Fraction | None:
    """Return the mean distance between two people, drawn together; ``None`` under two people."""
    held = list(ballots)
    people = sum(one.weight for one in held)
    counts = pairwise(options, held)
    pairs = len(options) * (len(options) - 1) // 2
    if people < 2 or not pairs:
        return None
    halves = 0
    for i, j in combinations(range(len(options)), 2):
        one, other = counts[i][j], counts[j][i]
        halves += 2 * one * other + (one + other) * (people - one - other)
    return Fraction(halves, pairs * people * (people - 1))


def without_each_group(
    options: Sequence[str], ballots: Sequence[Ballot], winners: Winners
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the winners without each group, the groups by name; nothing with a single group."""
    groups = sorted({one.group for one in ballots})
    if len(groups) < 2:
        return ()
    return tuple(
        (group, winners(options, [one for one in ballots if one.group != group]))
        for group in groups
    )


def _first(one: Ballot) -> str:
    return one.order[0][0] if one.order and len(one.order[0]) == 1 else ""
