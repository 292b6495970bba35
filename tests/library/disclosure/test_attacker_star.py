"""What the star check accepts without a solver, and what it leaves to the programs."""

from datetime import date

import pytest
from tests.trust.small_releases import (
    WAVE,
    base,
    between,
    counted,
    items,
    one_way,
    question,
    release,
    study,
    truth,
)

from croisee.disclosure.attacker import Harm, audit, closed_form, judge
from croisee.disclosure.released import Rank
from croisee.disclosure.values import two_sided
from croisee.study import Nature, Policy, Waiver

POLICY = Policy()
CASES = ("a", "b")


def exact(values, n):
    return {tuple(block.split("+")): counted(x, n) for block, x in values.items()}


def attack(tables, asked, world=None, policy=POLICY, cases=CASES):
    worlds = {WAVE: world} if world is not None else {}
    return audit([release(study([asked], cases), tables)], worlds, policy)


def test_exact_rows_beside_their_finer_pool_need_no_program():
    asked = question("q", 4)
    rows = [
        one_way("q", base(30, (case,)), exact({"o0+o1": x, "o2+o3": 30 - x}, 30))
        for case, x in (("a", 12), ("b", 18))
    ]
    pool = one_way("q", base(60, CASES), exact({"o0": 14, "o1": 16, "o2": 9, "o3": 21}, 60))

    report = attack([*rows, pool], asked)

    assert report.passed
    assert report.programs == 0


def test_exact_rows_of_different_cuts_beside_the_pool_are_not_taken_for_safe():
    """x1 = f1 - y1: two cases cut in two places give the middle answers back."""
    asked = question("q", 3)
    first = one_way("q", base(30, ("a",)), exact({"o0+o1": 14, "o2": 16}, 30))
    second = one_way("q", base(30, ("b",)), exact({"o0": 9, "o1+o2": 21}, 30))
    pool = one_way("q", base(60, CASES), exact({"o0": 11, "o1": 20, "o2": 29}, 60))
    codes = [[0]] * 2 + [[1]] * 12 + [[2]] * 16 + [[0]] * 9 + [[1]] * 8 + [[2]] * 13
    world = truth([asked], codes, ["a"] * 30 + ["b"] * 30)

    report = attack([first, second, pool], asked, world)

    assert ("o0", f"{WAVE}@a", 2, 2) in [
        (b.target.level, b.target.group, b.low, b.high) for b in report.breaches
    ]


def test_a_total_that_repeats_exact_rows_is_no_news():
    asked = question("q", 2)
    rows = [one_way("q", base(30, (c,)), exact({"o1": x}, 30)) for c, x in (("a", 12), ("b", 9))]
    total = one_way("q", base(60, CASES), exact({"o1": 21}, 60))

    report = attack([*rows, total], asked)

    assert (report.passed, report.programs) == (True, 0)


def test_an_exact_line_beside_a_masked_one_of_the_same_table_is_refused():
    """« 12 · 11 · fewer than 5 » of 26: the last is 3."""
    asked = question("q", 3)
    shown = exact({"o0": 12, "o1": 11}, 26) | {("o2",): two_sided(3, 26, 5)}

    report = attack([one_way("q", base(26, ("a",)), shown)], asked, cases=("a",))

    assert [(b.target.level, b.low, b.high) for b in report.breaches] == [("o2", 3, 3)]


@pytest.mark.parametrize(("low", "high"), [(0, 0), (1, 20), (16, 20)])
def test_what_was_said_aloud_may_be_voiced_or_silent(low, high):
    asked = question("q", 2, Nature.SPOKEN)
    shown = {("o1",): between(low, high, 20)}

    report = attack([one_way("q", base(20, ("a",)), shown)], asked, cases=("a",))

    assert (report.passed, report.programs) == (True, 0)


def test_a_named_decision_makes_everybody_a_warning_for_an_ordinary_question():
    asked = question("q", 2)
    shown = [one_way("q", base(20, ("a",)), {("o1",): counted(20, 20)}, key="q")]
    waiver = Waiver("q", "Tout le monde le sait.", "Direction de recherche", date(2026, 1, 10))
    waived = Policy(exceptions=(waiver,))

    refused = attack(shown, asked, cases=("a",))
    allowed = attack(shown, asked, policy=waived, cases=("a",))

    assert {b.harm for b in refused.breaches} == {Harm.EVERYBODY}
    assert allowed.breaches == []
    assert len(allowed.warnings) >= 1


def test_e14_exactly_k_by_two_sides_gives_the_masked_item_back_and_order_does_not():
    asked = question("q", 5, exactly=3)
    counts = (33, 31, 30, 26, 3)
    names = [o.code for o in asked.options]
    two = {o: two_sided(x, 41, 5) for o, x in zip(names, counts, strict=True)}
    order = {o: Rank(i + 1) for i, o in enumerate(names)}

    masked = attack([items("q", base(41, ("a",)), two)], asked, cases=("a",))
    ranked = attack([items("q", base(41, ("a",)), order)], asked, cases=("a",))

    assert [(b.target.level, b.low, b.high) for b in masked.breaches] == [("o4", 3, 3)]
    assert ranked.passed


def test_multiple_choices_of_a_case_and_of_the_pool_are_bounded_together():
    asked = question("q", 3, at_most=2)
    pool = {"o0": counted(20, 40), "o1": counted(18, 40), "o2": counted(16, 40)}
    case = {"o0": counted(9, 20), "o1": counted(7, 20), "o2": two_sided(15, 20, 5)}
    tables = [items("q", base(40, CASES), pool), items("q", base(20, ("a",)), case)]

    report = attack(tables, asked)

    others = f"{WAVE}@a+b − {WAVE}@a"
    assert {b.target.group for b in report.breaches if b.harm is Harm.DIFFERENCE} <= {others}
    assert report.undecided == []


def test_closed_form_of_a_row_with_a_known_total():
    assert closed_form([(9, 9), (0, 4), (0, 4)], 12, 12) == [(9, 9), (0, 3), (0, 3)]


@pytest.mark.parametrize(
    ("span", "size", "harm"),
    [
        ((0, 4), 28, None),
        ((24, 28), 28, None),
        ((1, 4), 28, Harm.PROVEN),
        ((25, 27), 28, Harm.NARROW),
        ((0, 0), 28, Harm.EVERYBODY),
        ((10, 11), 28, None),
        ((0, 3), 3, None),
        ((0, 2), 3, Harm.NARROW),
    ],
)
def test_judge(span, size, harm):
    assert judge(*span, size, 5, Nature.ORDINARY) is harm
