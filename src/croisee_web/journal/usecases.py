"""The one way to write in the journal, to anchor it, and to erase what an entry commits to."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from croisee_web.journal.models import ChainHead, Entry, EntryDetails
from croisee_web.journal.rules import ORIGIN, Anchor, append_anchor, commitment, entry_digest
from croisee_web.journal.vocabulary import DETAILS_ERASED, is_declared
from croisee_web.kit.statements import insert_all


@dataclass(frozen=True, slots=True)
class Act:
    """What is to be recorded, as :func:`record` is told it."""

    act: str
    actor: str
    at: datetime
    study_id: int | None
    details: Mapping[str, object]


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
    (entry,) = _recorded([Act(act, actor, at, study_id, details)])
    return entry


def record_all(*, acts: Sequence[Act]) -> None:
    """Append several acts at once, in this order; called last in their own transaction.

    The chain's head, for which every writer waits, is then held as short as may be.

    Raises:
        ValueError: no slice declared one of these acts.
    """
    if acts:
        with transaction.atomic(savepoint=False):
            _recorded(acts)


def _recorded(acts: Sequence[Act]) -> list[Entry]:
    for one in acts:
        if not is_declared(one.act):
            raise ValueError(one.act)
    previous, length = _held_head()
    entries: list[Entry] = []
    details: list[EntryDetails] = []
    for one in acts:
        salt = secrets.token_hex(32)
        committed = commitment(salt=salt, content=dict(one.details))
        entry = _entry(one, previous, committed)
        previous = entry.digest
        entries.append(entry)
        details.append(EntryDetails(salt=salt, content=dict(one.details)))
    insert_all(entries)
    for entry, row in zip(entries, details, strict=True):
        row.entry_id = entry.pk
    insert_all(details)
    with connection.cursor() as cursor:
        cursor.execute(_ADVANCE, [previous, length + len(entries)])
    return entries


def _entry(one: Act, previous: str, committed: str) -> Entry:
    digest = entry_digest(
        previous=previous,
        act=one.act,
        actor=one.actor,
        study_id=one.study_id,
        at=one.at,
        committed=committed,
    )
    return Entry(
        act=one.act,
        actor=one.actor,
        study_id=one.study_id,
        happened_at=one.at,
        commitment=committed,
        previous=previous,
        digest=digest,
    )


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
