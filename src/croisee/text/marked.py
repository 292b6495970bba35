"""Labels set apart by signs, in blocks or in messages: ``**Nom** :``, ``[Nom] …``, chats."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from datetime import date
from itertools import pairwise

from croisee.text.labels import Lines, Opening, looks_like_name, may_be_label, seconds_or_none
from croisee.text.marks import TIME, seconds_of
from croisee.text.transcripts import folded_label, is_team

_HEAD = 320
_NAME = r"([^\s:*_\[\](){}<>#][^:*_\[\](){}<>\n]{0,39}?)"
_STYLES = tuple(
    re.compile(form)
    for form in (
        rf"\s*\*\*\s*{_NAME}\s*(?::\s*\*\*|\*\*\s*:)\s*",
        rf"\s*__\s*{_NAME}\s*(?::\s*__|__\s*:)\s*",
        rf"\s*\*\s*{_NAME}\s*(?::\s*\*|\*\s*:)\s*",
        rf"\s*>{{1,3}}\s*{_NAME}\s*:(?=\s)\s*",
        rf"\s*<\s*{_NAME}\s*>\s*:?\s*(?=\S)",
        rf"\s*\[\s*{_NAME}\s*\]\s*:?\s*(?=\S)",
        rf"\s*\(\s*{_NAME}\s*\)\s*:?\s*(?=\S)",
    )
)
_SIGNS = frozenset("*_><[(0123456789")
_NUMBERED = re.compile(rf"\s*([0-9]{{1,5}})\s*[.)\t]?\s+{_NAME}\s*:(?=\s)\s*")
_SOUNDS = re.compile(
    r"(?:longue? |court[es]? )?(?:rires?|pauses?|silences?|inaudible|musique|applaudissements"
    r"|bruits?|soupirs?|toux|laughter|laughs?|music|noise|applause|crosstalk|sic)\b.*"
)
"""What stands in brackets and is nobody; folded."""
_DAY = r"([0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{1,2}[/.][0-9]{1,2}[/.](?:[0-9]{2}){1,2})"
_CLOCK = r"([0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)(?:[ \u202f]?([AaPp])\.?[Mm]\.?)?"
_MESSAGE = re.compile(
    rf"[\u200e\u200f\s]*(?:\[{_DAY},?(?: à)?\s+{_CLOCK}\]|{_DAY},?(?: à)?\s+{_CLOCK}\s+[-–])\s*"
    r"(?:~\s*)?(?:([^\s:][^:\n]{0,59}?)\s*:(?=\s|$))?\s*"
)
_CHAT = re.compile(
    rf"\s*({TIME})\s+(?:From|De)\s+([^:\n]{{1,79}}?)(?:\s+(?:to|à)\s+[^:\n]{{1,79}}?)?\s*:(?=\s|$)\s*"
)
_ONLY_TIME = re.compile(rf"\s*[(\[]?({TIME})(?:\s*(?:[-–—>]+|à)\s*({TIME}))?[)\]]?\s*")


def only_times(line: str) -> tuple[float | None, float | None] | None:
    """Return the start and end of a line that holds only them; ``None`` for any other line."""
    if ":" not in line or len(line) > 60 or (match := _ONLY_TIME.fullmatch(line)) is None:
        return None
    return seconds_or_none(match[1]), seconds_or_none(match[2])


def signed(lines: Lines) -> dict[int, Opening]:
    """Return the openings whose label is between signs, where the whole text is written so.

    ``**Nom** :``, ``*Nom :*``, ``> Nom :``, ``>> Nom :``, ``<Nom>``, ``[Nom]``, ``(Nom)``, and
    ``12 Nom :`` with numbers that grow. A label must come back, and most lines open a turn
    where what stands between brackets could be a sound (« (rires) »).
    """
    spoken = [index for index, (_, line) in enumerate(lines) if line.strip()]
    if sum(lines[index][1].lstrip()[0] in _SIGNS for index in spoken) < 2:
        return {}
    for style in _STYLES:
        found = {}
        for index in spoken:
            line = lines[index][1]
            if (match := style.match(line[:_HEAD])) and _may_speak(match[1]):
                found[index] = Opening(match[1].strip(), None, None, line[match.end() :])
        share = 3 if style in _STYLES[-3:] else 1
        if _is_the_way(found, len(spoken), share):
            return found
    return _numbered(lines, spoken)


def _may_speak(label: str) -> bool:
    return may_be_label(label) and not _SOUNDS.fullmatch(folded_label(label))


def _is_the_way(found: dict[int, Opening], spoken: int, share: int) -> bool:
    """Return whether labels come back, over enough lines (``share`` fifths of them)."""
    labels = Counter(folded_label(opening.speaker) for opening in found.values())
    return bool(labels) and max(labels.values()) > 1 and len(found) * 5 >= spoken * share


def _numbered(lines: Lines, spoken: list[int]) -> dict[int, Opening]:
    found, numbers = {}, []
    for index in spoken:
        line = lines[index][1]
        if (match := _NUMBERED.match(line[:_HEAD])) and _may_speak(match[2]):
            numbers.append(int(match[1]))
            found[index] = Opening(match[2].strip(), None, None, line[match.end() :])
    grows = all(one < other for one, other in pairwise(numbers))
    return found if grows and _is_the_way(found, len(spoken), 1) else {}


def in_blocks(lines: Lines) -> dict[int, Opening]:
    """Return the labels alone on a line with the time alone on the next one, or before."""
    spoken = [index for index, (_, line) in enumerate(lines) if line.strip()]
    for label_first in (True, False):
        found: dict[int, Opening] = {}
        for one, other in pairwise(spoken):
            here, there = (one, other) if label_first else (other, one)
            times = only_times(lines[there][1])
            label = lines[here][1].strip().removesuffix(":").rstrip()
            if times and may_be_label(label) and (looks_like_name(label) or is_team(label)):
                skipped = other - one
                found[one] = Opening(label, *times, "", settled=True, skipped=skipped)
        if len(found) > 1 and _is_the_way(found, len(spoken), 1):
            return found
    return {}


def messages(lines: Lines) -> dict[int, Opening]:
    """Return the openings of a chat: Zoom's, or messages with their day and hour.

    Hours count from the first message; a message of another day has no time, unless its date is
    written year first. A line without a name (« … a rejoint le groupe ») is nobody's.
    """
    for way in (_dated, _of_a_meeting):
        found = way(lines)
        named = {index: one for index, one in found.items() if one.speaker}
        if len(named) > 1 and len(named) * 5 >= sum(bool(line.strip()) for _, line in lines):
            return found
    return {}


def _of_a_meeting(lines: Lines) -> dict[int, Opening]:
    found = {}
    for index, (_, line) in enumerate(lines):
        if ":" in line and (match := _CHAT.match(line[:_HEAD])):
            words = line[match.end() :]
            found[index] = Opening(match[2].strip(), seconds_of(match[1]), None, words, True)
    return found


def _dated(lines: Lines) -> dict[int, Opening]:
    found: dict[int, Opening] = {}
    first: tuple[str, float] | None = None
    for index, (_, line) in enumerate(lines):
        match = _MESSAGE.match(line[:_HEAD]) if ":" in line else None
        if match is None:
            continue
        day, hour, half = match[1] or match[4], match[2] or match[5], match[3] or match[6]
        seconds = _of_day(hour, half)
        first = first or (day, seconds)
        label, words = (match[7] or "").strip(), line[match.end() :]
        found[index] = Opening(label, _since(first, day, seconds), None, words, True)
    return found


def _of_day(hour: str, half: str | None) -> float:
    seconds = seconds_of(hour if hour.count(":") == 2 else f"{hour}:00")
    if half:
        seconds = seconds % 43200 + (43200 if half in "Pp" else 0)
    return seconds


def _since(first: tuple[str, float], day: str, seconds: float) -> float | None:
    """Return the seconds from the first message; ``None`` where the dates do not tell."""
    if day == first[0]:
        passed = seconds - first[1]
    elif "-" in day and "-" in first[0]:
        try:
            days = (date.fromisoformat(day) - date.fromisoformat(first[0])).days
        except ValueError:
            return None
        passed = days * 86400 + seconds - first[1]
    else:
        return None
    return passed if passed >= 0 else None


def heads_of_time(lines: Lines, openings: dict[int, Opening]) -> tuple[Lines, dict[int, Opening]]:
    """Give an opening the time that stands alone on the line before it, and take that line off.

    ``00:00:01 - 00:00:04`` over ``Nom : …``, or the times that Google Meet writes every five
    minutes. An opening that says its own time keeps it.
    """
    if not any(":" in line and only_times(line) for _, line in lines):
        return lines, openings
    left, timed = list(lines), dict(openings)
    last: int | None = None
    for index, (_, line) in enumerate(lines):
        opening = timed.get(index)
        if opening is not None and last is not None and opening.start is None:
            start, end = only_times(lines[last][1]) or (None, None)
            timed[index] = replace(opening, start=start, end=end, settled=True)
            left[last] = (lines[last][0], "")
        if line.strip():
            last = index if opening is None and only_times(line) else None
    return left, timed
