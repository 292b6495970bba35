"""Plain texts cut into turns, in the layouts people and transcription tools use."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from croisee.text.composed import alone, composed
from croisee.text.labels import (
    FEW_WORDS,
    NO_LABEL,
    NO_TIME,
    Lines,
    Opening,
    is_code,
    looks_like_name,
    may_be_label,
    seconds_or_none,
)
from croisee.text.marked import heads_of_time, in_blocks, messages, only_times, signed
from croisee.text.marks import TIME, find_marks, seconds_of
from croisee.text.transcripts import (
    ParsedTurn,
    folded_label,
    is_team,
    plain_breaks,
    stored_label,
    stored_text,
    without_controls,
)

_HOUR = rf"(?:{TIME}|{NO_TIME})"
_SPAN = rf"[(\[]\s*({_HOUR})(?:\s*[-–—>]+\s*({_HOUR}))?\s*[)\]]"
_BRACKETED = re.compile(rf"\s*\[([^\[\]]{{1,120}})\]\s*(?:{_SPAN}|({TIME})(?=\s|$))\s*:?")
_BARE = rf"[(\[]?({TIME})(?:\s*[-–—>]+\s*({TIME}))?[)\]]?"
_TIMED_FIRST = re.compile(rf"\s*{_BARE}\s+([^\s\d:\[\](){{}}][^:\[\](){{}}]{{0,59}})")
_TIMED_LAST = re.compile(rf"\s*([^\s:\[\](){{}}][^:\[\](){{}}]{{0,59}}?)\s+{_BARE}\s*:?\s*")
_INTRODUCED = re.compile(
    rf"\s*(?:{_SPAN}\s*)?([^\s:\[\](){{}}][^:\[\](){{}}\n]{{0,39}}?)\s*(?:{_SPAN})?\s*(?:(?<=\s):(?!//)|:(?=\s|$))"
)
_STAMPED = re.compile(rf"\s*(?:\[\s?({TIME})\s?\]\s*(?:-\s)?|({TIME})(?=\s))\s*")
_HEAD = 320
"""A label stands in the first characters of a line; the rest is never searched."""
_TOOL_LABEL = re.compile(
    r"(?:speaker|locuteur|locutrice|intervenante?|spk|s)[ _-]?[0-9]{1,3}|speaker undefined",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"audio|date|document|duration|duree|enregistrement|entretien|fichier|file|heure|interview|"
    r"langu(?:ag)?e|lieu|location|media|objet|place|proje[ct]t?|source|subject|sujet|theme|time|"
    r"tit(?:le|re)|transcription|participante?s?|interviewee?|enregistree? (?:a|le)"
)
"""Words that introduce a line about the recording, before anybody speaks; folded."""


@dataclass(frozen=True, slots=True)
class Cut:
    """The turns of a text, and the lines (number, words) before the first one, left out.

    ``silent``: the lines that hold a label and that no word follows; they make no turn.
    """

    turns: tuple[ParsedTurn, ...]
    before: tuple[tuple[int, str], ...] = ()
    silent: tuple[int, ...] = ()


def parse_turns(text: str | Sequence[str], known: Iterable[str] = ()) -> tuple[ParsedTurn, ...]:
    """Cut a transcript into turns; what stands before the first one is left out.

    See :func:`cut_turns`.
    """
    return cut_turns(text, known).turns


def cut_turns(text: str | Sequence[str], known: Iterable[str] = ()) -> Cut:
    """Cut a transcript into turns (``docs/dossier-d-etude.md`` §4).

    ``text`` is the whole text or its paragraphs; ``known`` are labels the study declares. One
    layout is used for the whole text, the first that it shows: messages of a chat; headings with
    a time (``[Étiquette] (0:01 - 0:11)``, ``00:00:45 Prénom Nom``, ``Prénom Nom  0:45``), on one
    line or two; labels between signs (``**Nom** :``, ``[Nom] …``); a label alone on its line, as
    tools write it (``SPEAKER_00``); ``Étiquette : texte``; paragraphs that begin with their time.
    Else one turn a paragraph that says something, with no speaker. When in doubt a label opens a
    turn, so that words are never given to somebody else.
    """
    lines = _lines(text)
    folded = {folded_label(label) for label in known}
    ways: tuple[Callable[[Lines], dict[int, Opening]], ...] = (
        messages,
        _bracketed,
        _headed,
        in_blocks,
        signed,
        lambda lines: _alone(lines, folded),
        lambda lines: introduced(lines, folded),
        composed,
        alone,
        _stamped,
    )
    for way in ways:
        if openings := way(lines):
            lines, openings = heads_of_time(lines, openings)
            first = min(openings)
            before = tuple((number, line) for number, line in lines[:first] if line.strip())
            made = list(_turns(lines, openings))
            silent = tuple(
                lines[place][0]
                for (place, opening), turn in zip(openings.items(), made, strict=True)
                if turn is None and opening.speaker and not opening.settled
            )
            return Cut(_ended(tuple(turn for turn in made if turn)), before, silent)
    found = (_turn(Opening("", None, None, line), [], number) for number, line in lines)
    return Cut(tuple(turn for turn in found if turn))


def _lines(text: str | Sequence[str]) -> Lines:
    paragraphs = plain_breaks(text).split("\n") if isinstance(text, str) else text
    return [
        (number, line)
        for number, paragraph in enumerate(paragraphs, 1)
        for line in without_controls(plain_breaks(paragraph)).split("\n")
    ]


def _bracketed(lines: Lines) -> dict[int, Opening]:
    found = {}
    for index, (_, line) in enumerate(lines):
        if "[" in line and (match := _BRACKETED.match(line[:_HEAD])):
            label, start, end, bare = match.groups()
            speaker = "" if label.strip() == NO_LABEL else label
            words = line[match.end() :]
            found[index] = Opening(
                speaker, seconds_or_none(start or bare), seconds_or_none(end), words, True
            )
    return found


def is_heading(line: str) -> bool:
    """Return whether a line begins as a bracketed heading does, with its time."""
    return bool(_BRACKETED.match(line[:_HEAD]))


def _headed(lines: Lines) -> dict[int, Opening]:
    """Return the headings made of a name and a time alone on their line, each with words after."""
    found: dict[int, Opening] = {}
    for index, (_, line) in enumerate(lines):
        if ":" not in line or len(line) > _HEAD:
            continue
        if match := _TIMED_FIRST.fullmatch(line):
            start, end, label = match.groups()
        elif match := _TIMED_LAST.fullmatch(line):
            label, start, end = match.groups()
        else:
            continue
        if "\t" not in label.strip() and may_be_label(label.strip()):
            found[index] = Opening(
                label.strip(), seconds_or_none(start), seconds_or_none(end), "", True
            )
    if not found:
        return {}
    spoken = [index for index, (_, line) in enumerate(lines) if line.strip()]
    followed = sum(
        here in found and after not in found for here, after in pairwise([*spoken, len(lines)])
    )
    labels = Counter(folded_label(opening.speaker) for opening in found.values())
    named = all(looks_like_name(opening.speaker) for opening in found.values())
    enough = followed * 5 >= len(found) * 4 and (named or max(labels.values()) > 1)
    return found if enough and spoken[-1] not in found else {}


def _alone(lines: Lines, known: set[str]) -> dict[int, Opening]:
    """Return the labels alone on their line: a tool's, or ones we know; met twice at least."""
    found = {}
    for index, (_, line) in enumerate(lines):
        label = line.strip()
        if not 0 < len(label) < 40 or ":" in label:
            continue
        if _TOOL_LABEL.fullmatch(label) or folded_label(label) in known or is_team(label):
            found[index] = Opening(label, None, None, "")
    return found if len(found) > 1 else {}


def introduced(lines: Lines, known: set[str]) -> dict[int, Opening]:
    """Return the openings ``Étiquette : texte`` if the text is written that way.

    ``known`` are folded labels. Lines about the recording (``Date : …``) before the first sure
    label open nothing.
    """
    found: dict[int, Opening] = {}
    for index, (_, line) in enumerate(lines):
        match = _INTRODUCED.match(line[:_HEAD]) if ":" in line else None
        if match and may_be_label(match[3]):
            start, end = match[1] or match[4], match[2] or match[5]
            words = line[match.end() :]
            found[index] = Opening(
                match[3].strip(), seconds_or_none(start), seconds_or_none(end), words, bool(start)
            )
    times = Counter(folded_label(opening.speaker) for opening in found.values())
    sure = {
        index
        for index, opening in found.items()
        if _surely_label(opening, times[folded_label(opening.speaker)], known)
    }
    first = next((index for index, (_, line) in enumerate(lines) if line.strip()), None)
    if not sure and not (first in found and looks_like_name(found[first].speaker)):
        return {}
    spoken_again = {
        index
        for index in sure
        if is_team(label := found[index].speaker)
        or times[folded_label(label)] > 1
        or folded_label(label) in known
    }
    begins = min(spoken_again or sure, default=0)
    return {
        index: opening
        for index, opening in found.items()
        if not (index < begins and _ABOUT.fullmatch(folded_label(opening.speaker)))
        and (index in sure or looks_like_name(opening.speaker))
    }


def _stamped(lines: Lines) -> dict[int, Opening]:
    """Return the paragraphs that begin with their time, where half of them do, in order.

    Times alone on their line, over the words: a quarter of the lines is enough.
    """
    found: dict[int, Opening] = {}
    spoken = alone_on_line = 0
    for index, (_, line) in enumerate(lines):
        spoken += bool(line.strip())
        if ":" in line and (match := _STAMPED.match(line[:_HEAD])):
            start = seconds_or_none(match[1] or match[2])
            found[index] = Opening("", start, None, line[match.end() :], True)
        elif times := only_times(line):
            alone_on_line += 1
            found[index] = Opening("", *times, "", True)
    starts = [opening.start or 0.0 for opening in found.values()]
    ordered = all(one <= other for one, other in pairwise(starts))
    enough = (len(found) + alone_on_line) * 2 >= spoken
    return found if len(found) > 1 and enough and ordered else {}


def _surely_label(opening: Opening, times: int, known: set[str]) -> bool:
    label = opening.speaker
    return (
        folded_label(label) in known
        or is_team(label)
        or is_code(label)
        or (label.isupper() and len(label.split()) <= FEW_WORDS)
        or opening.start is not None
        or (times > 1 and (len(label.split()) <= FEW_WORDS or label.istitle()))
    )


def _turns(lines: Lines, openings: dict[int, Opening]) -> Iterable[ParsedTurn | None]:
    bounds = [*openings, len(lines)]
    for here, following in pairwise(bounds):
        words = [line for _, line in lines[here + 1 + openings[here].skipped : following]]
        yield _turn(openings[here], words, lines[here][0])


def _turn(opening: Opening, words: list[str], line: int) -> ParsedTurn | None:
    """Make a turn; its first words' time is its own when its heading says none."""
    text = stored_text("\n".join(line for line in (opening.words, *words) if line))
    start = opening.start
    if not opening.settled and (match := _STAMPED.match(text[:_HEAD])) and match[1]:
        start, text = seconds_of(match[1]), text[match.end() :]
    if not text:
        return None
    speaker = stored_label(opening.speaker)
    return ParsedTurn(speaker, text, start, opening.end, line, find_marks(text))


def _ended(turns: tuple[ParsedTurn, ...]) -> tuple[ParsedTurn, ...]:
    """Give turns the time that closes each of them, where all of a text are written so (f4).

    ``#00:00:05-3#`` at the end of a turn is when it ends; the next one begins there.
    """
    stamped = [
        turn.marks[-1].seconds
        if turn.marks and turn.marks[-1].end == len(turn.text) and turn.text.endswith("#")
        else None
        for turn in turns
    ]
    told = [one for one in stamped if one is not None]
    ordered = all(one <= other for one, other in pairwise(told))
    if len(told) < 2 or len(told) * 5 < len(turns) * 4 or not ordered:
        return turns
    if any(turn.start is not None for turn in turns):
        return turns
    begins = [0.0, *stamped[:-1]]
    return tuple(
        replace(turn, start=start, end=end)
        for turn, start, end in zip(turns, begins, stamped, strict=True)
    )


def part_of(turn: ParsedTurn, start: int, end: int) -> ParsedTurn | None:
    """Return the part of a turn between two places of its text, its marks with it."""
    piece = turn.text[start:end]
    begin = start + len(piece) - len(piece.lstrip())
    text = piece.strip()
    if not text:
        return None
    stop = begin + len(text)
    marks = tuple(
        replace(mark, start=mark.start - begin, end=mark.end - begin)
        for mark in turn.marks
        if begin <= mark.start and mark.end <= stop
    )
    return replace(turn, text=text, marks=marks)
