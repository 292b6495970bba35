"""P3 and P4 for the rules other than the default list: what a reader who knows them can prove."""

from collections import defaultdict
from itertools import product

import numpy as np
import pytest
from gate_samples import base, multiple, question
from test_groupings import compositions, leaks

from croisee.disclosure import partitions_of, two_sided
from croisee.disclosure.groupings import coarser_or_equal, common_partition, first_passing
from croisee.disclosure.multiple import may_be_read, read_items
from croisee.tables import MultipleTable


def circle_output(counts, asked):
    """What a circle sees of its organisations: the public table (5), then a finer one (3)."""
    n, tried = sum(counts), partitions_of(asked)
    public = first_passing(counts, asked, tried, 5)
    finest = [p for p in tried if public is None or coarser_or_equal(public, p)]
    own = first_passing(counts, asked, finest, 3)
    codes = [option.code for option in asked.options]

    def blocks(partition, t):
        if partition is None:
            upper = sum(counts[len(codes) - len(partitions_of(asked)[-1][1]) :])
            return two_sided(upper, n, t)
        return tuple(sum(counts[codes.index(c)] for c in block) for block in partition)

    return public, blocks(public, 5), own, blocks(own, 3)


@pytest.mark.parametrize(("n", "k"), [(10, 3), (13, 3), (13, 4), (16, 4), (24, 3)])
def test_p3_facts_of_organisations_for_their_circle(n, k):
    asked, counts = question("q", "abcd"[:k]), compositions(n, k)
    outputs = defaultdict(list)
    for place, row in enumerate(counts.tolist()):
        outputs[circle_output(row, asked)].append(place)

    assert leaks(outputs, counts, 3) == 0


@pytest.mark.parametrize("sizes", [(10, 11), (11, 12)])
def test_p3_two_cases_in_one_table(sizes):
    asked = question("q", "abc")
    first, second = (compositions(n, 3) for n in sizes)
    outputs = defaultdict(list)
    pairs = list(product(range(len(first)), range(len(second))))
    for one, two in pairs:
        rows = (first[one].tolist(), second[two].tolist())
        partition, passes = common_partition(rows, asked, 5)
        blocks = tuple(
            tuple(sum(row["abc".index(c)] for c in block) for block in partition)
            if passes
            else two_sided(row[2], sum(row), 5)
            for row in rows
        )
        outputs[partition, passes, blocks].append((one, two))

    for places in outputs.values():
        ones, twos = np.array(places).T
        for counts, chosen in ((first, ones), (second, twos)):
            assert leaks({0: chosen}, counts, 5) == 0


def item_outputs(n: int, k: int, **asked):
    exactly, most = asked.get("exactly"), asked.get("at_most", k)
    counts = [
        x
        for x in product(range(n + 1), repeat=k)
        if (sum(x) == exactly * n if exactly else n <= sum(x) <= most * n)
    ]
    outputs = defaultdict(list)
    for place, x in enumerate(counts):
        raw = multiple(x, n, **asked)
        outputs[read_items(raw, 5) if may_be_read(raw, 5) else ()].append(place)
    return outputs, np.array(counts)


def proven_small(outputs, counts) -> int:
    found = 0
    for places in outputs.values():
        for item in range(counts.shape[1]):
            seen = np.unique(counts[places, item])
            found += bool(seen[0] >= 1 and seen[-1] < 5)
    return found


@pytest.mark.parametrize(("n", "k", "exactly"), [(13, 4, 2), (12, 4, 3), (20, 4, 2)])
def test_p3_exact_number_of_answers_proves_no_small_item(n, k, exactly):
    outputs, counts = item_outputs(n, k, exactly=exactly)

    assert proven_small(outputs, counts) == 0


def test_control_one_masked_item_of_exactly_k_is_given_back_by_the_sum():
    n, exactly = 20, 2
    lost = found = 0
    for x in product(range(n + 1), repeat=4):
        if sum(x) == exactly * n and sum(v < 5 or v > n - 5 for v in x) == 1:
            found += 1
            values = [two_sided(v, n, 5) for v in x]
            (masked,) = [i for i, v in enumerate(values) if v.lo != v.hi]
            lost += (
                exactly * n - sum(v.lo for i, v in enumerate(values) if i != masked) == x[masked]
            )

    assert found > 0
    assert lost == found


def crossing_width(counts, n: int) -> int:
    low = max(0, sum(counts) - (len(counts) - 1) * n)
    return min(counts) - low


def lemma(sizes, depth: int) -> int:
    smallest = max(sizes)
    for n in sizes:
        for k in range(2, depth + 1):
            for counts in product(range(5, n - 4), repeat=k):
                smallest = min(smallest, crossing_width(counts, n))
    return smallest


def test_p4_one_way_tables_pin_no_crossing():
    assert lemma(range(10, 47, 6), 3) == 5


@pytest.mark.proof
def test_p4_exhaustive():
    for n in range(10, 47):
        values = np.arange(5, n - 4)
        for k in (2, 3, 4):
            grid = np.meshgrid(*[values] * k, sparse=True)
            low = np.maximum(0, sum(grid) - (k - 1) * n)
            width = np.minimum.reduce(np.broadcast_arrays(*grid)) - low
            assert width.min() >= 5


def test_p4_the_printed_source_fails_it():
    assert crossing_width((1, 27), 28) == 1


def test_multiple_table_of_five_keeps_its_numbers_when_all_pass():
    raw = MultipleTable(base(20), multiple((12, 9, 8, 11), 20, exactly=2).question, (12, 9, 8, 11))

    assert [value.lo for value in read_items(raw, 5)] == [12, 9, 8, 11]
