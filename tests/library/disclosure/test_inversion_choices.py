"""P3 for several answers: what a reader who knows the rules proves of a printed list (§3.5)."""

from collections import defaultdict
from itertools import product

import numpy as np
import pytest
from gate_samples import multiple

from croisee.disclosure import say
from croisee.disclosure.multiple import may_be_read, read_items
from croisee.disclosure.several import Fallback, Size, fallback, printable

T = 5


def worlds(n: int, items: int, most: int) -> np.ndarray:
    """Every list of counts that ``n`` units choosing 1 to ``most`` items can give."""
    axes = np.meshgrid(*[np.arange(n + 1, dtype=np.int16)] * items, indexing="ij")
    counts = np.stack([axis.ravel() for axis in axes], axis=1)
    total = counts.sum(axis=1)
    return counts[(total >= n) & (total <= most * n)]


def harmed(counts: np.ndarray, n: int, t: int = T) -> bool:
    """Whether these worlds, all that a reader has left, say too much of an item."""
    for column in counts.T:
        seen = np.unique(column)
        low, high = seen[0], seen[-1]
        few = len(seen) < t and (low < t or high > n - t)
        if high == 0 or low == n or (low >= 1 and high < t) or few:
            return True
    return False


def kinds(counts: np.ndarray, n: int) -> np.ndarray:
    """Each item as released: the exact count, -1 under t, -2 over n - t."""
    shown = np.where(counts < T, -1, counts)
    return np.where(counts > n - T, -2, shown)


def outputs(n: int, items: int, most: int):
    """Group every world by what is printed of it. Orders of items are interchangeable."""
    counts = worlds(n, items, most)
    _, place = np.unique(kinds(counts, n), axis=0, return_inverse=True)
    place = place.reshape(-1)
    first = counts[np.unique(place, return_index=True)[1]]
    found = defaultdict(list)
    for row, example in enumerate(first):
        raw = multiple(example.tolist(), n, at_most=most)
        found[read_items(raw, T)].append(row)
    for rows in found.values():
        yield counts[np.isin(place, rows)]


SMALL = [(11, 3, 1), (11, 3, 3), (13, 3, 2), (18, 3, 2), (24, 3, 3), (11, 4, 2), (12, 4, 4)]
FULL = [
    *((n, 3, most) for n in range(10, 37) for most in (1, 2, 3)),
    *((n, 4, most) for n in range(10, 19) for most in (1, 2, 3, 4)),
    *((n, 5, most) for n in range(10, 14) for most in (1, 2, 3, 4, 5)),
]


@pytest.mark.parametrize(("n", "items", "most"), SMALL)
def test_p3_free_answers_prove_nothing_small(n, items, most):
    checked = [harmed(left, n) for left in outputs(n, items, most)]

    assert may_be_read(multiple([n] * items, n, at_most=most), T)
    assert checked == [False] * len(checked)


@pytest.mark.proof
@pytest.mark.parametrize(("n", "items", "most"), FULL)
def test_p3_free_answers_exhaustive(n, items, most):
    if printable(Size(n, items, 1, most, T)) is None:
        pytest.skip("refused before the answers are looked at")

    assert not any(harmed(left, n) for left in outputs(n, items, most))


def falls_back(counts: np.ndarray, size: Size, rule: Fallback) -> np.ndarray:
    """The worlds that a rule says in halves, by the closed form itself (§3.5)."""
    n, t = size.n, size.t
    small, large = counts < t, counts > n - t
    masked = small | large
    low = np.where(small, 0, np.where(large, n - t + 1, counts)).astype(int)
    high = np.where(small, t - 1, np.where(large, n, counts)).astype(int)
    least = size.least * n - (high.sum(axis=1, keepdims=True) - high)
    most = size.most * n - (low.sum(axis=1, keepdims=True) - low)
    width = np.minimum(high, most) - np.maximum(low, least) + 1
    if rule is Fallback.ALWAYS:
        return np.ones(len(counts), bool)
    return (masked if rule is Fallback.MASKED else masked & (width < t)).any(axis=1)


@pytest.mark.parametrize(("n", "items", "most"), [(10, 3, 2), (13, 4, 4), (14, 4, 2), (16, 3, 1)])
def test_fallback_is_chosen_as_trying_every_answer_would(n, items, most):
    counts = worlds(n, items, most)
    for strict, over in product((False, True), range(items + 1)):
        size = Size(n, items, 1, most, T, strict)
        mine = counts[(counts >= size.half).sum(axis=1) == over]
        left = [(rule, mine[falls_back(mine, size, rule)]) for rule in Fallback]
        # Items are interchangeable: one pattern stands for all those with as many upper items.
        ordered = [(rule, rows[_ordered(rows, size)]) for rule, rows in left]
        safe = [rule for rule, rows in ordered if not len(rows) or not harmed(rows, n)]

        assert fallback(size, over) == next(iter(safe), None)


def _ordered(counts: np.ndarray, size: Size) -> np.ndarray:
    upper = counts >= size.half
    return (upper[:, :-1] >= upper[:, 1:]).all(axis=1)


@pytest.mark.parametrize("items", [5, 6, 7, 8])
def test_up_to_three_answers_are_printed_at_every_usual_size(items):
    refused = [n for n in range(18, 201) if printable(Size(n, items, 1, 3, T)) is None]

    assert refused == []


def test_up_to_three_of_six_keeps_its_numbers_when_all_pass():
    raw = multiple((13, 12, 9, 8, 7, 6), 24, at_most=3)

    assert [value.lo for value in read_items(raw, T)] == [13, 12, 9, 8, 7, 6]


def test_up_to_three_of_six_masks_one_item_alone():
    raw = multiple((19, 15, 9, 8, 7, 2), 24, at_most=3)

    said = [say(value, "nombre") for value in read_items(raw, T)]
    assert said == ["19", "15", "9", "8", "7", "moins de 5"]


def test_up_to_three_of_six_falls_back_where_the_sum_would_tell():
    raw = multiple((19, 19, 19, 12, 3, 0), 24, at_most=3)

    said = {say(value) for value in read_items(raw, T)}
    assert said == {"la moitié ou plus", "moins de la moitié"}


def test_even_bases_say_more_than_half_where_half_would_tell():
    raw = multiple((12, 12, 12, 12, 12, 12, 0), 24, at_most=3)

    assert {say(value) for value in read_items(raw, T)} == {"la moitié ou moins"}


def test_control_the_raw_fallback_tells_at_a_small_size():
    """Falling back whenever the sum narrows an item, and only then, proves an item small."""
    n, items, most = 11, 3, 3
    size = Size(n, items, 1, most, T)
    counts = worlds(n, items, most)
    fell = counts[falls_back(counts, size, Fallback.TOLD)]
    patterns, place = np.unique(fell >= size.half, axis=0, return_inverse=True)
    place = place.reshape(-1)

    assert any(harmed(fell[place == i], n) for i in range(len(patterns)))
