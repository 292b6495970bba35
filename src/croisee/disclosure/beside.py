"""One network beside the others (§3.13), and one edition beside another (§3.12)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from croisee.disclosure.released import Cell, Head, Kind, Release, ReleasedTable, Word
from croisee.disclosure.sentences import points
from croisee.disclosure.shapes import label_of, masks_of
from croisee.disclosure.values import Chiffre, Mask
from croisee.disclosure.wording import PERCENT_FROM
from croisee.language import Label, Language, Phrase, phrase
from croisee.study import Study

OTHERS = 3
"""Other networks needed for a range."""
ASIDE = {"moyenne", "mediane"}
"""Rows that count no answers."""
_SMALLEST, _ALIKE, _TOTAL, _AT_CUT = 10, 10, "total", 2
_COMPARED = {Kind.ONE_WAY, Kind.CASE_ROWS}


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
    answers = [head for head in together.rows if head.key not in ASIDE]
    if together.kind is not Kind.CASE_ROWS or len(answers) > _AT_CUT or case not in known:
        return table
    upper = answers[-1]
    found = others_beside(together, upper.key, case)
    if found is None:
        return table
    masks = (Mask.OTHER_CASES,) if isinstance(found, Range) else ()
    return replace(
        table,
        notes=(*table.notes, label_of(_note(upper, found))),
        masks=masks_of(table.cells, (*table.masks, *masks)),
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


def with_changes(
    tables: Sequence[ReleasedTable], earlier: Sequence[Release], study: Study
) -> list[ReleasedTable]:
    """Say, in a note of a table, how its exact values changed since the edition before (§3.12).

    Between two exact points of bases of twenty and more, of the same network, block and
    audience, in this release or in one already sealed. A function of printed values.
    """
    known = [*(table for release in earlier for table in release.tables), *tables]
    order = [edition.code for edition in study.editions]
    return [_with_change(table, known, order, study) for table in tables]


def _with_change(
    table: ReleasedTable, known: Sequence[ReleasedTable], order: Sequence[str], study: Study
) -> ReleasedTable:
    wave = _wave(table)
    if wave is None or wave[1] not in order:
        return table
    before = [
        (order.index(other[1]), one)
        for one in known
        if (other := _wave(one)) is not None
        and (other[0], one.question, one.audience) == (wave[0], table.question, table.audience)
        and other[1] in order[: order.index(wave[1])]
        and (one.kind, one.key.partition("@")[2]) == (table.kind, table.key.partition("@")[2])
    ]
    if not before:
        return table
    place, then = max(before, key=lambda found: found[0])
    names = [edition.name for edition in study.editions if edition.code in {order[place], wave[1]}]
    notes = [
        _told((names[0], names[-1]), head, said)
        for head in table.columns
        if (said := list(_changes(then, table, head.key)))
    ]
    return replace(table, notes=(*table.notes, *notes)) if notes else table


def _told(editions: tuple[Label, Label], who: Head, changes: Sequence[Phrase]) -> Label:
    def said(language: Language) -> str:
        return phrase(
            "De {before} à {after}, {who} : {changes}.",
            before=editions[0],
            after=editions[1],
            who=who.label,
            changes=" ; ".join(change.to(language) for change in changes),
        ).to(language)

    return Label(said("fr"), said("en"))


def _wave(table: ReleasedTable) -> tuple[str, str] | None:
    waves = {(base.source, base.edition) for base in table.bases}
    return next(iter(waves)) if len(waves) == 1 and table.kind in _COMPARED else None


def _changes(then: ReleasedTable, now: ReleasedTable, column: str) -> Iterable[Phrase]:
    """Yield what changed in one column: every block, or the upper one of two."""
    rows = [head for head in now.rows if head.key not in ASIDE]
    for head in rows[-1:] if len(rows) <= _AT_CUT else rows:
        before, after = _value_at(then, head.key, column), _value_at(now, head.key, column)
        if before is None or after is None:
            continue
        gap = change(before, after)
        if gap is None or min(before.n or 0, after.n or 0) < PERCENT_FROM:
            continue
        yield phrase(
            "« {answer} », de {low} % à {high} % ({gap} points)",
            answer=head.label,
            low=points(before.lo, before.n or 1),
            high=points(after.lo, after.n or 1),
            gap=f"{gap:+d}".replace("-", "−"),
        )


def _value_at(table: ReleasedTable, row: str, column: str) -> Chiffre | None:
    keys = {head.key for head in table.rows}, {head.key for head in table.columns}
    return _exact(table.cell(row, column)) if row in keys[0] and column in keys[1] else None


def _range(values: list[Chiffre]) -> Range:
    tenths = [(10 * v.lo // v.n, -(-10 * v.lo // v.n)) for v in values if v.n]
    return Range(min(low for low, _ in tenths), max(high for _, high in tenths))


def _exact(cell: Cell | None) -> Chiffre | None:
    value = cell.value if cell is not None else None
    return value if isinstance(value, Chiffre) and value.lo == value.hi else None
