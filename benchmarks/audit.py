"""How long the attacker takes: ``python benchmarks/audit.py``.

Invented answers. 33, 68 and 120 people × 50 questions × 3 visible attributes, every crossing
the gate would allow; then 65 000 people × 100 questions × 4 cases, one-way and case tables.
"""

from __future__ import annotations

import sys
from pathlib import Path
from time import perf_counter

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.trust.small_releases import (
    WAVE,
    base,
    counted,
    crossing,
    gated,
    levels,
    one_way,
    question,
    release,
    study,
    tally,
    truth,
)

from croisee.disclosure.attacker import AuditReport, Step, audit
from croisee.study import Nature, Policy

ATTRIBUTES = (2, 3, 2)


def people(n: int, questions: int, rng: np.random.Generator) -> np.ndarray:
    """Answers that depend a little on the attributes."""
    columns = [rng.choice(size, n) for size in ATTRIBUTES]
    for _ in range(questions):
        share, effect = rng.dirichlet([1.5] * 5), rng.normal(0, 0.6, 5)
        odds = share * np.exp(effect * columns[0][:, None] + 0.3 * effect * columns[1][:, None])
        chances = (odds / odds.sum(axis=1, keepdims=True)).cumsum(axis=1)
        columns.append((rng.random(n)[:, None] > chances).sum(axis=1).clip(0, 4))
    return np.stack(columns, axis=1)


def crossed(n: int, questions: int, rng: np.random.Generator) -> tuple[AuditReport, int, float]:
    """Audit every crossing that passes, three attribute axes at once (more than the gate)."""
    codes = people(n, questions, rng)
    asked = [question(f"v{i}", size, Nature.VISIBLE) for i, size in enumerate(ATTRIBUTES)]
    asked += [question(f"q{i:02}", 5) for i in range(questions)]
    b = base(n)
    tables = []
    for i, one in enumerate(asked):
        size = len(one.options)
        alone = gated(tally(codes[:, i], size))
        tables.append(one_way(one.code, b, alone))
        for a, rows in enumerate(ATTRIBUTES):
            if i >= len(ATTRIBUTES) and len(alone) > 1:
                pair = codes[:, [a, i]]
                found = crossing(asked[a].code, one.code, b, pair, (rows, size), tuple(alone))
                tables += [found] if found is not None else []
    made = release(study(asked), tables)
    world = {WAVE: truth(asked, codes, ["nord"] * n)}
    start = perf_counter()
    return audit([made], world, Policy()), len(tables), perf_counter() - start


def large(n: int, questions: int, rng: np.random.Generator) -> tuple[AuditReport, int, float]:
    """Audit one-way and case tables of a large survey: the star check alone."""
    cases = ("nord", "sud", "est", "ouest")
    where = rng.choice(4, n, p=[0.4, 0.3, 0.2, 0.1])
    sizes = np.bincount(where)
    asked = [question(f"q{i:02}", 5) for i in range(questions)]
    tables = []
    for one in asked:
        codes = rng.choice(5, n, p=rng.dirichlet([1.5] * 5) * 0.9 + 0.02)
        counts = np.array([np.bincount(codes[where == c], minlength=5) for c in range(4)])
        whole = {
            (level,): counted(int(x), n) for level, x in zip(levels(5), counts.sum(0), strict=True)
        }
        tables.append(one_way(one.code, base(n, cases), whole))
        for case, row, size in zip(cases, counts, sizes, strict=True):
            shown = gated(dict(zip(levels(5), row.tolist(), strict=True)))
            tables.append(one_way(one.code, base(int(size), (case,)), shown))
    made = release(study(asked, cases), tables)
    start = perf_counter()
    return audit([made], {}, Policy()), len(tables), perf_counter() - start


def main() -> None:
    print(
        "| personnes × questions | tableaux | étoile | publié | échanges | intérieur | failles"
        " | indécis | programmes | secondes |"
    )
    print("|---|---|---|---|---|---|---|---|---|---|")
    rng = np.random.default_rng(3)
    runs = [(crossed, n, 50) for n in (33, 68, 120)] + [(large, 65_000, 100)]
    for run, n, questions in runs:
        report, tables, seconds = run(n, questions, rng)
        steps = [report.certified[s] for s in (Step.STAR, Step.RELEASED, Step.SWAPS, Step.INNER)]
        cells = [tables, *steps, len(report.breaches), len(report.undecided), report.programs]
        print(f"| {n} × {questions} | " + " | ".join(map(str, cells)) + f" | {seconds:.2f} |")


if __name__ == "__main__":
    main()
