"""Means (§3.10): how far they are rounded, and the mean of an ordinal scale."""

from __future__ import annotations

from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from itertools import count

from croisee.disclosure.released import Amount, Cell, Event, Head, ReleasedTable
from croisee.disclosure.shapes import label_of
from croisee.disclosure.values import Chiffre, Form
from croisee.language import phrase
from croisee.study import Question, QuestionKind

_KEPT = 5
"""Values that rounding leaves to a sum."""


def rounding_step(unit: Decimal, n: int) -> Decimal:
    """Return the smallest of {1, 2, 5}·10^j that is at least 5 × unit / n.

    ``unit`` is the smallest amount a person could write, ``n`` how many wrote one: a mean
    rounded to this step leaves at least five values to the sum.

    Example:
        >>> [str(rounding_step(Decimal(1), n)) for n in (13, 24, 46, 68)]
        ['0.5', '0.5', '0.2', '0.1']
    """
    if unit <= 0 or n <= 0:
        raise ValueError("a step needs a positive unit and somebody")
    least = _KEPT * unit / n
    start = least.adjusted() - 1
    steps = (Decimal(digit).scaleb(power) for power in count(start) for digit in (1, 2, 5))
    step = next(step for step in steps if step >= least)
    return step if step != step.to_integral() else step.quantize(Decimal(1))


def rounded(value: Decimal, step: Decimal) -> Decimal:
    """Return a value rounded to a step, halves up."""
    return (value / step).quantize(Decimal(1), rounding=ROUND_HALF_UP) * step


def with_mean(table: ReleasedTable, question: Question) -> ReleasedTable:
    """Add the mean of a scale where one is asked for and every answer is printed (§3.10).

    It is then a function of released values; its step still leaves five values to the sum.
    """
    finest = len(table.rows) == len(question.options) and not table.fallback
    if not question.mean or question.kind is not QuestionKind.ORDINAL or not finest:
        return table
    line = tuple(_mean_of(table, place) for place in range(len(table.columns)))
    if not any(line):
        return table
    last = len(question.options)
    head = Head("moyenne", label_of(phrase("Moyenne, de 1 à {last}", last=last)))
    return replace(table, rows=(*table.rows, head), cells=(*table.cells, line))


def _mean_of(table: ReleasedTable, column: int) -> Cell | None:
    """Return the mean of the scores 1, 2, 3… of one column, from its printed counts alone."""
    cells = [line[column] for line in table.cells]
    values = [cell.value for cell in cells if cell is not None]
    counts = [v.lo for v in values if isinstance(v, Chiffre) and v.form is Form.EXACT]
    first = cells[0]
    if len(counts) < len(cells) or first is None or not sum(counts):
        return None
    n = sum(counts)
    mean = Decimal(sum(score * x for score, x in enumerate(counts, start=1))) / n
    step = rounding_step(Decimal(1), n)
    asked = [event for cell in cells if cell is not None for event in cell.events]
    event = Event(asked[0].question, tuple(level for one in asked for level in one.levels))
    return Cell(Amount(rounded(mean, step), step, ""), first.base, (event,))
