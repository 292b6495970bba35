"""TEI transcriptions of speech: ``<u who="…">`` and what stands among its words."""

from __future__ import annotations

import re
from collections.abc import Iterable

from lxml import etree

from croisee.formats.transcripts.hostile_xml import line_of, local_name
from croisee.formats.transcripts.transcriber import named_apart, seconds_in
from croisee.language import phrase
from croisee.text import MarkKind, Notice, ParsedTurn, Spoken, Transcript, stored_label

_ID = "{http://www.w3.org/XML/1998/namespace}id"
_NOISES = {"vocal", "kinesic", "incident", "event", "writing", "gap", "note"}
_SILENT = {"spanGrp", "fs"}
_DURATION = re.compile(r"(?:PT)?([0-9]+(?:\.[0-9]+)?) ?[Ss]?")
_SPACES = re.compile(r"\s+")
_UNITS = {"ms": 0.001, "s": 1.0, "sec": 1.0, "min": 60.0, "m": 60.0, "h": 3600.0}


class _Words:
    """Words with single spaces; ``<lb/>`` ends a line."""

    def __init__(self) -> None:
        self.spoken = Spoken()
        self.last = " "

    def say(self, text: str | None) -> None:
        words = _SPACES.sub(" ", text or "")
        if self.last in " \n":
            words = words.lstrip(" ")
        if words:
            self.spoken.say(words)
            self.last = words[-1]

    def space(self) -> None:
        if self.last not in " \n'’":
            self.say(" ")

    def line(self) -> None:
        self.spoken.say("\n")
        self.last = "\n"


def read_tei(root: etree._Element) -> Transcript:
    """Return the utterances of a TEI document.

    ``who`` is given the name its header declares, else stays as written. Times come from
    ``start`` and ``end`` through the timeline; pauses, noises and anchors are marks beside the
    words.
    """
    people = _people(root)
    labels, notices = named_apart(people.items())
    times = _timeline(root)
    turns = [turn for element in root.iter("{*}u") if (turn := _turn(element, labels, times))]
    if not turns:
        notices = (
            *notices,
            Notice(
                phrase("Ce document TEI ne contient aucune prise de parole (« u »)."),
                phrase("Vérifiez que c’est bien une transcription."),
            ),
        )
    return Transcript(tuple(turns), "tei", notices)


def _people(root: etree._Element) -> dict[str, str]:
    people = {}
    for person in root.iter("{*}person", "{*}participant", "{*}personGrp"):
        names = (one for one in person.iter("{*}persName", "{*}name") if "".join(_texts(one)))
        name = next(names, None)
        people[person.get(_ID, "")] = "" if name is None else " ".join(_texts(name))
    return people


def _texts(element: etree._Element) -> Iterable[str]:
    return (str(text).strip() for text in element.itertext() if str(text).strip())


def _timeline(root: etree._Element) -> dict[str, float]:
    """Return the seconds of each point whose time is known."""
    times: dict[str, float] = {}
    for line in root.iter("{*}timeline"):
        last = 0.0
        for when in line.iter("{*}when"):
            key, since = when.get(_ID, ""), when.get("since", "").removeprefix("#")
            interval = seconds_in(when.get("interval"))
            absolute = _clock(when.get("absolute", ""))
            unit = _UNITS.get(when.get("unit", line.get("unit", "s")), 1.0)
            if absolute is not None:
                last = absolute
            elif interval is not None:
                last = round((times.get(since, 0.0) if since else last) + interval * unit, 6)
            elif times:
                continue
            times[key] = last
    return times


def _clock(text: str) -> float | None:
    found = re.fullmatch(r"(?:([0-9]{1,3}):)?([0-9]{1,2}):([0-9]{2}(?:\.[0-9]+)?)", text)
    if found is None:
        return seconds_in(text)
    return int(found[1] or 0) * 3600 + int(found[2]) * 60 + float(found[3])


def _turn(
    element: etree._Element, labels: dict[str, str], times: dict[str, float]
) -> ParsedTurn | None:
    if any(local_name(above) == "u" for above in element.iterancestors()):
        return None  # its words are read with those around it
    words = _Words()
    _read(element, words, times)
    text, marks = words.spoken.told()
    if not text:
        return None
    keys = [key.removeprefix("#") for key in _attribute(element, "who").split()]
    speaker = " + ".join(labels.get(key, stored_label(key)) for key in keys)
    start, end = (_time(_attribute(element, name), times) for name in ("start", "end"))
    return ParsedTurn(speaker, text, start, end, line_of(element), marks)


def _attribute(element: etree._Element, name: str) -> str:
    """Return an attribute of an utterance, or of the block that holds it alone."""
    above = element.getparent()
    block = above is not None and local_name(above) == "annotationBlock"
    own = element.get(name, "")
    return above.get(name, "") if not own and block and above is not None else own


def _time(text: str, times: dict[str, float]) -> float | None:
    return times.get(text[1:]) if text.startswith("#") else _clock(text)


def _read(element: etree._Element, words: _Words, times: dict[str, float]) -> None:
    words.say(element.text)
    for child in element:
        name = local_name(child)
        if name == "pause":
            duration = _DURATION.fullmatch(child.get("dur", ""))
            words.spoken.note(MarkKind.PAUSE, float(duration[1]) if duration else None)
        elif name == "anchor":
            words.spoken.note(MarkKind.TIME, _time(child.get("synch", ""), times))
        elif name in _NOISES:
            said = " ".join(_texts(child)) or child.get("desc", "") or child.get("reason", "")
            words.spoken.note(MarkKind.EVENT, note=said)
        elif name == "lb":
            words.line()
        elif name not in _SILENT:
            if name == "w":
                words.space()
            _read(child, words, times)
        words.say(child.tail)
