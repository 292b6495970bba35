"""Words by who says them: Dunning's own counts, exact p-values, people and not times."""

import numpy as np
import pytest
from scipy import stats

from croisee.survey import holm, key_words, log_likelihood, times_more


@pytest.mark.parametrize(
    ("k", "likelihood"),
    [
        ((110, 2442, 111, 29114), 270.72),
        ((29, 13, 123, 31612), 263.90),
        ((31, 23, 139, 31584), 256.84),
        ((10, 0, 3, 31764), 167.23),
    ],
)
def test_the_table_of_dunning(k, likelihood):
    """Dunning (1993), table of bigrams: « the swiss », « can be », « previous year »…"""
    assert log_likelihood(k[0], k[0] + k[1], k[2], k[2] + k[3]) == pytest.approx(
        likelihood, abs=0.006
    )


def test_times_more_covers_the_true_ratio():
    generator = np.random.default_rng(2)
    for p, q, n, m in ((0.3, 0.1, 28, 45), (0.5, 0.2, 12, 60), (0.15, 0.15, 20, 20)):
        hits = 0
        for _ in range(3000):
            _, low, high = times_more(generator.binomial(n, p), n, generator.binomial(m, q), m)
            hits += low <= p / q <= high
        assert hits / 3000 > 0.94


def world(**counts):
    """Return who says each word: counts by case a (10 people) and b (30)."""
    cases = {f"a{k}": "a" for k in range(10)} | {f"b{k}": "b" for k in range(30)}
    said = {
        word: {f"a{k}" for k in range(here)} | {f"b{k}" for k in range(there)}
        for word, (here, there) in counts.items()
    }
    return said, cases


def test_each_word_and_case_is_tested_and_corrected():
    said, cases = world(serveur=(8, 2), eau=(2, 6), rare=(4, 0), terre=(0, 12))
    found = {(one.word, one.case): one for one in key_words(said, cases, ("a", "b"))}

    assert set(found) == {("serveur", "a"), ("terre", "b")}  # « eau » is said alike
    p = {
        word: stats.fisher_exact([[a, 10 - a], [b, 30 - b]]).pvalue
        for word, (a, b) in {"serveur": (8, 2), "eau": (2, 6), "terre": (0, 12)}.items()
    }
    tests = [value for value in p.values() for _ in range(2)]
    one = found["serveur", "a"]
    assert one.p == pytest.approx(p["serveur"])
    assert one.corrected == pytest.approx(holm(tests)[0])
    assert (one.here, one.base, one.elsewhere, one.others) == (8, 10, 2, 30)
    assert one.low > 1


def test_without_any_difference_words_are_rarely_announced():
    generator = np.random.default_rng(5)
    cases = {str(k): "abc"[k % 3] for k in range(60)}
    wrong = 0
    for _ in range(40):
        said = {
            str(word): {str(k) for k in np.flatnonzero(generator.random(60) < 0.2)}
            for word in range(60)
        }
        wrong += any(one.corrected < 0.05 for one in key_words(said, cases, "abc"))
    assert wrong <= 4


def test_one_case_compares_with_nobody():
    said, cases = world(mot=(6, 0))
    cases = {who: case for who, case in cases.items() if case == "a"}

    assert key_words(said, cases, ("a", "b")) == ()
