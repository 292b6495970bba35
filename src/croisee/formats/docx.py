"""Word documents: their paragraphs and tables, and what else they carry that is not read."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from zipfile import ZipFile

from lxml import etree

from croisee.formats.archive import BROKEN, check_parts, damaged, open_archive
from croisee.formats.hidden_text import DEFAULT, hidden_styles, hides, style_of
from croisee.formats.refused import FormatRefused
from croisee.formats.xml import document, elements
from croisee.language import phrase

_MAIN = re.compile(r"word/document\d*\.xml")
_STYLES = "word/styles.xml"
UNSEEN = {"del", "moveFrom", "Fallback", "instrText", "delText", "rPr", "pPr", "sdtPr"}
SIGNS = {
    "tab": "\t",
    "ptab": "\t",
    "br": "\n",
    "cr": "\n",
    "noBreakHyphen": "-",
}
"""Elements that stand for a sign; those of ``UNSEEN`` are no text, nor what is in them."""
_COUNTED = {
    "del", "ins", "moveFrom", "moveTo", "commentReference", "footnoteReference",
    "endnoteReference", "object", "drawing", "pict",
}  # fmt: skip
MAX_CHARACTERS = 50_000_000
_AT_ONCE = 8 << 20
"""Bytes of a part that are held in memory at once, which is faster than streaming."""

Row = tuple[str, ...]


@dataclass(slots=True)
class WordText:
    """What a document says: paragraphs (``str``) and tables (lists of rows), in reading order.

    ``carried``: how many deletions, insertions, comments, notes, objects… stand in it, by the
    local name of their element.
    """

    blocks: list[str | list[Row]] = field(default_factory=list)
    carried: Counter[str] = field(default_factory=Counter)
    hidden: list[int] = field(default_factory=list)
    """Paragraphs, from 1 in reading order, that hold hidden words: these are not read."""


def read_docx(path: Path) -> tuple[str, ...]:
    r"""Return the paragraphs of a DOCX in reading order, empty ones included, in NFC.

    Paragraphs of tables and of text boxes come where they stand. Tabs are ``\t``, line and page
    breaks ``\n``. Deleted text (tracked changes), hidden text, footnotes, headers and comments
    are left out. Raises :class:`FormatRefused`.
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
    word.carried, word.hidden = reading.carried, reading.hidden
    return word


def _elements(archive: ZipFile, main: str, names: tuple[str, ...]) -> Iterator[etree._Element]:
    """Yield elements when they end: from memory, or streaming when the part is large."""
    if archive.getinfo(main).file_size <= _AT_ONCE:
        tags = [f"{{*}}{name}" for name in names]
        walk = etree.iterwalk(document(archive.read(main)), events=("end",), tag=tags)
        yield from (element for _, element in walk)
        return
    with archive.open(main) as stream:
        yield from elements(stream, *names)


class _Reading:
    """One document being read: the names of its elements, what it carries, how much it says."""

    def __init__(self) -> None:
        self.carried: Counter[str] = Counter()
        self.hidden: list[int] = []
        self._names: dict[object, str] = {}
        self._seen = self._paragraphs = 0
        self._hiding: frozenset[str] = frozenset()
        self._style_hides = False

    def parts(self, path: Path, *names: str) -> Iterator[tuple[etree._Element, str]]:
        """Yield the elements of these names when they end, and the text of paragraphs."""
        with open_archive(path) as archive:
            check_parts(archive)
            main = next((name for name in archive.namelist() if _MAIN.fullmatch(name)), None)
            if main is None:
                raise damaged()
            try:
                if _STYLES in archive.namelist():
                    self._hiding = hidden_styles(archive.read(_STYLES))
                yield from self._parts(archive, main, names)
            except BROKEN as cause:
                raise damaged() from cause

    def _parts(
        self, archive: ZipFile, main: str, names: tuple[str, ...]
    ) -> Iterator[tuple[etree._Element, str]]:
        for element in _elements(archive, main, names):
            if not self._stands_alone(element) and self._in_hidden_run(element):
                self._note_hidden(self._paragraphs + 1, element.itertext("{*}t"))
            elif self._stands_alone(element) or not self._hidden(element):
                yield element, self._text(element) if self.name_of(element) == "p" else ""

    def name_of(self, element: etree._Element) -> str:
        """Return an element's name without its namespace."""
        name = self._names.get(element.tag)
        if name is None:
            name = self._names[element.tag] = str(element.tag).rpartition("}")[2]
        return name

    def is_in_cell(self, element: etree._Element) -> bool:
        """Return whether an element stands in a cell of a table."""
        return not self._stands_alone(element) and any(
            self.name_of(above) == "tc" for above in element.iterancestors()
        )

    def _stands_alone(self, element: etree._Element) -> bool:
        """Return whether an element is straight in the body, as nearly all are."""
        parent = element.getparent()
        return parent is not None and self.name_of(parent) == "body"

    def _hidden(self, element: etree._Element) -> bool:
        return any(self.name_of(above) in UNSEEN for above in element.iterancestors())

    def _text(self, element: etree._Element) -> str:
        pieces: list[str] = []
        self._paragraphs += 1
        self._style_hides = (
            bool(self._hiding) and (style_of(element.find("{*}pPr")) or DEFAULT) in self._hiding
        )
        self._gather(element, pieces)
        text = "".join(pieces)
        self._seen += len(text)
        if self._seen > MAX_CHARACTERS:
            raise FormatRefused(
                phrase("Le document compte plus de 50 millions de caractères."),
                phrase("Découpez-le en plusieurs documents."),
            )
        return unicodedata.normalize("NFC", text)

    def _gather(self, element: etree._Element, pieces: list[str]) -> None:
        """Gather what one paragraph reads; one inside it (a text box) speaks for itself."""
        names = self._names
        for child in element:
            name = names.get(child.tag) or self.name_of(child)
            if name == "t":
                pieces.append(child.text or "")
                continue
            if name == "r" and self._is_hidden(child):
                self._pass_over(child)
                continue
            if name in _COUNTED:
                self.carried[name] += 1
            if name in SIGNS:
                pieces.append(SIGNS[name])
            elif name not in UNSEEN and name != "p":
                self._gather(child, pieces)

    def _is_hidden(self, run: etree._Element) -> bool:
        """Return whether a run is hidden: by itself, else by its style, else its paragraph’s."""
        first = run[0] if len(run) else None
        if first is None or self.name_of(first) != "rPr":
            return self._style_hides
        said = hides(first)
        if said is not None:
            return said
        return self._style_hides or (bool(self._hiding) and style_of(first) in self._hiding)

    def _pass_over(self, run: etree._Element) -> None:
        """Note where hidden words stand; a blank or a field that nobody sees is nothing."""
        words: list[str] = []
        self._gather(run, words)
        self._note_hidden(self._paragraphs, words)

    def _note_hidden(self, place: int, words: Iterable[object]) -> None:
        if "".join(map(str, words)).strip() and self.hidden[-1:] != [place]:
            self.hidden.append(place)

    def _in_hidden_run(self, element: etree._Element) -> bool:
        """Return whether an element, that of a text box, stands in a run that is hidden."""
        runs = (above for above in element.iterancestors() if self.name_of(above) == "r")
        return any(hides(run.find("{*}rPr")) for run in runs)
