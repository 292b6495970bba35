"""Before and after, and without each group."""

from fractions import Fraction
from itertools import combinations

from ballot_samples import drawn, strict
from hypothesis import given

from croisee.focusgroup import (
    Ballot,
    apart,
    ballot,
    distance,
    instant_runoff,
    moved,
    without_each_group,
)


def test_worked_example_of_the_methods_page():
    """The example of ``docs/methods/priorites.md``: four people, before and after."""
    before = {"p-1": strict("abc"), "p-2": strict("abc"), "p-3": strict("cba"), "p-4": strict("b")}
    after = {"p-1": strict("abc"), "p-2": strict("bac"), "p-3": strict("bca"), "p-5": strict("a")}

    found = moved("abc", before, after)

    assert (found.people, found.changed) == (3, 2)
    assert found.first == (("a", "a", 1), ("a", "b", 1), ("c", "b", 1))
    assert found.mean == Fraction(1, 3) * (0 + Fraction(1, 3) + Fraction(1, 3))
    assert found.apart == (Fraction(2, 3), Fraction(4, 9))


def test_distance_counts_a_tie_for_half():
    one, other = strict("abc"), Ballot((("a", "b"), ("c",)))

    assert distance("abc", one, strict("cba")) == 1
    assert distance("abc", one, other) == Fraction(1, 6)
    assert distance("abc", one, one) == distance("a", one, one) == 0


def test_options_left_out_are_tied_last():
    assert distance("abc", ballot({"a": 1}), strict("abc")) == Fraction(1, 6)


@given(drawn())
def test_people_stand_apart_by_their_mean_distance_two_by_two(ballots):
    people = [Ballot(b.order) for b in ballots for _ in range(b.weight)]
    far = [distance("abcd", one, other) for one, other in combinations(people, 2)]

    assert apart("abcd", ballots) == (sum(far, Fraction(0)) / len(far) if far else None)


def test_nobody_in_both_rounds():
    found = moved("ab", {"p-1": strict("ab")}, {"p-2": strict("ab")})

    assert (found.people, found.mean, found.apart) == (0, None, (None, None))


def test_winner_without_each_group():
    held = [strict("ab", 3, "g-1"), strict("ba", 2, "g-2"), strict("ba", 2, "g-3")]

    def winners(options, ballots):
        return instant_runoff(options, ballots).winners

    assert without_each_group("ab", held, winners) == (
        ("g-1", ("b",)), ("g-2", ("a",)), ("g-3", ("a",)),
    )  # fmt: skip
    assert without_each_group("ab", held[:1], winners) == ()
