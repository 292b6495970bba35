"""A sum to share between objectives: mean, people who gave, and how far people differ."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import ROUND_HALF_EVEN, Context, Decimal, localcontext

from croisee.dataset import Dataset
from croisee.focusgroup.fieldwork import Fieldwork, Row, by_theme, fieldwork
from croisee.study import Theme
from croisee.tables import BudgetResult, BudgetTable

_EXACT = Context(prec=28, rounding=ROUND_HALF_EVEN)
_FINE = Decimal("0.000001")

Split = Mapping[str, Decimal]
"""What one person gave to each objective; an objective left out received nothing."""


def mean_split(options: Sequence[str], splits: Sequence[Split]) -> tuple[Decimal, ...]:
    """Return the mean amount given to each objective, following ``options``, to a millionth."""
    with localcontext(_EXACT):
        return tuple(
            (sum((split.get(option, Decimal(0)) for split in splits), Decimal(0)) / len(splits))
            .quantize(_FINE)
            .normalize()
            + 0
            for option in options
        )


def givers(options: Sequence[str], splits: Iterable[Split]) -> tuple[int, ...]:
    """Return how many people put something on each objective."""
    amounts = list(splits)
    return tuple(sum(split.get(option, 0) > 0 for split in amounts) for option in options)


def share_spread(options: Sequence[str], splits: Iterable[Split]) -> tuple[Decimal, ...]:
    """Return the standard deviation of the shares (0 to 1) each objective received.

    A person's share is her amount over everything she gave; divided by n, not n - 1: it
    describes the people who were there. People who gave nothing at all have no share.
    """
    with localcontext(_EXACT):
        shares = []
        for split in splits:
            given = sum(split.values(), Decimal(0))
            if given > 0:
                shares.append([split.get(option, Decimal(0)) / given for option in options])
        if not shares:
            return tuple(Decimal(0) for _ in options)
        return tuple(_deviation([row[i] for row in shares]) for i in range(len(options)))


def _deviation(values: Sequence[Decimal]) -> Decimal:
    mean = sum(values, Decimal(0)) / len(values)
    variance = sum(((value - mean) ** 2 for value in values), Decimal(0)) / len(values)
    return variance.sqrt().quantize(_FINE)


def budgets(dataset: Dataset) -> tuple[BudgetTable, ...]:
    """Return one table a budget theme of the guide, one result a case, groups pooled."""
    field = fieldwork(dataset)
    return tuple(
        BudgetTable(theme.code, tuple(_result(field, theme, *case) for case in cases), edition)
        for theme, edition, cases in by_theme(dataset.study, dataset.rows("allocations"), "budget")
    )


def _result(
    field: Fieldwork, theme: Theme, case: str, edition: str, rows: list[Row]
) -> BudgetResult:
    options = tuple(option.code for option in theme.options) or tuple(
        sorted({row["option"] for row in rows})
    )
    splits: dict[str, dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for row in rows:
        splits[row["participant"]][row["option"]] += row["amount"]
    people = [splits[person] for person in sorted(splits)]
    sessions = {row["session"] for row in rows}
    totals = sorted(sum(split.values(), Decimal(0)) for split in people)
    return BudgetResult(
        field.base(case, edition, sessions, splits, f"budget.{theme.code}"),
        field.label(case),
        options,
        mean_split(options, people),
        givers(options, people),
        share_spread(options, people),
        theme.step,
        theme.total if theme.total is not None else totals[len(totals) // 2],
    )
