"""One look at a text: its pieces between spaces, what each may hold, and where it stands.

Most words of a text call for no pattern. A piece is judged once a writing and remembered, so
that a text costs one cut at its spaces and one look-up a piece; a pattern is then tried at the
only places where it may begin (:func:`matches_at`), never all along the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import lru_cache
from itertools import accumulate, compress, pairwise
from operator import add

_LETTERS = re.compile(r"[^\W\d_]+")
_FIGURES = re.compile(r"\d+")
_REMEMBERED = 1 << 17
_LONGEST = 64
_GAP, _FAR = 3, 1 << 62
Span = tuple[int, int]


class Glance:
    """The pieces of a text between its spaces, in order; where they begin is worked out once."""

    __slots__ = ("_starts", "pieces", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.pieces = text.split()
        self._starts: list[int] | None = None

    @property
    def starts(self) -> list[int]:
        """Return the character where each piece begins."""
        if self._starts is None:
            ends = list(accumulate(map(len, self.pieces)))
            first = len(self.text) - len(self.text.lstrip())
            if ends and first + ends[-1] + len(ends) - 1 == len(self.text.rstrip()):
                self._starts = [first, *map(add, ends, range(first + 1, first + len(ends)))]
            else:
                self._starts = list(_sought(self.text, self.pieces))
        return self._starts


def _sought(text: str, pieces: Iterable[str]) -> Iterator[int]:
    """Yield where the pieces begin in a text whose spaces are of any length."""
    end = 0
    for piece in pieces:
        start = text.find(piece, end)
        yield start
        end = start + len(piece)


@lru_cache(maxsize=1)
def glance(text: str) -> Glance:
    """Return the look at a text; the recognisers that follow one another share it."""
    return Glance(text)


class Judged(dict[str, int]):
    """What a piece as written may hold, as bits, worked out once a writing.

    ``word`` gives the bits of a word (letters only), ``signs`` those of a piece that is more than
    one word, its words given.
    """

    def __init__(self, word: Callable[[str], int], signs: Callable[[str, list[str]], int]) -> None:
        super().__init__()
        self._word, self._signs = word, signs

    def __missing__(self, piece: str) -> int:
        if piece.isalpha():
            bits = self._word(piece)
        else:
            words = _LETTERS.findall(piece)
            bits = self._signs(piece, words)
            for word in words:
                bits |= self._word(word)
        if len(piece) <= _LONGEST:
            if len(self) >= _REMEMBERED:
                self.clear()
            self[piece] = bits
        return bits


def words_with(
    seen: Glance, bits: list[int], mask: int, word: Callable[[str], int]
) -> list[tuple[int, int]]:
    """Return the start and bits of the words that hold one of ``mask``, in order."""
    found: list[tuple[int, int]] = []
    places = list(compress(range(len(bits)), map(mask.__and__, bits)))
    starts = seen.starts if places else []
    for place in places:
        piece, start = seen.pieces[place], starts[place]
        if piece.isalpha():
            found.append((start, bits[place]))
        else:
            found += [
                (start + match.start(), told)
                for match in _LETTERS.finditer(piece)
                if (told := word(match.group())) & mask
            ]
    return found


class Figures:
    """The runs of digits of a text, and how many digits stand together around each."""

    def __init__(self, text: str, runs: list[Span]) -> None:
        self.text, self.runs = text, runs
        self._together = list(_together(runs)) if runs else []
        self.most = max(self._together, default=0)
        """The digits of the most that stand together."""

    def before(
        self, *steps: int, together: int = 1, width: Collection[int] | None = None
    ) -> list[int]:
        """Return the characters that stand so many steps before a run of digits.

        Only the runs of ``width`` digits count, ``together`` digits at least standing with them.
        """
        if together > self.most:
            return []
        return [
            start - step
            for (start, end), near in zip(self.runs, self._together, strict=True)
            if near >= together and (width is None or end - start in width)
            for step in steps
        ]


def figures(seen: Glance, bits: list[int], mask: int) -> Figures:
    """Return the runs of digits, which stand in the pieces that hold ``mask``."""
    places = list(compress(range(len(bits)), map(mask.__and__, bits)))
    if not places:
        return Figures(seen.text, [])
    starts, runs = seen.starts, list[Span]()
    for place in places:
        piece, start = seen.pieces[place], starts[place]
        if piece.isdecimal():
            runs.append((start, start + len(piece)))
        else:
            runs += [(start + m.start(), start + m.end()) for m in _FIGURES.finditer(piece)]
    return Figures(seen.text, runs)


def _together(runs: list[Span]) -> Iterator[int]:
    """Yield, for each run, the digits of all those that no more than ``_GAP`` signs part."""
    first = 0
    for place, (run, following) in enumerate(pairwise([*runs, (_FAR, _FAR)]), 1):
        if following[0] - run[1] > _GAP:
            digits = sum(end - start for start, end in runs[first:place])
            yield from [digits] * (place - first)
            first = place


def matches_at(
    pattern: re.Pattern[str], text: str, starts: Iterable[int]
) -> Iterator[re.Match[str]]:
    """Yield what ``pattern.finditer(text)`` yields, tried at some places only.

    The same, as long as every match begins at one of ``starts`` and none is empty.
    """
    end = 0
    for start in sorted(set(starts)):
        if start >= end and (match := pattern.match(text, start)):
            yield match
            end = match.end()
