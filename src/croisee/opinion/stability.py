"""Whether opinion groups hold: people drawn again, and votes without any link between them."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from croisee.opinion.groups import Groups, Labels, k_means, landscape
from croisee.opinion.votes import Codes, Floats, Votes

DRAWS = 100
SHUFFLES = 39
"""With 39, what is seen is above all of them once in forty by chance."""
HOLDS, DISSOLVED = 0.75, 0.6
"""Mean Jaccard likenesses of a group that holds, and under which it is none (Hennig 2007)."""
_MOST_PEOPLE = 2_000
_ENOUGH_VOTES = 100_000
"""Votes of those drawn: who votes on few of many statements is drawn in larger numbers."""


@dataclass(frozen=True, slots=True)
class Stability:
    """How groups hold.

    ``alike``: of each group, the mean likeness (Jaccard, 0 to 1) of what is nearest to it when
    people are drawn again. ``above``: how many of the :data:`SHUFFLES` shuffles have a first axis
    that explains as much; ``shuffled``: the largest part that one of theirs explains.
    """

    alike: tuple[float, ...]
    above: int
    shuffled: float

    @property
    def linked(self) -> bool:
        """Return whether votes on a statement go with those on others, more than by chance."""
        return self.above == 0

    @property
    def holds(self) -> bool:
        """Return whether every group holds."""
        return self.linked and min(self.alike, default=0.0) >= HOLDS

    @property
    def dissolved(self) -> bool:
        """Return whether there are no groups to tell."""
        return not self.linked or min(self.alike, default=0.0) < DISSOLVED


def stability(
    votes: Votes, groups: Groups, generator: np.random.Generator
) -> tuple[Groups, Stability]:
    """Return the partition of the largest silhouette that is not dissolved, and how it holds.

    People are drawn again with replacement, a hundred times (2,000 of them at most, more where
    they vote little), and the whole is redone with as many groups: axes, places, partition. Each
    group is compared with the new one nearest to it among the people drawn (Hennig 2007,
    Computational Statistics & Data Analysis 52, p. 258-271). Where every partition is dissolved,
    the first one is returned.

    Then the votes on each statement change hands among those who gave them, thirty-nine times:
    what links a statement to another is gone, who voted on what stays. The first axis must
    explain more of the votes than it does of any shuffle (parallel analysis, Horn 1965,
    Psychometrika 30, p. 179-185).
    """
    above, largest = _shuffled(votes, groups, generator)
    first = Stability((), above, largest)
    for place in range(len(groups.partitions)):
        kept = replace(groups, kept=place)
        found = Stability(_drawn_again(votes, kept, generator), above, largest)
        if not found.dissolved:
            return kept, found
        if place == 0:
            first = found
    return groups, first


def _drawn_again(votes: Votes, groups: Groups, generator: np.random.Generator) -> tuple[float, ...]:
    placed = groups.landscape.placed
    size = _size(votes, placed)
    alike = np.zeros((DRAWS, groups.many))
    for draw in range(DRAWS):
        chosen = np.sort(generator.integers(len(placed), size=size))
        ground = landscape(votes.of(placed[chosen]), np.arange(size))
        labels = k_means(ground.points, groups.many, generator)
        alike[draw] = likeness(groups.labels[chosen], labels, groups.many)
    return tuple(float(value) for value in alike.mean(axis=0))


def _size(votes: Votes, placed: Codes) -> int:
    """Return how many people are drawn: 2,000, or as many as give a hundred thousand votes."""
    enough = int(_ENOUGH_VOTES / max(1.0, float(votes.counts[placed].mean())))
    return min(len(placed), max(_MOST_PEOPLE, enough))


def likeness(first: Labels, second: Labels, many: int) -> Floats:
    """Return, for each of ``many`` groups of the first, its Jaccard likeness to the nearest.

    Example:
        >>> likeness(np.array([0, 0, 0, 1]), np.array([1, 1, 0, 0]), 2).round(3).tolist()
        [0.667, 0.5]
    """
    both = np.zeros((many, int(second.max()) + 1))
    np.add.at(both, (first, second), 1)
    either = both.sum(axis=1)[:, None] + both.sum(axis=0)[None, :] - both
    found: Floats = (both / np.maximum(1, either)).max(axis=1)
    return found


def _shuffled(votes: Votes, groups: Groups, generator: np.random.Generator) -> tuple[int, float]:
    """Return how many shuffles explain as much as the votes, and the largest part of theirs."""
    placed = groups.landscape.placed
    size = _size(votes, placed)
    if len(placed) > size:
        placed = np.sort(generator.choice(placed, size, replace=False))
    held = votes.of(placed)
    by_statement: Codes = np.argsort(held.columns, kind="stable")
    seen, found = _explained(held), []
    for _ in range(SHUFFLES):
        values = np.empty_like(held.values)
        order = np.lexsort((generator.random(held.columns.size), held.columns))
        values[by_statement] = held.values[order]
        found.append(_explained(replace(held, values=values)))
    return sum(one >= seen for one in found), max(found)


def _explained(votes: Votes) -> float:
    return landscape(votes, np.arange(len(votes.people))).explained[0]
