"""What people say of each statement: shares with intervals, consensus, what divides."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np

from croisee.opinion.votes import AGREE, DISAGREE, Codes, Votes

Z = 1.959963984540054
"""Of a 95 % interval."""
QUARTER, HALF = 0.25, 0.5

Ends = Callable[[int, int], tuple[float, float]]
"""The ends of the interval of a count among so many: (count, of) → (low, high)."""


@dataclass(frozen=True, slots=True)
class Share:
    """How many of those who voted said so, as a share from 0 to 1, and its 95 % interval."""

    count: int
    of: int
    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Tally:
    """The votes on a statement: agreeing, disagreeing and passing, of those who voted on it."""

    statement: str
    agree: Share
    disagree: Share
    passed: Share

    @property
    def voters(self) -> int:
        """Return how many people voted on it."""
        return self.agree.of

    @property
    def direction(self) -> int:
        """Return 1 where a majority agrees, -1 where it disagrees, beyond chance; else 0."""
        return (self.agree.low > HALF) - (self.disagree.low > HALF)

    @property
    def divides(self) -> bool:
        """Return whether a quarter or more agrees and a quarter or more disagrees, surely."""
        return min(self.agree.low, self.disagree.low) >= QUARTER


def share(count: int, of: int, ends: Ends | None = None) -> Share:
    """Return a share and Wilson's interval (1927, JASA 22, p. 209-212); 0 to 1 of nobody.

    ``ends`` gives another interval: that of a finite frame, where its size is known.

    Example:
        >>> found = share(30, 40)
        >>> round(found.low, 3), round(found.high, 3)
        (0.598, 0.858)
    """
    if not of:
        return Share(0, 0, 0.0, 0.0, 1.0)
    value = count / of
    if ends is not None:
        return Share(count, of, value, *ends(count, of))
    middle = (value + Z * Z / (2 * of)) / (1 + Z * Z / of)
    reach = Z / (1 + Z * Z / of) * sqrt(value * (1 - value) / of + Z * Z / (4 * of * of))
    low = middle - reach if count else 0.0
    high = middle + reach if count < of else 1.0
    return Share(count, of, value, low, high)


def difference(first: Share, second: Share) -> tuple[float, float]:
    """Return the 95 % interval of the first share less the second.

    Newcombe's (1998, Statistics in Medicine 17, p. 873-890, method 10), of two Wilson intervals.

    Example, from his table II (56 of 70 less 48 of 80):
        >>> [round(end, 4) for end in difference(share(56, 70), share(48, 80))]
        [0.0524, 0.3339]
    """
    gap = first.value - second.value
    below = sqrt((first.value - first.low) ** 2 + (second.high - second.value) ** 2)
    above = sqrt((first.high - first.value) ** 2 + (second.value - second.low) ** 2)
    return gap - below, gap + above


def tallies(
    votes: Votes, chosen: Codes | None = None, ends: Ends | None = None
) -> tuple[Tally, ...]:
    """Return the votes on each statement, in their order; of some people, by place.

    ``ends`` gives the intervals, as in :func:`share`.
    """
    held = votes if chosen is None else votes.of(chosen)
    columns = len(votes.statements)
    seen = np.bincount(held.columns, minlength=columns)
    agree = np.bincount(held.columns[held.values == AGREE], minlength=columns)
    disagree = np.bincount(held.columns[held.values == DISAGREE], minlength=columns)
    return tuple(
        Tally(name, share(yes, of, ends), share(no, of, ends), share(of - yes - no, of, ends))
        for name, yes, no, of in zip(
            votes.statements, agree.tolist(), disagree.tolist(), seen.tolist(), strict=True
        )
    )


@dataclass(frozen=True, slots=True)
class Agreed:
    """A statement on which a majority goes one way: 1 agrees, -1 disagrees.

    ``low``: the lower end of its share, the lowest of the groups' where there are groups.
    """

    statement: str
    direction: int
    low: float


def consensus(whole: Sequence[Tally], groups: Sequence[Sequence[Tally]]) -> tuple[Agreed, ...]:
    """Return the statements that a majority holds surely, of all and of each group, best first.

    "Surely": the lower end of the 95 % interval is above one half. A group that says too little
    of a statement for that keeps it from being a consensus.
    """
    found = []
    for place, tally in enumerate(whole):
        every = [tally, *(group[place] for group in groups)]
        way = tally.direction
        if way and all(one.direction == way for one in every):
            low = min((one.agree if way > 0 else one.disagree).low for one in every)
            found.append(Agreed(tally.statement, way, low))
    return tuple(sorted(found, key=lambda one: -one.low))


def dividing(whole: Sequence[Tally]) -> tuple[Tally, ...]:
    """Return the statements that divide people, the most even first: see :attr:`Tally.divides`."""
    found = [tally for tally in whole if tally.divides]
    return tuple(sorted(found, key=lambda one: -min(one.agree.low, one.disagree.low)))


@dataclass(frozen=True, slots=True)
class Opposed:
    """A statement with a sure majority for it in a group, and against it in another, by place."""

    statement: str
    agree: tuple[int, ...]
    disagree: tuple[int, ...]


def opposing(groups: Sequence[Sequence[Tally]]) -> tuple[Opposed, ...]:
    """Return the statements on which groups have contrary majorities."""
    found = []
    for one in zip(*groups, strict=True):
        ways = [tally.direction for tally in one]
        if 1 in ways and -1 in ways:
            places = range(len(ways))
            found.append(
                Opposed(
                    one[0].statement,
                    tuple(place for place in places if ways[place] > 0),
                    tuple(place for place in places if ways[place] < 0),
                )
            )
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Characteristic:
    """A statement that tells a group from the others: its way, both shares, the gap's interval."""

    statement: str
    direction: int
    inside: Share
    outside: Share
    low: float
    high: float


def characteristic(inside: Sequence[Tally], outside: Sequence[Tally]) -> tuple[Characteristic, ...]:
    """Return the statements a group holds by a majority and more than the others do, best first.

    A majority of the group agrees (or disagrees), and the interval of the gap to the others is
    above zero. They describe groups made from the same votes: nothing is tested by them.
    """
    found = []
    for here, there in zip(inside, outside, strict=True):
        for way, own, other in (
            (AGREE, here.agree, there.agree),
            (DISAGREE, here.disagree, there.disagree),
        ):
            low, high = difference(own, other)
            if own.of and other.of and own.value > HALF and low > 0:
                found.append(Characteristic(here.statement, way, own, other, low, high))
    return tuple(sorted(found, key=lambda one: (-one.low, one.statement)))
