"""Positions of passages told in any unit: which one a tool counted in, and where they fall.

The exchange standard says « characters »; tools count code points, UTF-16 units (NVivo) or bytes,
with line ends of one or of two. The unit is told by the text itself: passages begin and end at
words. See ``docs/formats.md``.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

_SAMPLE = 400
"""Passages looked at, spread over the source, to tell the unit."""
_CLEARLY = 1.15
"""A unit other than the standard's must fall on words so much more often."""


class Unit(StrEnum):
    """What one position counts."""

    POINTS = "points de code"
    UTF16 = "unités UTF-16"
    BYTES = "octets UTF-8"


@dataclass(frozen=True, slots=True)
class Placing:
    """How the positions of one source are read: ``text`` is stored, ``place`` maps to it.

    ``place(position)`` is ``None`` past the end, or inside of a character.
    """

    text: str
    unit: Unit
    two_for_line: bool
    place: Callable[[int], int | None]


def placing(raw: str, passages: Sequence[tuple[int, int, str]]) -> Placing:
    """Return the text as stored (line ends of one, NFC) and how positions fall in it.

    ``raw`` is the text as the file has it. ``passages``: start, end and what the file says of the
    words (their beginning, or empty).
    """
    returns = "\r" in raw
    lines = raw.replace("\r\n", "\n").replace("\r", "\n") if returns else raw
    text = unicodedata.normalize("NFC", lines)
    if not returns and text == raw and raw.isascii():
        size = len(raw)
        return Placing(text, Unit.POINTS, False, lambda at: at if 0 <= at <= size else None)
    if not passages:
        return Placing(text, Unit.POINTS, False, _Places(raw, lines, text, Unit.POINTS))
    seen = passages[:: max(1, len(passages) // _SAMPLE)]
    best: tuple[float, Placing] | None = None
    for source in dict.fromkeys((raw, lines, text)):
        for unit in _units(source):
            found = _Places(source, lines, text, unit)
            told = Placing(text, unit, "\r\n" in source, found)
            fitness = _fitness(told, seen)
            if best is None or fitness > best[0] * _CLEARLY:
                best = fitness, told
    assert best is not None
    return best[1]


def _units(source: str) -> list[Unit]:
    """Return the units in which positions of a text may differ."""
    wide = max(source, default="") > "\uffff"
    return [Unit.POINTS, *[Unit.UTF16] * wide, *[Unit.BYTES] * (not source.isascii())]


class _Places:
    """Where each position of a source, counted in a unit, falls in the stored text."""

    def __init__(self, source: str, lines: str, text: str, unit: Unit) -> None:
        signs = np.frombuffer(source.encode("utf-32-le", "surrogatepass"), np.uint32)
        widths = np.ones(len(signs), np.int64)
        if unit is Unit.UTF16:
            widths += signs > 0xFFFF
        elif unit is Unit.BYTES:
            widths += (signs > 0x7F).astype(np.int64) + (signs > 0x7FF) + (signs > 0xFFFF)
        self._ends = np.concatenate([[0], widths.cumsum()])
        composed = text not in {lines, source}
        if not composed:
            second = np.zeros(len(signs) + 1, bool)
            second[1:-1] = (signs[1:] == 10) & (signs[:-1] == 13)
            places = np.arange(len(signs) + 1) - second.cumsum()
            self._stored = np.where(second, -1, places)
        else:
            self._stored = np.array(stored_places(source))

    def __call__(self, at: int) -> int | None:
        index = int(np.searchsorted(self._ends, at))
        if index >= len(self._ends) or self._ends[index] != at:
            return None
        place = int(self._stored[index])
        return None if place < 0 else place


def stored_places(source: str) -> list[int]:
    """Return the place in the stored text of each code point, its end included; -1: inside one."""
    places: list[int] = []
    at = start = 0
    while start < len(source):
        end = start + 1
        if source[start] == "\r":
            end += source[end : end + 1] == "\n"
            step = 1
        else:
            while end < len(source) and _joins(source[start], source[end]):
                end += 1
            step = len(unicodedata.normalize("NFC", source[start:end]))
        places += [at, *[-1] * (end - start - 1)]
        at += step
        start = end
    return [*places, at]


def _joins(first: str, sign: str) -> bool:
    """Return whether a sign may become one with those before it (accents, Hangul)."""
    return unicodedata.combining(sign) != 0 or (first > "\u10ff" and "\u1160" <= sign <= "\u11ff")


def _fitness(placed: Placing, passages: Sequence[tuple[int, int, str]]) -> float:
    """Return how often passages begin and end at words, and say what the file says they do."""
    text, good = placed.text, 0.01
    for begin, finish, words in passages:
        start, end = placed.place(begin), placed.place(finish)
        if start is None or end is None or start >= end:
            continue
        good += not (start and text[start - 1].isalnum() and text[start].isalnum())
        good += not (end < len(text) and text[end].isalnum() and text[end - 1].isalnum())
        told = " ".join(words.rstrip("…. ").split())[:60]
        if told and " ".join(text[start:end].split()).startswith(told):
            good += 2
    return good
