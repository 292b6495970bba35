"""Values that follow from printed ones: several blocks together, or what a block leaves."""

from __future__ import annotations

from dataclasses import replace

from croisee.disclosure.released import Kind, ReleasedTable
from croisee.disclosure.values import Chiffre, Form, Mask
from croisee.study import Study

_BLOCKS = {Kind.ONE_WAY, Kind.CASE_ROWS, Kind.NUMERIC, Kind.PROFILE, Kind.POSITIONS}
_OPPOSITE = {
    Form.FEWER_THAN: (Form.AT_LEAST, Mask.AT_LEAST),
    Form.AT_LEAST: (Form.FEWER_THAN, Mask.FEWER_THAN),
}


def following_value(table: ReleasedTable, row: str, column: int, study: Study) -> Chiffre | None:
    """Return the count of a set of answers that printed blocks give, or ``None``.

    ``row`` names options joined by ``+`` (``question:…`` in a profile). Either they are
    printed blocks together, all exact; or they are everything one printed block leaves.
    """
    if table.kind not in _BLOCKS:
        return None
    question, _, wanted = row.rpartition(":")
    levels = set(wanted.split("+"))
    printed = _printed(table, question, column)
    inside = [value for block, value in printed.items() if block <= levels]
    covered = {code for block in printed if block <= levels for code in block}
    if inside and covered == levels and all(value.lo == value.hi for value in inside):
        return replace(inside[0], lo=sum(v.lo for v in inside), hi=sum(v.hi for v in inside))
    everything = _levels(table, question or table.question, study)
    for block, value in printed.items():
        if levels == everything - block:
            return _left_by(value)
    return None


def _printed(table: ReleasedTable, question: str, column: int) -> dict[frozenset[str], Chiffre]:
    found = {}
    for line in table.cells:
        cell = line[column]
        if cell is None or len(cell.events) != 1 or not isinstance(cell.value, Chiffre):
            continue
        event = cell.events[0]
        if event.question == (question or table.question):
            found[frozenset(event.levels)] = cell.value
    return found


def _levels(table: ReleasedTable, question: str, study: Study) -> set[str]:
    if table.kind is Kind.POSITIONS:
        return {"pour", "nuance", "contre"}
    sources = {base.source for base in table.bases}
    for instrument in study.instruments:
        if instrument.code in sources:
            for asked in instrument.questions:
                if asked.code == question:
                    return {option.code for option in asked.options}
    return set()


def _left_by(value: Chiffre) -> Chiffre | None:
    if value.n is None:
        return None
    low, high = value.n - value.hi, value.n - value.lo
    if value.lo == value.hi:
        return replace(value, lo=low, hi=high)
    if value.form not in _OPPOSITE:
        return None
    form, mask = _OPPOSITE[value.form]
    return replace(value, lo=low, hi=high, form=form, mask=mask)
