"""Design-based estimates: published examples, the textbook formulae, coverage, another library."""

import numpy as np
import pytest
from scipy.stats import hypergeom

from croisee.survey import Estimate, design, interval, mean, ratio, share, standard_error

GRADES = (
    (3.08, 2.60, 3.44, 3.04),
    (2.36, 3.04, 3.28, 2.68),
    (2.00, 2.56, 2.52, 1.88),
    (3.00, 2.88, 3.44, 3.64),
    (2.68, 1.92, 3.28, 3.20),
)
"""Lohr (1999), example 5.2: grades of five suites of four students, of a hundred suites."""
FARMS = (
    ("NC", 1054, 103, 300504.16, 29618183543),
    ("NE", 220, 21, 97629.81, 7647472708),
    ("S", 1382, 135, 211315.04, 53587487856),
    ("W", 422, 41, 662295.51, 396185950266),
)
"""Lohr (1999), example 4.1: stratum, N, n, mean and variance of the acres of farms of counties."""


SMALL = (
    ("1", 15, 3.0, (2.8, 4.1, 6.8, 6.8, 9.2)),
    ("2", 12, 4.0, (3.7, 6.6, 4.2)),
)
"""The data ``fpc`` of Stata and of R's *survey*: stratum, members, weight, values."""


def small(finite):
    """Return the design of :data:`SMALL` and its values."""
    strata = [name for name, _, _, values in SMALL for _ in values]
    weights = [weight for _, _, weight, values in SMALL for _ in values]
    frame = {name: members for name, members, _, _ in SMALL} if finite else None
    alone = [str(k) for k in range(len(strata))]
    return design(weights, strata, alone, frame), np.concatenate([one[3] for one in SMALL])


def sample(counts):
    """Return a stratified plain design of (N, n) strata with weights N/n."""
    strata = [str(h) for h, (_, n) in enumerate(counts) for _ in range(n)]
    weights = [size / n for size, n in counts for _ in range(n)]
    frame = {str(h): size for h, (size, _) in enumerate(counts)}
    return design(weights, strata, [str(k) for k in range(len(strata))], frame)


def test_a_cluster_sample_of_lohr():
    grades = np.array(GRADES).ravel()
    drawn = design([20.0] * 20, ["a"] * 20, [str(k // 4) for k in range(20)], {"a": 100})
    found = mean(drawn, grades)

    assert round(found.value, 3) == 2.826
    assert round(found.error, 3) == 0.164
    assert drawn.degrees(np.ones(20, bool)) == 4


def test_a_stratified_sample_of_lohr():
    generator = np.random.default_rng(0)
    acres, strata, weights = [], [], []
    for name, members, n, average, variance in FARMS:
        values = generator.normal(size=n)
        values = (values - values.mean()) / values.std(ddof=1)
        acres += list(values * np.sqrt(variance) + average)
        strata += [name] * n
        weights += [members / n] * n
    frame = {name: members for name, members, *_ in FARMS}
    drawn = design(weights, strata, [str(k) for k in range(300)], frame)
    found = mean(drawn, np.array(acres))

    assert round(found.value * 3078) == pytest.approx(909_736_034, abs=1)
    assert round(found.error * 3078) == pytest.approx(50_417_248, abs=1)
    assert (round(found.low), round(found.high)) == (263_325, 327_797)


@pytest.mark.parametrize(("finite", "error"), [(False, 0.7413), (True, 0.6160)])
def test_small_strata_with_and_without_their_frame(finite, error):
    """``tests/fpc.Rout.save`` of R's *survey*: means of strata of 15 and 12."""
    found = mean(*small(finite))

    assert (round(found.value, 4), round(found.error, 4)) == (5.4481, error)


def test_a_domain_as_another_program_prints_it():
    """``tests/domain.Rout.save`` of R's *survey*: a domain known after the draw only."""
    drawn, x = small(finite=False)
    above, under = mean(drawn, x, x > 4), mean(drawn, x, x <= 4)

    assert (above.value, above.error) == (pytest.approx(6.195), pytest.approx(0.7555129, abs=1e-7))
    assert (round(under.value, 6), round(under.error, 7)) == (3.314286, 0.3117042)


def test_a_plain_draw_is_the_formula_of_cochran():
    generator = np.random.default_rng(3)
    values = generator.normal(50, 10, 54)
    drawn = sample([(68, 54)])

    assert mean(drawn, values).error == pytest.approx(standard_error(values, 68))


def test_a_ratio_is_the_formula_of_cochran():
    """Cochran (1977), equation 6.13, for a plain draw of 20 from 90."""
    generator = np.random.default_rng(5)
    under = generator.uniform(2, 9, 20)
    over = 1.4 * under + generator.normal(0, 1, 20)
    found = ratio(sample([(90, 20)]), over, under)

    r = over.sum() / under.sum()
    spread = np.sum((over - r * under) ** 2) / 19
    assert found.value == pytest.approx(r)
    assert found.error == pytest.approx(np.sqrt((1 - 20 / 90) * spread / 20) / under.mean())


def test_a_domain_keeps_the_whole_draw():
    """Särndal, Swensson and Wretman (1992), §10.3: a domain of a plain draw is a ratio."""
    generator = np.random.default_rng(6)
    values, inside = generator.normal(5, 2, 40), generator.random(40) < 0.4
    found = mean(sample([(90, 40)]), values, inside)

    held = values[inside]
    spread = np.sum((held - held.mean()) ** 2) / 39
    expected = np.sqrt((1 - 40 / 90) * 40 * spread) / inside.sum()
    assert (found.n, found.value) == (inside.sum(), pytest.approx(held.mean()))
    assert found.error == pytest.approx(expected)


def test_a_plain_stratum_has_the_exact_interval_and_a_census_has_none():
    said = np.array([1.0] * 31 + [0.0] * 15)
    found = share(sample([(64, 46)]), said)

    assert (found.low, found.high, found.exact) == (*interval(31, 46, 64), True)
    whole = share(sample([(46, 46)]), said)
    assert (whole.low, whole.high, whole.error) == (31 / 46, 31 / 46, 0)


@pytest.mark.parametrize("counts", [((64, 46), (30, 24), (12, 7), (16, 6)), ((12, 7), (16, 6))])
def test_the_interval_covers_over_strata_that_are_mostly_seen(counts):
    """Each true share drawn 60 times in 20 worlds: never under 95 % but for chance."""
    generator = np.random.default_rng(1)
    drawn, known, members = sample(counts), {}, sum(size for size, _ in counts)
    for p in (0.05, 0.2, 0.5):
        hits = 0
        for _ in range(20):
            holders = [generator.binomial(size, p) for size, _ in counts]
            for _ in range(60):
                seen = tuple(
                    int(generator.hypergeometric(held, size - held, n))
                    for held, (size, n) in zip(holders, counts, strict=True)
                )
                if seen not in known:
                    said = [[1.0] * x + [0.0] * (n - x)
                            for x, (_, n) in zip(seen, counts, strict=True)]  # fmt: skip
                    known[seen] = share(drawn, np.concatenate(said))
                hits += known[seen].low - 1e-9 <= sum(holders) / members <= known[seen].high + 1e-9
        assert hits / 1200 > 0.94


def corrected(x, n, members, half):
    """Return the linearised interval of a plain draw, as :func:`share` makes it in strata."""
    pair = sample([(members, n)])
    unequal = design(
        np.linspace(1, 1 + 1e-6, n), ["0"] * n, [str(k) for k in range(n)], {"0": members}
    )
    found: Estimate = share(unequal, np.array([1.0] * x + [0.0] * (n - x)))
    assert not found.exact
    assert pair.plain == (True,)
    return found.low + (0 if half else 0.5 / members), found.high - (0 if half else 0.5 / members)


@pytest.mark.parametrize(
    ("members", "n", "bare", "ours"), [(28, 24, 0.91, 0.95), (68, 54, 0.91, 0.95)]
)
def test_half_a_member_brings_the_coverage_back(members, n, bare, ours):
    lowest = {}
    for half in (False, True):
        ends = [corrected(x, n, members, half) for x in range(n + 1)]
        covered = []
        for held in range(members + 1):
            chance = hypergeom.pmf(range(n + 1), members, held, n)
            inside = [low - 1e-6 <= held / members <= high + 1e-6 for low, high in ends]
            covered.append(chance[np.array(inside)].sum())
        lowest[half] = min(covered)

    assert lowest[False] < bare
    assert lowest[True] >= ours


def test_who_is_alike_in_an_organisation_widens_the_interval():
    said = np.repeat([1.0, 0.0, 1.0, 0.0, 0.0, 1.0, 1.0, 0.0, 1.0, 1.0], 4)
    alone = design([1.0] * 40, ["a"] * 40, [str(k) for k in range(40)], None)
    grouped = design([1.0] * 40, ["a"] * 40, [str(k // 4) for k in range(40)], None)
    plain, alike = share(alone, said), share(grouped, said)

    assert alike.effective < 12 < plain.effective
    assert alike.high - alike.low > 1.5 * (plain.high - plain.low)


def test_a_cluster_of_one_and_too_many_answers():
    lonely = design([1.0] * 5, ["a", "a", "a", "b", "c"], list("12345"), {"a": 9, "b": 4, "c": 1})
    assert lonely.lonely == (1,)
    assert mean(lonely, np.array([1.0, 2, 4, 3, 8])).error > 0
    with pytest.raises(ValueError, match="more answers"):
        design([1.0] * 2, ["a", "a"], ["1", "2"], {"a": 1})
    with pytest.raises(ValueError, match="empty domain"):
        mean(lonely, np.ones(5), np.zeros(5, bool))


def test_nobody_and_everybody_still_have_an_interval():
    none = share(sample([(64, 20), (30, 10)]), np.zeros(30))
    every = share(sample([(64, 20), (30, 10)]), np.ones(30))

    assert (none.low, every.high) == (0, 1)
    assert 0.1 < none.high < 0.2
    assert every.low == pytest.approx(1 - none.high)


def test_a_frame_of_clusters_is_not_one_of_people():
    """Twenty people of five organisations of twenty: no census, and no half of an organisation."""
    said = np.array([1.0, 0.0, 1.0, 0.0, 0.0, 1.0, 1.0, 0.0, 1.0, 1.0] * 2)
    groups = [str(k // 4) for k in range(20)]
    found = share(design([1.0] * 20, ["a"] * 20, groups, {"a": 20}), said)

    assert found.low < found.value < found.high
    assert not found.exact
    endless = share(design([1.0] * 20, ["a"] * 20, groups, {"a": 10**9}), said)
    without = share(design([1.0] * 20, ["a"] * 20, groups, None), said)
    assert (endless.low, endless.high) == pytest.approx((without.low, without.high))


def test_where_everyone_was_reached_a_skipped_question_leaves_nothing_to_estimate():
    said = np.array([1.0] * 5 + [0.0] * 7)
    answered = np.array([True] * 10 + [False] * 2)
    found = share(sample([(12, 12)]), said, answered)

    assert (found.low, found.value, found.high) == (0.5, 0.5, 0.5)
    assert mean(sample([(12, 12)]), said, answered).error == 0


def test_nobody_in_few_organisations_is_less_sure_than_nobody_in_many():
    silent = np.zeros(40)
    alone = share(design([1.0] * 40, ["a"] * 40, [str(k) for k in range(40)], None), silent)
    grouped = share(design([1.0] * 40, ["a"] * 40, [str(k // 8) for k in range(40)], None), silent)

    assert grouped.high > 1.3 * alone.high


def test_another_library_gives_the_same_errors_and_intervals():
    svy = pytest.importorskip("svy", reason="svy is not installed: uv pip install svy==0.35.0")
    import polars as pl

    generator = np.random.default_rng(8)
    n = 120
    strata = [("a", "b", "c")[k] for k in generator.integers(0, 3, n)]
    clusters = [f"{one}{generator.integers(0, 9)}" for one in strata]
    weights = generator.uniform(1, 4, n)
    x, y = generator.uniform(1, 9, n), generator.normal(10, 3, n)
    said = (generator.random(n) < 0.3).astype(float)
    group = generator.integers(0, 2, n)
    frame = {"a": 40, "b": 25, "c": 60}
    rows = pl.DataFrame(
        {"w": weights, "s": strata, "c": clusters, "x": x, "y": y, "p": said.astype(int),
         "g": group, "N": [frame[one] for one in strata]}
    )  # fmt: skip
    for members in (frame, None):
        theirs = svy.Sample(
            data=rows,
            design=svy.Design(wgt="w", stratum="s", psu="c", pop_size="N" if members else None),
        ).estimation
        drawn = design(weights, strata, clusters, members)
        pairs = [
            (mean(drawn, y), theirs.mean("y").to_dicts()[0]),
            (ratio(drawn, y, x), theirs.ratio("y", "x").to_dicts()[0]),
            (mean(drawn, said), theirs.mean("p").to_dicts()[0]),
            (mean(drawn, y, group == 1), theirs.mean("y", by="g").to_dicts()[1]),
        ]
        for ours, their in pairs:
            assert ours.value == pytest.approx(their["est"])
            assert ours.error == pytest.approx(their["se"])
            assert ours.low == pytest.approx(their["lci"])
        for inside, place in ((None, 1), (group == 1, 3)):
            told = theirs.prop("p", by="g" if place == 3 else None, ci_method="beta").to_dicts()
            their, found = told[place], share(drawn, said, inside)
            assert (found.low, found.high) == pytest.approx((their["lci"], their["uci"]))
