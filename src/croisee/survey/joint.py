"""Many questions counted in one query, a few of them at a time.

Each part of the union counts three questions jointly, so that a column shared by all of
them (the case, the attribute of a banner) is read a third as often and the query is a
third as long; each question's own counts are sums of the joint ones, hence exact.
Ranks are counted (:mod:`croisee.dataset.ranks`), not texts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import prod
from typing import Any

import ibis
import pyarrow as pa

from croisee.dataset import SILENT, Dataset, rank_column
from croisee.study import Question
from croisee.survey.classes import in_classes

BUNDLE = 3
"""Questions counted jointly: beyond, there are more combinations than it saves reading."""
COMBINATIONS = 500
"""No bundle has more possible answers than this, silences included."""
_RANKS = [f"rank{place}" for place in range(BUNDLE)]


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


Marginal = dict[tuple[str, int, int], Answered]
"""(question, rank of the key, rank of the answer) → who answered so; silences are left out."""


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
    dataset: Dataset, rows: Any, key: str, questions: Sequence[Question], *, weighted: bool = False
) -> Marginal:
    """Count the answers to several questions by a column of ranks: one query."""
    some = bundles(questions)
    if not some:
        return {}
    counted = dataset.computed(
        together(_joint(rows, key, place, one, weighted=weighted) for place, one in enumerate(some))
    )
    return dict(_marginals(counted, some, weighted=weighted))


def _marginals(
    counted: pa.Table, some: Sequence[tuple[Question, ...]], *, weighted: bool
) -> Iterator[tuple[tuple[str, int, int], Answered]]:
    """Sum the joint counts, question by question."""
    sums = ["people", "weight", "squares"] if weighted else ["people"]
    for place, rank in enumerate(_RANKS):
        lines = counted.group_by(["bundle", "key", rank]).aggregate([(one, "sum") for one in sums])
        keys = [lines[name].to_pylist() for name in ("bundle", "key", rank)]
        found = [lines[f"{name}_sum"].to_pylist() for name in sums]
        for bundle, row, answer, *values in zip(*keys, *found, strict=True):
            if place < len(some[bundle]) and SILENT not in (row, answer):
                yield (some[bundle][place].code, row, answer), Answered(*values)


def _combinations(questions: Iterable[Question]) -> int:
    return prod(
        len(in_classes(question).options) + len(question.missing) + 1 for question in questions
    )


def _joint(rows: Any, key: str, place: int, bundle: tuple[Question, ...], *, weighted: bool) -> Any:
    """Return the Ibis count of one bundle, with the columns that every bundle has."""
    ranks = {_RANKS[i]: rows[rank_column(question.code)] for i, question in enumerate(bundle)}
    absent = {name: ibis.null("int16") for name in _RANKS[len(bundle) :]}
    sums = {"weight": rows.weight.sum(), "squares": _squared(rows.weight)} if weighted else {}
    counted = rows.group_by(key=rows[key], **ranks).agg(people=rows.count(), **sums)
    return counted.select(
        "key",
        *ranks,
        *(value.name(name) for name, value in absent.items()),
        "people",
        *sums,
        bundle=ibis.literal(place, "int32"),
    )


def _squared(weight: Any) -> Any:
    """Return the Ibis sum of squared weights, exact to 10⁻⁶: products have 38 digits at most."""
    narrow = weight.cast("decimal(19, 6)")
    return (narrow * narrow).cast("decimal(38, 12)").sum()
