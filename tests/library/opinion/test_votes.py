"""Votes in canonical order, and exact sums of products, however they are added."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.library.opinion.made import camps, votes

from croisee.opinion import opinion_groups, tallies, votes_of
from croisee.opinion import votes as module

ROWS = st.lists(st.tuples(st.integers(0, 7), st.integers(0, 5), st.integers(-1, 1)), max_size=60)


def as_rows(held):
    return [
        (person, held.statements[column], value)
        for person, start, end in zip(held.people, held.starts, held.starts[1:], strict=False)
        for column, value in zip(held.columns[start:end].tolist(),
                                 held.values[start:end].tolist(), strict=True)
    ]  # fmt: skip


@given(ROWS)
def test_the_last_vote_of_a_person_prevails(rows):
    held = votes(rows, 8, 6)
    last = {(str(person), str(statement)): vote for person, statement, vote in rows}
    assert {(who, what): vote for who, what, vote in as_rows(held)} == last
    assert held.changed == len(rows) - len(last)


@given(ROWS)
def test_products_are_those_of_the_matrix_written_out(rows):
    held = votes(rows, 8, 6)
    found, full, seen = np.zeros((3, 6, 6)), np.zeros((8, 6)), np.zeros((8, 6))
    for person, statement, vote in rows:
        full[person, statement], seen[person, statement] = vote, 1
    for add in (module._add_packed, module._add_written_out):
        found[:] = 0
        add(held, 0, 3, found)
        add(held, 3, 8, found)
        assert np.array_equal(found[0], full.T @ full)
        assert np.array_equal(found[1], seen.T @ full)
        assert np.array_equal(found[2], seen.T @ seen)


@given(ROWS)
def test_centred_products_are_those_of_centred_votes(rows):
    held = votes(rows, 8, 6)
    full, seen = np.zeros((8, 6)), np.zeros((8, 6), bool)
    for person, statement, vote in rows:
        full[person, statement], seen[person, statement] = vote, True
    mean = np.array([full[seen[:, k], k].mean() if seen[:, k].any() else 0 for k in range(6)])
    centred = np.where(seen, full - mean, 0)
    assert np.allclose(module.products(held).centred(), centred.T @ centred)


def test_the_order_of_the_rows_changes_nothing_to_the_last_digit():
    rows, _ = camps((60, 40), seen=0.6)
    draws = np.random.default_rng(3)
    people, statements = [str(n) for n in range(100)], [str(n) for n in range(24)]
    first = votes_of(people, statements, *zip(*rows, strict=True))
    whom, what = draws.permutation(100), draws.permutation(24)
    back = {int(old): new for new, old in enumerate(whom)}
    back_what = {int(old): new for new, old in enumerate(what)}
    mixed = [rows[place] for place in draws.permutation(len(rows))]
    second = votes_of(
        [people[place] for place in whom], [statements[place] for place in what],
        [back[person] for person, _, _ in mixed], [back_what[one] for _, one, _ in mixed],
        [vote for _, _, vote in mixed],
    )  # fmt: skip
    assert second.people == first.people
    assert as_rows(second) == as_rows(first)
    a, b = (opinion_groups(one, np.random.default_rng(1)) for one in (first, second))
    assert np.array_equal(a.landscape.points, b.landscape.points)
    assert np.array_equal(a.labels, b.labels)
    assert tallies(first) == tallies(second)


def test_statements_may_be_set_aside_and_people_chosen():
    held = votes([(0, 0, 1), (0, 2, -1), (1, 1, 0), (2, 2, 1)], 3, 3)
    kept = held.on([True, False, True])
    assert as_rows(kept) == [("0", "0", 1), ("0", "2", -1), ("2", "2", 1)]
    assert kept.people == ("0", "1", "2")
    assert as_rows(held.of(np.array([2, 0, 2]))) == [
        ("2", "2", 1), ("0", "0", 1), ("0", "2", -1), ("2", "2", 1)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("people", "rows"),
    [(["a", "a"], []), (["a"], [(0, 0, 2)]), (["a"], [(1, 0, 1)]), (["a"], [(0, -1, 1)])],
)
def test_votes_of_nobody_on_nothing_or_twice_named_are_refused(people, rows):
    columns = zip(*rows, strict=True) if rows else ((), (), ())
    with pytest.raises(ValueError, match=r"vote|name"):
        votes_of(people, ["x"], *columns)
