"""An example study, to look at and to practise on; it leaves as it came."""

from __future__ import annotations

import tempfile
from datetime import datetime
from functools import partial
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from croisee.language import Language
from croisee.studyfolder import new_study
from croisee_web.access.models import Account, Assignment, Invitation
from croisee_web.access.queries import require
from croisee_web.access.vocabulary import Verb
from croisee_web.analysis.models import Run
from croisee_web.analysis.queries import study_files
from croisee_web.coding.models import Code
from croisee_web.exchange.models import Upload
from croisee_web.exchange.queries import exports_folder
from croisee_web.exchange.rules import pack
from croisee_web.exchange.usecases.transfers import receive_folder
from croisee_web.exchange.vocabulary import EXAMPLE_REMOVED
from croisee_web.jobs.models import Job
from croisee_web.jobs.vocabulary import JobState
from croisee_web.journal.usecases import record
from croisee_web.kit.disk import remove
from croisee_web.kit.errors import UseCaseError
from croisee_web.people.usecases.forgetting import forget_people_of
from croisee_web.report.models import Publication
from croisee_web.study.models import Study

_CHUNK = 1 << 20


class NotAnExample(UseCaseError):
    """A study of the team's own is not removed as an example is."""


def ask_for_example(*, actor: Account, language: Language, at: datetime) -> Upload:
    """Ask for the library's example study, as a study of the actor's own, marked as an example.

    It comes in as any folder does: packed, checked, imported by the job.

    Raises:
        NotAllowed: the actor may not open studies.
    """
    with tempfile.TemporaryDirectory(prefix="croisee-exemple-") as name:
        folder, archive = Path(name) / "etude", Path(name) / "exemple.zip"
        new_study(folder, language)
        pack(folder, archive)
        with archive.open("rb") as file:
            chunks = iter(lambda: file.read(_CHUNK), b"")
            return receive_folder(chunks=chunks, actor=actor, at=at, example=True)


@transaction.atomic
def remove_example(*, study_id: int, actor: Account, at: datetime) -> None:
    """Remove an example study: its rows, its roles, its files, what leads to its people.

    The journal keeps who brought it in, what was done in it, and that it was removed.

    Raises:
        NotFound, NotAllowed: the actor does not hold this study's accesses.
        NotAnExample: it is no example, or its results are computed, or public, right now.
    """
    require(actor=actor, verb=Verb.MANAGE_ACCESS, study_id=study_id)
    study = Study.objects.select_for_update().get(pk=study_id)
    if not study.example:
        raise NotAnExample(_("Cette étude n’est pas un exemple : elle ne se retire pas ainsi."))
    if Publication.objects.filter(study_id=study_id).exists():
        raise NotAnExample(_("Un rapport de cet exemple est public : il se retire d’abord."))
    waiting = Job.objects.filter(study_id=study_id, state__in=(JobState.WAITING, JobState.RUNNING))
    if waiting.exists():
        raise NotAnExample(_("Un travail de cet exemple est en cours. Attendez qu’il finisse."))
    forget_people_of(study_id=study_id, actor=actor.label, at=at)
    Run.objects.filter(study_id=study_id).delete()
    Code.objects.filter(study_id=study_id).update(parent=None)
    for table in (Assignment, Invitation):
        table._default_manager.filter(study_id=study_id).delete()
    Upload.objects.filter(study_id=study_id).delete()
    study.delete()
    record(act=EXAMPLE_REMOVED, actor=actor.label, at=at, study_id=study_id)
    folders = (exports_folder(study_id), study_files(study_id))
    for folder in folders:
        transaction.on_commit(partial(remove, folder))
