"""What the worker does for the access slice: mails, and forgetting what is over."""

from __future__ import annotations

from croisee_web.access import usecases
from croisee_web.jobs.rules import JobContext, job


@job("access.invitation")
def invitation(context: JobContext) -> None:
    """Send one invitation."""
    usecases.send_invitation(
        number=context.arguments["invitation"],
        origin=context.arguments["origin"],
        actor=context.actor,
        at=context.now(),
    )


@job("access.reset")
def reset(context: JobContext) -> None:
    """Send one link for a new password."""
    usecases.send_reset(
        number=context.arguments["account"],
        origin=context.arguments["origin"],
        actor=context.actor,
        at=context.now(),
    )


@job("access.opening")
def opening(context: JobContext) -> None:
    """Tell a study's leads of an exceptional access."""
    usecases.tell_of_opening(
        number=context.arguments["opening"],
        origin=context.arguments["origin"],
        actor=context.actor,
        at=context.now(),
    )


@job("access.forget", daily=True)
def forget(context: JobContext) -> None:
    """Remove counted tries, links and sessions that are over."""
    usecases.forget_what_is_over(actor=context.actor, at=context.now())
