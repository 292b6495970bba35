"""What moved between two editions that share organisations: the formula, coverage, refusals."""

import numpy as np
import pytest

from croisee.survey import difference, interval, overlap_correlation
from croisee.survey.panels import ENOUGH, MOST


def test_without_a_frame_overlap_is_the_formula_of_kish():
    assert overlap_correlation((80, 80), 80, 0.5, (None, None)) == pytest.approx(0.5)
    assert overlap_correlation((80, 80), 40, 0.5, (None, 200)) == pytest.approx(0.25)
    assert overlap_correlation((80, 80), 80, 1.0, (None, None)) == MOST


def test_with_a_frame_it_is_the_formula_of_tam():
    """Two draws of 40 and 46 from 64 that overlap no more than chance are uncorrelated."""
    by_chance = 40 * 46 / 64
    assert overlap_correlation((40, 46), by_chance, 1.0, (64, 64)) == pytest.approx(0)
    covariance = 36 / (40 * 46) - 1 / 64
    spread = (1 / 40 - 1 / 64) * (1 / 46 - 1 / 64)
    found = overlap_correlation((40, 46), 36, 0.7, (64, 64))
    assert found == pytest.approx(0.7 * covariance / np.sqrt(spread))
    assert overlap_correlation((64, 46), 46, 0.7, (64, 64)) == 0  # a census: nothing is drawn


def test_separate_draws_are_the_method_of_newcombe_and_overlap_narrows_it():
    one, two = (0.6, 0.4904, 0.7002), (0.8, 0.6918, 0.8773)
    apart, alike = difference(one, two), difference(one, two, 0.6)

    assert [round(end, 4) for end in apart] == [0.0525, 0.3341]
    assert apart[0] < alike[0] < 0.2 < alike[1] < apart[1]


@pytest.mark.parametrize("frame", [None, 64, 250])
def test_the_change_is_covered_when_the_same_units_answer_twice(frame):
    """The same 46 (or 60) units twice, three in four of them with the same answer."""
    generator = np.random.default_rng(7)
    size = 46 if frame == 64 else 60
    hits, widths = np.zeros(2), np.zeros(2)
    for _ in range(600):
        world = frame or 3000
        first = generator.random(world) < 0.4
        again = np.where(generator.random(world) < 0.75, first, generator.random(world) < 0.6)
        seen = generator.choice(world, size, replace=False)
        one, two = first[seen], again[seen]
        ends = [(s.mean(), *interval(int(s.sum()), size, frame)) for s in (one, two)]
        alike = np.corrcoef(one, two)[0, 1]
        true = again.mean() - first.mean()
        for place, r in enumerate(
            (0.0, overlap_correlation((size, size), size, alike, (frame, frame)))
        ):
            low, high = difference(*ends, r)
            wider = 0.5 / frame if r and frame else 0
            hits[place] += low - wider <= true <= high + wider
            widths[place] += high - low
    assert size >= ENOUGH
    assert hits[1] / 600 > 0.925
    assert widths[1] < 0.75 * widths[0]
