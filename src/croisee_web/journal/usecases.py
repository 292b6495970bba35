"""The one way to write in the journal."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from croisee_web.journal.models import Entry
from croisee_web.journal.rules import ORIGIN, entry_digest
from croisee_web.journal.vocabulary import ACTS


@transaction.atomic
def record(*, act: str, actor: str, at: datetime, **details: object) -> Entry:
    """Append one act, chained to the last; called inside the act's own transaction.

    Two writers cannot follow the same entry: ``previous`` is unique.

    Raises:
        ValueError: the act is not in the vocabulary.
    """
    if act not in ACTS:
        raise ValueError(act)
    last = Entry.objects.select_for_update().order_by("-pk").first()
    previous = last.digest if last else ORIGIN
    return Entry.objects.create(
        act=act,
        actor=actor,
        happened_at=at,
        details=details,
        previous=previous,
        digest=entry_digest(previous=previous, act=act, actor=actor, at=at, details=details),
    )
