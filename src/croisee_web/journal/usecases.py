"""The one way to write in the journal, to anchor it, and to erase what an entry commits to."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db import transaction

from croisee_web.journal.models import ChainHead, Entry, EntryDetails
from croisee_web.journal.rules import ORIGIN, Anchor, append_anchor, commitment, entry_digest
from croisee_web.journal.vocabulary import DETAILS_ERASED, is_declared


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


def anchor(*, actor: str, at: datetime) -> Anchor:
    """Sign the head of the chain and write it outside the database, on disk before returning."""
    del actor
    head = ChainHead.objects.filter(pk=1).first()
    made = Anchor(at, head.length if head else 0, head.digest if head else ORIGIN)
    append_anchor(made)
    return made


@transaction.atomic
def erase_details(*, actor: str, at: datetime, study_id: int, **having: object) -> int:
    """Erase the details that name something (``participant="P-07"``); the chain holds without.

    Returns how many entries lost theirs.
    """
    named = EntryDetails.objects.filter(entry__study_id=study_id).filter(
        **{f"content__{key}": value for key, value in having.items()}
    )
    number, _by_model = named.delete()
    if number:
        record(act=DETAILS_ERASED, actor=actor, at=at, study_id=study_id, entries=number)
    return number
