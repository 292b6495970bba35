"""IRaMuTeQ corpora, read and written: one text a turn, its starred variables above it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

from croisee.language import phrase, phrases
from croisee.text import Notice, ParsedTurn, Transcript, find_marks, stored_label, stored_text

_SIGNS = re.compile(r"[^a-z0-9]+")
_HEADING = re.compile(r"(?:\*{4}|[0-9]{1,6}(?=\s+\*))((?:\s+\*[^\s*]+)*)\s*")
_THEME = re.compile(r"-\*\S*\s*")
_SPEAKERS = ("locuteur", "locutrice", "intervenant", "intervenante", "speaker", "personne")
_MOST_NAMED = 10


def looks_like_iramuteq(text: str) -> bool:
    """Return whether the first line of a text is a starred one, as IRaMuTeQ and Alceste have it."""
    first = next((line for line in text.split("\n") if line.strip()), "")
    match = _HEADING.fullmatch(first.strip())
    return bool(match and (match[1] or first.startswith("****")))


def read_iramuteq(text: str) -> Transcript:
    """Return one turn a text; ``*locuteur_x`` is its speaker, other variables are said.

    Lines that name a theme (``-*theme``) are no words.
    """
    turns: list[ParsedTurn] = []
    words: list[str] = []
    speaker, begun = "", 0
    unread: dict[str, None] = {}
    themes = 0

    def close() -> None:
        said = stored_text("\n".join(words))
        if said:
            turns.append(ParsedTurn(speaker, said, None, None, begun, find_marks(said)))
        words.clear()

    for number, line in enumerate(text.split("\n"), 1):
        if match := _HEADING.fullmatch(line.strip()):
            close()
            speaker, begun = "", number
            for variable in match[1].split():
                name, _, value = variable.removeprefix("*").partition("_")
                if name.casefold() in _SPEAKERS and value:
                    speaker = stored_label(value)
                else:
                    unread.setdefault(name)
        elif _THEME.fullmatch(line.strip()):
            themes += 1
        else:
            words.append(line)
    close()
    return Transcript(tuple(turns), "iramuteq", _unread(list(unread), themes))


def _unread(names: Sequence[str], themes: int) -> tuple[Notice, ...]:
    found = []
    if names:
        said = phrases(
            "La variable {names} n’est pas lue.", "{n} variables ne sont pas lues : {names}.",
            len(names), names=", ".join(f"« {name[:40]} »" for name in names[:_MOST_NAMED]),
        )  # fmt: skip
        found.append(Notice(said, phrase("Elles vont dans documents.csv ou participants.csv.")))
    if themes:
        said = phrases("{n} thématique n’est pas lue.", "{n} thématiques ne sont pas lues.", themes)
        found.append(Notice(said, phrase("Gardez aussi le fichier d’origine.")))
    return tuple(found)


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
