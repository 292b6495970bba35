"""Do two people who code the same text see the same things? By turn, by character, by passage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isnan, sqrt

import numpy as np

from croisee.dataset import Dataset
from croisee.qualitative.codings import (
    MOST_CODERS,
    Codings,
    Spans,
    Stretches,
    Whole,
    bits,
    coders_of_documents,
    merged_spans,
    read_codings,
    stretches_of_characters,
    stretches_of_turns,
)
from croisee.qualitative.coefficients import Coefficient, bounded, student
from croisee.qualitative.tallies import (
    CHANCE,
    Ratio,
    Real,
    Tallies,
    coefficient,
    one_less,
    ratios,
    tallies,
    together,
)

ALL = ""
"""The name under which all codes are read together."""
FEWEST_DOCUMENTS = 5
"""Documents under which no interval is given: it would cover nearly the whole scale."""
_CELLS = 500_000
"""Documents × codes read at once."""


@dataclass(frozen=True, slots=True)
class CodeAgreement:
    """How far coders agree on one code; ``code`` is ``ALL`` for all together.

    ``marked``: units (turns or characters) that one coder at least marked. ``observed``: of two
    coders' judgements, the share that are the same (0 to 1), most of them « not this code ».
    ``shared``: of what one coder marked, the share that another one marked too. ``unitising``
    only where units are characters.
    """

    code: str
    marked: int
    observed: float
    shared: float
    kappa: Coefficient
    alpha: Coefficient
    ac1: Coefficient
    unitising: Coefficient | None = None


@dataclass(frozen=True, slots=True)
class Agreement:
    """Agreement in the documents that at least two people coded; all codes first, then each.

    There is no line by coder: that would be an appraisal.
    """

    documents: int
    coders: int
    turns: int
    characters: int
    by_turn: tuple[CodeAgreement, ...]
    by_character: tuple[CodeAgreement, ...]


def agreement(dataset: Dataset) -> Agreement | None:
    """Return how far coders agree; ``None`` when no document has two of them.

    See :func:`agreement_of`.
    """
    return agreement_of(read_codings(dataset.arrow))


def agreement_of(codings: Codings) -> Agreement | None:
    """Return how far coders agree; ``None`` when no document has two of them.

    A unit is a participant's turn, marked with a code or not, then a character, in the documents
    coded by at least two people; a coder who coded nothing in a document has not judged it. All
    codes together: what disagrees and what chance would make disagree are each summed over codes
    first (Krippendorff 2004; for kappa De Vries, Elliott, Kanouse and Teleki 2008), so that
    knowing which codes are common is not taken for agreement. Kappa with more than two coders is
    the mean over pairs (Light 1971).

    Intervals: jackknife leaving one document out (Efron and Tibshirani 1993, chapter 11),
    Student's t with one degree less than documents, for what stands in one document goes
    together. None under five documents, nor for a code that one document alone holds.

    Raises:
        ValueError: more than sixty coders.
    """
    if len(codings.coders) > MOST_CODERS:
        raise ValueError(f"more than {MOST_CODERS} coders")
    who = coders_of_documents(codings)
    shared = np.flatnonzero(bits(who) > 1)
    if not len(shared):
        return None
    many = len(who)
    turns = np.bincount(codings.document, minlength=many).astype(float)
    characters = np.bincount(codings.document, codings.length, minlength=many).astype(float)
    spans = merged_spans(codings, codings.coder)
    by_character = stretches_of_characters(codings, spans)
    return Agreement(
        len(shared),
        int(bits(np.bitwise_or.reduce(who[shared], keepdims=True))[0]),
        int(turns[shared].sum()),
        int(characters[shared].sum()),
        _lines(codings, _within(stretches_of_turns(codings), shared), who[shared], turns[shared]),
        _lines(
            codings,
            _within(by_character, shared),
            who[shared],
            characters[shared],
            _squares(codings, spans)[shared],
        ),
    )


def _within(found: Stretches, shared: Whole) -> Stretches:
    """Return what was marked in the shared documents, these numbered from 0."""
    inside = np.isin(found.document, shared)
    return Stretches(
        np.searchsorted(shared, found.document[inside]),
        found.code[inside],
        found.coders[inside],
        found.size[inside],
    )


def _squares(codings: Codings, spans: Spans) -> Real:
    shape = len(codings.documents), len(codings.codes)
    place = codings.document[spans.turn] * shape[1] + spans.code
    squared = (spans.end - spans.start) ** 2
    sums = np.bincount(place, squared, minlength=shape[0] * shape[1])
    return sums.astype(float).reshape(shape)


def _lines(
    codings: Codings, found: Stretches, who: Whole, units: Real, squares: Real | None = None
) -> tuple[CodeAgreement, ...]:
    """Return all codes together, then each code that somebody used in these documents."""
    used = np.unique(found.code)
    step = max(1, _CELLS // len(who))
    lines: list[CodeAgreement] = []
    pooled: list[tuple[dict[str, Ratio], dict[str, Ratio]]] = []
    counted = np.zeros(5)
    for first in range(0, len(used), step):
        codes = used[first : first + step]
        each = tallies(found, codes, who, units, None if squares is None else squares[:, codes])
        whole, less = together(each), one_less(each)
        read = ratios(whole), ratios(less)
        pooled.append((_over_codes(read[0]), _over_codes(read[1])))
        counts = _counts(whole)
        counted += counts.sum(axis=1)
        for place, code in enumerate(codes):
            chosen = tuple({k: _column(r, place) for k, r in part.items()} for part in read)
            lines.append(_line(codings.codes[code], counts[:, place], *chosen))
    if not lines:
        return ()
    wholes, lesses = zip(*pooled, strict=True)
    return _line(ALL, counted, _added(wholes), _added(lesses)), *lines


def _counts(whole: Tallies) -> Real:
    """Return what a line says of its units, one line a sum and one column a code."""
    units = np.broadcast_to(whole.units, whole.marked.shape)
    return np.concatenate((whole.marked, whole.apart, units, whole.differ, whole.used))


def _over_codes(read: dict[str, Ratio]) -> dict[str, Ratio]:
    """Return ratios summed over codes, those that chance cannot make disagree left out."""
    found = {}
    for name, (seen, chance) in read.items():
        known = chance > CHANCE
        found[name] = (
            np.where(known, seen, 0).sum(axis=-1, keepdims=True),
            np.where(known, chance, 0).sum(axis=-1, keepdims=True),
        )
    return found


def _added(parts: Sequence[dict[str, Ratio]]) -> dict[str, Ratio]:
    return {
        name: tuple(np.sum([part[name][i] for part in parts], axis=0) for i in (0, 1))
        for name in parts[0]
    }


def _column(ratio: Ratio, place: int) -> Ratio:
    seen, chance = np.broadcast_arrays(*ratio)
    return seen[..., place, None], chance[..., place, None]


def _line(
    code: str, counts: Real, whole: dict[str, Ratio], less: dict[str, Ratio]
) -> CodeAgreement:
    marked, apart, units, differ, used = counts.tolist()
    found = {name: _with_interval(whole[name], less[name]) for name in whole}
    return CodeAgreement(code, int(marked), 1 - apart / units, 1 - differ / 2 / used, **found)


def _with_interval(whole: Ratio, less: Ratio) -> Coefficient:
    """Return a coefficient with its jackknife interval; ``less`` has one line a document."""
    value = float(coefficient(whole)[0, 0])
    if isnan(value):
        return Coefficient(None)
    replicates = coefficient(less)[:, 0]
    many = len(replicates)
    if many < FEWEST_DOCUMENTS or np.isnan(replicates).any():
        return Coefficient(value)
    spread = float(((replicates - replicates.mean()) ** 2).sum()) * (many - 1) / many
    return bounded(value, student(many - 1) * sqrt(spread))
