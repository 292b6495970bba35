"""OpenDocument texts: the same paragraphs and tables as those read of a Word document."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from zipfile import ZipFile

from lxml import etree

from croisee.formats.archive import BROKEN, check_parts, damaged, open_archive
from croisee.formats.docx import Row, WordText
from croisee.formats.refused import FormatRefused
from croisee.formats.xml import MAX_XML, document
from croisee.language import phrase

_MIMETYPE = b"application/vnd.oasis.opendocument.text"
_MAIN = "content.xml"
_BLOCKS = {"p", "h"}
_SIGNS = {"tab": "\t", "line-break": "\n"}
_LEFT = {
    "annotation": "commentReference",
    "note": "footnoteReference",
    "image": "drawing",
    "object": "object",
    "object-ole": "object",
}
"""What is not read, under the name that :class:`WordText` counts it by."""
_MOST_SPACES = 200


def is_odt(path: Path) -> bool:
    """Return whether a zip says that it holds an OpenDocument text."""
    with open_archive(path) as archive:
        return _is_text(archive)


def _is_text(archive: ZipFile) -> bool:
    try:
        kind = archive.read("mimetype") if "mimetype" in archive.namelist() else b""
    except BROKEN:
        return False
    return kind.strip().startswith(_MIMETYPE)


def read_odt(path: Path) -> WordText:
    """Return the paragraphs and the tables of an OpenDocument text, and what it carries besides.

    A cell is its paragraphs, one a line. Deleted text, comments and notes are left out and
    counted.

    Raises:
        FormatRefused: a damaged or hostile file, or more than 20 MB of text with its marks.
    """
    with open_archive(path) as archive:
        check_parts(archive)
        try:
            size = archive.getinfo(_MAIN).file_size
            content = archive.read(_MAIN) if size <= MAX_XML else None
        except (*BROKEN, KeyError) as cause:
            raise damaged() from cause
    if content is None:
        raise FormatRefused(
            phrase("Ce document est trop grand."), phrase("Découpez-le en plusieurs documents.")
        )
    word = WordText()
    for body in document(content).iter("{*}text"):
        if _name(body.getparent()) == "body":
            _read(body, word)
    return word


def _name(element: etree._Element | None) -> str:
    return "" if element is None else str(element.tag).rpartition("}")[2]


def _read(parent: etree._Element, word: WordText) -> None:
    for child in parent:
        name = _name(child)
        if name in _BLOCKS:
            word.blocks.extend(_paragraphs(child, word))
        elif name == "table":
            if table := _table(child, word):
                word.blocks.append(table)
        elif name == "tracked-changes":
            for change in child.iter("{*}deletion", "{*}insertion"):
                word.carried["del" if _name(change) == "deletion" else "ins"] += 1
        else:
            _read(child, word)


def _table(element: etree._Element, word: WordText) -> list[Row]:
    rows = []
    for row in element.iter("{*}table-row"):
        cells = []
        for cell in row:
            if _name(cell) == "table-cell":
                inside = WordText()
                _read(cell, inside)
                word.carried.update(inside.carried)
                lines = (one if isinstance(one, str) else _flat(one) for one in inside.blocks)
                cells.append("\n".join(lines))
        if any(cells):
            rows.append(tuple(cells))
    return rows


def _flat(table: list[Row]) -> str:
    return "\n".join(cell for row in table for cell in row if cell)


def _paragraphs(element: etree._Element, word: WordText) -> list[str]:
    """Return what a paragraph reads, then the paragraphs of the frames that stand in it."""
    pieces: list[str] = [element.text or ""]
    apart: list[str] = []
    _gather(element, pieces, apart, word)
    return [unicodedata.normalize("NFC", "".join(pieces)), *apart]


def _gather(element: etree._Element, pieces: list[str], apart: list[str], word: WordText) -> None:
    for child in element:
        name = _name(child)
        if name in _LEFT:
            word.carried[_LEFT[name]] += 1
        elif name in _BLOCKS:
            apart += _paragraphs(child, word)
        elif name in _SIGNS:
            pieces.append(_SIGNS[name])
        elif name == "s":
            count = next((v for k, v in child.attrib.items() if str(k).endswith("}c")), "1")
            pieces.append(" " * (min(int(count), _MOST_SPACES) if str(count).isdecimal() else 1))
        else:
            pieces.append(child.text or "")
            _gather(child, pieces, apart, word)
        pieces.append(child.tail or "")
