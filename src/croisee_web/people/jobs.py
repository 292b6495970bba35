"""What the worker does for the people slice: withdrawals finished, freed pages, days past."""

from __future__ import annotations

from croisee_web.jobs.rules import JobContext, job
from croisee_web.people import usecases


@job(usecases.CLEAN)
def clean_pages(context: JobContext) -> None:
    """Wipe the freed pages of the database after a withdrawal."""
    usecases.clean_freed_pages(actor=context.actor, at=context.now())


@job("people.finish_withdrawals", daily=True)
def finish_withdrawals(context: JobContext) -> None:
    """Finish the withdrawals of the ledger that a crash or a restore left undone."""
    usecases.reapply_withdrawals(at=context.now())


@job("people.look_at_dates", daily=True)
def look_at_dates(context: JobContext) -> None:
    """Tell the leads of what is kept past its day."""
    usecases.look_at_dates(actor=context.actor, at=context.now())
