"""The long work of the report slice."""

from collections.abc import Callable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from croisee.language import Phrase
from croisee_web.access.models import Account
from croisee_web.analysis.usecases import JOB
from croisee_web.jobs.rules import JobContext, job
from croisee_web.report.usecases import (
    compute_results,
    make_amendment,
    seal_results,
    try_amendment,
)
from croisee_web.report.usecases.amending import DO, TRY
from croisee_web.report.usecases.sealing import JOB as SEAL
from croisee_web.study.models import Study

STEPS = 7
"""How many steps a run tells."""


@job(JOB, title=_("Calcul des résultats"))
def compute(context: JobContext) -> None:
    """Compute a study's results, and say each step."""
    compute_results(
        run_id=int(context.arguments["run"]),
        actor=context.actor,
        at=context.now(),
        progress=_steps(context),
    )


@job(SEAL, title=_("Scellement de la diffusion"))
def seal(context: JobContext) -> None:
    """Seal this edition's release, on behalf of who asked for it."""
    assert context.study_id is not None
    seal_results(
        study_id=context.study_id,
        actor=Account.objects.get(pk=context.arguments["account"]),
        at=context.now(),
        progress=_steps(context),
    )
    _lead_to(context, "report:results")


@job(TRY, title=_("Essai d’un changement après le sceau"))
def attempt(context: JobContext) -> None:
    """Compute and audit a change to a sealed release, without making it."""
    number = int(context.arguments["amendment"])
    try_amendment(
        amendment_id=number,
        actor=Account.objects.get(pk=context.arguments["account"]),
        at=context.now(),
        progress=_steps(context),
    )
    _lead_to(context, "report:amendment", number)


@job(DO, title=_("Changement après le sceau"))
def amend(context: JobContext) -> None:
    """Make a change that was decided, then ask for the documents it changes."""
    number = int(context.arguments["amendment"])
    make_amendment(
        amendment_id=number,
        actor=Account.objects.get(pk=context.arguments["account"]),
        at=context.now(),
        progress=_steps(context),
    )
    _lead_to(context, "report:amendment", number)


def _lead_to(context: JobContext, name: str, *parts: int) -> None:
    assert context.study_id is not None
    with override("fr"):
        slug = Study.objects.values_list("slug", flat=True).get(pk=context.study_id)
        context.lead_to(reverse(name, args=[slug, *parts]))


def _steps(context: JobContext) -> Callable[[Phrase], None]:
    done = 0

    def tell(step: Phrase) -> None:
        nonlocal done
        context.report(step, min(done, STEPS), STEPS)
        done += 1

    return tell
