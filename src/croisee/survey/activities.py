"""Planned and done, by method and case."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from croisee.dataset import Dataset
from croisee.language import Label
from croisee.study import ActivityState
from croisee.tables import ActivityCell, ActivityTable

_Row = dict[str, Any]


def activities(dataset: Dataset) -> ActivityTable | None:
    """Return the methods × cases matrix, ``None`` when the study has no activity table.

    Components and editions are added up. A cell's planned number is known when one line
    gives it; likewise what was done. Methods and cases come in the study's order; those
    with no line at all are left out.
    """
    lines: defaultdict[tuple[str, str], list[_Row]] = defaultdict(list)
    for row in dataset.rows("activities"):
        lines[row["method"], row["case"]].append(row)
    if not lines:
        return None
    methods = [one.code for one in dataset.study.methods if any(m == one.code for m, _ in lines)]
    cases = [one.code for one in dataset.study.cases if any(c == one.code for _, c in lines)]
    return ActivityTable(
        methods=tuple(methods),
        cases=tuple(cases),
        cells=tuple(
            tuple(_cell(lines[method, case]) if (method, case) in lines else None for case in cases)
            for method in methods
        ),
    )


def _cell(rows: list[_Row]) -> ActivityCell:
    applicable = [row for row in rows if row["state"] != ActivityState.NOT_APPLICABLE]
    return ActivityCell(
        planned=_sum(row["planned"] for row in applicable),
        done=_sum(row["done"] for row in applicable),
        state=_together([_state(row) for row in applicable]),
        unit=_first(applicable, "unit"),
        reason=_first(rows, "reason"),
    )


def _sum(counts: Iterable[int | None]) -> int | None:
    known = [count for count in counts if count is not None]
    return sum(known) if known else None


def _state(row: _Row) -> ActivityState:
    """Return the state written, or the one the numbers tell when it was left empty."""
    if row["state"]:
        return ActivityState(row["state"])
    if not row["done"]:
        return ActivityState.PLANNED
    return ActivityState.DONE if row["done"] >= (row["planned"] or 0) else ActivityState.ONGOING


def _together(states: list[ActivityState]) -> ActivityState:
    """Return the state they all share; done and not done yet together are ongoing."""
    if not states:
        return ActivityState.NOT_APPLICABLE
    return states[0] if len(set(states)) == 1 else ActivityState.ONGOING


def _first(rows: list[_Row], name: str) -> Label:
    """Return the first label given, in canonical order of the lines."""
    labels = (Label(row[f"{name}_fr"], row[f"{name}_en"]) for row in rows)
    return next((label for label in labels if label.fr), Label(""))
