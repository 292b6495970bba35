"""Questionnaires being written. Nothing here writes."""

from __future__ import annotations

from croisee_web.instruments.models import Questionnaire
from croisee_web.instruments.rules import untaken
from croisee_web.kit.errors import NotFound

_LONGEST = 60
"""Letters of a code made from a name."""


def questionnaire_row(study_id: int, code: str, *, locked: bool = False) -> Questionnaire:
    """Return a questionnaire of a study; locked, nobody else changes it until the act is done.

    For the use cases and queries of this slice, which ask who may. One SQL query.

    Raises:
        NotFound: no such questionnaire.
    """
    rows = Questionnaire.objects.select_related("study", "method")
    if locked:
        rows = rows.select_for_update(of=("self",))
    row = rows.filter(study_id=study_id, code=code).first()
    if row is None:
        raise NotFound
    return row


def questionnaire_number(study_id: int, code: str) -> int:
    """Return the number of a questionnaire; 0, which none has, where there is no such code."""
    rows = Questionnaire.objects.filter(study_id=study_id, code=code).values_list("pk", flat=True)
    return rows.first() or 0


def free_code(study_id: int, wanted: str) -> str:
    """Return the code of a new questionnaire: the one wanted, or with a number after it."""
    taken = set(Questionnaire.objects.filter(study_id=study_id).values_list("code", flat=True))
    return untaken(wanted[:_LONGEST].strip("-"), taken)
