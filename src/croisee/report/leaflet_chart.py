"""The bars of a leaflet: lengths and words from the released values of one table."""

from __future__ import annotations

from decimal import Decimal

from croisee.disclosure.released import (
    Amount,
    Kind,
    Percent,
    Rank,
    ReleasedTable,
    Value,
    Word,
)
from croisee.disclosure.sentences import sentence_of
from croisee.disclosure.values import Chiffre, Form, Mask
from croisee.disclosure.wording import number, say
from croisee.language import Phrase, phrase
from croisee.report.figures import of_some
from croisee.report.leaflet_content import CaseView
from croisee.report.leaflet_page import Bar, Chart
from croisee.report.sentences import capital, ended, last_parenthesis, without_parenthesis
from croisee.report.words import of_many
from croisee.study import Subject

_DRAWN = frozenset(
    {
        Kind.ONE_WAY,
        Kind.CASE_ROWS,
        Kind.MULTIPLE,
        Kind.MULTIPLE_CASES,
        Kind.NUMERIC,
        Kind.RANKING,
        Kind.BUDGET,
        Kind.POSITIONS,
    }
)
_ELSEWHERE = frozenset(
    {
        Mask.FEWER_THAN,
        Mask.AT_LEAST,
        Mask.OMITTED_TOTAL,
        Mask.LOCKED,
        Mask.TOO_FEW,
        Mask.CORRECTED,
    }
)
"""Masks that a leaflet explains in its footer, or has no total or empty cell to explain."""


def chart_of(view: CaseView, table: ReleasedTable) -> Chart | None:
    """Return the bars of one network, or ``None`` where a table shows fewer than two.

    Lengths start from zero and share one scale. A count is solid; « au moins » is solid to
    its lower bound then hatched to the base; « moins de » is a hatched box of constant
    length; a rank or a word has no length (``docs/methods/divulgation.md`` §3.11).
    """
    if table.kind not in _DRAWN:
        return None
    values = [(place, value) for place, value in view.values(table) if not _too_few(value)]
    if len(values) < 2:
        return None
    if not table.ordered:
        values.sort(key=lambda found: _order(found[1]))
    lengths = [_lengths(value) for _, value in values]
    scale = max(Decimal(1), *(solid + hatched for solid, hatched in lengths))
    top = max(solid for solid, _ in lengths)
    alone = top > 0 and sum(solid == top for solid, _ in lengths) == 1
    bars = tuple(
        Bar(
            view.row_name(table, place),
            _said(value, view),
            float(round(solid / scale, 4)),
            float(round(hatched / scale, 4)),
            strong=alone and solid == top,
        )
        for (place, value), (solid, hatched) in zip(values, lengths, strict=True)
    )
    title = without_parenthesis(table.title.to(view.language))
    note = _note(view, table, tuple(value for _, value in values))
    words = all(isinstance(value, Word) for _, value in values)
    alternative = _alternative(view, title, bars, note)
    return Chart(title, bars, alternative, note, (table.code,), drawn=not words)


def _too_few(value: Value) -> bool:
    if isinstance(value, Chiffre):
        return value.form is Form.ABSENT
    return isinstance(value, Word) and value.mask is Mask.TOO_FEW


def _order(value: Value) -> tuple[Decimal, Decimal]:
    """Return a key that puts the largest released value first, ranks in their order."""
    if isinstance(value, Rank):
        return Decimal(value.place), Decimal(0)
    solid, hatched = _lengths(value)
    return -solid, -hatched


def _lengths(value: Value) -> tuple[Decimal, Decimal]:
    """Return the solid and the hatched length, in the unit of the value."""
    if isinstance(value, Percent):
        return Decimal(value.points), Decimal(0)
    if isinstance(value, Amount):
        return value.value, Decimal(0)
    if not isinstance(value, Chiffre):
        return Decimal(0), Decimal(0)
    known = {
        Form.EXACT: (value.lo, 0),
        Form.AGREED: (value.lo, 0),
        Form.ROUNDED: (value.lo, value.hi - value.lo),
        Form.AT_LEAST: (value.lo, value.hi - value.lo),
        Form.FEWER_THAN: (0, value.hi),
    }
    solid, hatched = known.get(value.form, (0, 0))
    return Decimal(solid), Decimal(hatched)


def _said(value: Value, view: CaseView) -> str:
    return say(value, "nombre" if isinstance(value, Chiffre) else "sur", view.language)


def _note(view: CaseView, table: ReleasedTable, values: tuple[Value, ...]) -> str:
    base = view.base(table)
    measure = _measure(view, values, base.n if base else None, base.subject if base else None)
    source = ended(table.source.to(view.language))
    policy = view.release.study.policy
    t = next((v.t for v in values if isinstance(v, Chiffre) and v.t), 0)
    usual = {Mask.ORGANISATIONS} if t == policy.t else set()
    masks = [
        of_some(mask, table, view.release.study, view.language)
        or sentence_of(mask, table, policy).to(view.language)
        for mask in table.masks
        if mask not in _ELSEWHERE | usual
    ]
    asked = ended(capital(last_parenthesis(table.title.to(view.language))))
    return " ".join(part for part in (measure, asked, source, *masks) if part)


def _measure(
    view: CaseView, values: tuple[Value, ...], n: int | None, subject: Subject | None
) -> str:
    found = _measured(view, values, n, subject)
    return found.to(view.language) if found is not None else ""


def _measured(
    view: CaseView, values: tuple[Value, ...], n: int | None, subject: Subject | None
) -> Phrase | None:
    if any(isinstance(value, Rank) for value in values):
        return phrase("Du plus au moins prioritaire.")
    if any(isinstance(value, Amount) for value in values):
        return phrase("Montants moyens.")
    if n is None or subject is None:
        return None
    if any(isinstance(value, Percent) for value in values):
        return phrase("Pourcentages estimés, {n} réponses.", n=number(n, view.language))
    if any(isinstance(value, Chiffre) for value in values):
        return phrase(
            "Nombre {units}, sur {n} réponses.",
            units=of_many(view.units(subject), view.language),
            n=number(n, view.language),
        )
    return None


def _alternative(view: CaseView, title: str, bars: tuple[Bar, ...], note: str) -> str:
    answers = " ; ".join(
        phrase("{label} : {value}", label=bar.label, value=bar.value).to(view.language)
        for bar in bars
    )
    return " ".join(part for part in (ended(title), ended(answers), note) if part)
