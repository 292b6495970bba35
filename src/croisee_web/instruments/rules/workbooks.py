"""A questionnaire's workbook as the database keeps it, and as it is when it is published."""

from __future__ import annotations

import re
from typing import Any

import numpy as np

from croisee.formats.xlsform import Workbook, Worksheet
from croisee.questionnaire.editing import with_identities

Grid = list[list[Any]]
"""``[[sheet, [column, …], [[cell, …], …]], …]``."""


def grid_of(book: Workbook) -> Grid:
    """Return a workbook as JSON: every sheet, column and cell, in order."""
    return [
        [sheet.name, list(sheet.columns), [list(row) for row in sheet.rows]]
        for sheet in book.sheets
    ]


def book_of(grid: Grid) -> Workbook:
    """Return the workbook that :func:`grid_of` wrote."""
    return Workbook(
        tuple(
            Worksheet(name, tuple(columns), tuple(tuple(row) for row in rows))
            for name, columns, rows in grid
        )
    )


def setting(book: Workbook, name: str) -> str:
    """Return one cell of ``settings``, "" where there is none."""
    record = next(iter(book.sheet("settings").records()), {})
    return next(
        (cell.strip() for column, cell in record.items() if column.strip().lower() == name), ""
    )


def with_settings(book: Workbook, **given: str) -> Workbook:
    """Return the workbook with these cells in the first row of ``settings``."""
    sheet = book.sheet("settings")
    columns = list(sheet.columns)
    first = list(sheet.rows[0]) if sheet.rows else [""] * len(columns)
    lowered = [column.strip().lower() for column in columns]
    for name, cell in given.items():
        if name in lowered:
            first[lowered.index(name)] = cell
        else:
            columns.append(name)
            lowered.append(name)
            first.append(cell)
    others = ((*row, *[""] * (len(columns) - len(row))) for row in sheet.rows[1:])
    return book.with_sheet(Worksheet(sheet.name, tuple(columns), (tuple(first), *others)))


def settled(
    book: Workbook, *, code: str, title: str, number: int, taken: frozenset[tuple[str, str]]
) -> Workbook:
    """Return the workbook as it is published: an identifier and a version no other form has.

    What its author wrote is kept unless it is one of ``taken``, the (identifier, version) of
    the study's published forms, another questionnaire's under ``("", identifier)``: two forms
    never share both (OpenRosa, « Form discovery »). Its title is the questionnaire's name.
    """
    others = {identifier for version, identifier in taken if not version}
    written = setting(book, "form_id")
    form_id = next(
        one for one in (written, code, *(f"{code}-{n}" for n in range(2, 10_000)))
        if one and one not in others
    )  # fmt: skip
    version = setting(book, "version")
    if not version or (version, form_id) in taken:
        version = next(one for one in _numbers(number) if (one, form_id) not in taken)
    return with_settings(book, form_title=title, form_id=form_id, version=version)


def _numbers(first: int) -> list[str]:
    return [str(first), *(f"{first}.{more}" for more in range(1, 1000))]


_NOT_ASKED = re.compile(
    r"\s*(?:begin|end)[ _]|\s*(?:note|calculate|hidden|start|end|today|deviceid|username|email|"
    r"phonenumber|audit|simserial|subscriberid|background-audio|start-geopoint)\s*$",
    re.IGNORECASE,
)


def asked_rows(book: Workbook) -> tuple[dict[str, str], ...]:
    """Return the rows of ``survey`` that ask something, groups and notes left out."""
    return tuple(
        record
        for record in book.sheet("survey").records()
        if record.get("type", "").strip() and not _NOT_ASKED.match(record["type"])
    )


def identified(book: Workbook) -> Workbook:
    """Return a workbook whose every question bears an identity: those it has are kept."""
    return with_identities(book, chance=np.random.default_rng())


def untaken(wanted: str, taken: set[str]) -> str:
    """Return a code that is not taken: the one wanted, or with a number after it."""
    if wanted not in taken:
        return wanted
    return next(
        code for code in (f"{wanted}-{n}" for n in range(2, len(taken) + 3)) if code not in taken
    )
