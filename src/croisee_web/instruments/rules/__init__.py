"""What the instruments decide without asking the database."""

from croisee_web.instruments.rules.answered import (
    Answered,
    answers_are_counted_by,
    answers_to,
    editions_are_told_by,
    editions_of,
)
from croisee_web.instruments.rules.correcting import (
    QuestionnaireRefused,
    ToCorrect,
    corrected,
    questionnaire_sent,
    workbook_sent,
)
from croisee_web.instruments.rules.keeping import broken_by, kept_with
from croisee_web.instruments.rules.starting import Beginning, from_nothing, from_template
from croisee_web.instruments.rules.workbooks import (
    asked_rows,
    book_of,
    grid_of,
    identified,
    setting,
    settled,
    untaken,
)

__all__ = [
    "Answered",
    "Beginning",
    "QuestionnaireRefused",
    "ToCorrect",
    "answers_are_counted_by",
    "answers_to",
    "asked_rows",
    "book_of",
    "broken_by",
    "corrected",
    "editions_are_told_by",
    "editions_of",
    "from_nothing",
    "from_template",
    "grid_of",
    "identified",
    "kept_with",
    "questionnaire_sent",
    "setting",
    "settled",
    "untaken",
    "workbook_sent",
]
