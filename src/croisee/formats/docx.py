"""Word documents: their paragraphs and tables, and what else they carry that is not read."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from zipfile import ZipFile

from lxml import etree

from croisee.formats.archive import BROKEN, check_parts, damaged, open_archive
from croisee.formats.refused import FormatRefused
from croisee.formats.xml import elements
from croisee.language import phrase

_MAIN = re.compile(r"word/document\d*\.xml")
_UNSEEN = {"del", "moveFrom", "Fallback", "instrText", "delText", "rPr", "pPr", "sdtPr"}
_SIGNS = {
    "tab": "\t",
    "ptab": "\t",
    "br": "\n",
    "cr": "\n",
    "noBreakHyphen": "-",
}
_COUNTED = {
    "del", "ins", "moveFrom", "moveTo", "commentReference", "footnoteReference",
    "endnoteReference", "object", "drawing", "pict",
}  # fmt: skip
MAX_CHARACTERS = 50_000_000

Row = tuple[str, ...]


@dataclass(slots=True)
class WordText:
    """What a document says: paragraphs (``str``) and tables (lists of rows), in reading order.

    ``carried``: how many deletions, insertions, comments, notes, objects… stand in it, by the
    local name of their element.
    """

    blocks: list[str | list[Row]] = field(default_factory=list)
    carried: Counter[str] = field(default_factory=Counter)


def read_docx(path: Path) -> tuple[str, ...]:
    r"""Return the paragraphs of a DOCX in reading order, empty ones included, in NFC.

    Paragraphs of tables and of text boxes come where they stand. Tabs are ``\t``, line and page
    breaks ``\n``. Deleted text (tracked changes), footnotes, headers and comments are left out.
    Raises :class:`FormatRefused`.
    """
    reading = _Reading()
    return tuple(text for _, text in reading.parts(path, "p"))


def read_word(path: Path) -> WordText:
    """Return the paragraphs and the tables of a DOCX, and what it carries besides.

    A cell is its paragraphs, one a line; a table inside a cell is read as part of that cell.
    Raises :class:`FormatRefused`.
    """
    reading, word = _Reading(), WordText()
    cell: list[str] = []
    row: list[str] = []
    table: list[Row] = []
    for element, text in reading.parts(path, "p", "tc", "tr", "tbl"):
        name = reading.name_of(element)
        inside = reading.is_in_cell(element)
        if name == "p":
            if inside:
                cell.append(text)
            else:
                word.blocks.append(text)
        elif inside:
            continue
        elif name == "tc":
            row.append("\n".join(cell))
            cell = []
        elif name == "tr":
            table.append(tuple(row))
            row = []
        else:
            word.blocks.append(table)
            table = []
    word.carried = reading.carried
    return word


class _Reading:
    """One document being read: the names of its elements, what it carries, how much it says."""

    def __init__(self) -> None:
        self.carried: Counter[str] = Counter()
        self._names: dict[str, str] = {}
        self._seen = 0

    def parts(self, path: Path, *names: str) -> Iterator[tuple[etree._Element, str]]:
        """Yield the elements of these names when they end, and the text of paragraphs."""
        with open_archive(path) as archive:
            check_parts(archive)
            main = next((name for name in archive.namelist() if _MAIN.fullmatch(name)), None)
            if main is None:
                raise damaged()
            try:
                yield from self._parts(archive, main, names)
            except BROKEN as cause:
                raise damaged() from cause

    def _parts(
        self, archive: ZipFile, main: str, names: tuple[str, ...]
    ) -> Iterator[tuple[etree._Element, str]]:
        with archive.open(main) as stream:
            for element in elements(stream, *names):
                if self._hidden(element):
                    continue
                text = self._text(element) if self.name_of(element) == "p" else ""
                yield element, text

    def name_of(self, element: etree._Element) -> str:
        """Return an element's name without its namespace."""
        tag = str(element.tag)
        name = self._names.get(tag)
        if name is None:
            name = self._names[tag] = tag.rpartition("}")[2]
        return name

    def is_in_cell(self, element: etree._Element) -> bool:
        """Return whether an element stands in a cell of a table."""
        return any(self.name_of(above) == "tc" for above in element.iterancestors())

    def _hidden(self, element: etree._Element) -> bool:
        return any(self.name_of(above) in _UNSEEN for above in element.iterancestors())

    def _text(self, element: etree._Element) -> str:
        text = "".join(self._pieces(element))
        self._seen += len(text)
        if self._seen > MAX_CHARACTERS:
            raise FormatRefused(
                phrase("Le document compte plus de 50 millions de caractères."),
                phrase("Découpez-le en plusieurs documents."),
            )
        return unicodedata.normalize("NFC", text)

    def _pieces(self, element: etree._Element) -> Iterator[str]:
        """Yield what one paragraph reads; a paragraph inside it (a text box) speaks for itself."""
        for child in element:
            name = self.name_of(child)
            if name == "t":
                yield child.text or ""
                continue
            if name in _COUNTED:
                self.carried[name] += 1
            if name in _UNSEEN or name == "p":
                continue
            if name in _SIGNS:
                yield _SIGNS[name]
            else:
                yield from self._pieces(child)
