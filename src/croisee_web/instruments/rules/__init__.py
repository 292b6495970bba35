"""What the instruments decide without asking the database."""

from croisee_web.instruments.rules.answered import (
    Answered,
    answers_are_counted_by,
    answers_to,
)
from croisee_web.instruments.rules.correcting import (
    QuestionnaireRefused,
    ToCorrect,
    corrected,
    workbook_sent,
)
from croisee_web.instruments.rules.keeping import broken_by, kept_with
from croisee_web.instruments.rules.workbooks import book_of, grid_of, settled

__all__ = [
    "Answered",
    "QuestionnaireRefused",
    "ToCorrect",
    "answers_are_counted_by",
    "answers_to",
    "book_of",
    "broken_by",
    "corrected",
    "grid_of",
    "kept_with",
    "settled",
    "workbook_sent",
]
