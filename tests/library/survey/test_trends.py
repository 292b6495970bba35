"""Trends over editions: intervals, breaks, changes; the worked example of the methods page."""

from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm
from tests.library.survey.survey_waves import HELP, PEOPLE, STUDY, agreed, answers, frozen

from croisee.language import phrase
from croisee.study import Verdict
from croisee.survey import Step, difference, interval, question_trend, trend_of

WHY = phrase("La question a été reformulée.")


def wilson(x: int, n: int) -> tuple[float, float, float]:
    z, p = norm.ppf(0.975), x / n
    centre, half = (p + z * z / 2 / n), z * sqrt(p * (1 - p) / n + z * z / 4 / n / n)
    return p, (centre - half) / (1 + z * z / n), (centre + half) / (1 + z * z / n)


def test_difference_is_newcombes_example():
    """Newcombe (1998), table II, contrast (a): 56/70 − 48/80, method 10."""
    ends = difference(wilson(48, 80), wilson(56, 70))

    assert [round(end, 4) for end in ends] == [0.0524, 0.3339]


def test_worked_example_of_the_methods_page():
    steps = [Step("2018", "2022", Verdict.WITH_CARE, WHY)]
    trend = trend_of("aide", ("oui",), [("2018", 20, 40, 60), ("2022", 34, 46, 64)], steps)

    change = trend.change("2018", "2022")

    ends = [(round(p.low * p.frame), round(p.high * p.frame)) for p in trend.points]
    assert ends == [(25, 35), (42, 51)]
    assert [round(100 * x) for x in (change.gap, change.low, change.high)] == [24, 12, 34]
    assert (change.verdict, change.moved) == (Verdict.WITH_CARE, True)


@given(st.integers(1, 40), st.integers(1, 40), st.data())
def test_a_whole_frame_leaves_no_doubt(n, m, data):
    x, y = data.draw(st.integers(0, n)), data.draw(st.integers(0, m))
    change = trend_of("q", "a", [("1", x, n, n), ("2", y, m, m)]).change("1", "2")

    assert (change.low, change.high) == (change.gap, change.gap)


@given(st.integers(1, 60), st.integers(1, 60), st.data())
def test_change_backwards_is_the_change_turned_round(n, m, data):
    x, y = data.draw(st.integers(0, n)), data.draw(st.integers(0, m))
    one = trend_of("q", "a", [("1", x, n, None), ("2", y, m, None)]).change("1", "2")
    two = trend_of("q", "a", [("1", y, m, None), ("2", x, n, None)]).change("1", "2")

    assert (one.low, one.high) == pytest.approx((-two.high, -two.low))
    assert one.low <= one.gap <= one.high


def test_nothing_is_compared_across_a_full_break():
    steps = [
        Step("2013", "2018", Verdict.WITH_CARE, WHY),
        Step("2018", "2022", Verdict.NOT_COMPARABLE, WHY),
    ]
    observed = [("2013", 9, 20, None), ("2018", 12, 20, None), ("2022", 15, 20, None)]

    trend = trend_of("q", "a", observed, steps)

    assert [[p.edition for p in run] for run in trend.runs()] == [["2013", "2018"], ["2022"]]
    assert trend.change("2018", "2022") is trend.change("2013", "2022") is None
    assert [(c.before, c.after, c.verdict) for c in trend.changes()] == [
        ("2013", "2018", Verdict.WITH_CARE)
    ]
    assert trend.breaks == tuple(steps)


@pytest.mark.parametrize(
    ("observed", "why"),
    [([("1", 1, 2, None), ("1", 1, 2, None)], "twice"), ([("1", 3, 2, None)], "3 of 2")],
)
def test_counts_that_do_not_fit_are_refused(observed, why):
    with pytest.raises(ValueError, match=why):
        trend_of("q", "a", observed)


@pytest.fixture(scope="module")
def dataset(tmp_path_factory):
    lines = {"2019": answers(1, 70), "2021": answers(2, 60)}
    everybody = {line["respondent"] for some in lines.values() for line in some}
    tables = {f"answers/individuel@{edition}": some for edition, some in lines.items()}
    tables["frames"] = [
        {"case": "rives", "component": "", "edition": e, "instrument": "", "size": 90, "source": ""}
        for e in lines
    ]
    frozen_study = frozen(tmp_path_factory.mktemp("tendance"), STUDY, tables, agreed(*everybody))
    return lines, frozen_study


def test_trend_of_a_question_counts_who_answered_in_each_edition(dataset):
    lines, study = dataset
    expected = []
    for edition, some in lines.items():
        given_here = [one["q_aide"] for one in some if one["case"] == "rives"]
        said = [answer for answer in given_here if answer in {"oui", "non"}]
        expected.append((edition, said.count("oui"), len(said)))

    trend = question_trend(study, PEOPLE.code, HELP.code, ("oui",), case="rives")

    assert [(p.edition, p.count, p.n) for p in trend.points] == expected
    assert [p.frame for p in trend.points] == [None, None]
    assert trend.points[0].low == interval(expected[0][1], expected[0][2], None)[0]


def test_trend_refuses_an_unknown_option_and_a_text(dataset):
    with pytest.raises(ValueError, match="peut-etre"):
        question_trend(dataset[1], PEOPLE.code, HELP.code, ("peut-etre",))
    with pytest.raises(ValueError, match="note"):
        question_trend(dataset[1], PEOPLE.code, "note", ("x",))
