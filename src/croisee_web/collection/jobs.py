"""What the worker does for the collection: letters, and forgetting what is over."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from croisee_web.collection.usecases.ending import forget_what_is_over
from croisee_web.collection.usecases.posting import send_letter_to_all
from croisee_web.jobs.rules import JobContext, job


@job("collection.letter", title=_("Envoi des courriels d’une collecte"))
def letter(context: JobContext) -> None:
    """Send an invitation or a reminder to those it is for."""
    send_letter_to_all(
        letter_id=context.arguments["letter"],
        actor=context.actor,
        now=context.now,
        progress=lambda done, of: context.report(_("Envoi des courriels"), done, of),
    )


@job("collection.forget", daily=True)
def forget(context: JobContext) -> None:
    """Remove the drafts, addresses and keys of collections that are well over."""
    forget_what_is_over(actor=context.actor, at=context.now())
