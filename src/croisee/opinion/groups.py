"""Opinion groups: people near each other on the two directions in which votes differ most.

See ``docs/methods/opinion.md``: formulae, sources, what was measured, limits.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from croisee.opinion.votes import Codes, Floats, Votes, blocks, products

FEWEST_PEOPLE = 50
"""Under fifty people no group is made: everybody would know who is in it."""
FEWEST_VOTES = 7
"""Votes of who is placed, or every statement where there are fewer (as Polis does)."""
SMALLEST = 10
"""People of the smallest group that is told."""
MOST_GROUPS = 5
_SAMPLE = 2_000
"""Points of which the silhouette is worked out, when there are more."""
_SEEDS = 5_000
_STARTS = 8
_ROUNDS = 200

Labels = NDArray[np.int64]
"""The group of each person, from 0."""


class TooFewPeople(ValueError):
    """Fewer than fifty people voted enough to be placed; ``people`` says how many did."""

    def __init__(self, people: int) -> None:
        super().__init__(f"{people} of {FEWEST_PEOPLE}")
        self.people = people


@dataclass(frozen=True, slots=True, eq=False)
class Landscape:
    """People on two axes, n × 2, no unit; ``explained``: each axis's part of the votes' variance.

    ``axes``: C × 2, the weight of each statement. ``placed``: the place in the votes of each.
    """

    placed: Codes
    points: Floats
    axes: Floats
    explained: tuple[float, float]


@dataclass(frozen=True, slots=True, eq=False)
class Partition:
    """People in groups, the largest first, and Rousseeuw's mean silhouette (1987), -1 to 1."""

    labels: Labels
    silhouette: float

    @property
    def many(self) -> int:
        """Return the number of groups."""
        return int(self.labels.max()) + 1


@dataclass(frozen=True, slots=True, eq=False)
class Groups:
    """The partitions of the people of a landscape, the largest silhouette first; one is kept.

    Those whose smallest group is under :data:`SMALLEST` people are not there; there may be none.
    """

    landscape: Landscape
    partitions: tuple[Partition, ...]
    kept: int = 0

    @property
    def labels(self) -> Labels:
        """Return the group of each person placed, in the partition kept."""
        return self.partitions[self.kept].labels

    @property
    def many(self) -> int:
        """Return the number of groups; 0 where none could be made."""
        return self.partitions[self.kept].many if self.partitions else 0

    def members(self, group: int) -> Codes:
        """Return the places in the votes of a group's people."""
        here: Codes = self.landscape.placed[self.labels == group]
        return here


def who_is_placed(votes: Votes) -> Codes:
    """Return the places of the people who voted enough to be placed."""
    return np.flatnonzero(votes.counts >= max(1, min(FEWEST_VOTES, len(votes.statements))))


def landscape(votes: Votes, placed: Codes) -> Landscape:
    """Place people by a principal component analysis of their votes.

    A missing vote counts as the mean of its statement, and each person is then moved away from
    the centre by √(statements / votes given), as whoever votes little would stay there (Small,
    Björkegren, Erkkilä, Shaw and Megill 2021, « Polis », Recerca 26.2). An axis points to where
    its strongest weight is positive.
    """
    held = votes if len(placed) == len(votes.people) else votes.of(placed)
    found = products(held)
    axes, explained = _axes(found.centred())
    means = found.means
    weights, counts = np.zeros((len(placed), 2)), held.counts
    for start, end in blocks(held):
        here = slice(held.starts[start], held.starts[end])
        columns = held.columns[here]
        gaps = held.values[here] - means[columns]
        owner = np.repeat(np.arange(end - start), counts[start:end])
        for axis in (0, 1):
            weights[start:end, axis] = np.bincount(
                owner, gaps * axes[columns, axis], minlength=end - start
            )
    scale = np.sqrt(len(votes.statements) / np.maximum(1, counts))
    points = weights * scale[:, None]
    size = float(np.abs(points).max(initial=0.0)) or 1.0
    # what is left of the rounding of the last digits would move ties from a machine to another
    points = np.round(points / size, 9) * size
    return Landscape(placed, points, axes, explained)


def _axes(products: Floats) -> tuple[Floats, tuple[float, float]]:
    from scipy.linalg import eigh  # noqa: PLC0415 -- half a second only groups need

    columns = len(products)
    whole = float(np.trace(products))
    found = np.zeros((columns, 2))
    if not whole > 0:
        return found, (0.0, 0.0)
    kept = min(2, columns)
    values, vectors = eigh(products, subset_by_index=(columns - kept, columns - 1))
    for axis in range(kept):
        vector = vectors[:, kept - 1 - axis]
        strongest = np.argmax(np.round(np.abs(vector), 9))
        found[:, axis] = vector if vector[strongest] > 0 else -vector
    parts = [max(0.0, float(value)) / whole for value in values[::-1]] + [0.0]
    return found, (parts[0], parts[1])


def opinion_groups(votes: Votes, generator: np.random.Generator, many: int | None = None) -> Groups:
    """Return the groups of people who vote alike, from two to five, or exactly ``many``.

    k-means (Lloyd 1982) on the two axes of :func:`landscape`, from the best of eight k-means++
    starts (Arthur and Vassilvitskii 2007); the number of groups is that of the largest mean
    silhouette, worked out on 2,000 people at most. Numbers of groups whose smallest would be
    under ten people are set aside.

    Raises:
        TooFewPeople: fewer than fifty people voted on seven statements (or all, if fewer).
    """
    placed = who_is_placed(votes)
    if len(placed) < FEWEST_PEOPLE:
        raise TooFewPeople(len(placed))
    ground = landscape(votes, placed)
    tried = range(2, MOST_GROUPS + 1) if many is None else (many,)
    sample = _drawn(len(placed), _SAMPLE, generator)
    apart = _apart(ground.points[sample])
    found = []
    for number in tried:
        labels = k_means(ground.points, number, generator)
        if np.bincount(labels, minlength=number).min() >= SMALLEST:
            found.append(Partition(labels, silhouette(apart, labels[sample])))
    return Groups(ground, tuple(sorted(found, key=lambda one: -one.silhouette)))


def k_means(points: Floats, many: int, generator: np.random.Generator) -> Labels:
    """Return the group of each point, the largest first, by Lloyd's k-means.

    Fewer groups come out where there are fewer different points.
    """
    seeds = points[_drawn(len(points), _SEEDS, generator)]
    best, least = seeds[:1], float("inf")
    for _ in range(_STARTS):
        centres, inertia = _lloyd(seeds, _plus_plus(seeds, many, generator))[1:]
        if inertia < least * (1 - 1e-9):
            best, least = centres, inertia
    labels = _lloyd(points, best)[0]
    sizes = np.bincount(labels)
    first = np.full(len(sizes), len(labels))
    np.minimum.at(first, labels, np.arange(len(labels)))
    order = np.lexsort((first, -sizes))
    rank = np.empty_like(order)
    rank[order] = np.arange(len(order))
    found: Labels = rank[labels]
    return found


def _plus_plus(points: Floats, many: int, generator: np.random.Generator) -> Floats:
    chosen = [points[generator.integers(len(points))]]
    far = np.square(points - chosen[0]).sum(axis=1)
    while len(chosen) < many and far.sum() > 0:
        reached = np.cumsum(far)
        place = int(np.searchsorted(reached, generator.random() * reached[-1], side="right"))
        chosen.append(points[min(place, len(points) - 1)])
        far = np.minimum(far, np.square(points - chosen[-1]).sum(axis=1))
    return np.array(chosen)


def _lloyd(points: Floats, centres: Floats) -> tuple[Labels, Floats, float]:
    """Return labels, centres and the sum of squared distances, when nothing moves any more."""
    squares = np.square(points).sum(axis=1)
    labels = np.full(len(points), -1)
    away = np.zeros(len(points))
    for _ in range(_ROUNDS):
        # |p − c|² less |p|², which no centre changes
        gaps = points @ (-2 * centres.T) + np.square(centres).sum(axis=1)
        found = gaps.argmin(axis=1)
        away = gaps[np.arange(len(points)), found] + squares
        if np.array_equal(found, labels):
            break
        labels = found
        counts = np.bincount(labels, minlength=len(centres))
        kept = counts > 0
        if not kept.all():  # nobody is nearest to it any more
            centres, counts = centres[kept], counts[kept]
            labels = (np.cumsum(kept) - 1)[labels]
        sums = [np.bincount(labels, points[:, axis]) for axis in (0, 1)]
        centres = np.stack(sums, axis=1) / counts[:, None]
    return labels, centres, float(np.maximum(away, 0).sum())


def _drawn(many: int, most: int, generator: np.random.Generator) -> Codes:
    """Return the places of all, or of ``most`` drawn, in order."""
    if many <= most:
        return np.arange(many)
    return np.sort(generator.choice(many, most, replace=False))


def _apart(points: Floats) -> Floats:
    """Return the distance of each point to each other."""
    gaps = points[:, None, :] - points[None, :, :]
    found: Floats = np.sqrt(np.square(gaps).sum(axis=2))
    return found


def silhouette(apart: Floats, labels: Labels) -> float:
    """Return the mean silhouette of a partition (Rousseeuw 1987), 0 where there is one group.

    ``apart``: n × n distances. A point alone in its group counts 0.

    Example:
        >>> line = np.array([[0.0], [1.0], [5.0], [6.0]])
        >>> round(silhouette(abs(line - line.T), np.array([0, 0, 1, 1])), 4)
        0.798
    """
    many = int(labels.max(initial=0)) + 1
    counts = np.bincount(labels, minlength=many)
    if np.count_nonzero(counts) < 2:
        return 0.0
    member = np.zeros((len(labels), many))
    rows = np.arange(len(labels))
    member[rows, labels] = 1
    sums = apart @ member
    own = counts[labels]
    inside = sums[rows, labels] / np.maximum(1, own - 1)
    others = np.where(counts > 0, sums / np.maximum(1, counts), np.inf)
    others[rows, labels] = np.inf
    nearest = others.min(axis=1)
    larger = np.maximum(inside, nearest)
    scores = (nearest - inside) / np.where(larger > 0, larger, 1)
    return float(np.where((own > 1) & (larger > 0), scores, 0).mean())
