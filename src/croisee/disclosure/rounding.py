"""Rounding to base 5 of numbers that have already passed the gate (``divulgation.md`` §4).

Rounded raw counts err, do not add up and are not safe beside an exact n: with two answers the
other cell gives the small one back, and two draws of one count prove 39 to 41 % of the small
ones. So that ``methode = "arrondi"`` never shows a count that the gate would have merged, only
values that would be printed exactly are rounded: what a reader concludes of the rounded table
could be concluded of the exact one, which is safe (``docs/decisions/0006-rounding.md``).

It is refused where a base counts fewer than 200, leaves questions of two answers as they are,
and draws once: a draw depends on the study's key, the base and the answer alone, so that the
same count has the same draw wherever and whenever it is shown. The key stays with the team.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from croisee.disclosure.released import Cell, Kind, ReleasedBase, ReleasedTable
from croisee.disclosure.shapes import masks_of
from croisee.disclosure.values import Chiffre, Form, Mask
from croisee.disclosure.wording import ROUNDED_WITHIN
from croisee.study import Study

STEP = 5
SMALLEST_BASE = 200
FEWEST_ANSWERS = 3
Keyed = Callable[[str], str]
"""A keyed digest, in hexadecimal: the register's."""

_ROUNDED_KINDS = {
    Kind.ONE_WAY,
    Kind.CASE_ROWS,
    Kind.NUMERIC,
    Kind.PROFILE,
    Kind.MULTIPLE,
    Kind.MULTIPLE_CASES,
}
_DIGITS = 12
_TOTAL = "total"


def drawn(x: int, purpose: str, keyed: Keyed) -> int:
    """Return a count as a multiple of five, up with probability rest / 5; one draw a purpose.

    Example:
        >>> from hashlib import sha256
        >>> drawn(65, "q=a", lambda text: sha256(text.encode()).hexdigest())
        65
    """
    rest = x % STEP
    chance = int(keyed(f"arrondi\n{purpose}")[:_DIGITS], 16)
    up = chance * STEP < rest * 16**_DIGITS
    return x - rest + (STEP if up else 0)


def rounded_table(table: ReleasedTable, study: Study, keyed: Keyed) -> ReleasedTable:
    """Return a table with its exact counts and its bases rounded, or the table itself.

    Itself where a base is under 200, a question has two answers, or a count is not exact. The
    total of several networks is left out: beside rounded rows it would sharpen them.
    """
    if table.kind not in _ROUNDED_KINDS or not _may_round(table, study):
        return table
    bases = tuple(_base(base, keyed) for base in table.bases)
    sizes = {base.id: base.n or 0 for base in bases}
    kept = [place for place, head in enumerate(table.columns) if head.key != _TOTAL]
    cells = tuple(tuple(_cell(line[p], sizes, keyed) for p in kept) for line in table.cells)
    shown = {cell.base for line in cells for cell in line if cell is not None}
    omitted = (Mask.OMITTED_TOTAL,) if len(kept) < len(table.columns) else ()
    return replace(
        table,
        columns=tuple(table.columns[place] for place in kept),
        cells=cells,
        bases=tuple(base for base in bases if base.id in shown),
        masks=masks_of(cells, (*table.masks, Mask.ROUNDED, *omitted)),
    )


def _may_round(table: ReleasedTable, study: Study) -> bool:
    counts = [
        (cell, cell.value)
        for line in table.cells
        for cell in line
        if cell is not None and isinstance(cell.value, Chiffre)
    ]
    large = all(base.n is not None and base.n >= SMALLEST_BASE for base in table.bases)
    exact = all(value.form is Form.EXACT for _, value in counts)
    asked = {(event.question, base.source) for cell, _ in counts for event in cell.events
             for base in table.bases if base.id == cell.base}  # fmt: skip
    return bool(counts) and large and exact and all(_answers(*one, study) for one in asked)


def _answers(question: str, source: str, study: Study) -> bool:
    """Return whether a question has three answers or more."""
    for instrument in study.instruments:
        if instrument.code == source:
            for one in instrument.questions:
                if one.code == question:
                    return max(len(one.options), len(one.classes) + 1) >= FEWEST_ANSWERS
    return False


def _base(base: ReleasedBase, keyed: Keyed) -> ReleasedBase:
    return replace(base, n=drawn(base.n or 0, base.id, keyed), rounded=True)


def _cell(cell: Cell | None, sizes: dict[str, int], keyed: Keyed) -> Cell | None:
    if cell is None or not isinstance(cell.value, Chiffre):
        return cell
    value = cell.value
    about = " ".join(f"{event.question}={'+'.join(event.levels)}" for event in cell.events)
    x = drawn(value.lo, f"{cell.base} {about}", keyed)
    low = max(x - ROUNDED_WITHIN, value.t)
    n = sizes[cell.base]
    return replace(
        cell, value=Chiffre(low, x + ROUNDED_WITHIN, n, Form.ROUNDED, value.t, Mask.ROUNDED)
    )
