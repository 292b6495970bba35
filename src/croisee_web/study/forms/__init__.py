"""What the pages of a study ask for."""

from croisee_web.study.forms.conflicts import show_conflict
from croisee_web.study.forms.description import DescriptionForm, NewStudyForm
from croisee_web.study.forms.parts import ROW_FORMS, row_formset

__all__ = ["ROW_FORMS", "DescriptionForm", "NewStudyForm", "row_formset", "show_conflict"]
