"""Turns in the columns of a CSV, or of a text separated by tabs."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from croisee.formats.transcripts.tables import Columns, columns_of, turn_of_row
from croisee.language import phrase, phrases
from croisee.text import Notice, ParsedTurn, Transcript

_LONGEST_HEADER = 2000
_DELIMITERS = "\t;,|"
_MOST_NAMED = 10
_WHISPER = ("start", "end", "text")
"""Columns of the TSV that Whisper writes, whose times are thousandths in whole numbers."""


def read_delimited(text: str) -> Transcript | None:
    """Return the turns of a text in columns; ``None`` where its first line names none.

    The first line must name a column of words, and one of speakers or of times, in French or in
    English. Other columns are not read, and said. A number is a time in seconds.
    """
    text = text.lstrip("\n")
    head, _, _ = text.partition("\n")
    if len(head) > _LONGEST_HEADER:
        return None
    for delimiter in _DELIMITERS:
        header = next(csv.reader([head], delimiter=delimiter), [])
        columns = columns_of(header)
        if columns is not None:
            rows = _rows(text, delimiter)
            return None if rows is None else _transcript(header, columns, rows)
    return None


def _rows(text: str, delimiter: str) -> list[tuple[int, list[str]]] | None:
    """Return the rows after the first, each with its line; ``None``: quotes never closed."""
    limit = csv.field_size_limit(max(len(text), 1))
    found = []
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        next(reader)
        line = reader.line_num + 1
        for row in reader:
            if any(cell.strip() for cell in row):
                found.append((line, row))
            line = reader.line_num + 1
    except csv.Error:
        return None
    finally:
        csv.field_size_limit(limit)
    return found


def _transcript(
    header: Sequence[str], columns: Columns, rows: list[tuple[int, list[str]]]
) -> Transcript:
    thousandths = tuple(one.strip().lower() for one in header) == _WHISPER and all(
        cell.isdecimal() for _, row in rows for cell in row[:2]
    )
    turns: list[ParsedTurn] = []
    long: list[int] = []
    for line, row in rows:
        if len(row) > len(columns):
            long.append(line)
        cells = (*row[: len(columns)], *[""] * (len(columns) - len(row)))
        if turn := turn_of_row(cells, columns, line, unit=1000 if thousandths else 1):
            turns.append(turn)
    return Transcript(tuple(turns), "csv", (*_too_long(long), *_unread(header, columns)))


def _too_long(lines: list[int]) -> tuple[Notice, ...]:
    if not lines:
        return ()
    said = phrases(
        "{n} ligne a plus de cases que de colonnes : les dernières ne sont pas lues.",
        "{n} lignes ont plus de cases que de colonnes : les dernières ne sont pas lues.",
        len(lines),
    )
    return (
        Notice(said, phrase("Un texte qui a le séparateur se met entre guillemets."), lines[0]),
    )


def _unread(header: Sequence[str], columns: Columns) -> tuple[Notice, ...]:
    names = [name.strip() for name, kind in zip(header, columns, strict=True) if not kind]
    names = [name for name in names if name]
    if not names:
        return ()
    said = phrases(
        "La colonne {names} n’est pas lue.",
        "{n} colonnes ne sont pas lues : {names}.",
        len(names),
        names=", ".join(f"« {name[:40]} »" for name in names[:_MOST_NAMED]),
    )
    return (Notice(said, phrase("Vérifiez qu’il n’y a là aucune parole."), 1),)
