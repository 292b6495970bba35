"""A visible attribute by an answer (§3.4): rarely released, and never inside a small base."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from croisee.disclosure.groupings import GroupingRefused, coarser_or_equal, partitions_of
from croisee.disclosure.ledger import Printed
from croisee.disclosure.manner import Manner
from croisee.disclosure.one_way import FREE_FROM, block_head
from croisee.disclosure.released import Cell, Event, Head, Kind, ReleasedTable
from croisee.disclosure.shapes import bases_of, masks_of, source_label
from croisee.disclosure.values import Mask, exact
from croisee.disclosure.work import Work
from croisee.language import Label, Phrase, phrase
from croisee.study import Nature, Partition, Question
from croisee.tables import CrossTable

_NEVER = {"region", "organisme", "organisation"}
"""A person is nearly an organisation (§2): these are never crossed with an answer."""


def release_cross(key: str, raw: CrossTable, work: Work) -> list[ReleasedTable]:
    """Release the first pair of partitions whose every cell is large enough, or nothing (M5)."""
    reason = _forbidden(raw, work)
    t = work.threshold(raw.base.subject, raw.column.nature)
    pair = None
    if reason is None:
        try:
            pair = _first_pair(raw, work, t)
        except GroupingRefused as refused:
            reason = refused.reason
        else:
            reason = None if pair else _omitted()
    if pair is None:
        work.refuse(key, "M5", reason or _omitted())
        return []
    if not work.enter(key, "§3.4", _margins(raw, pair, t)):
        return []
    work.crossed.setdefault(raw.base.id, raw.row.code)
    return [_as_table(key, raw, pair, work, t)]


def _omitted() -> Phrase:
    return phrase("Ce croisement n’est pas montré : il permettrait de deviner une réponse.")


def _forbidden(raw: CrossTable, work: Work) -> Phrase | None:
    base = raw.base
    if work.manner(base) is not Manner.NUMBERS:
        return phrase("Les réponses de cette base ne sont dites qu’en moitiés.")
    if raw.row.code in _NEVER:
        return phrase("La région et l’organisme ne sont jamais croisés avec une réponse.")
    if base.n < work.policy.base_cross:
        return phrase("Un croisement demande au moins {n} réponses.", n=work.policy.base_cross)
    if len(base.cases) == 1 and len(work.study.cases) > 1:
        return phrase("Un croisement se lit pour toute l’étude, jamais à l’intérieur d’un réseau.")
    return _axis(raw, work)


def _axis(raw: CrossTable, work: Work) -> Phrase | None:
    base = raw.base
    if raw.row.nature is not Nature.VISIBLE:
        return phrase("Seule une caractéristique visible peut être croisée avec une réponse.")
    if raw.column.nature is Nature.VISIBLE and base.n < FREE_FROM:
        return phrase(
            "Deux caractéristiques visibles ne sont pas croisées sous {n} réponses.", n=FREE_FROM
        )
    if work.crossed.get(base.id, raw.row.code) != raw.row.code:
        return phrase(
            "Un seul attribut par base : « {attribute} » est déjà croisé ici.",
            attribute=work.crossed[base.id],
        )
    return None


def _first_pair(raw: CrossTable, work: Work, t: int) -> tuple[Partition, Partition] | None:
    """Return the first pair, rows then columns finest first, that no cell nor margin forbids."""
    for row_blocks in _allowed(raw.row, raw, work):
        for column_blocks in _allowed(raw.column, raw, work):
            if min(min(line) for line in _cells(raw, row_blocks, column_blocks)) >= t:
                return row_blocks, column_blocks
    return None


def _allowed(question: Question, raw: CrossTable, work: Work) -> list[Partition]:
    """Return the partitions that may stand beside what this base already shows."""
    printed = [p for p in work.ledger.printed(question.code) if p.base.id == raw.base.id]
    return [
        partition
        for partition in partitions_of(question)
        if all(coarser_or_equal(partition, one.partition) for one in printed)
    ]


def _cells(raw: CrossTable, row_blocks: Partition, column_blocks: Partition) -> list[list[int]]:
    rows = {option.code: place for place, option in enumerate(raw.row.options)}
    columns = {option.code: place for place, option in enumerate(raw.column.options)}
    return [
        [
            sum(raw.counts[rows[r]][columns[c]] for r in row_block for c in column_block)
            for column_block in column_blocks
        ]
        for row_block in row_blocks
    ]


def _margins(raw: CrossTable, pair: tuple[Partition, Partition], t: int) -> list[Printed]:
    cells = _cells(raw, *pair)
    down = tuple(sum(line) for line in cells)
    across = tuple(sum(column) for column in zip(*cells, strict=True))
    return [
        Printed(raw.base, raw.row.code, pair[0], down, t),
        Printed(raw.base, raw.column.code, pair[1], across, t),
    ]


def _as_table(
    key: str, raw: CrossTable, pair: tuple[Partition, Partition], work: Work, t: int
) -> ReleasedTable:
    counts = _cells(raw, *pair)
    cells: list[list[Cell | None]] = []
    for row_block, line in zip(pair[0], counts, strict=True):
        attribute = Event(raw.row.code, row_block)
        cells.append(
            [
                Cell(
                    replace(exact(count, raw.base.n), t=t),
                    raw.base.id,
                    (attribute, Event(raw.column.code, column_block)),
                )
                for count, column_block in zip(line, pair[1], strict=True)
            ]
        )
    merged = _merged(raw, pair)
    return ReleasedTable(
        code="",
        key=key,
        kind=Kind.CROSS,
        title=Label(
            f"{raw.column.label.fr} · {raw.row.label.fr}",
            f"{raw.column.label.to('en')} · {raw.row.label.to('en')}",
        ),
        rows=_heads(raw.row, pair[0]),
        columns=_heads(raw.column, pair[1]),
        cells=tuple(tuple(line) for line in cells),
        bases=bases_of([raw.base]),
        nature=raw.column.nature,
        masks=masks_of(cells, (Mask.MERGED,) if merged else ()),
        question=raw.column.code,
        source=source_label(work.study, raw.base.source, raw.base.edition),
        ordered=True,
    )


def _heads(question: Question, partition: Partition) -> tuple[Head, ...]:
    return tuple(block_head(question, block) for block in partition)


def _merged(raw: CrossTable, pair: Sequence[Partition]) -> bool:
    return len(pair[0]) < len(raw.row.options) or len(pair[1]) < len(raw.column.options)
