"""WebVTT and SubRip written: one cue a turn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from croisee.formats.refused import FormatRefused
from croisee.language import phrase
from croisee.text import MarkKind, ParsedTurn

_SHORTEST = 0.001


def vtt_of(turns: Sequence[ParsedTurn]) -> str:
    """Return turns as WebVTT: ``<v Label>`` voices, times inside a turn as ``<00:00:01.000>``.

    Raises :class:`FormatRefused` when no turn has a time.
    """
    cues = ["WEBVTT\n"]
    for number, (turn, start, end) in enumerate(_timed(turns), 1):
        times = f"{_stamp(start)} --> {_stamp(end)}"
        cues.append(f"{number}\n{times}\n<v {_escaped(turn.speaker)}>{_with_times(turn)}\n")
    return "\n".join(cues)


def srt_of(turns: Sequence[ParsedTurn]) -> str:
    """Return turns as SubRip: ``Label: words``.

    Raises :class:`FormatRefused` when no turn has a time.
    """
    cues = []
    for number, (turn, start, end) in enumerate(_timed(turns), 1):
        label = f"{turn.speaker}: " if turn.speaker else ""
        times = f"{_stamp(start)} --> {_stamp(end)}".replace(".", ",")
        cues.append(f"{number}\n{times}\n{label}{turn.text.replace('-->', '→')}\n")
    return "\n".join(cues)


def _timed(turns: Sequence[ParsedTurn]) -> Iterator[tuple[ParsedTurn, float, float]]:
    """Give each turn the two times a subtitle must have; those it lacks come from its place."""
    if not any(turn.start is not None for turn in turns):
        raise FormatRefused(
            phrase("Aucun tour de parole n’a de temps : un sous-titre en demande."),
            phrase("Écrivez ce verbatim en .docx ou en .txt."),
        )
    now = 0.0
    for turn, following in pairwise([*turns, None]):
        if turn is None:
            continue
        start = now if turn.start is None else turn.start
        end = turn.end
        if end is None:
            end = start if following is None or following.start is None else following.start
        now = max(end, start + _SHORTEST)
        yield turn, start, now


def _stamp(seconds: float) -> str:
    whole = round(seconds * 1000)
    minutes, rest = divmod(whole, 60_000)
    return f"{minutes // 60:02}:{minutes % 60:02}:{rest // 1000:02}.{rest % 1000:03}"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _with_times(turn: ParsedTurn) -> str:
    pieces, at = [], 0
    for mark in turn.marks:
        beside = mark.start == mark.end and mark.kind is MarkKind.TIME
        if beside and mark.seconds is not None and mark.start >= at:
            pieces += [_escaped(turn.text[at : mark.start]), f"<{_stamp(mark.seconds)}>"]
            at = mark.start
    return "".join([*pieces, _escaped(turn.text[at:])])
