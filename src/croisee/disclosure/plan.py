"""Which partition each question is read in, decided for the whole release at once.

``docs/methods/divulgation.md`` §3.2.4, §3.4 and §3.12: one partition for a base and a
question; a table of cases only shows what is equal to or coarser than each case's own; the
pattern does not change from one edition to the next.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from croisee.disclosure.first_choices import first_choice_rows
from croisee.disclosure.groupings import (
    coarser_or_equal,
    common_partition,
    cut_of,
    first_passing,
    partitions_of,
)
from croisee.disclosure.released import PUBLIC, Kind, Release, ReleasedBase, ReleasedTable
from croisee.disclosure.thresholds import smallest_base, threshold
from croisee.study import Nature, Partition, Question, Study
from croisee.tables import (
    Base,
    CaseTable,
    NumericTable,
    OneWayTable,
    PositionResult,
    PositionTable,
    ProfileTable,
    RankingTable,
    RawTable,
)

_Family = tuple[str, tuple[str, ...], str]
"""Source, cases and question: the same thing asked of the same people over editions."""

_ALONE = {Kind.ONE_WAY, Kind.NUMERIC, Kind.PROFILE}


@dataclass(frozen=True, slots=True)
class Reading:
    """How one question is read in one base: its partition, and whether every block passes.

    When it does not, only the upper block of the cut is said, one-sidedly.
    """

    partition: Partition
    passes: bool


def answered(table: OneWayTable) -> OneWayTable:
    """Return the counts as they are read: a sensitive question counts those who did not answer.

    Item non-response (§3.2): the base is those who answered; for a sensitive question they
    join the last answer, and the base is everybody who filled the questionnaire.
    """
    if table.question.nature is not Nature.SENSITIVE:
        return table
    base = table.base
    if table.missing:
        base = replace(base, n=base.n + table.missing, filter="", within="")
    last = table.counts[-1] + table.missing
    counts = (*table.counts[:-1], last)
    return replace(table, base=base, counts=counts, missing=0)


def pooled(rows: Sequence[OneWayTable]) -> OneWayTable:
    """Return several cases counted together; nobody is in two of them."""
    first = rows[0]
    cases = tuple(dict.fromkeys(case for row in rows for case in row.base.cases))
    frames = [row.base.frame for row in rows]
    narrow = next((row.base.filter for row in rows if row.base.filter), "")
    whole = replace(first.base, cases=cases, filter="", within="")
    base = replace(
        whole,
        n=sum(row.base.n for row in rows),
        frame=sum(f for f in frames if f is not None) if None not in frames else None,
        filter=narrow,
        within=whole.id if narrow else "",
    )
    counts = tuple(sum(column) for column in zip(*(row.counts for row in rows), strict=True))
    weights = [row.weighted for row in rows if row.weighted]
    weighted = (
        tuple(sum(column) for column in zip(*weights, strict=True))
        if len(weights) == len(rows)
        else ()
    )
    missing = sum(row.missing for row in rows)
    squares = sum((row.squares for row in rows), Decimal(0)) if weighted else Decimal(0)
    return OneWayTable(base, first.question, counts, missing, weighted, squares)


class Plan:
    """Every single-answer question of a release, and the partition it may be read in."""

    def __init__(
        self,
        study: Study,
        tables: Iterable[RawTable],
        earlier: Sequence[Release] = (),
    ) -> None:
        self._study = study
        self._policy = study.policy
        self._earlier = earlier
        self._rows: dict[_Family, dict[str, OneWayTable]] = {}
        self._cases: dict[tuple[str, str], dict[str, OneWayTable]] = {}
        self._positions: dict[str, list[PositionResult]] = defaultdict(list)
        for table in tables:
            self._take(table)

    def reading(self, table: OneWayTable, audience: str = PUBLIC) -> Reading:
        """Return how one base reads a question, alone (§3.2, §3.12)."""
        question = table.question
        t = threshold(self._policy, table.base.subject, question.nature)
        partition = self._own(table, t)
        finer = threshold(self._policy, table.base.subject, question.nature, audience)
        if finer < t:
            return self._finer(table, partition, finer)
        passes = first_passing(table.counts, question, (partition,), t) is not None
        return Reading(partition, passes)

    def common(self, table: CaseTable) -> Reading:
        """Return how several cases read a question together (§3.4)."""
        question = table.question
        base = table.rows[0].base
        t = threshold(self._policy, base.subject, question.nature)
        rows = list(self._cases.get((base.source, question.code), {}).values())
        eligible = self._eligible(rows or table.rows, t)
        if not eligible:
            return Reading(cut_of(question), False)
        partition, _ = common_partition([row.counts for row in eligible], question, t)
        partition = self._as_before(base, question, partition, {Kind.CASE_ROWS})
        mine = self._eligible([answered(row) for row in table.rows], t)
        passes = all(first_passing(row.counts, question, (partition,), t) for row in mine)
        if not passes:
            partition = cut_of(question)
        passes = all(first_passing(row.counts, question, (partition,), t) for row in mine)
        return Reading(partition, passes)

    def positions(self, theme: str) -> tuple[PositionResult, ...]:
        """Return the positions of a theme in every case and edition of the release."""
        return tuple(self._positions[theme])

    def held(
        self, question: Question, counted: Sequence[PositionResult], mine: Sequence[PositionResult]
    ) -> Reading:
        """Return how the positions of some cases are read, in every edition alike (§3.7, §3.12).

        ``counted``: those of every edition that may be counted; ``mine``: those of one table.
        """
        t = self._policy.t
        partition, _ = common_partition([one.counts for one in counted], question, t)
        partition = self._as_before(mine[0].base, question, partition, {Kind.POSITIONS})
        passes = all(first_passing(one.counts, question, (partition,), t) for one in mine)
        return Reading(partition, passes)

    def _take(self, table: RawTable) -> None:
        if isinstance(table, PositionTable):
            self._positions[table.theme] += table.results
        alone, by_case = _rows_in(table, self._study)
        for row in map(answered, by_case):
            about = (row.base.source, row.question.code)
            self._cases.setdefault(about, {})[row.base.id] = row
        for row in map(answered, alone):
            self._rows.setdefault(_family(row.base, row.question), {})[row.base.id] = row

    def _own(self, table: OneWayTable, t: int) -> Partition:
        question = table.question
        family = self._rows.get(_family(table.base, question), {})
        rows = self._eligible([*family.values()] or [table], t)
        if not rows:
            partition = cut_of(question)
        elif len(rows) == 1:
            found = first_passing(rows[0].counts, question, partitions_of(question), t)
            partition = found or cut_of(question)
        else:
            partition, _ = common_partition([row.counts for row in rows], question, t)
        return self._as_before(table.base, question, partition, _ALONE)

    def _finer(self, table: OneWayTable, public: Partition, t: int) -> Reading:
        finer = (
            partition
            for partition in partitions_of(table.question)
            if coarser_or_equal(public, partition)
        )
        found = first_passing(table.counts, table.question, finer, t)
        return Reading(found or public, found is not None)

    def _eligible(self, rows: Iterable[OneWayTable], t: int) -> list[OneWayTable]:
        least = smallest_base(self._policy, t)
        return [row for row in rows if row.base.n >= least]

    def _as_before(
        self, base: Base, question: Question, partition: Partition, kinds: set[Kind]
    ) -> Partition:
        """Return the pattern of an earlier sealed edition if it passes too, else the cut."""
        for release in self._earlier:
            before = _printed_before(release, base, question, kinds)
            if before is not None and before != partition:
                fits = coarser_or_equal(before, partition)
                return before if fits else cut_of(question)
        return partition


def _rows_in(
    table: RawTable, study: Study
) -> tuple[tuple[OneWayTable, ...], tuple[OneWayTable, ...]]:
    """Return the single-answer questions of a table: those read alone, those read by case."""
    if isinstance(table, OneWayTable):
        return (table,), ()
    if isinstance(table, NumericTable):
        return (table.classes,), ()
    if isinstance(table, ProfileTable):
        return table.questions, ()
    if isinstance(table, CaseTable):
        return (), table.rows
    if isinstance(table, RankingTable):
        rows = tuple(row for _, row in first_choice_rows(study, table) if row is not None)
        return (rows, ()) if len(rows) == 1 else ((), rows)
    return (), ()


def _family(base: Base, question: Question) -> _Family:
    # Those who answered a question are the same people to a reader, were one silent or none.
    narrow = "" if base.filter == question.code else base.filter
    return f"{base.source}?{narrow}:{base.subject}", base.cases, question.code


def _printed_before(
    release: Release, base: Base, question: Question, kinds: set[Kind]
) -> Partition | None:
    codes = {option.code for option in question.options}
    for table in release.tables:
        if table.kind not in kinds or table.audience != PUBLIC:
            continue
        if not any(_elsewhere(b, base, kinds) for b in table.bases):
            continue
        blocks = _blocks(table, question.code)
        levels = {code for block in blocks for code in block}
        if blocks and levels <= codes:
            return blocks if levels == codes else cut_of(question)
    return None


def _blocks(table: ReleasedTable, question: str) -> Partition:
    cells = (cell for row in table.cells for cell in row if cell is not None)
    events = (event for cell in cells for event in cell.events)
    return tuple(dict.fromkeys(event.levels for event in events if event.question == question))


def _elsewhere(before: ReleasedBase, base: Base, kinds: set[Kind]) -> bool:
    """Return whether a printed base is the same one in another edition."""
    same = before.source == base.source and before.edition != base.edition
    return same and (kinds != _ALONE or before.cases == base.cases)
