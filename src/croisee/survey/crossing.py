"""A visible attribute by an answer, for the people who gave both."""

from __future__ import annotations

from collections.abc import Sequence

from croisee.dataset import Dataset, rank_column
from croisee.study import Question
from croisee.survey.bases import cases_in_order, narrowed, wave_bases
from croisee.survey.classes import in_classes, refuse_strangers
from croisee.survey.counting import CLOSED
from croisee.survey.joint import Answered, Marginal, count_by
from croisee.tables import Base, CrossTable


class NotCrossable(ValueError):
    """A crossing needs two different questions answered by one option or one number."""


def cross(
    dataset: Dataset, instrument: str, edition: str, attribute: str, question: str
) -> CrossTable:
    """Cross an attribute (rows) with a question (columns), all cases together.

    Counts people who answered both; numeric questions go by their classes. Two queries.
    Raises :class:`NotCrossable` on a multiple, ranked or free-text question.
    """
    return banner(dataset, instrument, edition, attribute, (question,))[0]


def banner(
    dataset: Dataset, instrument: str, edition: str, attribute: str, questions: Sequence[str]
) -> tuple[CrossTable, ...]:
    """Cross one attribute with several questions: as :func:`cross`, in two queries for all."""
    questionnaire = dataset.study.instrument(instrument)
    row = questionnaire.question(attribute)
    columns = [questionnaire.question(question) for question in questions]
    for column in columns:
        if column.code == attribute or not {row.kind, column.kind} <= CLOSED:
            raise NotCrossable(f"{attribute} × {column.code}")
    rows = dataset.answers(instrument, edition)
    respondents = dataset.collect(rows.group_by("case").agg(people=rows.count()))
    sizes = {line["case"]: line["people"] for line in respondents}
    base = wave_bases(dataset, questionnaire, edition, sizes)(cases_in_order(dataset, sizes))
    counts = count_by(dataset, rows, rank_column(row.code), columns)
    known = {column.code: column for column in columns}
    refuse_strangers(dataset, rows, ((known[code], rank) for code, _, rank in counts))
    refuse_strangers(dataset, rows, ((row, rank) for _, rank, _ in counts))
    return tuple(_table(base, row, column, counts) for column in columns)


def _table(base: Base, row: Question, column: Question, counts: Marginal) -> CrossTable:
    cells = _cells(row, column, counts)
    both = narrowed(base, sum(map(sum, cells)), f"{row.code}*{column.code}")
    return CrossTable(both, in_classes(row), in_classes(column), cells)


def _cells(row: Question, column: Question, counts: Marginal) -> tuple[tuple[int, ...], ...]:
    """Lay counted pairs out, rows and columns in the order of their options."""
    none = Answered()
    ranks = range(1, len(in_classes(column).options) + 1)
    return tuple(
        tuple(counts.get((column.code, rank, other), none).people for other in ranks)
        for rank in range(1, len(in_classes(row).options) + 1)
    )
