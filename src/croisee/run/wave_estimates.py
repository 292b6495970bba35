"""Every estimate of a wave, as it was drawn: together, by case, and between two cases.

See ``docs/methods/intervalles.md`` §5 and §6.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from math import nan

import numpy as np
from numpy.typing import NDArray

from croisee.disclosure import GroupingRefused, cut_of
from croisee.study import Question, QuestionKind
from croisee.survey import (
    Design,
    Estimate,
    Units,
    difference,
    mean,
    median,
    numbers,
    places_given,
    response,
    share,
)

Mask = NDArray[np.bool_]
FEW = 5
"""Fewer answers have no interval told."""
_RANKED = QuestionKind.RANK
_SHARED = {
    QuestionKind.SINGLE, QuestionKind.ORDINAL, QuestionKind.MULTIPLE, QuestionKind.NUMBER,
}  # fmt: skip


class Summary(StrEnum):
    """What of a question is estimated, as the file written says it."""

    SHARE = "part"
    TOP = "bloc du haut"
    MEDIAN = "médiane"
    MEAN = "moyenne"
    PLACE = "rang moyen"
    GAP = "écart de parts"


@dataclass(frozen=True, slots=True)
class Line:
    """One estimate: of an option (or of the question, ""), in a case or in all of them ("").

    ``cases`` holds the two cases of a gap, the second less the first. ``scale`` are the options
    that the values of a median stand for, 1 for the first; empty for a number.
    """

    question: str
    summary: Summary
    option: str
    cases: tuple[str, ...]
    found: Estimate
    scale: tuple[str, ...] = ()


def estimated(question: Question) -> bool:
    """Return whether anything of a question is estimated."""
    return question.kind in _SHARED or question.kind is _RANKED


def estimates(units: Units, drawn: Design, question: str = "") -> Iterator[Line]:
    """Yield every estimate of a wave, question by question: all cases together, then by case."""
    cases = np.array(units.cases)
    for one in units.instrument.questions:
        if not estimated(one) or question not in {"", one.code}:
            continue
        for case in ("", *dict.fromkeys(units.cases)):
            if not (case and one.pooled):
                here = np.ones(len(units), bool) if not case else cases == case
                yield from _of_question(one, units, drawn, (case,) if case else (), here)


def _of_question(
    asked: Question, units: Units, drawn: Design, cases: tuple[str, ...], here: Mask
) -> Iterator[Line]:
    if asked.kind is _RANKED:
        places, answered = places_given(units.rows, asked)
        domain = answered & here
        if drawn.weights[domain].sum():
            for option, given in zip(asked.options, places.T, strict=True):
                found = mean(drawn, np.where(domain, given, 0.0), domain)
                yield Line(asked.code, Summary.PLACE, option.code, cases, found)
        return
    said = response(units.rows, asked)
    domain = said.answered & here
    if not drawn.weights[domain].sum():
        return
    for place, code in enumerate(said.options):
        found = share(drawn, said.chosen[:, place], domain)
        yield Line(asked.code, Summary.SHARE, code, cases, found)
    if asked.kind is QuestionKind.ORDINAL:
        top = _top(asked)
        if len(top) > 1:
            wanted = [place for place, option in enumerate(said.options) if option in top]
            chosen = said.chosen[:, wanted].sum(axis=1)
            found = share(drawn, chosen, domain)
            yield Line(asked.code, Summary.TOP, " + ".join(top), cases, found)
        found = median(drawn, (said.places + 1).astype(np.float64), domain)
        yield Line(asked.code, Summary.MEDIAN, "", cases, found, said.options)
    if asked.kind is QuestionKind.NUMBER:
        values = np.nan_to_num(numbers(units.rows, asked))
        yield Line(asked.code, Summary.MEAN, "", cases, mean(drawn, values, domain))
        yield Line(asked.code, Summary.MEDIAN, "", cases, median(drawn, values, domain))


def _top(asked: Question) -> tuple[str, ...]:
    """Return the options of the upper block of a scale, none where it cannot be cut."""
    try:
        return cut_of(asked)[-1]
    except GroupingRefused:
        return ()


def gaps(lines: Iterable[Line], units: Units) -> Iterator[Line]:
    """Yield the gap of each share between two cases, the second less the first.

    Of a scale, its upper block only. Two cases are two strata, each drawn for itself: the
    interval is Zou and Donner's (:func:`croisee.survey.difference`) from the two shares'. A
    share of fewer than five answers has none.
    """
    scales = {
        one.code for one in units.instrument.questions
        if one.kind is QuestionKind.ORDINAL and len(_top(one)) > 1
    }  # fmt: skip
    alone = [line for line in lines if line.cases and line.found.n >= FEW]
    wanted = [
        line for line in alone
        if line.summary is (Summary.TOP if line.question in scales else Summary.SHARE)
    ]  # fmt: skip
    order = list(dict.fromkeys(line.cases[0] for line in wanted))
    found = {(line.question, line.option, line.cases[0]): line.found for line in wanted}
    options = dict.fromkeys((line.question, line.option) for line in wanted)
    for first, second in combinations(order, 2):
        for question, option in options:
            sides = [found.get((question, option, case)) for case in (first, second)]
            yield from _gap(question, option, (first, second), sides)


def _gap(
    question: str, option: str, cases: tuple[str, str], sides: Sequence[Estimate | None]
) -> Iterator[Line]:
    before, after = sides
    if before is None or after is None:
        return
    low, high = difference((before.value, before.low, before.high),
                           (after.value, after.low, after.high))  # fmt: skip
    told = Estimate(after.value - before.value, nan, low, high, before.n + after.n)
    yield Line(question, Summary.GAP, option, cases, told)
