"""XLSX through calamine, once the file has been found harmless."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import datetime, time
from pathlib import Path
from typing import IO
from zipfile import ZipFile

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, WorksheetNotFound

from croisee.formats.archive import BROKEN, check_parts, damaged, open_archive
from croisee.formats.bounds import MAX_CELLS
from croisee.formats.refused import FormatRefused
from croisee.language import phrase

_CELL = re.compile(rb"""<(?:\w+:)?c\s((?:[^<>"']|"[^"]*"|'[^']*')*)>""")
_PLACE = re.compile(rb"""(?:^|\s)r\s*=\s*["']([A-Z]{1,3})([0-9]{1,7})["']""")
_MERGED = re.compile(
    rb"""<(?:\w+:)?mergeCell\s[^>]*?ref\s*=\s*["'][A-Z]{1,3}[0-9]{1,7}:([A-Z]{1,3})([0-9]{1,7})["']"""
)
_CHUNK = 1 << 20
_LONGEST_TAG = 1 << 16
_EXACT = 1e15


def read_cells(
    path: Path, *, spread: bool = False, sheet: int = 0
) -> Iterator[tuple[int, list[str]]]:
    """Yield (row number, cells as text) of one sheet, the first unless another is said.

    ``spread``: the text of merged cells is written in each of them, not in the first alone.

    Raises:
        FormatRefused: damaged, hostile or of absurd size.
    """
    with open_archive(path) as archive:
        check_parts(archive)
        check_extents(archive)
    yield from _calamine(path, spread=spread, place=sheet)


def sheet_names(path: Path) -> tuple[str, ...]:
    """Return the names of a workbook's sheets, in its order; the first one is what is read.

    Raises:
        FormatRefused: damaged or hostile.
    """
    with open_archive(path) as archive:
        check_parts(archive)
    try:
        with CalamineWorkbook.from_path(path) as book:
            return tuple(book.sheet_names)
    except (CalamineError, OSError, ValueError) as cause:
        raise damaged() from cause
    except BaseException as cause:
        if type(cause).__name__ != "PanicException":
            raise
        raise damaged() from cause


def _calamine(path: Path, *, spread: bool, place: int) -> Iterator[tuple[int, list[str]]]:
    try:
        with CalamineWorkbook.from_path(path) as book:
            sheet = book.get_sheet_by_index(place)
            merged = _Merged(sheet) if spread else None
            for number, cells in enumerate(sheet.iter_rows(), 1):
                texts = [_text(cell) for cell in cells]
                yield number, merged.spread(number - 1, texts) if merged else texts
    except (CalamineError, WorksheetNotFound, OSError, ValueError, IndexError) as cause:
        raise damaged() from cause
    except BaseException as cause:
        if type(cause).__name__ != "PanicException":  # how a fault of the Rust reader arrives
            raise
        raise damaged() from cause


class _Merged:
    """The merged ranges of a sheet, followed as its rows go by."""

    def __init__(self, sheet: CalamineSheet) -> None:
        self._shift = (sheet.start or (0, 0))[1]
        self._coming = sorted(sheet.merged_cell_ranges or [], reverse=True)
        self._open: list[tuple[int, int, int, str]] = []

    def spread(self, row: int, cells: list[str]) -> list[str]:
        """Return a row with the text of each merged range in all its cells."""
        while self._coming and self._coming[-1][0][0] <= row:
            (_, first), (last_row, last) = self._coming.pop()
            left = first - self._shift
            if 0 <= left < len(cells):
                self._open.append((last_row, left, last - self._shift, cells[left]))
        self._open = [one for one in self._open if one[0] >= row]
        for _, left, right, text in self._open:
            width = min(right, len(cells) - 1) - left + 1
            cells[left : left + width] = [text] * width
        return cells


def check_extents(archive: ZipFile) -> None:
    """Refuse a workbook one of whose sheets would be of absurd size once held dense.

    Raises:
        FormatRefused: more than 50 million cells, or damaged.
    """
    for name in archive.namelist():
        if name.startswith("xl/worksheets/"):
            _check_extent(archive, name)


def _check_extent(archive: ZipFile, name: str) -> None:
    """Refuse a sheet whose farthest cell would make a table of absurd size (it is held dense)."""
    height = width = 0
    try:
        with archive.open(name) as stream:
            for tags in _whole_tags(stream):
                for column, row in _places(tags):
                    height = max(height, int(row))
                    width = max(width, _column(column))
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


def _whole_tags(stream: IO[bytes]) -> Iterator[bytes]:
    """Yield a sheet in pieces that cut no tag in two."""
    left = b""
    while chunk := stream.read(_CHUNK):
        window = left + chunk
        cut = window.rfind(b"<")
        if len(window) - cut > _LONGEST_TAG:
            raise damaged()
        yield window[:cut]
        left = window[cut:]
    yield left


def _places(tags: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield the place of each cell that holds something, and the end of each merged range.

    A cell that has a style and nothing in it takes no place once read.
    """
    for attributes in _CELL.findall(tags):
        if not attributes.endswith(b"/"):
            yield from _PLACE.findall(attributes)
    yield from _MERGED.findall(tags)


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
