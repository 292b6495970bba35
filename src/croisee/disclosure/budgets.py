"""Budgets of a group (§3.10): rounded means, order alone for small groups in public."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import groupby

from croisee.disclosure.manner import Manner
from croisee.disclosure.means import rounded, rounding_step
from croisee.disclosure.ranking import places, theme_rows
from croisee.disclosure.released import (
    PUBLIC,
    Amount,
    Cell,
    Head,
    Kind,
    Rank,
    ReleasedTable,
    Word,
)
from croisee.disclosure.shapes import TOO_FEW, bases_of, case_head, label_of, masks_of
from croisee.disclosure.thresholds import circle
from croisee.disclosure.values import Mask
from croisee.disclosure.work import Work
from croisee.language import phrase
from croisee.tables import BudgetResult, BudgetTable

SPREAD = "_etalement"
"""Row that says whether people split the sum alike."""
_SPREAD_FROM = Decimal("0.15")
"""Standard deviation of the shares, as a part of the whole, from which people differ."""
_CURRENCY = "$"


def release_budget(key: str, raw: BudgetTable, work: Work) -> list[ReleasedTable]:
    """Release the amounts of groups of ten and more, the order of five to nine.

    A network of five to nine also sees its own rounded amounts.
    """
    least = work.policy.t
    large = [
        result
        for result in raw.results
        if result.base.n >= least and work.manner(result.base) is not Manner.NOTHING
    ]
    if not large:
        work.refuse(key, "§3.10", phrase("Trop peu de réponses pour montrer un résultat."))
        return []
    found = [_as_table(key, raw.theme, raw.results, work, PUBLIC)]
    for result in large:
        numbers = work.manner(result.base) is Manner.NUMBERS
        if numbers and result.base.n < work.policy.base_min and len(result.base.cases) == 1:
            case = result.base.cases[0]
            found.append(_as_table(f"{key}@{case}", raw.theme, [result], work, circle(case)))
    return found


def amounts(result: BudgetResult, least_givers: int) -> tuple[Amount | Rank, ...]:
    """Return each objective's rounded mean, or its place where too few people gave."""
    step = rounding_step(result.step, result.base.n)
    order = order_of(result)
    return tuple(
        Amount(rounded(mean, step), step, _CURRENCY, Mask.BUDGET)
        if givers >= least_givers
        else order[option]
        for option, mean, givers in zip(result.options, result.mean, result.givers, strict=True)
    )


def order_of(result: BudgetResult) -> dict[str, Rank]:
    """Return the objectives in order of their mean, ties together."""
    means = dict(zip(result.options, result.mean, strict=True))
    largest_first = sorted(result.options, key=lambda option: -means[option])
    together = [tuple(same) for _, same in groupby(largest_first, key=lambda o: means[o])]
    return places(together)


def _as_table(
    key: str, theme: str, results: Sequence[BudgetResult], work: Work, audience: str
) -> ReleasedTable:
    least = work.policy.base_min if audience == PUBLIC else work.policy.t
    options = tuple(dict.fromkeys(option for result in results for option in result.options))
    columns = [_column(result, options, work, least) for result in results]
    cells = tuple(zip(*columns, strict=True))
    ranked = any(isinstance(c.value, Rank) for line in cells for c in line if c is not None)
    return ReleasedTable(
        code="",
        key=key,
        kind=Kind.BUDGET,
        title=work.study.theme(theme).label,
        rows=(
            *theme_rows(work.study, theme, options),
            Head(SPREAD, label_of(phrase("Façons de répartir"))),
        ),
        columns=tuple(case_head(work.study, result.base.cases) for result in results),
        cells=cells,
        bases=bases_of(result.base for result in results),
        audience=audience,
        masks=masks_of(cells, (Mask.ORDER_ONLY,) if ranked else ()),
    )


def _column(
    result: BudgetResult, options: Sequence[str], work: Work, least: int
) -> tuple[Cell | None, ...]:
    manner = work.manner(result.base)
    if result.base.n < work.policy.t or manner is Manner.NOTHING:
        return (*(TOO_FEW for _ in options), None)
    if result.base.n >= least and manner is Manner.NUMBERS:
        values: dict[str, Amount | Rank] = dict(
            zip(result.options, amounts(result, work.policy.t), strict=True)
        )
    else:
        values = dict(order_of(result))
    cells = [Cell(values[o], result.base.id) if o in values else None for o in options]
    return (*cells, Cell(Word(_spread(result)), result.base.id))


def _spread(result: BudgetResult) -> str:
    widest = max(result.spread, default=Decimal(0))
    return "partage" if widest >= _SPREAD_FROM else "accord"
