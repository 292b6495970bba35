"""What the review queue would have a person hide, of what a masking missed: counted, not guessed.

The person of this count decides each line of the queue rightly and adds nothing of her own; what
she reads in the pages beside it is not counted. See ``docs/methods/desidentification.md`` §6.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from croisee.deidentify.gold import GoldDocument, GoldMark, GoldTurn
from croisee.deidentify.masking import MaskedDocument, MaskedTurn
from croisee.deidentify.model import Reviews
from croisee.deidentify.ordinary import is_ordinary
from croisee.deidentify.queue import QueueBuilder
from croisee.deidentify.unmasked import SeenWord, numbers_in_sight, words_in_sight
from croisee.text import fold

_LETTERS = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class _Missed:
    mark: GoldMark
    text: str
    hidden: frozenset[int]
    seen: tuple[SeenWord, ...]


@dataclass(slots=True)
class Offered:
    """One rendering of one part, taken document by document, as a study would be."""

    _builder: QueueBuilder = field(default_factory=lambda: QueueBuilder((), Reviews()))
    _missed: list[_Missed] = field(default_factory=list)

    def add(self, document: GoldDocument, masked: MaskedDocument) -> None:
        """Take a document and what a masking made of it."""
        self._builder.add(masked)
        for turn, hidden in zip(document.turns, masked.turns, strict=True):
            self._missed += _missed_in(turn, hidden)

    def counted(self) -> tuple[Counter[str], Counter[str]]:
        """Return the marks that the queue would have hidden, by class, and its lines in sight
        and not, by the name of their level.
        """
        queue = self._builder.built()
        lines = Counter(line.level.name for line in queue.lines)
        keys = frozenset(line.key[0] for line in queue.lines if not line.key[2])
        settled = Counter(one.mark.about.code for one in self._missed if _is_settled(one, keys))
        return settled, lines


def _missed_in(turn: GoldTurn, masked: MaskedTurn) -> list[_Missed]:
    hidden = frozenset(p for r in masked.replacements for p in range(r.start, r.end))
    marks = [
        mark
        for mark in turn.marks
        if any(
            turn.text[place].isalnum() and place not in hidden
            for place in range(mark.start, mark.end)
        )
    ]
    if not marks:
        return []
    seen = (*words_in_sight(masked), *numbers_in_sight(masked))
    return [
        _Missed(
            mark, turn.text, hidden,
            tuple(word for word in seen if word.start < mark.end and mark.start < word.end),
        )
        for mark in marks
    ]  # fmt: skip


def _is_settled(missed: _Missed, keys: frozenset[str]) -> bool:
    """Whether only everyday words would stay, beside something hidden or offered."""
    offered = {
        place for word in missed.seen if word.key in keys for place in range(word.start, word.end)
    }
    gone = missed.hidden | offered
    places = range(missed.mark.start, missed.mark.end)
    if gone.isdisjoint(places):
        return False
    left = "".join(missed.text[place] if place not in gone else " " for place in places)
    words = [fold(word) for word in _LETTERS.findall(left)]
    return all(
        not any(map(str.isdigit, word)) and (len(word) == 1 or is_ordinary(word)) for word in words
    )
