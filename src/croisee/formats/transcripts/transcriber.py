"""Transcriber (``.trs``): turns, the times of their lines, noises."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable

from lxml import etree

from croisee.formats.transcripts.hostile_xml import line_of
from croisee.language import phrase
from croisee.text import MarkKind, Notice, ParsedTurn, Spoken, Transcript, stored_label


def read_transcriber(root: etree._Element) -> Transcript:
    """Return the turns of a ``Trans`` document.

    A turn that several people share gives one turn each. The time of each line and each noise
    are marks beside the words. Turns in which nobody speaks are left out.
    """
    labels, notices = named_apart(
        (speaker.get("id", ""), speaker.get("name", "")) for speaker in root.iter("Speaker")
    )
    turns = [turn for element in root.iter("Turn") for turn in _turns(element, labels)]
    return Transcript(tuple(turns), "trs", notices)


def named_apart(people: Iterable[tuple[str, str]]) -> tuple[dict[str, str], tuple[Notice, ...]]:
    """Return the label of each identifier; two people of one name are told apart by it."""
    named = {key: stored_label(name) or key for key, name in people if key}
    times = Counter(named.values())
    shared = sorted(name for name, count in times.items() if count > 1)
    labels = {
        key: f"{name} ({stored_label(key)})" if times[name] > 1 else name
        for key, name in named.items()
    }
    notices = tuple(
        Notice(
            phrase("Deux personnes portent le même nom : « {name} ».", name=name),
            phrase("Leurs étiquettes portent aussi leur identifiant dans le fichier."),
        )
        for name in shared
    )
    return labels, notices


def _turns(element: etree._Element, labels: dict[str, str]) -> list[ParsedTurn]:
    keys = element.get("speaker", "").split() or [""]
    start, end = seconds_in(element.get("startTime")), seconds_in(element.get("endTime"))
    spoken = [Spoken() for _ in keys]
    who = 0
    spoken[0].say(element.text or "")
    for child in element:
        seconds = seconds_in(child.get("time"))
        if child.tag == "Who":
            number = child.get("nb", "")
            who = int(number) - 1 if number in {str(place + 1) for place in range(len(keys))} else 0
        elif child.tag == "Sync" and seconds is not None:
            spoken[who].say(" ")
            if seconds != start:
                spoken[who].note(MarkKind.TIME, seconds)
        elif child.tag in {"Event", "Comment"}:
            spoken[who].note(MarkKind.EVENT, note=child.get("desc", ""))
        spoken[who].say(child.tail or "")
    told = [(key, *one.told()) for key, one in zip(keys, spoken, strict=True)]
    return [
        ParsedTurn(labels.get(key, key), text, start, end, line_of(element), marks)
        for key, text, marks in told
        if text
    ]


def seconds_in(text: str | None) -> float | None:
    """Return a number of seconds as a file writes it, or ``None``."""
    try:
        seconds = float(text or "")
    except ValueError:
        return None
    return seconds if math.isfinite(seconds) and 0 <= seconds < 1e9 else None
