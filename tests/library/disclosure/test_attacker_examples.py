"""The attacker against the worked examples of the disclosure page, §9."""

import numpy as np
import pytest
from tests.trust.small_releases import (
    WAVE,
    base,
    between,
    counted,
    one_way,
    question,
    release,
    study,
    table,
    truth,
)

from croisee.disclosure.attacker import Harm, audit
from croisee.disclosure.released import Kind
from croisee.disclosure.values import two_sided
from croisee.study import Nature, Policy

POLICY = Policy()


def case_rows(counts, sizes, asked):
    cases = [f"c{i}" for i in range(len(sizes))]
    cells = [
        (two_sided(x, n, 5), base(n, (case,)), [(asked.code, ("o1",))])
        for case, x, n in zip(cases, counts, sizes, strict=True)
    ]
    codes = np.concatenate([[1] * x + [0] * (n - x) for x, n in zip(counts, sizes, strict=True)])
    world = truth([asked], codes[:, None], np.repeat(cases, sizes))
    return cases, table("lignes", cells, Kind.CASE_ROWS), world


def test_e9_case_rows_alone_are_safe_by_the_star_check():
    asked = question("q", 2)
    cases, rows, world = case_rows((31, 22, 9, 26), (46, 24, 20, 28), asked)

    report = audit([release(study([asked], cases), [rows])], {WAVE: world}, POLICY)

    assert report.passed
    assert report.programs == 0


def test_e10_a_total_gives_a_masked_row_back():
    asked = question("q", 2)
    cases, rows, world = case_rows((31, 23, 9, 14), (46, 24, 20, 28), asked)
    total = one_way("q", base(118, cases), {("o1",): counted(77, 118)}, key="total")

    report = audit([release(study([asked], cases), [rows, total])], {WAVE: world}, POLICY)

    found = next(
        b for b in report.breaches if b.target.group == f"{WAVE}@c1" and b.target.level == "o1"
    )
    assert (found.low, found.high) == (23, 23)
    assert found.tables == ("2026a:lignes", "2026a:total")


def test_e11_one_table_beside_the_pool_is_refused():
    asked = question("q", 2)
    pool = one_way("q", base(20, ("sh", "sam")), {("o1",): two_sided(10, 20, 5)}, key="pool")
    alone = one_way("q", base(10, ("sh",)), {("o1",): two_sided(3, 10, 5)}, key="seule")
    codes = [[1]] * 3 + [[0]] * 7 + [[1]] * 7 + [[0]] * 3
    world = truth([asked], codes, ["sh"] * 10 + ["sam"] * 10)
    of = study([asked], ("sh", "sam"))

    together = audit([release(of, [pool])], {WAVE: world}, POLICY)
    both = audit([release(of, [pool, alone])], {WAVE: world}, POLICY)

    assert together.passed
    assert both.passed  # 6 to 10 of the other ten: five values; §3.4 refuses it without computing


def test_e12_gender_again_on_those_who_filled_the_form_is_refused():
    asked = question("genre", 2, Nature.VISIBLE)
    all_of_them = one_way("genre", base(33), {("o0",): counted(20, 33), ("o1",): counted(13, 33)})
    again = one_way(
        "genre",
        base(28, suffix="?fiche", within=f"{WAVE}@nord"),
        {("o0",): counted(16, 28), ("o1",): counted(12, 28)},
        nature=Nature.VISIBLE,
    )
    filled = np.array([True] * 16 + [False] * 4 + [True] * 12 + [False])
    world = truth(
        [asked],
        [[0]] * 20 + [[1]] * 13,
        ["nord"] * 33,
        groups={f"{WAVE}@nord?fiche": filled},
    )

    report = audit([release(study([asked]), [all_of_them, again])], {WAVE: world}, POLICY)

    others = f"{WAVE}@nord − {WAVE}@nord?fiche"
    assert [(b.target.level, b.low, b.high, b.harm) for b in report.breaches] == [
        ("o0", 4, 4, Harm.DIFFERENCE),
        ("o1", 1, 1, Harm.DIFFERENCE),
    ]
    assert {b.target.group for b in report.breaches} == {others}


def test_e13_two_cuts_of_one_question_are_refused():
    asked = question("q", 5)
    counts = (6, 6, 3, 15, 16)
    codes = np.repeat(range(5), counts)[:, None]
    b = base(46)
    first = one_way(
        "q", b, {("o0", "o1"): counted(12, 46), ("o2", "o3", "o4"): counted(34, 46)}, "a"
    )
    second = one_way(
        "q", b, {("o0", "o1", "o2"): counted(15, 46), ("o3", "o4"): counted(31, 46)}, "b"
    )

    world = {WAVE: truth([asked], codes, ["nord"] * 46)}
    report = audit([release(study([asked]), [first, second])], world, POLICY)

    (found,) = [x for x in report.breaches if " [" not in x.target.group]
    assert (found.target.level, found.low, found.high) == ("o2", 3, 3)
    assert found.tables == ("2026a:a", "2026a:b")


def test_e20_a_rounded_pair_beside_its_n_is_refused():
    asked = question("q", 2)
    shown = one_way("q", base(20), {("o0",): between(1, 9, 20), ("o1",): between(16, 20, 20)})

    report = audit([release(study([asked]), [shown])], {}, POLICY)

    assert [(b.target.level, b.low, b.high, b.harm) for b in report.breaches] == [
        ("o0", 1, 4, Harm.PROVEN),
        ("o1", 16, 19, Harm.NARROW),
    ]


def test_e21_two_draws_of_one_count_are_refused():
    asked = question("q", 3)
    draws = [
        release(
            study([asked]), [one_way("q", base(24), {("o0",): between(low, high, 24)}, "t")], code
        )
        for code, low, high in (("2026a", 0, 4), ("2026b", 1, 9))
    ]

    report = audit(draws, {WAVE: truth([asked], [[0]] * 3 + [[1]] * 21, ["nord"] * 24)}, POLICY)

    (found,) = [b for b in report.breaches if b.target.level == "o0" and "−" not in b.target.group]
    assert (found.low, found.high) == (1, 4)


def test_e25_two_refinements_of_one_cut_are_refused():
    asked = question("q", 5)
    counts = (6, 3, 6, 9, 9)
    codes = np.repeat(range(5), counts)[:, None]
    b = base(33)
    leaflet = {("o0",): 6, ("o1", "o2"): 9, ("o3",): 9, ("o4",): 9}
    report_page = {("o0", "o1"): 9, ("o2",): 6, ("o3", "o4"): 18}
    tables = [
        one_way("q", b, {block: counted(x, 33) for block, x in shown.items()}, key)
        for key, shown in (("feuillet", leaflet), ("rapport", report_page))
    ]
    world = {WAVE: truth([asked], codes, ["nord"] * 33)}

    each = [audit([release(study([asked]), [one])], world, POLICY) for one in tables]
    both = audit([release(study([asked]), tables)], world, POLICY)

    assert [one.passed for one in each] == [True, True]
    assert ("o1", 3, 3) in [(x.target.level, x.low, x.high) for x in both.breaches]


@pytest.mark.parametrize("shown", [(8, 13, 7), (11, 6, 11)])
def test_e4_exact_one_way_tables_need_no_program(shown):
    asked = question("age", 3, Nature.VISIBLE)
    values = {(f"o{i}",): counted(x, 28) for i, x in enumerate(shown)}

    report = audit([release(study([asked]), [one_way("age", base(28), values)])], {}, POLICY)

    assert report.passed
    assert report.programs == 0
