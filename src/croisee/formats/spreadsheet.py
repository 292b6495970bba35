"""XLSX through calamine, once the file has been found harmless."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import datetime, time
from pathlib import Path
from zipfile import ZipFile

from python_calamine import CalamineError, CalamineWorkbook, WorksheetNotFound

from croisee.formats.archive import BROKEN, check_parts, damaged, open_archive
from croisee.formats.bounds import MAX_CELLS
from croisee.formats.refused import FormatRefused
from croisee.language import phrase

_PLACE = re.compile(rb"""\br\s*=\s*["']([A-Z]{1,3})([0-9]{1,7})["']""")
_MERGED = re.compile(rb"""\bref\s*=\s*["'][A-Z]{1,3}[0-9]{1,7}:([A-Z]{1,3})([0-9]{1,7})["']""")
_CHUNK = 1 << 20
_EXACT = 1e15


def read_cells(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Yield (row number, cells as text) of the first sheet. Raises :class:`FormatRefused`."""
    with open_archive(path) as archive:
        check_parts(archive)
        for name in archive.namelist():
            if name.startswith("xl/worksheets/"):
                _check_extent(archive, name)
    yield from _calamine(path)


def _calamine(path: Path) -> Iterator[tuple[int, list[str]]]:
    try:
        with CalamineWorkbook.from_path(path) as book:
            rows = book.get_sheet_by_index(0).iter_rows()
            for number, cells in enumerate(rows, 1):
                yield number, [_text(cell) for cell in cells]
    except (CalamineError, WorksheetNotFound, OSError, ValueError, IndexError) as cause:
        raise damaged() from cause
    except BaseException as cause:
        if type(cause).__name__ != "PanicException":  # how a fault of the Rust reader arrives
            raise
        raise damaged() from cause


def _check_extent(archive: ZipFile, name: str) -> None:
    """Refuse a sheet whose farthest cell would make a table of absurd size (it is held dense)."""
    height = width = 0
    tail = b""
    try:
        with archive.open(name) as stream:
            while chunk := stream.read(_CHUNK):
                window = tail + chunk
                for column, row in _PLACE.findall(window) + _MERGED.findall(window):
                    height = max(height, int(row))
                    width = max(width, _column(column))
                tail = window[-64:]
    except BROKEN as cause:
        raise damaged() from cause
    if height * width > MAX_CELLS:
        raise FormatRefused(
            phrase(
                "La feuille s’étend sur {rows} lignes et {columns} colonnes.",
                rows=height,
                columns=width,
            ),
            phrase("Supprimez les cellules isolées loin du tableau, puis enregistrez de nouveau."),
        )


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _text(cell: object) -> str:
    """Return a spreadsheet value as a person would have typed it in a CSV."""
    if isinstance(cell, bool):
        return "oui" if cell else "non"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < _EXACT else repr(cell)
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date().isoformat()
    return unicodedata.normalize("NFC", str(cell))
