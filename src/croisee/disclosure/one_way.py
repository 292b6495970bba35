"""One-way tables (§3.2, §3.3), and the profile that reads several side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from croisee.disclosure.estimates import effective_size, weighted_interval
from croisee.disclosure.groupings import GroupingRefused, block_counts, coarser_or_equal, cut_of
from croisee.disclosure.ledger import Printed
from croisee.disclosure.manner import Manner
from croisee.disclosure.means import with_mean
from croisee.disclosure.plan import Reading, answered
from croisee.disclosure.released import PUBLIC, Cell, Event, Head, Kind, Percent, ReleasedTable
from croisee.disclosure.shapes import (
    bases_of,
    column_of,
    counted,
    everybody,
    half_of,
    is_pooled,
    label_of,
    masks_of,
    one_of,
    source_label,
)
from croisee.disclosure.thresholds import circle
from croisee.disclosure.values import Chiffre, Mask, halves
from croisee.disclosure.work import Work
from croisee.language import phrase
from croisee.study import Nature, Partition, Question, QuestionKind, Subject
from croisee.survey import joined
from croisee.tables import Base, OneWayTable, ProfileTable

FREE_FROM = 200
"""Base from which a visible attribute may be read beside another one (§3.4)."""
_RULE = "§3.2"


@dataclass(frozen=True, slots=True)
class Blocks:
    """A question read in one base: the blocks to print and their counts."""

    table: OneWayTable
    reading: Reading
    t: int
    manner: Manner = Manner.NUMBERS

    @property
    def shown(self) -> Partition:
        """Return the printed blocks: all of them, or the upper one of the cut."""
        return self.reading.partition if self.reading.passes else cut_of(self.table.question)[1:]

    def cells(self) -> tuple[Cell, ...]:
        """Return one value a block."""
        return tuple(self.cell(block) for block in self.shown)

    def cell(self, block: Sequence[str]) -> Cell:
        """Return the value of one block, as its base may be told."""
        if self.manner is Manner.NUMBERS:
            return cell_of(self.table, block, self.t)
        (x,) = block_counts(self.table.counts, self.table.question, (tuple(block),))
        event = Event(self.table.question.code, tuple(block))
        return half_of(x, self.table.base, self.t, self.manner, event)

    def printed(self) -> Printed:
        """Return what the ledger remembers."""
        question = self.table.question
        partition = self.reading.partition if self.reading.passes else cut_of(question)
        counts: tuple[int | None, ...] = (None,) * len(partition)
        if self.reading.passes and self.table.base.n >= 2 * self.t:
            counts = block_counts(self.table.counts, question, partition)
        return Printed(self.table.base, question.code, partition, counts, self.t)

    def masks(self) -> tuple[Mask, ...]:
        """Return the masks of the whole: merged answers, and delicate questions."""
        question = self.table.question
        merged = len(self.shown) < len(question.options) and self.reading.passes
        found = [Mask.MERGED] if merged else []
        if question.nature is Nature.SENSITIVE:
            found.append(Mask.SENSITIVE)
        return tuple(found)


def release_one_way(key: str, raw: OneWayTable, work: Work) -> list[ReleasedTable]:
    """Release a one-way table, and a finer one for a network's own organisations (§3.14)."""
    table = answered(raw)
    audience = _audience(key, table, work)
    if _by_case_refused(key, table, work):
        return []
    found = []
    blocks = read_alone(key, table, work, audience)
    if blocks is not None and work.enter(key, "§3.4", [blocks.printed()]):
        note_masked(key, blocks, work)
        found.append(with_mean(_as_table(key, blocks, work, audience), table.question))
    if audience == PUBLIC and "@" in key and table.question.nature is Nature.FACT:
        found += _for_circle(key, table, blocks, work)
    return found


def release_profile(key: str, raw: ProfileTable, work: Work) -> list[ReleasedTable]:
    """Release the visible questions of a wave as groups of rows, one column (§2)."""
    rows: list[Head] = []
    cells: list[tuple[Cell | None, ...]] = []
    masks: list[Mask] = []
    tables: list[OneWayTable] = []
    for one in raw.questions:
        table = answered(one)
        blocks = read_alone(f"{key}:{table.question.code}", table, work, PUBLIC)
        if blocks is None or not work.enter(key, "§3.4", [blocks.printed()]):
            continue
        note_masked(key, blocks, work)
        tables.append(table)
        masks += blocks.masks()
        for block, cell in zip(blocks.shown, blocks.cells(), strict=True):
            head = block_head(table.question, block)
            rows.append(
                Head(
                    f"{table.question.code}:{head.key}",
                    head.label,
                    table.question.label,
                    head.parts,
                )
            )
            cells.append((cell,))
    if not rows:
        return []
    return [
        ReleasedTable(
            code="",
            key=key,
            kind=Kind.PROFILE,
            title=label_of(phrase("Profil des personnes participantes")),
            rows=tuple(rows),
            columns=(everybody(),),
            cells=tuple(cells),
            bases=bases_of(table.base for table in tables),
            nature=Nature.VISIBLE,
            masks=masks_of(cells, masks),
            source=source_label(work.study, raw.source, raw.edition),
            ordered=True,
        )
    ]


def read_alone(key: str, table: OneWayTable, work: Work, audience: str) -> Blocks | None:
    """Return how one base reads a question, or note why nothing of it is printed."""
    t = work.threshold(table.base.subject, table.question.nature, audience)
    manner = work.manner(table.base)
    words = in_halves(table, t, work)
    small = not work.large(table.base, work.smallest_base(t)) and not words
    if small or manner is Manner.NOTHING:
        work.refuse(key, "M16", phrase("Trop peu de réponses pour montrer un résultat."))
        return None
    try:
        cut = Reading(cut_of(table.question), passes=False)
        whole = manner is Manner.NUMBERS and not words
        reading = work.plan.reading(table, audience) if whole else cut
    except GroupingRefused as refused:
        work.refuse(key, _RULE, refused.reason)
        return None
    return Blocks(table, reading, t, manner)


def in_halves(table: OneWayTable, t: int, work: Work) -> bool:
    """Return whether a base is said in halves of its cut: 2t - 1 units, t values each (§3.7).

    One unit fewer and « moins de la moitié » would leave fewer than ``t`` values. Neither
    delicate questions nor what colleagues can see are said of so few.
    """
    said = table.question.nature in {Nature.ORDINARY, Nature.FACT}
    return said and table.base.n == 2 * t - 1 and work.smallest_base(t) == 2 * t


def block_head(question: Question, block: Sequence[str]) -> Head:
    """Return the row of a block of answers, with the labels it merges."""
    parts = [question.option(code).label for code in block]
    one_class = joined(question, block)
    said = [one_class] if one_class else list(parts)
    if question.nature is Nature.SENSITIVE and block[-1] == question.options[-1].code:
        parts.append(label_of(phrase("sans réponse")))
        said.append(parts[-1])
    merged = tuple(parts) if len(parts) > 1 else ()
    scale = question.kind is QuestionKind.ORDINAL
    return Head("+".join(block), one_of(said, scale=scale), parts=merged)


def cell_of(table: OneWayTable, block: Sequence[str], t: int) -> Cell:
    """Return the value of one block: a count, or a whole percentage where there are weights."""
    question = table.question
    (x,) = block_counts(table.counts, question, (tuple(block),))
    event = Event(question.code, tuple(block))
    if table.base.n == 2 * t - 1:
        value = replace(halves(x, table.base.n), mask=Mask.WORDS)
        return Cell(value, table.base.id, (event,))
    cell = counted(x, table.base, t, question.nature, event)
    if not table.weighted or not isinstance(cell.value, Chiffre) or cell.value.lo != cell.value.hi:
        return cell
    weights = dict(zip((o.code for o in question.options), table.weighted, strict=True))
    whole = sum(weights.values(), Decimal(0))
    if not whole:
        return cell
    share = 100 * sum((weights[code] for code in block), Decimal(0)) / whole
    points = int(share.quantize(Decimal(1), rounding=ROUND_HALF_UP))
    effective = effective_size(whole, table.squares)
    low, high = weighted_interval(points, effective) if effective else (None, None)
    return Cell(Percent(points, cell.value, low, high), cell.base, cell.events)


def note_masked(key: str, blocks: Blocks, work: Work) -> None:
    """Note, for the team, the raw counts behind merged or one-sided values."""
    question = blocks.table.question
    if blocks.reading.passes and len(blocks.shown) == len(question.options):
        return
    raw = ", ".join(
        f"{option.code} = {count}"
        for option, count in zip(question.options, blocks.table.counts, strict=True)
    )
    work.masked(
        key, f"{blocks.table.base.id} · {question.code} : {raw} (n = {blocks.table.base.n})"
    )


def _as_table(key: str, blocks: Blocks, work: Work, audience: str) -> ReleasedTable:
    table, question = blocks.table, blocks.table.question
    cells = tuple((cell,) for cell in blocks.cells())
    pooled = (Mask.POOLED_CASES,) if is_pooled(work.study, table.base) else ()
    return ReleasedTable(
        code="",
        key=key,
        kind=Kind.ONE_WAY,
        title=question.label,
        rows=tuple(block_head(question, block) for block in blocks.shown),
        columns=(column_of(work.study, table.base),),
        cells=cells,
        bases=bases_of([table.base]),
        audience=audience,
        nature=question.nature,
        masks=masks_of(cells, (*blocks.masks(), *pooled)),
        question=question.code,
        source=source_label(work.study, table.base.source, table.base.edition),
        ordered=True,
        fallback=not blocks.reading.passes,
    )


def _audience(key: str, table: OneWayTable, work: Work) -> str:
    own = "@" in key and len(table.base.cases) == 1 and len(work.study.cases) > 1
    personal = table.base.subject is Subject.PERSON
    if own and personal and table.question.nature is Nature.SENSITIVE:
        return circle(table.base.cases[0])
    return PUBLIC


def _by_case_refused(key: str, table: OneWayTable, work: Work) -> bool:
    return "@" in key and visible_by_case(key, table.base, table.question, table.base.n, work)


def visible_by_case(key: str, base: Base, question: Question, n: int, work: Work) -> bool:
    """Refuse a table that would cross what colleagues see with the network (§2, §3.4)."""
    refused = (
        len(work.study.cases) > 1
        and n < FREE_FROM
        and base.subject is Subject.PERSON
        and question.nature is Nature.VISIBLE
    )
    if refused:
        work.refuse(
            key,
            "M5",
            phrase("Une caractéristique visible n’est jamais montrée par réseau : elle désigne."),
        )
    return refused


def _for_circle(
    key: str, table: OneWayTable, public: Blocks | None, work: Work
) -> list[ReleasedTable]:
    audience = circle(table.base.cases[0])
    t = work.threshold(table.base.subject, table.question.nature, audience)
    if table.base.subject is not Subject.ORGANISATION or table.base.n < work.smallest_base(t):
        return []
    if work.manner(table.base) is not Manner.NUMBERS:
        return []
    try:
        own = Blocks(table, work.plan.reading(table, audience), t)
    except GroupingRefused:
        return []
    if public is not None and public.reading.passes and own.shown == public.shown:
        return []
    finer = public is None or coarser_or_equal(public.printed().partition, own.printed().partition)
    name = f"{key}~cercle"
    if not finer or not work.enter(name, "§3.4", [own.printed()]):
        return []
    return [_as_table(name, own, work, audience)]
