"""CSV and XLSX as a spreadsheet opens them, with no live formula."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import xlsxwriter

_TRIGGER = re.compile(r"'*[=+\-@\t\r]")
_SAVED = re.compile(r"''*[=+\-@\t\r]")
_PLAIN_NUMBER = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)?")
_AFTER = r"""((?:^\s|[,;\t\r\n])[\s"]*)"""
_CALLS = r"('*[=@+\-])"
_INNER, _GUARDED = re.compile(_AFTER + _CALLS), re.compile(f"{_AFTER}'{_CALLS}")
_CUT = re.compile(r'[;,\t"\r\n]')
LONGEST_CELL = 32_767
"""Signs that a spreadsheet keeps of a cell."""
_NAME = 31
"""Letters of a sheet's name."""
_EPOCH = datetime(2000, 1, 1)  # noqa: DTZ001 -- a spreadsheet has no zone; a constant, so that the same table gives the same bytes


def neutral(cell: object) -> str:
    """Return a cell's text so that no spreadsheet takes it for a formula.

    A text that would start one (``=``, ``+``, ``-``, ``@``, tab, carriage return) gets an
    apostrophe in front, which :func:`croisee.formats.read_table` takes off again; numbers
    (``-3,5``) stay as they are.

    Example:
        >>> [neutral(cell) for cell in ("=1+1", "-3,5", "- oui", "'=x", None)]
        ["'=1+1", '-3,5', "'- oui", "''=x", '']
    """
    text = "" if cell is None else str(cell)
    if _TRIGGER.match(text) and not _PLAIN_NUMBER.fullmatch(text):
        return f"'{text}"
    return text


def guarded(cell: object) -> str:
    r"""Return a cell's text so that nothing in it starts a formula, wherever a reader cuts it.

    A spreadsheet set to another separator than ``;`` cuts a text in cells of its own: what
    follows a comma, a tab or a line end in it is guarded as its beginning is. A dash or a plus
    there is a list's or a number's, and left alone, unless something is called after it.

    Example:
        >>> [guarded(cell) for cell in ("a,=1+1,b", "oui, -3", "=1,@x", "a\n-cmd|'x'!A0")]
        ["a,'=1+1,b", 'oui, -3', "'=1,'@x", "a\n'-cmd|'x'!A0"]
    """
    text = neutral(cell)
    last = _last_call(text)
    return _INNER.sub(lambda it: f"{it[1]}'{it[2]}" if _starts(it, last) else it[0], text)


def _last_call(text: str) -> int:
    """Return the place of the last sign of a call, in a cell that a reader may cut anywhere."""
    return max(text.rfind(sign) for sign in "(|!")


def _starts(found: re.Match[str], last: int) -> bool:
    return found[2][-1] in "=@" or found.end() <= last


def unguarded(text: str) -> str:
    """Return the text that :func:`guarded` wrote.

    Example:
        >>> unguarded(guarded("'=1,'=2"))
        "'=1,'=2"
    """
    if "'" not in text:
        return text
    bare = text[1:] if _SAVED.match(text) else text
    last = _last_call(bare)
    return _GUARDED.sub(lambda it: it[1] + it[2] if _starts(it, last) else it[0], bare)


def written_row(cells: Iterable[object], separator: str = ";") -> str:
    r"""Return a line of a CSV as :func:`write_csv` writes it, its end included."""
    return (separator.join(_quoted(guarded(cell)) for cell in cells) or '""') + "\r\n"


def _quoted(text: str) -> str:
    """Return a cell in quotes where any usual separator is in it, not ours alone."""
    return '"{}"'.format(text.replace('"', '""')) if _CUT.search(text) else text


def write_csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    r"""Write a CSV that a French spreadsheet opens by a double click.

    ``;`` between cells, UTF-8 with BOM, ``\r\n`` line ends, formulas neutralised as
    :func:`guarded` does: also for a spreadsheet set to cut at commas or tabs.
    """
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        stream.write(written_row(header))
        stream.writelines(written_row(row) for row in rows)


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet to write: its name, its header, its lines."""

    name: str
    header: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...] = ()


def write_xlsx(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write one sheet; numbers stay numbers, every text is a text (no formula, no link)."""
    with _workbook(path) as book:
        _write_sheet(book, book.add_worksheet(), header, rows)


def write_sheets(path: Path, tables: Iterable[Table]) -> None:
    """Write one sheet a table, in order, as :func:`write_xlsx` does.

    A name no spreadsheet accepts is made acceptable, and two that become the same told apart.
    """
    taken: set[str] = set()
    with _workbook(path) as book:
        for one in tables:
            name = _sheet_name(one.name, taken)
            _write_sheet(book, book.add_worksheet(name), one.header, one.rows)


def _sheet_name(wanted: str, taken: set[str]) -> str:
    bare = re.sub(r"[\[\]:*?/\\'\x00-\x1f]+", "_", wanted)
    base = bare.strip().lstrip("=+-@_ ")[:_NAME].rstrip("_ ") or "1"
    name, place = base, 2
    while name.lower() in taken:
        name, place = f"{base[: _NAME - 4]}_{place}", place + 1
    taken.add(name.lower())
    return name


def _workbook(path: Path) -> xlsxwriter.Workbook:
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    return xlsxwriter.Workbook(str(path), options)


def _write_sheet(
    book: xlsxwriter.Workbook,
    sheet: xlsxwriter.workbook.Worksheet,
    header: Sequence[str],
    rows: Iterable[Sequence[object]],
) -> None:
    book.set_properties({"created": _EPOCH})
    bold = book.add_format({"bold": True})
    sheet.freeze_panes(1, 0)
    for column, name in enumerate(header):
        sheet.write_string(0, column, name, bold)
    for number, row in enumerate(rows, 1):
        for column, cell in enumerate(row):
            if isinstance(cell, int | float | Decimal) and not isinstance(cell, bool):
                sheet.write_number(number, column, cell)
            elif cell is not None and cell != "":
                sheet.write_string(number, column, str(cell))
