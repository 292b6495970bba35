"""Tables of a document that hold turns: which column says who, when and what."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from croisee.formats.transcripts.transcriber import seconds_in
from croisee.language import phrase, phrases
from croisee.text import Notice, ParsedTurn, find_marks, folded_label, stored_label, stored_text
from croisee.text.labels import NO_TIME, may_be_label
from croisee.text.marks import TIME, seconds_of

_SPAN = re.compile(rf"[\[(]?\s*({TIME}|{NO_TIME})(?:\s*[-–—>]+\s*({TIME}|{NO_TIME}))?\s*[\])]?")
_TITLES = {
    "speaker": "locuteur|locutrice|intervenant|intervenante|personne|qui|etiquette|nom|"
    "speaker|name|who|label",
    "text": "texte|verbatim|paroles|parole|propos|transcription|contenu|text|words|content|"
    "transcript",
    "start": "debut|temps|heure|minutage|horodatage|timecode|time code|start|time|timestamp"
    "|start time|start_time|begin|in|timespan|intervalle|duree",
    "end": "fin|end|end time|end_time|out",
    "": "n°|no|#|tour|turn|ligne|line|numero|number",
}
_BY_TITLE = {word: kind for kind, words in _TITLES.items() for word in words.split("|")}

Columns = tuple[str, ...]
"""For each column: ``speaker``, ``text``, ``start``, ``end``, or ``""`` (not read)."""


@dataclass(frozen=True, slots=True)
class TableCut:
    """The turns of one table, its columns, what to know of it."""

    turns: tuple[ParsedTurn, ...]
    columns: Columns
    notices: tuple[Notice, ...]


def turns_of_table(
    rows: Sequence[tuple[str, ...]], line: int, before: Columns | None = None
) -> TableCut | None:
    """Return the turns of a table, or ``None`` where its columns are not those of a transcript.

    The columns are told by their titles; without titles, by those of the table ``before``, or
    by what they hold: times, labels that come back, words. ``line`` is the first row's.
    """
    if not rows:
        return None
    columns, titled = _titled(rows[0]), True
    if columns is None:
        titled = False
        same = before is not None and len(before) == len(rows[0])
        columns = before if same else _guessed(rows)
    if columns is None:
        return None
    turns, odd = [], []
    for number, row in enumerate(rows[titled:], line + titled):
        if len(row) != len(columns):
            odd.append(number)
        if turn := turn_of_row(row, columns, number):
            turns.append(turn)
    notices: tuple[Notice, ...] = ()
    if odd:
        said = phrases(
            "{n} ligne du tableau n’a pas toutes ses cases : elle est lue sans locuteur.",
            "{n} lignes du tableau n’ont pas toutes leurs cases : elles sont lues sans locuteur.",
            len(odd),
        )
        notices = (Notice(said, phrase("Relisez cet endroit."), odd[0]),)
    return TableCut(tuple(turns), columns, notices)


def _titled(row: tuple[str, ...]) -> Columns | None:
    kinds = [_BY_TITLE.get(folded_label(cell)) for cell in row]
    if any(kind is None for kind in kinds) or kinds.count("text") != 1:
        return None
    twice = any(kinds.count(kind) > 1 for kind in ("speaker", "start", "end"))
    return None if twice or len(row) < 2 else tuple(kind or "" for kind in kinds)


def _guessed(rows: Sequence[tuple[str, ...]]) -> Columns | None:
    """Tell two or three columns without titles: times, labels that come back, words."""
    widths = {len(row) for row in rows}
    if widths not in ({2}, {3}):
        return None
    cells = [[row[place].strip() for row in rows] for place in range(widths.pop())]
    timed = [bool(any(column)) and all(_SPAN.fullmatch(c) for c in column if c) for column in cells]
    rest = [place for place, is_time in enumerate(timed) if not is_time]
    if len(rest) != 2 or len(rows) < 2:
        return None
    labels = rest[0]
    named = [cell for cell in cells[labels] if cell]
    many = Counter(folded_label(cell) for cell in named)
    if not named or max(many.values()) < 2 or not all(may_be_label(cell) for cell in named):
        return None
    return tuple(
        "start" if timed[place] else "speaker" if place == labels else "text"
        for place in range(len(cells))
    )


def columns_of(header: Sequence[str]) -> Columns | None:
    """Return what each column holds, by its title; ``None`` without words, or without who or when.

    Titles that say nothing to us are ``""``.
    """
    kinds = [_BY_TITLE.get(folded_label(cell), "") for cell in header]
    once = all(kinds.count(kind) <= 1 for kind in ("speaker", "text", "start", "end"))
    told = "text" in kinds and ("speaker" in kinds or "start" in kinds)
    return tuple(kinds) if once and told else None


def turn_of_row(
    row: tuple[str, ...], columns: Columns, line: int, unit: int = 1
) -> ParsedTurn | None:
    """Return the turn of a row, or ``None`` where it says nothing.

    A cell of time is ``1:02``, ``00:00:01 - 00:00:04`` or a number (``unit`` a second).
    """
    if len(row) != len(columns):
        text = stored_text("\n".join(row))
        return ParsedTurn("", text, None, None, line, find_marks(text)) if text else None
    cells = {kind: cell for kind, cell in zip(columns, row, strict=True) if kind}
    text = stored_text(cells["text"])
    if not text:
        return None
    start, end = _times(cells.get("start", ""), unit)
    if "end" in cells:
        end = _times(cells["end"], unit)[0]
    speaker = stored_label(cells.get("speaker", ""))
    return ParsedTurn(speaker, text, start, end, line, find_marks(text))


def _times(cell: str, unit: int) -> tuple[float | None, float | None]:
    match = _SPAN.fullmatch(cell.strip())
    if match is None:
        seconds = seconds_in(cell.strip().replace(",", "."))
        return None if seconds is None else round(seconds / unit, 3), None
    first, last = (None if one in {None, NO_TIME} else seconds_of(one) for one in match.groups())
    return first, last
