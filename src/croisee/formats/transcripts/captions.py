"""Captions of other makes: YouTube's SBV, Sub Station Alpha, timed text (TTML), song lines."""

from __future__ import annotations

import re

from lxml import etree

from croisee.formats.transcripts.hostile_xml import line_of, local_name
from croisee.formats.transcripts.subtitles import turns_of_cues
from croisee.text import ParsedTurn, Transcript, find_marks, stored_label, stored_text

_SBV = re.compile(r"(\d{1,2}):(\d\d):(\d\d\.\d{3}),(\d{1,2}):(\d\d):(\d\d\.\d{3})\s*")
_ASS_TIME = re.compile(r"\s*(\d{1,2}):(\d\d):(\d\d(?:\.\d{1,3})?)\s*")
_OVERRIDE = re.compile(r"\{[^{}]{0,400}\}")
_CLOCK = re.compile(r"(?:(\d{1,4}):)?(\d{1,2}):(\d{1,2}(?:\.\d{1,6})?)(?::(\d{1,3}))?")
_OFFSET = re.compile(r"(\d{1,9}(?:\.\d{1,6})?)(h|ms|m|s)")
_UNITS = {"h": 3600.0, "m": 60.0, "s": 1.0, "ms": 0.001}
_FRAMES = 25.0
"""Frames a second where a file does not say."""


def looks_like_sbv(text: str) -> bool:
    """Return whether a text begins with the two times of an SBV caption."""
    return bool(_SBV.match(text.lstrip()))


def read_sbv(text: str, known: tuple[str, ...]) -> Transcript:
    """Return one turn a caption; labels and changes of speaker as in subtitles."""
    cues: list[ParsedTurn] = []
    place: tuple[float, float, int] | None = None
    words: list[str] = []

    def close() -> None:
        if place and (said := stored_text("\n".join(words))):
            cues.append(ParsedTurn("", said, place[0], place[1], place[2]))
        words.clear()

    for number, line in enumerate(text.split("\n"), 1):
        if match := _SBV.fullmatch(line.strip()):
            close()
            place = (_of(match[1], match[2], match[3]), _of(match[4], match[5], match[6]), number)
        else:
            words.append(line)
    close()
    return _captions(cues, known, "sbv")


def looks_like_ass(text: str) -> bool:
    """Return whether a text begins as Sub Station Alpha's do."""
    return text.lstrip().startswith("[Script Info]")


def read_ass(text: str, known: tuple[str, ...]) -> Transcript:
    """Return one turn a ``Dialogue`` line; its name field is the speaker. Comments are no turns."""
    columns = ["layer", "start", "end", "style", "name", "marginl", "marginr", "marginv", "effect"]
    cues = []
    events = False
    for number, line in enumerate(text.split("\n"), 1):
        kind, _, rest = line.strip().partition(":")
        if line.startswith("["):
            events = line.strip().lower() == "[events]"
        elif events and kind == "Format":
            columns = [name.strip().lower() for name in rest.split(",")][:-1]
        elif events and kind == "Dialogue":
            *cells, words = rest.split(",", len(columns))
            row = dict(zip(columns, cells, strict=False))
            said = _OVERRIDE.sub("", words).replace("\\N", "\n").replace("\\n", "\n")
            text_said = stored_text(said.replace("\\h", " "))
            times = [_ASS_TIME.fullmatch(row.get(side, "")) for side in ("start", "end")]
            start, end = (_of(*one.groups()) if one else None for one in times)
            if text_said:
                label = stored_label(row.get("name") or row.get("actor") or "")
                cues.append(ParsedTurn(label, text_said, start, end, number))
    return _captions(cues, known, "ass")


def read_ttml(root: etree._Element, known: tuple[str, ...]) -> Transcript:
    """Return one turn a paragraph; ``ttm:agent`` names its speaker. Frames count as 25 a second."""
    agents = {
        one.get("{http://www.w3.org/XML/1998/namespace}id"): " ".join(
            "".join(map(str, one.itertext())).split()
        )
        for one in root.iter("{*}agent")
    }
    cues = []
    for paragraph in root.iter("{*}p"):
        for line in list(paragraph.iter("{*}br")):
            line.tail = "\n" + (line.tail or "")
        said = stored_text("".join(map(str, paragraph.itertext())))
        who = next((v for k, v in paragraph.attrib.items() if str(k).endswith("}agent")), "")
        start, end = _moment(paragraph.get("begin")), _moment(paragraph.get("end"))
        if end is None and start is not None and (length := _moment(paragraph.get("dur"))):
            end = start + length
        if said:
            label = stored_label(agents.get(str(who)) or str(who))
            cues.append(ParsedTurn(label, said, start, end, line_of(paragraph)))
    return _captions(cues, known, "ttml")


def is_ttml(root: etree._Element) -> bool:
    """Return whether a document is timed text, as broadcasters and Zoom's partners write it."""
    return local_name(root) == "tt"


def _moment(value: str | None) -> float | None:
    text = (value or "").strip()
    if match := _CLOCK.fullmatch(text):
        seconds = _of(match[1] or "0", match[2], match[3])
        return round(seconds + int(match[4] or 0) / _FRAMES, 3)
    if match := _OFFSET.fullmatch(text):
        return round(float(match[1]) * _UNITS[match[2]], 3)
    return None


def _of(hours: str, minutes: str, seconds: str) -> float:
    return round(int(hours) * 3600 + int(minutes) * 60 + float(seconds), 3)


def _captions(cues: list[ParsedTurn], known: tuple[str, ...], name: str) -> Transcript:
    named = any(turn.speaker for turn in cues)
    turns = turns_of_cues([(turn, named) for turn in cues], known)
    marked = (
        ParsedTurn(one.speaker, one.text, one.start, one.end, one.line, find_marks(one.text))
        for one in turns
    )
    return Transcript(tuple(marked), name)
