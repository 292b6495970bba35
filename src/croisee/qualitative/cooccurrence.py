"""Codes met together: in the same characters, the same sentence, the same turn, or a few turns."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from croisee.qualitative.codings import Codings, Spans, Whole, merged_spans, turn_places
from croisee.text import sentence_starts

_BLOCK = 1_000_000
"""Pairs compared at once: memory does not grow with the corpus."""


class Near(StrEnum):
    """How near two codes must be to be together."""

    OVERLAP = "chevauchement"
    SENTENCE = "phrase"
    TURN = "tour"
    WINDOW = "fenetre"


@dataclass(frozen=True, slots=True)
class CodesTogether:
    """Two codes, and the units where both are, among the ``units`` of the participants.

    Units are characters (overlap), sentences, or turns; in a window, a turn counts when one code
    is in it and the other in it or in the turns just before. ``either``: units with one or both.
    ``people``: distinct people in whose units both are.
    """

    first: str
    second: str
    both: int
    of_first: int
    of_second: int
    either: int
    units: int
    people: int

    @property
    def share(self) -> float:
        """Return the share of the units with one of the codes that have both (Jaccard 1901)."""
        return self.both / self.either

    @property
    def expected(self) -> float:
        """Return the units that would have both if neither code said anything of the other.

        Has no meaning for a window, whose turns may have one code only.
        """
        return self.of_first * self.of_second / self.units


@dataclass(frozen=True, slots=True)
class Sentences:
    """Where sentences begin: a turn's place among those of the codings, and a character."""

    turn: Whole
    start: Whole


def read_sentences(arrow: Callable[[str], pa.Table], codings: Codings) -> Sentences:
    """Return where the sentences of the participants' turns begin, in the order of the codings.

    ``arrow`` gives the tables by name, as in :func:`croisee.qualitative.read_codings`.
    """
    turns = arrow("turns")
    turns = turns.filter(pc.not_equal(turns["participant"], ""))
    place = turn_places(codings, turns)
    starts = [sentence_starts(text) for text in turns["text"].to_pylist()]
    turn = np.repeat(place, [len(found) for found in starts])
    start = np.array([at for found in starts for at in found], np.int64)
    order = np.lexsort((start, turn))
    return Sentences(turn[order], start[order])


def together(
    codings: Codings,
    near: Near = Near.TURN,
    *,
    window: int = 4,
    sentences: Sentences | None = None,
) -> tuple[CodesTogether, ...]:
    """Return every two codes met together at least once, the most often first.

    Passages of one code that share characters of a turn, whoever marked them, are one. A window
    is ``window`` turns by their numbers, the team's turns between them counted, in one document
    (the moving stanza window of Siebert-Evenstone and others 2017, *Journal of Learning
    Analytics* 4 (3), p. 123-139).

    Raises:
        ValueError: sentences are asked for, and not given.
    """
    spans = merged_spans(codings)
    if near is Near.OVERLAP:
        return _overlapping(codings, spans)
    if near is Near.SENTENCE:
        if sentences is None:
            raise ValueError("which sentences?")
        unit, code = _in_sentences(spans, sentences)
        return _in_units(codings, unit, code, codings.person[sentences.turn])
    unit, code = _unique(spans.turn, spans.code)
    if near is Near.TURN:
        return _in_units(codings, unit, code, codings.person)
    return _in_windows(codings, unit, code, window)


def _unique(unit: Whole, code: Whole) -> tuple[Whole, Whole]:
    """Return each (unit, code) once, in that order."""
    many = int(code.max(initial=0)) + 1
    both = np.unique(unit * many + code)
    return both // many, both % many


def _in_sentences(spans: Spans, sentences: Sentences) -> tuple[Whole, Whole]:
    width = int(max(spans.end.max(initial=0), sentences.start.max(initial=0))) + 1
    key = sentences.turn * width + sentences.start
    first = np.searchsorted(key, spans.turn * width + spans.start, "right") - 1
    last = np.searchsorted(
        key, spans.turn * width + np.maximum(spans.end - 1, spans.start), "right"
    )
    many = last - first
    before = np.cumsum(many) - many
    unit = np.repeat(first - before, many) + np.arange(many.sum())
    return _unique(unit, np.repeat(spans.code, many))


def _in_units(
    codings: Codings, unit: Whole, code: Whole, person: Whole
) -> tuple[CodesTogether, ...]:
    """Count pairs of codes in units; ``person`` follows all the units, coded or not."""
    found = _Pairs(len(codings.codes))
    high = np.searchsorted(unit, unit, "right")
    for one, other in _ranges(np.arange(len(unit)) + 1, high):
        found.add(code[one], code[other], np.ones(len(one)), person[unit[one]])
    of = np.bincount(code, minlength=len(codings.codes))
    return _listed(codings, found, of, len(person))


def _overlapping(codings: Codings, spans: Spans) -> tuple[CodesTogether, ...]:
    order = np.lexsort((spans.code, spans.start, spans.turn))
    turn, code = spans.turn[order], spans.code[order]
    start, end = spans.start[order], spans.end[order]
    width = int(codings.length.max(initial=0)) + 1
    high = np.searchsorted(turn * width + start, turn * width + end)
    found = _Pairs(len(codings.codes))
    for one, other in _ranges(np.arange(len(turn)) + 1, high):
        shared = np.minimum(end[one], end[other]) - start[other]
        found.add(code[one], code[other], shared, codings.person[turn[one]])
    of = np.bincount(code, end - start, minlength=len(codings.codes)).astype(np.int64)
    return _listed(codings, found, of, int(codings.length.sum()))


def _in_windows(
    codings: Codings, unit: Whole, code: Whole, window: int
) -> tuple[CodesTogether, ...]:
    key = codings.document * (1 << 32) + codings.number
    opens = np.searchsorted(
        key, codings.document * (1 << 32) + np.maximum(codings.number - window + 1, 0)
    )
    low, high = np.searchsorted(unit, opens[unit]), np.searchsorted(unit, unit, "right")
    many = len(codings.codes)
    met: list[Whole] = []
    for one, other in _ranges(low, high):
        first, second = np.minimum(code[one], code[other]), np.maximum(code[one], code[other])
        pair = unit[one] * many * many + first * many + second
        met.append(np.unique(pair[first != second]))
    keys = np.unique(np.concatenate(met)) if met else np.empty(0, np.int64)
    turn, pair = keys // (many * many), keys % (many * many)
    found = _Pairs(many)
    found.add(pair // many, pair % many, np.ones(len(pair)), codings.person[turn])
    same = _Pairs(many)
    for one, other in _ranges(np.arange(len(unit)) + 1, high):
        same.add(code[one], code[other], np.ones(len(one)), codings.person[unit[one]])
    of = np.bincount(code, minlength=many)
    return _listed(codings, found, of, len(codings.length), same)


def _ranges(low: Whole, high: Whole) -> Iterator[tuple[Whole, Whole]]:
    """Yield (i, j) for every j from ``low[i]`` to ``high[i]``, excluded, a block at a time."""
    many = np.maximum(high - low, 0)
    reached = np.cumsum(many)
    first = 0
    while first < len(many):
        goal = (reached[first - 1] if first else 0) + _BLOCK
        last = max(first + 1, int(np.searchsorted(reached, goal, "right")))
        here = many[first:last]
        one = np.repeat(np.arange(first, last), here)
        before = np.repeat(np.cumsum(here) - here, here)
        yield one, low[one] + np.arange(len(one)) - before
        first = last


class _Pairs:
    """Sums by pair of codes, and the people of each pair."""

    def __init__(self, codes: int) -> None:
        self._codes = codes
        self._sums: NDArray[np.float64] = np.zeros(codes * codes)
        self._people: list[Whole] = []

    def add(self, one: Whole, other: Whole, weight: NDArray[np.number], person: Whole) -> None:
        """Add weights to pairs of different codes, in either order."""
        pair = np.minimum(one, other) * self._codes + np.maximum(one, other)
        self._sums += np.bincount(pair, weight, minlength=len(self._sums))
        self._people.append(np.unique(person * len(self._sums) + pair))

    def sum_of(self, pair: Whole) -> Whole:
        """Return the sums of pairs, first code × codes + second."""
        return self._sums[pair].astype(np.int64)

    def found(self) -> tuple[Whole, Whole]:
        """Return the pairs met, and how many distinct people met them."""
        if not self._people:
            return np.empty(0, np.int64), np.empty(0, np.int64)
        met = np.unique(np.concatenate(self._people)) % max(1, len(self._sums))
        return np.unique(met, return_counts=True)


def _listed(
    codings: Codings, found: _Pairs, of: Whole, units: int, same: _Pairs | None = None
) -> tuple[CodesTogether, ...]:
    """Return the pairs, the most often met first; ``same``: those of one unit, if not ``found``."""
    pairs, people = found.found()
    many = max(1, len(codings.codes))
    first, second = pairs // many, pairs % many
    both = found.sum_of(pairs)
    shared = both if same is None else same.sum_of(pairs)
    lines = zip(
        first.tolist(), second.tolist(), both.tolist(), of[first].tolist(), of[second].tolist(),
        (of[first] + of[second] - shared).tolist(), people.tolist(), strict=True,
    )  # fmt: skip
    listed = [
        CodesTogether(codings.codes[a], codings.codes[b], both, one, other, either, units, people)
        for a, b, both, one, other, either, people in lines
    ]
    return tuple(sorted(listed, key=lambda line: (-line.both, line.first, line.second)))
