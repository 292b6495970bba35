"""The journal's daily anchor."""

from croisee_web.jobs.rules import JobContext, job
from croisee_web.journal.usecases import anchor


@job("journal.anchor", daily=True)
def anchor_daily(context: JobContext) -> None:
    """Sign the head of the chain; twice in a day does no harm."""
    anchor(actor=context.actor, at=context.now())
