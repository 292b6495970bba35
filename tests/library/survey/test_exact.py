"""Exact tests: published p-values, every arrangement counted by hand, and what draws give."""

from itertools import permutations
from math import comb

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from croisee.survey.exact import Way, association, holm, linear_trend, paired, trend
from croisee.survey.permuting import (
    association_in_strata,
    before_after,
    levels_by_group,
    several_answers,
)

SATISFACTION = ((1, 2, 1, 0), (3, 3, 6, 1), (10, 10, 14, 9), (6, 7, 12, 11))
"""Agresti (2002), table 2.8, p. 57 (cited from R's vcdExtra): job by income, p = 0.7827."""
MALFORMED = ((17066, 48), (14464, 38), (788, 5), (126, 1), (37, 1))
"""Graubard and Korn (1987), Biometrics 43, p. 471-476: malformations by alcohol."""
MOTIVATION = (
    (40, 35, 38, 43, 44, 41),
    (38, 40, 47, 44, 40, 42),
    (48, 40, 45, 43, 46, 44),
)
"""Hollander and Wolfe, example 6.2 (as R's NSM3 cites it): output by information, none, rough,
accurate; J = 79. The page of their first edition was not verified."""


@pytest.fixture
def generator():
    return np.random.default_rng(20261123)


def counted(groups, answers):
    """Return the table of groups by answers, in order."""
    return [[list(g).count(a) for a in answers] for g in groups]


def by_hand(table, statistic, far):
    """Return a p-value from every arrangement of people, one by one."""
    rows = [i for i, row in enumerate(table) for x in row for _ in range(x)]
    columns = [j for row in table for j, x in enumerate(row) for _ in range(x)]
    seen = statistic(rows, columns)
    every = [statistic(rows, moved) for moved in permutations(columns)]
    return sum(far(one, seen) for one in every) / len(every)


def test_the_lady_tasting_tea_and_a_table_of_agresti(generator):
    assert association([[3, 1], [1, 3]], generator).p == pytest.approx(34 / 70)
    found = association(SATISFACTION, generator, work=10**10)

    assert (round(found.p, 4), found.way) == (0.7827, Way.EXACT)
    drawn = association(SATISFACTION, generator, work=1000)
    assert drawn.way is Way.DRAWN
    assert drawn.p == pytest.approx(found.p, abs=4 * drawn.error)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.lists(st.integers(0, 9), min_size=2, max_size=2), min_size=2, max_size=2))
def test_two_by_two_is_fisher(table):
    found = association(table, np.random.default_rng(1))
    cells = np.array(table)
    if cells.sum(axis=0).min() and cells.sum(axis=1).min():
        assert found.p == pytest.approx(stats.fisher_exact(cells).pvalue, abs=1e-9)


@pytest.mark.parametrize(
    "table", [((2, 1, 0), (0, 1, 3)), ((1, 2), (2, 0), (0, 2)), ((3, 1), (1, 2))]
)
def test_every_arrangement_counted_by_hand(table, generator):
    cells = np.array(table)

    def pairs(rows, columns):
        together = list(zip(rows, columns, strict=True))
        return sum(
            1.0 if a[1] < b[1] else 0.5 if a[1] == b[1] else 0.0
            for a in together
            for b in together
            if a[0] < b[0]
        )

    middle = (cells.sum() ** 2 - (cells.sum(axis=1) ** 2).sum()) / 4
    found = trend([table], generator)
    expected = by_hand(
        table, pairs, lambda one, seen: abs(one - middle) >= abs(seen - middle) - 1e-9
    )
    assert (found.way, found.p) == (Way.EXACT, pytest.approx(expected))

    def linear(rows, columns):
        return sum(a * b for a, b in zip(rows, columns, strict=True))

    mean = (
        (np.arange(len(cells)) @ cells.sum(1))
        * (cells.sum(0) @ np.arange(cells.shape[1]))
        / cells.sum()
    )
    found = linear_trend([table], range(len(cells)), generator)
    expected = by_hand(table, linear, lambda one, seen: abs(one - mean) >= abs(seen - mean) - 1e-9)
    assert found.p == pytest.approx(expected)


def test_cochran_and_armitage_on_malformations(generator):
    """Agresti (1992), §5: exact upper tail 0,0168 with scores 0, ½, 1½, 4 and 7."""
    found = linear_trend([MALFORMED], (0, 1, 3, 8, 14), generator)

    assert found.way is Way.EXACT
    lower_tail = found.p - 0.0168
    assert 0 <= round(lower_tail, 4) <= 0.0006  # as far below its mean is rarer still
    drawn = linear_trend([MALFORMED], (0, 1, 3, 8, 14), generator, work=10)
    assert drawn.p == pytest.approx(found.p, abs=4 * drawn.error)


def test_jonckheere_on_motivation(generator):
    """The book's large-sample tail is 0,0231 without ties; the exact one, both sides, is near."""
    answers = sorted({one for group in MOTIVATION for one in group})
    found = trend([counted(MOTIVATION, answers)], generator)

    assert (found.way, found.n) == (Way.EXACT, 18)
    assert found.p / 2 == pytest.approx(0.0210, abs=5e-5)
    drawn = trend([counted(MOTIVATION, answers)], generator, work=10)
    assert drawn.p == pytest.approx(found.p, abs=4 * drawn.error)


def test_the_published_p_of_j_79_is_that_of_the_law_without_ties(generator):
    # Ranks without ties, of three groups of six, whose pairs in order are 79 of 108.
    untied = ((2, 3, 6, 7, 8, 9), (1, 4, 10, 12, 17, 18), (5, 11, 13, 14, 15, 16))
    j = sum(a < b for i in (0, 1) for k in range(i + 1, 3) for a in untied[i] for b in untied[k])
    found = trend([counted(untied, range(1, 19))], generator, work=10**10)

    assert (j, found.way, round(found.p / 2, 4)) == (79, Way.EXACT, 0.0231)


def test_two_groups_are_the_test_of_mann_and_whitney(generator):
    one, other = (1, 4, 6, 9, 12, 15, 17), (2, 7, 16, 18, 19, 21, 25, 28)
    answers = sorted({*one, *other})
    found = trend([counted((one, other), answers)], generator)

    assert found.p == pytest.approx(stats.mannwhitneyu(one, other, method="exact").pvalue)


def test_strata_hide_what_a_whole_shows(generator):
    """Simpson: each case shows nothing, the two together would."""
    cases = ([[36, 4], [9, 1]], [[1, 9], [4, 36]])
    whole = np.sum(cases, axis=0)

    assert association(whole, generator).p < 0.01
    assert association_in_strata(cases, generator).p > 0.9
    assert linear_trend(cases, (0, 1), generator).p == pytest.approx(1)


def test_the_same_link_in_every_stratum_is_found(generator):
    cases = ([[8, 2, 0], [3, 5, 2]], [[6, 1, 1], [2, 4, 3]])
    together = association_in_strata(cases, generator)
    alone = [association(case, generator).p for case in cases]

    assert together.p < min(alone)
    assert together.p == pytest.approx(0.01, abs=0.02)


def test_mcnemar():
    assert paired(0, 0).p == 1
    assert paired(5, 5).p == 1
    assert paired(10, 0).p == pytest.approx(2 / 2**10)
    assert paired(12, 3).p == pytest.approx(2 * sum(comb(15, k) for k in range(4)) / 2**15)
    assert paired(12, 3).p == pytest.approx(stats.binomtest(3, 15).pvalue)
    assert paired(4, 0).least == 0.125


def test_before_and_after_with_more_answers(generator):
    still = before_after(((9, 3, 1), (3, 9, 2), (1, 2, 9)), generator)
    moved = before_after(((2, 9, 8), (1, 2, 9), (0, 1, 2)), generator)
    two = before_after(((5, 8), (1, 6)), generator)

    assert (still.p > 0.9, moved.p < 0.001) == (True, True)
    assert (two.p, two.way) == (paired(8, 1).p, Way.EXACT)


def test_levels_by_group_are_kruskal_and_wallis(generator):
    table = ((8, 5, 2, 1), (2, 6, 5, 3), (1, 2, 6, 7))
    found = levels_by_group(table, generator)
    groups = [np.repeat(np.arange(4), row) for row in table]

    assert found.p == pytest.approx(stats.kruskal(*groups).pvalue, rel=0.5)
    assert found.p < 0.01


def test_several_answers_of_one_person_go_together(generator):
    """Everybody checks all or nothing: eight options say no more than one does."""
    groups = [0] * 12 + [1] * 12
    one = np.array([1] * 9 + [0] * 3 + [1] * 4 + [0] * 8, dtype=float)
    alone = several_answers(groups, one[:, None], generator)
    eight = several_answers(groups, np.repeat(one[:, None], 8, axis=1), generator)
    exact = association([[9, 3], [4, 8]], generator)

    assert alone.p == pytest.approx(exact.p, abs=0.02)
    assert eight.p == pytest.approx(exact.p, abs=0.02)


@pytest.mark.parametrize(
    "test",
    [
        lambda g: association([[5, 0], [3, 0]], g),
        lambda g: trend([[[0, 0], [0, 0]]], g),
        lambda g: levels_by_group([[0, 4], [0, 3]], g),
        lambda g: several_answers([0, 0, 0], np.ones((3, 2)), g),
        lambda g: association_in_strata([[[3, 0], [2, 0]]], g),
        lambda g: before_after(np.diag([3, 4, 5]), g),
    ],
)
def test_what_cannot_differ_has_a_p_of_one(test, generator):
    assert test(generator).p == 1


def test_no_answer_could_have_been_told_from_chance(generator):
    found = association([[2, 1], [0, 2]], generator)

    assert found.least == pytest.approx(1 / comb(5, 2))


def test_holm():
    """Holm (1979), §3: the smallest is multiplied by how many there are, the next by one less."""
    assert holm([]) == ()
    assert holm([0.5, 0.9]) == (1.0, 1.0)
    generator = np.random.default_rng(3)
    wrong = sum(min(holm(tuple(generator.random(12)))) < 0.05 for _ in range(4000))
    assert wrong / 4000 == pytest.approx(0.049, abs=0.012)


def test_draws_are_the_same_for_the_same_seed():
    one, other = (association(SATISFACTION, np.random.default_rng(7), work=1) for _ in range(2))

    assert one == other


def test_a_p_value_beside_margins_gives_the_masked_cells_back():
    """The control behind the rule of the disclosure page, §3.15: p-values stay with the team.

    Case by answer of 24 and 18 people whose « yes » are masked in one case, total known: from the
    p-value, three decimals, a reader finds one table, or two that mirror each other.
    """
    found, small = 0, 0
    for total in range(6, 37):
        tables = [
            ((yes, 24 - yes), (total - yes, 18 - total + yes))
            for yes in range(max(0, total - 18), min(24, total) + 1)
        ]
        said = [round(association(t, np.random.default_rng(1)).p, 3) for t in tables]
        for table, p in zip(tables, said, strict=True):
            if min(map(min, table)) < 5:
                small += 1
                found += said.count(p) == 1
    assert small > 200
    assert found / small > 0.5
