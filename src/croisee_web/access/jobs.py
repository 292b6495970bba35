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


@job("access.recovery")
def recovery(context: JobContext) -> None:
    """Open a recovery that was asked for, if there is such an account."""
    usecases.open_recovery(
        number=context.arguments["account"],
        origin=context.arguments["origin"],
        actor=context.actor,
        at=context.now(),
    )


@job("access.recovery-told")
def recovery_told(context: JobContext) -> None:
    """Tell everyone concerned where a recovery stands."""
    usecases.tell_of_recovery(
        number=context.arguments["recovery"],
        what=context.arguments["what"],
        origin=context.arguments["origin"],
        actor=context.actor,
        at=context.now(),
    )


@job("access.recovery-link")
def recovery_link(context: JobContext) -> None:
    """Send the link that two persons have allowed."""
    usecases.send_recovery_link(
        number=context.arguments["recovery"],
        origin=context.arguments["origin"],
        actor=context.actor,
        at=context.now(),
    )


@job("access.administrator")
def administrator(context: JobContext) -> None:
    """Tell who administers the site that somebody was named, or removed."""
    usecases.tell_of_administrator(
        number=context.arguments["account"],
        named=context.arguments["named"],
        origin=context.arguments["origin"],
        actor=context.actor,
        at=context.now(),
    )


@job("access.forget", daily=True)
def forget(context: JobContext) -> None:
    """Remove counted tries, links and sessions that are over."""
    usecases.forget_what_is_over(actor=context.actor, at=context.now())
