"""What a page sends, made into values of the form; and what is not right with them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from croisee.language import Language
from croisee.questionnaire.answers import fault_of, typed
from croisee.questionnaire.filling import Filling
from croisee.questionnaire.form import CHOSEN, Kind
from croisee.questionnaire.sheet import Place
from croisee_web.collection.rules.pages import Page, PageKind, lasting

PART = "|"
"""Between the place of a question and a part of its answer, in the name of a field."""
_UNRANKED = "!"
"""No code is written so: ranks that cannot be read are not right, whatever the choices."""
_POINT = re.compile(r"-?\d{1,3}(?:\.\d+)?(?: -?\d{1,4}(?:\.\d+)?){1,3}")


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is not right with one answer, in the reader's words. ``address``: its place."""

    address: str
    text: str


Sent = Mapping[str, Sequence[str]]
"""Every value sent under each name."""


def values_of(page: Page, sent: Sent, filling: Filling) -> dict[str, str]:
    """Return what a page sends as values by place; files are left out.

    A question of the page that nothing was sent for is emptied: a box that was unticked sends
    nothing.
    """
    return {
        one.address: _value(one, sent, filling)
        for one in page.asks
        if one.node.kind is not Kind.FILE
    }


def _value(place: Place, sent: Sent, filling: Filling) -> str:
    name = lasting(filling, place.address)
    kind, found = place.node.kind, [one for one in sent.get(name, ()) if one.strip()]
    if kind is Kind.MULTIPLE:
        return " ".join(found)
    if kind is Kind.RANKING:
        return _ranked(place, sent, filling)
    if kind is Kind.TRIGGER:
        return "OK" if found else ""
    if kind is Kind.PLACE:
        return " ".join(found[0].replace(",", " ").split()) if found else ""
    return typed(kind, found[0]) if found else ""


def _ranked(place: Place, sent: Sent, filling: Filling) -> str:
    name = lasting(filling, place.address)
    given = {
        code: sent.get(f"{name}{PART}{code}", [""])[0].strip()
        for code, _ in filling.choices(place.address)
    }
    if not any(given.values()):
        return ""
    ranks = [rank for rank in given.values() if rank.isascii() and rank.isdigit()]
    if len(set(ranks)) != len(given):
        return _UNRANKED
    return " ".join(sorted(given, key=lambda code: int(given[code])))


def faults_on(
    page: Page, filling: Filling, language: Language, total: Decimal | None = None
) -> tuple[Wrong, ...]:
    """Return what is not right with a page that somebody wants to leave answered.

    An empty answer is said, even where it may be: « passer » says that it is meant. ``total`` is
    what a budget splits.
    """
    asked = {one.address for one in filling.asked_places()}
    asks = [one for one in page.asks if one.address in asked]
    if asks and not any(filling.value(one.address).strip() for one in asks):
        return (Wrong(asks[0].address, empty_words(asks)),)
    if page.kind is PageKind.BUDGET and total is not None:
        return _split(asks, filling, total)
    found = (wrong_with(filling, one, language) or _misplaced(one, filling) for one in asks)
    return tuple(wrong for wrong in found if wrong is not None)


def wrong_with(filling: Filling, place: Place, language: Language) -> Wrong | None:
    """Return what is not right with an answer: the form's own words, else the library's."""
    fault = fault_of(filling, place)
    if fault is None:
        return None
    return Wrong(place.address, fault.words or fault.message.to(language))


def needed(page: Page, filling: Filling) -> tuple[Wrong, ...]:
    """Return what keeps a page from being passed: questions that must be answered."""
    return tuple(
        Wrong(one.address, _("Cette question demande une réponse."))
        for one in page.asks
        if one.node.required is not None and filling.holds(one.node.required, one.element)
    )


def left_of(page: Page, filling: Filling, total: Decimal) -> Decimal:
    """Return what remains to split of a budget: below zero when too much was given."""
    return total - sum((_amount(filling.value(one.address)) for one in page.asks), Decimal())


def empty_words(asks: Sequence[Place]) -> str:
    """Return what is said of a page where nothing was answered."""
    place = asks[0]
    if len(asks) > 1:
        return _("Répondez à une question, ou passez cette page.")
    if place.node.kind in CHOSEN:
        return _("Choisissez une réponse, ou passez la question.")
    if place.node.kind is Kind.FILE:
        return _("Choisissez un fichier, ou passez la question.")
    if place.node.kind is Kind.TRIGGER:
        return _("Cochez la case, ou passez la question.")
    return _("Écrivez une réponse, ou passez la question.")


def _split(asks: Sequence[Place], filling: Filling, total: Decimal) -> tuple[Wrong, ...]:
    """Each amount is read first; then the sum is looked at, once for all."""
    for one in asks:
        value = filling.value(one.address)
        if value and not _amount_reads(value):
            return (Wrong(one.address, _("Écrivez un nombre entier, par exemple 12.")),)
    left = total - sum((_amount(filling.value(one.address)) for one in asks), Decimal())
    if left > 0:
        told = _("Il reste %(left)s à répartir.") % {"left": grouped(left)}
    elif left < 0:
        told = _("Vous avez réparti %(over)s de trop.") % {"over": grouped(-left)}
    else:
        return ()
    return (Wrong(asks[0].address, told),)


def _amount_reads(value: str) -> bool:
    try:
        return Decimal(value).is_finite() and Decimal(value) >= 0
    except InvalidOperation:
        return False


def _amount(value: str) -> Decimal:
    return Decimal(value) if value and _amount_reads(value) else Decimal()


def grouped(amount: Decimal) -> str:
    """Return an amount with its thousands apart: « 200 000 »."""
    return f"{amount:,f}".replace(",", " ")


def _misplaced(place: Place, filling: Filling) -> Wrong | None:
    value = filling.value(place.address)
    if place.node.kind is not Kind.PLACE or not value or _POINT.fullmatch(value):
        return None
    return Wrong(
        place.address,
        _("Écrivez la latitude, puis la longitude : par exemple 45.50 -73.57."),
    )
