"""How the floor was shared, by hand and by properties."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from croisee.qualitative import Spoke, floor, gini

AMOUNTS = st.lists(st.integers(0, 50), min_size=2, max_size=8)


def test_worked_example_of_the_methods_page():
    """The example of ``docs/methods/parole.md``: 60, 30, 10 words and a silence; 100 of the team.

    Differences: (30 + 50 + 60 + 20 + 30 + 10) × 2 = 400; over 2 × 4 × 100: 1/2.
    """
    said = [Spoke("p-1", 3, 40), Spoke("p-2", 2, 30), Spoke("", 5, 100), Spoke("p-1", 1, 20),
            Spoke("p-3", 1, 10)]  # fmt: skip

    found = floor("g-1", said, ["p-1", "p-2", "p-3", "p-4"])

    assert found.spoke == (
        Spoke("p-1", 4, 60), Spoke("p-2", 2, 30), Spoke("p-3", 1, 10), Spoke("p-4", 0, 0),
    )  # fmt: skip
    assert found.gini == Fraction(1, 2)
    assert (found.largest, found.half, found.silent) == (Fraction(3, 5), 1, 1)
    assert found.team == Fraction(1, 2)


@given(AMOUNTS)
def test_gini_is_half_the_mean_difference_over_the_mean(amounts):
    found = gini(amounts)

    many = len(amounts)
    differences = sum(abs(a - b) for a in amounts for b in amounts)
    if sum(amounts):
        assert found == Fraction(differences, 2 * many * sum(amounts))
        assert 0 <= found <= 1 - Fraction(1, many)
    else:
        assert found is None


def test_one_person_alone_shares_with_nobody():
    assert gini([5]) is None
    assert floor("e-1", [Spoke("p-1", 2, 5)]).gini is None


def test_session_where_only_the_team_spoke_has_no_floor():
    assert floor("g-1", [Spoke("", 2, 5)], ["p-1"]) is None
