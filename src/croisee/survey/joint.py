"""Many questions counted in one query, a few of them at a time.

Each part of the union counts three questions jointly, so that a column shared by all of
them (the case, the attribute of a banner) is read a third as often and the query is a
third as long; each question's own counts are sums of the joint ones, hence exact.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import prod
from typing import Any

import ibis

from croisee.dataset import Dataset
from croisee.study import Question
from croisee.survey.classes import category, in_classes

BUNDLE = 3
"""Questions counted jointly: beyond, there are more combinations than it saves reading."""
COMBINATIONS = 500
"""No bundle has more possible answers than this, silences included."""


@dataclass(frozen=True, slots=True)
class Answered:
    """Respondents who chose one option, the sum of their weights and of the weights squared."""

    people: int = 0
    weight: Decimal = Decimal(0)
    squares: Decimal = Decimal(0)

    def __add__(self, other: Answered) -> Answered:
        return Answered(
            self.people + other.people,
            self.weight + other.weight,
            self.squares + other.squares,
        )


Marginal = dict[tuple[str, str | None, str | None], Answered]
"""(question, key, option) → who answered so; the option is null for no answer."""


def together(parts: Iterable[Any]) -> Any:
    """Return the Ibis union, doubles kept, of one expression or more."""
    found = list(parts)
    return ibis.union(*found) if len(found) > 1 else found[0]


def bundles(questions: Iterable[Question]) -> list[tuple[Question, ...]]:
    """Cut questions into bundles that are cheap to count jointly."""
    found: list[tuple[Question, ...]] = []
    for question in questions:
        wider = (*found[-1], question) if found else (question,)
        if found and len(wider) <= BUNDLE and _combinations(wider) <= COMBINATIONS:
            found[-1] = wider
        else:
            found.append((question,))
    return found


def count_by(
    dataset: Dataset, rows: Any, key: Any, questions: Sequence[Question], *, weighted: bool = False
) -> Marginal:
    """Count the options of several questions by a key column: one query."""
    some = bundles(questions)
    if not some:
        return {}
    expression = together(
        _joint(rows, key, place, bundle, weighted=weighted) for place, bundle in enumerate(some)
    )
    people: defaultdict[tuple[str, str | None, str | None], int] = defaultdict(int)
    weight: defaultdict[tuple[str, str | None, str | None], Decimal] = defaultdict(Decimal)
    squares: defaultdict[tuple[str, str | None, str | None], Decimal] = defaultdict(Decimal)
    for line in dataset.collect(expression):
        for place, question in enumerate(some[line["bundle"]]):
            cell = (question.code, line["key"], line[f"option{place}"])
            people[cell] += line["people"]
            if weighted:
                weight[cell] += line["weight"]
                squares[cell] += line["squares"]
    return {
        cell: Answered(count, weight[cell], squares[cell]) if weighted else Answered(count)
        for cell, count in people.items()
    }


def _combinations(questions: Iterable[Question]) -> int:
    return prod(
        len(in_classes(question).options) + len(question.missing) + 1 for question in questions
    )


def _joint(rows: Any, key: Any, place: int, bundle: tuple[Question, ...], *, weighted: bool) -> Any:
    """Return the Ibis count of one bundle, with the columns that every bundle has."""
    options = {f"option{place}": category(rows, one) for place, one in enumerate(bundle)}
    absent = {f"option{place}": ibis.null("string") for place in range(len(bundle), BUNDLE)}
    sums = {"weight": rows.weight.sum(), "squares": _squared(rows.weight)} if weighted else {}
    counted = rows.group_by(key=key, **options).agg(people=rows.count(), **sums)
    counted = counted.mutate(bundle=ibis.literal(place, "int32"), **absent)
    names = [f"option{place}" for place in range(BUNDLE)]
    return counted.select("bundle", "key", *names, "people", *sums)


def _squared(weight: Any) -> Any:
    """Return the Ibis sum of squared weights, exact to 10⁻⁶: products have 38 digits at most."""
    narrow = weight.cast("decimal(19, 6)")
    return (narrow * narrow).cast("decimal(38, 12)").sum()
