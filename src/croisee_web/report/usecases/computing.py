"""A study's results, computed from the database: frozen, released, audited, written."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from django.conf import settings

from croisee.dataset import FreezeRefused
from croisee.disclosure import PolicyRefused, Register, RegisterRefused
from croisee.language import Language, Phrase
from croisee.run import OutputRefused, RunResult, StudyRefused, run_folder
from croisee_web.analysis.models import Run
from croisee_web.analysis.queries import register_folder, results_folder
from croisee_web.analysis.usecases import Outcome, RunChanged, begin_run, finish_run, refuse_run
from croisee_web.kit.disk import settle
from croisee_web.kit.errors import UseCaseError
from croisee_web.report.queries.described import study_folder
from croisee_web.report.rules import refusal_told
from croisee_web.report.usecases.renewing import renew_publications

Progress = Callable[[Phrase], None]
REFUSALS = (FreezeRefused, OutputRefused, PolicyRefused, RegisterRefused, StudyRefused)
_TRIES = 3


class ResultsRefused(UseCaseError):
    """The library refuses this study; the text is the library's own."""


def compute_results(
    *, run_id: int, actor: str, at: datetime, language: Language = "fr", progress: Progress
) -> None:
    """Do a run: freeze the study as it is now, and write its results, complete or not at all.

    Bears being run twice. When somebody withdraws meanwhile, what was made is destroyed and
    the run starts again.

    Raises:
        ResultsRefused: the library refuses; the run keeps its words.
        RunChanged: the data changed at every try.
    """
    for last in (*(False,) * (_TRIES - 1), True):
        run = begin_run(run_id=run_id, actor=actor, at=at)
        if run is None:
            return
        result = _compute(run, actor, at, language, progress)
        settle(result.out, Path(settings.STUDIES_ROOT))  # on the disk before it is said done
        try:
            finish_run(run_id=run_id, outcome=_outcome(result), actor=actor, at=at)
        except RunChanged:
            shutil.rmtree(result.out, ignore_errors=True)
            if last:
                raise
        else:
            renew_publications(study_id=run.study_id, actor=actor, at=at)
            return


def _compute(
    run: Run, actor: str, at: datetime, language: Language, progress: Progress
) -> RunResult:
    try:
        return run_folder(
            study_folder(run.study_id),
            Register.open(register_folder(run.study_id)),
            results_folder(run.study_id, run.number),
            at=at,
            language=language,
            progress=progress,
        )
    except REFUSALS as refusal:
        told = refusal_told(refusal)
        refuse_run(run_id=run.pk, message=told, actor=actor, at=at)
        raise ResultsRefused(told["fr"], told) from refusal


def _outcome(result: RunResult) -> Outcome:
    prepared = result.prepared
    return Outcome(
        prepared.dataset.digest,
        result.release.code,
        result.release.sealed_on,
        prepared.audit.passed,
        tuple((key, title.fr, title.en) for key, title in prepared.draft.log.beside),
    )
