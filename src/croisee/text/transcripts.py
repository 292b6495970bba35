"""Verbatims: who speaks, when, and their words; the one shape every file is read into."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from croisee.language import Phrase

TEAM_LABELS = (
    "chercheur",
    "chercheuse",
    "animation",
    "animatrice",
    "animateur",
    "interviewer",
    "intervieweur",
    "intervieweuse",
    "researcher",
    "facilitator",
    "moderator",
    "equipe",
    "team",
)
"""Labels of the research team, folded; a number may follow (« Animatrice 2 »)."""

_ANCHOR = "\ufdd0"
_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_DIRTY = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]"
)
"""What no format keeps: control characters, noncharacters, lone surrogates."""


class MarkKind(StrEnum):
    """What a mark notes beside the words."""

    PAUSE = "pause"
    OVERLAP = "overlap"
    TIME = "time"
    EVENT = "event"


@dataclass(frozen=True, slots=True)
class Mark:
    """A pause, an overlap, a time stamp or a noise, in characters of its turn's text.

    A mark that was typed (``(..)``, ``//oui//``, ``[00:01:02]``) stays in the text, which it
    covers from ``start`` to ``end`` (excluded). One that the file keeps beside the words has
    ``start == end``. ``seconds``: a time stamp's time, a pause's length, or ``None`` where
    nobody wrote it. ``note``: what a noise is.
    """

    kind: MarkKind
    start: int
    end: int
    seconds: float | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class ParsedTurn:
    """One turn. ``speaker`` is the label as written, or ``""``; times in seconds, or ``None``.

    ``text`` is a stored text (:func:`stored_text`); ``line`` is the line, the paragraph or the
    row of the file (from 1) where the turn starts, 0 where it has none. ``variables``: what a
    corpus says of the text it stands in, names and values as written.
    """

    speaker: str
    text: str
    start: float | None = None
    end: float | None = None
    line: int = 0
    marks: tuple[Mark, ...] = ()
    variables: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Notice:
    """Something a person should know of a transcript read or written, and what to do.

    What was not read, what is doubtful, what a format cannot carry. ``line``: the first place.
    """

    message: Phrase
    remedy: Phrase
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Transcript:
    """Turns in the order of the file, the format they came in, what to know of the reading."""

    turns: tuple[ParsedTurn, ...]
    format: str
    notices: tuple[Notice, ...] = ()


def without_controls(text: str) -> str:
    """Return a text without the characters that no format keeps; what remains is untouched."""
    return text if text.isprintable() else _DIRTY.sub("", text)


def plain_breaks(text: str) -> str:
    r"""Return a text whose line ends are all ``\n``, whatever they were."""
    return text if text.isprintable() else _BREAKS.sub("\n", text)


def stored_text(text: str) -> str:
    r"""Return a turn's text as it is stored, and as every offset counts it.

    NFC; one ``\n`` between lines, each without the spaces around it, none of them empty; no
    control character. Storing a stored text changes nothing.
    """
    if text.isprintable():  # nearly always: one line, and nothing to take out
        return unicodedata.normalize("NFC", text).strip()
    return _stored(_DIRTY.sub("", text))


def _stored(text: str) -> str:
    whole = unicodedata.normalize("NFC", plain_breaks(text))
    if "\n" not in whole:
        return whole.strip()
    return "\n".join(line for part in whole.split("\n") if (line := part.strip()))


def stored_label(label: str) -> str:
    """Return a speaker's label as it is stored: one line, single spaces, NFC."""
    return " ".join(stored_text(label).split())


class Spoken:
    """A turn's text being put together from a file that keeps marks beside the words."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._marks: list[tuple[MarkKind, float | None, str]] = []

    def say(self, words: str) -> None:
        """Add words, as the file has them."""
        self._pieces.append(_DIRTY.sub("", words))

    def note(self, kind: MarkKind, seconds: float | None = None, note: str = "") -> None:
        """Add a mark here: before the next word, or at the end."""
        self._pieces.append(_ANCHOR)
        self._marks.append((kind, seconds, stored_label(note)))

    def told(self) -> tuple[str, tuple[Mark, ...]]:
        """Return the stored text and the marks, in its characters."""
        if not self._marks:
            return _stored("".join(self._pieces)), ()
        first, *rest = _stored(_before_words("".join(self._pieces))).split(_ANCHOR)
        words, places = [first], []
        at = len(first)
        for piece in rest:
            places.append(at)
            words.append(piece)
            at += len(piece)
        text = "".join(words).rstrip()
        return text, tuple(
            Mark(kind, min(place, len(text)), min(place, len(text)), seconds, note)
            for place, (kind, seconds, note) in zip(places, self._marks, strict=True)
        )


def _before_words(text: str) -> str:
    """Move each anchor after the spaces around it, so that storing the text keeps its place."""
    first, *rest = text.split(_ANCHOR)
    moved, spaces, anchors = [first], "", ""
    for piece in rest:
        words = piece.lstrip()
        anchors += _ANCHOR
        spaces += piece[: len(piece) - len(words)]
        if words:
            moved.append(spaces + anchors + words)
            spaces = anchors = ""
    return "".join(moved) + spaces + anchors


def folded_label(label: str) -> str:
    """Return a label as labels are compared: no accent, no case, single spaces."""
    parts = unicodedata.normalize("NFD", label.replace("’", "'"))
    plain = "".join(sign for sign in parts if not unicodedata.combining(sign))
    return " ".join(plain.casefold().split())


def is_team(label: str) -> bool:
    """Return whether a label is one of the team's (« Chercheuse », « Animateur 2 »)."""
    return re.sub(r"[ -]?[0-9]+$", "", folded_label(label)) in TEAM_LABELS


def merged(turns: Iterable[ParsedTurn]) -> tuple[ParsedTurn, ...]:
    """Return the turns where those that follow each other under one label are one.

    Nothing does this unless somebody asks: a pause between two turns is something said too.
    The time at which each piece began stays, as a mark. Turns without a label, or of
    texts that a corpus describes otherwise, stay apart.
    """
    joined: list[ParsedTurn] = []
    for turn in turns:
        last = joined[-1] if joined else None
        same = last and turn.speaker and folded_label(last.speaker) == folded_label(turn.speaker)
        if last and same and last.variables == turn.variables:
            joined[-1] = _after(last, turn)
        else:
            joined.append(turn)
    return tuple(joined)


def _after(last: ParsedTurn, turn: ParsedTurn) -> ParsedTurn:
    shift = len(last.text) + 1
    began = () if turn.start is None else (Mark(MarkKind.TIME, shift, shift, turn.start),)
    moved = (replace(mark, start=mark.start + shift, end=mark.end + shift) for mark in turn.marks)
    return replace(
        last,
        text=f"{last.text}\n{turn.text}",
        end=last.end if turn.end is None else turn.end,
        marks=(*last.marks, *began, *moved),
    )
