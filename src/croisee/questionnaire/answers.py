"""What a person types, made into a value of the form; and what is not right with a value."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal, InvalidOperation

from croisee.language import Phrase, phrase
from croisee.questionnaire.filling import Filling
from croisee.questionnaire.form import CHOSEN, Kind
from croisee.questionnaire.sheet import Place
from croisee.questionnaire.values import moment_of, number

MAX_TEXT = 20_000
"""Letters of one answer; a longer one is said, never cut."""
_SPACES = re.compile(r"[\s\u00a0\u202f']+")
_INTEGER = re.compile(r"[+-]?[0-9]{1,18}")
_DECIMAL = re.compile(r"[+-]?(?:[0-9]{1,30}(?:\.[0-9]{0,20})?|\.[0-9]{1,20})")
_DAY_FIRST = re.compile(r"([0-9]{1,2})[/.\- ]([0-9]{1,2})[/.\- ]([0-9]{4})")
_HOUR = re.compile(r"([0-9]{1,2})\s*(?:[h:]\s*([0-9]{2})?)?")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is not right with one answer. ``message`` is ours, ``words`` the form's own.

    ``misread``: the value is not of the kind its question asks for; it cannot be counted.
    """

    address: str
    message: Phrase
    words: str = ""
    misread: bool = False


def typed(kind: Kind, written: str) -> str:
    """Return what a person typed as the form keeps it.

    A decimal comma becomes a point, spaces leave a number, ``22/11/2026`` and ``14 h 30``
    become ISO. What cannot be read is given back as typed, for :func:`fault_of` to say so.

    Example:
        >>> [typed(Kind.DECIMAL, "1 234,5"), typed(Kind.TIME, "9 h"), typed(Kind.INTEGER, "x")]
        ['1234.5', '09:00:00', 'x']
    """
    kept = unicodedata.normalize("NFC", written).strip()
    if kind in {Kind.INTEGER, Kind.DECIMAL, Kind.RANGE}:
        squeezed = _SPACES.sub("", kept).replace(",", ".")
        return squeezed if _DECIMAL.fullmatch(squeezed) else kept
    if kind is Kind.DATE:
        return _date(kept)
    if kind is Kind.TIME:
        return _time(kept)
    if kind in CHOSEN:
        return " ".join(kept.split())
    return kept


def _date(written: str) -> str:
    found = _DAY_FIRST.fullmatch(written)
    if not found:
        return written
    try:
        return date(int(found[3]), int(found[2]), int(found[1])).isoformat()
    except ValueError:
        return written


def _time(written: str) -> str:
    found = _HOUR.fullmatch(written)
    try:
        return time(int(found[1]), int(found[2] or 0)).isoformat() if found else written
    except ValueError:
        return written


def fault_of(filling: Filling, place: Place) -> Fault | None:
    """Return what is not right with the answer of a place that is asked now, if anything."""
    value = filling.sheet.kept.get(place.element, "").strip()
    node = place.node
    if not value:
        if node.required is None or not filling.holds(node.required, place.element):
            return None
        return Fault(
            place.address,
            phrase("Cette question demande une réponse."),
            filling.say(node.required_message, place.element),
        )
    message = _misread(filling, place, value)
    if message:
        return Fault(place.address, message, misread=True)
    if node.constraint is not None and not filling.holds(node.constraint, place.element):
        return Fault(
            place.address,
            phrase("Cette réponse ne convient pas."),
            filling.say(node.constraint_message, place.element),
        )
    return None


def faults_of(filling: Filling) -> list[Fault]:
    """Return everything that is not right now, in the order of the form."""
    found = (fault_of(filling, place) for place in filling.asked_places())
    return [fault for fault in found if fault is not None]


def _misread(filling: Filling, place: Place, value: str) -> Phrase | None:
    """Return why a value is not of the kind its question asks for."""
    kind = place.node.kind
    if len(value) > MAX_TEXT:
        return phrase("Cette réponse dépasse {most} lettres. Raccourcissez-la.", most=MAX_TEXT)
    if kind in _READABLE and not _READABLE[kind][0](value):
        return _READABLE[kind][1]
    if kind is Kind.RANGE:
        return _outside(place, value)
    return _unknown_choice(filling, place, value) if kind in CHOSEN else None


def _is_decimal(value: str) -> bool:
    try:
        return Decimal(value).is_finite()
    except InvalidOperation:
        return False


def _is_time(value: str) -> bool:
    try:
        time.fromisoformat(value)
    except ValueError:
        return False
    return True


def _is_moment(value: str) -> bool:
    return moment_of(value) is not None


_A_NUMBER = (_is_decimal, phrase("Écrivez un nombre, par exemple 3,5."))
_READABLE: dict[Kind, tuple[Callable[[str], bool], Phrase]] = {
    Kind.INTEGER: (
        lambda value: _INTEGER.fullmatch(value) is not None,
        phrase("Écrivez un nombre entier, par exemple 12."),
    ),
    Kind.DECIMAL: _A_NUMBER,
    Kind.RANGE: _A_NUMBER,
    Kind.DATE: (_is_moment, phrase("Écrivez une date, par exemple 2026-11-22.")),
    Kind.DATETIME: (
        _is_moment,
        phrase("Écrivez une date et une heure, par exemple 2026-11-22T14:30."),
    ),
    Kind.TIME: (_is_time, phrase("Écrivez une heure, par exemple 14:30.")),
}


def _outside(place: Place, value: str) -> Phrase | None:
    known = dict(place.node.parameters)
    low, high = number(known.get("start", "")), number(known.get("end", ""))
    found = number(value)
    if (
        not math.isnan(low)
        and not math.isnan(high)
        and not min(low, high) <= found <= max(low, high)
    ):
        return phrase(
            "Choisissez un nombre de {low} à {high}.", low=known["start"], high=known["end"]
        )
    return None


def _unknown_choice(filling: Filling, place: Place, value: str) -> Phrase | None:
    codes = filling.codes(place.address)
    chosen = value.split()
    if place.node.kind is Kind.SINGLE and value not in codes:
        return phrase("Choisissez une réponse de la liste.")
    if place.node.kind is Kind.MULTIPLE and not (set(chosen) <= codes and _once(chosen)):
        return phrase("Choisissez des réponses de la liste.")
    if place.node.kind is Kind.RANKING and (set(chosen) != codes or not _once(chosen)):
        return phrase("Donnez un rang différent à chaque réponse.")
    return None


def _once(codes: list[str]) -> bool:
    return len(codes) == len(set(codes))
