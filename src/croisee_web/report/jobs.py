"""The long work of the report slice."""

from collections.abc import Callable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from croisee.language import Phrase
from croisee_web.access.models import Account
from croisee_web.analysis.usecases import JOB
from croisee_web.jobs.rules import JobContext, job
from croisee_web.report.usecases import compute_results, seal_results
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
    with override("fr"):
        slug = Study.objects.values_list("slug", flat=True).get(pk=context.study_id)
        context.lead_to(reverse("report:results", args=[slug]))


def _steps(context: JobContext) -> Callable[[Phrase], None]:
    done = 0

    def tell(step: Phrase) -> None:
        nonlocal done
        context.report(step, min(done, STEPS), STEPS)
        done += 1

    return tell
