"""Reads released tables into what anybody may conclude of them (see :mod:`.knowledge`)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from croisee.disclosure.attacker.knowledge import (
    Asked,
    Choices,
    Count,
    Events,
    Knowledge,
    KnownBase,
    Mean,
    threshold,
    wave_of,
)
from croisee.disclosure.coding import STUDY_COLUMN
from croisee.disclosure.first_choices import FIRST_CHOICE
from croisee.disclosure.released import (
    PUBLIC,
    Amount,
    Cell,
    Event,
    Kind,
    Percent,
    Rank,
    Release,
    ReleasedBase,
    ReleasedTable,
    Word,
)
from croisee.disclosure.values import Chiffre, Form
from croisee.disclosure.wording import ROUNDED_WITHIN
from croisee.study import Nature, Policy, Question
from croisee.survey import in_classes

OTHERWISE = "autrement"
"""The level of whoever did not say what a code stands for."""
POSITIONS = ("pour", "nuance", "contre")
MULTIPLE = {Kind.MULTIPLE, Kind.MULTIPLE_CASES}
PREFIXES = {Kind.CODE_CASE: "code:", Kind.POSITIONS: "theme:"}
PROCESS = {
    Kind.PARTICIPATION,
    Kind.ACTIVITIES,
    Kind.OBJECTIVES,
    Kind.CASES,
    Kind.TIMELINE,
    Kind.CONTEXT,
    Kind.LANDSCAPE,
    Kind.MEETINGS,
    Kind.LICENCES,
    Kind.TREND,
    Kind.CROSS_CASE,
    Kind.ARGUMENTS,
    Kind.RANKING,
    Kind.BUDGET,
}
"""Kinds that count no answers: participation is public, votes are orders and words, who can meet
whom and what moved between editions follow from printed counts."""


def gather(releases: Sequence[Release], policy: Policy) -> list[Knowledge]:
    """Read every release and split what they say by population."""
    roots = _linked_waves(releases)
    found: dict[str, Knowledge] = {}
    for root in dict.fromkeys(roots.values()):
        found[root] = Knowledge(tuple(sorted(w for w, r in roots.items() if r == root)))
    versions = _versions(releases)
    for release in releases:
        for table in _sized(release):
            if table.kind not in PROCESS:
                reader = _Reader(release, table, policy, versions)
                reader.into(found, roots)
    for known in found.values():
        known.counts = list(dict.fromkeys(known.counts))
        known.choices = list(dict.fromkeys(known.choices))
        known.means = list(dict.fromkeys(known.means))
        known.sealed = _nothing_new(known, {r.code for r in releases if r.sealed_on is not None})
    return [known for known in found.values() if known.counts or known.choices or known.means]


def _nothing_new(known: Knowledge, sealed: set[str]) -> bool:
    before = {replace(fact, table="") for code, fact in known.facts() if code in sealed}
    return all(code in sealed or replace(fact, table="") in before for code, fact in known.facts())


def _linked_waves(releases: Iterable[Release]) -> dict[str, str]:
    roots: dict[str, str] = {}

    def top(wave: str) -> str:
        roots.setdefault(wave, wave)
        while roots[wave] != wave:
            wave = roots[wave]
        return wave

    for release in releases:
        for table in release.tables:
            for base in table.bases:
                mine = top(wave_of(base.id))
                if base.within:
                    roots[mine] = top(wave_of(base.within))
    return {wave: top(wave) for wave in sorted(roots)}


def _versions(releases: Sequence[Release]) -> dict[tuple[str, str, int], str]:
    """Name the bases: one key when every release speaks of the same units, else one each.

    A base whose n, or any of whose counts, changed from one release to the next is another
    set of people under the same name; so is one of two sizes in one release (a total that
    counts those who answered, beside everybody).
    """
    said: dict[str, dict[str, dict[object, object]]] = {}
    sizes: dict[tuple[str, str], set[int]] = {}
    for release in releases:
        for table in _sized(release):
            for base in table.bases:
                facts = said.setdefault(base.id, {}).setdefault(release.code, {})
                sizes.setdefault((release.code, base.id), set()).add(size_of(base))
                facts["n"] = tuple(sorted(sizes[release.code, base.id]))
            for cell in _cells(table):
                if cell.events and cell.base in said:
                    facts = said[cell.base].setdefault(release.code, {})
                    value = cell.value
                    interval = (value.lo, value.hi) if isinstance(value, Chiffre) else value
                    facts[table.key, cell.events] = interval
    keys = {}
    for base_id, by_release in said.items():
        changed = _disagree(list(by_release.values()))
        for code in by_release:
            name = f"{base_id}#{code}" if changed else base_id
            several = len(sizes[code, base_id]) > 1
            for n in sizes[code, base_id]:
                keys[code, base_id, n] = f"{name} (n = {n})" if several else name
    return keys


def _disagree(facts: Sequence[dict[object, object]]) -> bool:
    seen: dict[object, object] = {}
    return any(
        seen.setdefault(about, value) != value for one in facts for about, value in one.items()
    )


def _sized(release: Release) -> list[ReleasedTable]:
    """Return the tables with the bases whose size is told; nothing is counted of the others.

    :func:`croisee.disclosure.attacker.hidden.hidden_numbers` refuses a number said of them.
    """
    return [
        replace(table, bases=tuple(base for base in table.bases if base.n is not None))
        for table in release.tables
    ]


def size_of(base: ReleasedBase) -> int:
    """Return the size of a base as it is told."""
    if base.n is None:
        raise ValueError(f"the size of {base.id} is not told")
    return base.n


def _most(base: ReleasedBase) -> int:
    """Return how many units a base may have at most: four more than a rounded size."""
    return size_of(base) + (ROUNDED_WITHIN if base.rounded else 0)


def _cells(table: ReleasedTable) -> Iterable[Cell]:
    return (cell for row in table.cells for cell in row if cell is not None)


@dataclass(frozen=True, slots=True)
class _Reader:
    release: Release
    table: ReleasedTable
    policy: Policy
    versions: dict[tuple[str, str, int], str]

    @property
    def name(self) -> str:
        return f"{self.release.code}:{self.table.key}"

    def into(self, found: dict[str, Knowledge], roots: dict[str, str]) -> None:
        for base in self.table.bases:
            known = found[roots[wave_of(base.id)]]
            known.bases.setdefault(self._key(base), self._known(base))
        if self.table.kind in MULTIPLE:
            self._choices(found, roots)
            return
        sizes = {base.id: base for base in self.table.bases}
        for row, head in zip(self.table.cells, self.table.rows, strict=True):
            for cell, column in zip(row, self.table.columns, strict=True):
                if cell is None or not cell.events or cell.base not in sizes:
                    continue
                known = found[roots[wave_of(cell.base)]]
                delicate = self.table.kind is Kind.CODE_CASE and column.key == STUDY_COLUMN
                self._cell(known, cell, sizes[cell.base], head.key, delicate=delicate)

    def _key(self, base: ReleasedBase) -> str:
        return self.versions[self.release.code, base.id, size_of(base)]

    def _known(self, base: ReleasedBase) -> KnownBase:
        return KnownBase(
            self._key(base),
            base.id,
            wave_of(base.id),
            self.release.code,
            frozenset(base.cases),
            size_of(base),
            bool(base.within) or "?" in base.id,
            ROUNDED_WITHIN if base.rounded else 0,
        )

    def _cell(
        self, known: Knowledge, cell: Cell, base: ReleasedBase, row: str, *, delicate: bool
    ) -> None:
        """Take one value. ``delicate``: a code told for the whole study only, as those are."""
        events = self._named(cell.events)
        for name, levels in events:
            self._ask(known, name, tuple(sorted(levels)), base, delicate=delicate)
        key = self._key(base)
        value = cell.value.count if isinstance(cell.value, Percent) else cell.value
        if isinstance(value, Amount):
            if row == "moyenne" and not self._weighted():
                known.means.append(self._mean(key, events[0][0], value, base))
            return
        span = interval(value, _most(base), self.policy)
        if span is not None:
            said = isinstance(value, Word) or (isinstance(value, Chiffre) and value.form in SAID)
            kept = isinstance(value, Chiffre) and _post_processed(value)
            agreed = isinstance(value, Chiffre) and self._agreed(value, row)
            known.counts.append(Count(self.name, key, events, *span, said, kept, agreed))

    def _agreed(self, value: Chiffre, row: str) -> bool:
        """Return whether the policy names the cell: the gate's word is not enough."""
        about = f"{self.table.key}/{row}"
        named = (one.about.strip("{}") for one in self.release.study.policy.agreements)
        return value.form is Form.AGREED and any(n.partition("@")[0] == about for n in named)

    def _named(self, events: Iterable[Event]) -> Events:
        """Return events as sets of levels, by question; a code is not a question's namesake."""
        prefix = PREFIXES.get(self.table.kind, "")
        return tuple(sorted((prefix + e.question, frozenset(e.levels)) for e in events))

    def _weighted(self) -> bool:
        """Return whether the table estimates: its mean then says nothing of a sum of answers."""
        return any(
            cell is not None and isinstance(cell.value, Percent)
            for line in self.table.cells
            for cell in line
        )

    def _mean(self, key: str, question: str, value: Amount, base: ReleasedBase) -> Mean:
        half = value.step / 2
        asked = self._question(question, base)
        unit = asked.step if asked is not None else Decimal(1)
        n = size_of(base)
        careful = value.step * n >= 5 * unit
        low, high = (value.value - half) * n, (value.value + half) * n
        return Mean(self.name, key, question, low, high, careful)

    def _question(self, code: str, base: ReleasedBase) -> Question | None:
        return next(
            (
                question
                for instrument in self.release.study.instruments
                if instrument.code == base.source
                for question in instrument.questions
                if question.code == code
            ),
            None,
        )

    def _ask(
        self,
        known: Knowledge,
        name: str,
        levels: tuple[str, ...],
        base: ReleasedBase,
        *,
        delicate: bool,
    ) -> None:
        question = self._question(name, base)
        circle = self.table.audience != PUBLIC
        levels = self._all_levels(question, name, levels)
        nature = Nature.SENSITIVE if delicate else self._nature(question)
        t = threshold(self.policy, nature, base.subject, circle=circle)
        before = known.asked.get(name)
        if before is not None:
            levels = before.levels + tuple(x for x in levels if x not in before.levels)
            t = min(t, before.t)
        known.asked[name] = Asked(name, levels, nature, base.subject, t)

    def _all_levels(
        self, question: Question | None, name: str, said: tuple[str, ...]
    ) -> tuple[str, ...]:
        if question is not None:
            return tuple(option.code for option in in_classes(question).options) or said
        for theme in self.release.study.themes:
            if name == f"{FIRST_CHOICE}{theme.code}":
                return tuple(option.code for option in theme.options) or said
        if self.table.kind is Kind.POSITIONS:
            return POSITIONS
        return (*said, OTHERWISE) if self.table.kind is Kind.CODE_CASE else said

    def _nature(self, question: Question | None) -> Nature:
        spoken = {Kind.CODE_CASE, Kind.POSITIONS}
        if self.table.kind in spoken and self.table.nature is not Nature.SENSITIVE:
            return Nature.SPOKEN
        return self.table.nature if question is None else question.nature

    def _choices(self, found: dict[str, Knowledge], roots: dict[str, str]) -> None:
        for column in range(len(self.table.columns)):
            cells = [row[column] for row in self.table.cells]
            useful = [cell for cell in cells if cell is not None and cell.events]
            base = next((b for b in self.table.bases if useful and b.id == useful[0].base), None)
            if base is not None:
                self._column(found[roots[wave_of(base.id)]], useful, base)

    def _column(self, known: Knowledge, cells: list[Cell], base: ReleasedBase) -> None:
        code = cells[0].events[0].question
        question = self._question(code, base)
        items = tuple(cell.events[0].levels[0] for cell in cells)
        for item in items:
            self._ask_item(known, code, item, question, base)
        n = _most(base)
        spans = tuple(interval(cell.value, n, self.policy) or (0, n) for cell in cells)
        ranked = [
            (cell.value.place, item)
            for cell, item in zip(cells, items, strict=True)
            if isinstance(cell.value, Rank)
        ]
        order = tuple(item for _, item in sorted(ranked, key=lambda pair: pair[0]))
        least, most = _limits(question, len(items), sum(hi for _, hi in spans), n)
        key = self._key(base)
        known.choices.append(Choices(self.name, key, code, items, spans, order, least, most))

    def _ask_item(
        self, known: Knowledge, code: str, item: str, question: Question | None, base: ReleasedBase
    ) -> None:
        nature = self.table.nature if question is None else question.nature
        circle = self.table.audience != PUBLIC
        t = threshold(self.policy, nature, base.subject, circle=circle)
        name = f"{code}={item}"
        before = known.asked.get(name)
        t = t if before is None else min(t, before.t)
        known.asked[name] = Asked(name, ("non", "oui"), nature, base.subject, t)


def _post_processed(value: Chiffre) -> bool:
    """Return whether a value only rounds one that could have been printed exactly (§4)."""
    return value.form is Form.ROUNDED and 0 < value.t <= value.lo


SAID = {
    Form.VOICED,
    Form.HALF_OR_MORE,
    Form.UNDER_HALF,
    Form.MORE_THAN_HALF,
    Form.HALF_OR_LESS,
    Form.NEARLY_ALL,
}


def interval(value: object, n: int, policy: Policy) -> tuple[int, int] | None:
    """Return what a reader may conclude of a count of units, or ``None`` if it is no count."""
    if isinstance(value, Percent):
        value = value.count
    if isinstance(value, Chiffre):
        return None if value.form is Form.ABSENT else (value.lo, min(value.hi, n))
    if isinstance(value, Word):
        return {
            "exprime": (1, n),
            "non-exprime": (0, 0),
            "silence": (0, 0),
            "majorite": (n // 2 + 1, n),
            "presque-tous": (max(n - policy.t + 1, 0), n),
        }.get(value.word)
    return None


def _limits(question: Question | None, items: int, reach: int, n: int) -> tuple[int, int]:
    """Return how many items each unit chose: what a reader of the questionnaire knows (§3.5)."""
    if question is None:
        return (1 if reach >= n else 0), items
    if question.exactly is not None:
        return question.exactly, question.exactly
    least = max(question.at_least, 1)
    most = min(items, question.at_most if question.at_most is not None else items)
    return (least if reach >= least * n else 0), most
