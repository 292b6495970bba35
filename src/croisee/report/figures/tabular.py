"""The same released values as a table to read, a sentence to hear and a CSV to reuse."""

from __future__ import annotations

from itertools import compress

from croisee.disclosure.released import (
    Amount,
    Cell,
    Fact,
    Head,
    Kind,
    Percent,
    Rank,
    Value,
    Word,
)
from croisee.disclosure.values import Chiffre
from croisee.language import Language, Phrase, phrase
from croisee.report import words
from croisee.report.figures.sight import Sight
from croisee.report.figures.timeline import read_date
from croisee.report.tree import DataTable
from croisee.text import inclusive_forms, rewritten

NOTHING = "—"
_MOST_SPOKEN = 40
"""Longest figure, in values, whose text alternative says every value."""


def data_table(sight: Sight, caption: str) -> DataTable:
    """Return every released value of a table, in words, one string a cell; no empty column."""
    table = sight.table
    first = row_name(table.kind, alone=len(sight.study.cases) == 1).to(sight.language)
    said_of = [c for c in range(len(table.columns)) if any(line[c] for line in table.cells)]
    columns = [table.columns[c].label.to(sight.language) for c in said_of]
    rows = []
    for place, head in enumerate(table.rows):
        said = [cell_text(sight, place, column) for column in said_of]
        if table.kind is Kind.CONTEXT:
            said.append(_outside_source(table.cells[place][0], sight.language))
        rows.append((head.label.to(sight.language), *said))
    if table.kind is Kind.CONTEXT:
        columns.append(phrase("Source").to(sight.language))
    groups = tuple(head.group.to(sight.language) for head in table.rows)
    return DataTable(caption, (first, *columns), tuple(rows), groups if any(groups) else ())


def cell_text(sight: Sight, row: int, column: int) -> str:
    """Return what one cell says, complete by itself: « 31 sur 46 (67 %) »."""
    table, language = sight.table, sight.language
    value = sight.value(row, column)
    if value is None:
        return NOTHING
    if isinstance(value, Fact):
        return _fact_text(sight, value, table.columns[column]) or NOTHING
    said = words.full(value, language)
    return words.between(said, sight.interval(row, column), language)


def _fact_text(sight: Sight, value: Fact, column: Head) -> str:
    kind, language = sight.table.kind, sight.language
    if kind is Kind.TIMELINE:
        if column.key == "date":
            return read_date(value.text.fr, sight)[1]
        return words.state(value.state).to(language)
    if kind is Kind.CONTEXT:
        return words.outside(value, language)
    if kind is Kind.ARGUMENTS:
        number, named = words.fact_number(value, language), value.text.to(language)
        return f"{number} ({named})" if named else number
    said = words.fact(value, language)
    if kind is Kind.ACTIVITIES and value.number is not None and value.state:
        return f"{said} ({words.state(value.state).to(language).lower()})"
    return said


def _outside_source(cell: Cell | None, language: Language) -> str:
    value = None if cell is None else cell.value
    return value.text.to(language) if isinstance(value, Fact) else NOTHING


_OF_CASES = {Kind.CASES, Kind.PARTICIPATION, Kind.OBJECTIVES}


def row_name(kind: Kind, *, alone: bool = False) -> Phrase:
    """Return what a row of a table is, the head of its first column.

    ``alone``: the study has one case, which is then no network among others.
    """
    if kind in _OF_CASES:
        return phrase("Terrain") if alone else phrase("Réseau")
    return {
        Kind.RANKING: phrase("Objet"),
        Kind.BUDGET: phrase("Objectif"),
        Kind.POSITIONS: phrase("Position"),
        Kind.ARGUMENTS: phrase("Position"),
        Kind.CODE_CASE: phrase("Thème"),
        Kind.CROSS_CASE: phrase("Thème"),
        Kind.LANDSCAPE: phrase("Outil"),
        Kind.MEETINGS: phrase("Rencontre"),
        Kind.LICENCES: phrase("Outil"),
        Kind.TIMELINE: phrase("Étape"),
        Kind.CONTEXT: phrase("Énoncé"),
        Kind.ACTIVITIES: phrase("Méthode"),
        Kind.CROSS: phrase("Groupe"),
    }.get(kind, phrase("Réponse"))


def alternative(sight: Sight, table: DataTable) -> str:
    """Return what a person who cannot see the drawing hears: its values, row by row.

    A figure of more than a screenful of values is described by its size and sends to its
    table. A short inclusive form is heard in full words, or as the case’s full name.
    """
    spoken = len(table.rows) * (len(table.columns) - 1)
    if spoken > _MOST_SPOKEN:
        return phrase(
            "Figure de {rows} lignes et {columns} colonnes. "
            "Toutes les valeurs sont dans le tableau qui suit.",
            rows=len(table.rows),
            columns=len(table.columns) - 1,
        ).to(sight.language)
    said_of = [any(line[c] for line in sight.table.cells) for c in range(len(sight.table.columns))]
    names = [_spoken_name(sight, h) for h in compress(sight.table.columns, said_of)]
    names += list(table.columns[len(names) + 1 :])
    sentences = []
    for head, row in zip(sight.table.rows, table.rows, strict=True):
        values = [
            value.rstrip(".") if len(names) == 1 else f"{name}, {value.rstrip('.')}"
            for name, value in zip(names, row[1:], strict=True)
            if value != NOTHING
        ]
        label = _spoken_name(sight, head)
        said = " ; ".join(values) if values else NOTHING
        sentences.append(words.labelled(label, said, sight.language) + ".")
    return " ".join(sentences)


def _spoken_name(sight: Sight, head: Head) -> str:
    short = head.label.to(sight.language)
    for case in sight.study.cases:
        if case.code == head.key and inclusive_forms(short):
            return rewritten(case.name.to(sight.language), "doublets")
    return rewritten(short, "doublets")


CsvRow = tuple[str, ...]


def csv_header(language: Language) -> CsvRow:
    """Return the columns of ``figures/F-*.csv``."""
    names = (
        phrase("figure"),
        phrase("groupe"),
        phrase("ligne"),
        phrase("colonne"),
        phrase("valeur"),
        phrase("minimum"),
        phrase("maximum"),
        phrase("base"),
    )
    return tuple(name.to(language) for name in names)


def csv_rows(sight: Sight, full_code: str) -> tuple[CsvRow, ...]:
    """Return one line a released value: what is printed, and what may be concluded."""
    table, language = sight.table, sight.language
    return tuple(
        (
            full_code,
            row.group.to(language),
            row.label.to(language),
            column.label.to(language),
            cell_text(sight, r, c),
            *_bounds(sight.value(r, c)),
        )
        for r, row in enumerate(table.rows)
        for c, column in enumerate(table.columns)
        if table.cells[r][c] is not None
    )


def _bounds(value: Value | None) -> tuple[str, str, str]:
    """Return the least, the greatest and the base of a value, where it has them."""
    if isinstance(value, Chiffre):
        return str(value.lo), str(value.hi), "" if value.n is None else str(value.n)
    if isinstance(value, Percent):
        low = value.points if value.low is None else value.low
        high = value.points if value.high is None else value.high
        return str(low), str(high), "100"
    if isinstance(value, Amount):
        return str(value.value), str(value.value), ""
    if isinstance(value, Rank):
        return str(value.place), str(value.place), ""
    if isinstance(value, Word) or value is None or value.number is None:
        return "", "", ""
    return str(value.number), str(value.number), "" if value.of is None else str(value.of)
