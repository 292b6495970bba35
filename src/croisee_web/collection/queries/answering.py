"""What the pages of somebody who answers show. Nothing here writes; nothing tells who she is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from croisee.language import Language
from croisee.questionnaire.codebook import languages_of
from croisee.questionnaire.filling import Filling
from croisee.questionnaire.plain import estimated_minutes
from croisee_web.collection.models import Draft, Submission
from croisee_web.collection.queries.opened import (
    CollectingTold,
    LinkTold,
    collecting_by_slug,
    is_open,
    link_by_token,
)
from croisee_web.collection.rules.drafts import (
    Kept,
    cipher_of,
    filling_of_kept,
    place_of,
    read_kept,
)
from croisee_web.collection.rules.openness import OpenState
from croisee_web.collection.vault import token_digest
from croisee_web.instruments.models import PublishedVersion
from croisee_web.instruments.queries.published import published_form
from croisee_web.instruments.rules import book_of
from croisee_web.people.queries import FormCard, form_in_force
from croisee_web.study.models import Study
from croisee_web.study.queries import reader_language, said

MAX_TOKEN = 100


@dataclass(frozen=True, slots=True)
class Visit:
    """Somebody who came by a link. ``token`` is "" on the first page of an open link."""

    collecting: CollectingTold
    link: LinkTold | None
    token: str
    slug: str = ""

    @property
    def cases(self) -> tuple[tuple[str, str], ...]:
        """Return the networks to choose from, (code, name): none where the link says it."""
        many = self.link is None and len(self.collecting.cases) > 1
        return tuple((one.code, one.name) for one in self.collecting.cases) if many else ()


@dataclass(frozen=True, slots=True)
class Welcome:
    """Who asks what, in the reader's language; ``form`` is the consent form in force."""

    title: str
    study: str
    team: str
    contact: str
    results: str
    case: str
    minutes: str
    form: FormCard | None


def visit_by(*, token: str = "", slug: str = "") -> Visit | None:
    """Return who comes by a personal link, or by an open one. Three SQL queries at most."""
    if len(token) > MAX_TOKEN:
        return None
    if slug:
        collecting = collecting_by_slug(slug)
        return None if collecting is None else Visit(collecting, None, token, slug)
    link = link_by_token(token)
    return None if link is None else Visit(link.collecting, link, token)


def welcome(visit: Visit) -> Welcome:
    """Return what the first page says. Two SQL queries."""
    told, language = visit.collecting, reader_language()
    study = Study.objects.get(pk=told.study_id)
    form = published_form(told.published_id).form
    return Welcome(
        title=form.title or told.study_title,
        study=told.study_title,
        team=said(study.team_fr, study.team_en),
        contact=study.contact,
        results=study.address,
        case=visit.link.case.name if visit.link else "",
        minutes=_minutes(told.published_id, language),
        form=form_in_force(study_id=told.study_id, language=language),
    )


def state(visit: Visit, at: datetime) -> OpenState:
    """Return whether answers are taken now. One SQL query."""
    return is_open(visit.collecting, at)


def kept_of(visit: Visit) -> Kept | None:
    """Return the answers being written, ``None`` before the first. One SQL query."""
    sealed = (
        Draft.objects.filter(place=place_of(visit.token)).values_list("sealed", flat=True).first()
    )
    return None if sealed is None else read_kept(cipher_of(visit.token).open(bytes(sealed)))


def is_spent(visit: Visit, kept: Kept | None) -> bool:
    """Return whether answers were received by this link already."""
    return bool((visit.link and visit.link.used) or (kept and kept.spent))


def filling_for(kept: Kept, *, at: datetime) -> Filling:
    """Return the answers being written as a filling, in the reader's language."""
    prepared = published_form(kept.published)
    return filling_of_kept(
        kept, prepared, at=at, language=form_language(kept.published, reader_language())
    )


def form_language(published_id: int, language: Language) -> str:
    """Return the language of a form that a reader is shown: its French where it has no other."""
    french, english = languages_of(published_form(published_id).form)
    return english if language == "en" and english else french


def speaks(published_id: int, language: Language) -> bool:
    """Return whether a form is written in a language."""
    french, english = languages_of(published_form(published_id).form)
    return bool(english) if language == "en" else bool(french) or not english


def receipt_is_known(collecting_id: int, receipt: str) -> bool:
    """Return whether answers were received under this code. One SQL query."""
    digest = token_digest(receipt)
    return Submission.objects.filter(collecting_id=collecting_id, receipt_sha256=digest).exists()


@lru_cache(maxsize=64)
def _minutes(published_id: int, language: Language) -> str:
    """Return how long a version takes. One SQL query the first time in a process."""
    grid = PublishedVersion.objects.values_list("workbook", flat=True).get(pk=published_id)
    return estimated_minutes(book_of(grid), language).said().to(language)


@lru_cache(maxsize=64)
def budget_totals(published_id: int) -> dict[str, Decimal]:
    """Return what each budget of a version splits, by the name of its group.

    One SQL query the first time in a process, none after.
    """
    workbook = (
        PublishedVersion.objects.filter(pk=published_id).values_list("workbook", flat=True).first()
    )
    found: dict[str, Decimal] = {}
    for sheet, columns, rows in workbook or []:
        if sheet.strip().lower() == "survey" and "croisee::total" in columns:
            for row in rows:
                cells = dict(zip(columns, row, strict=False))
                amount = _amount(cells.get("croisee::total", ""))
                if amount is not None:
                    found[cells.get("name", "").strip()] = amount
    return found


def _amount(written: str) -> Decimal | None:
    try:
        return Decimal(written.replace(" ", "").replace(",", "."))
    except InvalidOperation:
        return None
