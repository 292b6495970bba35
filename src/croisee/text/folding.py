"""Search keys: two writings of the same word give the same key, and the key knows its place.

Case, accents, ligatures, apostrophes, dashes, special spaces and the signs of inclusive
writing (∙ · ‧ • between letters) are folded. ``.`` and ``-`` keep their usual meaning here:
:mod:`croisee.text.inclusive` recognises them inside inclusive forms.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

_SIGNS = {
    **dict.fromkeys("’‘ʼ‛`´", "'"),
    **dict.fromkeys("‐‑‒–—−", "-"),
    **dict.fromkeys("∙‧•⋅⸱・･·", "·"),
    **dict.fromkeys("\u00a0\u202f\u2009\u2007\u2003\u2002\t\n\r", " "),
    "œ": "oe",
    "æ": "ae",
    "ø": "o",
    "ł": "l",
    "đ": "d",
    "\u00ad": "",
    "\u200b": "",
    "\ufeff": "",
}


@dataclass(frozen=True, slots=True)
class Folded:
    """A search key and, for each of its characters, where it comes from in the original.

    ``starts`` has one more entry than ``key``: the original's length. ``ends[i]`` is the
    end in the original of the character that gave ``key[i]``.
    """

    key: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """Return the original offsets of ``key[start:end]`` (``start < end``)."""
        return self.starts[start], self.ends[end - 1]


class _Table(dict[int, str]):
    """What each character becomes, worked out once, in the form ``str.translate`` reads."""

    def __missing__(self, code: int) -> str:
        self[code] = folded = _fold_character(chr(code))
        return folded


def _fold_character(character: str) -> str:
    lowered = character.casefold()
    folded = "".join(_SIGNS.get(c, c) for c in lowered)
    decomposed = unicodedata.normalize("NFD", folded)
    plain = "".join(c for c in decomposed if not unicodedata.combining(c))
    return "".join(_SIGNS.get(c, c) for c in plain)


_TABLE = _Table()


def fold(text: str) -> str:
    """Return the search key of ``text``. Idempotent.

    Example:
        >>> fold("L’Œuvre des Éducatrices∙eurs")
        "l'oeuvre des educatrices·eurs"
    """
    return text.translate(_TABLE)


def fold_with_offsets(text: str) -> Folded:
    """Return the search key of ``text`` with the way back to the original."""
    key: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for index, character in enumerate(text):
        for piece in _TABLE[ord(character)]:
            key.append(piece)
            starts.append(index)
            ends.append(index + 1)
    return Folded("".join(key), (*starts, len(text)), tuple(ends))
