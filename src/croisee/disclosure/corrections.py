"""Numbers as another document printed them, beside ours (mask M17, process facts only).

What does not concern the process is for the team's eyes: saying which printed percentage was
wrong would say the masked count.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal

from croisee.disclosure.marks import MarkRefused, read_mark, value_of
from croisee.disclosure.released import Correction, Fact, Kind, ReleasedTable, Value
from croisee.disclosure.sentences import points
from croisee.disclosure.values import Chiffre, exact
from croisee.disclosure.work import Work
from croisee.findings import Reported
from croisee.language import Label, phrase
from croisee.study import Question
from croisee.tables import (
    Base,
    CaseTable,
    MultipleTable,
    NumericTable,
    OneWayTable,
    ProfileTable,
    RawTable,
)

_PROCESS = {Kind.PARTICIPATION, Kind.ACTIVITIES, Kind.OBJECTIVES}
_PERCENT = re.compile(r"(\d+(?:[.,]\d+)?)\s*%")
_COUNT = re.compile(r"\bn\s*=\s*(\d+)", re.IGNORECASE)
_OF = re.compile(r"(\d+)\s*(?:sur|/|of|des)\s*(\d+)")
_RULE = "§2"


def compare_reported(
    reported: Sequence[Reported],
    tables: Sequence[ReleasedTable],
    raw: Sequence[tuple[str, RawTable]],
    work: Work,
) -> tuple[Correction, ...]:
    """Return the process figures printed wrong elsewhere; log every other disagreement."""
    kinds = {table.key: table.kind for table in tables}
    bases = dict(_bases(raw))
    found = []
    for one in reported:
        mark = read_mark(one.key.strip("{}"))
        if kinds.get(mark.key) in _PROCESS:
            try:
                right = _count(value_of(mark, tables, work.study))
            except MarkRefused as refused:
                work.refuse(one.key, _RULE, refused.reason)
                continue
            if right is not None and not _agrees(one.printed, right.lo, right.n):
                found.append(Correction(one.key, one.printed, one.where, right))
        else:
            _mixed_bases(one, bases.get(mark.key, ()), bases, work)
            _shares(one, mark.key, mark.row, raw, work)
    return tuple(found)


def _count(value: Value) -> Chiffre | None:
    if isinstance(value, Chiffre) and value.lo == value.hi and value.n:
        return value
    if isinstance(value, Fact) and value.number is not None and value.of:
        return exact(int(value.number), max(int(value.of), int(value.number)))
    return None


def _agrees(printed: str, x: int, n: int | None) -> bool:
    """Return whether a printed text says nothing else than ``x`` of ``n``."""
    if not n:
        return True
    percents = _PERCENT.findall(printed)
    counts = _OF.findall(printed)
    return all(_rounds_to(share, x, n) for share in percents) and all(
        (int(a), int(b)) == (x, n) for a, b in counts
    )


def _rounds_to(printed: str, x: int, n: int) -> bool:
    """Return whether a printed percentage is ``x`` of ``n`` at the precision it shows."""
    share = Decimal(printed.replace(",", "."))
    exponent = share.as_tuple().exponent
    if exponent == 0 or not isinstance(exponent, int):
        return int(share) == points(x, n)
    half = Decimal(1).scaleb(exponent) / 2
    return abs(share - Decimal(100 * x) / n) <= half


def _mixed_bases(
    one: Reported,
    mine: Iterable[Base],
    bases: Mapping[str, Iterable[Base]],
    work: Work,
) -> None:
    """Flag « 3 % (n = 1) » where the base is 28: the percentage is of another base."""
    percents, counts = _PERCENT.findall(one.printed), _COUNT.findall(one.printed)
    if not percents or not counts:
        return
    share, x = percents[0], int(counts[0])
    for base in mine:
        if base.n < x or _rounds_to(share, x, base.n):
            continue
        sizes = sorted({b.n for many in bases.values() for b in many if b.n >= x})
        other = [n for n in sizes if _rounds_to(share, x, n)]
        work.refuse(
            one.key,
            _RULE,
            phrase(
                "« {printed} » : {x} sur {n} font {share} %. {others}",
                printed=one.printed,
                x=x,
                n=base.n,
                share=_tenth(x, base.n),
                others=_others(share, x, other),
            ),
        )


def _others(share: str, x: int, sizes: Sequence[int]) -> object:
    if not sizes:
        return phrase("Aucune base de l’étude ne donne {share} %.", share=share)
    return phrase(
        "La base semble être une autre : {x} sur {n} font {share} %.",
        x=x,
        n=", ".join(str(n) for n in sizes),
        share=_tenth(x, sizes[0]),
    )


def _tenth(x: int, n: int) -> Label:
    share = str((Decimal(100 * x) / n).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP))
    return Label(share.replace(".", ","), share)


def _shares(
    one: Reported, key: str, row: str, raw: Sequence[tuple[str, RawTable]], work: Work
) -> None:
    """Flag a percentage of answers that the raw counts contradict (team only)."""
    if _COUNT.search(one.printed) or not row:
        return
    for question, counts, base in _answers(key, raw):
        codes = set(row.rsplit(":", maxsplit=1)[-1].split("+"))
        if not codes <= {option.code for option in question.options}:
            continue
        x = sum(c for o, c in zip(question.options, counts, strict=True) if o.code in codes)
        if base.n and not _agrees(one.printed, x, base.n):
            work.refuse(
                one.key,
                _RULE,
                phrase(
                    "« {printed} » : {x} sur {n} font {share} %.",
                    printed=one.printed,
                    x=x,
                    n=base.n,
                    share=_tenth(x, base.n),
                ),
            )


def _answers(
    key: str, raw: Sequence[tuple[str, RawTable]]
) -> Iterable[tuple[Question, tuple[int, ...], Base]]:
    for name, table in raw:
        if name == key:
            for one in _one_ways(table):
                yield one.question, one.counts, one.base
            if isinstance(table, MultipleTable):
                yield table.question, table.counts, table.base


def _one_ways(table: RawTable) -> tuple[OneWayTable, ...]:
    if isinstance(table, OneWayTable):
        return (table,)
    if isinstance(table, NumericTable):
        return (table.classes,)
    if isinstance(table, ProfileTable):
        return table.questions
    return table.rows if isinstance(table, CaseTable) else ()


def _bases(raw: Sequence[tuple[str, RawTable]]) -> Iterable[tuple[str, tuple[Base, ...]]]:
    for key, table in raw:
        bases = [one.base for one in _one_ways(table)]
        if isinstance(table, MultipleTable):
            bases.append(table.base)
        if bases:
            yield key, tuple({base.id: base for base in bases}.values())
