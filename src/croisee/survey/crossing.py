"""A visible attribute by an answer, for the people who gave both."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

import ibis

from croisee.dataset import Dataset
from croisee.study import Question
from croisee.survey.bases import cases_in_order, narrowed, wave_bases
from croisee.survey.classes import answered, category, in_classes
from croisee.survey.counting import CLOSED, together
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
    lines: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for line in dataset.collect(pairs(rows, row, columns)):
        lines[line["question"]].append(line)
    return tuple(_table(base, row, column, lines[column.code]) for column in columns)


def pairs(rows: Any, row: Question, columns: Iterable[Question]) -> Any:
    """Return the Ibis union of one count per (question, row option, column option)."""
    return together(
        rows.group_by(row=category(rows, row), column=category(rows, column))
        .agg(people=rows.count())
        .mutate(question=ibis.literal(column.code))
        for column in columns
    )


def _table(base: Base, row: Question, column: Question, lines: list[dict[str, Any]]) -> CrossTable:
    cells = _cells(row, column, lines)
    both = narrowed(base, sum(map(sum, cells)), f"{row.code}*{column.code}")
    return CrossTable(both, in_classes(row), in_classes(column), cells)


def _cells(
    row: Question, column: Question, lines: list[dict[str, Any]]
) -> tuple[tuple[int, ...], ...]:
    """Lay counted pairs out, rows and columns in the order of their options."""
    counts = {
        (line["row"], line["column"]): line["people"]
        for line in lines
        if answered(row, line["row"]) and answered(column, line["column"])
    }
    return tuple(
        tuple(counts.get((one.code, other.code), 0) for other in in_classes(column).options)
        for one in in_classes(row).options
    )
