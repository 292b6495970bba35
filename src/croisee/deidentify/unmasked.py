"""What stays in sight and might be somebody: words with a capital inside a sentence, rare words.

Nothing here is hidden: these are words to look at. See ``docs/methods/desidentification.md``
§3.1.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from croisee.deidentify.masking import MaskedTurn
from croisee.text import fold

_WORD = re.compile(r"[^\W\d_]+(?:[-‐‑·∙][^\W\d_]+)*")
_OPENING = frozenset('.!?…:;\n«»“”"([•*–—-')
"""Signs after which a capital says nothing."""
_ELIDED = re.compile(r"\b(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu)['’]\Z", re.IGNORECASE)
_SHORTEST, _BEFORE = 2, 12


@dataclass(frozen=True, slots=True)
class SeenWord:
    """One word in sight. ``capital``: it has one, and does not open its sentence."""

    start: int
    end: int
    text: str
    key: str
    capital: bool


def words_in_sight(turn: MaskedTurn) -> Iterator[SeenWord]:
    """Yield the words of a turn that no replacement touches, in order of place."""
    hidden = [(r.start, r.end) for r in turn.replacements]
    text = turn.original
    for match in _WORD.finditer(text):
        start, end = match.span()
        if any(start < stop and begin < end for begin, stop in hidden):
            continue
        yield SeenWord(start, end, match.group(), fold(match.group()), _is_odd(text, match))


def _is_odd(text: str, match: re.Match[str]) -> bool:
    word = match.group()
    if len(word) < _SHORTEST or not word[0].isupper():
        return False
    before = _ELIDED.sub("", text[max(0, match.start() - _BEFORE) : match.start()])
    before = before.rstrip(" \t\u00a0\u202f")
    return bool(before) and before[-1] not in _OPENING
