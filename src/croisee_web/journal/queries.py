"""Questions one may ask of the journal. Nothing here writes."""

from __future__ import annotations

from croisee_web.journal.models import ChainHead, Entry
from croisee_web.journal.rules import ORIGIN, commitment, entry_digest


def broken_entries() -> tuple[int, ...]:
    """Return the ids of the entries whose chain does not hold; 0 when the tail is cut.

    Erased details break nothing. Two SQL queries, read as they come.
    """
    broken, previous, length = [], ORIGIN, 0
    for entry in Entry.objects.select_related("details").order_by("pk").iterator(chunk_size=5000):
        expected = entry_digest(
            previous=previous,
            act=entry.act,
            actor=entry.actor,
            study_id=entry.study_id,
            at=entry.happened_at,
            committed=entry.commitment,
        )
        details = getattr(entry, "details", None)
        opened = details is None or entry.commitment == commitment(
            salt=details.salt, content=details.content
        )
        if entry.previous != previous or entry.digest != expected or not opened:
            broken.append(entry.pk)
        previous, length = entry.digest, length + 1
    head = ChainHead.objects.filter(pk=1).values_list("digest", "length").first()
    if head is not None and head != (previous, length):
        broken.append(0)
    return tuple(broken)
