"""Who voted what on which statement, in a canonical order, and what adds up of it exactly."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.int64]
Floats = NDArray[np.float64]
AGREE, PASS, DISAGREE = 1, 0, -1
_CELLS = 8_000_000
"""Cells of a block of votes written out in full: 32 MB."""
_BLOCK = 100_000
"""People of a block of votes that stay packed."""
_PACKED_COST = 60
"""How many times a product of packed votes costs that of votes written out, a vote (measured)."""


@dataclass(frozen=True, slots=True, eq=False)
class Votes:
    """Votes of n people on C statements, packed a person after another.

    People and statements stand in the order of their names (numbers by value), whatever order
    the votes came in: the same votes give the same result to the last digit. ``starts`` has
    n + 1 places in ``columns`` (the statements of each person, ascending) and ``values``
    (1 agree, 0 pass, -1 disagree). ``changed`` counts votes that a later one replaced.
    """

    people: tuple[str, ...]
    statements: tuple[str, ...]
    starts: Codes
    columns: NDArray[np.int32]
    values: NDArray[np.int8]
    changed: int = 0

    @property
    def counts(self) -> Codes:
        """Return how many statements each person voted on."""
        return np.diff(self.starts)

    def of(self, chosen: Codes) -> Votes:
        """Return the votes of some people, by place; a place may come twice."""
        counts = self.counts[chosen]
        starts = np.concatenate(([0], np.cumsum(counts)))
        places = np.repeat(self.starts[chosen] - starts[:-1], counts) + np.arange(starts[-1])
        people = tuple(self.people[place] for place in chosen)
        return Votes(people, self.statements, starts, self.columns[places], self.values[places])

    def on(self, kept: Sequence[bool]) -> Votes:
        """Return the votes on some statements; those who voted on none of them stay."""
        mask = np.asarray(kept, dtype=bool)
        held = mask[self.columns]
        owner = np.repeat(np.arange(len(self.people)), self.counts)[held]
        counts = np.bincount(owner, minlength=len(self.people))
        place = (np.cumsum(mask) - 1).astype(np.int32)
        return Votes(
            self.people,
            tuple(name for name, keep in zip(self.statements, mask, strict=True) if keep),
            np.concatenate(([0], np.cumsum(counts))),
            place[self.columns[held]],
            self.values[held],
            self.changed,
        )


def votes_of(
    people: Sequence[str],
    statements: Sequence[str],
    person: Sequence[int] | Codes,
    statement: Sequence[int] | Codes,
    vote: Sequence[int] | Codes,
) -> Votes:
    """Return votes from rows: places in ``people`` and ``statements``, and 1, 0 or -1.

    The last row of a person on a statement prevails.

    Raises:
        ValueError: a name comes twice, a place is nobody's, or a vote is none of the three.

    Example:
        >>> found = votes_of(["b", "a"], ["10", "9"], [0, 1, 0], [0, 1, 0], [1, 0, -1])
        >>> found.people, found.statements, found.values.tolist(), found.changed
        (('a', 'b'), ('9', '10'), [0, -1], 1)
    """
    if len(set(people)) < len(people) or len(set(statements)) < len(statements):
        raise ValueError("a name comes twice")
    columns = len(statements)
    rows, on = np.asarray(person, np.int64), np.asarray(statement, np.int64)
    given = np.asarray(vote, np.int64)
    if rows.size and (
        min(rows.min(), on.min()) < 0 or rows.max() >= len(people) or on.max() >= columns
    ):
        raise ValueError("a vote of nobody, or on nothing")
    if np.any(np.abs(given) > 1):
        raise ValueError("a vote is 1, 0 or -1")
    who, what = _order(people), _order(statements)
    keys = _ranks(who)[rows] * columns + _ranks(what)[on]
    if np.any(np.diff(keys) <= 0):
        order = np.argsort(keys, kind="stable")
        keys, given = keys[order], given[order]
        last = np.append(np.diff(keys) > 0, True)
        keys, given = keys[last], given[last]
    owner, column = np.divmod(keys, max(1, columns))
    counts = np.bincount(owner, minlength=len(people))
    return Votes(
        tuple(people[place] for place in who),
        tuple(statements[place] for place in what),
        np.concatenate(([0], np.cumsum(counts))),
        column.astype(np.int32),
        given.astype(np.int8),
        rows.size - keys.size,
    )


def _order(names: Sequence[str]) -> Codes:
    def key(place: int) -> tuple[bool, int, str]:
        name = names[place]
        whole = name.isascii() and name.isdigit()
        return (not whole, int(name) if whole else 0, name)

    return np.array(sorted(range(len(names)), key=key), dtype=np.int64)


def _ranks(order: Codes) -> Codes:
    ranks = np.empty_like(order)
    ranks[order] = np.arange(len(order))
    return ranks


@dataclass(frozen=True, slots=True, eq=False)
class Products:
    """For each pair of statements, over people: sums of vote·vote, of seen·vote, of seen·seen.

    Three arrays of C × C whole numbers, exact below 2**53: they do not depend on the order in
    which people are added, nor on the number of threads.
    """

    votes: Floats
    seen_votes: Floats
    seen: Floats

    @property
    def means(self) -> Floats:
        """Return the mean vote of each statement, 0 where nobody voted."""
        return np.diagonal(self.seen_votes) / np.maximum(1, np.diagonal(self.seen))

    def centred(self) -> Floats:
        """Return Σ x·x over people, x the vote less its statement's mean, 0 where there is none."""
        mean = self.means
        crossed = self.seen_votes * mean[:, None]
        found: Floats = self.votes - crossed - crossed.T + self.seen * np.outer(mean, mean)
        return found


def products(votes: Votes) -> Products:
    """Return the products of each pair of statements, in memory bounded by C² and a block."""
    columns = len(votes.statements)
    counts = votes.counts
    found = np.zeros((3, columns, columns))
    packed = float(np.square(counts, dtype=np.float64).sum())
    add = _add_packed if packed * _PACKED_COST < len(counts) * columns**2 else _add_written_out
    size = _BLOCK if add is _add_packed else max(1, _CELLS // max(1, columns))
    for start in range(0, len(counts), size):
        add(votes, start, min(len(counts), start + size), found)
    return Products(*found)


def _add_packed(votes: Votes, start: int, end: int, found: Floats) -> None:
    from scipy.sparse import csr_array  # noqa: PLC0415 -- half a second only groups need

    here = slice(votes.starts[start], votes.starts[end])
    columns, places = votes.columns[here], votes.starts[start : end + 1] - votes.starts[start]
    shape = (end - start, len(votes.statements))
    held = csr_array((votes.values[here].astype(np.int32), columns, places), shape=shape)
    seen = csr_array((np.ones(columns.size, np.int32), columns, places), shape=shape)
    for place, (left, right) in enumerate(((held, held), (seen, held), (seen, seen))):
        found[place] += (left.T @ right).toarray()


def _add_written_out(votes: Votes, start: int, end: int, found: Floats) -> None:
    held, seen = np.zeros((2, end - start, len(votes.statements)), np.float32)
    here = slice(votes.starts[start], votes.starts[end])
    rows = np.repeat(np.arange(end - start), votes.counts[start:end])
    held[rows, votes.columns[here]] = votes.values[here]
    seen[rows, votes.columns[here]] = 1  # whole numbers below 2**24: exact in 32 bits too
    for place, (left, right) in enumerate(((held, held), (seen, held), (seen, seen))):
        found[place] += left.T @ right


def blocks(votes: Votes) -> Iterator[tuple[int, int]]:
    """Yield the first and the last place, excluded, of blocks of people that fit in memory."""
    for start in range(0, len(votes.people), _BLOCK):
        yield start, min(len(votes.people), start + _BLOCK)
