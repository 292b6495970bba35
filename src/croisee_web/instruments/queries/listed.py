"""The questionnaires of a study, and what one may start from. Nothing here writes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, Subquery

from croisee.questionnaire.describing import workbook_of
from croisee.questionnaire.templates import templates
from croisee_web.access.models import Account
from croisee_web.access.queries import require
from croisee_web.access.vocabulary import Verb
from croisee_web.instruments.models import Instrument, PublishedVersion, Questionnaire
from croisee_web.instruments.queries.described import instruments_of
from croisee_web.instruments.rules import Beginning, book_of
from croisee_web.instruments.rules.workbooks import asked_rows
from croisee_web.study.queries import reader_language, said


@dataclass(frozen=True, slots=True)
class Listed:
    """A questionnaire as the list shows it. ``published``: its last version's number, or 0."""

    code: str
    name: str
    method: str
    questions: int
    published: int
    published_at: datetime | None


@dataclass(frozen=True, slots=True)
class Start:
    """Something a questionnaire may be made from."""

    code: str
    name: str
    about: str = ""
    questions: int = 0


def questionnaires(*, study_id: int, viewer: Account) -> tuple[Listed, ...]:
    """Return the questionnaires of a study, the first written first. Two SQL queries at most.

    Raises:
        NotFound, NotAllowed: the viewer may not edit the study.
    """
    require(actor=viewer, verb=Verb.EDIT_STUDY, study_id=study_id)
    last = PublishedVersion.objects.filter(questionnaire=OuterRef("pk")).order_by("-number")
    rows = (
        Questionnaire.objects.filter(study_id=study_id)
        .select_related("method")
        .annotate(
            last_number=Subquery(last.values("number")[:1]),
            last_at=Subquery(last.values("published_at")[:1]),
        )
        .order_by("pk")
    )
    return tuple(
        Listed(
            row.code,
            said(row.name_fr, row.name_en),
            said(row.method.name_fr, row.method.name_en),
            len(asked_rows(book_of(row.workbook))),
            row.last_number or 0,
            row.last_at,
        )
        for row in rows
    )


def models_to_start_from() -> tuple[Start, ...]:
    """Return the templates, in the reader's language. No SQL query."""
    language = reader_language()
    return tuple(
        Start(
            one.code,
            one.name.to(language),
            one.about.to(language),
            len(asked_rows(one.workbook)),
        )
        for one in templates()
    )


def codebooks_to_start_from(*, study_id: int, viewer: Account) -> tuple[Start, ...]:
    """Return the study's codebooks that have no questionnaire yet. Two SQL queries at most.

    Raises:
        NotFound, NotAllowed: the viewer may not edit the study.
    """
    require(actor=viewer, verb=Verb.EDIT_STUDY, study_id=study_id)
    written = Questionnaire.objects.filter(study_id=study_id).values("code")
    rows = Instrument.objects.filter(study_id=study_id).exclude(code__in=written)
    return tuple(
        Start(code, said(french, english))
        for code, french, english in rows.order_by("position", "pk").values_list(
            "code", "name_fr", "name_en"
        )
    )


def codebook_to_start_from(*, study_id: int, code: str, viewer: Account) -> Beginning | None:
    """Return a questionnaire that asks what one of the study's codebooks says, if it has one.

    Two SQL queries at most.

    Raises:
        NotFound, NotAllowed: the viewer may not edit the study.
    """
    require(actor=viewer, verb=Verb.EDIT_STUDY, study_id=study_id)
    found = next((one for one in instruments_of(study_id) if one.code == code), None)
    if found is None:
        return None
    return Beginning(found.name, found.subject, workbook_of(found), code)
