"""Plain texts and WebVTT subtitles."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from croisee.formats.bounds import decode, read_bytes
from croisee.formats.refused import FormatRefused
from croisee.language import phrase

_STAMP = r"(?:(\d{1,4}):)?(\d{1,2}):(\d{2})[.,](\d{1,3})"
_TIMING = re.compile(rf"\s*{_STAMP}\s*-->\s*{_STAMP}", re.ASCII)
_VOICE = re.compile(r"<v(?:\.[^\s<>]*)?[ \t]+([^<>]*)>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z0-9][^<>]*>")


@dataclass(frozen=True, slots=True)
class Cue:
    """One subtitle: seconds from the start, the voice it names (or ``""``), and its text."""

    start: float
    end: float
    voice: str
    text: str


def read_text(path: Path) -> str:
    r"""Return a text file in NFC, with ``\n`` line ends. Raises :class:`FormatRefused`."""
    return decode(read_bytes(path)).replace("\r\n", "\n").replace("\r", "\n")


def read_vtt(path: Path) -> tuple[Cue, ...]:
    """Return the cues of a WebVTT file, in file order; several voices in a cue give several.

    Notes, styles and regions are skipped. Raises :class:`FormatRefused`.
    """
    text = read_text(path)
    if not text.lstrip().startswith("WEBVTT"):
        raise FormatRefused(
            phrase("La première ligne n’est pas « WEBVTT »."),
            phrase("Exportez les sous-titres au format WebVTT, ou donnez un fichier .txt."),
            1,
        )
    return tuple(cue for block in re.split(r"\n[ \t]*\n", text) for cue in _cues(block))


def _cues(block: str) -> Iterator[Cue]:
    lines = block.split("\n")
    for index, line in enumerate(lines):
        timing = _TIMING.match(line)
        if timing:
            numbers = timing.groups()
            start, end = _seconds(numbers[:4]), _seconds(numbers[4:])
            yield from _voices("\n".join(lines[index + 1 :]), start, end)
            return


def _seconds(parts: tuple[str | None, ...]) -> float:
    hours, minutes, seconds, fraction = (part or "0" for part in parts)
    return int(hours) * 3600 + int(minutes) * 60 + int(seconds) + float(f"0.{fraction}")


def _voices(text: str, start: float, end: float) -> Iterator[Cue]:
    pieces = _VOICE.split(text)
    voices = [("", pieces[0]), *zip(pieces[1::2], pieces[2::2], strict=True)]
    for voice, words in voices:
        plain = html.unescape(_TAG.sub("", words)).strip()
        if plain:
            yield Cue(start, end, html.unescape(voice).strip(), plain)
