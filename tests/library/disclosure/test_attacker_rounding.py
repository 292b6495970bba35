"""Random rounding: large bases only, drawn once."""

import numpy as np
import pytest

from croisee.disclosure.rounding import Draws, RoundingRefused


def test_a_draw_is_kept_whatever_becomes_of_the_answers():
    draws = Draws(seed=7)

    first = draws.of("q.2026.age", (101, 57, 62), 220)
    again = draws.of("q.2026.age", (100, 57, 62), 219)
    reopened = Draws(seed=8, drawn=draws.drawn).of("q.2026.age", (90, 60, 60), 210)

    assert first == again == reopened
    assert [x % 5 for x in (*first.counts, first.n)] == [0, 0, 0, 0]


def test_what_a_reader_may_conclude_holds_the_truth():
    draws = Draws(seed=1)
    rng = np.random.default_rng(2)

    for i in range(200):
        counts = rng.multinomial(240, rng.dirichlet([1.5] * 4)).tolist()
        spans = draws.of(f"t{i}", counts, 240).spans()
        assert all(low <= x <= high for x, (low, high) in zip(counts, spans, strict=True))


def test_rounding_is_unbiased_on_the_whole():
    shown = [Draws(seed).of("t", (101, 57, 62), 220).counts for seed in range(2000)]

    assert np.mean(shown, axis=0) == pytest.approx((101, 57, 62), abs=0.3)


@pytest.mark.parametrize(("counts", "n"), [((60, 70, 69), 199), ((100, 150), 250)])
def test_small_bases_and_pairs_are_refused(counts, n):
    with pytest.raises(RoundingRefused):
        Draws(seed=1).of("t", counts, n)
