"""The HTML that noScribe saves and edits: a paragraph a turn, each passage with its times."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from html.parser import HTMLParser

from croisee.formats.refused import FormatRefused
from croisee.formats.transcripts.plain import left_out, read_plain
from croisee.language import phrase
from croisee.text import (
    MarkKind,
    ParsedTurn,
    Spoken,
    Transcript,
    folded_label,
    stored_label,
)
from croisee.text.labels import may_be_label
from croisee.text.layouts import part_of
from croisee.text.marks import find_marks, in_order

_STARTS = re.compile(rb"\s*(?:<!doctype\s+html\b|<html\b)", re.IGNORECASE)
_ANCHOR = re.compile(r"ts_([0-9]{1,9})_([0-9]{1,9})_([^\n]{0,60})")
_SCALE = 1000


def looks_like_page(raw: bytes) -> bool:
    """Return whether bytes begin as a page of HTML does."""
    return bool(_STARTS.match(raw[:500].lstrip(b"\xef\xbb\xbf")))


def read_noscribe(text: str, known: Iterable[str] = ()) -> Transcript:
    """Return one turn a paragraph: its label as typed, else the one noScribe gave.

    The times of passages after the first are marks beside the words. What stands before the
    first passage (a title, how it was made) is nobody's words.

    A page that noScribe did not write is read as a text, if somebody speaks in it.

    Raises:
        FormatRefused: a page where nobody is seen to speak.
    """
    reader = _Reader()
    reader.feed(text)
    reader.close()
    paragraphs = [paragraph for paragraph in reader.paragraphs if paragraph.text]
    first = next((i for i, one in enumerate(paragraphs) if one.anchors), None)
    if first is None:
        return _page([paragraph.text for paragraph in paragraphs], known)
    labels = {folded_label(label) for label in known} | _labels(paragraphs[first:])
    turns = tuple(_turn(paragraph, labels) for paragraph in paragraphs[first:])
    aside = [(one.line, line) for one in paragraphs[2:first] for line in one.text.split("\n")]
    return Transcript(turns, "noscribe", left_out(aside))


def _page(paragraphs: Sequence[str], known: Iterable[str]) -> Transcript:
    """Read any other page as the paragraphs of a text; refuse it where no turn has a label."""
    found = read_plain(paragraphs, known, "html")
    if not any(turn.speaker for turn in found.turns):
        raise FormatRefused(
            phrase("Ce fichier est une page web où personne ne parle à son tour."),
            phrase("Exportez le verbatim en .vtt, .txt ou .docx."),
        )
    return found


class _Paragraph:
    def __init__(self, line: int) -> None:
        self.line = line
        self.spoken = Spoken()
        self.anchors: list[tuple[float, float, str]] = []

    @property
    def text(self) -> str:
        return self.spoken.told()[0]


class _Reader(HTMLParser):
    """Cut a page at its paragraphs; what is typed outside of a passage stays in its paragraph."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.paragraphs = [_Paragraph(1)]
        self._in_head = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"head", "style", "script", "title"}:
            self._in_head += 1
        elif tag in {"p", "div", "li"}:
            self.paragraphs.append(_Paragraph(self.getpos()[0]))
        elif tag == "br":
            self.paragraphs[-1].spoken.say("\n")
        elif tag == "a" and (named := _ANCHOR.fullmatch(dict(attrs).get("name") or "")):
            self._passage(int(named[1]) / _SCALE, int(named[2]) / _SCALE, named[3])

    def _passage(self, start: float, end: float, speaker: str) -> None:
        paragraph = self.paragraphs[-1]
        if paragraph.anchors:
            paragraph.spoken.note(MarkKind.TIME, start)
        paragraph.anchors.append((start, end, speaker))

    def handle_endtag(self, tag: str) -> None:
        if tag in {"head", "style", "script", "title"}:
            self._in_head = max(0, self._in_head - 1)
        elif tag in {"p", "div", "li"}:
            self.paragraphs.append(_Paragraph(self.getpos()[0]))

    def handle_data(self, data: str) -> None:
        if not self._in_head:
            self.paragraphs[-1].spoken.say(data)


def _labels(paragraphs: Sequence[_Paragraph]) -> set[str]:
    """Return the labels of the passages, and those typed before a colon twice or more."""
    typed = Counter(folded_label(label) for one in paragraphs if (label := _typed(one.text)))
    given = {folded_label(speaker) for one in paragraphs for _, _, speaker in one.anchors}
    return given | {label for label, times in typed.items() if times > 1}


def _typed(text: str) -> str:
    """Return what stands before a colon in the first line, if it could be a label."""
    label, colon, _ = text.partition(":")
    return label.strip() if colon and "\n" not in label and may_be_label(label.strip()) else ""


def _turn(paragraph: _Paragraph, labels: set[str]) -> ParsedTurn:
    text, marks = paragraph.spoken.told()
    start = end = None
    speaker = ""
    if paragraph.anchors:
        start, _, speaker = paragraph.anchors[0]
        end = paragraph.anchors[-1][1]
    marks = in_order((*marks, *find_marks(text)))
    turn = ParsedTurn(stored_label(speaker), text, start, end, paragraph.line, marks)
    typed = _typed(text)
    if not typed or folded_label(typed) not in labels:
        return turn
    named = replace(turn, speaker=stored_label(typed))
    return part_of(named, text.index(":") + 1, len(text)) or turn
