"""The one way to find a collection of a study by its number."""

from __future__ import annotations

from croisee_web.collection.models import Collecting
from croisee_web.kit.errors import NotFound


def collecting_of(study_id: int, collecting_id: int) -> Collecting:
    """Return a collection with its study and its questionnaire; who asks was seen to before.

    Raises:
        NotFound: no such collection in this study.
    """
    row = (
        Collecting.objects.select_related("study", "published__questionnaire")
        .filter(pk=collecting_id, study_id=study_id)
        .first()
    )
    if row is None:
        raise NotFound
    return row
