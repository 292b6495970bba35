"""A visible attribute by an answer, for the people who gave both."""

from __future__ import annotations

from typing import Any

from croisee.dataset import Dataset
from croisee.study import Question
from croisee.survey.bases import cases_in_order, narrowed, wave_bases
from croisee.survey.classes import answered, category, in_classes
from croisee.survey.counting import CLOSED
from croisee.tables import CrossTable


class NotCrossable(ValueError):
    """A crossing needs two different questions answered by one option or one number."""


def cross(
    dataset: Dataset, instrument: str, edition: str, attribute: str, question: str
) -> CrossTable:
    """Cross an attribute (rows) with a question (columns), all cases together; two queries.

    Counts people who answered both; numeric questions go by their classes. Raises
    :class:`NotCrossable` on a multiple, ranked or free-text question.
    """
    questionnaire = dataset.study.instrument(instrument)
    row, column = questionnaire.question(attribute), questionnaire.question(question)
    if attribute == question or not {row.kind, column.kind} <= CLOSED:
        raise NotCrossable(f"{attribute} × {question}")
    rows = dataset.answers(instrument, edition)
    respondents = dataset.collect(rows.group_by("case").agg(people=rows.count()))
    sizes = {line["case"]: line["people"] for line in respondents}
    base = wave_bases(dataset, questionnaire, edition, sizes)(cases_in_order(dataset, sizes))
    pairs = rows.group_by(row=category(rows, row), column=category(rows, column))
    cells = _cells(row, column, dataset.collect(pairs.agg(people=rows.count())))
    both = narrowed(base, sum(map(sum, cells)), f"{attribute}*{question}")
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
