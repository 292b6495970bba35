"""All the raw tables of one wave of a questionnaire."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TypeVar

from croisee.dataset import Dataset
from croisee.study import Instrument, Nature, Question, QuestionKind
from croisee.survey.bases import cases_in_order, narrowed, wave_bases
from croisee.survey.classes import in_classes
from croisee.survey.counting import CLOSED, Sums, WaveCounts, count_wave
from croisee.tables import (
    Base,
    CaseTable,
    MultipleCaseTable,
    MultipleTable,
    NumericTable,
    OneWayTable,
    ProfileTable,
    RawTable,
)

QuestionTable = OneWayTable | MultipleTable | NumericTable
TABULATED = CLOSED | {QuestionKind.MULTIPLE}
"""Texts are read, not counted; ranks are ordered by :mod:`croisee.focusgroup`'s methods."""
_Table = TypeVar("_Table", OneWayTable, MultipleTable)


@dataclass(frozen=True, slots=True)
class WaveTables:
    """The raw tables of one wave, each question once for all cases together and once a case.

    ``together`` and each line of ``by_case`` follow ``questions``; a line of ``by_case``
    has one table a case of ``cases``, and is empty for a question that is never read by
    case (``lecture = ensemble``).
    """

    instrument: Instrument
    edition: str
    cases: tuple[str, ...]
    alone: bool
    """The study has one case: reading by case or together is the same thing."""
    questions: tuple[Question, ...]
    together: tuple[QuestionTable, ...]
    by_case: tuple[tuple[QuestionTable, ...], ...]

    def of(self, question: str, case: str = "") -> QuestionTable:
        """Return the table of one question, for all cases together or for one."""
        place = next(i for i, one in enumerate(self.questions) if one.code == question)
        return self.by_case[place][self.cases.index(case)] if case else self.together[place]

    def profile(self) -> ProfileTable | None:
        """Return the visible questions that are read for all cases together, if any."""
        tables = tuple(
            table
            for table in self.together
            if isinstance(table, OneWayTable) and _in_profile(table.question)
        )
        return ProfileTable(self.instrument.code, self.edition, tables) if tables else None

    def keyed(self) -> tuple[tuple[str, RawTable], ...]:
        """Return the tables to submit to the gate under the keys of ``docs/resultats.md`` §3.

        No question is submitted both by case and for all cases together: a total beside
        its rows undoes their masks (``docs/methods/divulgation.md`` §3.4). Visible pooled
        questions are in the profile; pooled and sensitive ones are one table for all cases
        (§3.14); the others are one table by case, and one a case for its leaflet.
        """
        return tuple(self._keyed())

    def _keyed(self) -> Iterator[tuple[str, RawTable]]:
        wave = f"{self.instrument.code}.{self.edition}"
        profile = self.profile()
        if profile is not None:
            yield f"profil.{wave}", profile
        for question, table, rows in zip(self.questions, self.together, self.by_case, strict=True):
            if _in_profile(question) and isinstance(table, OneWayTable):
                continue
            key = f"{wave}.{question.code}"
            if self.alone or not rows or question.nature is Nature.SENSITIVE:
                yield key, table
                continue
            yield key, case_rows(rows)
            for case, row in zip(self.cases, rows, strict=True):
                yield f"{key}@{case}", row


def wave_tables(dataset: Dataset, instrument: str, edition: str) -> WaveTables:
    """Tabulate every closed question of one wave: three queries for up to 100 questions.

    Components are pooled into their case. Bases: who answered the questionnaire when all of
    them answered the question; otherwise who answered the question, within the former.
    Cases where nobody answered are not in ``cases``. Raises
    :class:`~croisee.survey.classes.UnknownAnswer` on a code that is no option.
    """
    questionnaire = dataset.study.instrument(instrument)
    questions = tuple(q for q in questionnaire.questions if q.kind in TABULATED)
    return _tabulate(dataset, questionnaire, edition, questions)


def one_way(
    dataset: Dataset, instrument: str, edition: str, question: str, case: str = ""
) -> QuestionTable:
    """Tabulate one question, for all cases together or for one (three queries)."""
    return _one(dataset, instrument, edition, question).of(question, case)


def by_case(
    dataset: Dataset, instrument: str, edition: str, question: str
) -> CaseTable | MultipleCaseTable:
    """Tabulate one question in each case. Raises ``ValueError`` if it is read pooled only."""
    rows = _one(dataset, instrument, edition, question).by_case[0]
    if not rows:
        raise ValueError(f"{question} is read for all cases together")
    return case_rows(rows)


def case_rows(rows: tuple[QuestionTable, ...]) -> CaseTable | MultipleCaseTable:
    """Put one question's tables of several cases in one; numbers go by their classes."""
    first = rows[0]
    if isinstance(first, MultipleTable):
        multiple = tuple(row for row in rows if isinstance(row, MultipleTable))
        return MultipleCaseTable(first.question, multiple)
    flat = tuple(
        row.classes if isinstance(row, NumericTable) else row
        for row in rows
        if not isinstance(row, MultipleTable)
    )
    return CaseTable(flat[0].question, flat)


def _one(dataset: Dataset, instrument: str, edition: str, question: str) -> WaveTables:
    questionnaire = dataset.study.instrument(instrument)
    wanted = questionnaire.question(question)
    if wanted.kind not in TABULATED:
        raise ValueError(f"{question} is not a closed question")
    return _tabulate(dataset, questionnaire, edition, (wanted,))


def _in_profile(question: Question) -> bool:
    return question.pooled and question.nature is Nature.VISIBLE


def _tabulate(
    dataset: Dataset, instrument: Instrument, edition: str, questions: tuple[Question, ...]
) -> WaveTables:
    counts = count_wave(dataset, instrument.code, edition, questions)
    base = wave_bases(dataset, instrument, edition, counts.sizes)
    cases = cases_in_order(dataset, counts.sizes)
    table = _tabulator(counts, weighted=instrument.weighted)
    return WaveTables(
        instrument=instrument,
        edition=edition,
        cases=cases,
        alone=len(dataset.study.cases) == 1,
        questions=questions,
        together=tuple(table(question, base(cases)) for question in questions),
        by_case=tuple(
            () if question.pooled else tuple(table(question, base([case])) for case in cases)
            for question in questions
        ),
    )


def _tabulator(counts: WaveCounts, *, weighted: bool) -> Callable[[Question, Base], QuestionTable]:
    def table(question: Question, base: Base) -> QuestionTable:
        if question.kind is QuestionKind.MULTIPLE:
            reached = sum(counts.reached.get((question.code, case), 0) for case in base.cases)
            people = _people(counts, question, base.cases)
            return _on_answered(MultipleTable(base, question, people), reached)
        closed = in_classes(question)
        people = _people(counts, closed, base.cases)
        weights = _weights(counts, closed, base.cases) if weighted else ()
        whole = OneWayTable(
            base, closed, people, weighted=weights, squares=_squares(counts, closed, base.cases)
        )
        flat = _on_answered(whole, sum(people))
        if question.kind is QuestionKind.NUMBER:
            return _numeric(flat, counts, question.code)
        return flat

    return table


def _people(counts: WaveCounts, question: Question, cases: Iterable[str]) -> tuple[int, ...]:
    return tuple(
        counts.answered(question.code, option.code, cases).people for option in question.options
    )


def _weights(counts: WaveCounts, question: Question, cases: Iterable[str]) -> tuple[Decimal, ...]:
    return tuple(
        counts.answered(question.code, option.code, cases).weight for option in question.options
    )


def _squares(counts: WaveCounts, question: Question, cases: Iterable[str]) -> Decimal:
    found = (counts.answered(question.code, o.code, cases).squares for o in question.options)
    return sum(found, Decimal(0))


def _on_answered(table: _Table, answered: int) -> _Table:
    """Put a table on the base of those who answered its question."""
    base = narrowed(table.base, answered, table.question.code)
    return replace(table, base=base, missing=table.base.n - answered)


def _numeric(classes: OneWayTable, counts: WaveCounts, question: str) -> NumericTable:
    """Complete the classes of a numeric question with its sums.

    The median class is the one that holds the lower median: the first with which the
    classes hold half of the people, or half of the weights, or more.
    """
    sums = sum((counts.sums.get((question, case), Sums()) for case in classes.base.cases), Sums())
    largest = (*sums.largest, Decimal(0), Decimal(0))
    return NumericTable(
        classes=classes,
        total=sums.total,
        contributors=sums.contributors,
        largest=(largest[0], largest[1]),
        median_class=_median_class(classes.weighted or classes.counts),
        weighted_total=sums.weighted if classes.weighted else None,
    )


def _median_class(sizes: Sequence[int | Decimal]) -> int:
    """Return the place of the class of the lower median; the first when nobody answered."""
    whole, seen = Decimal(sum(sizes)), Decimal(0)
    for place, size in enumerate(sizes):
        seen += Decimal(size)
        if 2 * seen >= whole:
            return place
    return 0
