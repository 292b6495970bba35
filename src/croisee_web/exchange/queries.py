"""Questions one may ask about folders that come and go. Nothing here writes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings

from croisee_web.access.models import Account
from croisee_web.access.queries import require
from croisee_web.access.vocabulary import Verb
from croisee_web.analysis.queries import study_files
from croisee_web.exchange.models import Upload
from croisee_web.exchange.vocabulary import ImportState
from croisee_web.jobs.queries import JobCard, job_card, latest_job
from croisee_web.kit.errors import NotFound
from croisee_web.study.models import Study
from croisee_web.study.queries import reader_language

EXPORT = "exchange.export"


@dataclass(frozen=True, slots=True)
class ToCorrect:
    """One thing to correct in a folder, in the reader's language."""

    stops: bool
    file: str
    row: int | None
    column: str
    message: str
    remedy: str


@dataclass(frozen=True, slots=True)
class UploadPage:
    """Where an import stands."""

    id: int
    state: ImportState
    job: JobCard | None
    problems: tuple[ToCorrect, ...]
    study_slug: str


@dataclass(frozen=True, slots=True)
class ExportPage:
    """Where the export of a study stands; ``ready_at``: when the file there was written."""

    job: JobCard | None
    ready: bool
    asked_at: datetime | None


def upload_path(digest: str) -> Path:
    """Return where a received zip lies."""
    return Path(settings.FILES_ROOT) / f"{digest}.zip"


def exports_folder(study_id: int) -> Path:
    """Return where the exports of a study lie."""
    return study_files(study_id) / "exports"


def upload_page(*, upload_id: int, viewer: Account) -> UploadPage:
    """Return an import, to who sent the folder. Three SQL queries.

    Raises:
        NotFound: no such import, or somebody else's.
    """
    upload = Upload.objects.filter(pk=upload_id, account=viewer).first()
    if upload is None:
        raise NotFound
    study = Study.objects.filter(pk=upload.study_id).first() if upload.study_id else None
    job = None
    if upload.job_id is not None and upload.state == ImportState.WAITING:
        job = job_card(job_id=upload.job_id, asked_by=viewer.label)
    chosen = 1 if reader_language() == "en" else 0
    return UploadPage(
        upload.pk,
        ImportState(upload.state),
        job,
        tuple(
            ToCorrect(
                one["severity"] == "refus",
                one["file"],
                one["row"],
                one["column"],
                one["message"][chosen],
                one["remedy"][chosen],
            )
            for one in upload.problems
        ),
        "" if study is None else study.slug,
    )


def export_page(*, study_id: int, viewer: Account) -> ExportPage:
    """Return where the export of a study stands. Two SQL queries.

    Raises:
        NotFound, NotAllowed: the viewer may not export this study.
    """
    require(actor=viewer, verb=Verb.EXCHANGE, study_id=study_id)
    job = latest_job(name=EXPORT, study_id=study_id)
    ready = (exports_folder(study_id) / "etude.zip").is_file()
    return ExportPage(job, ready, None if job is None else job.asked_at)


def export_file(*, study_id: int, viewer: Account) -> Path:
    """Return the file of a study's last export. One SQL query.

    Raises:
        NotFound, NotAllowed: nothing to take, or the viewer may not.
    """
    require(actor=viewer, verb=Verb.EXCHANGE, study_id=study_id)
    path = exports_folder(study_id) / "etude.zip"
    if not path.is_file():
        raise NotFound
    return path
