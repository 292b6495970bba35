"""Declared and default partitions; P3, working backwards from what is printed."""

from collections import defaultdict
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from gate_samples import question

from croisee.disclosure import GroupingRefused, cut_of, grouping_problem, partitions_of, two_sided
from croisee.disclosure.groupings import (
    block_counts,
    coarser_or_equal,
    common_partition,
    comparable,
    first_passing,
    join,
)
from croisee.study import QuestionKind
from croisee.studyfolder import read_study

LETTERS = "abcdefgh"


def test_default_list_is_contiguous_keeps_the_cut_finest_first():
    partitions = ["|".join("".join(b) for b in p) for p in partitions_of(question("q", "abcd"))]

    assert partitions == ["a|b|c|d", "a|b|cd", "ab|c|d", "ab|cd"]


@pytest.mark.parametrize(
    ("size", "upper"), [(2, "b"), (3, "c"), (4, "cd"), (5, "de"), (6, "def"), (7, "efg")]
)
def test_default_cut_is_the_upper_half(size, upper):
    assert cut_of(question("q", LETTERS[:size]))[1] == tuple(upper)


def test_more_than_eight_options_ask_for_a_declared_list():
    problem = grouping_problem(question("q", "abcdefghi"))

    assert problem.to("fr") == "« Question q » a plus de 8 réponses : déclarez ses groupements."


@pytest.mark.parametrize(
    ("groupings", "said"),
    [
        (((("a",), ("b",)),), "contenir chaque réponse une fois"),
        (((("a", "c"), ("b",), ("d",)), (("a", "b"), ("c", "d"))), "ni contigus ni emboîtés"),
        (((("a",), ("b", "c"), ("d",)),), "ne respecte pas sa coupe"),
    ],
)
def test_declared_list_that_could_be_worked_backwards_is_refused(groupings, said):
    asked = replace(question("q", "abcd"), groupings=groupings, cut=(("a", "b"), ("c", "d")))

    assert said in grouping_problem(asked).to("fr")


def test_nested_list_need_not_be_contiguous():
    nested = ((("a",), ("c",), ("b", "d")), (("a", "c"), ("b", "d")))

    assert partitions_of(replace(question("q", "abcd"), groupings=nested)) == nested


def test_one_option_has_no_cut():
    with pytest.raises(GroupingRefused):
        cut_of(question("q", "a"))


def test_join_is_what_can_be_subtracted():
    fine, other = (("a",), ("b", "c"), ("d",)), (("a", "b"), ("c",), ("d",))

    assert join([fine, other]) == (("a", "b", "c"), ("d",))
    assert not comparable(fine, other)
    assert coarser_or_equal(join([fine, other]), fine)


def test_common_partition_is_coarser_than_each_own():
    asked = question("q")
    rows = [(2, 3, 9, 8, 6), (9, 2, 3, 9, 9)]

    partition, passes = common_partition(rows, asked, 5)

    assert (partition, passes) == ((("a", "b", "c"), ("d",), ("e",)), True)


def compositions(n: int, k: int) -> np.ndarray:
    bars = np.array(list(combinations(range(n + k - 1), k - 1)))
    edges = np.hstack([np.full((len(bars), 1), -1), bars, np.full((len(bars), 1), n + k - 1)])
    return np.diff(edges, axis=1) - 1


def leaks(outputs: dict, counts: np.ndarray, t: int) -> int:
    """How many (output, option) pairs tell that an option was chosen by 1 to t - 1 people,
    or leave it fewer than t values while it may be small."""
    found = 0
    for places in outputs.values():
        for option in range(counts.shape[1]):
            seen = np.unique(counts[places, option])
            proven = seen[0] >= 1 and seen[-1] < t
            found += bool(seen[0] < t and (len(seen) < t or proven))
    return found


def printed(asked, counts: np.ndarray, t: int) -> dict:
    """Group every count vector by what the gate prints of it (same rule, vectorised)."""
    codes = [option.code for option in asked.options]
    return tried(partitions_of(asked), counts, t, codes, cut_of(asked)[1])


def tried(partitions, counts: np.ndarray, t: int, codes=LETTERS, upper_block=("d",)) -> dict:
    n = int(counts[0].sum())
    left = np.ones(len(counts), dtype=bool)
    outputs: dict = defaultdict(list)
    codes = list(codes)
    for partition in partitions:
        columns = [[codes.index(code) for code in block] for block in partition]
        blocks = np.stack([counts[:, c].sum(axis=1) for c in columns], axis=1)
        passing = left & (blocks >= t).all(axis=1)
        for place in np.flatnonzero(passing):
            outputs[partition, tuple(blocks[place])].append(place)
        left &= ~passing
    upper = counts[:, [codes.index(code) for code in upper_block]].sum(axis=1)
    for place in np.flatnonzero(left):
        outputs["cut", two_sided(int(upper[place]), n, t).form].append(place)
    return outputs


def inverted(sizes) -> int:
    found = 0
    for k, n in sizes:
        counts = compositions(n, k)
        for cut in range(1, k):
            codes = tuple(LETTERS[:k])
            asked = replace(question("q", LETTERS[:k]), cut=(codes[:cut], codes[cut:]))
            found += leaks(printed(asked, counts, 5), counts, 5)
    return found


def test_vectorised_inversion_prints_what_the_gate_prints():
    asked, counts = question("q", "abcd"), compositions(13, 4)

    by_vector = {place: output for output, ps in printed(asked, counts, 5).items() for place in ps}

    for place in range(0, len(counts), 7):
        found = first_passing(counts[place].tolist(), asked, partitions_of(asked), 5)
        if found is not None:
            blocks = block_counts(counts[place].tolist(), asked, found)
            assert by_vector[place] == (found, blocks)
        else:
            assert by_vector[place][0] == "cut"


def test_p3_nothing_is_worked_backwards_from_the_default_list():
    sizes = [(k, n) for k in (2, 3, 4) for n in (10, 13, 20, 24)] + [(5, 10), (5, 16)]

    assert inverted(sizes) == 0


def declared_lists():
    """A nested list by hand (5 answers, 3, 2), and those that the reference study declares."""
    nested = (
        (("a",), ("b",), ("c",), ("d",), ("e",)),
        (("a", "c"), ("b",), ("d", "e")),
        (("a", "b", "c"), ("d", "e")),
    )
    yield replace(question("emboitee"), groupings=nested)
    read = read_study(Path("examples/etude-de-reference"))
    for instrument in read.study.instruments:
        for asked in instrument.questions:
            closed = asked.kind in {QuestionKind.SINGLE, QuestionKind.ORDINAL}
            if closed and asked.groupings and len(asked.options) <= 5:
                yield asked


def declared_leaks(sizes) -> dict[str, int]:
    lists = list(declared_lists())
    assert len(lists) > 1
    return {
        asked.code: sum(
            leaks(printed(asked, counts, 5), counts, 5)
            for n in sizes
            for counts in [compositions(n, len(asked.options))]
        )
        for asked in lists
    }


def test_p3_nothing_is_worked_backwards_from_a_declared_list():
    assert set(declared_leaks((10, 13, 17)).values()) == {0}


@pytest.mark.proof
def test_p3_declared_lists_exhaustive():
    assert set(declared_leaks(range(10, 27)).values()) == {0}


def test_control_a_list_that_is_refused_is_worked_backwards():
    """Neither contiguous nor nested: check says so, and here is what it would tell."""
    odd = (
        (("a",), ("b",), ("c",), ("d",)),
        (("a", "c"), ("b",), ("d",)),
        (("b", "c"), ("a",), ("d",)),
        (("a", "b"), ("c",), ("d",)),
        (("a", "b", "c"), ("d",)),
    )
    asked = replace(question("q", "abcd"), groupings=odd, cut=(("a", "b", "c"), ("d",)))
    assert "ni contigus ni emboîtés" in grouping_problem(asked).to("fr")

    found = 0
    for n in (12, 13, 16):
        counts = compositions(n, 4)
        found += leaks(tried(odd, counts, 5), counts, 5)

    assert found > 0


@pytest.mark.proof
def test_p3_exhaustive():
    sizes = [(k, n) for k in (2, 3, 4, 5) for n in range(10, 29 if k < 5 else 27)]

    assert inverted(sizes) == 0


def greedy(counts, t: int = 5):
    """The broken control: merge the smallest block with its smaller neighbour, zeros shown."""
    blocks = [[i] for i in range(len(counts))]

    def size(block):
        return sum(counts[i] for i in block)

    while len(blocks) > 1 and any(0 < size(b) < t for b in blocks):
        place = min(
            (p for p, b in enumerate(blocks) if 0 < size(b) < t), key=lambda p: size(blocks[p])
        )
        beside = [p for p in (place - 1, place + 1) if 0 <= p < len(blocks)]
        other = min(beside, key=lambda p: size(blocks[p]))
        first, second = sorted((place, other))
        blocks[first : second + 1] = [blocks[first] + blocks[second]]
    return tuple((tuple(b), size(b)) for b in blocks)


def test_control_greedy_merge_is_worked_backwards():
    counts = compositions(24, 5)
    outputs = defaultdict(list)
    for place, row in enumerate(counts.tolist()):
        outputs[greedy(row)].append(place)

    leaking = 0
    for places in outputs.values():
        for option in range(5):
            seen = np.unique(counts[places, option])
            if seen[0] >= 1 and seen[-1] < 5:
                leaking += len(places)
                break

    assert leaking / len(counts) >= 0.15
