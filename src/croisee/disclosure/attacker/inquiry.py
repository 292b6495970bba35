"""One question put to the test: its groups, its integer programs, its swaps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import permutations

import numpy as np
from numpy.typing import NDArray

from croisee.disclosure.attacker.findings import Target
from croisee.disclosure.attacker.knowledge import Count, Knowledge
from croisee.disclosure.attacker.programs import Constraint, Program
from croisee.disclosure.attacker.regions import Regions, split
from croisee.disclosure.attacker.worlds import MISSING, Members, Records
from croisee.study import Nature


@dataclass(frozen=True, slots=True)
class Group:
    """Units whose answers are targets: some regions, perhaps one level of an attribute."""

    label: str
    regions: tuple[int, ...]
    size: int
    attribute: str = ""
    level: str = ""
    base: str = ""
    """The base it is exactly (empty for a difference between bases)."""
    left: bool = False
    """These people left (or joined) between two releases of one base."""


class Inquiry:
    """Everything needed to bound the targets of one question. Built once, asked many times."""

    def __init__(
        self,
        known: Knowledge,
        question: str,
        crossed: Iterable[str],
        truth: Records | None,
        about: dict[str, set[str]],
    ) -> None:
        self.known, self.question = known, question
        self.crossed = tuple(sorted(crossed))
        self.counts = [c for c in known.counts if question in {name for name, _ in c.events}]
        self.means = [m for m in known.means if m.question == question]
        keys = sorted({c.base for c in self.counts} | {m.base for m in self.means})
        self.regions: Regions = split(known, keys, truth, about)
        self.truth = truth if self.regions.of_unit is not None else None
        self._programs: dict[tuple[str, ...], Program] = {}

    @property
    def levels(self) -> tuple[str, ...]:
        """Return the finest levels of the question."""
        return self._levels(self.question)

    def _levels(self, name: str) -> tuple[str, ...]:
        variable = None if self.truth is None else self.truth.variable(name)
        asked = self.known.asked.get(name)
        told = () if asked is None else asked.levels
        return tuple(dict.fromkeys((*(variable.levels if variable else ()), *told)))

    def _atoms_of(self, name: str) -> tuple[str, ...]:
        """Return the levels that atoms use: one more, empty, where some did not answer."""
        levels = self._levels(name)
        if self.truth is None or self.truth.variable(name) is None:
            return levels
        return (*levels, "") if (self._column(name) == MISSING).any() else levels

    def _column(self, name: str) -> NDArray[np.int16]:
        assert self.truth is not None
        assert self.regions.of_unit is not None
        column: NDArray[np.int16] = self.truth.column(name)[self.regions.of_unit >= 0]
        return column

    @cached_property
    def unit_regions(self) -> NDArray[np.int64]:
        """Return the region of each unit that is in one."""
        assert self.regions.of_unit is not None
        found: NDArray[np.int64] = self.regions.of_unit[self.regions.of_unit >= 0]
        return found

    def groups(self) -> list[Group]:
        """Return the groups whose answers are targets: bases, differences, visible levels."""
        found: list[Group] = []
        inside = self.regions.inside
        for key, mask in inside.items():
            regions = tuple(int(r) for r in np.flatnonzero(mask))
            if all(group.regions != regions for group in found):
                found.append(Group(key, regions, self.known.bases[key].n, base=key))
        for a, b in permutations(inside, 2):
            rest = tuple(int(r) for r in np.flatnonzero(inside[a] & ~inside[b]))
            one, other = self.known.bases[a], self.known.bases[b]
            again = one.id == other.id and one.release != other.release
            if rest and (again or (inside[a] >= inside[b]).all()):
                size = self.known.bases[a].n - self.known.bases[b].n
                if self.regions.sizes is not None:
                    size = int(self.regions.sizes[list(rest)].sum())
                found.append(Group(f"{a} − {b}", rest, size, left=again))
        asked = self.known.asked[self.question]
        if asked.nature is Nature.VISIBLE and not self.crossed:
            return found
        return found + [group for one in found if one.base for group in self._visible(one)]

    def _visible(self, whole: Group) -> list[Group]:
        if self.truth is None:
            return []
        here = np.isin(self.unit_regions, whole.regions)
        found = []
        for variable in self.truth.variables:
            if variable.nature is Nature.VISIBLE and variable.name != self.question:
                column = self._column(variable.name)
                for index, level in enumerate(variable.levels):
                    size = int((here & (column == index)).sum())
                    label = f"{whole.label} [{variable.name}={level}]"
                    if 0 < size < whole.size:
                        found.append(
                            Group(label, whole.regions, size, variable.name, level, base=whole.base)
                        )
        return found

    def answers_targeted(self) -> list[frozenset[str]]:
        """Return the finest levels, and the merged blocks that tables print."""
        finest = [frozenset({level}) for level in self.levels]
        printed = {dict(count.events)[self.question] for count in self.counts}
        merged = {block for block in printed if 1 < len(block) < len(self.levels)}
        return [*finest, *sorted(merged, key=sorted)]

    def target(self, group: Group, answer: frozenset[str]) -> Target:
        """Return the name of a target."""
        level = "+".join(level for level in self.levels if level in answer)
        return Target(self.question, level, group.label, group.size)

    def published(self, group: Group, answer: frozenset[str]) -> tuple[int, frozenset[str]] | None:
        """Return the value of a target and its tables, when exact values state it or its parts."""
        around = {(group.attribute, frozenset({group.level}))} if group.attribute else set()
        parts: dict[frozenset[str], Count] = {}
        for count in self.counts:
            block = dict(count.events)[self.question]
            rest = set(count.events) - {(self.question, block)}
            if count.exact and count.base == group.base and rest == around and block <= answer:
                parts.setdefault(block, count)
        value, tables, left = 0, set(), answer
        for block in sorted(parts, key=lambda block: (-len(block), sorted(block))):
            if block <= left:
                value, left = value + parts[block].low, left - block
                tables.add(parts[block].table)
        return None if left else (value, frozenset(tables))

    def program(self, group: Group) -> Program:
        """Return the integer program that bounds the targets of a group."""
        names = tuple(sorted({*self.crossed, *([group.attribute] if group.attribute else [])}))
        if names not in self._programs:
            self._programs[names] = self._build(names)
        return self._programs[names]

    def mask(self, group: Group, answer: frozenset[str]) -> NDArray[np.bool_]:
        """Return which atoms of :meth:`program` are in a target."""
        names = tuple(sorted({*self.crossed, *([group.attribute] if group.attribute else [])}))
        shape, places = self._atoms(names)
        found = np.isin(places[0], group.regions)
        if group.attribute:
            at = names.index(group.attribute) + 1
            found &= places[at] == self._atoms_of(group.attribute).index(group.level)
        found &= self._in_levels(places[-1], self.question, answer)
        assert found.shape == (int(np.prod(shape)),)
        return found

    def _atoms(self, names: Sequence[str]) -> tuple[tuple[int, ...], NDArray[np.int_]]:
        sizes = [len(self._atoms_of(name)) for name in (*names, self.question)]
        shape = (self.regions.count, *sizes)
        return shape, np.indices(shape).reshape(len(shape), -1)

    def _build(self, names: tuple[str, ...]) -> Program:
        _, places = self._atoms(names)
        dims = {name: i + 1 for i, name in enumerate((*names, self.question))}
        rows: dict[tuple[bytes, float, float], Constraint] = {}

        def add(mask: NDArray[np.bool_], low: float, high: float, table: str = "") -> None:
            row = mask.astype(float)
            name = (mask.tobytes(), low, high)
            tables = frozenset({table}) if table else frozenset()
            before = rows.get(name)
            if before is None:
                rows[name] = Constraint(row, low, high, tables)
            elif before.tables and not table:
                rows[name] = Constraint(row, low, high)
            # The same statement by two tables is kept for each, so that dropping one is seen.
            elif before.tables and table not in before.tables:
                rows[mask.tobytes() + table.encode(), low, high] = Constraint(
                    row, low, high, tables
                )

        self._sizes(places, add)
        relevant = {*names, self.question}
        for count in self.known.counts:
            if count.base in self.regions.inside and {n for n, _ in count.events} <= relevant:
                mask = self._in_base(places, count.base)
                for name, levels in count.events:
                    mask &= self._in_levels(places[dims[name]], name, levels)
                add(mask, count.low, count.high, count.table)
        found = [*rows.values(), *self._mean_rows(places, dims)]
        frozen = self._frozen(names, places, dims)
        return Program(places.shape[1], found, frozen)

    def _sizes(self, places: NDArray[np.int_], add: object) -> None:
        assert callable(add)
        for key in self.regions.inside:
            base = self.known.bases[key]
            add(self._in_base(places, key), base.n - base.slack, base.n + base.slack)
        if self.regions.sizes is not None:
            for region, size in enumerate(self.regions.sizes):
                add(places[0] == region, int(size), int(size))

    def _in_base(self, places: NDArray[np.int_], key: str) -> NDArray[np.bool_]:
        found: NDArray[np.bool_] = self.regions.inside[key][places[0]]
        return found.copy()

    def _in_levels(
        self, place: NDArray[np.int_], name: str, levels: frozenset[str]
    ) -> NDArray[np.bool_]:
        known = self._atoms_of(name)
        return np.isin(place, [known.index(level) for level in levels if level in known])

    def _mean_rows(self, places: NDArray[np.int_], dims: dict[str, int]) -> list[Constraint]:
        variable = None if self.truth is None else self.truth.variable(self.question)
        if variable is None or not variable.spans:
            return []
        found = []
        spans = [*variable.spans, *[(None, None)] * len(self._atoms_of(self.question))]
        place = places[dims[self.question]]
        for mean in self.means:
            here = self._in_base(places, mean.base)
            least = [low for low, _ in spans]
            most = [high for _, high in spans]
            used = range(len(variable.spans))
            if all(least[i] is not None for i in used):
                row = np.array([float(least[p] or 0) for p in place]) * here
                found.append(Constraint(row, -np.inf, float(mean.high), frozenset({mean.table})))
            if all(most[i] is not None for i in used):
                row = np.array([float(most[p] or 0) for p in place]) * here
                found.append(Constraint(row, float(mean.low), np.inf, frozenset({mean.table})))
        return found

    def shared(self, names: Sequence[str]) -> tuple[str, ...]:
        """Return the attributes that other questions are also published with."""
        inside = {*names, self.question}
        return tuple(
            name
            for name in names
            if any(
                name in {n for n, _ in count.events} and not {n for n, _ in count.events} <= inside
                for count in self.known.counts
            )
        )

    @property
    def joinable(self) -> bool:
        """Return whether worlds of this question can be joined with the others' into one.

        Without records the sizes of regions must be known and nothing may be shared.
        """
        if self.regions.sizes is None:
            return False
        inside = {*self.crossed, self.question}
        whole = all({name for name, _ in count.events} <= inside for count in self.counts)
        return whole and (self.truth is not None or not self.crossed)

    def _frozen(
        self, names: tuple[str, ...], places: NDArray[np.int_], dims: dict[str, int]
    ) -> list[Constraint]:
        shared = self.shared(names)
        if not shared or self.truth is None:
            return []
        columns = [self.unit_regions, *(self._coded(name) for name in shared)]
        atoms = [places[0], *(places[dims[name]] for name in shared)]
        truth = np.stack(columns, axis=1)
        cells, counts = np.unique(truth, axis=0, return_counts=True)
        seen = {tuple(cell): int(n) for cell, n in zip(cells.tolist(), counts, strict=True)}
        stacked = np.stack(atoms, axis=1)
        found = []
        for cell in np.unique(stacked, axis=0):
            n = seen.get(tuple(cell.tolist()), 0)
            mask = (stacked == cell).all(axis=1)
            found.append(Constraint(mask.astype(float), n, n))
        return found

    def _coded(self, name: str) -> NDArray[np.int64]:
        column = self._column(name).astype(np.int64)
        return np.where(column == MISSING, len(self._levels(name)), column)

    def members(self, group: Group) -> Members:
        """Return which units (of those in a region) are in a group."""
        assert self.truth is not None
        here = np.isin(self.unit_regions, group.regions)
        if group.attribute:
            at = self._levels(group.attribute).index(group.level)
            here &= self._column(group.attribute) == at
        return here

    def answers(self) -> NDArray[np.int16]:
        """Return the true answers of the units in a region."""
        return self._column(self.question)
