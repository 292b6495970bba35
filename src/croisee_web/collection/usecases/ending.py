"""What goes once a collection is well over: drafts, the key of its links, its addresses."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from croisee_web.collection import vault
from croisee_web.collection.models import Collecting, Draft, Invitation
from croisee_web.collection.rules.openness import KEPT_AFTER, Dates


def forget_what_is_over(*, actor: str, at: datetime) -> int:
    """Remove the drafts, addresses and keys of collections closed a week ago; return how many.

    Links stay: whether they were used is counted. A link sent before no longer leads to a draft.
    """
    del actor
    ended = 0
    for row in Collecting.objects.select_related("study").filter(opens_on__lte=at.date()):
        dates = Dates(row.opens_on, row.closes_on, row.closed_at, row.study.timezone)
        if dates.day_of(at - KEPT_AFTER) <= dates.closed_on:
            continue
        with transaction.atomic():
            Draft.objects.filter(collecting=row).delete()
            Invitation.objects.filter(link__collecting=row).delete()
        ended += vault.destroy_key(row.study_id, row.pk)
    return ended
