"""Questions one may ask of the journal. Nothing here writes."""

from __future__ import annotations

from croisee_web.journal.models import Entry
from croisee_web.journal.rules import ORIGIN, entry_digest


def broken_entries() -> tuple[int, ...]:
    """Return the ids of the entries whose chain does not hold. One SQL query."""
    broken, previous = [], ORIGIN
    for entry in Entry.objects.order_by("pk"):
        expected = entry_digest(
            previous=previous,
            act=entry.act,
            actor=entry.actor,
            at=entry.happened_at,
            details=entry.details,
        )
        if entry.previous != previous or entry.digest != expected:
            broken.append(entry.pk)
        previous = entry.digest
    return tuple(broken)
