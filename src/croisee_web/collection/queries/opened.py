"""A collection as whoever answers finds it: by its open address, or by a link's token."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from croisee_web.collection.models import AnswerLink, Collecting, CollectingCase
from croisee_web.collection.rules.openness import Dates, OpenState, state_on
from croisee_web.collection.vault import code_digest, token_digest
from croisee_web.study.queries.ethics import collection_open
from croisee_web.study.queries.naming import said


@dataclass(frozen=True, slots=True)
class CaseTold:
    """A network that a collection asks: its number, its code, its name in the reader's language."""

    id: int
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class CollectingTold:
    """A collection, and what its pages need of its study. ``open_slug``: "" without open link."""

    id: int
    study_id: int
    study_slug: str
    study_title: str
    published_id: int
    instrument_id: int
    edition: str
    dates: Dates
    anonymous: bool
    open_slug: str
    cases: tuple[CaseTold, ...]


@dataclass(frozen=True, slots=True)
class LinkTold:
    """Somebody's own link, and the collection it answers to. Codes, "" when none."""

    id: int
    collecting: CollectingTold
    case: CaseTold
    component: str
    organisation: str
    participant: str
    used: bool


def collecting_told(collecting_id: int) -> CollectingTold | None:
    """Return a collection by its number. Two SQL queries."""
    row = _rows().filter(pk=collecting_id).first()
    return None if row is None else _told(row)


def collecting_by_slug(slug: str) -> CollectingTold | None:
    """Return the collection of an open link, ``None`` where there is none. Two SQL queries."""
    row = _rows().filter(open_slug=slug).first() if slug else None
    return None if row is None else _told(row)


def link_by_token(token: str) -> LinkTold | None:
    """Return the link that a token opens, ``None`` for any other. Three SQL queries."""
    return _link(token_sha256=token_digest(token))


def link_by_code(code: str) -> LinkTold | None:
    """Return the link of a printed card's code, however typed. Three SQL queries.

    Tries are counted by whoever asks (``usecases.enter_code``).
    """
    return _link(code_digest=code_digest(code))


def is_open(collecting: CollectingTold, at: datetime) -> OpenState:
    """Return whether a collection takes answers at a moment. One SQL query, for certificates."""
    closed = collection_open(collecting.study_id, collecting.dates.day_of(at))
    return state_on(collecting.dates, at, certified=not closed)


def _link(**found_by: str) -> LinkTold | None:
    row = AnswerLink.objects.filter(**found_by).first()
    if row is None:
        return None
    told = collecting_told(row.collecting_id)
    case = next((one for one in told.cases if one.id == row.case_id), None) if told else None
    if told is None or case is None:
        return None
    return LinkTold(row.pk, told, case, row.component, row.organisation, row.participant, row.used)


def _rows() -> QuerySet[Collecting]:
    return Collecting.objects.select_related("study", "published")


def _told(row: Collecting) -> CollectingTold:
    cases = (
        CollectingCase.objects.filter(collecting=row)
        .order_by("case__position", "case_id")
        .values_list(
            "case_id", "case__code", "case__short_fr", "case__short_en",
            "case__name_fr", "case__name_en",
        )
    )  # fmt: skip
    return CollectingTold(
        row.pk,
        row.study_id,
        row.study.slug,
        said(row.study.title_fr, row.study.title_en),
        row.published_id,
        row.published.instrument_id,
        row.edition,
        Dates(row.opens_on, row.closes_on, row.closed_at, row.study.timezone),
        row.anonymous,
        row.open_slug or "",
        tuple(
            CaseTold(number, code, said(short_fr or name_fr, short_en or name_en))
            for number, code, short_fr, short_en, name_fr, name_en in cases
        ),
    )
