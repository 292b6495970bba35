"""Dates as a reader writes them: « 1er mai 2020 », « du 2 au 20 octobre 2026 »."""

from __future__ import annotations

from datetime import date

from croisee.language import Language, Phrase, phrase


def _months() -> tuple[Phrase, ...]:
    return (
        phrase("janvier"),
        phrase("février"),
        phrase("mars"),
        phrase("avril"),
        phrase("mai"),
        phrase("juin"),
        phrase("juillet"),
        phrase("août"),
        phrase("septembre"),
        phrase("octobre"),
        phrase("novembre"),
        phrase("décembre"),
    )


def month_of(on: date, language: Language) -> str:
    """Return the month and the year: « novembre 2026 »."""
    return f"{_months()[on.month - 1].to(language)} {on.year}"


def day_of(on: date, language: Language) -> str:
    """Return the whole date: « 1er mai 2020 », "1 May 2020"."""
    return f"{_day(on, language)} {month_of(on, language)}"


def _day(on: date, language: Language) -> str:
    return "1er" if on.day == 1 and language == "fr" else str(on.day)
