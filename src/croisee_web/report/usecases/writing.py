"""Writing what a team says: findings, leaflets, references, numbers printed elsewhere."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from croisee import findings as library
from croisee.studyfolder import Written
from croisee_web.access.models import Account
from croisee_web.access.queries import require
from croisee_web.access.vocabulary import Verb
from croisee_web.journal.usecases import record
from croisee_web.report.models import Finding, LeafletContent, Reference, ReportedNumber
from croisee_web.report.vocabulary import FINDINGS_WRITTEN
from croisee_web.study.models import Case


@transaction.atomic
def write_writings(*, study_id: int, written: Written, actor: Account, at: datetime) -> None:
    """Write what a team says, in a study that says nothing yet; ``queries.written_of`` undoes it.

    Names to mask and reviews are the corpus slice's: they are left out here.

    Raises:
        NotFound, NotAllowed: the actor may not import in this study.
    """
    require(actor=actor, verb=Verb.EXCHANGE, study_id=study_id)
    Finding.objects.bulk_create(
        _finding(study_id, position, one) for position, one in enumerate(written.findings)
    )
    cases = dict(Case.objects.filter(study_id=study_id).values_list("code", "pk"))
    LeafletContent.objects.bulk_create(
        _leaflet(cases[one.case], position, one) for position, one in enumerate(written.leaflets)
    )
    Reference.objects.bulk_create(
        Reference(
            study_id=study_id,
            key=one.key,
            position=position,
            text_fr=one.text.fr,
            text_en=one.text.en,
            url=one.url,
        )
        for position, one in enumerate(written.references)
    )
    ReportedNumber.objects.bulk_create(
        ReportedNumber(
            study_id=study_id,
            position=position,
            key=one.key,
            printed=one.printed,
            where_fr=one.where.fr,
            where_en=one.where.en,
        )
        for position, one in enumerate(written.reported)
    )
    record(
        act=FINDINGS_WRITTEN,
        actor=actor.label,
        at=at,
        study_id=study_id,
        findings=len(written.findings),
    )


def _finding(study_id: int, position: int, one: library.Finding) -> Finding:
    return Finding(
        study_id=study_id,
        code=one.code,
        position=position,
        title_fr=one.title.fr,
        title_en=one.title.en,
        text_fr=one.text.fr,
        text_en=one.text.en,
        section_fr=one.section,
        section_en=one.section_en,
        cases=one.cases,
        status=one.status,
        figures=one.figures,
        quotes=one.quotes,
        minority_fr=one.minority.fr,
        minority_en=one.minority.en,
        leaflets=one.leaflets,
        references=one.references,
        literals=one.literals,
        proposal=one.proposal,
    )


def _leaflet(case_id: int, position: int, one: library.Leaflet) -> LeafletContent:
    return LeafletContent(
        case_id=case_id,
        position=position,
        title_fr=one.title.fr,
        title_en=one.title.en,
        lead_fr=one.lead.fr,
        lead_en=one.lead.en,
        numbers=[[number.mark, number.caption.fr, number.caption.en] for number in one.numbers],
        figure=one.figure,
        quotes=one.quotes,
        proposals=one.proposals,
        minority=one.minority,
    )
