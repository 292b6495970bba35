"""``croisee tests``: do networks, groups or editions differ by more than chance?

For the team only: a p-value and the margins of its table give masked cells back
(``docs/methods/divulgation.md`` §3.15).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from croisee.language import Phrase, phrase
from croisee.run.frozen_study import SurveyRefused
from croisee.study import Question, QuestionKind, Subject
from croisee.survey import (
    SILENT,
    Response,
    Tested,
    Units,
    association,
    association_in_strata,
    before_after,
    holm,
    levels_by_group,
    linear_trend,
    response,
    several_answers,
    trend,
)

SEED = 20
"""Of the draws: the same study gives the same p-values."""
CLOSED = {
    QuestionKind.SINGLE,
    QuestionKind.ORDINAL,
    QuestionKind.NUMBER,
    QuestionKind.MULTIPLE,
}
_ORDERED = {QuestionKind.ORDINAL, QuestionKind.NUMBER}
_FEW = 5


@dataclass(frozen=True, slots=True)
class Line:
    """One question tested: by which test, its p-value, alone and corrected for the others.

    ``apart``: the answer whose share differs most, and its share by group of five and more.
    """

    question: str
    test: str
    found: Tested
    corrected: float
    apart: tuple[str, tuple[tuple[str, float], ...]] = ("", ())


@dataclass(frozen=True, slots=True)
class Family:
    """The questions of one wave tested together. ``by``: "" for the networks, or a question.

    ``edition`` names one edition, or two for the same units twice.
    """

    instrument: str
    edition: str
    by: str
    lines: tuple[Line, ...]
    census: bool
    paired: bool = False
    notes: tuple[Phrase, ...] = ()


def by_case(units: Units, question: str = "") -> Family:
    """Test each question between the networks of a wave; those never read by network are left."""
    names, groups = _places(units.cases)
    lines = []
    for asked in units.instrument.questions:
        if asked.kind in CLOSED and not asked.pooled and question in {"", asked.code}:
            found = response(units.rows, asked)
            lines.append(_between(asked, found, names, groups))
    return _family(units, "", [line for line in lines if line is not None])


def by_answer(units: Units, attribute: str, question: str = "") -> Family:
    """Test each question between the answers to another one, inside each network.

    Raises:
        SurveyRefused: ``attribute`` is no question with one answer.
    """
    known = {one.code: one for one in units.instrument.questions}
    row = known.get(attribute)
    if row is None or row.kind not in CLOSED - {QuestionKind.MULTIPLE}:
        raise SurveyRefused(
            phrase(
                "--by demande une question à une réponse de {wave} ; « {question} » n’en est pas "
                "une.",
                wave=f"{units.instrument.code} {units.edition}",
                question=attribute,
            )
        )
    groups = response(units.rows, row)
    _, strata = _places(units.cases)
    lines = []
    for asked in units.instrument.questions:
        if asked.kind in CLOSED and asked.code != attribute and question in {"", asked.code}:
            found = response(units.rows, asked)
            lines.append(_inside(asked, found, groups, strata))
    return _family(units, attribute, [line for line in lines if line is not None])


def by_edition(first: Units, second: Units, question: str = "") -> Family | None:
    """Test each question between two editions, for the organisations that answered both.

    ``None`` for people, whom no code follows here, and where no organisation answered both.
    """
    if first.instrument.subject is not Subject.ORGANISATION:
        return None
    here = {name: place for place, name in enumerate(_who(first))}
    there = {name: place for place, name in enumerate(_who(second))}
    both = [(here[name], there[name]) for name in here if name in there]
    if not both:
        return None
    one, two = (np.array(side, dtype=np.int64) for side in zip(*both, strict=True))
    lines = []
    for asked in first.instrument.questions:
        if asked.kind in CLOSED - {QuestionKind.MULTIPLE} and question in {"", asked.code}:
            before = response(first.rows, asked).places[one]
            after = response(second.rows, asked).places[two]
            options = response(first.rows, asked).options
            kept = (before != SILENT) & (after != SILENT)
            if kept.sum() and len(options) > 1:
                cells = _table(before[kept], after[kept], len(options), len(options))
                test = "mcnemar" if len(options) == 2 else "marges"
                lines.append(Line(asked.code, test, before_after(cells, _generator()), 1.0))
    editions = f"{first.edition} → {second.edition}"
    made = _family(first, "", lines)
    return replace(made, edition=editions, census=False, paired=True)


def _who(units: Units) -> list[tuple[str, str]]:
    return list(zip(units.cases, units.organisations, strict=True))


def _places(names: Sequence[str]) -> tuple[list[str], NDArray[np.int64]]:
    known = list(dict.fromkeys(names))
    return known, np.array([known.index(name) for name in names], dtype=np.int64)


def _generator() -> np.random.Generator:
    return np.random.default_rng(SEED)


def _table(
    rows: NDArray[np.int64], columns: NDArray[np.int64], many: int, wide: int
) -> NDArray[np.int64]:
    cells = np.bincount(rows * wide + columns, minlength=many * wide)
    return cells.reshape(many, wide).astype(np.int64)


def _between(
    asked: Question, found: Response, names: Sequence[str], groups: NDArray[np.int64]
) -> Line | None:
    """Return the test of one question between networks, ``None`` where one network answered."""
    there = found.answered
    if len(np.unique(groups[there])) < 2 or len(found.options) < 2:
        return None
    apart = _apart(found, list(names), groups)
    if asked.kind is QuestionKind.MULTIPLE:
        tested = several_answers(groups[there], found.chosen[there], _generator())
        return Line(asked.code, "plusieurs", tested, 1.0, apart)
    cells = _table(groups[there], found.places[there], len(names), len(found.options))
    if asked.kind not in _ORDERED or len(found.options) == 2:
        return Line(asked.code, "fisher", association(cells, _generator()), 1.0, apart)
    rows = cells[cells.sum(axis=1) > 0]
    if len(rows) == 2:
        return Line(asked.code, "wilcoxon", trend([rows], _generator()), 1.0, apart)
    return Line(asked.code, "kruskal", levels_by_group(rows, _generator()), 1.0, apart)


def _inside(
    asked: Question, found: Response, groups: Response, strata: NDArray[np.int64]
) -> Line | None:
    """Return the test of one question between answers to another, inside networks."""
    there = found.answered & groups.answered
    rows, names = groups.places, list(groups.options)
    if len(np.unique(rows[there])) < 2 or len(found.options) < 2:
        return None
    apart = _apart(found, names, np.where(groups.answered, rows, SILENT))
    if asked.kind is QuestionKind.MULTIPLE:
        tested = several_answers(rows[there], found.chosen[there], _generator(), strata[there])
        return Line(asked.code, "plusieurs", tested, 1.0, apart)
    tables = [
        _table(
            rows[there & (strata == one)],
            found.places[there & (strata == one)],
            len(names),
            len(found.options),
        )
        for one in np.unique(strata[there])
    ]
    name, tested = _ordered_test(asked, groups.question, tables)
    return Line(asked.code, name, tested, 1.0, apart)


def _ordered_test(
    asked: Question, row: Question, tables: Sequence[NDArray[np.int64]]
) -> tuple[str, Tested]:
    ordered = row.kind in _ORDERED or len(row.options) == 2
    if ordered and len(asked.options) == 2:
        return "armitage", linear_trend(tables, range(len(tables[0])), _generator())
    if ordered and asked.kind in _ORDERED:
        return "jonckheere", trend(tables, _generator())
    if len(tables) == 1:
        return "fisher", association(tables[0], _generator())
    return "strates", association_in_strata(tables, _generator())


def _apart(
    found: Response, names: Sequence[str], groups: NDArray[np.int64]
) -> tuple[str, tuple[tuple[str, float], ...]]:
    """Return the answer whose share differs most between groups of five and more."""
    shares = [
        (name, found.chosen[there].mean(axis=0))
        for place, name in enumerate(names)
        if (there := found.answered & (groups == place)).sum() >= _FEW
    ]
    if len(shares) < 2:
        return "", ()
    table = np.array([share for _, share in shares])
    place = int(np.argmax(np.ptp(table, axis=0)))
    return found.options[place], tuple((name, float(share[place])) for name, share in shares)


def _family(units: Units, by: str, lines: Sequence[Line]) -> Family:
    corrected = holm([line.found.p for line in lines])
    return Family(
        units.instrument.code,
        units.edition,
        by,
        tuple(
            Line(line.question, line.test, line.found, value, line.apart)
            for line, value in zip(lines, corrected, strict=True)
        ),
        units.census,
        notes=tuple(_notes(units)),
    )


def _notes(units: Units) -> Iterator[Phrase]:
    """Say what these tests do not take into account."""
    if len(set(units.clusters)) < len(units):
        yield phrase(
            "  Des personnes d’un même organisme y sont tenues pour séparées : un p tout près de "
            "la limite n’est pas sûr."
        )
    if units.weights is not None:
        yield phrase("  Les poids n’y servent pas : chaque réponse compte une fois.")


def asks(units: Units, question: str) -> bool:
    """Return whether a wave has this closed question."""
    return any(one.code == question and one.kind in CLOSED for one in units.instrument.questions)


def families(
    found: Sequence[Units], *, attribute: str = "", question: str = ""
) -> Iterator[Family]:
    """Yield the families of tests of several waves, and of the editions that follow each other."""
    for units in found:
        yield by_answer(units, attribute, question) if attribute else by_case(units, question)
    if attribute:
        return
    for first, second in pairwise(found):
        if first.instrument.code == second.instrument.code:
            moved = by_edition(first, second, question)
            if moved is not None:
                yield moved
