"""JSON of hosted recognisers: utterances with a speaker, or words that say who and when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from croisee.formats.transcripts.transcriber import seconds_in
from croisee.text import ParsedTurn, find_marks, stored_label, stored_text

_PAUSE = 2.0
"""Seconds of silence that part two turns where nobody is told apart."""


@dataclass(frozen=True, slots=True)
class _Word:
    speaker: str
    start: float | None
    end: float | None
    text: str
    glued: bool
    """A sign of punctuation: no space before it."""


def turns_of_recogniser(kept: dict[str, Any]) -> tuple[ParsedTurn, ...] | None:
    """Return the turns that AssemblyAI, Deepgram, Rev AI, AWS or Speechmatics wrote, or ``None``.

    An utterance is a turn; words are put together as long as one person speaks. The words are
    those the file shows, its punctuation with them. Alternatives after the first are not read.
    """
    results = kept.get("results")
    if isinstance(kept.get("utterances"), list):
        turns = _utterances(kept["utterances"], "text", thousandths=True)
    elif isinstance(kept.get("monologues"), list):
        turns = _together(_of_rev(kept["monologues"]))
    elif isinstance(results, dict) and isinstance(results.get("utterances"), list):
        turns = _utterances(results["utterances"], "transcript", thousandths=False)
    elif isinstance(results, dict) and isinstance(results.get("channels"), list):
        turns = _together(_of_deepgram(results["channels"]))
    elif isinstance(results, dict) and isinstance(results.get("items"), list):
        turns = _together(_of_aws(results))
    elif isinstance(results, list):
        turns = _together(_of_speechmatics(results))
    else:
        return None
    found = tuple(turns)
    return found or None


def _utterances(rows: list[Any], name: str, *, thousandths: bool) -> Iterator[ParsedTurn]:
    for number, row in enumerate(_dicts(rows), 1):
        words = row.get(name)
        if not isinstance(words, str) or not (text := stored_text(words)):
            continue
        times = (_time(row.get(key)) for key in ("start", "end"))
        start, end = (one / 1000 if thousandths and one is not None else one for one in times)
        yield ParsedTurn(_speaker(row.get("speaker")), text, start, end, number, find_marks(text))


def _of_rev(monologues: list[Any]) -> Iterator[_Word]:
    for one in _dicts(monologues):
        speaker = _speaker(one.get("speaker"))
        for piece in _dicts(one.get("elements")):
            value = piece.get("value")
            if isinstance(value, str) and value.strip():
                yield _Word(
                    speaker,
                    _time(piece.get("ts")),
                    _time(piece.get("end_ts")),
                    value.strip(),
                    piece.get("type") == "punct",
                )


def _of_deepgram(channels: list[Any]) -> Iterator[_Word]:
    for place, channel in enumerate(_dicts(channels)):
        best = next(_dicts(channel.get("alternatives")), {})
        for word in _dicts(best.get("words")):
            text = word.get("punctuated_word") or word.get("word")
            who = word.get("speaker", place if len(channels) > 1 else None)
            if isinstance(text, str) and text:
                yield _Word(
                    _speaker(who), _time(word.get("start")), _time(word.get("end")), text, False
                )


def _of_aws(results: dict[str, Any]) -> Iterator[_Word]:
    labels = results.get("speaker_labels")
    segments = labels.get("segments") if isinstance(labels, dict) else None
    by_start = {
        str(item.get("start_time")): item.get("speaker_label")
        for segment in _dicts(segments)
        for item in _dicts(segment.get("items"))
    }
    who = ""
    for item in _dicts(results["items"]):
        best = next(_dicts(item.get("alternatives")), {})
        text, glued = best.get("content"), item.get("type") == "punctuation"
        if not isinstance(text, str) or not text:
            continue
        if not glued:
            who = _speaker(item.get("speaker_label") or by_start.get(str(item.get("start_time"))))
        yield _Word(who, _time(item.get("start_time")), _time(item.get("end_time")), text, glued)


def _of_speechmatics(results: list[Any]) -> Iterator[_Word]:
    for item in _dicts(results):
        best = next(_dicts(item.get("alternatives")), {})
        text = best.get("content")
        if isinstance(text, str) and text:
            yield _Word(
                _speaker(best.get("speaker")),
                _time(item.get("start_time")),
                _time(item.get("end_time")),
                text,
                item.get("type") == "punctuation" and item.get("attaches_to") != "next",
            )


def _together(words: Iterable[_Word]) -> Iterator[ParsedTurn]:
    """Put together the words of one person that follow each other; nobody's, between silences."""
    number = 0
    for (speaker, _), group in groupby(_parted(words), key=lambda one: (one[0].speaker, one[1])):
        run = [word for word, _ in group]
        text = stored_text("".join(w.text if w.glued else f" {w.text}" for w in run))
        if text:
            number += 1
            starts = [w.start for w in run if w.start is not None]
            ends = [w.end for w in run if w.end is not None]
            start, end = (starts[0] if starts else None), (ends[-1] if ends else None)
            yield ParsedTurn(speaker, text, start, end, number, find_marks(text))


def _parted(words: Iterable[_Word]) -> Iterator[tuple[_Word, int]]:
    part, last = 0, None
    for word in words:
        silent = None not in (last, word.start) and (word.start or 0.0) - (last or 0.0) > _PAUSE
        part += silent and not word.speaker
        last = word.end if word.end is not None else last
        yield word, part


def _dicts(value: Any) -> Iterator[dict[str, Any]]:
    return (one for one in value if isinstance(one, dict)) if isinstance(value, list) else iter(())


def _time(value: object) -> float | None:
    return None if isinstance(value, bool) else seconds_in(str(value))


def _speaker(value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return ""
    if value == "UU":  # Speechmatics: nobody known
        return ""
    return stored_label(f"Speaker {value}" if isinstance(value, int) else str(value))
