"""Dates as a reader writes them: « 1er mai 2020 », « du 2 au 20 octobre 2026 », "May 1, 2020"."""

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


def month_name(on: date, language: Language) -> str:
    """Return the month alone: « novembre »."""
    return _months()[on.month - 1].to(language)


def month_of(on: date, language: Language) -> str:
    """Return the month and the year: « novembre 2026 »."""
    return f"{month_name(on, language)} {on.year}"


def day_of(on: date, language: Language) -> str:
    """Return the whole date: « 1er mai 2020 », "May 1, 2020"."""
    return f"{_day_and_month(on, language)}{_year(on, language)}"


def span_of(start: date, end: date, language: Language) -> str:
    """Return a period, naming the month and the year once where they are shared."""
    if start == end:
        return phrase("le {day}", day=day_of(start, language)).to(language)
    first = _day_and_month(start, language)
    last = _day_and_month(end, language)
    if start.year != end.year:
        first += _year(start, language)
    elif start.month == end.month and language == "fr":
        first = _day(start, language)
    return phrase("du {first} au {last}", first=first, last=f"{last}{_year(end, language)}").to(
        language
    )


def _day(on: date, language: Language) -> str:
    return "1er" if on.day == 1 and language == "fr" else str(on.day)


def _day_and_month(on: date, language: Language) -> str:
    day, month = _day(on, language), month_name(on, language)
    return f"{month} {day}" if language == "en" else f"{day} {month}"


def _year(on: date, language: Language) -> str:
    return f", {on.year}" if language == "en" else f" {on.year}"
