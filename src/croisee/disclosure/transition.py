"""Who moved where between two editions (§3.12): a cross-table of §3.4, or nothing."""

from __future__ import annotations

from dataclasses import replace

from croisee.disclosure.groupings import GroupingRefused, partitions_of
from croisee.disclosure.ledger import Printed
from croisee.disclosure.manner import Manner
from croisee.disclosure.one_way import block_head
from croisee.disclosure.released import Cell, Event, Head, Kind, ReleasedTable
from croisee.disclosure.shapes import bases_of, label_of, masks_of
from croisee.disclosure.values import Mask, exact
from croisee.disclosure.work import Work
from croisee.language import Label, Phrase, phrase
from croisee.study import Nature, Partition, Question
from croisee.tables import Base, TransitionTable


def release_transition(key: str, raw: TransitionTable, work: Work) -> list[ReleasedTable]:
    """Release the first partition whose every cell is large enough in both editions, or nothing.

    At least ``base_croisement`` units linked; none of a delicate question. Both margins enter
    the ledger beside what each edition printed: those who are not linked must pass as a base.
    """
    t = work.threshold(raw.first.subject, raw.question.nature)
    reason = _forbidden(raw, work)
    partition = None
    if reason is None:
        try:
            partition = _first_partition(raw, t)
        except GroupingRefused as refused:
            reason = refused.reason
    if partition is None:
        omitted = phrase("Ce croisement n’est pas montré : il permettrait de deviner une réponse.")
        work.refuse(key, "M5", reason or omitted)
        return []
    cells = _cells(raw, partition)
    before = tuple(sum(line) for line in cells)
    after = tuple(sum(column) for column in zip(*cells, strict=True))
    margins = [
        Printed(raw.first, raw.question.code, partition, before, t),
        Printed(raw.second, raw.question.code, partition, after, t),
    ]
    if not work.enter(key, "§3.12", margins):
        return []
    return [_as_table(key, raw, partition, cells, t, work)]


def _forbidden(raw: TransitionTable, work: Work) -> Phrase | None:
    least = work.policy.base_cross
    if raw.question.nature is Nature.SENSITIVE:
        return phrase("Les réponses d’une personne à une question délicate ne sont pas suivies.")
    if raw.first.n < least:
        return phrase("Un croisement demande au moins {n} réponses.", n=least)
    if any(work.manner(base) is not Manner.NUMBERS for base in (raw.first, raw.second)):
        return phrase("Les réponses de cette base ne sont dites qu’en moitiés.")
    return None


def _first_partition(raw: TransitionTable, t: int) -> Partition | None:
    for partition in partitions_of(raw.question):
        if min(map(min, _cells(raw, partition))) >= t:
            return partition
    return None


def _cells(raw: TransitionTable, partition: Partition) -> tuple[tuple[int, ...], ...]:
    place = {option.code: i for i, option in enumerate(raw.question.options)}
    return tuple(
        tuple(
            sum(raw.counts[place[one]][place[two]] for one in row for two in column)
            for column in partition
        )
        for row in partition
    )


def _as_table(
    key: str,
    raw: TransitionTable,
    partition: Partition,
    counts: tuple[tuple[int, ...], ...],
    t: int,
    work: Work,
) -> ReleasedTable:
    question, linked = raw.question, _linked(raw)
    names = {edition.code: edition.name for edition in work.study.editions}
    heads = [
        tuple(
            _head(question, block, names.get(base.edition, Label(base.edition)))
            for block in partition
        )
        for base in (raw.first, raw.second)
    ]
    cells: list[list[Cell | None]] = [
        [
            Cell(
                replace(exact(count, linked.n), t=t),
                linked.id,
                (
                    Event(f"{question.code}.{raw.first.edition}", row),
                    Event(f"{question.code}.{raw.second.edition}", column),
                ),
            )
            for count, column in zip(line, partition, strict=True)
        ]
        for line, row in zip(counts, partition, strict=True)
    ]
    merged = (Mask.MERGED,) if len(partition) < len(question.options) else ()
    return ReleasedTable(
        code="",
        key=key,
        kind=Kind.CROSS,
        title=label_of(phrase("Qui a changé de réponse : {question}", question=question.label)),
        rows=heads[0],
        columns=heads[1],
        cells=tuple(tuple(line) for line in cells),
        bases=bases_of([linked]),
        nature=question.nature,
        masks=masks_of(cells, merged),
        question=question.code,
        source=label_of(_source(raw, work)),
        ordered=True,
    )


def _head(question: Question, block: tuple[str, ...], edition: Label) -> Head:
    head = block_head(question, block)
    named = label_of(phrase("{edition} : {answer}", edition=edition, answer=head.label))
    return replace(head, label=named, parts=())


def _linked(raw: TransitionTable) -> Base:
    """Return the base of those who answered in both editions."""
    return replace(
        raw.first, edition=f"{raw.first.edition}+{raw.second.edition}", frame=None, within=""
    )


def _source(raw: TransitionTable, work: Work) -> Phrase:
    names = {one.code: one.name for one in work.study.instruments}
    waves = {one.code: one.name for one in work.study.editions}
    return phrase(
        "{source}, {before} et {after}, les mêmes personnes",
        source=names.get(raw.first.source, Label(raw.first.source)),
        before=waves.get(raw.first.edition, Label(raw.first.edition)),
        after=waves.get(raw.second.edition, Label(raw.second.edition)),
    )
