"""P5 and P7 of the disclosure page: the attacker's intervals nest, and more tables tell more."""

from collections import Counter
from dataclasses import replace
from itertools import combinations_with_replacement

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.trust.small_releases import (
    WAVE,
    base,
    contiguous,
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

from croisee.disclosure.attacker import audit
from croisee.disclosure.attacker.findings import judge
from croisee.disclosure.attacker.inquiry import Inquiry
from croisee.disclosure.attacker.programs import Solver, reach, solution
from croisee.disclosure.attacker.reading import gather
from croisee.disclosure.attacker.star import linked
from croisee.disclosure.attacker.swaps import Swaps
from croisee.study import Nature, Policy

POLICY = Policy()
SIZES = (2, 3, 4, 5)


def invented(seed: int, *, careful: bool):
    """A population with two attributes and two questions, and tables about it."""
    rng = np.random.default_rng(seed)
    n = int(rng.integers(20, 60))
    sizes = (2, 3, int(rng.integers(2, 6)), int(rng.integers(2, 6)))
    codes = np.stack([rng.choice(k, n, p=rng.dirichlet([2.0] * k)) for k in sizes], axis=1)
    natures = (Nature.VISIBLE, Nature.VISIBLE, Nature.ORDINARY, Nature.ORDINARY)
    asked = [
        question(f"v{i}", k, nature)
        for i, (k, nature) in enumerate(zip(sizes, natures, strict=True))
    ]
    b = base(n)
    tables = []
    for i, one in enumerate(asked):
        counts = tally(codes[:, i], sizes[i])
        shown = gated(counts) if careful else printed(counts, sizes[i], rng)
        tables.append(one_way(one.code, b, shown))
        attribute = int(rng.integers(2))
        if i >= 2 and (not careful or len(shown) > 1):
            found = crossing(
                asked[attribute].code,
                one.code,
                b,
                codes[:, [attribute, i]],
                (sizes[attribute], sizes[i]),
                tuple(shown) if careful else (),
                t=5 if careful else int(rng.integers(1, 6)),
            )
            tables += [found] if found is not None else []
    return asked, codes, tables


def printed(counts, size, rng):
    """Some partition, exactly, whatever its blocks count."""
    partitions = contiguous(size)
    blocks = partitions[int(rng.integers(len(partitions)))]
    n = sum(counts.values())
    return {block: counted(sum(counts[x] for x in block), n) for block in blocks}


def inquiries(asked, codes, tables):
    world = truth(asked, codes, ["nord"] * len(codes), waves={WAVE: np.ones(len(codes), bool)})
    (known,) = gather([release(study(asked), tables)], POLICY)
    about = {next(iter(known.bases)): {one.code for one in asked}}
    crossed = linked(known)
    for one in asked[2:]:
        yield Inquiry(known, one.code, crossed.get(one.code, set()), world, about), world, known


def recount(known, codes, asked):
    """Every released value, counted again in another world."""
    place = {one.code: i for i, one in enumerate(asked)}
    for count in known.counts:
        inside = np.ones(len(codes), bool)
        for name, block in count.events:
            inside &= np.isin(codes[:, place[name]], [int(level[1:]) for level in block])
        yield count, int(inside.sum())


def rebuild(inquiry, names, atoms, codes, asked):
    """Give units the attributes and the answer of a solution, keeping all that is shared."""
    place = {one.code: i for i, one in enumerate(asked)}
    shared = inquiry.shared(names)
    _, places = inquiry._atoms(names)
    columns = {name: places[i + 1] for i, name in enumerate((*names, inquiry.question))}
    waiting = {}
    for atom, units in enumerate(atoms):
        cell = tuple(int(columns[name][atom]) for name in shared)
        for _ in range(int(units)):
            waiting.setdefault(cell, []).append(atom)
    made = codes.copy()
    for unit in range(len(codes)):
        cell = tuple(int(codes[unit, place[name]]) for name in shared)
        atom = waiting[cell].pop()
        for name, column in columns.items():
            made[unit, place[name]] = column[atom]
    assert not any(waiting.values())
    return made


@settings(max_examples=12, deadline=None)
@given(seed=st.integers(0, 10_000), careful=st.booleans())
def test_intervals_nest_and_their_ends_exist(seed, careful):
    asked, codes, tables = invented(seed, careful=careful)
    solver = Solver()

    for inquiry, _, known in inquiries(asked, codes, tables):
        swaps = Swaps(inquiry)
        for group in inquiry.groups()[:4]:
            for answer in inquiry.answers_targeted():
                program, mask = inquiry.program(group), inquiry.mask(group, answer)
                exchanged = swaps.reach(group, answer)
                inner = reach(program, mask, solver, "inner")
                outer = reach(program, mask, solver, "outer")
                relaxed = reach(program, mask, solver, "relaxed")

                assert inner[0] <= exchanged[0] <= exchanged[1] <= inner[1]
                assert outer[0] <= inner[0] <= inner[1] <= outer[1]
                assert relaxed[0] <= outer[0] <= outer[1] <= relaxed[1]
                names = tuple(sorted({*inquiry.crossed, *filter(None, [group.attribute])}))
                for largest in (False, True):
                    atoms = solution(program, mask, largest=largest, frozen=True)
                    made = rebuild(inquiry, names, atoms, codes, asked)
                    assert [
                        c for c, x in recount(known, made, asked) if not c.low <= x <= c.high
                    ] == []
                    assert int(atoms[mask].sum()) == inner[largest]


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10_000), data=st.data())
def test_removing_a_table_never_turns_safe_into_breach(seed, data):
    asked, codes, tables = invented(seed, careful=data.draw(st.booleans()))
    dropped = data.draw(st.integers(0, len(tables) - 1))
    world = {WAVE: truth(asked, codes, ["nord"] * len(codes))}

    whole = audit([release(study(asked), tables)], world, POLICY)
    fewer = audit([release(study(asked), tables[:dropped] + tables[dropped + 1 :])], world, POLICY)

    assert not (whole.passed and not fewer.passed)
    assert len(fewer.breaches) <= len(whole.breaches)


@pytest.mark.parametrize("seed", range(6))
def test_careful_releases_have_no_breach_and_nothing_undecided(seed):
    asked, codes, tables = invented(seed, careful=True)

    report = audit(
        [release(study(asked), tables)], {WAVE: truth(asked, codes, ["nord"] * len(codes))}, POLICY
    )

    assert (report.breaches, report.undecided) == ([], [])


def test_what_is_judged_does_not_depend_on_the_true_cell():
    """Two worlds with the same release: the same breaches, whichever is true."""
    asked = [question("q", 3)]
    b = base(30)
    tables = [
        one_way("q", b, {("o0", "o1"): counted(12, 30), ("o2",): counted(18, 30)}, "a"),
        one_way("q", b, {("o0",): replace(counted(9, 30), lo=7, hi=9, form="exprime")}, "b"),
    ]
    worlds = [np.repeat([0, 1, 2], counts)[:, None] for counts in ((9, 3, 18), (7, 5, 18))]

    reports = [
        audit([release(study(asked), tables)], {WAVE: truth(asked, w, ["nord"] * 30)}, POLICY)
        for w in worlds
    ]

    assert reports[0].breaches == reports[1].breaches
    assert Counter(b.target.level for b in reports[0].breaches)["o1"] >= 1


@pytest.mark.parametrize("k", [2, 3, 4])
def test_p4_no_crossing_of_one_way_tables_is_pinned_under_six_values(k):
    """The lemma by enumeration: k events, every n to 46, every choice of two-sided counts."""
    t = 5
    narrowest = 100
    for n in range(2 * t, 47):
        counts = np.array(list(combinations_with_replacement(range(t, n - t + 1), k)))
        least = np.maximum(0, counts.sum(axis=1) - (k - 1) * n)
        narrowest = min(narrowest, int((counts.min(axis=1) - least).min()))

    assert narrowest == t


def test_judging_zero_one_and_all():
    assert judge(0, 0, 28, 5, Nature.SENSITIVE) == judge(28, 28, 28, 5, Nature.ORDINARY)
    assert judge(0, 1, 1, 5, Nature.ORDINARY) is None
    assert judge(12, 12, 28, 5, Nature.ORDINARY) is None
    assert levels(2) == ("o0", "o1")
