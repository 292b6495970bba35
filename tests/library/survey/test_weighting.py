"""Weights: published examples, what each refusal says, and another library as an oracle."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from croisee.survey import (
    Margin,
    WeightsRefused,
    base_weights,
    kish_effect,
    kish_size,
    rake,
    worth_weighting,
)

RACES = ("noire", "blanche", "asiatique", "autochtone", "autre")
SUMS = {"femme": (300, 1200, 60, 30, 30), "homme": (150, 1080, 90, 30, 30)}


def lohr():
    """Lohr (1999), §8.5: a sample's sums of weights by sex and race, and known margins."""
    sexes = [sex for sex in SUMS for _ in RACES]
    races = [race for _ in SUMS for race in RACES]
    start = [weight for row in SUMS.values() for weight in row]
    margins = (
        Margin("sexe", {"femme": 1510, "homme": 1490}),
        Margin("race", dict(zip(RACES, (600, 2120, 150, 100, 30), strict=True))),
    )
    return start, margins, (sexes, races)


def test_raking_gives_the_table_of_lohr():
    raked = rake(*lohr())

    women, men = raked.weights.reshape(2, 5)
    assert women == pytest.approx([375.59, 1021.47, 53.72, 45.56, 13.67], abs=0.011)
    assert men == pytest.approx([224.41, 1098.53, 96.28, 54.44, 16.33], abs=0.011)
    assert max(raked.missed.values()) < 1e-6


def test_one_margin_is_post_stratification():
    start, margins, answers = lohr()
    raked = rake(start, margins[:1], answers[:1])

    women, men = raked.weights.reshape(2, 5)
    assert women == pytest.approx([279.63, 1118.52, 55.93, 27.96, 27.96], abs=0.006)
    assert men == pytest.approx([161.96, 1166.09, 97.17, 32.39, 32.39], abs=0.006)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6))
def test_margins_of_an_invented_frame_are_met_and_the_weights_are_products(seed):
    generator = np.random.default_rng(seed)
    one, two = generator.integers(0, 3, 90), generator.integers(0, 4, 90)
    one[:3], two[:4] = range(3), range(4)
    sizes = generator.integers(50, 400, 3)
    others = np.bincount(generator.choice(4, int(sizes.sum()), p=[0.1, 0.2, 0.3, 0.4]), minlength=4)
    margins = (
        Margin("a", {str(k): float(size) for k, size in enumerate(sizes)}),
        Margin("b", {str(k): float(size) for k, size in enumerate(others)}),
    )
    raked = rake(np.ones(90), margins, ([str(k) for k in one], [str(k) for k in two]))

    sums = [raked.weights[one == k].sum() for k in range(3)]
    assert sums == pytest.approx(sizes, rel=1e-5)
    table = np.full((3, 4), np.nan)
    table[one, two] = np.log(raked.weights)
    if not np.isnan(table).any():
        assert table - table[:, :1] == pytest.approx((table[0] - table[0, 0])[None, :].repeat(3, 0))


def test_who_did_not_answer_keeps_their_part():
    margin = Margin("age", {"jeune": 30, "vieux": 30})
    raked = rake([1, 1, 1, 1], [margin], [["jeune", "jeune", "vieux", None]])

    assert raked.weights == pytest.approx([11.25, 11.25, 22.5, 15])


def test_a_limit_holds_and_says_what_it_costs():
    start, margins, answers = lohr()
    raked = rake(start, margins, answers, limit=3)

    assert raked.weights.max() <= 3 * 3000 / 10 + 1e-9
    assert raked.limited == 2
    assert 0.05 < max(raked.missed.values()) < 0.6


@pytest.mark.parametrize(
    ("margins", "answers", "said"),
    [
        (
            [Margin("age", {"jeune": 5, "vieux": 5})],
            [["jeune", "jeune"]],
            "Personne n’a répondu « {category} »",
        ),
        ([Margin("age", {"jeune": 5})], [["jeune", "vieux"]], "Quelqu’un est « {category} »"),
        ([Margin("age", {"jeune": 0})], [["jeune", "jeune"]], "ne compte personne"),
        (
            [Margin("age", {"jeune": 5}), Margin("genre", {"f": 6})],
            [["jeune"] * 2, ["f"] * 2],
            "ne comptent pas le même nombre",
        ),
        (
            [Margin("a", {"x": 9, "y": 1}), Margin("b", {"u": 1, "v": 9})],
            [["x", "y"], ["u", "v"]],
            "se contredisent",
        ),
    ],
)
def test_margins_that_give_no_weights_are_named(margins, answers, said):
    with pytest.raises(WeightsRefused) as refused:
        rake([1, 1], margins, answers)

    assert said in refused.value.message.one


def test_base_weights_refuse_a_silent_stratum_and_too_many_answers():
    assert base_weights(["a", "b", "b"], {"a": 4, "b": 3}).tolist() == [4, 1.5, 1.5]
    with pytest.raises(WeightsRefused, match="Personne n’a répondu dans"):
        base_weights(["a"], {"a": 4, "b": 3})
    with pytest.raises(WeightsRefused, match="corrigez la base"):
        base_weights(["a", "a"], {"a": 1})


def test_what_unequal_weights_cost():
    assert kish_effect([2, 2, 2]) == pytest.approx(1)
    # Kish (1965), §11.7: half of the sample with twice the weight of the other half loses 11 %.
    assert kish_effect([1] * 50 + [2] * 50) == pytest.approx(10 / 9)
    assert kish_size([1] * 50 + [2] * 50) == pytest.approx(90)


def test_weights_are_worth_it_more_often_than_not_only_where_they_correct_something():
    generator = np.random.default_rng(11)
    chance = truth = 0
    for _ in range(400):
        group = generator.random(60) < 0.5
        weights = np.where(group, 1.0, 3.0)
        for related in (False, True):
            said = generator.random(60) < (np.where(group, 0.2, 0.7) if related else 0.45)
            share, weighted = said.mean(), float(weights @ said / weights.sum())
            found = worth_weighting(share, weighted, 60, kish_effect(weights))
            truth += related and found
            chance += (not related) and found
    assert (chance / 400 < 0.25, truth / 400 > 0.6) == (True, True)


def test_another_library_rakes_to_the_same_weights():
    svy = pytest.importorskip("svy", reason="svy is not installed: uv pip install svy==0.35.0")
    import polars as pl

    generator = np.random.default_rng(4)
    one = [("a", "b", "c")[k] for k in generator.integers(0, 3, 80)]
    two = [("u", "v")[k] for k in generator.integers(0, 2, 80)]
    start = generator.uniform(1, 3, 80)
    sizes = {"one": {"a": 50.0, "b": 70.0, "c": 40.0}, "two": {"u": 100.0, "v": 60.0}}
    ours = rake(start, [Margin(k, v) for k, v in sizes.items()], [one, two]).weights
    rows = pl.DataFrame({"w": start, "one": one, "two": two})
    sample = svy.Sample(data=rows, design=svy.Design(wgt="w"))
    theirs = sample.weighting.rake(controls=sizes, tol=1e-10).data["rk_wgt"].to_numpy()

    assert ours == pytest.approx(theirs, rel=1e-6)
