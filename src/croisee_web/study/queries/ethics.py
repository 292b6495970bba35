"""Whether collection may run, and what must be destroyed next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from croisee_web.study.models import Certificate, Retention
from croisee_web.study.rules.ethics import Period, why_closed
from croisee_web.study.vocabulary import Fate


def collection_open(study_id: int, on: date) -> str:
    """Return why collection may not run on a day, "" when it may. One SQL query.

    An ethics certificate opens it between its dates, both included; without any certificate,
    nothing says that it may. For the slices that collect; asks nobody's role.
    """
    periods = Certificate.objects.filter(study_id=study_id).values_list("start", "end")
    return why_closed([Period(start, end) for start, end in periods], on)


@dataclass(frozen=True, slots=True)
class Kept:
    """One thing kept, and what will be done of it."""

    what: str
    until: date
    fate: str


def next_destruction(study_id: int) -> Kept | None:
    """Return the next line of the retention calendar not done yet. One SQL query."""
    row = (
        Retention.objects.filter(study_id=study_id, done_on=None)
        .order_by("until", "pk")
        .values_list("what", "until", "fate")
        .first()
    )
    return Kept(row[0], row[1], str(Fate(row[2]).label)) if row else None
