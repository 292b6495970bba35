"""How much a questionnaire was answered. Nothing here writes; nobody's role is asked."""

from __future__ import annotations

from croisee_web.collection.models import AnswerSheet, Collecting
from croisee_web.instruments.rules import Answered


def answered(instrument_id: int, question: str = "") -> Answered:
    """Return how many answered an instrument, or one of its questions. Two SQL queries."""
    sheets = AnswerSheet.objects.filter(instrument_id=instrument_id)
    if question:
        sheets = sheets.filter(answers__has_key=question)
    collectings = Collecting.objects.filter(published__instrument_id=instrument_id)
    return Answered(sheets.count(), collectings.count())
