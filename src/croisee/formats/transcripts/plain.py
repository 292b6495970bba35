"""Plain texts, and what stands in them outside of the turns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from croisee.language import phrase, phrases
from croisee.text import Notice, Transcript, cut_turns
from croisee.text.marks import TIME

_STAMPED = re.compile(rf"\s*\[\s?{TIME}\s?\]\s*\S")
TITLE_LINES, TITLE_LETTERS = 3, 120
"""What is short and comes first is a title: not a word of anybody."""


def read_plain(text: str | Sequence[str], known: Iterable[str], name: str = "txt") -> Transcript:
    """Return the turns of a text or of its paragraphs (``croisee.text.cut_turns``)."""
    cut = cut_turns(text, known)
    return Transcript(cut.turns, name, (*left_out(cut.before), *_silent(cut.silent)))


def left_out(lines: Sequence[tuple[int, str]]) -> tuple[Notice, ...]:
    """Say which lines are not read for standing outside of the turns; a title goes unsaid."""
    title = all(len(line) <= TITLE_LETTERS and not _STAMPED.match(line) for _, line in lines)
    if len(lines) <= TITLE_LINES and title:
        return ()
    said = phrases(
        "{n} ligne hors des tours de parole n’est pas lue.",
        "{n} lignes hors des tours de parole ne sont pas lues.",
        len(lines),
    )
    return (Notice(said, phrase("Vérifiez qu’il n’y a là aucune parole."), lines[0][0]),)


def _silent(lines: Sequence[int]) -> Iterator[Notice]:
    if lines:
        said = phrases(
            "{n} étiquette n’est suivie d’aucune parole : elle n’est pas lue.",
            "{n} étiquettes ne sont suivies d’aucune parole : elles ne sont pas lues.",
            len(lines),
        )
        yield Notice(said, phrase("Vérifiez que rien n’y manque."), lines[0])
