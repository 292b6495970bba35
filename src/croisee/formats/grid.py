"""A sheet as it looks, before anybody knows which of its lines is the header."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

from croisee.formats.bounds import decode, read_bytes
from croisee.formats.refused import FormatRefused
from croisee.formats.spreadsheet import read_cells, sheet_names
from croisee.language import phrase

Line = tuple[int, tuple[str, ...]]
"""The line's number in its file, from 1, and its cells, stripped."""

MOST_LINES = 20_000
MOST_COLUMNS = 200
_DELIMITERS = ";,\t"
_LOOKED_AT = 200


def read_grid(path: Path) -> tuple[Line, ...]:
    """Return the filled lines of a CSV or of the first sheet of an XLSX, all of one width.

    Unlike :func:`croisee.formats.read_table`, nothing is taken for a header: titles, notes and
    totals are still there. Merged cells all bear their text. The delimiter of a CSV is the one
    that most of its first lines agree on.

    Raises:
        FormatRefused: not a table, hostile, empty, over 20 000 lines or 200 columns.
    """
    rows = read_cells(path, spread=True) if path.suffix.lower() == ".xlsx" else _csv(path)
    lines: list[tuple[int, list[str]]] = []
    width = 0
    for number, cells in rows:
        kept = [cell.strip() for cell in cells]
        while kept and not kept[-1]:
            kept.pop()
        if kept:
            lines.append((number, kept))
            width = max(width, len(kept))
        if len(lines) > MOST_LINES or width > MOST_COLUMNS:
            raise _too_large()
    if not lines:
        raise FormatRefused(
            phrase("Le fichier est vide."),
            phrase("Vérifiez que la liste est sur la première feuille."),
        )
    return tuple((number, tuple(cells + [""] * (width - len(cells)))) for number, cells in lines)


def sheets_of(path: Path) -> tuple[str, ...]:
    """Return the names of an XLSX's sheets, the one that is read first; nothing for a CSV.

    Raises:
        FormatRefused: damaged or hostile.
    """
    return sheet_names(path) if path.suffix.lower() == ".xlsx" else ()


def _too_large() -> FormatRefused:
    return FormatRefused(
        phrase("La liste dépasse 20 000 lignes ou 200 colonnes."),
        phrase("Gardez une ligne par membre, et les colonnes utiles seulement."),
    )


def _csv(path: Path) -> Iterator[tuple[int, list[str]]]:
    text = decode(read_bytes(path)).replace("\r\n", "\n").replace("\r", "\n")
    skipped = 0
    if text[:4].lower() == "sep=":
        skipped, text = 1, text.partition("\n")[2]
    reader = csv.reader(StringIO(text, newline="\n"), delimiter=_delimiter(text), strict=True)
    before = 0
    try:
        for cells in reader:
            yield before + 1 + skipped, cells
            before = reader.line_num
    except csv.Error as cause:
        raise FormatRefused(
            phrase("Un guillemet ouvert sur cette ligne n’est pas refermé comme il faut."),
            phrase("Doublez les guillemets qui font partie du texte, ou retirez-les."),
            before + 1 + skipped,
        ) from cause


def _delimiter(text: str) -> str:
    """Return the delimiter found most often the same number of times a line, outside quotes."""
    first = text.split("\n", _LOOKED_AT)[:_LOOKED_AT]
    bare = [re.sub(r'"[^"]*"?', "", line) for line in first if line.strip()]

    def agreement(delimiter: str) -> tuple[int, int]:
        counts = Counter(line.count(delimiter) for line in bare)
        counts.pop(0, None)
        return max(counts.values(), default=0), sum(counts.values())

    return max(_DELIMITERS, key=agreement)
