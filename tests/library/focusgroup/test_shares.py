"""Equal shares and proportional budgets: published committees, properties."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from croisee.focusgroup import Bought, equal_shares, proportional_budget

TWELVE = [("ab", 3), ("ac", 3), ("ad", 2), ("bcf", 1), ("e", 1), ("f", 1), ("g", 1)]
EIGHT = [("cd", 3), ("ab", 2), ("ac", 2), ("bd", 1)]


def test_four_of_eight_options_by_twelve_people():
    """Lackner and Skowron (2023), example 2.11: a is paid 1/8 each; in the end a, b, c, d."""
    found = equal_shares(dict.fromkeys("abcdefgh", 1), TWELVE, 4)

    assert found.bought[0] == Bought("a", Fraction(1, 8))
    assert found.plain == 1
    assert set(found.chosen) == set("abcd")
    assert found.cost == 4


def test_three_of_four_options_by_eight_people():
    """Lackner and Skowron (2023), example 2.12: a, c, d, where Phragmén's rule gives b, c, d."""
    found = equal_shares(dict.fromkeys("abcd", 1), EIGHT, 3)

    assert found.bought[0] == Bought("c", Fraction(1, 5))
    assert set(found.chosen) == set("acd")


def test_half_the_people_choose_half_of_what_is_bought():
    """Six of ten approve five red options, four approve five blue: three red, two blue."""
    found = equal_shares(dict.fromkeys("rstuvbcdef", 1), [("rstuv", 6), ("bcdef", 4)], 5)

    assert sorted(found.chosen) == ["b", "c", "r", "s", "t"]
    assert found.bought[0] == Bought("r", Fraction(1, 6), ("s", "t", "u", "v"))


def test_costs_are_paid_by_those_who_approve():
    """A sum of 100, ten people: 60 of six who have 10 each; 30 of four; 40 can no longer be."""
    costs = {"salle": 60, "potager": 30, "camion": 40}
    found = equal_shares(costs, [(("salle",), 6), (("potager", "camion"), 4)], 100)

    assert found.bought == (Bought("potager", Fraction(15, 2)), Bought("salle", Fraction(10)))
    assert (found.plain, found.added, found.cost) == (2, (), 90)


def test_what_still_fits_comes_last():
    found = equal_shares({"a": 90, "b": 10}, [("a", 9), ("b", 1), ("", 30)], 100)

    assert (found.bought, found.added, found.cost) == ((), ("a", "b"), 100)


@pytest.mark.parametrize(("costs", "total"), [({"a": 0}, 1), ({"a": 1}, 0)])
def test_nothing_is_free(costs, total):
    with pytest.raises(ValueError, match="above nil"):
        equal_shares(costs, [("a", 1)], total)


def test_nobody_buys_nothing():
    assert equal_shares({"a": 1}, [], 1).chosen == ()


APPROVALS = st.lists(st.tuples(st.sets(st.sampled_from("abcde")), st.integers(1, 4)), min_size=1)


@given(APPROVALS, st.integers(1, 5))
def test_a_group_that_agrees_has_its_part(approvals, seats):
    """Justified representation: n/k people with one option in common have one of theirs."""
    people = sum(weight for _, weight in approvals)

    found = equal_shares(dict.fromkeys("abcde", 1), approvals, seats)

    assert len(set(found.chosen)) == len(found.chosen)
    assert found.cost == len(found.chosen) <= seats
    for option in "abcde":
        without = sum(w for named, w in approvals
                      if option in named and not named & set(found.chosen))  # fmt: skip
        assert without * seats < people


@given(APPROVALS, st.integers(1, 5))
def test_nothing_that_fits_and_is_approved_is_left(approvals, seats):
    found = equal_shares(dict.fromkeys("abcde", 1), approvals, seats)

    named = set().union(*(one for one, _ in approvals))
    assert len(found.chosen) == min(seats, len(named))


def test_budget_in_steps_of_five():
    """Means 52, 33 and 15 of 100: 50, 35 and 15, the step left going to what was cut most."""
    given_, tied = proportional_budget(
        {"a": Fraction(52), "b": Fraction(33), "c": Fraction(15)}, Decimal(100), Decimal(5)
    )

    assert given_ == {"a": Decimal(50), "b": Decimal(35), "c": Decimal(15)}
    assert tied == ()


def test_step_that_two_options_deserve_alike_is_said():
    given_, tied = proportional_budget({"a": Fraction(1), "b": Fraction(1)}, Decimal(5), Decimal(5))

    assert (given_, tied) == ({"a": Decimal(5), "b": Decimal(0)}, ("a", "b"))


@given(
    st.dictionaries(st.sampled_from("abcdef"), st.fractions(0, 50), min_size=1),
    st.integers(1, 60),
    st.sampled_from([1, 5, Decimal("0.25")]),
)
def test_budget_adds_up_and_no_part_moves_by_a_step(shares, units, step):
    total = Decimal(units) * Decimal(step)

    found, _ = proportional_budget(shares, total, Decimal(step))

    whole = sum(shares.values())
    if not whole:
        assert found == {}
        return
    assert sum(found.values()) == total
    for option, share in shares.items():
        exact = share * Fraction(total) / whole
        assert abs(Fraction(found[option]) - exact) < Fraction(Decimal(step))


def test_sums_that_are_no_whole_steps_and_negative_shares_are_refused():
    with pytest.raises(ValueError, match="whole number of steps"):
        proportional_budget({"a": Fraction(1)}, Decimal(7), Decimal(5))
    with pytest.raises(ValueError, match="negative"):
        proportional_budget({"a": Fraction(-1), "b": Fraction(2)}, Decimal(5), Decimal(5))
