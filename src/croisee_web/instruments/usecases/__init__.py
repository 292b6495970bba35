"""What one may do about questionnaires and guides. One function an act."""

from croisee_web.instruments.rules import QuestionnaireRefused, ToCorrect
from croisee_web.instruments.usecases.drafting import (
    StillPublished,
    change_questionnaire,
    remove_questionnaire,
    rename_questionnaire,
    start_questionnaire,
    undo_change,
)
from croisee_web.instruments.usecases.editions import Carrying, NewEdition, start_edition
from croisee_web.instruments.usecases.publishing import publish
from croisee_web.instruments.usecases.writing import write_instruments

__all__ = [
    "Carrying",
    "NewEdition",
    "QuestionnaireRefused",
    "StillPublished",
    "ToCorrect",
    "change_questionnaire",
    "publish",
    "remove_questionnaire",
    "rename_questionnaire",
    "start_edition",
    "start_questionnaire",
    "undo_change",
    "write_instruments",
]
