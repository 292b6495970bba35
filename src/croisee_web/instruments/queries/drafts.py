"""Questionnaires being written. Nothing here writes."""

from __future__ import annotations

from django.utils.translation import gettext as _

from croisee_web.instruments.models import Questionnaire
from croisee_web.kit.errors import NotFound


def locked_questionnaire(questionnaire_id: int) -> Questionnaire:
    """Return a questionnaire that nobody else can change until the act is done.

    Raises:
        NotFound: no such questionnaire.
    """
    row = (
        Questionnaire.objects.select_for_update(of=("self",))
        .select_related("study", "method")
        .filter(pk=questionnaire_id)
        .first()
    )
    if row is None:
        raise NotFound(_("Il n’y a rien à cette adresse. Le lien a peut-être changé."))
    return row
