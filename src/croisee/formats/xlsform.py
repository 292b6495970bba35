"""XLSForm: a questionnaire as the rows of a workbook, every sheet and column kept."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

import xlsxwriter
from python_calamine import CalamineError, CalamineWorkbook, WorksheetNotFound

from croisee.formats.archive import check_parts, damaged, open_archive
from croisee.formats.bounds import check_size, decode, read_bytes
from croisee.formats.refused import FormatRefused
from croisee.formats.spreadsheet import check_extents
from croisee.language import phrase

_EPOCH = datetime(2000, 1, 1)  # noqa: DTZ001 -- a spreadsheet has no zone; a constant, so that the same workbook gives the same bytes
_ZIP, _OLD_OFFICE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_EXACT = 1e15
_MAX_ROWS = 100_000
_SHEET_NAME = re.compile(r"[^\[\]:*?/\\']{1,31}")

Grid = Iterable[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Worksheet:
    """One sheet: its columns as written, and its rows, each as long as ``columns``.

    Rows that are empty in the file are empty rows here: row ``i`` is line ``i + 2`` of the
    sheet. Empty rows and columns at the end are not kept.
    """

    name: str
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()

    def records(self) -> list[dict[str, str]]:
        """Return each row as its filled cells by column; an empty row is an empty record."""
        return [
            {
                name: cell
                for name, cell in zip(self.columns, row, strict=True)
                if name and cell.strip()
            }
            for row in self.rows
        ]


@dataclass(frozen=True, slots=True)
class Workbook:
    """A questionnaire as XLSForm writes it: ``survey``, ``choices``, ``settings`` and the rest."""

    sheets: tuple[Worksheet, ...]

    def sheet(self, name: str) -> Worksheet:
        """Return a sheet whatever the case of its name; an empty one where there is none."""
        found = (one for one in self.sheets if one.name.strip().lower() == name)
        return next(found, Worksheet(name))

    def with_sheet(self, sheet: Worksheet) -> Workbook:
        """Return the workbook with this sheet in the place of its namesake, or at the end."""
        name = sheet.name.strip().lower()
        if all(one.name.strip().lower() != name for one in self.sheets):
            return Workbook((*self.sheets, sheet))
        return Workbook(
            tuple(sheet if one.name.strip().lower() == name else one for one in self.sheets)
        )


def worksheet(name: str, grid: Grid) -> Worksheet:
    """Return a sheet from its cells, header first; what is empty at the end is dropped."""
    lines = [tuple(line) for line in grid]
    width = max((_filled(line) for line in lines), default=0)
    while lines and not _filled(lines[-1]):
        lines.pop()
    padded = [(*line[:width], *[""] * (width - len(line))) for line in lines]
    return Worksheet(name, padded[0] if padded else (), tuple(padded[1:]))


def _filled(line: Sequence[str]) -> int:
    return max((place for place, cell in enumerate(line, 1) if cell), default=0)


def worksheet_of(name: str, records: Sequence[dict[str, str]]) -> Worksheet:
    """Return a sheet from records; columns come in the order they are first met."""
    columns = list(dict.fromkeys(column for record in records for column in record))
    grid = [columns, *([record.get(column, "") for column in columns] for record in records)]
    return worksheet(name, grid)


def read_workbook(path: Path) -> Workbook:
    """Read an XLSX, XLSM, XLS or CSV (the sheet's name in the first column) questionnaire.

    What a file is comes from its first bytes, never from its name. Cells are texts, as a
    person would type them: ``TRUE``, ``12``, ``2026-11-22``. A formula gives its last value.

    Raises:
        FormatRefused: damaged, hostile, of absurd size, or no questionnaire at all.
    """
    check_size(path)
    head = _head(path)
    if head.startswith(_ZIP):
        with open_archive(path) as archive:
            check_parts(archive)
            check_extents(archive)
        book = _by_calamine(path)
    elif head.startswith(_OLD_OFFICE):
        book = _by_calamine(path)
    else:
        book = _read_csv(decode(read_bytes(path)))
    if not any(one.name.strip().lower() == "survey" for one in book.sheets):
        if len(book.sheets) != 1 or "type" not in book.sheets[0].columns:
            raise FormatRefused(
                phrase("Le classeur n’a pas de feuille « survey »."),
                phrase("Un questionnaire XLSForm a une feuille « survey » et une « choices »."),
            )
        only = book.sheets[0]
        book = Workbook((Worksheet("survey", only.columns, only.rows),))
    return book


def _head(path: Path) -> bytes:
    with path.open("rb") as stream:
        return stream.read(4)


def _by_calamine(path: Path) -> Workbook:
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(read_bytes(path))) as book:
            return Workbook(
                tuple(
                    worksheet(
                        name,
                        (
                            [_text(cell) for cell in line]
                            for line in book.get_sheet_by_name(name).to_python(
                                skip_empty_area=False, nrows=_MAX_ROWS
                            )
                        ),
                    )
                    for name in book.sheet_names
                )
            )
    except (CalamineError, WorksheetNotFound, OSError, ValueError, IndexError) as cause:
        raise damaged() from cause
    except BaseException as cause:
        if type(cause).__name__ != "PanicException":  # how a fault of the Rust reader arrives
            raise
        raise damaged() from cause


def _text(cell: object) -> str:
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < _EXACT else repr(cell)
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date().isoformat()
    if isinstance(cell, date | time | timedelta):
        return str(cell)
    return unicodedata.normalize("NFC", str(cell))


def _read_csv(text: str) -> Workbook:
    """Read the CSV of XLSForm: a sheet's name alone on a line, or before its header."""
    dialect = ";" if text.count(";") > text.count(",") else ","
    grids: dict[str, list[list[str]]] = {}
    name = ""
    try:
        for line in csv.reader(io.StringIO(text, newline=""), delimiter=dialect, strict=True):
            if line and line[0].strip():
                name = line[0].strip()
                grids.setdefault(name, [])
            if any(line[1:]):
                if not name:
                    break
                grids[name].append(line[1:])
    except csv.Error as cause:
        raise FormatRefused(
            phrase("Le texte n’est pas un CSV lisible."),
            phrase("Enregistrez le questionnaire en .xlsx."),
        ) from cause
    return Workbook(tuple(worksheet(title, grid) for title, grid in grids.items()))


def write_workbook(book: Workbook) -> bytes:
    """Return the workbook as XLSX; every cell is a text: no formula, no link.

    :func:`read_workbook` gives the same :class:`Workbook` back.

    Raises:
        FormatRefused: a sheet's name no spreadsheet accepts.
    """
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, options) as written:
        written.set_properties({"created": _EPOCH})
        bold = written.add_format({"bold": True})
        for one in book.sheets:
            if not _SHEET_NAME.fullmatch(one.name):
                raise FormatRefused(
                    phrase("Une feuille ne peut pas se nommer « {name} ».", name=one.name),
                    phrase("Donnez-lui un nom de 31 lettres au plus, sans [ ] : * ? / \\."),
                )
            sheet = written.add_worksheet(one.name)
            sheet.freeze_panes(1, 0)
            for number, line in enumerate((one.columns, *one.rows)):
                for column, cell in enumerate(line):
                    if cell:
                        sheet.write_string(number, column, cell, None if number else bold)
    return stream.getvalue()
