"""Numeric questions (§3.10): classes, a rounded mean, the class that holds the median."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from croisee.disclosure.manner import Manner
from croisee.disclosure.means import rounded, rounding_step
from croisee.disclosure.one_way import release_one_way
from croisee.disclosure.released import Amount, Cell, Event, Fact, Head, Kind, ReleasedTable
from croisee.disclosure.shapes import label_of, one_of
from croisee.disclosure.values import Mask
from croisee.disclosure.work import Work
from croisee.language import phrase
from croisee.study import Subject
from croisee.survey import joined
from croisee.tables import NumericTable

_ONE_SHARE, _TWO_SHARE, _P_PERCENT = Decimal("0.85"), Decimal("0.90"), Decimal("0.10")


def dominated(total: Decimal, largest: tuple[Decimal, Decimal]) -> bool:
    """Return whether one or two contributors would be recognised in a sum.

    One holds more than 85 %, two more than 90 %, or the others together less than 10 % of
    the largest (p % rule).
    """
    one, two = largest
    if total <= 0:
        return True
    rest = total - one - two
    return one > _ONE_SHARE * total or one + two > _TWO_SHARE * total or rest < _P_PERCENT * one


def significant(value: Decimal, figures: int = 2) -> Decimal:
    """Return a magnitude with so many significant figures."""
    if not value:
        return value
    last = value.adjusted() - figures + 1
    return rounded(value, Decimal(1).scaleb(last))


def mean_of(raw: NumericTable) -> Decimal | None:
    """Return the mean of those who answered, zeros included; Σ wᵢxᵢ / Σ wᵢ where weighted."""
    if raw.weighted_total is None:
        answered = sum(raw.classes.counts)
        return raw.total / answered if answered else None
    whole = sum(raw.classes.weighted, Decimal(0))
    return raw.weighted_total / whole if whole else None


def release_numeric(key: str, raw: NumericTable, work: Work) -> list[ReleasedTable]:
    """Release the classes of a numeric question; the mean only beside its finest classes."""
    found = []
    for table in release_one_way(key, raw.classes, work):
        counts = [(head, row[0]) for head, row in zip(table.rows, table.cells, strict=True)]
        extra = []
        if work.manner(raw.classes.base) is not Manner.NUMBERS:
            found.append(replace(table, kind=Kind.NUMERIC))
            continue
        mean = _mean(table, raw, work, key)
        if mean is not None:
            extra.append((Head("moyenne", label_of(phrase("Moyenne"))), mean))
        median = _median(table, raw)
        if median is not None:
            extra.append((Head("mediane", label_of(phrase("Médiane"))), median))
        found.append(
            replace(
                table,
                kind=Kind.NUMERIC,
                rows=tuple(head for head, _ in (*counts, *extra)),
                cells=tuple((cell,) for _, cell in (*counts, *extra)),
            )
        )
    return found


def _mean(table: ReleasedTable, raw: NumericTable, work: Work, key: str) -> Cell | None:
    question, base = raw.classes.question, raw.classes.base
    mean = mean_of(raw)
    if table.fallback or len(table.rows) < len(question.options) or mean is None:
        return None
    audience = table.audience
    least = work.threshold(base.subject, question.nature, audience)
    if raw.contributors < max(least, 2 * work.policy.t):  # a sum of a few people is theirs
        return None
    if base.subject is Subject.ORGANISATION and dominated(raw.total, raw.largest):
        work.refuse(
            f"{key}/moyenne",
            "§3.10",
            phrase("Un ou deux organismes pèsent trop dans la somme : la moyenne n’est pas dite."),
        )
        return None
    answered = sum(raw.classes.counts)
    step = max(rounding_step(question.step, answered), question.step / 10)
    value = rounded(mean, step)
    if base.subject is Subject.ORGANISATION:
        value = significant(value)
        step = max(step, Decimal(1).scaleb(value.adjusted() - 1)) if value else step
    codes = tuple(option.code for option in question.options)
    event = Event(question.code, codes)
    return Cell(Amount(value, step, question.unit, Mask.BUDGET), base.id, (event,))


def _median(table: ReleasedTable, raw: NumericTable) -> Cell | None:
    """Return the printed block that holds the middle unit, or half of the weights."""
    question = raw.classes.question
    if table.fallback:
        return None
    blocks = [tuple(head.key.split("+")) for head in table.rows]
    sizes = raw.classes.weighted or tuple(Decimal(count) for count in raw.classes.counts)
    size = dict(zip((option.code for option in question.options), sizes, strict=True))
    below = Decimal(0)
    for block in blocks:
        below += sum(size[code] for code in block)
        if 2 * below >= sum(sizes):
            parts = [question.option(code).label for code in block]
            return Cell(Fact(joined(question, block) or one_of(parts)), raw.classes.base.id)
    return None
