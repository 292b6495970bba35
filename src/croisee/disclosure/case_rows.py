"""The same question in several networks, one row a network (§3.4)."""

from __future__ import annotations

from dataclasses import replace

from croisee.disclosure.groupings import GroupingRefused, cut_of
from croisee.disclosure.manner import Manner
from croisee.disclosure.means import with_mean
from croisee.disclosure.one_way import (
    Blocks,
    block_head,
    in_halves,
    note_masked,
    release_one_way,
    visible_by_case,
)
from croisee.disclosure.plan import Reading, answered, pooled
from croisee.disclosure.released import Cell, Event, Head, Kind, Percent, ReleasedTable
from croisee.disclosure.shapes import (
    TOO_FEW,
    bases_of,
    case_head,
    is_pooled,
    label_of,
    masks_of,
    source_label,
)
from croisee.disclosure.values import Chiffre, Mask, exact
from croisee.disclosure.work import Work
from croisee.language import phrase
from croisee.study import Nature, Partition, Subject
from croisee.tables import CaseTable, OneWayTable


def release_cases(key: str, raw: CaseTable, work: Work) -> list[ReleasedTable]:
    """Release a table of cases: the partition all of them can show, else the cut, one-sidedly.

    A delicate question about people is read for all cases together; a visible attribute is
    not read by case at all under 200 people.
    """
    rows = tuple(answered(row) for row in raw.rows)
    question, subject = raw.question, rows[0].base.subject
    if subject is Subject.PERSON and question.nature is Nature.SENSITIVE and len(rows) > 1:
        return release_one_way(key, pooled(raw.rows), work)
    if visible_by_case(key, rows[0].base, question, sum(row.base.n for row in rows), work):
        return []
    try:
        reading = work.plan.common(CaseTable(question, rows))
    except GroupingRefused as refused:
        work.refuse(key, "§3.2", refused.reason)
        return []
    if any(work.manner(row.base) is not Manner.NUMBERS for row in rows):
        reading = Reading(cut_of(question), passes=False)
    blocks = _readable(rows, reading, work.threshold(subject, question.nature), work)
    if not blocks:
        work.refuse(key, "M16", phrase("Trop peu de réponses pour montrer un résultat."))
    if not blocks or not work.enter(key, "§3.4", [one.printed() for one in blocks]):
        return []
    for one in blocks:
        note_masked(key, one, work)
    return [with_mean(_as_table(key, rows, blocks, reading, work), question)]


def _readable(rows: tuple[OneWayTable, ...], reading: Reading, t: int, work: Work) -> list[Blocks]:
    """Return the rows that say something: large ones, and at the cut those in halves (§3.7)."""
    at_cut = reading.partition == cut_of(rows[0].question)
    return [
        Blocks(row, reading, t, work.manner(row.base))
        for row in rows
        if work.manner(row.base) is not Manner.NOTHING
        and (work.large(row.base, work.smallest_base(t)) or (at_cut and in_halves(row, t, work)))
    ]


def _as_table(
    key: str,
    rows: tuple[OneWayTable, ...],
    blocks: list[Blocks],
    reading: Reading,
    work: Work,
) -> ReleasedTable:
    question, base = rows[0].question, rows[0].base
    shown = blocks[0].shown
    printed = {one.table.base.id: one for one in blocks}
    columns = [case_head(work.study, row.base.cases) for row in rows]
    cells = [
        [printed[row.base.id].cell(block) if row.base.id in printed else TOO_FEW for row in rows]
        for block in shown
    ]
    masks = list(blocks[0].masks())
    if any(is_pooled(work.study, row.base) or len(row.base.cases) > 1 for row in rows):
        masks.append(Mask.POOLED_CASES)
    bases = [row.base for row in rows]
    total = _total(rows, shown, cells) if len(rows) > 1 else None
    if total is not None:
        columns.append(Head("total", label_of(phrase("Ensemble"))))
        cells = [[*line, cell] for line, cell in zip(cells, total, strict=True)]
        bases.append(pooled(rows).base)
    elif len(rows) > 1 and not _weighted(cells):
        masks.append(Mask.OMITTED_TOTAL)
    return ReleasedTable(
        code="",
        key=key,
        kind=Kind.CASE_ROWS,
        title=question.label,
        rows=tuple(block_head(question, block) for block in shown),
        columns=tuple(columns),
        cells=tuple(tuple(line) for line in cells),
        bases=bases_of(bases),
        nature=question.nature,
        masks=masks_of(cells, masks),
        question=question.code,
        source=source_label(work.study, base.source, base.edition),
        ordered=True,
        fallback=not reading.passes,
    )


def _weighted(cells: list[list[Cell]]) -> bool:
    return all(isinstance(cell.value, Percent) for line in cells for cell in line)


def _total(
    rows: tuple[OneWayTable, ...], shown: Partition, cells: list[list[Cell]]
) -> list[Cell] | None:
    """Return the sums over all cases, or ``None`` where one of them is not exact (M6)."""
    base = pooled(rows).base
    totals = []
    for block, line in zip(shown, cells, strict=True):
        values = [cell.value for cell in line]
        counts = [v for v in values if isinstance(v, Chiffre) and v.lo == v.hi]
        if len(counts) < len(values):
            return None
        value = replace(exact(sum(v.lo for v in counts), base.n), t=counts[0].t)
        event = Event(rows[0].question.code, tuple(block))
        totals.append(Cell(value, base.id, (event,)))
    return totals
