"""What a QualCoder project is made of, both ways: names, cells, what stands for nothing."""

from __future__ import annotations

import re

from croisee.formats.coded.refi_elements import colour_of
from croisee.formats.coded.refi_writing import identifier
from croisee.formats.sqlite_file import Cell

DATABASE = "data.qda"
NEEDED = frozenset({"project", "source", "code_name", "code_cat", "code_text"})
OURS = "Croisée"
"""In ``about`` of what we write, beside the word that QualCoder looks for there."""
NOBODY = "Croisée"
"""Whose is what has no known author, in what we write: QualCoder needs a name."""
NO_DATE = "1970-01-01 00:00:00"
"""When it was made, in what we write, if nobody knows: QualCoder needs a date."""
NO_COLOUR = "#999999"
"""A code's colour, in what we write, if it has none: QualCoder needs one."""
RECORDINGS = ("/audio/", "audio:", "/video/", "video:")
"""How the path of a recording begins; after a colon, it lies outside of the project."""


def said(cell: Cell) -> str:
    """Return a cell as text, with line ends of one sign."""
    return "" if cell is None else str(cell).replace("\r\n", "\n").replace("\r", "\n")


def number(cell: Cell) -> int:
    """Return a cell that is a whole number, or -1."""
    return cell if isinstance(cell, int) and not isinstance(cell, bool) else -1


def stamp(cell: Cell) -> str:
    """Return a date as the exchange standard says it; QualCoder's is the local time, zone unsaid.

    Example:
        >>> stamp("2026-03-04 10:00:00")
        '2026-03-04T10:00:00'
    """
    text = said(cell)
    return "" if text == NO_DATE else text.replace(" ", "T", 1)


def date_of(at: str) -> str:
    """Return a date as QualCoder keeps it: to the second, without zone.

    Example:
        >>> date_of("2026-03-04T10:00:00.5-05:00")
        '2026-03-04 10:00:00'
    """
    found = re.match(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)", at)
    return f"{found[1]} {found[2]}" if found else NO_DATE


def colour(cell: Cell) -> str:
    """Return a code's colour as ``#rrggbb``, or nothing."""
    found = colour_of(said(cell))
    return "" if found == NO_COLOUR else found


def key_of(kind: str, *of: object) -> str:
    """Return the identifier of a row: the same project gives the same ones."""
    return identifier("qualcoder", kind, *map(str, of))
