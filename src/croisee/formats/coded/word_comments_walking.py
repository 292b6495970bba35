"""The paragraphs and the comments of a Word document, and where each comment begins and ends.

Source: ECMA-376, Part 1, §17.13.4 (comments); [MS-DOCX] §2.5.4 (``commentEx``: replies).
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from lxml import etree

from croisee.formats.coded.positions import stored_places
from croisee.formats.docx import MAX_CHARACTERS, SIGNS, UNSEEN
from croisee.formats.refused import FormatRefused
from croisee.language import phrase

_MARKS = frozenset({"commentRangeStart", "commentRangeEnd", "commentReference"})


@dataclass(slots=True)
class Comment:
    """One comment: who made it, when, its words, and what was answered."""

    number: str
    author: str
    initials: str
    at: str
    text: str
    replies: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Line:
    """One paragraph: its signs, and the marks in it (kind, comment, place)."""

    pieces: list[str] = field(default_factory=list)
    size: int = 0
    marks: list[tuple[str, str, int]] = field(default_factory=list)


class Walk:
    """The paragraphs of a document in reading order, and where comments begin and end."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.carried: Counter[str] = Counter()
        self._open: list[Line] = []
        self._waiting: list[str] = []

    def through(self, element: etree._Element) -> None:
        """Walk below an element."""
        for child in element:
            name = etree.QName(child).localname
            if name in _MARKS:
                self._mark(name, _attribute(child, "id"))
            elif name == "p":
                self._paragraph(child)
            elif name in UNSEEN:
                self.carried[name] += name == "del"
            elif self._open and name == "t":
                self._write(child.text or "")
            elif self._open and name in SIGNS:
                self._write(SIGNS[name])
            else:
                self.carried[name] += name == "ins"
                self.through(child)

    def _paragraph(self, element: etree._Element) -> None:
        line = Line(marks=[("commentRangeStart", number, 0) for number in self._waiting])
        self._waiting = []
        self._open.append(line)
        self.through(element)
        self._open.pop()
        self.lines.append(line)

    def _write(self, text: str) -> None:
        line = self._open[-1]
        clean = text.replace("\r\n", "\n").replace("\r", "\n")
        line.pieces.append(clean)
        line.size += len(clean)

    def _mark(self, kind: str, number: str) -> None:
        if self._open:
            self._open[-1].marks.append((kind, number, self._open[-1].size))
        elif kind == "commentRangeStart":
            self._waiting.append(number)
        elif self.lines:
            self.lines[-1].marks.append((kind, number, self.lines[-1].size))


def text_of(lines: Sequence[Line]) -> tuple[str, Sequence[int]]:
    """Return the stored text (NFC, a line a paragraph), and where raw positions fall in it."""
    raw = "\n".join("".join(line.pieces) for line in lines)
    if len(raw) > MAX_CHARACTERS:
        raise FormatRefused(
            phrase("Le document compte plus de 50 millions de caractères."),
            phrase("Découpez-le en plusieurs documents."),
        )
    text = unicodedata.normalize("NFC", raw)
    return text, range(len(raw) + 1) if text == raw else stored_places(raw)


def comments_of(root: etree._Element | None, extended: etree._Element | None) -> dict[str, Comment]:
    """Return the comments by number, replies put with what they answer."""
    found: dict[str, Comment] = {}
    paragraphs: dict[str, str] = {}
    for element in root if root is not None else ():
        if etree.QName(element).localname != "comment":
            continue
        walk = Walk()
        walk.through(element)
        number = _attribute(element, "id")
        text = unicodedata.normalize(
            "NFC", "\n".join("".join(line.pieces) for line in walk.lines)
        ).strip()
        found[number] = Comment(
            number, _attribute(element, "author").strip(), _attribute(element, "initials").strip(),
            _moment(_attribute(element, "date").strip()), text,
        )  # fmt: skip
        for one in element:
            paragraphs[_attribute(one, "paraId")] = number
    for one in extended if extended is not None else ():
        own = paragraphs.get(_attribute(one, "paraId"))
        parent = paragraphs.get(_attribute(one, "paraIdParent"))
        if own and parent and own != parent and own in found and parent in found:
            found[parent].replies.append(found.pop(own).text)
    return found


def _moment(written: str) -> str:
    """Return when a comment was made, ``""`` where the file says a day that never was."""
    return written if re.match(r"[1-9]\d{3}-\d\d-\d\dT", written) else ""


def _attribute(element: etree._Element, name: str) -> str:
    for key, value in element.attrib.items():
        if etree.QName(key).localname == name:
            return str(value)
    return ""
