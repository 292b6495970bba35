"""Opinion groups: found where they are, refused where they are not, never under fifty people."""

import numpy as np
import pytest
from tests.library.opinion.made import camps, votes

from croisee.opinion import TooFewPeople, opinion_groups, stability
from croisee.opinion.groups import k_means, silhouette
from croisee.opinion.stability import likeness


def found_in(rows, people, statements=24, many=None):
    held = votes(rows, people, statements)
    return held, opinion_groups(held, np.random.default_rng(1), many)


@pytest.mark.parametrize("sizes", [(60, 40), (45, 40, 35)])
def test_camps_are_found_the_largest_first_and_hold(sizes):
    rows, of_camp = camps(sizes)
    held, found = found_in(rows, sum(sizes))

    assert found.many == len(sizes)
    assert np.array_equal(found.labels, of_camp)
    kept, trial = stability(held, found, np.random.default_rng(1))
    assert kept.many == len(sizes)
    assert trial.holds
    assert not trial.dissolved


def test_under_fifty_people_there_are_no_groups():
    rows, _ = camps((25, 24), seen=1)
    with pytest.raises(TooFewPeople) as refused:
        found_in(rows, 49)
    assert refused.value.people == 49
    assert found_in(camps((26, 24), seen=1)[0], 50)[1].many == 2


def test_who_votes_too_little_is_not_placed():
    rows, _ = camps((60, 40), seen=1)
    rows = [row for row in rows if row[0] >= 5 or row[1] < 6]
    _, found = found_in(rows, 100)
    assert found.landscape.placed.tolist() == list(range(5, 100))


def test_votes_without_any_link_make_no_groups():
    draws = np.random.default_rng(5)
    rows = [
        (person, statement, int(draws.integers(-1, 2)))
        for person in range(120)
        for statement in range(24)
        if draws.random() < 0.7
    ]
    held, found = found_in(rows, 120)
    trial = stability(held, found, np.random.default_rng(1))[1]
    assert not trial.linked
    assert trial.dissolved


def test_a_group_of_fewer_than_ten_is_not_made():
    rows, _ = camps((80, 8), sure=1, seen=1)
    _, found = found_in(rows, 88, many=2)
    assert found.many == 0
    assert found.partitions == ()


@pytest.mark.parametrize("vote", [1, 0, -1])
def test_everybody_votes_alike(vote):
    rows = [(person, statement, vote) for person in range(60) for statement in range(8)]
    _, found = found_in(rows, 60, 8)
    assert found.landscape.explained == (0.0, 0.0)
    assert found.many == 0


def test_one_statement_has_one_axis():
    rows = [(person, 0, 1 if person < 35 else -1) for person in range(60)]
    _, found = found_in(rows, 60, 1)
    assert found.landscape.explained[0] == pytest.approx(1)
    assert np.bincount(found.labels).tolist() == [35, 25]


def test_packed_and_written_out_votes_give_the_same_groups(monkeypatch):
    rows, _ = camps((300, 200), 40, seen=0.2)
    _, first = found_in(rows, 500, 40)
    monkeypatch.setattr("croisee.opinion.votes._PACKED_COST", 0)
    _, second = found_in(rows, 500, 40)
    assert np.array_equal(first.landscape.points, second.landscape.points)
    assert np.array_equal(first.labels, second.labels)


def test_points_all_alike_are_one_group():
    assert k_means(np.zeros((60, 2)), 3, np.random.default_rng(1)).tolist() == [0] * 60


def test_silhouette_of_a_worked_example():
    """Rousseeuw's formula by hand: a = 1, b = 4.5 and 5.5 for the two ends."""
    line = np.array([[0.0], [1.0], [5.0], [6.0]])
    scores = [(5.5 - 1) / 5.5, (4.5 - 1) / 4.5, (4.5 - 1) / 4.5, (5.5 - 1) / 5.5]
    found = silhouette(np.abs(line - line.T), np.array([0, 0, 1, 1]))
    assert found == pytest.approx(np.mean(scores))
    assert silhouette(np.abs(line - line.T), np.array([0, 0, 0, 0])) == 0


def test_likeness_is_one_to_itself_whatever_the_numbers():
    labels = np.array([0, 1, 1, 2, 0])
    assert likeness(labels, (labels + 1) % 3, 3).tolist() == [1, 1, 1]
