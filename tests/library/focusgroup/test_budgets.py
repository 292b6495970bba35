"""Budgets: mean, people who gave, spread of the shares."""

from decimal import Decimal

from group_study import frozen, line, person
from hypothesis import given
from hypothesis import strategies as st

from croisee.focusgroup import budgets, givers, mean_split, share_spread

SPLITS = [
    {"a": Decimal(60), "b": Decimal(40)},
    {"a": Decimal(40), "b": Decimal(60)},
    {"a": Decimal(80), "c": Decimal(20)},
    {"a": Decimal(60), "b": Decimal(40)},
]


def test_worked_example_of_the_methods_page():
    """The example of ``docs/methods/budgets.md``, computed by hand."""
    assert mean_split("abc", SPLITS) == (60, 35, 5)
    assert givers("abc", SPLITS) == (4, 3, 1)
    assert share_spread("abc", SPLITS) == (
        Decimal("0.141421"),
        Decimal("0.217945"),
        Decimal("0.086603"),
    )


AMOUNTS = st.lists(
    st.fixed_dictionaries({o: st.integers(0, 20).map(lambda x: Decimal(5 * x)) for o in "abc"}),
    min_size=1,
    max_size=8,
)


@given(AMOUNTS)
def test_means_add_up_to_the_mean_given(splits):
    given_by_each = sum((sum(split.values()) for split in splits), Decimal(0)) / len(splits)

    assert abs(sum(mean_split("abc", splits)) - given_by_each) <= Decimal("0.000003")


@given(AMOUNTS)
def test_spread_is_zero_when_all_agree_and_never_above_a_half(splits):
    same = [splits[0]] * 4

    assert share_spread("abc", same) == (0, 0, 0)
    assert all(0 <= value <= Decimal("0.5") for value in share_spread("abc", splits))


def test_person_who_gave_nothing_has_no_share():
    nothing = {"a": Decimal(0)}

    assert share_spread("ab", [nothing]) == (0, 0)
    assert share_spread("ab", [{"a": Decimal(5)}, nothing]) == (0, 0)


def test_budgets_of_a_case(tmp_path):
    lines = [
        line("g-1", "argent", person("g-1", i), option=option, amount=amount)
        for i, split in enumerate(SPLITS, start=1)
        for option, amount in split.items()
    ]

    (table,) = budgets(frozen(tmp_path, allocations=lines))

    (result,) = table.results
    assert (result.options, result.mean) == (("a", "b", "c"), (60, 35, 5))
    assert (result.givers, result.step, result.total) == ((4, 3, 1), 5, 100)
    assert (result.base.n, result.base.id) == (4, "groupe.2020@nord?budget.argent")
