"""Rules at their bound: one unit fewer and the value does not leave, or leaves otherwise."""

from decimal import Decimal

import pytest
from gate_samples import base, draft, one_way, question

from croisee.disclosure import Amount, Rank, exact, say
from croisee.disclosure.numeric import dominated, significant
from croisee.language import Label
from croisee.study import Nature, Subject
from croisee.tables import BudgetResult, BudgetTable, NumericTable


def budget(n: int, givers: tuple[int, int]) -> tuple[str, BudgetTable]:
    result = BudgetResult(
        base(n, "carrefours", source="groupe"),
        Label("Carrefours"),
        ("animer", "choisir"),
        (Decimal(60000), Decimal(40000)),
        givers,
        (Decimal("0.1"), Decimal("0.1")),
        Decimal(5000),
        Decimal(100000),
    )
    return "budget.formation", BudgetTable("formation", (result,))


@pytest.mark.parametrize(("givers", "kind"), [(5, Amount), (4, Rank), (0, Rank)])
def test_an_objective_of_four_givers_keeps_its_place_without_an_amount(tmp_path, givers, kind):
    (table,) = draft(tmp_path, budget(12, (9, givers))).release.tables

    first, second = (line[0].value for line in table.cells[:2])
    assert isinstance(first, Amount)
    assert isinstance(second, kind)
    assert kind is Amount or second == Rank(2)


@pytest.mark.parametrize(
    ("largest", "told"),
    [((850, 50), True), ((851, 40), False), ((500, 400), True), ((500, 401), False)],
)
def test_one_of_85_or_two_of_90_percent_would_be_recognised(largest, told):
    """The p % rule asks less than these two: the others hold a tenth of the sum, or more."""
    one, two = map(Decimal, largest)

    assert dominated(Decimal(1000), (one, two)) is not told


def test_a_sum_of_nothing_belongs_to_somebody():
    assert dominated(Decimal(0), (Decimal(0), Decimal(0)))


def spending(contributors: int, total: int) -> NumericTable:
    asked = question("depenses", "ab", nature=Nature.FACT, subject=Subject.ORGANISATION)
    classes = one_way((12, 12), asked, subject=Subject.ORGANISATION, source="eclair")
    return NumericTable(classes, Decimal(total), contributors, (Decimal(900), Decimal(800)), 0)


@pytest.mark.parametrize(("contributors", "rows"), [(10, 4), (9, 3)])
def test_a_mean_of_organisations_needs_ten_that_spent_something(tmp_path, contributors, rows):
    (table,) = draft(tmp_path, ("depenses", spending(contributors, 9871))).release.tables

    assert [head.key for head in table.rows][2:] == (
        ["moyenne", "mediane"] if rows == 4 else ["mediane"]
    )
    if rows == 4:  # 411,3 $, two significant figures
        assert say(table.cells[2][0].value) == "environ 410"


def test_two_significant_figures():
    values = [Decimal(one) for one in ("12345", "411.3", "0.0371", "0")]

    assert [significant(one) for one in values] == [
        Decimal(one) for one in ("12000", "410", "0.037", "0")
    ]


@pytest.mark.parametrize(
    ("x", "said"),
    [
        (73, "3 sur 4"),
        (77, "3 sur 4"),
        (72, "72 sur 100"),
        (78, "4 sur 5"),
        (48, "1 sur 2"),
        (47, "47 sur 100"),
    ],
)
def test_a_fraction_is_within_two_points_of_the_truth(x, said):
    assert say(exact(x, 100), "fraction") == said
