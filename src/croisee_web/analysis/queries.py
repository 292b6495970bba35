"""Questions one may ask of freezes and runs. Nothing here writes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.conf import settings
from django.utils.translation import get_language

from croisee_web.analysis.models import Freeze, Run
from croisee_web.analysis.vocabulary import RunState
from croisee_web.jobs.rules import in_language


@dataclass(frozen=True, slots=True)
class RunCard:
    """One computation, as its page shows it."""

    id: int
    study_id: int
    number: int
    state: RunState
    job_id: int | None
    release_code: str
    sealed_on: date | None
    audit_passed: bool | None
    digest: str
    message: str
    asked_at: datetime
    finished_at: datetime | None
    stale_since: datetime | None
    beside: tuple[tuple[str, str, str], ...]

    @property
    def folder(self) -> Path:
        """Where its files lie."""
        return results_folder(self.study_id, self.number)

    @property
    def under_way(self) -> bool:
        """Whether it waits or runs."""
        return self.state in {RunState.WAITING, RunState.RUNNING}


@dataclass(frozen=True, slots=True)
class FreezeCard:
    """A Dataset by its name; destroyed, its tombstone."""

    digest: str
    frozen_at: datetime
    destroyed_at: datetime | None


def study_files(study_id: int) -> Path:
    """Return the folder of a study's files: register, results."""
    return Path(settings.STUDIES_ROOT) / str(study_id)


def register_folder(study_id: int) -> Path:
    """Return where a study's register lies: its key, its codes, its sealed releases."""
    return study_files(study_id) / "registre"


def results_root(study_id: int) -> Path:
    """Return where the results of every run of a study lie."""
    return study_files(study_id) / "resultats"


def results_folder(study_id: int, number: int) -> Path:
    """Return where the results of one run lie."""
    return results_root(study_id) / str(number)


def latest_run(*, study_id: int) -> RunCard | None:
    """Return the last run asked for in a study. One SQL query."""
    row = Run.objects.filter(study_id=study_id).select_related("freeze").order_by("-number").first()
    return None if row is None else _card(row)


def results_of(*, study_id: int) -> RunCard | None:
    """Return the run whose results may be read, the latest done. One SQL query."""
    row = (
        Run.objects.filter(study_id=study_id, state=RunState.DONE)
        .select_related("freeze")
        .order_by("-number")
        .first()
    )
    return None if row is None else _card(row)


def runs_of_release(*, code: str) -> tuple[RunCard, ...]:
    """Return the runs of any study that made a release of this code. One SQL query."""
    rows = Run.objects.filter(release_code=code, state=RunState.DONE).select_related("freeze")
    return tuple(map(_card, rows.order_by("-pk")))


def freezes_of(*, study_id: int) -> tuple[FreezeCard, ...]:
    """Return every Dataset a study had, latest first. One SQL query."""
    rows = Freeze.objects.filter(study_id=study_id).order_by("-frozen_at", "-pk")
    return tuple(
        FreezeCard(*row) for row in rows.values_list("digest", "frozen_at", "destroyed_at")
    )


def _card(row: Run) -> RunCard:
    return RunCard(
        row.pk,
        row.study_id,
        row.number,
        RunState(row.state),
        row.job_id,
        row.release_code,
        row.sealed_on,
        row.audit_passed,
        row.freeze.digest if row.freeze else "",
        in_language(row.message, get_language() or "fr"),
        row.asked_at,
        row.finished_at,
        row.stale_since,
        tuple((key, french, english) for key, french, english in row.beside),
    )
