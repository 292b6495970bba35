"""Who is to be written to, and how many; who it is stays with the job that writes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from croisee.study import Subject
from croisee_web.access.models import Account
from croisee_web.access.queries import may_see_identities, require
from croisee_web.access.vocabulary import Verb
from croisee_web.collection.models import (
    Collecting,
    CollectingCase,
    Invitation,
    Letter,
    Unsubscribed,
)
from croisee_web.collection.queries.found import collecting_of
from croisee_web.collection.rules.openness import Dates, OpenState, state_on
from croisee_web.collection.vocabulary import InvitationState, LetterKind
from croisee_web.study.queries.ethics import collection_open
from croisee_web.study.queries.naming import said


@dataclass(frozen=True, slots=True)
class SentLetter:
    """A letter already asked for."""

    kind: str
    asked_at: datetime
    sent: int
    refused: int
    done: bool


@dataclass(frozen=True, slots=True)
class Refused:
    """An address that its mail server does not take, told by the member's code."""

    case: str
    code: str
    refusal: str


@dataclass(frozen=True, slots=True)
class Inviting:
    """Where the invitations of a collection stand. ``persons``: the questionnaire asks persons.

    ``to_invite`` and ``to_remind``: who may be written to, unsubscribed addresses left out.
    """

    id: int
    name: str
    state: OpenState
    closes_on: date
    timezone: str
    anonymous: bool
    persons: bool
    cases: tuple[tuple[str, str], ...]
    links: int
    addresses: int
    to_invite: int
    to_remind: int
    refused: tuple[Refused, ...]
    letters: tuple[SentLetter, ...]
    under_way: bool
    may_open_vault: bool


def inviting(*, study_id: int, collecting_id: int, viewer: Account, at: datetime) -> Inviting:
    """Return where the invitations of a collection stand. Eleven SQL queries.

    Raises:
        NotFound: no such collection in this study.
        NotAllowed: the viewer does not conduct this study's collections.
    """
    require(actor=viewer, verb=Verb.EDIT_STUDY, study_id=study_id)
    row = collecting_of(study_id, collecting_id)
    dates = Dates(row.opens_on, row.closes_on, row.closed_at, row.study.timezone)
    closed = collection_open(study_id, dates.day_of(at))
    named = row.published.questionnaire
    letters = tuple(
        SentLetter(
            str(one.get_kind_display()), one.asked_at, one.sent, one.refused, bool(one.done_at)
        )
        for one in Letter.objects.filter(collecting=row).order_by("-pk")
    )
    return Inviting(
        row.pk,
        said(named.name_fr, named.name_en),
        state_on(dates, at, certified=not closed),
        row.closes_on,
        row.study.timezone,
        row.anonymous,
        named.subject == Subject.PERSON.value,
        tuple(
            (code, said(french, english))
            for code, french, english in row.cases.order_by("case__position").values_list(
                "case__code", "case__short_fr", "case__short_en"
            )
        ),
        row.links.count(),
        Invitation.objects.filter(link__collecting=row).count(),
        addressees(row.pk, LetterKind.INVITATION).count(),
        addressees(row.pk, LetterKind.REMINDER).count(),
        _refused(row),
        letters,
        any(not one.done for one in letters),
        may_see_identities(account=viewer, study_id=study_id),
    )


def addressees(collecting_id: int, kind: str) -> QuerySet[Invitation]:
    """Return the invitations that a letter goes to, in no order that tells anything.

    For the job that sends and for counting: no page lists them.
    """
    left = Unsubscribed.objects.filter(study__collectings=collecting_id)
    rows = Invitation.objects.filter(link__collecting_id=collecting_id, link__used=False)
    wanted = InvitationState.SENT if kind == LetterKind.REMINDER else InvitationState.WAITING
    return rows.filter(state=wanted).exclude(address_digest__in=left.values("address_digest"))


def codes_of(collecting_id: int) -> dict[int, str]:
    """Return the code of each network asked, by its number. One SQL query."""
    rows = CollectingCase.objects.filter(collecting_id=collecting_id)
    return dict(rows.values_list("case_id", "case__code"))


def left_by(study_id: int) -> frozenset[str]:
    """Return the digests of the addresses that want no more mail of a study. One SQL query."""
    rows = Unsubscribed.objects.filter(study_id=study_id)
    return frozenset(rows.values_list("address_digest", flat=True))


def _refused(row: Collecting) -> tuple[Refused, ...]:
    rows = Invitation.objects.filter(link__collecting=row, state=InvitationState.REFUSED).order_by(
        "link__case__position", "link__organisation", "link__participant"
    )
    return tuple(
        Refused(said(french, english), organisation or participant, refusal)
        for french, english, organisation, participant, refusal in rows.values_list(
            "link__case__short_fr", "link__case__short_en", "link__organisation",
            "link__participant", "refusal",
        )
    )  # fmt: skip
