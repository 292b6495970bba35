"""The committee's meetings and decisions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from croisee.text import fold
from croisee_web.access.models import Account
from croisee_web.access.queries import require
from croisee_web.access.vocabulary import Verb
from croisee_web.kit.days import day_text
from croisee_web.kit.errors import NotFound
from croisee_web.study.models import CommitteeMember, Decision, Meeting
from croisee_web.study.queries.parts import PartRow

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class MeetingCard:
    """One meeting of the list."""

    id: int
    held_on: date
    title: str
    has_minutes: bool
    coming: bool


@dataclass(frozen=True, slots=True)
class Committee:
    """Who sits, and when they meet."""

    members: tuple[str, ...]
    meetings: tuple[MeetingCard, ...]


def committee_of(*, study_id: int, viewer: Account, on: date) -> Committee:
    """Return who sits on a day, and the meetings, latest first. Three SQL queries.

    Raises:
        NotAllowed: the viewer does not keep the committee's register.
    """
    require(actor=viewer, verb=Verb.COMMITTEE, study_id=study_id)
    people = CommitteeMember.objects.filter(study_id=study_id).order_by("name", "pk")
    meetings = (
        Meeting.objects.filter(study_id=study_id)
        .order_by("-held_on", "-pk")
        .values_list("pk", "held_on", "title", "minutes")
    )
    return Committee(
        tuple(
            f"{one.name} ({one.part})" if one.part else one.name
            for one in people
            if (one.since is None or one.since <= on) and (one.until is None or one.until >= on)
        ),
        tuple(
            MeetingCard(number, held, title, bool(minutes), held >= on)
            for number, held, title, minutes in meetings
        ),
    )


@dataclass(frozen=True, slots=True)
class DecisionCard:
    """One decision of the list."""

    id: int
    decided_on: date
    decided_by: str
    text: str
    meeting: str


@dataclass(frozen=True, slots=True)
class DecisionPage:
    """A page of decisions. ``total`` counts all that was looked for."""

    rows: tuple[DecisionCard, ...]
    total: int
    page: int
    pages: int

    @property
    def before(self) -> int:
        """Return the page before."""
        return self.page - 1

    @property
    def after(self) -> int:
        """Return the page after."""
        return self.page + 1


def decisions_of(*, study_id: int, viewer: Account, text: str = "", page: int = 1) -> DecisionPage:
    """Return a page of decisions, latest first; ``text`` is looked for whatever its accents.

    Three SQL queries.

    Raises:
        NotAllowed: the viewer does not keep the committee's register.
    """
    require(actor=viewer, verb=Verb.COMMITTEE, study_id=study_id)
    rows = Decision.objects.filter(study_id=study_id)
    for word in fold(text).split():
        rows = rows.filter(searchable__contains=word)
    total = rows.count()
    pages = max(1, -(-total // PER_PAGE))
    page = min(max(page, 1), pages)
    first = (page - 1) * PER_PAGE
    kept = rows.order_by("-decided_on", "-pk").values_list(
        "pk", "decided_on", "decided_by", "text", "meeting__title"
    )[first : first + PER_PAGE]
    return DecisionPage(
        tuple(DecisionCard(n, on, by, said, title or "") for n, on, by, said, title in kept),
        total,
        page,
        pages,
    )


_COLUMNS: Mapping[type[Meeting] | type[Decision], tuple[str, ...]] = {
    Meeting: ("held_on", "title", "agenda", "minutes"),
    Decision: ("decided_on", "decided_by", "text", "meeting_id"),
}


def one_of_committee(
    *, study_id: int, model: type[Meeting] | type[Decision], number: int, viewer: Account
) -> PartRow:
    """Return one meeting or decision, to be edited. Two SQL queries.

    Raises:
        NotAllowed: the viewer does not keep the committee's register.
        NotFound: no such one in this study.
    """
    require(actor=viewer, verb=Verb.COMMITTEE, study_id=study_id)
    row: dict[str, Any] | None = (
        model._default_manager.filter(study_id=study_id, pk=number)
        .values("pk", "version", *_COLUMNS[model])
        .first()
    )
    if row is None:
        raise NotFound
    return PartRow(row.pop("pk"), row.pop("version"), row)


def meeting_choices(*, study_id: int) -> tuple[tuple[int, str], ...]:
    """Return the meetings a decision may be of, latest first. One SQL query."""
    rows = (
        Meeting.objects.filter(study_id=study_id)
        .order_by("-held_on", "-pk")
        .values_list("pk", "held_on", "title")
    )
    return tuple((number, f"{day_text(held)} – {title}") for number, held, title in rows)
