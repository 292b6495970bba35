"""Word documents: their paragraphs, and nothing else they may carry."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
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
MAX_CHARACTERS = 50_000_000


def read_docx(path: Path) -> tuple[str, ...]:
    r"""Return the paragraphs of a DOCX in reading order, empty ones included, in NFC.

    Paragraphs of tables and of text boxes come where they stand. Tabs are ``\t``, line and page
    breaks ``\n``. Deleted text (tracked changes), footnotes, headers and comments are left out.
    Raises :class:`FormatRefused`.
    """
    with open_archive(path) as archive:
        check_parts(archive)
        main = next((name for name in archive.namelist() if _MAIN.fullmatch(name)), None)
        if main is None:
            raise damaged()
        return tuple(_paragraphs(archive, main))


def _paragraphs(archive: ZipFile, main: str) -> Iterator[str]:
    seen = 0
    try:
        with archive.open(main) as stream:
            for element in elements(stream, "p"):
                if _hidden(element):
                    continue
                text = "".join(_pieces(element))
                seen += len(text)
                if seen > MAX_CHARACTERS:
                    raise FormatRefused(
                        phrase("Le document compte plus de 50 millions de caractères."),
                        phrase("Découpez-le en plusieurs documents."),
                    )
                yield unicodedata.normalize("NFC", text)
    except BROKEN as cause:
        raise damaged() from cause


def _hidden(element: etree._Element) -> bool:
    return any(_local(above) in _UNSEEN for above in element.iterancestors())


def _local(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _pieces(element: etree._Element) -> Iterator[str]:
    """Yield what one paragraph reads; a paragraph inside it (a text box) speaks for itself."""
    for child in element:
        name = _local(child)
        if name in _UNSEEN or name == "p":
            continue
        if name == "t":
            yield child.text or ""
        elif name in _SIGNS:
            yield _SIGNS[name]
        else:
            yield from _pieces(child)
