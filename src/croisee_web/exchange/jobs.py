"""The long work of the exchange slice."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext_lazy as _

from croisee.language import Phrase
from croisee_web.access.models import Account
from croisee_web.exchange.usecases import do_export, do_import
from croisee_web.exchange.usecases.forgetting import forget_uploads
from croisee_web.exchange.usecases.transfers import EXPORT, IMPORT
from croisee_web.jobs.rules import JobContext, job


@job(IMPORT, title=_("Import d’un dossier d’étude"))
def bring_in(context: JobContext) -> None:
    """Read a received folder and make a study of it."""
    do_import(
        upload_id=int(context.arguments["upload"]),
        actor=context.actor,
        at=context.now(),
        progress=_steps(context, 4),
    )


@job(EXPORT, title=_("Export de l’étude"))
def take_out(context: JobContext) -> None:
    """Write a study as a folder, for who asked for it."""
    assert context.study_id is not None
    do_export(
        study_id=context.study_id,
        actor=Account.objects.get(pk=context.arguments["account"]),
        at=context.now(),
        progress=_steps(context, 2),
    )


@job("exchange.forget_uploads", daily=True)
def forget(context: JobContext) -> None:
    """Remove what was sent and led to nothing."""
    forget_uploads(actor=context.actor, at=context.now())


def _steps(context: JobContext, of: int) -> Callable[[Phrase], None]:
    done = 0

    def tell(step: Phrase) -> None:
        nonlocal done
        context.report(step, min(done, of), of)
        done += 1

    return tell
