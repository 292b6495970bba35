"""Intervals against enumerations in whole numbers, and their real coverage."""

from fractions import Fraction
from itertools import combinations
from math import comb, sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import norm

from croisee.survey import interval, standard_error

SIZES = [(12, 10), (20, 13), (28, 13), (28, 24), (30, 24), (54, 20), (64, 46), (68, 10), (68, 54)]


def chance(frame: int, members: int, n: int, x: int) -> Fraction:
    return Fraction(comb(members, x) * comb(frame - members, n - x), comb(frame, n))


def enumerated(x: int, n: int, frame: int) -> tuple[float, float]:
    """Return the interval found by trying every number of members, in exact fractions."""
    kept = [
        members
        for members in range(x, frame - n + x + 1)
        if sum(chance(frame, members, n, k) for k in range(x, n + 1)) > Fraction(1, 40)
        and sum(chance(frame, members, n, k) for k in range(x + 1)) > Fraction(1, 40)
    ]
    return kept[0] / frame, kept[-1] / frame


def corrected_wilson(x: int, n: int, frame: int) -> tuple[float, float]:
    """Return Wilson's score interval with n divided by (N − n)/(N − 1): what we did not keep."""
    z, size = norm.ppf(0.975), n * (frame - 1) / (frame - n)
    p = x / n
    centre = (p + z * z / 2 / size) / (1 + z * z / size)
    half = z / (1 + z * z / size) * sqrt(p * (1 - p) / size + z * z / 4 / size / size)
    return max(centre - half, x / frame), min(centre + half, (frame - n + x) / frame)


def least_coverage(method, n: int, frame: int) -> float:
    """Return the smallest chance, over every true number of members, of covering it."""
    ends = [method(x, n, frame) for x in range(n + 1)]
    room = 1e-12
    return min(
        float(
            sum(
                chance(frame, members, n, x)
                for x, (low, high) in enumerate(ends)
                if low - room <= members / frame <= high + room
            )
        )
        for members in range(frame + 1)
    )


@pytest.mark.parametrize(("frame", "n"), SIZES)
def test_interval_is_the_one_found_by_enumeration(frame, n):
    assert [interval(x, n, frame) for x in range(n + 1)] == [
        enumerated(x, n, frame) for x in range(n + 1)
    ]


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_interval_of_any_small_frame_is_the_one_found_by_enumeration(data):
    frame = data.draw(st.integers(1, 45))
    n = data.draw(st.integers(1, frame))
    x = data.draw(st.integers(0, n))

    assert interval(x, n, frame) == enumerated(x, n, frame)


@pytest.mark.parametrize(("frame", "n"), SIZES)
def test_interval_covers_ninety_five_times_in_a_hundred_at_least(frame, n):
    assert least_coverage(interval, n, frame) >= 0.95


def test_corrected_wilson_covers_less_which_is_why_it_was_not_kept():
    least = {size: least_coverage(corrected_wilson, size[1], size[0]) for size in SIZES}

    assert min(least, key=least.get) == (68, 54)
    assert least[68, 54] == pytest.approx(0.794, abs=0.001)
    assert max(least.values()) < 0.95


def test_interval_covers_in_every_sample_of_a_tiny_frame():
    """Not by formula: all 252 samples of 5 in a frame of 10, for each true number."""
    frame, n = 10, 5
    for members in range(frame + 1):
        covered = [
            low <= members / frame <= high
            for sample in combinations(range(frame), n)
            for low, high in [interval(sum(unit < members for unit in sample), n, frame)]
        ]
        assert sum(covered) >= 0.95 * len(covered)


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_interval_holds_the_share_seen_to_a_member_and_mirrors_itself(data):
    frame = data.draw(st.one_of(st.none(), st.integers(1, 100_000)))
    n = data.draw(st.integers(1, frame or 5000))
    x = data.draw(st.integers(0, n))

    low, high = interval(x, n, frame)
    other_low, other_high = interval(n - x, n, frame)

    member = 1 / frame if frame else 1e-12
    assert low <= x / n + member
    assert x / n <= high + member
    assert (other_low, other_high) == pytest.approx((1 - high, 1 - low), abs=1e-9)


def test_interval_of_everybody_is_a_point():
    assert [interval(x, 30, 30) for x in (0, 24, 30)] == [(0, 0), (0.8, 0.8), (1, 1)]


def test_interval_without_frame_is_the_binomial_one():
    """Clopper and Pearson's own property: each end leaves 2.5 % on its side."""
    low, high = interval(9, 20, None)

    above = sum(comb(20, k) * low**k * (1 - low) ** (20 - k) for k in range(9, 21))
    below = sum(comb(20, k) * high**k * (1 - high) ** (20 - k) for k in range(10))
    assert (above, below) == pytest.approx((0.025, 0.025))


def test_large_frame_comes_close_to_no_frame():
    assert interval(300, 1000, 10**7) == pytest.approx(interval(300, 1000, None), abs=1e-4)


@pytest.mark.parametrize("wrong", [(-1, 5, 10), (6, 5, 10), (0, 0, 10), (5, 11, 10)])
def test_interval_refuses_impossible_counts(wrong):
    with pytest.raises(ValueError, match="of"):
        interval(*wrong)


def test_intervals_page_worked_example():
    assert interval(31, 46, 64) == (38 / 64, 47 / 64)
    low, high = interval(31, 46, None)
    assert (round(low, 2), round(high, 2)) == (0.52, 0.8)


def test_interval_agrees_with_an_r_package_that_adds_the_first_rejected_number():
    """Samplingbook's own example, Sprop(m = 45, n = 100, N = 300): 110 to 161 members.

    It ends at the first numbers that the test rejects; we end at the last it does not.
    """
    assert interval(45, 100, 300) == (111 / 300, 160 / 300)
    assert sum(chance(300, 110, 100, k) for k in range(45, 101)) <= Fraction(1, 40)
    assert sum(chance(300, 161, 100, k) for k in range(46)) <= Fraction(1, 40)


def test_standard_error_agrees_with_an_independent_survey_package():
    """Mean 52.2780 and SE 0.6215 came out of the svy package on these 54 values, N = 68."""
    generator = np.random.default_rng(0)
    generator.integers(0, 2, 54)
    values = [float(value) for value in generator.normal(50, 10, 54)]

    assert sum(values) / 54 == pytest.approx(52.2780, abs=5e-5)
    assert standard_error(values, 68) == pytest.approx(0.621521, abs=5e-7)
    assert standard_error(values, None) == pytest.approx(1.3698, abs=5e-5)


def test_standard_error_is_the_spread_of_the_mean_over_every_sample():
    """Over all samples of 4 in 7 units, the mean of the squared errors is the true variance."""
    units = [2.0, 3.0, 5.0, 7.0, 11.0, 13.0, 17.0]
    samples = list(combinations(units, 4))
    mean = sum(units) / 7

    true = sum((sum(sample) / 4 - mean) ** 2 for sample in samples) / len(samples)
    estimated = sum(standard_error(sample, 7) ** 2 for sample in samples) / len(samples)

    assert estimated == pytest.approx(true)
