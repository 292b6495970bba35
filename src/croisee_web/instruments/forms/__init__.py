"""What the pages of questionnaires ask for."""

from croisee_web.instruments.forms.editions import EditionForm
from croisee_web.instruments.forms.questions import (
    ConditionForm,
    QuestionForm,
    choice_rows,
    limits_with,
)
from croisee_web.instruments.forms.starting import BlankForm, FileForm, NameForm, WorkbookForm

__all__ = [
    "BlankForm",
    "ConditionForm",
    "EditionForm",
    "FileForm",
    "NameForm",
    "QuestionForm",
    "WorkbookForm",
    "choice_rows",
    "limits_with",
]
