"""WebVTT and SubRip subtitles: voices, names before the words, dashes for a change of speaker."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from croisee.language import phrase, phrases
from croisee.text import (
    MarkKind,
    Notice,
    ParsedTurn,
    Spoken,
    Transcript,
    folded_label,
    stored_label,
)
from croisee.text.labels import may_be_label
from croisee.text.layouts import introduced, part_of
from croisee.text.marks import find_marks, in_order

_STAMP = r"(?:([0-9]{1,4}):)?([0-9]{1,2}):([0-9]{1,2})[.,]([0-9]{1,3})"
_TIMING = re.compile(rf"[ \t]*{_STAMP}[ \t]*-->[ \t]*{_STAMP}(.*)")
_TAG = re.compile(
    r"<(/?)(?:(v)(?:\.[^\s<>]*)?(?:[ \t]+([^<>]*))?"
    r"|((?:[0-9]{1,4}:)?[0-9]{1,2}:[0-9]{2}\.[0-9]{3})"
    r"|(?:c|i|b|u|s|ruby|rt|lang|font|em|strong)(?:[.\s][^<>]*)?)>",
    re.IGNORECASE,
)
_PLACED = re.compile(r"\{\\an?[0-9]{1,2}\}")
_DASH = re.compile(r"(?:[-–—](?=[^\W\d_])|[-–—][ \t\xa0\u202f]+)(?=\S)")
_ARROWS = re.compile(r">{2,3}[ \t]*")
_SKIPPED = ("NOTE", "STYLE", "REGION")


def looks_like_subtitles(text: str) -> bool:
    """Return whether a text is WebVTT by its first line, or subtitles by its times."""
    if text.lstrip().startswith("WEBVTT"):
        return True
    return "-->" in text and any(_TIMING.match(line) for line in text.split("\n") if "-->" in line)


def read_subtitles(text: str, known: tuple[str, ...] = ()) -> Transcript:
    """Return one turn a cue, in file order; several voices in a cue give several.

    A voice is ``<v Name>``, or ``Name:`` where the file is written that way, or the first line
    of each cue. Two lines with a dash in one cue are two people. Notes and styles are skipped.
    """
    lines = text.split("\n")
    header = text.lstrip().startswith("WEBVTT")
    comma = any("," in line[:30] for line in lines if "-->" in line)
    reading = _Reading(header=header, srt=comma and not header)
    reading.repeated = "noScribe" in text[:2000]
    cues = [cue for place in _cues(lines) for cue in reading.cue(lines, *place)]
    turns = tuple(
        replace(turn, marks=in_order((*turn.marks, *find_marks(turn.text))))
        for turn in turns_of_cues(cues, known)
    )
    return Transcript(turns, "srt" if reading.srt else "vtt", reading.notices())


Cue = tuple[ParsedTurn, bool]
"""A voice of a cue, and whether the file names it itself (be it « nobody », ``<v >``)."""


def turns_of_cues(cues: list[Cue], known: tuple[str, ...]) -> list[ParsedTurn]:
    """Return the turns of captions: by voice, by first line, by dashes or by label."""
    return _by_first_line(cues) or _by_label(cues, {folded_label(label) for label in known})


def _cues(lines: list[str]) -> Iterator[tuple[int, int]]:
    """Yield where each cue's timing stands, and where the next one's own lines begin."""
    timings = [place for place, line in enumerate(lines) if "-->" in line and _TIMING.match(line)]
    for place, following in zip(timings, [*timings[1:], None], strict=False):
        if following is None:
            yield place, len(lines)
            continue
        before = following - 1
        named = before > place and lines[before].strip() != ""
        alone = lines[before].strip().isdigit() or not lines[before - 1].strip()
        yield place, before if named and alone else following


class _Reading:
    """What is met on the way and must be said. SubRip has no character references."""

    def __init__(self, *, header: bool, srt: bool) -> None:
        self.header = header
        self.srt = srt
        self.repeated = False
        self.comments = 0
        self.far: list[int] = []

    def cue(self, lines: list[str], place: int, end: int) -> Iterator[Cue]:
        match = _TIMING.match(lines[place])
        if match is None:
            return
        numbers = match.groups()
        start, stop = _seconds(numbers[:4]), _seconds(numbers[4:8])
        words = "\n".join(self._words(lines, place + 1, end))
        for voice, said in _voices(words, str if self.srt else html.unescape):
            text, marks = said.told()
            label = stored_label(voice or "")
            turn = ParsedTurn(label, text, start, stop, place + 1, marks)
            if text:
                yield _without_its_label(turn) if self.repeated else turn, voice is not None

    def _words(self, lines: list[str], begin: int, end: int) -> Iterator[str]:
        skipping = blank = False
        for place in range(begin, end):
            line = lines[place]
            if not line.strip():
                skipping, blank = False, True
                continue
            if blank and line.split(maxsplit=1)[0] in _SKIPPED and self.header:
                skipping = True
                self.comments += line.startswith("NOTE")
            elif blank and not skipping:
                self.far.append(place + 1)
            blank = False
            if not skipping:
                yield line

    def notices(self) -> tuple[Notice, ...]:
        found = []
        if not self.header and not self.srt:
            said = phrase("La première ligne n’est pas « WEBVTT ».")
            found.append(Notice(said, phrase("Le fichier est lu quand même."), 1))
        if self.comments:
            said = phrases("{n} note n’est pas lue.", "{n} notes ne sont pas lues.", self.comments)
            found.append(Notice(said, phrase("Une note n’est pas une parole.")))
        if self.far:
            said = phrases(
                "{n} paragraphe sans temps est lu comme la suite de ce qui le précède.",
                "{n} paragraphes sans temps sont lus comme la suite de ce qui les précède.",
                len(self.far),
            )
            found.append(Notice(said, phrase("Relisez cet endroit."), self.far[0]))
        return tuple(found)


def _seconds(parts: tuple[str | None, ...]) -> float:
    hours, minutes, seconds, fraction = (part or "0" for part in parts)
    return round(int(hours) * 3600 + int(minutes) * 60 + int(seconds) + float(f"0.{fraction}"), 3)


def _voices(words: str, plain: Callable[[str], str]) -> Iterator[tuple[str | None, Spoken]]:
    """Yield each voice of a cue (``None`` outside of any); tags we do not know are words."""
    voice: str | None = None
    spoken, at = Spoken(), 0
    words = _PLACED.sub("", words)
    for tag in _TAG.finditer(words):
        spoken.say(plain(words[at : tag.start()]))
        at = tag.end()
        if tag[2]:
            yield voice, spoken
            voice, spoken = None if tag[1] else plain(tag[3] or ""), Spoken()
        elif tag[4] and not tag[1]:
            spoken.note(MarkKind.TIME, _stamp_seconds(tag[4]))
    spoken.say(plain(words[at:]))
    yield voice, spoken


def _stamp_seconds(stamp: str) -> float:
    total = 0.0
    for part in stamp.split(":"):
        total = total * 60 + float(part)
    return round(total, 3)


def _without_its_label(turn: ParsedTurn) -> ParsedTurn:
    """Take off a label that the words repeat after the voice (noScribe: ``<v S00>S00: …``)."""
    if turn.speaker and turn.text.startswith(f"{turn.speaker}:"):
        return part_of(turn, len(turn.speaker) + 1, len(turn.text)) or turn
    return turn


def _by_first_line(cues: list[Cue]) -> list[ParsedTurn] | None:
    """Take each cue's first line for its speaker, if every cue has one that names come back in."""
    if any(voiced or "\n" not in turn.text for turn, voiced in cues) or len(cues) < 2:
        return None
    labels = [turn.text.partition("\n")[0] for turn, _ in cues]
    distinct = {folded_label(label) for label in labels}
    if not all(may_be_label(label) for label in labels) or len(distinct) * 2 > len(labels):
        return None
    parts = [
        (label, part_of(turn, len(label), len(turn.text)))
        for label, (turn, _) in zip(labels, cues, strict=True)
    ]
    return [replace(part, speaker=stored_label(label)) for label, part in parts if part]


def _by_label(cues: list[Cue], known: set[str]) -> list[ParsedTurn]:
    """Cut cues without a voice at their dashes, then at their labels, found over the file."""
    pieces = [
        (piece, voiced) for turn, voiced in cues for piece in ([turn] if voiced else _dashed(turn))
    ]
    lines = [
        (place, line)
        for place, (turn, voiced) in enumerate(pieces)
        if not voiced
        for line in turn.text.split("\n")
    ]
    openings = introduced(lines, known) if lines else {}
    by_piece: dict[int, list[tuple[int, int, str]]] = {}
    at, last = 0, -1
    for index, (place, line) in enumerate(lines):
        at = 0 if place != last else at
        last = place
        if index in openings:
            words = at + len(line) - len(openings[index].words)
            by_piece.setdefault(place, []).append((at, words, openings[index].speaker))
        at += len(line) + 1
    return [
        part
        for place, (turn, _) in enumerate(pieces)
        for part in _labelled(turn, by_piece.get(place, []))
    ]


def _labelled(turn: ParsedTurn, cuts: list[tuple[int, int, str]]) -> Iterator[ParsedTurn]:
    ends = [begin for begin, _, _ in cuts[1:]] + [len(turn.text)]
    first = part_of(turn, 0, cuts[0][0] if cuts else len(turn.text))
    if first:
        yield first
    for (_, words, label), end in zip(cuts, ends, strict=False):
        if part := part_of(turn, words, end):
            yield replace(part, speaker=stored_label(label))


def _dashed(turn: ParsedTurn) -> Iterator[ParsedTurn]:
    """Cut a cue where the speaker changes: at ``>>``, or at dashes when two lines have one."""
    starts, at = [], 0
    for line in turn.text.split("\n"):
        if match := _DASH.match(line) or _ARROWS.match(line):
            starts.append((at, at + match.end(), line[0] == ">"))
        at += len(line) + 1
    if len(starts) < 2 and not any(arrow for _, _, arrow in starts):
        yield turn
        return
    ends = [begin for begin, _, _ in starts[1:]] + [len(turn.text)]
    if before := part_of(turn, 0, starts[0][0]):
        yield before
    for (_, words, _), end in zip(starts, ends, strict=True):
        if part := part_of(turn, words, end):
            yield part
