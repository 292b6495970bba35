"""Broken ways of publishing, kept so that the attacker is seen to break them.

Each function makes one study at random, publishes it the broken way, and returns how many of
the things at stake gave way, of how many.
"""

from collections.abc import Callable
from itertools import combinations

import numpy as np
from tests.trust.small_releases import (
    WAVE,
    base,
    between,
    counted,
    gated,
    items,
    levels,
    one_way,
    question,
    release,
    study,
    table,
    tally,
    truth,
)

from croisee.disclosure.attacker import AuditReport, Harm, audit
from croisee.disclosure.released import Kind
from croisee.disclosure.values import two_sided
from croisee.study import Nature, Policy

Caught = tuple[int, int]
T = 5
CASES = ("a", "b", "c", "d")
SIZES = (46, 24, 20, 28)


def attack(questions, tables, codes, cases, **members) -> AuditReport:
    world = {WAVE: truth(questions, codes, cases, **members)}
    names = tuple(dict.fromkeys(cases))
    return audit([release(study(questions, names), tables)], world, Policy())


def raw_two_way(rng: np.random.Generator) -> Caught:
    """An attribute by an answer, every cell as it is: small cells found, of small cells."""
    n = 68
    asked = [question("v", 3, Nature.VISIBLE), question("q", 5)]
    chances = rng.dirichlet([1.5] * 5)
    codes = np.stack([rng.choice(3, n, p=[0.3, 0.45, 0.25]), rng.choice(5, n, p=chances)], axis=1)
    cells = {
        (i, j): int(((codes[:, 0] == i) & (codes[:, 1] == j)).sum())
        for i in range(3)
        for j in range(5)
    }
    b = base(n)
    shown = [
        (counted(x, n), b, [("v", (f"o{i}",)), ("q", (f"o{j}",))]) for (i, j), x in cells.items()
    ]
    report = attack(asked, [table("brut", shown, Kind.CROSS)], codes, ["nord"] * n)
    found = {
        (breach.target.level, breach.target.group)
        for breach in report.breaches
        if breach.low == breach.high
    }
    small = [(i, j) for (i, j), x in cells.items() if x < T]
    caught = [(i, j) for i, j in small if (f"o{j}", f"{b.id} [v=o{i}]") in found]
    return len(caught), len(small)


def banded_row_and_total(rng: np.random.Generator) -> Caught:
    """Case rows, one of them banded, and their overall total: a row recovered exactly."""
    p = rng.dirichlet([1.5, 1.5])
    x = [int(rng.binomial(n, rng.beta(8 * p[0] + 0.1, 8 * p[1] + 0.1))) for n in SIZES]
    banded = [value < T or value > n - T for value, n in zip(x, SIZES, strict=True)]
    if sum(banded) != 1:
        return 0, 1
    asked = [question("q", 2)]
    cells = [
        (two_sided(value, n, T), base(n, (case,)), [("q", ("o1",))])
        for case, value, n in zip(CASES, x, SIZES, strict=True)
    ]
    total = one_way("q", base(sum(SIZES), CASES), {("o1",): counted(sum(x), sum(SIZES))}, "total")
    codes = np.concatenate([[1] * v + [0] * (n - v) for v, n in zip(x, SIZES, strict=True)])
    where = np.repeat(CASES, SIZES)
    report = attack(asked, [table("lignes", cells, Kind.CASE_ROWS), total], codes[:, None], where)
    row = f"{WAVE}@{CASES[banded.index(True)]}"
    return int(any(b.target.group == row and b.low == b.high for b in report.breaches)), 1


def two_cuts(rng: np.random.Generator) -> Caught:
    """One question cut in two places at n = 46, both passing: the middle answer is 1 to 4."""
    counts = rng.multinomial(46, rng.dirichlet([1.5] * 5))
    cuts = [(levels(5)[:k], levels(5)[k:]) for k in (2, 3)]
    sums = [[int(sum(counts[int(x[1:])] for x in block)) for block in cut] for cut in cuts]
    if min(map(min, sums)) < T:
        return 0, 1
    asked = [question("q", 5)]
    tables = [
        one_way("q", base(46), {b: counted(x, 46) for b, x in zip(cut, xs, strict=True)}, key)
        for key, cut, xs in zip(("a", "b"), cuts, sums, strict=True)
    ]
    report = attack(asked, tables, np.repeat(range(5), counts)[:, None], ["nord"] * 46)
    return int(any(b.harm is Harm.PROVEN and b.target.level == "o2" for b in report.breaches)), 1


def nested_bases(rng: np.random.Generator) -> Caught:
    """The same three classes on 33 people and on 28 of them: the five others."""
    codes = rng.integers(3, size=33)
    filled = np.ones(33, bool)
    filled[rng.permutation(33)[:5]] = False
    if min(np.bincount(codes[filled], minlength=3)) < T:
        return 0, 1
    asked = [question("q", 3)]
    inner = base(28, suffix="?fiche", within=f"{WAVE}@nord")
    tables = [
        one_way("q", b, {(x,): counted(v, b.n) for x, v in tally(some, 3).items()})
        for b, some in ((base(33), codes), (inner, codes[filled]))
    ]
    report = attack(asked, tables, codes[:, None], ["nord"] * 33, groups={inner.id: filled})
    return int(any(b.harm is Harm.DIFFERENCE and 1 <= b.low < T for b in report.breaches)), 1


def exactly_three(rng: np.random.Generator) -> Caught:
    """« Exactly 3 of 5 » at n = 41, each item by the two-sided rule: the only masked one."""
    n, appeal = 41, rng.gamma(1, 1, 5)
    chosen = np.argsort(-(np.log(appeal) + rng.gumbel(size=(n, 5))), axis=1)[:, :3]
    x = np.bincount(chosen.ravel(), minlength=5)
    masked = (x < T) | (x > n - T)
    if masked.sum() != 1:
        return 0, 1
    asked = [question("q", 5, exactly=3)]
    values = {level: two_sided(int(v), n, T) for level, v in zip(levels(5), x, strict=True)}
    report = audit([release(study(asked), [items("q", base(n), values)])], {}, Policy())
    return int(any(b.low == b.high for b in report.breaches)), 1


def rounded_pair(rng: np.random.Generator) -> Caught:
    """Random rounding to base 5 of two answers, n = 20 printed: small cells, of small cells."""
    counts = rng.multinomial(20, rng.dirichlet([1.5] * 2))
    report = attack(
        [question("q", 2)],
        [one_way("q", base(20), rounded(counts, 20, rng.random(2)))],
        np.repeat(range(2), counts)[:, None],
        ["nord"] * 20,
    )
    small = [f"o{i}" for i, x in enumerate(counts) if 0 < x < T]
    found = {b.target.level for b in report.breaches}
    return sum(level in found for level in small), len(small)


def rounded(counts, n, draw):
    """Base 5: up when the draw is under the rest's share; what a reader may conclude."""
    counts = np.asarray(counts)
    shown = counts // 5 * 5 + 5 * (draw < counts % 5 / 5)
    return {
        (level,): between(max(int(r) - 4, 0), min(int(r) + 4, n), n)
        for level, r in zip(levels(len(counts)), shown, strict=True)
    }


def three_fresh_draws(rng: np.random.Generator) -> Caught:
    """Random rounding drawn again for each of three releases: small cells proven 1 to 4."""
    n = 46
    counts = rng.multinomial(n, rng.dirichlet([1.5] * 5))
    asked = [question("q", 5)]
    draws = [
        release(study(asked), [one_way("q", base(n), rounded(counts, n, rng.random(5)), "q")], code)
        for code in ("2026a", "2026b", "2026c")
    ]
    world = truth(asked, np.repeat(range(5), counts)[:, None], ["nord"] * n)
    report = audit(draws, {WAVE: world}, Policy())
    small = {f"o{i}" for i, x in enumerate(counts) if 0 < x < T}
    found = {b.target.level for b in report.breaches if b.harm is Harm.PROVEN}
    return len(small & found), len(small)


def issued_again(rng: np.random.Generator) -> Caught:
    """Exact gated tables, printed again without one person: her answer, as printed, known."""
    n, size = 46, int(rng.integers(3, 7))
    codes = rng.choice(size, n, p=rng.dirichlet([1.5] * size))
    asked = [question("q", size)]
    before, after = gated(tally(codes, size)), gated(tally(codes[1:], size))
    releases = [
        release(study(asked), [one_way("q", base(len(some)), shown, "q")], code)
        for code, some, shown in (("2026a", codes, before), ("2026b", codes[1:], after))
    ]
    gone = np.arange(n) == 0
    world = truth(asked, codes[:, None], ["nord"] * n, present={"2026b": ~gone})
    report = audit(releases, {WAVE: world}, Policy())
    assert not report.passed
    certain = [b for b in report.breaches if b.target.size == 1]
    return int(bool(certain) and set(before) == set(after) and len(before) > 1), 1


def fixed_draw(rng: np.random.Generator) -> Caught:
    """Rounding with its draw kept: the only cell that moves without her is hers."""
    counts, leaver = _study_and_leaver(rng)
    draw = (rng.integers(5, size=len(counts)) + 0.5) / 5
    after = counts - (np.arange(len(counts)) == leaver)
    moved = rounded(counts, counts.sum(), draw) != rounded(after, counts.sum(), draw)
    return int(moved and _refused(counts, leaver, draw)), 1


def fixed_keys(rng: np.random.Generator) -> Caught:
    """Cell keys summed from each person's: cells she is not in keep their noise."""
    counts, leaver = _study_and_leaver(rng)
    noise = np.arange(-3, 4)
    share = [0.05, 0.12, 0.2, 0.26, 0.2, 0.12, 0.05]
    first = rng.choice(noise, len(counts), p=share)
    again = first.copy()
    again[leaver] = rng.choice(noise, p=share)
    after = counts - (np.arange(len(counts)) == leaver)
    before, now = (
        np.where(x == 0, 0, np.maximum(0, x + d)) for x, d in ((counts, first), (after, again))
    )
    return int((before != now).sum() == 1 and _refused(counts, leaver, rng.random(len(counts)))), 1


def _study_and_leaver(rng):
    size = int(rng.integers(3, 7))
    codes = rng.choice(size, 46, p=rng.dirichlet([1.5] * size))
    return np.bincount(codes, minlength=size), int(codes[0])


def _refused(counts, leaver, draw) -> bool:
    """A base issued again with one person fewer is refused whatever the noise."""
    size, n = len(counts), int(counts.sum())
    asked = [question("q", size)]
    after = counts - (np.arange(size) == leaver)
    releases = [
        release(study(asked), [one_way("q", base(m), rounded(x, m, draw), "q")], code)
        for code, x, m in (("2026a", counts, n), ("2026b", after, n - 1))
    ]
    return not audit(releases, {}, Policy()).passed


CONTROLS: dict[str, tuple[Callable[[np.random.Generator], Caught], float, float]] = {
    "tableaux croisés bruts (petites cases)": (raw_two_way, 1.0, 0.0),
    "une ligne masquée + total": (banded_row_and_total, 0.29, 0.12),
    "deux coupes, n = 46": (two_cuts, 0.24, 0.12),
    "bases emboîtées 33 et 28": (nested_bases, 0.93, 0.10),
    "exactement 3 de 5, un seul masqué, n = 41": (exactly_three, 0.37, 0.14),
    "arrondi, n = 20 imprimé, deux réponses (petites cases)": (rounded_pair, 0.39, 0.16),
    "arrondi retiré trois fois (petites cases)": (three_fresh_draws, 0.60, 0.16),
    "réédition exacte après un retrait": (issued_again, 0.95, 0.07),
    "arrondi, tirage conservé, un retrait": (fixed_draw, 0.20, 0.11),
    "clés de cellule conservées, un retrait": (fixed_keys, 0.82, 0.11),
}
"""Name → (one trial, rate stated in §9, how far a small sample may be from it).

Every raw small cell is found: no room there. Who left an exact table is certain at least 85
times in 100 (89 to 99 by size).
"""


def rate(control: Callable[[np.random.Generator], Caught], trials: int, seed: int) -> float:
    """Return the share that gave way over several random studies."""
    rng = np.random.default_rng(seed)
    found = [control(rng) for _ in range(trials)]
    return sum(c for c, _ in found) / max(sum(of for _, of in found), 1)


def compositions(n: int, size: int) -> np.ndarray:
    """Return every vector of ``size`` counts that sum to n."""
    ends = np.array(list(combinations(range(n + size - 1), size - 1)))
    walls = np.hstack([np.full((len(ends), 1), -1), ends, np.full((len(ends), 1), n + size - 1)])
    return np.diff(walls, axis=1) - 1


def greedy_merge(counts: tuple[int, ...]) -> tuple[tuple[tuple[int, ...], int], ...]:
    """Merge the smallest answer with its smaller neighbour while one is 1 to 4; zeros stay."""
    blocks, values = [[i] for i in range(len(counts))], list(counts)
    while len(values) > 1 and any(0 < v < T for v in values):
        at = min((i for i, v in enumerate(values) if 0 < v < T), key=lambda i: values[i])
        left = at == len(values) - 1 or (at > 0 and values[at - 1] <= values[at + 1])
        first = at - 1 if left else at
        blocks[first : first + 2] = [blocks[first] + blocks[first + 1]]
        values[first : first + 2] = [values[first] + values[first + 1]]
    return tuple(zip(map(tuple, blocks), values, strict=True))


def inverted_share(publish: Callable[[tuple[int, ...]], object], n: int, size: int) -> float:
    """Return the share of outputs (Dirichlet 1.5) from which some answer is proven to be 1 to 4."""
    vectors = compositions(n, size)
    outputs: dict[object, list[int]] = {}
    for index, vector in enumerate(vectors.tolist()):
        outputs.setdefault(publish(tuple(vector)), []).append(index)
    weight = dirichlet_weights(vectors)
    proven = 0.0
    for members in outputs.values():
        some = vectors[members]
        if ((some.min(axis=0) >= 1) & (some.max(axis=0) < T)).any():
            proven += weight[members].sum()
    return proven / weight.sum()


def dirichlet_weights(vectors: np.ndarray) -> np.ndarray:
    """Dirichlet-multinomial weights with parameter 1.5, up to a constant."""
    highest = int(vectors.max())
    steps = np.log(np.arange(highest) + 1.5) - np.log(np.arange(highest) + 1)
    return np.exp(np.concatenate([[0.0], steps.cumsum()])[vectors].sum(axis=1))
