"""Who is in a study, who is invited to it, and who asked to see its names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from croisee_web.access.models import Account, Assignment, Invitation, Opening, SecondFactor
from croisee_web.access.queries.verbs import in_force
from croisee_web.access.vault import token_digest
from croisee_web.access.vocabulary import OPENING, VERBS, Role, Verb
from croisee_web.kit.errors import NotFound, UseCaseError


@dataclass(frozen=True, slots=True)
class RoleHeld:
    """One role of a member. ``case``: a network's code, "" for the whole study."""

    id: int
    role: Role
    case: str

    @property
    def label(self) -> str:
        """The role's name."""
        return str(self.role.label)


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who has a role in a study. ``protected``: she has a second factor."""

    id: int
    name: str
    email: str
    active: bool
    protected: bool
    roles: tuple[RoleHeld, ...]


@dataclass(frozen=True, slots=True)
class Invited:
    """An invitation that waits. ``sent_at``: empty until the mail has left."""

    id: int
    email: str
    role: Role
    case: str
    invited_at: datetime
    sent_at: datetime | None
    expires_at: datetime

    @property
    def label(self) -> str:
        """The role's name."""
        return str(self.role.label)


@dataclass(frozen=True, slots=True)
class OpeningCard:
    """An exceptional access, asked for or under way."""

    id: int
    study_id: int
    asked_by: str
    asker: int
    reason: str
    hours: int
    asked_at: datetime
    answered_by: str
    granted: bool | None
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Offer:
    """What an invitation's page says. ``known``: an account has this address already."""

    id: int
    email: str
    study_id: int
    role: Role
    case: str
    invited_by: str
    language: str
    known: bool


class OldInvitation(UseCaseError):
    """An invitation that served already, was cancelled, or whose time is over."""

    http_status = 410


def members_of(*, study_id: int) -> tuple[Member, ...]:
    """Return who has a role in a study, by name. One SQL query.

    The caller has checked ``MANAGE_ACCESS``.
    """
    factor = SecondFactor.objects.filter(account_id=OuterRef("account_id"))
    rows = (
        Assignment.objects.filter(study_id=study_id)
        .exclude(role=OPENING)
        .select_related("account")
        .annotate(protected=Exists(factor))
        .order_by("account__name", "account_id", "case", "role")
    )
    members: dict[int, Member] = {}
    for row in rows:
        held = RoleHeld(row.pk, Role(row.role), row.case)
        who = row.account
        before = members[who.pk].roles if who.pk in members else ()
        members[who.pk] = Member(
            who.pk, who.name, who.email, who.is_active, row.protected, (*before, held)
        )
    return tuple(members.values())


def invitations_of(*, study_id: int) -> tuple[Invited, ...]:
    """Return the invitations of a study that wait for an answer, latest first. One SQL query."""
    rows = Invitation.objects.filter(
        study_id=study_id, accepted_at=None, cancelled_at=None
    ).order_by("-pk")
    return tuple(
        Invited(
            row.pk,
            row.email,
            Role(row.role),
            row.case,
            row.invited_at,
            row.sent_at,
            row.expires_at,
        )
        for row in rows
    )


def offer_of(*, token: str, at: datetime) -> Offer:
    """Return what an invitation's link offers. Two SQL queries.

    Raises:
        NotFound: no invitation has this token.
        OldInvitation: it served already, was cancelled, or its time is over.
    """
    found = invitation_of(token=token, at=at)
    return Offer(
        found.pk,
        found.email,
        found.study_id,
        Role(found.role),
        found.case,
        found.invited_by.name,
        found.language,
        Account.objects.filter(email__iexact=found.email).exists(),
    )


def invitation_of(*, token: str, at: datetime) -> Invitation:
    """Return the invitation of a link that may still be accepted. One SQL query.

    Raises:
        NotFound, OldInvitation: as :func:`offer_of`.
    """
    rows = Invitation.objects.select_related("invited_by")
    found = rows.filter(digest=token_digest(token)).first()
    if found is None:
        raise NotFound
    if found.accepted_at is not None:
        raise OldInvitation(
            _("Cette invitation a déjà servi. Connectez-vous avec votre adresse de courriel.")
        )
    if found.cancelled_at is not None:
        raise OldInvitation(_("Cette invitation a été annulée. Écrivez à qui vous l’a envoyée."))
    if found.expires_at <= at:
        raise OldInvitation(
            _("Cette invitation n’est plus valable. Demandez-en une nouvelle à l’équipe.")
        )
    return found


def openings_of(*, study_id: int | None, at: datetime) -> tuple[OpeningCard, ...]:
    """Return the exceptional accesses that wait for an answer or are under way. One SQL query.

    ``study_id=None``: those of every study, for the site's administrators.
    """
    rows = Opening.objects.select_related("asked_by", "answered_by").order_by("-pk")
    if study_id is not None:
        rows = rows.filter(study_id=study_id)
    return tuple(
        OpeningCard(
            row.pk,
            row.study_id,
            row.asked_by.name,
            row.asked_by_id,
            row.reason,
            row.hours,
            row.asked_at,
            row.answered_by.name if row.answered_by else "",
            row.granted,
            row.until,
        )
        for row in rows.filter(ended_at=None).exclude(granted=False)
        if row.until is None or row.until > at
    )


def holders_of(*, study_id: int, verb: Verb) -> tuple[Account, ...]:
    """Return the active accounts that hold a verb in the whole study. One SQL query."""
    roles = [role for role, verbs in VERBS.items() if verb in verbs]
    rows = Account.objects.filter(
        pk__in=Assignment.objects.filter(
            in_force(), study_id=study_id, case="", role__in=roles
        ).values("account_id"),
        is_active=True,
    )
    return tuple(rows.order_by("pk"))


@dataclass(frozen=True, slots=True)
class AccountLine:
    """An account, as the site's administrators see it: no study is named."""

    id: int
    name: str
    email: str
    active: bool
    administrator: bool
    protected: bool


def accounts(*, viewer: Account) -> tuple[AccountLine, ...]:
    """Return every account of the site, by name. One SQL query.

    Raises:
        NotFound: the viewer does not administer the site.
    """
    if not (viewer.is_administrator and viewer.is_active):
        raise NotFound
    factor = SecondFactor.objects.filter(account_id=OuterRef("pk"))
    rows = Account.objects.annotate(protected=Exists(factor)).order_by("name", "pk")
    return tuple(
        AccountLine(row.pk, row.name, row.email, row.is_active, row.is_administrator, row.protected)
        for row in rows
    )
