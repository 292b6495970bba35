"""Medians under a design, and places given in a ranking: other programs, enumeration, by hand."""

from itertools import combinations
from math import comb

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import quantile_test

from croisee.focusgroup import ballot, borda
from croisee.language import Label
from croisee.study import Option, Question, QuestionKind
from croisee.survey import design, median, places_given

ORDER = Question(
    "ordre",
    Label("Ordre"),
    QuestionKind.RANK,
    tuple(Option(code, Label(code)) for code in ("a", "b", "c")),
)


def plain(n, members=None):
    frame = None if members is None else {"s": members}
    weight = 1.0 if members is None else members / n
    return design([weight] * n, ["s"] * n, [str(k) for k in range(n)], frame)


@pytest.mark.parametrize(
    ("n", "ranks"), [(7, (1, 7)), (20, (6, 15)), (33, (11, 23)), (60, (22, 39))]
)
def test_a_plain_draw_has_the_exact_interval_of_order_statistics(n, ranks):
    """SciPy's quantile test (Conover) sets aside the same values."""
    values = np.random.default_rng(n).permutation(n) * 1.5
    found = median(plain(n), values)
    theirs = quantile_test(values, p=0.5).confidence_interval(0.95)

    assert (found.low, found.high) == (theirs.low, theirs.high)
    assert (found.low / 1.5 + 1, found.high / 1.5 + 1) == ranks
    assert found.exact


def test_every_draw_from_a_small_frame_covers_the_median_of_its_members():
    """Six of nine members: all 84 draws counted, never under 95 %, with and without ties."""
    for members in (np.arange(9.0), np.array([0.0, 0, 1, 1, 1, 2, 2, 3, 3])):
        middle = np.sort(members)[4]
        held = 0
        for places in combinations(range(9), 6):
            found = median(plain(6, 9), members[list(places)])
            held += found.low <= middle <= found.high
        assert held / comb(9, 6) >= 0.95


def test_a_census_has_no_interval():
    found = median(plain(5, 5), np.array([3.0, 1, 2, 2, 9]))

    assert (found.low, found.value, found.high) == (2, 2, 2)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6))
def test_the_median_is_where_half_of_the_weight_is(seed):
    generator = np.random.default_rng(seed)
    n = int(generator.integers(3, 40))
    values = generator.integers(0, 6, n).astype(float)
    weights, inside = generator.uniform(0.5, 4, n), generator.random(n) < 0.7
    inside[0] = True
    clusters = [str(generator.integers(0, 8)) for _ in range(n)]
    found = median(design(weights, ["s"] * n, clusters, None), values, inside)

    held = weights * inside
    assert held[values < found.value].sum() < held.sum() / 2 + 1e-9
    assert held[values <= found.value].sum() >= held.sum() / 2 - 1e-9
    assert found.low <= found.value <= found.high
    assert {found.low, found.high} <= set(values[inside])


def test_people_of_the_same_organisations_widen_the_interval_of_a_median():
    values = np.repeat(np.arange(12.0), 4)
    alone = median(plain(48), values)
    grouped = median(design([1.0] * 48, ["s"] * 48, [str(k // 4) for k in range(48)], None), values)

    assert grouped.high - grouped.low > 1.5 * (alone.high - alone.low)


def test_a_domain_without_weight_is_refused():
    with pytest.raises(ValueError, match="empty domain"):
        median(plain(3), np.arange(3.0), np.zeros(3, bool))


def test_places_are_those_of_a_count_of_borda():
    """Two equal firsts share 1.5; options left out share the last places."""
    ranks = [(1, 2, 3), (1, 1, 2), (None, 1, None), (None, None, None), (3, None, 9)]
    rows = pa.table(
        {f"q_ordre__{code}": pa.array([one[k] for one in ranks], pa.int16())
         for k, code in enumerate("abc")}
    )  # fmt: skip
    places, answered = places_given(rows, ORDER)

    assert answered.tolist() == [True, True, True, False, True]
    assert places[answered].tolist() == [[1, 2, 3], [1.5, 1.5, 3], [2.5, 1, 2.5], [1, 3, 2]]
    ballots = [
        ballot({code: rank for code, rank in zip("abc", one, strict=True) if rank is not None})
        for one in ranks
        if any(one)
    ]
    assert [3 * len(ballots) - total for total in places[answered].sum(axis=0)] == [
        float(points) for points in borda("abc", ballots)
    ]
