"""The counts of one wave of a questionnaire, in as few passes as the engine allows.

One wide aggregation gives the sizes, the multiple choices and the sums; one union gives
every single-choice question (:mod:`croisee.survey.joint`); one more gives the largest
values of the numeric ones.
Weights and sums are decimals: the same data give the same digits on every run.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import ibis

from croisee.dataset import CASE_RANK, RANKED, Dataset
from croisee.study import Question, QuestionKind
from croisee.survey.classes import in_classes, refuse_strangers
from croisee.survey.joint import Answered, count_by, together

CLOSED = RANKED
"""Kinds whose answer is one option, or falls in one class."""
QUESTIONS_A_QUERY = 100


@dataclass(frozen=True, slots=True)
class Sums:
    """Values of a numeric question in one case: their sum, how many are not zero, the largest.

    ``weighted`` is the sum of the values times their weights.
    """

    total: Decimal = Decimal(0)
    contributors: int = 0
    largest: tuple[Decimal, ...] = ()
    weighted: Decimal = Decimal(0)

    def __add__(self, other: Sums) -> Sums:
        largest = sorted((*self.largest, *other.largest), reverse=True)[:2]
        return Sums(
            self.total + other.total,
            self.contributors + other.contributors,
            tuple(largest),
            self.weighted + other.weighted,
        )


@dataclass(frozen=True, slots=True)
class WaveCounts:
    """Counts by case. Keys are (question, case), with the option where there is one.

    ``sizes`` counts respondents; ``reached`` those who answered a multiple-response question.
    """

    sizes: dict[str, int]
    chosen: dict[tuple[str, str, str], Answered] = field(default_factory=dict)
    reached: dict[tuple[str, str], int] = field(default_factory=dict)
    sums: dict[tuple[str, str], Sums] = field(default_factory=dict)

    def answered(self, question: str, option: str, cases: Iterable[str]) -> Answered:
        """Return who chose an option, in several cases together."""
        none = Answered()
        return sum((self.chosen.get((question, case, option), none) for case in cases), none)


def count_wave(
    dataset: Dataset, instrument: str, edition: str, questions: Sequence[Question]
) -> WaveCounts:
    """Count the answers to some questions of a wave, by case.

    Three queries (more than 100 questions: one more for each further hundred).
    Raises :class:`~croisee.survey.classes.UnknownAnswer`.
    """
    rows = dataset.answers(instrument, edition)
    weighted = dataset.study.instrument(instrument).weighted
    counts = WaveCounts({})
    _count_wide(dataset, rows, questions, counts, weighted=weighted)
    cases = [case.code for case in dataset.study.cases]
    closed = [question for question in questions if question.kind in CLOSED]
    for start in range(0, len(closed), QUESTIONS_A_QUERY):
        some = closed[start : start + QUESTIONS_A_QUERY]
        found = count_by(dataset, rows, CASE_RANK, some, weighted=weighted)
        known = {question.code: question for question in some}
        refuse_strangers(dataset, rows, ((known[code], rank) for code, _, rank in found))
        for (code, case, rank), people in found.items():
            options = in_classes(known[code]).options
            if rank <= len(options):
                counts.chosen[code, cases[case - 1], options[rank - 1].code] = people
    _add_largest(dataset, rows, questions, counts)
    return counts


def _count_wide(
    dataset: Dataset,
    rows: Any,
    questions: Sequence[Question],
    counts: WaveCounts,
    *,
    weighted: bool,
) -> None:
    """Count in one line a case: respondents, multiple choices, sums of numbers."""
    parts: dict[str, Any] = {"respondents": rows.count()}
    for place, question in enumerate(questions):
        if question.kind is QuestionKind.MULTIPLE and question.options:
            columns = [rows[f"q_{question.code}__{option.code}"] for option in question.options]
            parts[f"r{place}"] = columns[0].count()
            parts |= {f"c{place}_{k}": column.sum() for k, column in enumerate(columns)}
        elif question.kind is QuestionKind.NUMBER:
            column = rows[f"q_{question.code}"]
            parts[f"s{place}"] = column.sum()
            parts[f"n{place}"] = (column != 0).sum()
            if weighted:
                parts[f"w{place}"] = weighted_sum(column, rows.weight)
    for line in dataset.collect(rows.group_by("case").agg(**parts)):
        case = line["case"]
        counts.sizes[case] = line["respondents"]
        for place, question in enumerate(questions):
            if f"r{place}" in line:
                counts.reached[question.code, case] = line[f"r{place}"]
                for k, option in enumerate(question.options):
                    people = line[f"c{place}_{k}"] or 0
                    counts.chosen[question.code, case, option.code] = Answered(people)
            elif f"s{place}" in line:
                counts.sums[question.code, case] = Sums(
                    line[f"s{place}"] or Decimal(0),
                    line[f"n{place}"] or 0,
                    weighted=line.get(f"w{place}") or Decimal(0),
                )


def weighted_sum(value: Any, weight: Any) -> Any:
    """Return the Ibis sum of values times weights, these to 10⁻⁹: a product has 38 digits at most.

    The sum is a decimal of 13 places, or fails above 10²⁵. The cast back says to Ibis what DuckDB
    and Spark both give.
    """
    return (value * weight.cast("decimal(20, 9)")).cast("decimal(38, 13)").sum()


def _add_largest(
    dataset: Dataset, rows: Any, questions: Sequence[Question], counts: WaveCounts
) -> None:
    numeric = [question for question in questions if question.kind is QuestionKind.NUMBER]
    if not numeric:
        return
    expression = together(_two_largest(rows, question) for question in numeric)
    for line in dataset.collect(expression.order_by(ibis.desc("value"))):
        key = (line["question"], line["case"])
        counts.sums[key] += Sums(largest=(line["value"],))


def _two_largest(rows: Any, question: Question) -> Any:
    values = rows.select(case=rows.case, value=rows[f"q_{question.code}"])
    values = values.filter(values.value.notnull())
    window = ibis.window(group_by="case", order_by=ibis.desc("value"))
    ranked = values.mutate(place=ibis.row_number().over(window))
    return ranked.filter(ranked.place < 2).select(
        "case", "value", question=ibis.literal(question.code)
    )
