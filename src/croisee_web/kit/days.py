"""A day, or a moment, as it is said: « 1er décembre 2026 », « 1er décembre 2026, 8 h 05 »."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.translation import get_language


def day_text(day: date, *, year: bool = True) -> str:
    """Return a day in the reader's language; the first of a month is « 1er » in French."""
    if (get_language() or "fr").startswith("en"):
        return date_format(day, "F j, Y" if year else "F j")
    number = "1er" if day.day == 1 else str(day.day)
    return f"{number} {date_format(day, 'F Y' if year else 'F')}"


def moment_text(at: datetime) -> str:
    """Return a day and its time, in the zone that ``at`` bears."""
    if (get_language() or "fr").startswith("en"):
        return f"{day_text(at)}, {date_format(at, 'g:i a')}"
    return f"{day_text(at)}, {at.hour} h" + (f" {at.minute:02}" if at.minute else "")
