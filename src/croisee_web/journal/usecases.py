"""The one way to write in the journal."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db import transaction

from croisee_web.journal.models import ChainHead, Entry, EntryDetails
from croisee_web.journal.rules import ORIGIN, commitment, entry_digest
from croisee_web.journal.vocabulary import is_declared


@transaction.atomic
def record(
    *, act: str, actor: str, at: datetime, study_id: int | None = None, **details: object
) -> Entry:
    """Append one act, chained to the last; called inside the act's own transaction.

    ``actor`` is an account's label (``compte:12``), « console » for a command, or « site ».
    Writers wait for each other on the chain's head: two cannot follow the same entry.

    Raises:
        ValueError: no slice declared this act.
    """
    if not is_declared(act):
        raise ValueError(act)
    ChainHead.objects.get_or_create(pk=1, defaults={"digest": ORIGIN})
    head = ChainHead.objects.select_for_update().get(pk=1)
    salt = secrets.token_hex(32)
    committed = commitment(salt=salt, content=details)
    entry = Entry.objects.create(
        act=act,
        actor=actor,
        study_id=study_id,
        happened_at=at,
        commitment=committed,
        previous=head.digest,
        digest=entry_digest(
            previous=head.digest,
            act=act,
            actor=actor,
            study_id=study_id,
            at=at,
            committed=committed,
        ),
    )
    EntryDetails.objects.create(entry=entry, salt=salt, content=details)
    head.digest, head.length = entry.digest, head.length + 1
    head.save()
    return entry
