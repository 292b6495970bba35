"""Questions with several answers (§3.5): by item, in halves, or in order only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum

from croisee.disclosure.ledger import Printed
from croisee.disclosure.manner import Manner
from croisee.disclosure.one_way import visible_by_case
from croisee.disclosure.released import PUBLIC, Cell, Event, Head, Kind, Rank, ReleasedTable, Word
from croisee.disclosure.several import Fallback, Size, fallback, halves_alone, printable, told
from croisee.disclosure.shapes import (
    TOO_FEW,
    bases_of,
    case_head,
    column_of,
    explained,
    is_pooled,
    masks_of,
    source_label,
)
from croisee.disclosure.thresholds import circle
from croisee.disclosure.values import Chiffre, Mask, halves, two_sided
from croisee.disclosure.work import Work
from croisee.language import phrase
from croisee.study import Nature, Question, Subject
from croisee.tables import Base, MultipleCaseTable, MultipleTable

FEW_ITEMS = 3
"""So many items or fewer are not said of a base whose size is not told."""
ORDER_FROM = 20
"""Smallest base whose items may be put in order without numbers (exactly k answers)."""


class _Way(Enum):
    EACH = "each item by the two-sided rule"
    HALVES = "each item in halves"
    ORDER = "the order of the items alone"


@dataclass(frozen=True, slots=True)
class _Items:
    """One base of a multiple-response question as it is printed, one value an option."""

    base: Base
    values: tuple[Chiffre | Rank | Word, ...]
    exact: bool
    ordered: bool


def read_items(raw: MultipleTable, t: int) -> tuple[Chiffre | Rank, ...]:
    """Return what may be said of each option in one base of at least ``2 t`` units.

    Exactly k answers: every item exactly when all of them pass, else their order without
    numbers (n ≥ 20, ties not shown) or halves. Free answers: each item by the two-sided
    rule, unless the sums a reader knows leave a masked one fewer than ``t`` values; then
    every item in halves. Where falling back then would itself tell something, halves are
    said more often (:func:`croisee.disclosure.several.fallback`).
    """
    question, n = raw.question, raw.base.n
    nature = question.nature
    way = _way(raw, t)
    if way is _Way.ORDER:
        places = sorted(range(len(raw.counts)), key=lambda i: (-raw.counts[i], i))
        return tuple(Rank(places.index(i) + 1) for i in range(len(raw.counts)))
    if way is _Way.HALVES:
        size = printable(_size(raw, t)) if question.exactly is None else None
        strict = size is not None and size.strict
        return tuple(halves(x, n, strict=strict) for x in raw.counts)
    return tuple(explained(two_sided(x, n, t), raw.base.subject, nature) for x in raw.counts)


def _way(raw: MultipleTable, t: int) -> _Way:
    """Choose a way from released values alone: raw counts would tell by the choice itself."""
    question, n = raw.question, raw.base.n
    values = [two_sided(x, n, t) for x in raw.counts]
    masked = any(value.lo != value.hi for value in values)
    if question.exactly is not None:
        if not masked:
            return _Way.EACH
        return _Way.ORDER if n >= ORDER_FROM else _Way.HALVES
    size = printable(_size(raw, t))
    if size is None:
        return _Way.HALVES
    rule = fallback(size, sum(value.lo >= size.half for value in values))
    return _Way.HALVES if _falls_back(values, size, rule, masked) else _Way.EACH


def _falls_back(values: Sequence[Chiffre], size: Size, rule: Fallback | None, masked: bool) -> bool:
    low, high = sum(value.lo for value in values), sum(value.hi for value in values)
    if rule is not Fallback.TOLD:
        return masked or rule is Fallback.ALWAYS
    # Where the counts say that some chose nothing, nobody can count on one choice each.
    known = size if high >= size.least * size.n else replace(size, least=0)
    return told(low, high, known, masked)


def _size(raw: MultipleTable, t: int) -> Size:
    least, most = _limits(raw.question)
    return Size(raw.base.n, len(raw.question.options), least, most, t)


def _limits(question: Question) -> tuple[int, int]:
    """Return how many items a reader knows each unit chose, at least and at most."""
    most = question.at_most if question.at_most is not None else len(question.options)
    return max(1, question.at_least), min(most, len(question.options))


def may_be_read(raw: MultipleTable, t: int) -> bool:
    """Return whether one of the ways of §3.5 is safe for a base and a list of this size."""
    return raw.question.exactly is not None or printable(_size(raw, t)) is not None


def release_multiple(key: str, raw: MultipleTable, work: Work) -> list[ReleasedTable]:
    """Release a multiple-response question in one base."""
    question, base = raw.question, raw.base
    audience = PUBLIC
    if "@" in key and visible_by_case(key, base, question, base.n, work):
        return []
    own = "@" in key and len(base.cases) == 1 and len(work.study.cases) > 1
    if own and base.subject is Subject.PERSON and question.nature is Nature.SENSITIVE:
        audience = circle(base.cases[0])
    t = work.threshold(base.subject, question.nature)
    if not _readable(raw, t, work):
        work.refuse(key, "M16", phrase("Trop peu de réponses pour montrer un résultat."))
        return []
    items = _items(raw, t, work)
    if not work.enter(key, "§3.5", _entries(question, items, t)):
        return []
    _note(key, raw, items, work)
    column = column_of(work.study, base)
    return [_as_table(key, question, [(column, items)], work, audience)]


def release_multiple_cases(key: str, raw: MultipleCaseTable, work: Work) -> list[ReleasedTable]:
    """Release the same multiple-response question in several cases, a column each."""
    question = raw.question
    rows = raw.rows
    subject = rows[0].base.subject
    if subject is Subject.PERSON and question.nature is Nature.SENSITIVE and len(rows) > 1:
        return release_multiple(key, _pooled(rows), work)
    if visible_by_case(key, rows[0].base, question, sum(row.base.n for row in rows), work):
        return []
    t = work.threshold(subject, question.nature)
    columns: list[tuple[Head, _Items | None]] = []
    entries: list[Printed] = []
    for row in rows:
        items = _items(row, t, work) if _readable(row, t, work) else None
        if items is not None:
            entries += _entries(question, items, t)
            _note(key, row, items, work)
        columns.append((case_head(work.study, row.base.cases), items))
    if all(items is None for _, items in columns):
        work.refuse(key, "M16", phrase("Trop peu de réponses pour montrer un résultat."))
        return []
    if not work.enter(key, "§3.5", entries):
        return []
    table = _as_table(key, question, columns, work, PUBLIC)
    return [replace(table, kind=Kind.MULTIPLE_CASES)]


def _readable(raw: MultipleTable, t: int, work: Work) -> bool:
    if not work.large(raw.base, work.smallest_base(t)):
        return False
    manner = work.manner(raw.base)
    if manner is Manner.NUMBERS:
        return may_be_read(raw, t)
    if manner is Manner.HALVES:
        return halves_alone(_size(raw, t)) is not None
    return _may_be_anything(raw)  # whatever the size of the base, halves may not tell


def _may_be_anything(raw: MultipleTable) -> bool:
    """Return whether no sum of choices is known: as few as one, as many as all of them.

    With three items, that none is chosen by half would say too much of a base of 10 or 12.
    """
    items = len(raw.question.options)
    free = raw.question.exactly is None and _limits(raw.question) == (1, items)
    return free and items > FEW_ITEMS


def _items(raw: MultipleTable, t: int, work: Work) -> _Items:
    manner = work.manner(raw.base)
    values: tuple[Chiffre | Rank | Word, ...] = read_items(raw, t)
    if manner is Manner.HALVES:
        size = halves_alone(_size(raw, t))
        strict = size is not None and size.strict
        said = (halves(x, raw.base.n, strict=strict) for x in raw.counts)
        values = tuple(replace(value, t=t, mask=Mask.HALVES) for value in said)
    elif manner is not Manner.NUMBERS:
        half = -(-raw.base.n // 2)
        values = tuple(
            Word("moitie-plus" if x >= half else "moitie-moins", Mask.CONFIDENTIAL)
            for x in raw.counts
        )
    counts = [value for value in values if isinstance(value, Chiffre)]
    exact = len(counts) == len(values) and all(value.lo == value.hi for value in counts)
    ordered = any(isinstance(value, Rank) for value in values)
    return _Items(raw.base, values, exact, ordered)


def _pooled(rows: Sequence[MultipleTable]) -> MultipleTable:
    cases = tuple(dict.fromkeys(case for row in rows for case in row.base.cases))
    narrow = next((row.base.filter for row in rows if row.base.filter), "")
    whole = replace(rows[0].base, cases=cases, frame=None, filter="", within="")
    n = sum(row.base.n for row in rows)
    base = replace(whole, n=n, filter=narrow, within=whole.id if narrow else "")
    counts = tuple(sum(column) for column in zip(*(row.counts for row in rows), strict=True))
    return MultipleTable(base, rows[0].question, counts, sum(row.missing for row in rows))


def _entries(question: Question, items: _Items, t: int) -> list[Printed]:
    entries = []
    for option, value in zip(question.options, items.values, strict=True):
        counts: tuple[int | None, ...] = (None, None)
        if isinstance(value, Chiffre) and value.lo == value.hi:
            counts = (items.base.n - value.lo, value.lo)
        name = f"{question.code}={option.code}"
        entries.append(Printed(items.base, name, (("non",), ("oui",)), counts, t))
    return entries


def _note(key: str, raw: MultipleTable, items: _Items, work: Work) -> None:
    if not items.exact:
        counts = ", ".join(
            f"{option.code} = {count}"
            for option, count in zip(raw.question.options, raw.counts, strict=True)
        )
        work.masked(key, f"{raw.base.id} : {counts} (n = {raw.base.n})")


def _cell(items: _Items, place: int, question: str, option: str) -> Cell:
    value = items.values[place]
    events = () if isinstance(value, Word) else (Event(question, (option,)),)
    return Cell(value, items.base.id, events)


def _as_table(
    key: str,
    question: Question,
    columns: Sequence[tuple[Head, _Items | None]],
    work: Work,
    audience: str,
) -> ReleasedTable:
    read = [items for _, items in columns if items is not None]
    cells: list[list[Cell | None]] = []
    for place, option in enumerate(question.options):
        cells.append(
            [
                TOO_FEW if items is None else _cell(items, place, question.code, option.code)
                for _, items in columns
            ]
        )
    masks = [Mask.ORDER_ONLY] if any(items.ordered for items in read) else []
    if question.nature is Nature.SENSITIVE:
        masks.append(Mask.SENSITIVE)
    if any(is_pooled(work.study, items.base) for items in read):
        masks.append(Mask.POOLED_CASES)
    base = read[0].base
    return ReleasedTable(
        code="",
        key=key,
        kind=Kind.MULTIPLE,
        title=question.label,
        rows=tuple(Head(option.code, option.label) for option in question.options),
        columns=tuple(head for head, _ in columns),
        cells=tuple(tuple(line) for line in cells),
        bases=bases_of(items.base for items in read),
        audience=audience,
        nature=question.nature,
        masks=masks_of(cells, masks),
        question=question.code,
        source=source_label(work.study, base.source, base.edition),
    )
