"""The authors' own hand on findings: written, reworded, withdrawn, put back."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from croisee.disclosure import Register
from croisee.disclosure.statements import finding_problems
from croisee.studyfolder import prose_faults
from croisee_web.access.models import Account
from croisee_web.access.queries import require
from croisee_web.access.vocabulary import Verb
from croisee_web.analysis.queries import register_folder
from croisee_web.analysis.usecases import mark_results_stale
from croisee_web.coding.models import Excerpt
from croisee_web.journal.usecases import record
from croisee_web.kit.errors import UseCaseError
from croisee_web.report.models import Finding, NetworkStance, Reference
from croisee_web.report.queries.findings import sealed_release
from croisee_web.report.queries.stances import notes_of
from croisee_web.report.queries.wordings import locked_finding
from croisee_web.report.rules import FindingText
from croisee_web.report.usecases.versions import next_version
from croisee_web.report.vocabulary import (
    FINDING_ADDED,
    FINDING_CHANGED,
    FINDING_RESTORED,
    FINDING_WITHDRAWN,
)
from croisee_web.study.models import Case
from croisee_web.study.queries import reader_language

_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]{0,79}")


class FindingRefused(UseCaseError):
    """Something in a finding must be corrected; ``problems`` says everything."""

    http_status = 422

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(dict.fromkeys(problems))
        super().__init__(" ".join(self.problems))


class SealedFinding(UseCaseError):
    """A finding of a sealed release is taken off by a named decision, not here."""


@transaction.atomic
def add_finding(
    *, study_id: int, code: str, text: FindingText, actor: Account, at: datetime
) -> Finding:
    """Write a new finding, after the others.

    Raises:
        NotFound, NotAllowed: the actor may not write findings.
        FindingRefused: the code is taken or unfit, or the text must be corrected.
    """
    require(actor=actor, verb=Verb.WRITE_FINDINGS, study_id=study_id)
    problems = []
    if not _CODE.fullmatch(code):
        problems.append(_("Écrivez un code : lettres, chiffres et tirets, par exemple C-07."))
    elif Finding.objects.filter(study_id=study_id, code=code).exists():
        problems.append(_("Le code %(code)s est déjà pris.") % {"code": code})
    _refuse([*problems, *_problems(study_id, code, text)])
    last = Finding.objects.filter(study_id=study_id).aggregate(last=Max("position"))["last"]
    finding = Finding(study_id=study_id, code=code, position=0 if last is None else last + 1)
    _fill(finding, text)
    finding.save()
    mark_results_stale(study_id=study_id, actor=actor.label, at=at)
    record(act=FINDING_ADDED, actor=actor.label, at=at, study_id=study_id, finding=finding.pk)
    return finding


@transaction.atomic
def change_finding(
    *,
    study_id: int,
    finding_id: int,
    version: int,
    text: FindingText,
    actor: Account,
    at: datetime,
) -> Finding:
    """Reword a finding, or change its status and its evidence; the wording before is kept.

    Before the seal a mark may name any table; after it, only what is sealed and still shown.

    Raises:
        NotFound, NotAllowed: the actor may not write findings, or it is withdrawn.
        ChangedMeanwhile: somebody saved another wording first.
        FindingRefused: the text must be corrected.
    """
    require(actor=actor, verb=Verb.WRITE_FINDINGS, study_id=study_id)
    finding = locked_finding(study_id=study_id, finding_id=finding_id, version=version)
    if finding.withdrawn_at is not None:
        raise UseCaseError(_("Ce constat est retiré. Remettez-le, puis modifiez-le."))
    _refuse(_problems(study_id, finding.code, text))
    _fill(finding, text)
    _next(finding, FINDING_CHANGED, actor, at)
    return finding


@transaction.atomic
def withdraw_finding(
    *, study_id: int, finding_id: int, version: int, actor: Account, at: datetime
) -> None:
    """Print a finding no more; its wordings and what was said of it stay with the team.

    Raises:
        NotFound, NotAllowed: the actor may not write findings.
        ChangedMeanwhile: somebody saved another wording first.
        SealedFinding: it is in a sealed release.
    """
    require(actor=actor, verb=Verb.WRITE_FINDINGS, study_id=study_id)
    finding = locked_finding(study_id=study_id, finding_id=finding_id, version=version)
    sealed = sealed_release(study_id)
    if sealed is not None and finding.code in {one.code for one in sealed.findings}:
        raise SealedFinding(
            _(
                "Ce constat est dans une diffusion scellée. Une personne responsable le retire "
                "par une décision, sous « Après le sceau »."
            )
        )
    if finding.withdrawn_at is None:
        finding.withdrawn_at = at
        _next(finding, FINDING_WITHDRAWN, actor, at)


@transaction.atomic
def restore_finding(
    *, study_id: int, finding_id: int, version: int, actor: Account, at: datetime
) -> None:
    """Put back a finding that was withdrawn, as it was.

    Raises:
        NotFound, NotAllowed: the actor may not write findings.
        ChangedMeanwhile: somebody saved another wording first.
        SealedFinding: it was taken off a sealed release: it does not come back.
    """
    require(actor=actor, verb=Verb.WRITE_FINDINGS, study_id=study_id)
    finding = locked_finding(study_id=study_id, finding_id=finding_id, version=version)
    sealed = sealed_release(study_id)
    if sealed is not None:
        gone = Register.open(register_folder(study_id)).removed(sealed.code)
        if finding.code in gone:
            raise SealedFinding(
                _("Ce constat a été retiré d’une diffusion scellée : il ne revient pas.")
            )
    if finding.withdrawn_at is not None:
        finding.withdrawn_at = None
        _next(finding, FINDING_RESTORED, actor, at)


def _next(finding: Finding, act: str, actor: Account, at: datetime) -> None:
    answers = NetworkStance.objects.filter(finding=finding).select_related("case")
    next_version(finding=finding, act=act, notes=notes_of(answers), actor=actor, at=at)


def _fill(finding: Finding, text: FindingText) -> None:
    for name in FindingText.__slots__:
        value = getattr(text, name)
        setattr(finding, name, list(value) if isinstance(value, tuple) else value)


def _refuse(problems: Collection[str]) -> None:
    if problems:
        raise FindingRefused(problems)


def _problems(study_id: int, code: str, text: FindingText) -> list[str]:
    """Return what keeps a finding from being written, in the reader's language."""
    language = reader_language()
    found = [_("Donnez un titre au constat.")] if not text.title_fr.strip() else []
    found += [_("Écrivez le texte du constat.")] if not text.text_fr.strip() else []
    prose = (
        text.title_fr, text.title_en, text.text_fr, text.text_en,
        text.minority_fr, text.minority_en,
    )  # fmt: skip
    for one in prose:
        for problem, remedy in prose_faults(one, text.literals):
            found.append(f"{problem.to(language)} {remedy.to(language)}")
    found += _unknown(study_id, text)
    sealed = sealed_release(study_id)
    if sealed is not None and not found:
        gone = Register.open(register_folder(study_id)).removed(sealed.code)
        tables = [table for table in sealed.tables if table.key not in gone]
        told = finding_problems(text.to_library(code), tables, sealed.study)
        found += [problem.to(language) for problem in told]
        keys = {table.key for table in tables}
        found += [
            _("La figure « %(key)s » n’est pas dans la diffusion scellée.") % {"key": key}
            for key in text.figures
            if key not in keys
        ]
    return found


def _unknown(study_id: int, text: FindingText) -> list[str]:
    """Return the networks, quotes and references that this study does not have."""
    cases = set(Case.objects.filter(study_id=study_id).values_list("code", flat=True))
    quotes = set(Excerpt.objects.filter(study_id=study_id).values_list("key", flat=True))
    references = set(Reference.objects.filter(study_id=study_id).values_list("key", flat=True))
    asked = [
        *((code, cases) for code in (*text.cases, *text.leaflets)),
        *((key, quotes) for key in text.quotes),
        *((key, references) for key in text.references),
    ]
    return [
        _("« %(key)s » n’est pas dans cette étude.") % {"key": key}
        for key, known in asked
        if key not in known
    ]
