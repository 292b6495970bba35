"""A day as it is said: « 1er décembre 2026 »."""

from __future__ import annotations

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import get_language


def day_text(day: date, *, year: bool = True) -> str:
    """Return a day in the reader's language; the first of a month is « 1er » in French."""
    if (get_language() or "fr").startswith("en"):
        return date_format(day, "F j, Y" if year else "F j")
    number = "1er" if day.day == 1 else str(day.day)
    return f"{number} {date_format(day, 'F Y' if year else 'F')}"
