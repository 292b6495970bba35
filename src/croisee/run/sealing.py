"""``croisee seal``: audit the union of everything ever out, then lock this edition."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from croisee.disclosure import (
    AuditReport,
    Register,
    Release,
    keep_lines,
    keep_voices,
    no_code,
    seal,
    too_early,
)
from croisee.language import Phrase, phrase, phrases
from croisee.run.preparation import Prepared, Progress, prepare, prepare_folder, silent
from croisee.run.workshop import workshop
from croisee.study import Policy, Study
from croisee.studyfolder import StudyFolder

WHO_SEALS = phrase("Dites qui scelle la diffusion : --by « Prénom Nom ».")

WARNINGS = "avertissements"
"""What a waiver is about when somebody decides that the audit's warnings may stand."""


class SealRefused(Exception):
    """The release is not sealed; ``message`` says why, and nothing was written."""

    def __init__(self, message: Phrase, audit: AuditReport | None = None) -> None:
        super().__init__(message.one)
        self.message = message
        self.audit = audit


def seal_study(study: Path, *, by: str, at: datetime, progress: Progress = silent) -> Release:
    """Seal the release of ``etude.toml``'s ``[diffusion]``, once, in the study's ``registre/``.

    The arrest date printed is the study's, or the day of the seal in the study's zone.

    Raises:
        StudyRefused: the folder has problems that stop a run.
        SealRefused: no name, already sealed, before the arrest date, or the audit found
            a breach or could not decide.
    """
    if not by.strip():
        raise SealRefused(WHO_SEALS)

    def allowed(folder: StudyFolder, register: Register) -> None:
        assert folder.study is not None
        _require_time_and_place(folder.study, register, at)

    with workshop() as team:
        prepared = prepare(study, team, at=at, progress=progress, before=allowed)
        with prepared.dataset:
            return _sealed(prepared, by=by, at=at, progress=progress)


def seal_folder(
    folder: StudyFolder,
    register: Register,
    *,
    by: str,
    at: datetime,
    progress: Progress = silent,
) -> Release:
    """Do what :func:`seal_study` does with a study folder in memory and its register.

    Raises:
        StudyRefused, SealRefused: as :func:`seal_study`.
    """
    if not by.strip():
        raise SealRefused(WHO_SEALS)
    if folder.study is not None:
        _require_time_and_place(folder.study, register, at)
    with workshop() as team:
        prepared = prepare_folder(folder, register, team, at=at, progress=progress)
        with prepared.dataset:
            return _sealed(prepared, by=by, at=at, progress=progress)


def _sealed(prepared: Prepared, *, by: str, at: datetime, progress: Progress) -> Release:
    release = prepared.release
    if not prepared.audit.passed:
        raise SealRefused(
            phrase(
                "L’audit refuse cette diffusion. Lancez croisee run : la page de vérification "
                "de l’équipe dit quels tableaux sont en cause.",
            ),
            prepared.audit,
        )
    require_decision_on_warnings(prepared.audit, release.study.policy)
    progress(phrase("Scellement"))
    sealed = seal(release, prepared.register, at, prepared.audit, by=by)
    keep_lines(prepared.register, sealed.code, prepared.dataset)
    keep_voices(prepared.register, sealed, prepared.quotes)
    return sealed


def _require_time_and_place(study: Study, register: Register, at: datetime) -> None:
    """Say before the long preparation what would be said after it."""
    code = study.diffusion.code
    if not code:
        raise SealRefused(no_code())
    if register.sealed(code) is not None:
        raise SealRefused(
            phrase(
                "La diffusion {code} est déjà scellée. Pour une nouvelle édition, changez "
                "« code » dans la section [diffusion].",
                code=code,
            )
        )
    arrest = study.diffusion.arrest_on
    if arrest is not None and arrest > at.astimezone(ZoneInfo(study.timezone)).date():
        raise SealRefused(too_early(arrest))


def require_decision_on_warnings(audit: AuditReport, policy: Policy) -> None:
    """« Everybody », « nobody » said of an ordinary question: a named person decides (§6.3)."""
    decided = any(waiver.about == WARNINGS for waiver in policy.exceptions)
    if audit.warnings and not decided:
        raise SealRefused(
            phrases(
                "L’audit donne {n} avertissement : tout le monde, ou personne, a répondu la même "
                "chose. Si cela peut se dire, inscrivez qui en décide : [[divulgation.exceptions]] "
                "objet = « {about} ».",
                "L’audit donne {n} avertissements : tout le monde, ou personne, a répondu la même "
                "chose. Si cela peut se dire, inscrivez qui en décide : [[divulgation.exceptions]] "
                "objet = « {about} ».",
                len(audit.warnings),
                about=WARNINGS,
            ),
            audit,
        )
