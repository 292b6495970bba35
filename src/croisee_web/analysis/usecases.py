"""Runs: asked for, begun, done or refused; and the datasets that a withdrawal destroys."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import F, Max
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from croisee_web.access.models import Account
from croisee_web.access.queries import require
from croisee_web.access.vocabulary import Verb
from croisee_web.analysis.models import Freeze, Run
from croisee_web.analysis.queries import results_folder, results_root
from croisee_web.analysis.rules import remove_folders
from croisee_web.analysis.vocabulary import (
    DATASET_DESTROYED,
    RUN_ASKED,
    RUN_DONE,
    RUN_REFUSED,
    RunState,
)
from croisee_web.jobs.models import Job
from croisee_web.jobs.rules import in_each_language
from croisee_web.jobs.usecases import ask
from croisee_web.jobs.vocabulary import JobState
from croisee_web.journal.usecases import record
from croisee_web.kit.errors import UseCaseError

UNDER_WAY = (RunState.WAITING, RunState.RUNNING)
JOB = "report.compute"
"""The job that does a run: it needs every slice, so it lies above this one."""


GIVEN_UP = gettext_lazy("Le calcul s’est arrêté sans finir. Un autre a été demandé.")


class RunChanged(UseCaseError):
    """What a run read has changed while it ran: what it made may not be kept."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run made: its Dataset, its release, what the audit said."""

    digest: str
    release_code: str
    sealed_on: date | None
    audit_passed: bool
    beside: tuple[tuple[str, str, str], ...] = ()
    """Tables that the seal does not hold: key, title in French, in English."""


@transaction.atomic
def ask_for_run(*, study_id: int, actor: Account, at: datetime) -> Run:
    """Ask for a study's results; one that already waits or runs is returned instead.

    Raises:
        NotFound, NotAllowed: the actor may not compute this study's results.
    """
    require(actor=actor, verb=Verb.FREEZE, study_id=study_id)
    return ask_again(study_id=study_id, actor=actor.label, at=at)


@transaction.atomic
def ask_again(*, study_id: int, actor: str, at: datetime) -> Run:
    """Ask for a study's results on behalf of an act that makes them needed.

    ``actor`` is an account's label, or « site ».
    """
    waiting = Run.objects.filter(study_id=study_id, state__in=UNDER_WAY).order_by("pk").first()
    if waiting is not None and _is_alive(waiting):
        return waiting
    if waiting is not None:
        refuse_run(run_id=waiting.pk, message=in_each_language(GIVEN_UP), actor=actor, at=at)
    last = Run.objects.filter(study_id=study_id).aggregate(n=Coalesce(Max("number"), 0))["n"]
    run = Run.objects.create(
        study_id=study_id, number=last + 1, state=RunState.WAITING, asked_at=at
    )
    job = ask(job=JOB, actor=actor, at=at, study_id=study_id, run=run.pk)
    run.job_id = job.pk
    run.save(update_fields=["job_id"])
    record(act=RUN_ASKED, actor=actor, at=at, study_id=study_id, run=run.number)
    return run


def _is_alive(run: Run) -> bool:
    """Return whether a run's job is still to come: one that was given up never ends its run."""
    job = Job.objects.filter(pk=run.job_id or 0).first()
    return job is not None and job.state in {JobState.WAITING, JobState.RUNNING}


@transaction.atomic
def begin_run(*, run_id: int, actor: str, at: datetime) -> Run | None:
    """Mark a run begun; ``None`` when it is already over. A run begun twice starts afresh."""
    del actor, at
    run = Run.objects.select_for_update().get(pk=run_id)
    if run.state not in UNDER_WAY:
        return None
    run.state, run.stale_since = RunState.RUNNING, None
    run.save(update_fields=["state", "stale_since"])
    return run


@transaction.atomic
def finish_run(*, run_id: int, outcome: Outcome, actor: str, at: datetime) -> None:
    """Keep what a run made, unless something it read has changed meanwhile.

    Earlier runs go with their files: results are those of the latest run only.

    Raises:
        RunChanged: a person withdrew while it ran; nothing may be kept.
    """
    run = Run.objects.select_for_update().get(pk=run_id)
    if run.stale_since is not None or run.state != RunState.RUNNING:
        raise RunChanged(_("Quelqu’un s’est retiré pendant le calcul. Il recommence."))
    freeze, made = Freeze.objects.get_or_create(
        study_id=run.study_id, digest=outcome.digest, defaults={"frozen_at": at}
    )
    if not made and freeze.destroyed_at is not None:
        freeze.destroyed_at = None
        freeze.save(update_fields=["destroyed_at"])
    run.freeze, run.state, run.finished_at = freeze, RunState.DONE, at
    run.release_code, run.sealed_on = outcome.release_code, outcome.sealed_on
    run.audit_passed, run.message = outcome.audit_passed, {}
    run.beside = [list(one) for one in outcome.beside]
    run.save()
    _replace_earlier(run)
    record(
        act=RUN_DONE,
        actor=actor,
        at=at,
        study_id=run.study_id,
        run=run.number,
        dataset=outcome.digest,
    )


def _replace_earlier(run: Run) -> None:
    earlier = Run.objects.filter(study_id=run.study_id, number__lt=run.number, state=RunState.DONE)
    folders = [
        results_folder(run.study_id, number) for number in earlier.values_list("number", flat=True)
    ]
    earlier.update(state=RunState.REMOVED)
    transaction.on_commit(lambda: remove_folders(folders))


@transaction.atomic
def refuse_run(*, run_id: int, message: dict[str, str], actor: str, at: datetime) -> None:
    """Note why a run gave nothing, in each language."""
    run = Run.objects.select_for_update().get(pk=run_id)
    run.state, run.message, run.finished_at = RunState.REFUSED, message, at
    run.save(update_fields=["state", "message", "finished_at"])
    record(act=RUN_REFUSED, actor=actor, at=at, study_id=run.study_id, run=run.number)


@transaction.atomic
def mark_results_stale(*, study_id: int, actor: str, at: datetime) -> None:
    """Note that the data changed since the results were computed: their page says so."""
    del actor
    Run.objects.filter(study_id=study_id, state=RunState.DONE).update(
        stale_since=Coalesce(F("stale_since"), at)
    )


@transaction.atomic
def destroy_datasets(*, study_id: int, actor: str, at: datetime, anew: bool = True) -> int:
    """Destroy every Dataset of a study and the results made of it; return how many there were.

    Each leaves its name and the day. A run under way may keep nothing of what it read. When
    there were results, or a run was under way, new ones are asked for, unless ``anew`` is false:
    at the end of a study's retention there is nothing left to compute.
    """
    living = Freeze.objects.filter(study_id=study_id, destroyed_at=None)
    digests = list(living.values_list("digest", flat=True))
    living.update(destroyed_at=at)
    had_some = remove_results(study_id=study_id, actor=actor, at=at)
    for digest in digests:
        record(act=DATASET_DESTROYED, actor=actor, at=at, study_id=study_id, dataset=digest)
    if had_some and anew:
        ask_again(study_id=study_id, actor=actor, at=at)
    return len(digests)


@transaction.atomic
def remove_results(*, study_id: int, actor: str, at: datetime) -> bool:
    """Take the results of a study off every page, at once; return whether there were some.

    A run under way starts again: it has read what is no longer so.
    """
    runs = Run.objects.select_for_update().filter(study_id=study_id)
    done = runs.filter(state=RunState.DONE).update(state=RunState.REMOVED, stale_since=at)
    under_way = start_over(study_id=study_id, actor=actor, at=at)
    root = results_root(study_id)
    transaction.on_commit(lambda: remove_folders([root]))
    return bool(done or under_way)


@transaction.atomic
def start_over(*, study_id: int, actor: str, at: datetime) -> bool:
    """Have a run under way start again, if there is one: what it has read has changed."""
    del actor
    return bool(
        Run.objects.filter(study_id=study_id, state=RunState.RUNNING).update(stale_since=at)
    )
