"""Praat TextGrid, long and short: one tier a speaker, one interval a turn."""

from __future__ import annotations

import re
from collections.abc import Iterator

from croisee.formats.refused import FormatRefused
from croisee.formats.transcripts.transcriber import seconds_in
from croisee.language import phrase, phrases
from croisee.text import Notice, ParsedTurn, Transcript, find_marks, stored_label, stored_text

_TOKEN = re.compile(
    r'"([^"]*(?:""[^"]*)*)"|![^\n]*|<(exists|absent)>'
    r"|(?<!\S)([-+]?[0-9][0-9.]*(?:[eE][-+]?[0-9]{1,3})?)(?!\S)"
)
_START = re.compile(
    r'\s*(?:File type\s*=\s*)?"ooTextFile(?: short)?"\s*(?:Object class\s*=\s*)?"TextGrid"'
)


def looks_like_textgrid(text: str) -> bool:
    """Return whether a text begins as a TextGrid does."""
    return bool(_START.match(text[:300]))


class _Ended(Exception):
    """The file stops before what it announced."""


class _Tokens:
    """Praat reads free numbers, quoted texts and flags; every other word is a comment."""

    def __init__(self, text: str, start: int) -> None:
        self.text = text
        self._found: Iterator[re.Match[str]] = _TOKEN.finditer(text, start)
        self.place = start

    def next(self, group: int) -> str:
        for match in self._found:
            self.place = match.start()
            if match[group] is not None:
                return match[group].replace('""', '"') if group == 1 else match[group]
        raise _Ended

    def number(self) -> float:
        return seconds_in(self.next(3)) or 0.0


def read_textgrid(text: str) -> Transcript:
    """Return one turn for each interval with words, by time; its tier's name is the speaker.

    Point tiers are not turns: they are left out, and said.
    """
    start = _START.match(text[:300])
    tokens = _Tokens(text, start.end() if start else 0)
    turns: list[ParsedTurn] = []
    points: list[str] = []
    names: list[str] = []
    whole = True
    try:
        tokens.number(), tokens.number()
        if tokens.next(2) == "exists":
            for _ in range(int(tokens.number())):
                _tier(tokens, turns, names, points)
    except _Ended:
        whole = False
    if not names and not points and not whole:
        raise FormatRefused(
            phrase("Ce TextGrid est abîmé : aucun palier ne s’y lit."),
            phrase("Ouvrez-le dans Praat, puis enregistrez-le de nouveau."),
        )
    ordered = _numbered(text, sorted(turns, key=lambda turn: turn.start or 0.0))
    return Transcript(ordered, "textgrid", _notices(names, points, whole=whole))


def _tier(tokens: _Tokens, turns: list[ParsedTurn], names: list[str], points: list[str]) -> None:
    kind, name = tokens.next(1), stored_label(tokens.next(1))
    tokens.number(), tokens.number()
    count = int(tokens.number())
    (points if kind == "TextTier" else names).append(name)
    for _ in range(count):
        start = tokens.number()
        end = start if kind == "TextTier" else tokens.number()
        text = stored_text(tokens.next(1))
        if text and kind != "TextTier":
            turns.append(ParsedTurn(name, text, start, end, tokens.place, find_marks(text)))


def _numbered(text: str, turns: list[ParsedTurn]) -> tuple[ParsedTurn, ...]:
    """Give each turn its line, in place of where its words stand in the text."""
    breaks = iter([match.start() for match in re.finditer("\n", text)] + [len(text) + 1])
    lines, number, nearest = {}, 1, next(breaks)
    for place in sorted(turn.line for turn in turns):
        while nearest < place:
            number, nearest = number + 1, next(breaks)
        lines[place] = number
    return tuple(
        ParsedTurn(one.speaker, one.text, one.start, one.end, lines[one.line], one.marks)
        for one in turns
    )


def _notices(names: list[str], points: list[str], *, whole: bool) -> tuple[Notice, ...]:
    found = []
    if names:
        said = phrases(
            "Un palier est pris pour une personne : {names}.",
            "Chacun des {n} paliers est pris pour une personne : {names}.",
            len(names),
            names=", ".join(names[:20]),
        )
        found.append(Notice(said, phrase("Retirez du fichier les paliers de mots ou de sons.")))
    if points:
        said = phrases(
            "Le palier de points {names} n’est pas lu.",
            "{n} paliers de points ne sont pas lus : {names}.",
            len(points),
            names=", ".join(points[:20]),
        )
        found.append(Notice(said, phrase("Un verbatim se lit dans des paliers d’intervalles.")))
    if not whole:
        found.append(
            Notice(
                phrase("Le fichier s’arrête avant la fin : le reste n’est pas lu."),
                phrase("Ouvrez-le dans Praat, puis enregistrez-le de nouveau."),
            )
        )
    return tuple(found)
