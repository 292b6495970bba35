"""CHAT (``.cha``), the format of TalkBank: one main line a turn, its times in milliseconds.

MacWhinney, B. (2000). *The CHILDES Project: Tools for Analyzing Talk*, 3rd ed., Part 1: The CHAT
Transcription Format. Headers begin with ``@``, main lines with ``*``, dependent lines with ``%``;
a line that begins with a tab goes on with the one before; times stand between two bytes 0x15.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from croisee.formats.transcripts.decoding import text_of
from croisee.formats.transcripts.transcriber import named_apart
from croisee.language import phrase, phrases
from croisee.text import Notice, ParsedTurn, Transcript, find_marks, stored_text

_BEGINS = re.compile(rb"(?:\xef\xbb\xbf)?@(?:UTF8|Begin|Font|Window|PID|ColorWords)\b")
_SAMPLE = 4096
_BULLET = re.compile(rb"\x15(?:%[a-z]{3}:)?(?:\"[^\"\x15\n]*\"_?)?(\d{1,9})_(\d{1,9})-?\x15")
_UNDERLINED = re.compile(rb"[\x01-\x08\x15]")
_TIMES = re.compile("\ue000(\\d+)_(\\d+)\ue001")
_LINE = re.compile(r"(?m)^([@*%])([^:\t\n]*):?[ \t]*(.*(?:\n\t.*)*)$")
_SPACES = re.compile(r"[ \t]*\n\t[ \t]*| {2,}")


@dataclass(frozen=True, slots=True)
class _Line:
    sign: str
    name: str
    words: str
    number: int


def looks_like_chat(raw: bytes) -> bool:
    """Return whether bytes begin with a header of CHAT and hold a main line near their start."""
    return bool(_BEGINS.match(raw)) and b"@Begin" in raw[:_SAMPLE]


def read_chat(raw: bytes) -> Transcript:
    """Return the main lines of a CHAT file as turns, with the times of their first and last bullet.

    The label is the participant's name where the file gives one, else the code. CHAT's marks
    (``xxx``, ``[/]``, ``&-euh``) stay in the text as typed. Dependent lines and headers are left
    out, and said.

    Raises:
        FormatRefused: bytes that are no text.
    """
    raw = _BULLET.sub(b" \xee\x80\x80\\1_\\2\xee\x80\x81 ", raw)
    text, notices = text_of(_UNDERLINED.sub(b"", raw))
    lines = tuple(_lines(text))
    labels, same = named_apart(_participants(lines))
    turns = tuple(turn for line in lines if line.sign == "*" for turn in _turn(line, labels))
    return Transcript(turns, "chat", (*notices, *same, *_left_out(lines)))


def _lines(text: str) -> Iterator[_Line]:
    counted, number = 0, 1
    for match in _LINE.finditer(text):
        number += text.count("\n", counted, match.start())
        counted = match.start()
        yield _Line(match[1], match[2].strip(), match[3], number)


def _participants(lines: tuple[_Line, ...]) -> Iterator[tuple[str, str]]:
    """Yield each code with its name: « ANN Anne Participant », the name being there or not."""
    for line in lines:
        if line.sign == "@" and line.name == "Participants":
            for one in line.words.split(","):
                words = one.split()
                if words:
                    yield words[0], words[1].replace("_", " ") if len(words) > 2 else ""


def _turn(line: _Line, labels: dict[str, str]) -> Iterator[ParsedTurn]:
    times = [tuple(map(int, one)) for one in _TIMES.findall(line.words)]
    text = stored_text(_SPACES.sub(" ", _TIMES.sub(" ", line.words)).strip())
    if text:
        start, end = (times[0][0] / 1000, times[-1][1] / 1000) if times else (None, None)
        label = labels.get(line.name, line.name)
        yield ParsedTurn(label, text, start, end, line.number, find_marks(text))


def _left_out(lines: tuple[_Line, ...]) -> Iterator[Notice]:
    dependent = [line for line in lines if line.sign == "%"]
    headers = [line for line in lines if line.sign == "@" and line.words.strip()]
    if dependent:
        yield Notice(
            phrases(
                "{n} ligne de codes ou de commentaires (%) n’est pas lue.",
                "{n} lignes de codes ou de commentaires (%) ne sont pas lues.",
                len(dependent),
            ),
            phrase("Vérifiez qu’il n’y a là aucune parole."),
            dependent[0].number,
        )
    if headers:
        yield Notice(
            phrases(
                "{n} en-tête (@) n’est pas gardé.",
                "{n} en-têtes (@) ne sont pas gardés.",
                len(headers),
            ),
            phrase("Gardez le fichier d’origine : il dit quand, où et avec qui."),
            headers[0].number,
        )
