"""How much a questionnaire was answered. Nothing here writes; nobody's role is asked."""

from __future__ import annotations

from collections.abc import Collection

from croisee_web.collection.models import AnswerSheet, Collecting
from croisee_web.instruments.rules import Answered


def answered(instrument_id: int, question: str = "") -> Answered:
    """Return how many answered an instrument, or one of its questions. Two SQL queries."""
    sheets = AnswerSheet.objects.filter(instrument_id=instrument_id)
    if question:
        sheets = sheets.filter(answers__has_key=question)
    collectings = Collecting.objects.filter(published__instrument_id=instrument_id)
    return Answered(sheets.count(), collectings.count())


def editions_asked(instruments: Collection[int]) -> dict[int, tuple[str, ...]]:
    """Return, by instrument, the editions it was asked in, by code. Two SQL queries."""
    collected = Collecting.objects.filter(published__instrument__in=instruments)
    answered = AnswerSheet.objects.filter(instrument__in=instruments).order_by()
    found: dict[int, set[str]] = {}
    for number, edition in [
        *collected.values_list("published__instrument_id", "edition").distinct(),
        *answered.values_list("instrument_id", "edition").distinct(),
    ]:
        found.setdefault(number, set()).add(edition)
    return {number: tuple(sorted(editions)) for number, editions in found.items()}
