"""Answers that LimeSurvey exports: CSV, XLSX, archives, and « VV », the one it reads again."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from croisee.formats.bounds import MAX_ROWS, decode, read_bytes
from croisee.formats.lsa import is_lsa, read_lsa
from croisee.formats.refused import FormatRefused
from croisee.formats.tabular import Remark, read_table
from croisee.language import phrase

_SIGNS = {"{newline}": "\n", "{cr}": "", "{tab}": "\t", "{quote}": '"', "{question_not_shown}": ""}
_ZEROS = re.compile(r"(-?[0-9]*)\.([0-9]*?)0*")
_MANY_DECIMALS = re.compile(r"-?[0-9]*\.[0-9]{6,}")
_LONGEST = 5_000_000


@dataclass(frozen=True, slots=True)
class LimeTable:
    """The lines of an export: its columns, and (line of the file, cell of each)."""

    header: tuple[str, ...]
    rows: tuple[tuple[int, dict[str, str]], ...]
    remarks: tuple[Remark, ...] = ()


def read_limesurvey_table(path: Path) -> LimeTable:
    """Read an export. Cells are as LimeSurvey means them: no marks, no useless zeros.

    Raises:
        FormatRefused: not a table, or hostile.
    """
    if is_lsa(path):
        archived = read_lsa(path)
        meant = (
            (line, {name: _meant(cell) for name, cell in cells.items()})
            for line, cells in archived.rows
        )
        return LimeTable(archived.header, tuple(meant), archived.remarks)
    if path.suffix.lower() != ".xlsx":
        text = decode(read_bytes(path))
        if _is_vv(text):
            return _vv(text)
    sheet = read_table(path)
    rows = tuple(
        (line, {name: _meant(cell) for name, cell in cells.items()}) for line, cells in sheet.rows
    )
    return LimeTable(sheet.header, rows, sheet.remarks)


def _is_vv(text: str) -> bool:
    """Return whether the second line names columns: the first has texts for people."""
    lines = text.split("\n", 2)
    if len(lines) < 2:
        return False
    named = [cell.strip('"\r') for cell in lines[1].split("\t")]
    return "\t" in lines[0] and {"id", "submitdate"} <= set(named)


def _vv(text: str) -> LimeTable:
    lines = list(_numbered(text))
    header = tuple(lines[1][1])
    rows = tuple(
        (number, dict(zip(header, map(_meant, map(_plain, cells)), strict=False)))
        for number, cells in lines[2:]
        if any(cells)
    )
    return LimeTable(header, tuple((line, {n: c.get(n, "") for n in header}) for line, c in rows))


def _numbered(text: str) -> Iterator[tuple[int, list[str]]]:
    before = csv.field_size_limit(_LONGEST)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter="\t", strict=True)
    line = 1
    try:
        for cells in reader:
            yield line, cells
            line = reader.line_num + 1
            if line > MAX_ROWS:
                raise csv.Error("too long")
    except csv.Error as cause:
        raise FormatRefused(
            phrase("Un guillemet ouvert sur cette ligne n’est pas refermé comme il faut."),
            phrase("Doublez les guillemets qui font partie du texte, ou retirez-les."),
            line,
        ) from cause
    finally:
        csv.field_size_limit(before)


def _plain(cell: str) -> str:
    for sign, meant in _SIGNS.items():
        cell = cell.replace(sign, meant)
    return cell.replace("{lbrace}", "{")


def _meant(cell: str) -> str:
    """Return a number without the ten decimals of the database; any other text as it is."""
    if _MANY_DECIMALS.fullmatch(cell):
        found = _ZEROS.fullmatch(cell)
        if found is not None:
            return f"{found[1] or '0'}.{found[2]}".rstrip(".")
    return cell
