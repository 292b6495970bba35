"""Who and what the numbers of a sealed release counted, remembered without a name.

At the seal, each unit of the Dataset (who answered, who spoke) leaves a keyed mark in the
register: enough to say later that somebody left, came or answered otherwise
(``docs/methods/divulgation.md`` §7.2), too little to find an answer again, even with the
study's key: two hexadecimal digits for what a unit said. What the team adds on its own (codes
put on passages, activities) is not watched: a sealed table that it would change is found by
computing it again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from croisee.dataset import Dataset, answers_name
from croisee.dataset.schema import PERSONAL
from croisee.disclosure.register import Register
from croisee.disclosure.released import Kind, ReleasedTable
from croisee.study import Study

LINES = "lignes"
_PERSON = 16
_CONTENTS = 2
PROCESS = {
    Kind.PARTICIPATION, Kind.ACTIVITIES, Kind.OBJECTIVES, Kind.CASES, Kind.TIMELINE, Kind.CONTEXT,
}  # fmt: skip
"""Facts about the study itself: they follow no rule on people (§3.1)."""


@dataclass(frozen=True, slots=True)
class Change:
    """How many units of some tables left, came, or have other contents, since the seal."""

    left: int = 0
    came: int = 0
    changed: int = 0

    def __bool__(self) -> bool:
        return bool(self.left or self.came or self.changed)

    def __add__(self, other: Change) -> Change:
        return Change(self.left + other.left, self.came + other.came, self.changed + other.changed)


def keep_lines(
    register: Register,
    code: str,
    dataset: Dataset,
    *,
    behind: Sequence[ReleasedTable] | None = None,
) -> None:
    """Remember, beside a sealed release, what its numbers count (all, or some tables')."""
    now = [(name, *mark) for name, mark in _marks(dataset, register)]
    if behind is not None:
        some = {name for table in behind for name in _tables_behind(table, dataset.study)}
        before = [(name, unit, mark) for name, unit, mark in register.rows(code, LINES)]
        now = [row for row in now if row[0] in some]
        now += [row for row in before if row[0] not in some]
    register.keep_rows(code, LINES, sorted(now))


def changes_since(register: Register, code: str, dataset: Dataset) -> Mapping[str, Change] | None:
    """Return what changed in each table since a seal; ``None`` when nothing was remembered."""
    before: dict[str, dict[str, str]] = defaultdict(dict)
    for name, unit, contents in register.rows(code, LINES):
        before[name][unit] = contents
    if not before:
        return None
    now: dict[str, dict[str, str]] = defaultdict(dict)
    for name, (unit, contents) in _marks(dataset, register):
        now[name][unit] = contents
    return {name: _change(before[name], now[name]) for name in sorted({*before, *now})}


def counted_among(register: Register, code: str, people: Iterable[str]) -> frozenset[str]:
    """Return which of these participants were in the Dataset of a sealed release."""
    rows = register.rows(code, LINES)
    names, units = {name for name, _, _ in rows}, {unit for _, unit, _ in rows}
    return frozenset(
        person for person in people if units & {_person(register, name, person) for name in names}
    )


def change_behind(table: ReleasedTable, study: Study, changes: Mapping[str, Change]) -> Change:
    """Return what changed in the tables that a released table counts."""
    names = _tables_behind(table, study) & set(changes)
    return sum((changes[name] for name in sorted(names)), Change())


def _tables_behind(table: ReleasedTable, study: Study) -> set[str]:
    if table.kind in PROCESS:
        return set()
    instruments = {one.code for one in study.instruments}
    names: set[str] = set()
    for base in table.bases:
        surveyed = base.source in instruments
        names |= {answers_name(base.source, base.edition)} if surveyed else set(PERSONAL)
    return names or set(PERSONAL)


def _change(before: Mapping[str, str], now: Mapping[str, str]) -> Change:
    both = before.keys() & now.keys()
    return Change(
        left=len(before.keys() - now.keys()),
        came=len(now.keys() - before.keys()),
        changed=sum(before[unit] != now[unit] for unit in both),
    )


def _marks(dataset: Dataset, register: Register) -> Iterator[tuple[str, tuple[str, str]]]:
    answers = [answers_name(*wave) for wave in dataset.waves()]
    for name in [*answers, *PERSONAL]:
        who = "respondent" if name in answers else "participant"
        by_unit: dict[str, list[str]] = defaultdict(list)
        for row in dataset.rows(name):
            row.pop("quote", None)
            line = "\n".join(f"{key}={row[key]}" for key in sorted(row))
            person = str(row.get(who) or "")
            unit = _person(register, name, person) if person else _line(register, name, line)
            by_unit[unit].append(line if person else "")
        for unit, lines in sorted(by_unit.items()):
            yield name, (unit, _contents(register, name, unit, lines))


def _person(register: Register, name: str, person: str) -> str:
    return register.mac(f"unite\n{name}\n{person}")[:_PERSON]


def _line(register: Register, name: str, line: str) -> str:
    return register.mac(f"ligne\n{name}\n{line}")[:_PERSON]


def _contents(register: Register, name: str, unit: str, lines: Iterable[str]) -> str:
    told = "\n".join(sorted(lines))
    return register.mac(f"contenu\n{name}\n{unit}\n{told}")[:_CONTENTS]
