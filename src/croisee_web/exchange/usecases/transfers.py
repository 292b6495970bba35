"""Folders that travel as zips: received, read by a job, given back."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from croisee.formats import FormatRefused
from croisee.language import Phrase
from croisee.studyfolder import Problem, StudyFolder, left_in_the_folder
from croisee_web.access.models import Account, Assignment
from croisee_web.access.queries import NotAllowed, require
from croisee_web.access.vocabulary import Verb
from croisee_web.exchange.models import Upload
from croisee_web.exchange.queries import exports_folder, upload_path
from croisee_web.exchange.rules import pack, unpack
from croisee_web.exchange.usecases.folders import (
    FolderRefused,
    export_folder,
    import_folder,
)
from croisee_web.exchange.vocabulary import EXPORT_ASKED, FOLDER_SENT, ImportState
from croisee_web.jobs.models import Job
from croisee_web.jobs.usecases import ask
from croisee_web.journal.usecases import record
from croisee_web.kit.disk import make_folder, put_in_place, remove
from croisee_web.people.models import Participant
from croisee_web.people.rules import Removal
from croisee_web.study.models import Study
from croisee_web.study.queries.naming import may_create_studies

IMPORT, EXPORT = "exchange.import", "exchange.export"
Progress = Callable[[Phrase], None]


def receive_folder(
    *, chunks: Iterable[bytes], actor: Account, at: datetime, example: bool = False
) -> Upload:
    """Keep a zip, on disk before anything is acknowledged, and ask for its import.

    The study will be marked as an example if ``example``: it can be removed.

    Raises:
        NotAllowed: the actor may not open studies.
    """
    if not may_create_studies(account=actor):
        raise NotAllowed(
            _("Seules l’administration du site et les responsables d’étude créent une étude.")
        )
    digest = _keep(chunks)
    with transaction.atomic():
        upload = Upload.objects.create(
            account=actor, sha256=digest, state=ImportState.WAITING, sent_at=at, example=example
        )
        job = ask(job=IMPORT, actor=actor.label, at=at, upload=upload.pk)
        upload.job_id = job.pk
        upload.save(update_fields=["job_id"])
        record(act=FOLDER_SENT, actor=actor.label, at=at, upload=upload.pk)
    return upload


def _keep(chunks: Iterable[bytes]) -> str:
    """Write a file under its digest, flushed with its folder; return the digest."""
    root = Path(settings.FILES_ROOT)
    make_folder(root)
    whole = hashlib.sha256()
    number, name = tempfile.mkstemp(prefix=".recu-", dir=root)
    try:
        with os.fdopen(number, "wb") as file:
            for chunk in chunks:
                whole.update(chunk)
                file.write(chunk)
        put_in_place(Path(name), upload_path(whole.hexdigest()))
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return whole.hexdigest()


def do_import(*, upload_id: int, actor: str, at: datetime, progress: Progress) -> int | None:
    """Import a received folder; return its study, ``None`` when there are things to correct.

    Bears being run twice. The zip is removed in the end, whatever it gave.
    """
    del actor
    upload = Upload.objects.select_related("account").get(pk=upload_id)
    if upload.state != ImportState.WAITING:
        return upload.study_id
    archive = upload_path(upload.sha256)
    with tempfile.TemporaryDirectory(prefix="croisee-import-") as name:
        try:
            folder = unpack(archive, Path(name))
            import_folder(
                folder=folder,
                actor=upload.account,
                at=at,
                progress=progress,
                also=partial(_note, upload),
            )
        except FormatRefused as refused:
            _refuse(upload, [_told("refus", ("", None, ""), refused.message, refused.remedy)])
        except FolderRefused as refused:
            _refuse(upload, [_of_problem(problem) for problem in refused.problems])
    if not Upload.objects.filter(sha256=upload.sha256, state=ImportState.WAITING).exists():
        remove(archive)
    return upload.study_id


def _note(upload: Upload, study: Study, read: StudyFolder) -> None:
    """Say, with the study itself, that its folder came in, and what of it is not kept."""
    Study.objects.filter(pk=study.pk).update(example=upload.example)
    upload.state, upload.study_id = ImportState.IMPORTED, study.pk
    upload.problems = [
        _of_problem(problem)
        for problem in left_in_the_folder(read.openings, read.cuts, read.log_keys, read.deposit)
    ]
    upload.save(update_fields=["state", "study_id", "problems"])


def _refuse(upload: Upload, problems: list[dict[str, object]]) -> None:
    upload.state, upload.problems = ImportState.REFUSED, problems
    upload.save(update_fields=["state", "problems"])


def _of_problem(problem: Problem) -> dict[str, object]:
    place = (problem.file, problem.row, problem.column)
    return _told(problem.severity, place, problem.message, problem.remedy)


def _told(
    severity: str, place: tuple[str, int | None, str], message: Phrase, remedy: Phrase
) -> dict[str, object]:
    file, row, column = place
    return {
        "severity": severity,
        "file": file,
        "row": row,
        "column": column,
        "message": [message.to("fr"), message.to("en")],
        "remedy": [remedy.to("fr"), remedy.to("en")],
    }


@transaction.atomic
def ask_for_export(*, study_id: int, actor: Account, at: datetime) -> Job:
    """Ask for a study as a folder, in a zip to download.

    Raises:
        NotFound, NotAllowed: the actor may not export this study.
    """
    require(actor=actor, verb=Verb.EXCHANGE, study_id=study_id)
    record(act=EXPORT_ASKED, actor=actor.label, at=at, study_id=study_id)
    return ask(job=EXPORT, actor=actor.label, at=at, study_id=study_id, account=actor.pk)


def do_export(*, study_id: int, actor: Account, at: datetime, progress: Progress) -> None:
    """Write a study's zip where its page gives it; the one before goes.

    When somebody withdraws meanwhile, what was written is removed and written anew.

    Raises:
        NotFound, NotAllowed: the actor may not export this study.
    """
    folder = exports_folder(study_id)
    gone = _how_many_left(study_id)
    make_folder(folder)
    with tempfile.TemporaryDirectory(prefix="croisee-export-") as name:
        out = Path(name) / "etude"
        export_folder(study_id=study_id, out=out, actor=actor, at=at, progress=progress)
        pack(out, folder / "etude.zip")
    if _how_many_left(study_id) != gone:
        remove(folder)
        do_export(study_id=study_id, actor=actor, at=at, progress=progress)


def _how_many_left(study_id: int) -> int:
    return Participant.objects.filter(study_id=study_id, withdrawn_on__isnull=False).count()


def erase_exports(study_id: int, participant: str, at: datetime) -> tuple[Removal, ...]:
    """Remove the exports that still hold somebody who leaves; what was downloaded stays so.

    And what was to be corrected in folders refused to the study's team: it may quote a cell.
    """
    del participant, at
    folder = exports_folder(study_id)
    count = int((folder / "etude.zip").is_file())
    transaction.on_commit(lambda: remove(folder))
    team = Assignment.objects.filter(study_id=study_id).values("account")
    refused = Upload.objects.filter(state=ImportState.REFUSED, account__in=team).delete()[0]
    return (
        Removal(gettext_lazy("Exports gardés sur le site"), count),
        Removal(gettext_lazy("Dossiers refusés, et ce qu’il fallait y corriger"), refused),
    )
