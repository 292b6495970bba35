"""The rank of each answer: what a file of answers holds beside its content, to count fast.

A text of twenty bytes takes three times as long to group by as a small number. So the freeze
writes, after the columns of a wave, ``case_rank`` and one ``rank_<question>`` for each question
answered by one option or one number. Ranks are worked out from the content and the study:
they are no part of the digest, and :func:`croisee.dataset.verify` works them out again.
"""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from croisee.dataset.manifest import wave_of
from croisee.dataset.schema import TABLES, answers_schema
from croisee.study import Instrument, Question, QuestionKind, Study

CASE_RANK = "case_rank"
RANKED = frozenset({QuestionKind.SINGLE, QuestionKind.ORDINAL, QuestionKind.NUMBER})
"""Kinds whose answer is one option, or falls in one class: 1 for the first, and so on."""
SILENT = 0
"""The rank of no answer (of a case, here: one that the study does not know)."""
_RANK = pa.int16()
"""Signed, so that other engines read it as it is; a questionnaire has fewer options."""


def rank_column(question: str) -> str:
    """Return the name of the column that holds the ranks of a question's answers."""
    return f"rank_{question}"


def stranger(question: Question) -> int:
    """Return the rank of an answer that is neither an option nor a missing value.

    Options have ranks 1 to k in the order of the codebook, then missing values; a number has
    the rank of its class, and cannot be a stranger.
    """
    return len(question.options) + len(question.missing) + 1


def content_schema(study: Study, name: str) -> pa.Schema:
    """Return the columns of a table's content. Raises ``KeyError`` on a table of another study."""
    if name in TABLES:
        return TABLES[name]
    return answers_schema(_instrument(study, name))


def with_ranks(study: Study, name: str, rows: pa.Table) -> pa.Table:
    """Return the lines of a table as they are written: answers, with their ranks after them."""
    if name in TABLES:
        return rows
    fields, columns = list(rows.schema), list(rows.columns)
    cases = [case.code for case in study.cases]
    fields.append(pa.field(CASE_RANK, _RANK, nullable=False))
    columns.append(_places(rows["case"], cases, 0))
    for question in _instrument(study, name).questions:
        if question.kind in RANKED:
            fields.append(pa.field(rank_column(question.code), _RANK, nullable=False))
            columns.append(_ranks(rows[f"q_{question.code}"], question))
    return pa.Table.from_arrays(columns, schema=pa.schema(fields))


def _instrument(study: Study, name: str) -> Instrument:
    code, _edition = wave_of(name) or ("", "")
    return {one.code: one for one in study.instruments}[code]


def _ranks(column: pa.ChunkedArray, question: Question) -> pa.ChunkedArray:
    if question.kind is not QuestionKind.NUMBER:
        known = [*(option.code for option in question.options), *question.missing]
        return _places(column, known, stranger(question))
    rank = pc.cast(column.is_valid(), _RANK)
    for bound in question.classes:
        above = pc.greater_equal(column, pa.scalar(bound, column.type))
        rank = pc.add(rank, pc.cast(pc.fill_null(above, False), _RANK))
    return rank


def _places(column: pa.ChunkedArray, known: list[str], other: int) -> pa.ChunkedArray:
    """Return 1 for the first known text, 2 for the next…, ``other`` for any other, 0 for null."""
    places = pc.add(pc.index_in(column, pa.array(known, pa.string())), 1)
    absent = pc.if_else(column.is_valid(), other, SILENT)
    return pc.cast(pc.coalesce(places, pc.cast(absent, pa.int32())), _RANK)
