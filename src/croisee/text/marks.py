"""Marks that people and transcription tools type among the words: pauses, overlaps, times."""

from __future__ import annotations

import re
from collections.abc import Iterable

from croisee.text.transcripts import Mark, MarkKind

TIME = r"(?:[0-9]{1,3}:)?[0-9]{1,2}:[0-9]{2}(?:[.,][0-9]{1,3})?"
"""A time as people type it: ``1:02``, ``00:01:02``, ``0:01:02.500``. No groups."""
_LONG = r"[0-9]{1,3}:[0-9]{2}:[0-9]{2}(?:[.,][0-9]{1,3})?"
_UNIT = r"(?:s|sec|secondes?|seconds?|min|minutes?)"
_STAMP = re.compile(
    rf"[\[(#](?:(?<=\[)\s?({TIME})(?:\s?[-–—]\s?{TIME})?\s?\]"
    rf"|(?<=\()\s?({_LONG})(?:\s?[-–—]\s?{_LONG})?\s?\)"
    r"|(?<=#)([0-9]{1,2}:[0-9]{2}:[0-9]{2}-[0-9])#)"
)
_PAUSE = re.compile(
    r"[(\[](?:(?<=\()(?:\.{1,20}|…{1,10})\)"
    r"|(?<=\()([0-9]{1,3}[.,][0-9]{1,3}) ?(?:s|sec)?\)"
    rf"|(?:(?:pause|silence)(?: de| of)? )?([0-9]{{1,4}}) ?({_UNIT})\.?"
    r"(?: (?:de |of )?(?:pause|silence))?[)\]]"
    r"|(?:longue |courte |long |short )?(?:pause|silence)[)\]])",
    re.IGNORECASE,
)
_OVERLAP = re.compile(r"(?<![:/])//[^\n/]{1,300}//(?!/)")


def seconds_of(stamp: str) -> float:
    """Return the seconds of a time as typed (``1:02:03,5``, or ``0:01:02-5`` with tenths)."""
    total = 0.0
    for part in stamp.replace(",", ".").replace("-", ".").split(":"):
        total = total * 60 + float(part)
    return round(total, 3)


def find_marks(text: str) -> tuple[Mark, ...]:
    """Return the marks typed in a text, in order of place.

    Pauses: ``(.)``, ``(..)``, ``(…)``, ``(1.5)``, ``(12 secondes)``, ``[pause]``; dots have no
    length in seconds, conventions differ. Overlaps: ``//…//`` on one line. Time stamps:
    ``[1:02]``, ``[00:01:02]``, ``(00:01:02)``, ``#00:01:02-5#``.

    Example:
        >>> [(m.kind.value, text[m.start:m.end]) for text in ["Euh (..) //oui// [0:12]"]
        ...  for m in find_marks(text)]
        [('pause', '(..)'), ('overlap', '//oui//'), ('time', '[0:12]')]
    """
    found = []
    bracketed = "(" in text or "[" in text
    if ":" in text and (bracketed or "#" in text):
        found += [_stamp(match) for match in _STAMP.finditer(text)]
    if bracketed:
        found += [_pause(match) for match in _PAUSE.finditer(text)]
    if "//" in text:
        found += [Mark(MarkKind.OVERLAP, *match.span()) for match in _OVERLAP.finditer(text)]
    return in_order(found) if found else ()


def in_order(marks: Iterable[Mark]) -> tuple[Mark, ...]:
    """Return marks by place; at one place, those beside the words first."""
    return tuple(sorted(marks, key=lambda mark: (mark.start, mark.end)))


def _stamp(match: re.Match[str]) -> Mark:
    stamp = match[1] or match[2] or match[3]
    return Mark(MarkKind.TIME, *match.span(), seconds_of(stamp))


def _pause(match: re.Match[str]) -> Mark:
    seconds = None
    if match[1]:
        seconds = float(match[1].replace(",", "."))
    elif match[2]:
        seconds = float(match[2]) * (60 if match[3].casefold().startswith("min") else 1)
    return Mark(MarkKind.PAUSE, *match.span(), seconds)
