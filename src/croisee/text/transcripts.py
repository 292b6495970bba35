"""Verbatims cut into turns: who speaks, when, and their words."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

TEAM_LABELS = (
    "chercheur",
    "chercheuse",
    "animation",
    "animatrice",
    "animateur",
    "interviewer",
    "intervieweur",
    "intervieweuse",
    "researcher",
    "facilitator",
    "moderator",
    "equipe",
    "team",
)
"""Labels of the research team, folded; a number may follow (« Animatrice 2 »)."""

_TIME = r"(?:[0-9]{1,3}:)?[0-9]{1,2}:[0-9]{2}(?:[.,][0-9]{1,3})?"
_SPAN = rf"[(\[]\s*({_TIME})(?:\s*[-–—>]+\s*({_TIME}))?\s*[)\]]"
_BRACKETED = re.compile(rf"\s*\[([^\[\]]{{1,60}})\]\s*(?:{_SPAN})\s*:?")
_INTRODUCED = re.compile(
    rf"\s*(?:{_SPAN}\s*)?([^\s:\[\](){{}}][^:\[\](){{}}\n]{{0,39}}?)\s*(?:{_SPAN})?\s*(?:(?<=\s):(?!//)|:(?=\s|$))"
)
_HEAD = 200
"""A label stands in the first characters of a line; the rest is never searched."""
_CAPITAL = re.compile(r"[^\W_]")
_LETTER = re.compile(r"[^\W\d_]")
_FORBIDDEN = re.compile(r"[,;!?«»\"…]|\.\s")
_MOST_WORDS, _FEW_WORDS = 5, 3


@dataclass(frozen=True, slots=True)
class ParsedTurn:
    """One turn. ``speaker`` is the label as written, or ``""``; times in seconds, or ``None``.

    ``text`` keeps its line breaks; ``line`` is the paragraph (from 1) where the turn starts.
    """

    speaker: str
    text: str
    start: float | None
    end: float | None
    line: int


@dataclass(slots=True)
class _Opening:
    speaker: str
    start: float | None
    end: float | None
    words: str


def folded_label(label: str) -> str:
    """Return a label as labels are compared: no accent, no case, single spaces."""
    parts = unicodedata.normalize("NFD", label.replace("’", "'"))
    plain = "".join(sign for sign in parts if not unicodedata.combining(sign))
    return " ".join(plain.casefold().split())


def is_team(label: str) -> bool:
    """Return whether a label is one of the team's (« Chercheuse », « Animateur 2 »)."""
    return re.sub(r"[ -]?[0-9]+$", "", folded_label(label)) in TEAM_LABELS


def parse_turns(text: str | Sequence[str], known: Iterable[str] = ()) -> tuple[ParsedTurn, ...]:
    """Cut a transcript into turns (``docs/dossier-d-etude.md`` §4).

    ``text`` is the whole text or its paragraphs; ``known`` are labels the study declares.
    Bracketed headings (``[Étiquette] (0:01 - 0:11)``) win; else ``Étiquette : texte``; else one
    turn a paragraph that says something, with no speaker. What comes before the first turn (a
    title) is left out. When in doubt a label opens a turn, so that words are never given to
    somebody else.
    """
    lines = _lines(text)
    openings = _bracketed(lines)
    if not openings:
        openings = _introduced(lines, {folded_label(label) for label in known})
    if not openings:
        return tuple(
            ParsedTurn("", line.strip(), None, None, number)
            for number, line in lines
            if line.strip()
        )
    return tuple(_turns(lines, openings))


def _lines(text: str | Sequence[str]) -> list[tuple[int, str]]:
    paragraphs = text.split("\n") if isinstance(text, str) else text
    return [
        (number, line)
        for number, paragraph in enumerate(paragraphs, 1)
        for line in paragraph.split("\n")
    ]


def _bracketed(lines: list[tuple[int, str]]) -> dict[int, _Opening]:
    found = {}
    for index, (_, line) in enumerate(lines):
        if "[" in line and (match := _BRACKETED.match(line[:_HEAD])):
            label, start, end = match.groups()
            words = line[match.end() :]
            found[index] = _Opening(label.strip(), _seconds(start), _seconds(end), words)
    return found


def _introduced(lines: list[tuple[int, str]], known: set[str]) -> dict[int, _Opening]:
    """Return the openings ``Étiquette : texte`` if the text is written that way."""
    found: dict[int, _Opening] = {}
    for index, (_, line) in enumerate(lines):
        match = _INTRODUCED.match(line[:_HEAD]) if ":" in line else None
        if match and _may_be_label(match[3]):
            start, end = match[1] or match[4], match[2] or match[5]
            found[index] = _Opening(
                match[3].strip(), _seconds(start), _seconds(end), line[match.end() :]
            )
    times = Counter(folded_label(opening.speaker) for opening in found.values())
    sure = {
        index
        for index, opening in found.items()
        if _surely_label(opening, times[folded_label(opening.speaker)], known)
    }
    first = next((index for index, (_, line) in enumerate(lines) if line.strip()), None)
    if not sure and not (first in found and _looks_like_name(found[first].speaker)):
        return {}
    return {
        index: opening
        for index, opening in found.items()
        if index in sure or _looks_like_name(opening.speaker)
    }


def _may_be_label(label: str) -> bool:
    return (
        len(label.split()) <= _MOST_WORDS
        and not _FORBIDDEN.search(label)
        and bool(_CAPITAL.match(label) and _LETTER.search(label))
        and (not label[0].islower() or _is_code(label))
    )


def _is_code(label: str) -> bool:
    return bool(re.fullmatch(r"[A-Za-z]{1,12}[-_ ]?[0-9]{1,4}", label.strip()))


def _surely_label(opening: _Opening, times: int, known: set[str]) -> bool:
    label = opening.speaker
    return (
        folded_label(label) in known
        or is_team(label)
        or _is_code(label)
        or (label.isupper() and len(label.split()) <= _FEW_WORDS)
        or opening.start is not None
        or (times > 1 and len(label.split()) <= _FEW_WORDS)
    )


def _looks_like_name(label: str) -> bool:
    words = label.split()
    return len(words) <= _FEW_WORDS and not any(word[0].islower() for word in words)


def _turns(lines: list[tuple[int, str]], openings: dict[int, _Opening]) -> Iterable[ParsedTurn]:
    bounds = [*openings, len(lines)]
    for here, following in pairwise(bounds):
        opening = openings[here]
        words = [opening.words, *(line for _, line in lines[here + 1 : following])]
        text = "\n".join(word.strip() for word in words if word.strip())
        if text:
            yield ParsedTurn(opening.speaker, text, opening.start, opening.end, lines[here][0])


def _seconds(stamp: str | None) -> float | None:
    if not stamp:
        return None
    total = 0.0
    for part in stamp.replace(",", ".").split(":"):
        total = total * 60 + float(part)
    return total
