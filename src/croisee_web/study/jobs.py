"""What the worker does for the study slice: forgetting lists that nobody confirmed."""

from __future__ import annotations

from croisee_web.jobs.rules import JobContext, job
from croisee_web.study.usecases.members import forget_lists


@job("study.forget_lists", daily=True)
def forget(context: JobContext) -> None:
    """Remove the member lists that nobody confirmed within a week."""
    forget_lists(actor=context.actor, at=context.now())
