"""Asking for a job; taking, renewing and ending one. One function an act.

``actor`` is who asks (an account's label, « site ») or the worker that does the work.
"""

from __future__ import annotations

import traceback
from datetime import datetime, timedelta
from logging import getLogger
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q

from croisee_web.jobs.models import Job
from croisee_web.jobs.rules import (
    LEASE,
    MAX_ATTEMPTS,
    LeaseLost,
    daily_jobs,
    in_each_language,
    job_called,
    retry_delay,
)
from croisee_web.jobs.vocabulary import GAVE_UP, JobState
from croisee_web.kit.errors import UseCaseError

_log = getLogger(__name__)


def ask(
    *,
    job: str,
    actor: str,
    at: datetime,
    study_id: int | None = None,
    key: str | None = None,
    **arguments: object,
) -> Job:
    """Put a job in the queue, in the caller's own transaction: no act without its job.

    ``arguments`` are kept as JSON: ids and counts, never names or words. With ``key``, a job
    already asked for under it is returned instead.

    Raises:
        ValueError: no slice registered this job.
    """
    if job_called(job) is None:
        raise ValueError(job)
    row = Job(
        name=job,
        arguments=arguments,
        study_id=study_id,
        asked_by=actor,
        asked_at=at,
        not_before=at,
        key=key,
    )
    if key is None:
        row.save()
        return row
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        return Job.objects.get(key=key)
    return row


def ask_for_daily_jobs(*, actor: str, at: datetime) -> None:
    """Ask for each job of the day once, whatever the number of workers."""
    for name in daily_jobs():
        key = f"{name}:{at:%Y-%m-%d}"
        if not Job.objects.filter(key=key).exists():
            ask(job=name, actor=actor, at=at, key=key)


@transaction.atomic
def take_next(*, actor: str, at: datetime, lease: timedelta = LEASE) -> Job | None:
    """Give a worker the oldest job to do: one that waits, or whose worker has died.

    A job begun too often is given up on the way, in words. Returns nothing when the queue is
    empty.
    """
    due = Q(state=JobState.WAITING, not_before__lte=at)
    left = Q(state=JobState.RUNNING, lease_until__lte=at)
    rows = Job.objects.select_for_update(skip_locked=True).filter(due | left).order_by("pk")
    for job in rows[:20]:
        if job.attempts >= MAX_ATTEMPTS:
            _end(job, JobState.FAILED, at)
            job.message = in_each_language(GAVE_UP)
            job.save()
            continue
        job.state, job.holder, job.lease_until = JobState.RUNNING, actor, at + lease
        job.attempts += 1
        job.save()
        return job
    return None


def renew(*, job: Job, actor: str, at: datetime, lease: timedelta = LEASE, **told: Any) -> None:
    """Hold a job longer, and write what it says of itself (``told``: columns).

    Raises:
        LeaseLost: another worker has it.
    """
    held = Job.objects.filter(
        pk=job.pk, state=JobState.RUNNING, holder=actor, attempts=job.attempts
    )
    if not held.update(lease_until=at + lease, **told):
        raise LeaseLost


@transaction.atomic
def finish(*, job: Job, actor: str, at: datetime) -> None:
    """Mark a job done. Does nothing when another worker has it."""
    row = _held(job, actor)
    if row is not None:
        _end(row, JobState.DONE, at)
        row.arguments = {}
        row.save()


@transaction.atomic
def give_back(*, job: Job, actor: str, at: datetime) -> None:
    """Put back a job that a stopping worker could not end: it costs no attempt."""
    row = _held(job, actor)
    if row is not None:
        row.state, row.holder, row.lease_until = JobState.WAITING, "", None
        row.attempts, row.not_before = row.attempts - 1, at
        row.save()


@transaction.atomic
def fail(*, job: Job, actor: str, at: datetime, cause: BaseException) -> None:
    """Say a refusal's own words at once; try anything else again, then say that it stopped.

    The log holds where it failed and the kind of failure, never its text: that may quote an
    answer.
    """
    row = _held(job, actor)
    if row is None:
        return
    if isinstance(cause, UseCaseError):
        _end(row, JobState.FAILED, at)
        row.message = cause.told or in_each_language(str(cause))
    else:
        frame = traceback.extract_tb(cause.__traceback__)[-1:]
        where = f"{frame[0].filename}:{frame[0].lineno}" if frame else ""
        _log.error("job %s failed: %s at %s", row, type(cause).__name__, where)
        if row.attempts >= MAX_ATTEMPTS:
            _end(row, JobState.FAILED, at)
            row.message = in_each_language(GAVE_UP)
        else:
            row.state, row.holder, row.lease_until = JobState.WAITING, "", None
            row.not_before = at + retry_delay(row.attempts)
    row.save()


@transaction.atomic
def try_again(*, job_id: int, actor: str, at: datetime) -> None:
    """Put a job that stopped back in the queue, with all its attempts; for who asked for it."""
    Job.objects.filter(pk=job_id, asked_by=actor, state=JobState.FAILED).update(
        state=JobState.WAITING,
        attempts=0,
        not_before=at,
        message={},
        step={},
        done=0,
        of=0,
        ended_at=None,
    )


def forget_old_jobs(*, actor: str, at: datetime, keep: timedelta = timedelta(days=90)) -> int:
    """Remove the jobs that ended long ago; return their number."""
    del actor
    number, _by_model = Job.objects.filter(ended_at__lt=at - keep).delete()
    return number


def _held(job: Job, actor: str) -> Job | None:
    return (
        Job.objects.select_for_update()
        .filter(pk=job.pk, state=JobState.RUNNING, holder=actor, attempts=job.attempts)
        .first()
    )


def _end(job: Job, state: JobState, at: datetime) -> None:
    job.state, job.ended_at = state, at
    job.holder, job.lease_until = "", None
