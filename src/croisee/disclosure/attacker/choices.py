"""Multiple responses: what the sum of the choices gives back (divulgation.md §3.5).

Any counts between 0 and n whose sum is between k_min·n and k_max·n can be shared out among n
people who each choose between k_min and k_max items, so the counts alone are bounded here:
exactly by the closed form in one base, by a small integer program when items are only ordered
or when bases overlap.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import combinations, pairwise, permutations

import numpy as np
from numpy.typing import NDArray

from croisee.disclosure.attacker.findings import (
    AuditReport,
    Breach,
    Doubt,
    Harm,
    Step,
    Target,
    Undecided,
    judge,
)
from croisee.disclosure.attacker.knowledge import Choices, Knowledge
from croisee.disclosure.attacker.programs import Constraint, Program, Solver, causes, reach
from croisee.disclosure.attacker.regions import Regions, split
from croisee.disclosure.attacker.star import share_nobody
from croisee.disclosure.attacker.worlds import Records


def closed_form(
    intervals: Sequence[tuple[int, int]], smallest_sum: int, largest_sum: int
) -> list[tuple[int, int]]:
    """Return the sharpest interval of each count, given the intervals and the sum of them all.

    L_i = max(lo_i, S_min - sum of the other hi), U_i = min(hi_i, S_max - sum of the other lo).
    Also the bounds of one row of counts with a known total.

    Example:
        >>> closed_form([(5, 5), (0, 4)], 8, 8)
        [(5, 5), (3, 3)]
    """
    lows, highs = sum(lo for lo, _ in intervals), sum(hi for _, hi in intervals)
    return [
        (max(lo, smallest_sum - (highs - hi)), min(hi, largest_sum - (lows - lo)))
        for lo, hi in intervals
    ]


def audit_choices(
    known: Knowledge, truth: Records | None, report: AuditReport, solver: Solver
) -> None:
    """Test every item of every multiple response; add what is found to the report."""
    by_question: dict[str, list[Choices]] = defaultdict(list)
    for one in known.choices:
        by_question[one.question].append(one)
    for question, found in sorted(by_question.items()):
        if any(name.startswith(f"{question}=") for c in known.counts for name, _ in c.events):
            _refuse_crossed(known, question, found, report)
        elif _alone(known, found) and not any(one.order for one in found):
            for one in found:
                _closed(known, one, report)
        else:
            _Choosing(known, found, truth, solver).audit(report)


def _alone(known: Knowledge, found: Sequence[Choices]) -> bool:
    bases = [known.bases[one.base] for one in found]
    return all(share_nobody(a, b) for a, b in combinations(bases, 2))


def _refuse_crossed(
    known: Knowledge, question: str, found: Sequence[Choices], report: AuditReport
) -> None:
    for one in found:
        n = known.bases[one.base].n
        report.undecided.append(
            Undecided(Target(question, "", one.base, n), Doubt.CROSSED_CHOICES, (one.table,))
        )


def _closed(known: Knowledge, one: Choices, report: AuditReport) -> None:
    n = known.bases[one.base].n
    spans = closed_form(one.intervals, one.least * n, one.most * n)
    for item, (low, high) in zip(one.items, spans, strict=True):
        asked = known.asked[f"{one.question}={item}"]
        harm = judge(low, high, n, asked.t, asked.nature)
        if harm is None:
            report.certified[Step.STAR] += 1
        else:
            target = Target(one.question, item, one.base, n)
            report.breaches.append(Breach(target, low, high, asked.t, harm, (one.table,)))


class _Choosing:
    """One multiple response over overlapping bases, or known by its order only."""

    def __init__(
        self, known: Knowledge, found: Sequence[Choices], truth: Records | None, solver: Solver
    ) -> None:
        self.known, self.found, self.solver = known, found, solver
        keys = sorted({one.base for one in found})
        self.items = list(dict.fromkeys(item for one in found for item in one.items))
        about = {key: {f"{found[0].question}={item}" for item in self.items} for key in keys}
        self.regions: Regions = split(known, keys, truth, about)
        self.shape = (self.regions.count, len(self.items))

    def audit(self, report: AuditReport) -> None:
        tables = tuple(sorted({one.table for one in self.found}))
        question = self.found[0].question
        sizes = self.regions.sizes
        program = None if sizes is None else self._program(sizes)
        for label, inside, size, difference in self._groups():
            for index, item in enumerate(self.items):
                target = Target(question, item, label, size)
                if program is None:
                    report.undecided.append(Undecided(target, Doubt.UNKNOWN_SIZES, tables))
                else:
                    self._target(program, target, self._mask(inside, index), difference, report)

    def _groups(self) -> list[tuple[str, NDArray[np.bool_], int, bool]]:
        inside = self.regions.inside
        bases = self.known.bases
        found = [(key, mask, bases[key].n, False) for key, mask in inside.items()]
        for a, b in permutations(inside, 2):
            if (inside[a] >= inside[b]).all() and (inside[a] != inside[b]).any():
                size = bases[a].n - bases[b].n
                found.append((f"{a} − {b}", inside[a] & ~inside[b], size, True))
        return found

    def _mask(self, inside: NDArray[np.bool_], item: int) -> NDArray[np.bool_]:
        mask = np.zeros(self.shape, bool)
        mask[inside, item] = True
        return mask.reshape(-1)

    def _program(self, sizes: NDArray[np.int64]) -> Program:
        rows: list[Constraint] = []
        least, most = max(o.least for o in self.found), min(o.most for o in self.found)
        for region, size in enumerate(sizes):
            every = np.zeros(self.shape)
            every[region] = 1
            rows.append(Constraint(every.reshape(-1), least * int(size), most * int(size)))
            for item in range(len(self.items)):
                single = np.zeros(self.shape)
                single[region, item] = 1
                rows.append(Constraint(single.reshape(-1), 0, int(size)))
        for one in self.found:
            rows += self._released(one)
        return Program(int(np.prod(self.shape)), rows)

    def _released(self, one: Choices) -> list[Constraint]:
        inside = self.regions.inside[one.base]
        said = frozenset({one.table})
        places = [self.items.index(item) for item in one.items]
        rows = [
            Constraint(self._mask(inside, place).astype(float), low, high, said)
            for place, (low, high) in zip(places, one.intervals, strict=True)
        ]
        masks = [self._mask(inside, self.items.index(i)).astype(float) for i in one.order]
        rows += [Constraint(before - after, 0, np.inf, said) for before, after in pairwise(masks)]
        return rows

    def _target(
        self,
        program: Program,
        target: Target,
        mask: NDArray[np.bool_],
        difference: bool,
        report: AuditReport,
    ) -> None:
        asked = self.known.asked[f"{target.question}={target.level}"]

        def harm_of(one: Program) -> tuple[Harm | None, int, int] | None:
            found = reach(one, mask, self.solver, "outer")
            if found is None:
                return None
            return judge(*found, target.size, asked.t, asked.nature), *found

        found = harm_of(program)
        if found is None:
            report.undecided.append(Undecided(target, Doubt.NO_ANSWER, program.tables))
        elif found[0] is None:
            report.certified[Step.OUTER] += 1
        else:

            def still(one: Program) -> bool:
                again = harm_of(one)
                return again is not None and again[0] is not None

            harm = Harm.DIFFERENCE if difference else found[0]
            tables = causes(program, still)
            report.breaches.append(Breach(target, found[1], found[2], asked.t, harm, tables))
