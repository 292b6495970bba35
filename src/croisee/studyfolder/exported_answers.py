"""``reponses/`` written: one wide table a wave, as :mod:`croisee.studyfolder.questions` reads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pyarrow as pa

from croisee.dataset import answers_name
from croisee.study import Instrument, Question, QuestionKind, Study
from croisee.studyfolder import words
from croisee.studyfolder.exported_tables import amount_text
from croisee.studyfolder.layout import ANSWERS
from croisee.text import folded_label

Column = tuple[str, list[object]]
_NO_ANSWER = ("oui", "non"), ("1", "0"), ("o", "n"), ("vrai", "faux"), ("x", "no")


def answer_files(
    study: Study, tables: Mapping[str, pa.Table]
) -> Iterator[tuple[str, Sequence[str], Iterator[Sequence[object]]]]:
    """Yield each wave that has lines: file, header, lines."""
    for instrument in study.instruments:
        for edition in study.editions:
            table = tables.get(answers_name(instrument.code, edition.code))
            if table is not None and table.num_rows:
                columns = list(_columns(instrument, table))
                header = [name for name, _ in columns]
                lines = zip(*(cells for _, cells in columns), strict=True)
                yield f"reponses/{instrument.code}_{edition.code}", header, lines


def _columns(instrument: Instrument, table: pa.Table) -> Iterator[Column]:
    for name, column in (
        ("repondant", "respondent"),
        ("cas", "case"),
        ("composante", "component"),
        ("organisme", "organisation"),
    ):
        yield name, table[column].to_pylist()
    if instrument.weighted:
        yield "poids", [amount_text(weight) for weight in table["weight"].to_pylist()]
    for question in instrument.questions:
        if words.column_key(question.code) not in ANSWERS.known:
            yield from _question(question, table)


def _question(question: Question, table: pa.Table) -> Iterator[Column]:
    """Yield a question's column, or one an option."""
    name = f"q_{question.code}"
    if question.kind is QuestionKind.RANK:
        for option in question.options:
            ranks = table[f"{name}__{option.code}"].to_pylist()
            yield f"{question.code}__{option.code}", ranks
    elif question.kind is QuestionKind.MULTIPLE:
        yield from _multiple(question, table)
    elif question.kind is QuestionKind.NUMBER:
        yield question.code, [amount_text(value) for value in table[name].to_pylist()]
    else:
        yield question.code, table[name].to_pylist()


def _multiple(question: Question, table: pa.Table) -> Iterator[Column]:
    absent = {folded_label(word) for word in question.missing}
    yes, no = next((pair for pair in _NO_ANSWER if absent.isdisjoint(pair)), _NO_ANSWER[0])
    said: dict[Any, object] = {True: yes, False: no, None: ""}
    for option in question.options:
        ticks = table[f"q_{question.code}__{option.code}"].to_pylist()
        yield f"{question.code}__{option.code}", [said[tick] for tick in ticks]
