"""A release sealed once, from the platform; then shown to everybody by a named act."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from croisee.disclosure import Register, RegisterRefused, Release, no_code
from croisee.language import Phrase
from croisee.run import SealRefused, StudyRefused, seal_folder
from croisee_web.access.models import Account
from croisee_web.access.queries import require
from croisee_web.access.vocabulary import Verb
from croisee_web.analysis.queries import register_folder, results_of
from croisee_web.analysis.usecases import ask_again
from croisee_web.disclosure.models import SealedRelease, Waiver
from croisee_web.disclosure.vocabulary import RELEASE_SEALED, WARNINGS_DECIDED, WaiverKind
from croisee_web.jobs.models import Job
from croisee_web.jobs.usecases import ask
from croisee_web.journal.usecases import record
from croisee_web.kit.errors import UseCaseError
from croisee_web.report.models import Publication
from croisee_web.report.queries.described import study_folder
from croisee_web.report.rules import refusal_told
from croisee_web.report.usecases.publishing import publish_results
from croisee_web.study.models import Study
from croisee_web.study.queries import reader_language

JOB = "report.seal"
WARNINGS = "avertissements"
"""What a waiver is about when somebody decides that the audit's warnings may stand."""
Progress = Callable[[Phrase], None]


class NotSealed(UseCaseError):
    """The release is not sealed; the text says why, and nothing was written."""


@transaction.atomic
def ask_to_seal(*, study_id: int, warnings_reason: str, actor: Account, at: datetime) -> Job:
    """Ask for this edition's release to be sealed, by a job: it computes and audits it again.

    ``warnings_reason``: why « everybody » or « nobody » may be said of an ordinary question;
    kept as a waiver under the actor's name (``docs/methods/divulgation.md`` §6.3).

    Raises:
        NotFound, NotAllowed: the actor may not seal.
        NotSealed: the study prepares no release, or it is sealed already.
    """
    require(actor=actor, verb=Verb.SEAL, study_id=study_id)
    study = Study.objects.get(pk=study_id)
    if not study.release_code:
        raise NotSealed(no_code().to(reader_language()))
    if SealedRelease.objects.filter(study_id=study_id, code=study.release_code).exists():
        raise NotSealed(
            _("La diffusion %(code)s est déjà scellée. Ses chiffres ne changent plus.")
            % {"code": study.release_code}
        )
    if _taken(study_id, study.release_code):
        raise NotSealed(
            _(
                "Le code %(code)s sert déjà sur ce site, et un code imprimé n’a qu’un sens. "
                "Choisissez-en un autre dans la description de l’étude."
            )
            % {"code": study.release_code}
        )
    if warnings_reason.strip():
        _decide(study_id, warnings_reason.strip(), actor, at)
    return ask(job=JOB, actor=actor.label, at=at, study_id=study_id, account=actor.pk)


def _taken(study_id: int, code: str) -> bool:
    """Return whether another study of the site prints this code: « 2026a-F-07 » leads to one."""
    sealed = SealedRelease.objects.filter(code=code).exclude(study_id=study_id).exists()
    published = Publication.objects.filter(release_code=code).exclude(study_id=study_id)
    return sealed or published.exists()


def _decide(study_id: int, reason: str, actor: Account, at: datetime) -> None:
    mine = Waiver.objects.filter(study_id=study_id, kind=WaiverKind.EXCEPTION)
    if mine.filter(about=WARNINGS).exists():
        return
    Waiver.objects.create(
        study_id=study_id,
        kind=WaiverKind.EXCEPTION,
        position=mine.count(),
        about=WARNINGS,
        reason=reason,
        decided_by=actor.name,
        decided_on=at.date(),
    )
    record(act=WARNINGS_DECIDED, actor=actor.label, at=at, study_id=study_id)


def seal_results(
    *,
    study_id: int,
    actor: Account,
    at: datetime,
    progress: Progress,
) -> None:
    """Seal this edition's release once, in the study's register; then compute its documents.

    Bears being run twice: a release that the register holds is noted, not sealed again.

    Raises:
        NotFound, NotAllowed: the actor may not seal.
        NotSealed: before the arrest date, the audit found something, or a warning waits for a
            decision; the tables concerned are named.
    """
    require(actor=actor, verb=Verb.SEAL, study_id=study_id)
    register = Register.open(register_folder(study_id))
    folder = study_folder(study_id)
    code = "" if folder.study is None else folder.study.diffusion.code
    try:
        release = register.sealed(code) if code else None
        if release is None:
            release = seal_folder(folder, register, by=actor.name, at=at, progress=progress)
    except (RegisterRefused, SealRefused, StudyRefused) as refused:
        told = refusal_told(refused)
        raise NotSealed(told["fr"], told) from refused
    _note(study_id, release, actor, at)


@transaction.atomic
def _note(study_id: int, release: Release, actor: Account, at: datetime) -> None:
    assert release.sealed_on is not None
    _row, made = SealedRelease.objects.get_or_create(
        study_id=study_id,
        code=release.code,
        defaults={
            "arrested_on": release.sealed_on,
            "sealed_at": at,
            "sealed_by": actor.name,
            "dataset_mac": release.dataset_mac,
        },
    )
    if made:
        record(
            act=RELEASE_SEALED,
            actor=actor.label,
            at=at,
            study_id=study_id,
            release=release.code,
        )
    ask_again(study_id=study_id, actor=actor.label, at=at)


@transaction.atomic
def publish_sealed(*, study_id: int, actor: Account, at: datetime) -> Publication:
    """Show a study's sealed results to everybody.

    Raises:
        NotFound, NotAllowed: the actor may not publish.
        NotSealed: no sealed results to show yet.
        AlreadyPublished: a release of this code is on the site.
    """
    require(actor=actor, verb=Verb.SEAL, study_id=study_id)
    run = results_of(study_id=study_id)
    if run is None or run.sealed_on is None:
        raise NotSealed(_("Scellez d’abord la diffusion, puis attendez ses documents."))
    return publish_results(
        folder=run.folder, actor=actor.label, at=at, study_id=study_id, run_number=run.number
    )
