"""Labels told by what comes back over a whole text: ``NOM — …``, ``0:01 Nom : …``, columns."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

from croisee.text.labels import FEW_WORDS, Lines, Opening, is_code, looks_like_name, may_be_label
from croisee.text.marks import TIME, seconds_of
from croisee.text.transcripts import folded_label

_HEAD = 320
_AT = rf"[\[(]?(?P<at>{TIME})(?::[0-9]{{2}})?[\])]?"
"""A time; frames after it are left out (``00:01:02:12``)."""
_WHO = r"(?P<who>[^\s:|\[\](){}<>][^:|\[\](){}<>\t\n]{0,39}?(?:\s*\([^()\n]{1,40}\))?)"
"""A label, with what stands in parentheses after it (a network, a role)."""
_WAYS = tuple(
    re.compile(form)
    for form in (
        rf"\s*{_AT}\s*(?:[-–—|]\s*)?{_WHO}\s*:(?=\s)\s*",
        rf"\s*{_AT}\s*[|\t]\s*{_WHO}\s*[|\t]\s*",
        rf"\s*{_WHO}\s*[|\t]\s*{_AT}\s*[|\t]\s*",
        rf"\s*{_WHO}\s*{_AT}\s*[-–—]\s+",
        rf"\s*{_WHO}\s*:(?=\s)\s*",
        rf"\s*{_WHO}\s*\.?\s*[–—]\s+",
        rf"\s*{_WHO}\s*\t\s*",
        rf"\s*{_WHO}\s*\|\s*",
        r"\s*(?P<who>[A-Z]{1,3}[0-9]{1,3})\.?\s+(?=\S)",
    )
)
_SHARE = 0.6
"""Of the lines, at least so many must open a turn: what comes back less is no layout."""
_SAMPLE = 200
"""Lines looked at before the whole of a long text is."""
_ANSWERS = frozenset(
    """
    oui non ok okay merci bonjour bon ben voila exact exactement parfait euh hum mmh hm ah oh ouais
    d'accord bien yes no right thanks thank
    """.split()  # noqa: SIM905
)
"""Words that stand alone on a line and come back, and are nobody; folded."""


def composed(lines: Lines) -> dict[int, Opening]:
    """Return the openings of a text whose lines nearly all begin in one way, with labels back.

    A time and ``Nom : …``, ``Nom — …``, columns parted by tabs or bars, ``P1 …``; labels in lower
    case too. At least two people, one of them twice; times must not go back.
    """
    spoken = [index for index, (_, line) in enumerate(lines) if line.strip()]
    first = [lines[index][1][:_HEAD] for index in spoken[:_SAMPLE]]
    for way in _WAYS:
        if sum(way.match(line) is not None for line in first) < len(first) * _SHARE / 2:
            continue
        found: dict[int, Opening] = {}
        for index in spoken:
            line = lines[index][1]
            if (match := way.match(line[:_HEAD])) and _may_speak(match["who"]):
                at = match.groupdict().get("at")
                start = seconds_of(at) if at else None
                found[index] = Opening(
                    match["who"].strip(), start, None, line[match.end() :], at is not None
                )
        if _holds(found, len(spoken)):
            return found
    return {}


def _may_speak(label: str) -> bool:
    label = label.partition("(")[0].strip()
    return len(label.split()) <= FEW_WORDS and may_be_label(label[:1].upper() + label[1:])


def _holds(found: dict[int, Opening], spoken: int) -> bool:
    labels = Counter(folded_label(opening.speaker) for opening in found.values())
    if len(labels) < 2 or max(labels.values()) < 2 or len(found) < spoken * _SHARE:
        return False
    if len(labels) > max(2, len(found) // 2):  # labels come back; the first words of lines do not
        return False
    starts = [opening.start for opening in found.values() if opening.start is not None]
    return all(one <= other for one, other in pairwise(starts))


def alone(lines: Lines) -> dict[int, Opening]:
    """Return the labels alone on their line, each met twice, where words follow every one.

    For labels that no tool and no study declares; the first line of the text is one of them.
    """
    spoken = [index for index, (_, line) in enumerate(lines) if line.strip()]
    candidates = {index: lines[index][1].strip() for index in spoken}
    labels = {
        index: label
        for index, label in candidates.items()
        if len(label) < 40
        and (is_code(label) or (may_be_label(label) and looks_like_name(label)))
        and label[-1] not in ".:"
        and folded_label(label) not in _ANSWERS
    }
    many = Counter(folded_label(label) for label in labels.values())
    found = {
        index: Opening(label, None, None, "")
        for index, label in labels.items()
        if many[folded_label(label)] > 1
    }
    together = any(one in found and other in found for one, other in pairwise(spoken))
    distinct = len({folded_label(opening.speaker) for opening in found.values()})
    if distinct < 2 or together or spoken[0] not in found or spoken[-1] in found:
        return {}
    return found if len(found) * 4 >= len(spoken) else {}
