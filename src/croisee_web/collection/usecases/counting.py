"""Anonymous answers in the journal: how many a day brought, never one by one."""

from __future__ import annotations

from datetime import datetime

from django.db import connection, transaction
from django.db.models import F

from croisee_web.collection.models import DayCount
from croisee_web.collection.rules.openness import zone_of
from croisee_web.collection.vocabulary import ANSWERS_COUNTED
from croisee_web.jobs.usecases import ask
from croisee_web.journal.usecases import record
from croisee_web.people.usecases import CLEAN


@transaction.atomic
def count_in_journal(*, actor: str, at: datetime) -> int:
    """Record the count of each day that is over, for anonymous collections; return how many.

    An entry an answer would say when each came. Where there were some, freed places of the base
    are wiped: they still held rows in the order they came.
    """
    rows = list(
        DayCount.objects.select_for_update(of=("self",))
        .select_related("collecting__study")
        .filter(collecting__anonymous=True, count__gt=F("journaled"))
        .order_by("collecting_id", "day", "case_id")
    )
    over = [
        row for row in rows
        if row.day < at.astimezone(zone_of(row.collecting.study.timezone)).date()
    ]  # fmt: skip
    for row in over:
        record(
            act=ANSWERS_COUNTED,
            actor=actor,
            at=at,
            study_id=row.collecting.study_id,
            collecting=row.collecting_id,
            case=row.case_id,
            sheets=row.count - row.journaled,
        )
        row.journaled = row.count
        row.save(update_fields=["journaled"])
    if over and connection.vendor == "postgresql":
        ask(job=CLEAN, actor=actor, at=at, key=f"{CLEAN}:collection:{at.date()}")
    return len(over)
