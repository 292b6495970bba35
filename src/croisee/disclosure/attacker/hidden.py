"""What a confidential study may not say: the size of a base that its own bands hide (§3.1)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from croisee.disclosure.attacker.findings import Doubt, Target, Undecided
from croisee.disclosure.manner import is_confidential
from croisee.disclosure.released import Cell, Percent, Release, ReleasedBase, ReleasedTable
from croisee.disclosure.values import Chiffre, Form

_SILENT = {Form.ABSENT}


def hidden_numbers(releases: Sequence[Release]) -> Iterator[Undecided]:
    """Yield what is counted of a base whose size is not told, or told beside a hidden one.

    A number said of a base without a size cannot be bounded, so it is refused. In a
    confidential study the sizes of the networks of one wave are told all or by their band: a
    pooled size beside a network that is not told would give it back.
    """
    for release in releases:
        for table in release.tables:
            untold = {base.id for base in table.bases if base.n is None}
            for base in (cell.base for cell in _counting(table) if cell.base in untold):
                yield _doubt(release, table, base)
        if is_confidential(release.study.policy):
            yield from _given_back(release)


def _given_back(release: Release) -> Iterator[Undecided]:
    found = [(table, base) for table in release.tables for base in table.bases]
    untold = [base for _, base in found if base.n is None and len(base.cases) == 1]
    for table, base in found:
        if base.n is not None and any(_inside(one, base) for one in untold):
            yield _doubt(release, table, base.id)


def _inside(small: ReleasedBase, large: ReleasedBase) -> bool:
    wave = (small.source, small.edition) == (large.source, large.edition)
    return wave and set(small.cases) <= set(large.cases)


def _counting(table: ReleasedTable) -> Iterator[Cell]:
    for line in table.cells:
        for cell in line:
            value = None if cell is None else cell.value
            if isinstance(value, Percent):
                value = value.count
            if cell is not None and isinstance(value, Chiffre) and value.form not in _SILENT:
                yield cell


def _doubt(release: Release, table: ReleasedTable, base: str) -> Undecided:
    target = Target(table.question or table.key, "", base, 0)
    return Undecided(target, Doubt.UNKNOWN_SIZES, (f"{release.code}:{table.key}",))
