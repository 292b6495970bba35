"""Dates, times and numbers as people write them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "janvier janv jan january",
            "fevrier fevr fev february feb",
            "mars march mar",
            "avril avr april apr",
            "mai may",
            "juin june jun",
            "juillet juil july jul",
            "aout august aug",
            "septembre sept sep september",
            "octobre oct october",
            "novembre nov november",
            "decembre dec december",
        ),
        1,
    )
    for name in names.split()
}
_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:[t ][0-9:.]{4,}(?:z|[+-][0-9:]+)?)?")
_SLASHED = re.compile(r"([0-9]{1,2})([/.-])([0-9]{1,2})\2([0-9]{4})")
_YEAR_FIRST = re.compile(r"([0-9]{4})([/.])([0-9]{1,2})\2([0-9]{1,2})")
_DAY_MONTH = re.compile(r"([0-9]{1,2})(?:er|st|nd|rd|th)?\.?[ -]([a-z]+)\.?,?[ -]([0-9]{4})")
_MONTH_DAY = re.compile(r"([a-z]+)\.? ([0-9]{1,2})(?:st|nd|rd|th)?,? ([0-9]{4})")
_MONTH_YEAR = re.compile(r"([a-z]+)\.? ([0-9]{4})")
_SHORT = re.compile(r"([0-9]{4})(?:-([0-9]{1,2}))?")
_TIME = re.compile(
    r"(?:[0-9]{4}-[0-9]{2}-[0-9]{2}[t ])?([0-9]{1,2})"
    r"(?::([0-9]{2})(?::([0-9]{2}(?:[.,][0-9]{1,6})?))?"
    r"| ?h(?: ?([0-9]{1,2})(?: ?min)?(?: ?([0-9]{1,2}(?:[.,][0-9]{1,6})?) ?s?)?)?)"
)
_SIXTY = 60
_SPACES = re.compile(r"[\s\u00a0\u2007\u2009\u202f]+")
_GROUPED = re.compile(r"[+-]?[0-9]{1,3}(?: [0-9]{3})+(?:[.,][0-9]+)?")
_ENGLISH = re.compile(r"[+-]?[0-9]{1,3}(?:,[0-9]{3})+\.[0-9]+|[+-]?[0-9]{1,3}(?:,[0-9]{3}){2,}")
_POINTED = re.compile(r"[+-]?[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]+|[+-]?[0-9]{1,3}(?:\.[0-9]{3}){2,}")
_SIMPLE = re.compile(r"[+-]?(?:[0-9]+(?:[.,][0-9]*)?|[.,][0-9]+)(?:[eE][+-]?[0-9]{1,2})?")
_LONGEST = 40


@dataclass(frozen=True, slots=True)
class ReadDate:
    """A date as far as it is known: ``text`` is ``2020-03-13``, ``2020-03`` or ``2020``.

    ``day`` is ``None`` unless the day is known. ``ambiguous``: day and month could be
    exchanged (``03/04/2020``), read day first.
    """

    text: str
    day: date | None
    ambiguous: bool = False


def parse_date(text: str) -> ReadDate | None:
    """Read a date in any of the forms of ``docs/dossier-d-etude.md`` §1; ``None`` if it is none.

    Example:
        >>> [parse_date(t).text for t in ("1er mai 2020", "March 13, 2020", "13/03/2020", "2020")]
        ['2020-05-01', '2020-03-13', '2020-03-13', '2020']
        >>> parse_date("31/02/2020") is None, parse_date("03/04/2020").ambiguous
        (True, True)
    """
    plain = _SPACES.sub(" ", _without_accents(text)).strip().lower()
    if len(plain) > _LONGEST:
        return None
    if found := _ISO.fullmatch(plain) or _YEAR_FIRST.fullmatch(plain):
        year, month, day = (
            int(part) for part in (found[1], found[found.re.groups - 1], found[found.re.groups])
        )
        return _on(year, month, day)
    if found := _SLASHED.fullmatch(plain):
        return _slashed(int(found[1]), int(found[3]), int(found[4]))
    return _spelled(plain)


def _without_accents(text: str) -> str:
    parts = unicodedata.normalize("NFD", text)
    return "".join(sign for sign in parts if not unicodedata.combining(sign))


def _slashed(first: int, second: int, year: int) -> ReadDate | None:
    """Day first; month first only when the day cannot be a month's number."""
    read = _on(year, second, first)
    if read is None:
        return _on(year, first, second)
    if read.day and first != second and max(first, second) <= len(set(_MONTHS.values())):
        return ReadDate(read.text, read.day, ambiguous=True)
    return read


def _spelled(plain: str) -> ReadDate | None:
    if found := _DAY_MONTH.fullmatch(plain):
        return _on(int(found[3]), _MONTHS.get(found[2], 0), int(found[1]))
    if found := _MONTH_DAY.fullmatch(plain):
        return _on(int(found[3]), _MONTHS.get(found[1], 0), int(found[2]))
    if found := _MONTH_YEAR.fullmatch(plain):
        return _in(int(found[2]), _MONTHS.get(found[1], 0))
    if found := _SHORT.fullmatch(plain):
        year = int(found[1])
        return _in(year, int(found[2])) if found[2] else ReadDate(f"{year:04}", None)
    return None


def _on(year: int, month: int, day: int) -> ReadDate | None:
    try:
        known = date(year, month, day)
    except ValueError:
        return None
    return ReadDate(known.isoformat(), known)


def _in(year: int, month: int) -> ReadDate | None:
    return ReadDate(f"{year:04}-{month:02}", None) if _on(year, month, 1) else None


def parse_time(text: str) -> float | None:
    """Read a time, of day or since a beginning, in seconds; ``None`` if it is none.

    Two numbers are hours and minutes. A spreadsheet's date before it says nothing.

    Example:
        >>> [parse_time(t) for t in ("14:05", "14 h 05", "0:12:45,5", "14 h 5 min 3 s", "12:75")]
        [50700.0, 50700.0, 765.5, 50703.0, None]
    """
    plain = _SPACES.sub(" ", text).strip().lower()
    found = _TIME.fullmatch(plain) if len(plain) <= _LONGEST else None
    if found is None:
        return None
    minutes = int(found[2] or found[4] or 0)
    seconds = float((found[3] or found[5] or "0").replace(",", "."))
    if minutes >= _SIXTY or seconds >= _SIXTY:
        return None
    return round((int(found[1]) * _SIXTY + minutes) * _SIXTY + seconds, 3)


def parse_number(text: str) -> Decimal | None:
    """Read ``1234,5``, ``1 234,5``, ``1234.5``, ``1,234.5``, ``25 000 $``; ``None`` if it is none.

    One comma alone is a decimal comma (``1,234`` is a little more than one). A unit may follow
    or precede only if it is ``$`` or ``%``. Exact: no binary fraction.

    Example:
        >>> [str(parse_number(t)) for t in ("1 234,5", "25 000 $", "-0.50", "douze")]
        ['1234.5', '25000', '-0.50', 'None']
    """
    plain = _SPACES.sub(" ", text).strip().strip("$%").strip().replace("\u2212", "-")
    if len(plain) > _LONGEST:
        return None
    if _GROUPED.fullmatch(plain):
        return Decimal(plain.replace(" ", "").replace(",", "."))
    if _ENGLISH.fullmatch(plain):
        return Decimal(plain.replace(",", ""))
    if _POINTED.fullmatch(plain):
        return Decimal(plain.replace(".", "").replace(",", "."))
    return Decimal(plain.replace(",", ".")) if _SIMPLE.fullmatch(plain) else None
