"""A collection held by whoever is about to change it."""

from __future__ import annotations

from croisee_web.access.models import Account
from croisee_web.access.queries import require
from croisee_web.access.vocabulary import Verb
from croisee_web.collection.models import Collecting
from croisee_web.kit.errors import NotFound


def locked_collecting(collecting_id: int, actor: Account) -> Collecting:
    """Return a collection for somebody who conducts it, held until her transaction ends.

    Raises:
        NotFound, NotAllowed: there is none, or she does not conduct this study's collections.
    """
    row = (
        Collecting.objects.select_for_update(of=("self",))
        .select_related("study", "published__instrument")
        .filter(pk=collecting_id)
        .first()
    )
    if row is None:
        raise NotFound
    require(actor=actor, verb=Verb.EDIT_STUDY, study_id=row.study_id)
    return row
