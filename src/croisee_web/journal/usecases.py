"""The one way to write in the journal, to anchor it, and to erase what an entry commits to."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db import connection, transaction

from croisee_web.journal.models import ChainHead, Entry, EntryDetails
from croisee_web.journal.rules import ORIGIN, Anchor, append_anchor, commitment, entry_digest
from croisee_web.journal.vocabulary import DETAILS_ERASED, is_declared
from croisee_web.kit.statements import insert


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
    previous, length = _held_head()
    salt = secrets.token_hex(32)
    committed = commitment(salt=salt, content=details)
    entry = Entry(
        act=act,
        actor=actor,
        study_id=study_id,
        happened_at=at,
        commitment=committed,
        previous=previous,
        digest=entry_digest(
            previous=previous,
            act=act,
            actor=actor,
            study_id=study_id,
            at=at,
            committed=committed,
        ),
    )
    insert(entry)
    insert(EntryDetails(entry=entry, salt=salt, content=details))
    with connection.cursor() as cursor:
        cursor.execute(_ADVANCE, [entry.digest, length + 1])
    return entry


_HEAD = "SELECT digest, length FROM journal_chainhead WHERE id = 1"
_ADVANCE = "UPDATE journal_chainhead SET digest = %s, length = %s WHERE id = 1"
# Written once: an act is recorded with every answer that is received.


def _held_head() -> tuple[str, int]:
    """Return the chain's head and its length, held until the transaction ends."""
    locked = " FOR UPDATE" if connection.features.has_select_for_update else ""
    with connection.cursor() as cursor:
        cursor.execute(_HEAD + locked)
        found = cursor.fetchone()
        if found is None:
            ChainHead.objects.get_or_create(pk=1, defaults={"digest": ORIGIN})
            cursor.execute(_HEAD + locked)
            found = cursor.fetchone()
    return str(found[0]), int(found[1])


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
