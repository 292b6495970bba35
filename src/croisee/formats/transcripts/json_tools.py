"""JSON of transcribing tools: oTranscribe's text, and the passages that recognisers write."""

from __future__ import annotations

import html
import json
import math
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from croisee.formats.refused import FormatRefused
from croisee.formats.transcripts.json_recognisers import turns_of_recogniser
from croisee.formats.transcripts.plain import read_plain
from croisee.language import phrase, phrases
from croisee.text import Notice, ParsedTurn, Transcript, find_marks, stored_label, stored_text

_BREAK = re.compile(r"</?(?:p|br|div)\b[^<>]{0,200}>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-z][^<>]{0,300}>", re.IGNORECASE)
_TIMESTAMP = re.compile(
    r"""<span[^<>]{0,200}class=["']timestamp["'][^<>]{0,200}>([^<>]{1,20})</span>"""
)
_LISTS = ("segments", "transcription")
"""Where Whisper, WhisperX, faster-whisper and aTrain, then whisper.cpp, keep what was heard."""


def looks_like_json(text: str) -> bool:
    """Return whether a text begins as a JSON object or list does, cut short or not."""
    return bool(re.match(r"\s*(?:\{\s*\"|\[\s*\{\s*\")", text))


def read_json(text: str, known: Iterable[str]) -> Transcript:
    """Return the turns of a recogniser's passages (one each), or of an oTranscribe text.

    Raises:
        FormatRefused: JSON of another kind.
    """
    try:
        kept = json.loads(text)
    except (ValueError, RecursionError) as cause:
        raise _unknown() from cause
    passages = kept if isinstance(kept, list) else None
    if isinstance(kept, dict):
        found = (kept[name] for name in _LISTS if isinstance(kept.get(name), list))
        passages = next(found, None)
        if passages is None and (turns := turns_of_recogniser(kept)):
            return Transcript(turns, "json")
        if passages is None and isinstance(kept.get("text"), str):
            return _otranscribe(kept["text"], known)
    if passages is None or not any(_words(one) for one in passages):
        raise _unknown()
    return _passages(passages)


def _otranscribe(words: str, known: Iterable[str]) -> Transcript:
    stamped = _TIMESTAMP.sub(r"[\1] ", words)
    plain = html.unescape(_TAG.sub("", _BREAK.sub("\n", stamped)))
    return read_plain(plain, known, "otr")


def _passages(passages: list[Any]) -> Transcript:
    turns = tuple(_turns(passages))
    silent = sum(1 for one in passages if not _words(one))
    notices: tuple[Notice, ...] = ()
    if silent:
        said = phrases(
            "{n} passage sans texte n’est pas lu.", "{n} passages sans texte ne sont pas lus.",
            silent,
        )  # fmt: skip
        notices = (Notice(said, phrase("Vérifiez qu’il n’y a là aucune parole.")),)
    return Transcript(turns, "json", notices)


def _turns(passages: list[Any]) -> Iterator[ParsedTurn]:
    for row, passage in enumerate(passages, 1):
        words = _words(passage)
        if words:
            label = passage.get("speaker")
            start, end = _times(passage)
            speaker = stored_label(label) if isinstance(label, str) else ""
            yield ParsedTurn(speaker, words, start, end, row, find_marks(words))


def _words(passage: Any) -> str:
    words = passage.get("text") if isinstance(passage, dict) else None
    return stored_text(words) if isinstance(words, str) else ""


def _times(passage: Mapping[str, Any]) -> tuple[float | None, float | None]:
    offsets = passage.get("offsets")
    if isinstance(offsets, dict):
        return _seconds(offsets.get("from"), 1000), _seconds(offsets.get("to"), 1000)
    return _seconds(passage.get("start")), _seconds(passage.get("end"))


def _seconds(value: object, unit: int = 1) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        seconds = round(value / unit, 3)
    except OverflowError:
        return None
    return seconds if math.isfinite(seconds) and seconds >= 0 else None


def _unknown() -> FormatRefused:
    return FormatRefused(
        phrase("Ce fichier est du JSON, et d’aucun outil de transcription connu."),
        phrase("Exportez le verbatim en .txt, .vtt ou .docx."),
    )
