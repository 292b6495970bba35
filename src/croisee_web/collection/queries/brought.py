"""Files of answers that somebody brought, as their pages show them. Nothing here writes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import get_language

from croisee_web.access.models import Account
from croisee_web.access.queries import require
from croisee_web.access.vocabulary import Verb
from croisee_web.collection.models import Bringing
from croisee_web.collection.queries.found import collecting_of
from croisee_web.collection.vocabulary import BringingState
from croisee_web.jobs.queries import JobCard, job_card
from croisee_web.jobs.rules import in_language
from croisee_web.kit.errors import NotFound
from croisee_web.study.queries.naming import said


@dataclass(frozen=True, slots=True)
class BroughtTo:
    """The collection that a file is brought to: its number, its name, its networks."""

    id: int
    name: str
    edition: str
    anonymous: bool
    cases: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class BroughtLine:
    """One file brought before."""

    id: int
    name: str
    state: str
    sent_at: datetime


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that a file's reading, or its receiving, has to say. ``misread``: not counted."""

    file: str
    sheet: str
    row: int | None
    column: str
    message: str
    remedy: str
    misread: bool


@dataclass(frozen=True, slots=True)
class BroughtPage:
    """Where a file stands: what reading it told, then what became of its rows."""

    id: int
    name: str
    state: BringingState
    source: str
    job: JobCard | None
    told: Mapping[str, Any]
    troubles: tuple[Said, ...]
    report: Mapping[str, Any]
    why: tuple[Said, ...]


def brought_to(*, study_id: int, collecting_id: int, viewer: Account) -> BroughtTo:
    """Return the collection that answers are brought to. Three SQL queries.

    Raises:
        NotFound: no such collection in this study.
        NotAllowed: the viewer does not conduct its collections, or may not read answers.
    """
    for verb in (Verb.EDIT_STUDY, Verb.READ_CORPUS):
        require(actor=viewer, verb=verb, study_id=study_id)
    return told_collecting(study_id, collecting_id)


def told_collecting(study_id: int, collecting_id: int) -> BroughtTo:
    """Return what pages of files say of a collection; who looks was asked before.

    Raises:
        NotFound: no such collection in this study.
    """
    row = collecting_of(study_id, collecting_id)
    cases = row.cases.order_by("case__position", "case_id").values_list(
        "case__code", "case__name_fr", "case__name_en"
    )
    named = row.published.questionnaire
    return BroughtTo(
        row.pk,
        said(named.name_fr, named.name_en),
        row.edition,
        row.anonymous,
        tuple((code, said(french, english)) for code, french, english in cases),
    )


def brought_before(*, collecting_id: int) -> tuple[BroughtLine, ...]:
    """Return the last files brought to a collection; who looks was asked. One SQL query."""
    rows = Bringing.objects.filter(collecting_id=collecting_id).order_by("-pk")
    return tuple(
        BroughtLine(row.pk, row.name, str(BringingState(row.state).label), row.sent_at)
        for row in rows[:20]
    )


def brought_page(*, study_id: int, collecting_id: int, bringing_id: int) -> BroughtPage:
    """Return where a file stands; who looks was asked by :func:`brought_to`. Two SQL queries.

    Raises:
        NotFound: no such file in this collection.
    """
    row = Bringing.objects.filter(
        pk=bringing_id, collecting_id=collecting_id, collecting__study_id=study_id
    ).first()
    if row is None:
        raise NotFound
    state = BringingState(row.state)
    job = None
    if row.job_id is not None and state in {BringingState.READING, BringingState.RECEIVING}:
        job = job_card(job_id=row.job_id, study_id=study_id)
    return BroughtPage(
        row.pk,
        row.name,
        state,
        row.source,
        job,
        row.told,
        tuple(_said(row.told.get("troubles", []))),
        row.report,
        tuple(_said(row.report.get("why", []))),
    )


def _said(found: Iterable[dict[str, Any]]) -> Iterable[Said]:
    language = get_language() or "fr"
    for one in found:
        yield Said(
            one["file"],
            one["sheet"],
            one["row"],
            one["column"],
            in_language(one["message"], language),
            in_language(one["remedy"], language),
            bool(one.get("misread")),
        )
