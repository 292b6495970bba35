"""Tables as people keep them: CSV in any usual dress, XLSX."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from croisee.formats.bounds import MAX_CELLS, MAX_ROWS, decode, read_bytes
from croisee.formats.refused import FormatRefused
from croisee.formats.spreadsheet import read_cells, sheet_names
from croisee.formats.writing import unguarded
from croisee.language import Phrase, phrase

_BATCH = 10_000
_BATCH_CELLS = 2_000_000
_MOST_COLUMNS = 16_384
_LONGEST_LINE = 5_000_000
_MOST_SHEETS = 100
_DELIMITERS = ";,\t"
Line = tuple[int, list[str]]


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to correct in the shape of a table; the rest of it is readable all the same."""

    line: int
    message: Phrase
    remedy: Phrase
    column: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table as text, held by column so that a large one stays small.

    ``header`` in file order, NFC, stripped. ``lines[i]`` is the line of the file (from 1, the
    header's being 1 as a rule) where row ``i`` starts. ``columns[name]`` is a chunked array of
    dictionary-encoded strings, stripped, ``""`` where the cell is empty. Rows with no cell
    filled are left out. ``remarks``: rows too long, columns named twice.
    """

    header: tuple[str, ...]
    lines: list[int]
    columns: dict[str, pa.ChunkedArray]
    remarks: tuple[Remark, ...] = field(default=())

    @property
    def rows(self) -> Iterator[tuple[int, dict[str, str]]]:
        """Yield (line, cells by column) row by row, a batch of rows in memory at a time."""
        for start in range(0, len(self.lines), _BATCH):
            part = [self.columns[name].slice(start, _BATCH).to_pylist() for name in self.header]
            numbers = self.lines[start : start + _BATCH]
            if not part:
                return
            for number, *cells in zip(numbers, *part, strict=True):
                yield number, dict(zip(self.header, cells, strict=True))


def read_table(path: Path) -> Sheet:
    """Read a CSV (``,`` ``;`` or tab, told by its first line) or the first sheet of an XLSX.

    Everything is text: dates of a spreadsheet come as ISO dates, whole numbers without point.
    Formulas are read as the value saved beside them. Quoted line ends keep true line numbers.
    What :func:`croisee.formats.write_csv` guarded by an apostrophe loses it.

    Raises:
        FormatRefused: not a table, too large, hostile, empty, or a quote never closed.
    """
    if path.suffix.lower() == ".xlsx":
        return _sheet(read_cells(path))
    text = decode(read_bytes(path))
    return _sheet(_csv_lines(text))


def read_tables(path: Path) -> dict[str, Sheet]:
    """Read every sheet of an XLSX that holds something, by name; a CSV gives one, by its name.

    Raises:
        FormatRefused: as :func:`read_table`; more than 100 sheets.
    """
    if path.suffix.lower() != ".xlsx":
        return {path.stem: read_table(path)}
    names = sheet_names(path)
    if len(names) > _MOST_SHEETS:
        raise FormatRefused(
            phrase("Le classeur a {n} feuilles ; la limite est de 100.", n=len(names)),
            phrase("Vérifiez que c’est le bon fichier."),
        )
    found: dict[str, Sheet] = {}
    for place, name in enumerate(names):
        lines = read_cells(path, sheet=place)
        first = next(
            ((number, cells) for number, cells in lines if any(map(str.strip, cells))), None
        )
        if first is not None:
            found[name] = _sheet(chain([first], lines))
    return found


def _csv_lines(text: str) -> Iterator[Line]:
    skipped = 0
    if text[:4].lower() == "sep=":
        skipped, text = 1, text.partition("\n")[2]
    reader = csv.reader(_text_lines(text), delimiter=_delimiter(text), strict=True)
    before = 0
    try:
        for cells in reader:
            yield (
                before + 1 + skipped,
                [unguarded(cell) for cell in cells],
            )
            before = reader.line_num
    except csv.Error as cause:
        raise FormatRefused(
            phrase("Un guillemet ouvert sur cette ligne n’est pas refermé comme il faut."),
            phrase("Doublez les guillemets qui font partie du texte, ou retirez-les."),
            before + 1 + skipped,
        ) from cause


def _text_lines(text: str) -> Iterator[str]:
    """Yield lines with their ends; a lone carriage return (old Mac files) ends a line too."""
    position = 0
    for number, match in enumerate(re.finditer(r"\r\n|\n|\r|\Z", text), 1):
        if match.end() - position > _LONGEST_LINE:
            raise FormatRefused(
                phrase("Cette ligne est trop longue pour un tableau."),
                phrase("Vérifiez que c’est le bon fichier."),
                number,
            )
        if match.group():
            yield text[position : match.end()]
            position = match.end()
    if position < len(text):
        yield text[position:]


def _delimiter(text: str) -> str:
    """Return the delimiter that the first line that says something uses most, outside quotes."""
    first = next((line for line in _text_lines(text) if line.strip()), "")
    bare = re.sub(r'"[^"]*"?', "", first)
    return max(_DELIMITERS, key=bare.count)


def _sheet(lines: Iterable[Line]) -> Sheet:
    stream = iter(lines)
    line, named = next(
        ((number, cells) for number, cells in stream if any(map(str.strip, cells))), (1, [])
    )
    if not named:
        raise FormatRefused(
            phrase("Le fichier est vide."),
            phrase("Écrivez au moins la ligne des noms de colonnes, ou retirez le fichier."),
        )
    if len(named) > _MOST_COLUMNS:
        raise FormatRefused(
            phrase("Le tableau a {n} colonnes ; la limite est de 16 384.", n=len(named)),
            phrase("Découpez-le, ou retirez les colonnes qui ne servent pas."),
            line,
        )
    return _Loading(line, [cell.strip() for cell in named]).read(stream)


class _Loading:
    """Rows being gathered into columns, one batch at a time."""

    def __init__(self, line: int, named: list[str]) -> None:
        self.names = named
        self.remarks: list[Remark] = []
        self.numbers: list[int] = []
        self.batch: list[list[str]] = []
        self.most = max(1, min(_BATCH, _BATCH_CELLS // len(named)))
        self.kept = self._kept(line)
        self.chunks: list[list[pa.Array]] = [[] for _ in self.kept]

    def _kept(self, line: int) -> list[int]:
        """Return the positions of the named columns, the first of those named alike."""
        seen: dict[str, int] = {}
        for position, name in enumerate(self.names):
            if name in seen:
                self.remarks.append(
                    Remark(
                        line,
                        phrase("Deux colonnes ont le même nom."),
                        phrase("Renommez l’une des deux, ou retirez-la."),
                        name,
                    )
                )
            elif name:
                seen[name] = position
        return list(seen.values())

    def read(self, lines: Iterator[Line]) -> Sheet:
        width = len(self.names)
        for number, cells in lines:
            if not any(cells) or not any(map(str.strip, cells)):
                continue
            self.numbers.append(number)
            self.batch.append(cells if len(cells) == width else self._fitted(number, cells))
            if len(self.batch) == self.most:
                self._close()
                self._check(number)
        self._close()
        header = tuple(self.names[position] for position in self.kept)
        kind = pa.dictionary(pa.int32(), pa.string())
        columns = {
            name: pa.chunked_array(chunks, type=kind)
            for name, chunks in zip(header, self.chunks, strict=True)
        }
        return Sheet(header, self.numbers, columns, tuple(self.remarks))

    def _fitted(self, number: int, cells: list[str]) -> list[str]:
        width = len(self.names)
        if any(map(str.strip, cells[width:])):
            self.remarks.append(
                Remark(
                    number,
                    phrase(
                        "La ligne a {n} cellules, la première ligne en nomme {width}.",
                        n=len(cells),
                        width=width,
                    ),
                    phrase("Mettez entre guillemets le texte qui contient le séparateur."),
                )
            )
        return (cells + [""] * width)[:width]

    def _check(self, number: int) -> None:
        if len(self.numbers) > MAX_ROWS or len(self.numbers) * len(self.names) > MAX_CELLS:
            raise FormatRefused(
                phrase("Le tableau dépasse un million de lignes ou 50 millions de cellules."),
                phrase("Découpez-le, ou retirez les colonnes qui ne servent pas."),
                number,
            )

    def _close(self) -> None:
        if not self.batch:
            return
        turned = list(zip(*self.batch, strict=True))
        for chunks, position in zip(self.chunks, self.kept, strict=True):
            column = pa.array(turned[position], pa.string())
            chunks.append(_stripped(column))
        self.batch = []


def _stripped(column: pa.Array) -> pa.DictionaryArray:
    """Encode a column, stripping each distinct value once."""
    encoded = column.dictionary_encode()
    values = encoded.dictionary
    trimmed = [value.strip() for value in values.to_pylist()]
    if trimmed == values.to_pylist():
        return encoded
    return pc.take(pa.array(trimmed, pa.string()), encoded.indices).dictionary_encode()
