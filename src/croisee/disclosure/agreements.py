"""Cells that organisations agreed in writing to show (``docs/methods/divulgation.md`` §3.3).

An agreement names one cell, as a mark does (``eclair.2020.aide/oui@quartiers``), and its date.
It lifts the rule for a count of the organisations that agreed: a small one, printed as it is.
It never speaks for the others: nearly everybody stays « au moins », nobody stays masked, and
groupings do not change for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from croisee.disclosure.marks import Mark, read_mark
from croisee.disclosure.plan import answered
from croisee.disclosure.released import Cell, ReleasedTable
from croisee.disclosure.shapes import masks_of
from croisee.disclosure.values import Chiffre, Form, Mask
from croisee.disclosure.work import Work
from croisee.language import phrase
from croisee.study import Subject, Waiver
from croisee.tables import (
    CaseTable,
    MultipleCaseTable,
    MultipleTable,
    NumericTable,
    OneWayTable,
    RawTable,
)

Keyed = tuple[str, RawTable]
_RULE = "§3.3"
_EXPLAINED = {Mask.FEWER_THAN, Mask.ORGANISATIONS}


def with_agreements(
    tables: Sequence[ReleasedTable], raw: Sequence[Keyed], work: Work
) -> list[ReleasedTable]:
    """Return the tables with the agreed cells exact; log each agreement and what came of it."""
    found = {table.key: table for table in tables}
    counts = dict(raw)
    for agreement in work.study.policy.agreements:
        mark = read_mark(agreement.about.strip("{}"))
        shown = None
        if mark.key in found and mark.key in counts:
            shown = _agreed(found[mark.key], counts[mark.key], mark)
        _log(agreement, work, used=shown is not None)
        if shown is not None:
            found[mark.key] = shown
    return list(found.values())


def _agreed(table: ReleasedTable, raw: RawTable, mark: Mark) -> ReleasedTable | None:
    place = _place(table, mark)
    cell = None if place is None else table.cells[place[0]][place[1]]
    if place is None or cell is None or not _liftable(table, cell):
        return None
    x = _count(raw, cell)
    if not x:
        return None
    value = cell.value
    assert isinstance(value, Chiffre)
    exact = replace(cell, value=replace(value, lo=x, hi=x, form=Form.AGREED, mask=None))
    cells = [list(line) for line in table.cells]
    cells[place[0]][place[1]] = exact
    kept = [mask for mask in table.masks if mask not in _EXPLAINED]
    return replace(table, cells=tuple(tuple(line) for line in cells), masks=masks_of(cells, kept))


def _place(table: ReleasedTable, mark: Mark) -> tuple[int, int] | None:
    rows = [head.key for head in table.rows]
    columns = [head.key for head in table.columns]
    column = mark.column or (columns[0] if len(columns) == 1 else "")
    if mark.row not in rows or column not in columns:
        return None
    return rows.index(mark.row), columns.index(column)


def _liftable(table: ReleasedTable, cell: Cell) -> bool:
    """Return whether a cell is a small count of organisations."""
    base = next((base for base in table.bases if base.id == cell.base), None)
    organisations = base is not None and base.subject is Subject.ORGANISATION
    small = isinstance(cell.value, Chiffre) and cell.value.form is Form.FEWER_THAN
    return organisations and small and len(cell.events) == 1


def _count(raw: RawTable, cell: Cell) -> int:
    levels = set(cell.events[0].levels)
    return sum(
        count
        for row in _rows(raw)
        if row.base.id == cell.base
        for option, count in zip(row.question.options, row.counts, strict=True)
        if option.code in levels
    )


def _rows(raw: RawTable) -> Iterator[OneWayTable | MultipleTable]:
    if isinstance(raw, OneWayTable):
        yield answered(raw)
    elif isinstance(raw, NumericTable):
        yield answered(raw.classes)
    elif isinstance(raw, CaseTable):
        yield from map(answered, raw.rows)
    elif isinstance(raw, MultipleTable):
        yield raw
    elif isinstance(raw, MultipleCaseTable):
        yield from raw.rows


def _log(agreement: Waiver, work: Work, *, used: bool) -> None:
    who, on = agreement.decided_by, agreement.decided_on.isoformat()
    reason = phrase("Accord écrit des organismes, consigné par {who} le {on}.", who=who, on=on)
    if not used:
        reason = phrase("L’accord consigné par {who} le {on} ne lève rien ici.", who=who, on=on)
    work.refuse(agreement.about, _RULE, reason)
