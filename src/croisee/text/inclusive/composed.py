"""A text as the engine reads it, composed and without invisible signs, and the way back."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right

_LOOSE = re.compile("[\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff]")
_INVISIBLE = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff")
_CLUSTER = re.compile("[^\u0300-\u036f][\u0300-\u036f]+")


class Composed:
    """A text in which an accented letter is one character; ``origin`` gives the stored offsets.

    Decomposed accents are joined to their letter; soft hyphens and zero-width signs are dropped.
    A text without any is kept as it is, at no cost.
    """

    __slots__ = ("_ends", "_starts", "kept", "stored", "text")

    def __init__(self, text: str) -> None:
        self.stored = self.text = text
        self.kept = text.isascii() or _LOOSE.search(text) is None
        self._starts: list[int] = []
        self._ends: list[int] = []
        if not self.kept:
            self._compose(text)

    def _compose(self, text: str) -> None:
        pieces: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        clusters = {match.start(): match.end() for match in _CLUSTER.finditer(text)}
        place = 0
        while place < len(text):
            end = clusters.get(place, place + 1)
            if text[place] not in _INVISIBLE:
                for sign in unicodedata.normalize("NFC", text[place:end]):
                    pieces.append(sign)
                    starts.append(place)
                    ends.append(end)
            place = end
        self.text, self._starts, self._ends = "".join(pieces), starts, ends

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """Return the stored offsets of ``text[start:end]`` (``start < end``)."""
        if self.kept:
            return start, end
        return self._starts[start], self._ends[end - 1]

    def place(self, offset: int) -> int:
        """Return the offset in ``text`` of a stored offset."""
        if self.kept:
            return offset
        return bisect_right(self._ends, offset)
