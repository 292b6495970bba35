"""The lines of a transcript written as a text, in a layout that its reader gives back whole."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from croisee.formats.transcripts.subtitles import looks_like_subtitles
from croisee.text import ParsedTurn
from croisee.text.labels import NO_LABEL, NO_TIME
from croisee.text.layouts import is_heading

Paragraphs = list[list[str]]
"""The lines of each turn."""


def paragraphs_of(
    turns: Sequence[ParsedTurn], read: Callable[[str], Sequence[ParsedTurn]]
) -> tuple[Paragraphs, bool]:
    """Return each turn's lines, and whether the first one is a heading with a time.

    ``Label : words`` and bare paragraphs are for turns without times, where ``read`` finds the
    same turns in them; else each turn has a heading, ``[Label] (0:01 - 0:11)``.
    """
    for layout in (_introduced, _bare):
        written = layout(turns)
        if written and _same(turns, read(text_of_paragraphs(written))):
            return written, False
    return [_headed(turn) for turn in turns], True


def text_of_paragraphs(paragraphs: Paragraphs) -> str:
    """Return the lines as one text, an empty line between turns."""
    return "\n".join("\n".join([*lines, ""]) for lines in paragraphs)


def _same(turns: Sequence[ParsedTurn], others: Sequence[ParsedTurn]) -> bool:
    return [_said(turn) for turn in turns] == [_said(turn) for turn in others]


def _said(turn: ParsedTurn) -> tuple[object, ...]:
    return (turn.speaker, turn.text, turn.start, turn.end, turn.marks)


def _introduced(turns: Sequence[ParsedTurn]) -> Paragraphs:
    if any(not turn.speaker or turn.start is not None for turn in turns):
        return []
    return [f"{turn.speaker} : {turn.text}".split("\n") for turn in turns]


def _bare(turns: Sequence[ParsedTurn]) -> Paragraphs:
    if any(turn.speaker or turn.start is not None or "\n" in turn.text for turn in turns):
        return []
    return [[turn.text] for turn in turns]


def _headed(turn: ParsedTurn) -> list[str]:
    """Return a heading and its words; a line that would read as another's start joins the last."""
    lines = [f"[{turn.speaker or NO_LABEL}] ({_span(turn)})"]
    for line in turn.text.split("\n"):
        if is_heading(line) or ("-->" in line and looks_like_subtitles(line)):
            lines[-1] += f" {line}"
        else:
            lines.append(line)
    return lines


def _span(turn: ParsedTurn) -> str:
    first = clock(turn.start)
    return first if turn.end is None else f"{first} - {clock(turn.end)}"


def clock(seconds: float | None) -> str:
    """Return a time as people read it, ``1:02:03`` or ``0:00:01.250``; ``--:--`` for none."""
    if seconds is None:
        return NO_TIME
    whole = round(seconds * 1000)
    minutes, rest = divmod(whole, 60_000)
    thousandths = f".{rest % 1000:03}" if rest % 1000 else ""
    return f"{minutes // 60}:{minutes % 60:02}:{rest // 1000:02}{thousandths}"
