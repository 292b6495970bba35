"""The queue's own upkeep."""

from croisee_web.jobs.rules import JobContext, job
from croisee_web.jobs.usecases import forget_old_jobs


@job("jobs.forget", daily=True)
def forget(context: JobContext) -> None:
    """Remove the rows of jobs that ended long ago."""
    forget_old_jobs(actor=context.actor, at=context.now())
