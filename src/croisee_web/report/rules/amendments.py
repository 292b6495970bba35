"""What a change to a sealed release would do, in values that have passed the gate."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypedDict

from croisee.disclosure import Release, ReleasedTable, mark_problems
from croisee.disclosure.released import Cell, Head, ReleasedFinding
from croisee.disclosure.wording import CannotSay, say
from croisee.language import LANGUAGES, Label

Both = dict[str, str]
"""A text in each language."""
_MOST = 60
"""How many values of one table are told before the decision."""


class Value(TypedDict):
    """One value that would change: where, what is printed, what would be."""

    where: Both
    before: Both
    after: Both


class TableChange(TypedDict):
    """One table that would be added, replaced or removed."""

    key: str
    code: str
    title: Both
    values: list[Value]
    more: int


class Proposal(TypedDict):
    """All that a change would do; ``findings`` and ``quotes`` hold printed codes."""

    tables: list[TableChange]
    findings: list[str]
    silenced: list[str]
    quotes: list[str]


def removal_of(release: Release, names: Iterable[str]) -> Proposal:
    """Return what goes with some keys: tables with their forms by network, findings, quotes.

    ``silenced``: the findings that stay written and are printed no more, as they say a number
    of a table that goes.
    """
    asked = set(names)
    tables = [one for one in release.tables if asked & {one.key, one.key.partition("@")[0]}]
    gone = {table.key for table in tables}
    left = [table for table in release.tables if table.key not in gone]
    findings = [one for one in release.findings if one.code in asked]
    silenced = [
        one.code
        for one in release.findings
        if one.code not in asked and mark_problems(_texts(one), left, release.study)
    ]
    return {
        "tables": [_removed(table) for table in tables],
        "findings": [one.code for one in findings],
        "silenced": silenced,
        "quotes": [one.code for one in release.quotes if one.key in asked],
    }


def _texts(one: ReleasedFinding) -> Iterator[str]:
    for label in (one.title, one.text, one.minority):
        yield from (label.fr, label.en)


def _removed(table: ReleasedTable) -> TableChange:
    return {
        "key": table.key,
        "code": table.code,
        "title": _both(table.title),
        "values": [],
        "more": 0,
    }


def proposal_of(changes: Iterable[tuple[ReleasedTable | None, ReleasedTable]]) -> Proposal:
    """Return what would be printed in the place of what is; ``None``: nothing is, yet."""
    return {
        "tables": [_changed(before, after) for before, after in changes],
        "findings": [],
        "silenced": [],
        "quotes": [],
    }


def _changed(before: ReleasedTable | None, after: ReleasedTable) -> TableChange:
    values = list(_values(before, after))
    return {
        "key": after.key,
        "code": after.code,
        "title": _both(after.title),
        "values": values[:_MOST],
        "more": max(0, len(values) - _MOST),
    }


def _values(before: ReleasedTable | None, after: ReleasedTable) -> Iterator[Value]:
    for row, cells in zip(after.rows, after.cells, strict=True):
        for column, cell in zip(after.columns, cells, strict=True):
            old = _cell(before, row.key, column.key)
            if before is None or _said(old) != _said(cell):
                yield {
                    "where": _where(row, column, after),
                    "before": _said(old),
                    "after": _said(cell),
                }


def _cell(table: ReleasedTable | None, row: str, column: str) -> Cell | None:
    known = (
        table is not None
        and row in {head.key for head in table.rows}
        and column in {head.key for head in table.columns}
    )
    return table.cell(row, column) if known and table is not None else None


def _where(row: Head, column: Head, table: ReleasedTable) -> Both:
    line, head = _both(row.label), _both(column.label)
    if len(table.columns) == 1:
        return line
    return {language: f"{line[language]}, {head[language]}" for language in LANGUAGES}


def _said(cell: Cell | None) -> Both:
    if cell is None:
        return dict.fromkeys(map(str, LANGUAGES), "—")
    found: Both = {}
    for language in LANGUAGES:
        try:
            found[language] = say(cell.value, "sur", language)
        except CannotSay:
            found[language] = "—"
    return found


def _both(label: Label) -> Both:
    return {language: label.to(language) for language in LANGUAGES}
