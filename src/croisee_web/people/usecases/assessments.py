"""Writing and signing a privacy impact assessment; a signed version never changes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from croisee.report import paper_pdf
from croisee_web.access.models import Account
from croisee_web.access.queries import require
from croisee_web.access.vocabulary import Verb
from croisee_web.journal.usecases import record
from croisee_web.kit.errors import NotFound, UseCaseError
from croisee_web.people.models import PrivacyAssessment
from croisee_web.people.queries.assessments import TEXTS, assessment_pages, assessment_paper
from croisee_web.people.queries.notice import collection_notice, notice_text
from croisee_web.people.queries.pages import reader_language
from croisee_web.people.queries.registers import REGISTERS, register_table
from croisee_web.people.rules import DossierFile, packed
from croisee_web.people.usecases.registering import ChangedMeanwhile
from croisee_web.people.vocabulary import (
    ASSESSMENT_GIVEN,
    ASSESSMENT_SIGNED,
    ASSESSMENT_WRITTEN,
)
from croisee_web.study.queries import described


class AssessmentSigned(UseCaseError):
    """A signed version never changes: a change is a new version."""


class ConclusionMissing(UseCaseError):
    """Nothing is signed that does not conclude."""

    http_status = 422


@transaction.atomic
def write_assessment(
    *,
    study_id: int,
    texts: Mapping[str, str],
    actor: Account,
    at: datetime,
    number: int | None = None,
    revision: int = 0,
) -> int:
    """Write a new version, or change the draft whose ``revision`` was shown; return its number.

    Raises:
        NotFound, NotAllowed: the actor may not keep this study's ethics, or no such version.
        AssessmentSigned: it was signed.
        ChangedMeanwhile: somebody changed it since it was shown.
    """
    require(actor=actor, verb=Verb.EDIT_ETHICS, study_id=study_id)
    rows = PrivacyAssessment.objects.filter(study_id=study_id)
    if number is None:
        last = rows.aggregate(last=Max("number"))["last"] or 0
        row = PrivacyAssessment(study_id=study_id, number=last + 1, revision=0)
    else:
        row = _draft(study_id, number, revision)
    for name in TEXTS:
        setattr(row, name, texts[name])
    row.written_by, row.written_at = actor.name, at
    row.revision += 1
    row.save()
    record(act=ASSESSMENT_WRITTEN, actor=actor.label, at=at, study_id=study_id, version=row.number)
    return row.number


@transaction.atomic
def sign_assessment(
    *,
    study_id: int,
    number: int,
    revision: int,
    name: str,
    title: str,
    actor: Account,
    at: datetime,
) -> None:
    """Sign a draft in the name of whoever is in charge; from now on it never changes.

    Raises:
        NotFound, NotAllowed: the actor may not keep this study's ethics, or no such version.
        AssessmentSigned: it was signed already.
        ChangedMeanwhile: somebody changed it since it was read.
        ConclusionMissing: it has no conclusion.
    """
    require(actor=actor, verb=Verb.EDIT_ETHICS, study_id=study_id)
    row = _draft(study_id, number, revision)
    if not row.conclusion.strip():
        raise ConclusionMissing(_("Écrivez la conclusion, puis signez."))
    row.signed_by, row.signed_title, row.signed_at = name, title, at
    row.revision += 1
    row.save()
    record(act=ASSESSMENT_SIGNED, actor=actor.label, at=at, study_id=study_id, version=number)


def _draft(study_id: int, number: int, revision: int) -> PrivacyAssessment:
    row = (
        PrivacyAssessment.objects.select_for_update()
        .filter(study_id=study_id, number=number)
        .first()
    )
    if row is None:
        raise NotFound
    if row.signed_at is not None:
        raise AssessmentSigned(
            _("Cette version est signée : elle ne change plus. Écrivez une nouvelle version.")
        )
    if row.revision != revision:
        raise ChangedMeanwhile(
            _("Quelqu’un a modifié cette évaluation entre-temps. Relisez-la, puis recommencez.")
        )
    return row


@transaction.atomic
def give_assessment(*, study_id: int, actor: Account, at: datetime, on: date) -> bytes:
    """Return ``dossier-EFVP.zip``: every version as a PDF, registers, the collection notice.

    Raises:
        NotFound, NotAllowed: the actor may not keep this study's ethics, or nothing is written.
    """
    require(actor=actor, verb=Verb.EDIT_ETHICS, study_id=study_id)
    pages = assessment_pages(study_id=study_id, viewer=actor)
    if not pages:
        raise NotFound(_("Aucune évaluation n’est encore écrite."))
    title = described(study_id).title.to(reader_language())
    files = [
        DossierFile(
            f"EFVP-version-{page.number}.pdf",
            content=paper_pdf(assessment_paper(page, title=title, on=on)),
        )
        for page in pages
    ]
    files += [
        DossierFile(
            f"registre-{name}.csv",
            tuple(REGISTERS[name].label(column) for column in REGISTERS[name].columns),
            register_table(study_id, REGISTERS[name]),
        )
        for name in ("communications", "anonymisations")
    ]
    notice = notice_text(collection_notice(study_id=study_id))
    files.append(DossierFile("avis-de-collecte.txt", text=notice))
    record(act=ASSESSMENT_GIVEN, actor=actor.label, at=at, study_id=study_id, files=len(files))
    return packed(files)
