"""One network beside the others (§3.13), and one edition beside another (§3.12)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from croisee.disclosure.released import Cell, Head, Kind, ReleasedTable, Word
from croisee.disclosure.sentences import points
from croisee.disclosure.shapes import label_of, masks_of
from croisee.disclosure.values import Chiffre, Mask
from croisee.language import Phrase, phrase

OTHERS = 3
"""Other networks needed for a range."""
_SMALLEST, _ALIKE, _TOTAL = 10, 10, "total"


@dataclass(frozen=True, slots=True)
class Range:
    """What the other networks answered, in tenths rounded outwards, without naming them."""

    low: int
    high: int
    mask: Mask = Mask.OTHER_CASES

    def say(self) -> Phrase:
        """Return « entre 4 et 8 sur 10 »."""
        if self.low == self.high:
            return phrase("{low} sur 10", low=self.low)
        return phrase("entre {low} et {high} sur 10", low=self.low, high=self.high)


def others_beside(table: ReleasedTable, row: str, case: str) -> Range | Word | None:
    """Return how the other networks answered, beside one of them.

    A range when at least three others of ten and more are all exact in this table; else one
    word (``plus``, ``autant``, ``moins``, ten points apart) against the printed total; else
    nothing. Networks are never ranked. Only printed values are read.
    """
    columns = [head.key for head in table.columns]
    line = table.cells[[head.key for head in table.rows].index(row)]
    others = [
        _exact(cell)
        for key, cell in zip(columns, line, strict=True)
        if key not in {case, _TOTAL} and cell is not None
    ]
    if len(others) >= OTHERS and all(v is not None and (v.n or 0) >= _SMALLEST for v in others):
        return _range([value for value in others if value is not None])
    own = _exact(line[columns.index(case)]) if case in columns else None
    total = _exact(line[columns.index(_TOTAL)]) if _TOTAL in columns else None
    if own is None or total is None or not own.n or not total.n:
        return None
    gap = points(own.lo, own.n) - points(total.lo, total.n)
    word = "autant" if abs(gap) < _ALIKE else "plus" if gap > 0 else "moins"
    return Word(word, Mask.OTHER_CASES)


def with_others(tables: Sequence[ReleasedTable]) -> list[ReleasedTable]:
    """Say, in a note of each network's own table, how the other networks answered (§3.13).

    Only where the same question is printed by network at its cut, of the upper answer. The
    note is a function of printed values: it adds nothing to what can be worked out.
    """
    by_key = {table.key: table for table in tables}
    return [_with_others(table, by_key.get(table.key.partition("@")[0])) for table in tables]


def _with_others(table: ReleasedTable, together: ReleasedTable | None) -> ReleasedTable:
    question, at, case = table.key.partition("@")
    if together is None or not at or table.kind is not Kind.ONE_WAY or question == table.key:
        return table
    known = {head.key for head in together.columns}
    if together.kind is not Kind.CASE_ROWS or len(together.rows) > 2 or case not in known:
        return table
    upper = together.rows[-1]
    found = others_beside(together, upper.key, case)
    if found is None:
        return table
    return replace(
        table,
        notes=(*table.notes, label_of(_note(upper, found))),
        masks=masks_of(table.cells, (*table.masks, Mask.OTHER_CASES)),
    )


def _note(upper: Head, found: Range | Word) -> Phrase:
    if isinstance(found, Range):
        return phrase(
            "« {answer} » dans les autres réseaux : {range}.",
            answer=upper.label,
            range=found.say(),
        )
    return {
        "plus": phrase("« {answer} » : plus souvent que dans l’ensemble.", answer=upper.label),
        "moins": phrase("« {answer} » : moins souvent que dans l’ensemble.", answer=upper.label),
    }.get(found.word, phrase("« {answer} » : autant que dans l’ensemble.", answer=upper.label))


def change(before: Chiffre, after: Chiffre) -> int | None:
    """Return the change between two editions, in points; ``None`` unless both are exact."""
    if before.lo != before.hi or after.lo != after.hi or not before.n or not after.n:
        return None
    return points(after.lo, after.n) - points(before.lo, before.n)


def _range(values: list[Chiffre]) -> Range:
    tenths = [(10 * v.lo // v.n, -(-10 * v.lo // v.n)) for v in values if v.n]
    return Range(min(low for low, _ in tenths), max(high for _, high in tenths))


def _exact(cell: Cell | None) -> Chiffre | None:
    value = cell.value if cell is not None else None
    return value if isinstance(value, Chiffre) and value.lo == value.hi else None
