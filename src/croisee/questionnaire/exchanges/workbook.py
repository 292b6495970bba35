"""Tables of answers as one workbook, numbers as numbers, read back as they were written."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from croisee.formats import LONGEST_CELL, Table, write_sheets
from croisee.language import phrases
from croisee.questionnaire.exchanges.told import Loss
from croisee.questionnaire.form import Kind

NUMBERS = frozenset({Kind.INTEGER, Kind.DECIMAL})
"""Questions whose answers are numbers in a workbook."""
_WHOLE = re.compile(r"0|-?[1-9][0-9]{0,14}")
_POINT = re.compile(r"-?[0-9]{1,15}[.][0-9]{1,15}")


def write_answers(
    path: Path, tables: Sequence[Table], counted: Collection[str]
) -> tuple[Loss, ...]:
    """Write tables as an XLSX, a sheet each; return what no cell of it could hold.

    Args:
        path: of the workbook.
        tables: as :func:`..odk.odk_tables` and :func:`..folder.folder_table` give them.
        counted: the columns whose answers are numbers. One that a spreadsheet would not give
            back as it was written (``007``, ``3.50``) stays a text.
    """
    write_sheets(path, [replace(one, rows=tuple(_rows(one, counted))) for one in tables])
    long = sum(
        len(cell) > LONGEST_CELL
        for table in tables
        for row in table.rows
        for cell in row
        if isinstance(cell, str)
    )
    said = phrases(
        "{n} réponse de plus de 32 767 signes est coupée : le format CSV la garde entière.",
        "{n} réponses de plus de 32 767 signes sont coupées : le format CSV les garde entières.",
        long,
    )
    return (Loss("", said),) if long else ()


def _rows(table: Table, counted: Collection[str]) -> Iterator[tuple[object, ...]]:
    places = {place for place, title in enumerate(table.header) if title in counted}
    for row in table.rows:
        yield tuple(_number(cell) if place in places else cell for place, cell in enumerate(row))


def _number(cell: object) -> object:
    text = str(cell)
    if _WHOLE.fullmatch(text):
        return int(text)
    return float(text) if _POINT.fullmatch(text) and repr(float(text)) == text else cell
