"""Who agrees with whom, inside a case, between its groups and between cases."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from croisee.crosscase import Between, Inside, between, inside, leading, opposed, sides_of

SIGNS = {"+": "pour", "~": "nuance", "-": "contre"}


def rows(**sessions):
    """Return position lines: ``nord_g1="++-"`` is three people of one session of a case."""
    return [
        {"session": name, "case": name.split("_")[0], "edition": "2024", "theme": "distance",
         "participant": f"{name}-{number}", "position": SIGNS[sign], "justification": ""}
        for name, signs in sessions.items() for number, sign in enumerate(signs)
    ]  # fmt: skip


def read(**sessions):
    (theme,) = sides_of(rows(**sessions), ["distance"], ["nord", "sud", "est"])
    return theme


def test_worked_example_of_the_methods_page():
    """The example of ``docs/methods/lecture-croisee.md``."""
    theme = read(nord_g1="++~", nord_g2="--~-", sud_g1="+++~", est_g1="-")

    nord, sud, est = theme.cases
    assert (nord.counts, nord.inside, nord.leading) == ((2, 2, 3), Inside.DIVIDED, "")
    assert nord.opposed == Fraction(2 * 2 * 3, 7 * 6)
    assert nord.groups == (("nord_g1", (2, 1, 0)), ("nord_g2", (0, 1, 3)))
    assert nord.between_groups is Between.OPPOSED
    assert (sud.inside, sud.leading, sud.between_groups) == (Inside.ALIKE, "pour", Between.ALONE)
    assert (est.inside, est.opposed) == (Inside.FEW, 0)
    assert theme.between is Between.DIFFERENT


@pytest.mark.parametrize(
    ("cases", "verdict"),
    [
        ([(5, 0, 1), (3, 1, 0)], Between.ALIKE),
        ([(5, 0, 1), (0, 1, 3)], Between.OPPOSED),
        ([(5, 0, 1), (0, 3, 1)], Between.DIFFERENT),
        ([(5, 0, 1), (1, 0, 1)], Between.DIFFERENT),
        ([(1, 1, 0), (1, 1, 0)], Between.DIFFERENT),
        ([(5, 0, 1), (0, 0, 1)], Between.ALONE),
        ([], Between.ALONE),
    ],
)
def test_cases_beside_each_other(cases, verdict):
    assert between(cases) is verdict


def test_person_heard_for_and_against_is_nuanced():
    both = [{**rows(nord_g1="+")[0]}, {**rows(nord_g1="-")[0]}]

    (theme,) = sides_of(both, ["distance"], ["nord"])

    assert theme.cases[0].counts == (0, 1, 0)


def test_editions_are_never_pooled_and_unknown_cases_are_not_read():
    later = [{**row, "edition": "2026"} for row in rows(nord_g1="--")]
    stray = [{**row, "case": "ailleurs"} for row in rows(nord_g2="+++")]

    found = sides_of([*rows(nord_g1="++"), *later, *stray], ["distance"], ["nord"])

    assert [(t.cases[0].edition, t.cases[0].counts) for t in found] == [
        ("2024", (2, 0, 0)), ("2026", (0, 0, 2)),
    ]  # fmt: skip


@given(st.tuples(*[st.integers(0, 6)] * 3))
def test_nobody_opposes_where_all_hold_one_side(counts):
    assert 0 <= opposed(counts) <= 1
    assert (opposed(counts) == 0) == (min(counts[0], counts[2]) == 0)
    if inside(counts) is Inside.ALIKE:
        assert leading(counts)
