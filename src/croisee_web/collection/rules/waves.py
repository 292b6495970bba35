"""What a wave of answers becomes before it is written. Nothing here asks the database."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, NamedTuple

import pyarrow as pa

from croisee.dataset.study_json import decimal_text
from croisee.study import Instrument, Question, QuestionKind

_BATCH = 2000
Row = dict[str, Any]


class Line(NamedTuple):
    """One respondent's sheet, its answers as JSON."""

    respondent: str
    case: str
    component: str
    organisation: str
    weight: str
    answers: str


@dataclass(frozen=True, slots=True)
class Wave:
    """One edition of a questionnaire, ready to be written: a line a respondent."""

    instrument: str
    edition: str
    lines: tuple[Line, ...]


def wave_of(instrument: Instrument, edition: str, table: pa.Table) -> Wave:
    """Return the answers of a Dataset's table, ready to be written.

    It is the long part of an import: done before its transaction, nobody waits for it. About
    2 kB of memory a respondent for 100 questions.
    """
    lines = tuple(
        Line(
            row["respondent"],
            row["case"],
            row["component"],
            row["organisation"],
            decimal_text(row["weight"]) if instrument.weighted else "",
            json.dumps(_answers(instrument, row)),
        )
        for batch in table.to_batches(max_chunksize=_BATCH)
        for row in batch.to_pylist()
    )
    return Wave(instrument.code, edition, lines)


def _answers(instrument: Instrument, row: Row) -> dict[str, Any]:
    found = {question.code: _answer(question, row) for question in instrument.questions}
    return {code: answer for code, answer in found.items() if answer is not None}


def _answer(question: Question, row: Row) -> Any:
    """Return an answer as ``AnswerSheet`` holds it, ``None`` when there is none."""
    name = f"q_{question.code}"
    if question.kind in {QuestionKind.MULTIPLE, QuestionKind.RANK}:
        parts = {option.code: row[f"{name}__{option.code}"] for option in question.options}
        if all(part is None for part in parts.values()):
            return None
        if question.kind is QuestionKind.MULTIPLE:
            return [code for code, chosen in parts.items() if chosen]
        return {code: rank for code, rank in parts.items() if rank is not None}
    answer = row[name]
    if answer is None or question.kind is not QuestionKind.NUMBER:
        return answer
    return decimal_text(answer)
