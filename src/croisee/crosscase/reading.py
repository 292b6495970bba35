"""Cases side by side: what all carry, what divides them, what is said in one place only."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from croisee.language import Label
from croisee.tables import (
    Code,
    CodeCaseTable,
    CodePresence,
    CrossCaseReading,
    PositionTable,
)

CONVERGE, DIVERGE, ONLY_HERE, SILENT = "converge", "diverge", "only-here", "silent"
ENOUGH = 2
"""People, or methods, that make a theme present in a case (``divulgation.md`` §3.8)."""

_POSITIONS = (
    ("pour", Label("pour", "for")),
    ("nuance", Label("ça dépend", "it depends")),
    ("contre", Label("contre", "against")),
)


def verdict(present: Sequence[str], cases: Sequence[str]) -> str:
    """Return the verdict of one theme, from the cases that carry it among those read.

    All of at least two: ``converge``. Several, not all: ``diverge``. One: ``only-here``.
    None: ``silent``.

    Example:
        >>> [verdict(p, ("a", "b", "c")) for p in (("a", "b", "c"), ("a", "c"), ("b",), ())]
        ['converge', 'diverge', 'only-here', 'silent']
    """
    if not present:
        return SILENT
    if len(present) == 1:
        return ONLY_HERE
    return CONVERGE if set(present) >= set(cases) else DIVERGE


def is_present(presence: CodePresence) -> bool:
    """Whether a case carries a theme: two people said it, or two methods heard it.

    A methodological minimum, so that one voice alone does not speak for a network; what may
    be printed is decided elsewhere.
    """
    return presence.people >= ENOUGH or presence.methods >= ENOUGH


def read_across(table: CodeCaseTable) -> CrossCaseReading:
    """Return the verdict of each code across the cases.

    A case where fewer than two people were met cannot be silent: it is listed, may carry a
    code (heard by two methods), and does not stop the others from converging.
    """
    cases = tuple(base.cases[0] for base in table.bases)
    able = [case for case, base in zip(cases, table.bases, strict=True) if base.n >= ENOUGH]
    present = tuple(
        tuple(case for case, cell in zip(cases, row, strict=True) if is_present(cell))
        for row in table.cells
    )
    verdicts = tuple(verdict(carriers, able) for carriers in present)
    return CrossCaseReading(table.codes, verdicts, present, cases)


def read_positions(tables: Iterable[PositionTable]) -> CrossCaseReading:
    """Return the verdict of each position of each theme: is it held in every case?

    A position is present in a case when two people hold it. Each line is a code
    ``theme.position`` whose parent is the theme. The cases are those of all the themes, in
    order of appearance; a case where a theme was not asked does not count for that theme.
    """
    codes, verdicts, carriers = [], [], []
    cases: dict[str, None] = {}
    for table in tables:
        asked = [result.base.cases[0] for result in table.results]
        cases |= dict.fromkeys(asked)
        able = [result.base.cases[0] for result in table.results if result.base.n >= ENOUGH]
        for index, (position, label) in enumerate(_POSITIONS):
            present = tuple(
                result.base.cases[0] for result in table.results if result.counts[index] >= ENOUGH
            )
            name = f"{table.theme}.{position}"
            codes.append(Code(name, label, parent=table.theme, kind="position"))
            verdicts.append(verdict(present, able))
            carriers.append(present)
    return CrossCaseReading(tuple(codes), tuple(verdicts), tuple(carriers), tuple(cases))
