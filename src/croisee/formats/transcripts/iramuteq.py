"""IRaMuTeQ corpora: one text a turn, its starred variables above it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

from croisee.language import phrase, phrases
from croisee.text import Notice, ParsedTurn

_SIGNS = re.compile(r"[^a-z0-9]+")


def iramuteq_of(
    turns: Sequence[ParsedTurn], variables: Mapping[str, str]
) -> tuple[str, tuple[Notice, ...]]:
    """Return a corpus and what it cannot carry.

    Each text begins with ``**** *cas_x *methode_y *locuteur_z``: ``variables`` in their order,
    then the speaker. Names and values keep letters without accents and digits. Asterisks of the
    words, which would be read as variables, become spaces.
    """
    given = "".join(f" *{_word(name)}_{_word(value)}" for name, value in variables.items())
    texts, starred = [], 0
    for turn in turns:
        speaker = f" *locuteur_{_word(turn.speaker)}" if turn.speaker else ""
        starred += "*" in turn.text
        texts.append(f"****{given}{speaker}\n{_spoken(turn.text)}\n")
    return "\n".join(texts), _notices(turns, starred)


def _word(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold().replace("œ", "oe"))
    kept = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return _SIGNS.sub("", kept) or "vide"


def _spoken(text: str) -> str:
    lines = (" ".join(line.replace("*", " ").split()) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def _notices(turns: Sequence[ParsedTurn], starred: int) -> tuple[Notice, ...]:
    remedy = phrase("Gardez aussi le fichier d’origine.")
    found = []
    if any(turn.start is not None for turn in turns):
        found.append(Notice(phrase("Un corpus IRaMuTeQ ne garde pas les temps."), remedy))
    labels = {turn.speaker for turn in turns if turn.speaker}
    if len({_word(label) for label in labels}) < len(labels):
        said = phrase("Des étiquettes différentes deviennent la même dans ce format.")
        found.append(Notice(said, phrase("Renommez les locuteurs avant de convertir.")))
    if any(mark.start == mark.end for turn in turns for mark in turn.marks):
        said = phrase("Les temps, pauses et bruits notés à côté des paroles ne sont pas gardés.")
        found.append(Notice(said, remedy))
    if starred:
        said = phrases(
            "Les astérisques de {n} tour deviennent des espaces.",
            "Les astérisques de {n} tours deviennent des espaces.",
            starred,
        )
        found.append(Notice(said, remedy))
    return tuple(found)
