"""Conditions from one language to the other: whole, or not at all."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from croisee.questionnaire.exchanges.logic import (
    NotSimple,
    Ticked,
    read_script,
    read_xpath,
    to_script,
    to_xpath,
)


def named(name):
    return Ticked("M", "a") if name in {"M_a", "1X2X3a"} else name


def translated(script):
    return to_xpath(read_script(script), named)


@pytest.mark.parametrize(
    ("script", "xpath"),
    [
        ('Q1 == "A1"', "${Q1} = 'A1'"),
        ('((Q1.NAOK eq "A1") && !(Q2 >= 3))', "${Q1} = 'A1' and not(${Q2} >= 3)"),
        ('(Q1 == "a" or Q2 == "b") and Q3 > -1', "(${Q1} = 'a' or ${Q2} = 'b') and ${Q3} > -1"),
        ("Q1 - (Q2 - 1) / 2 < 4", "${Q1} - (${Q2} - 1) div 2 < 4"),
        ('M_a.NAOK == "Y" and 1X2X3a.NAOK != "Y"',
         "selected(${M}, 'a') and not(selected(${M}, 'a'))"),
        ("!is_empty(Q1) or is_empty(M_a)", "not(${Q1} = '') or not(selected(${M}, 'a'))"),
        ('Q1 == "l\'été"', '${Q1} = "l\'été"'),
    ],
)  # fmt: skip
def test_a_simple_condition_is_translated(script, xpath):
    assert translated(script) == xpath


@pytest.mark.parametrize(
    "script",
    ["count(that.M) > 0", 'M_a > "1"', "Q1.shown == 1", "Q1 ==", "(Q1", "Q1)", "'a", "Q1 == 1 2",
     "if(Q1, 1, 2)", "strlen(Q1)", "", "(" * 500 + "1" + ")" * 500, "!" * 500 + "Q1",
     " or ".join(["Q1 == 1"] * 500)],
)  # fmt: skip
def test_any_other_is_not(script):
    with pytest.raises(NotSimple):
        translated(script)


@settings(max_examples=200, deadline=None)
@example("'\"'")
@given(st.text("Q1M_a.=!<>&|()\"' +-*/,0andor\n", max_size=30))
def test_whatever_is_written_is_translated_or_refused(script):
    try:
        xpath = translated(script)
    except NotSimple:
        return
    back = to_script(read_xpath(xpath), str, lambda name, code: f"{name}_{code}")
    assert translated(back) == xpath
