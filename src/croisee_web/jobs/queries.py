"""Questions one may ask of jobs. Nothing here writes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.urls import translate_url
from django.utils.translation import get_language, override

from croisee_web.jobs.models import Job
from croisee_web.jobs.rules import in_language, title_of
from croisee_web.jobs.vocabulary import JobState
from croisee_web.kit.errors import NotFound


@dataclass(frozen=True, slots=True)
class JobCard:
    """Where a job stands, in the reader's language. ``under_way``: the page reloads itself."""

    id: int
    name: str
    title: str
    study_id: int | None
    asked_by: str
    asked_at: datetime
    state: JobState
    step: str
    done: int
    of: int
    message: str
    leads_to: str

    @property
    def under_way(self) -> bool:
        """Whether it waits or runs."""
        return self.state in {JobState.WAITING, JobState.RUNNING}

    @property
    def state_label(self) -> str:
        """The word of its state."""
        return str(self.state.label)


def job_card(*, job_id: int, asked_by: str = "", study_id: int | None = None) -> JobCard:
    """Return one job, for whoever asked for it or for its study's page. One SQL query.

    The caller has checked what the reader may do in ``study_id``; without it, only the
    account (``asked_by``, its label) that asked may look.

    Raises:
        NotFound: no such job, or it is neither this account's nor this study's.
    """
    job = Job.objects.filter(pk=job_id).first()
    allowed = job is not None and (
        (asked_by and job.asked_by == asked_by)
        or (study_id is not None and job.study_id == study_id)
    )
    if job is None or not allowed:
        raise NotFound
    return _card(job)


def latest_job(*, name: str, study_id: int) -> JobCard | None:
    """Return the last job of a kind asked for in a study. One SQL query."""
    job = Job.objects.filter(name=name, study_id=study_id).order_by("-pk").first()
    return None if job is None else _card(job)


def _card(job: Job) -> JobCard:
    language = get_language() or "fr"
    return JobCard(
        id=job.pk,
        name=job.name,
        title=title_of(job.name),
        study_id=job.study_id,
        asked_by=job.asked_by,
        asked_at=job.asked_at,
        state=JobState(job.state),
        step=in_language(job.step, language),
        done=job.done,
        of=job.of,
        message=in_language(job.message, language),
        leads_to=_in(language, job.leads_to),
    )


def _in(language: str, address: str) -> str:
    """Return an address of this site, kept in French, in the reader's language."""
    if not address:
        return ""
    with override("fr"):
        return translate_url(address, language)
