"""What the worker does for the collection: letters, and forgetting what is over."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from croisee_web.collection.usecases.bringing import (
    READ,
    RECEIVE,
    forget_brought,
    read_brought,
    receive_brought,
)
from croisee_web.collection.usecases.counting import count_in_journal
from croisee_web.collection.usecases.ending import forget_what_is_over
from croisee_web.collection.usecases.intake.attaching import hide_times, remove_unheld
from croisee_web.collection.usecases.posting import send_letter_to_all
from croisee_web.collection.usecases.repeats import flag_repeats
from croisee_web.jobs.rules import JobContext, job


@job("collection.letter", title=_("Envoi des courriels d’une collecte"))
def letter(context: JobContext) -> None:
    """Send an invitation or a reminder to those it is for."""
    send_letter_to_all(
        letter_id=context.arguments["letter"],
        actor=context.actor,
        at=context.now(),
        now=context.now,
        progress=lambda done, of: context.report(_("Envoi des courriels"), done, of),
    )


@job("collection.forget", daily=True)
def forget(context: JobContext) -> None:
    """Remove the drafts, addresses and keys of collections that are well over."""
    forget_what_is_over(actor=context.actor, at=context.now())


@job("collection.count", daily=True)
def count(context: JobContext) -> None:
    """Say in the journal how many anonymous answers each past day brought."""
    count_in_journal(actor=context.actor, at=context.now())


@job("collection.repeats", daily=True)
def repeats(context: JobContext) -> None:
    """Flag answers alike that came the same day by an open link."""
    flag_repeats(actor=context.actor, at=context.now())


@job("collection.sweep", daily=True)
def sweep(context: JobContext) -> None:
    """Remove files that came with no answer that was kept; hide when the others came."""
    remove_unheld(at=context.now())
    hide_times()


@job(READ, title=_("Lecture d’un fichier de réponses"))
def read_file(context: JobContext) -> None:
    """Read a file of answers that somebody brought."""
    context.report(_("Lecture du fichier"))
    read_brought(bringing_id=context.arguments["bringing"], actor=context.actor, at=context.now())


@job(RECEIVE, title=_("Réception d’un fichier de réponses"))
def receive_file(context: JobContext) -> None:
    """Receive the answers of a file that was read."""
    receive_brought(
        bringing_id=context.arguments["bringing"],
        actor=context.actor,
        at=context.now(),
        now=context.now,
        progress=lambda done, of: context.report(_("Réception des réponses"), done, of),
    )


@job("collection.forget_brought", daily=True)
def forget_files_brought(context: JobContext) -> None:
    """Remove files of answers that were read and never received."""
    forget_brought(actor=context.actor, at=context.now())
