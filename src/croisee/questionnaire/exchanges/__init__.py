"""Questionnaires and answers that come from elsewhere, or go there: files in, submissions out.

Every answer becomes a submission (XML) as a phone would send it, so that everything enters by
one door. What a format cannot say is listed, question by question; nothing is dropped in silence.
"""

from croisee.questionnaire.exchanges.entering import Brought, Entered, enter
from croisee.questionnaire.exchanges.told import Exported, Imported, Loss, Trouble

__all__ = ["Brought", "Entered", "Exported", "Imported", "Loss", "Trouble", "enter"]
