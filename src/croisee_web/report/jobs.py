"""The long work of the report slice."""

from croisee.language import Phrase
from croisee_web.analysis.usecases import JOB
from croisee_web.jobs.rules import JobContext, job
from croisee_web.report.usecases import compute_results

STEPS = 7
"""How many steps a run tells."""


@job(JOB)
def compute(context: JobContext) -> None:
    """Compute a study's results, and say each step."""
    done = 0

    def tell(step: Phrase) -> None:
        nonlocal done
        context.report(step, min(done, STEPS), STEPS)
        done += 1

    compute_results(
        run_id=int(context.arguments["run"]), actor=context.actor, at=context.now(), progress=tell
    )
