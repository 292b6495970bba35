"""Who has lost every second factor, and who may confirm that it is her."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from croisee_web.access.models import Account, Assignment, Recovery, RecoveryCode, SecondFactor
from croisee_web.access.queries.verbs import in_force
from croisee_web.access.rules import STEADY
from croisee_web.access.vault import token_digest
from croisee_web.access.vocabulary import OPENING, Role
from croisee_web.kit.errors import NotFound, UseCaseError


class OldRecovery(UseCaseError):
    """A recovery's link that served, was refused, or whose time is over; or that never was."""

    http_status = 410


@dataclass(frozen=True, slots=True)
class RecoveryCard:
    """A recovery as who may confirm it sees it.

    ``confirmed_by``: who did first; ``mine``: it was the reader; ``complete``: both did, and the
    link left. ``steady``: the reader's role and second factor are old enough to confirm.
    """

    id: int
    name: str
    email: str
    asked_at: datetime
    expires_at: datetime
    confirmed_by: str
    mine: bool
    complete: bool
    steady: bool


def open_recoveries(*, at: datetime) -> QuerySet[Recovery]:
    """Return the recoveries that are neither over nor out of date.

    One whose account has signed in with a second factor meanwhile has fallen: nothing was lost.
    """
    since = Q(last_used_at__gt=OuterRef("asked_at")) | Q(added_at__gt=OuterRef("asked_at"))
    held = SecondFactor.objects.filter(since, account_id=OuterRef("account_id"))
    used = RecoveryCode.objects.filter(
        account_id=OuterRef("account_id"), used_at__gt=OuterRef("asked_at")
    )
    return Recovery.objects.filter(
        ~Exists(held), ~Exists(used), ended_at=None, expires_at__gt=at, account__is_active=True
    )


def guarantors_of(*, account_id: int, steady_at: datetime | None = None) -> tuple[Account, ...]:
    """Return who may confirm that somebody is herself. One SQL query.

    The site's administrators, and the leads of the studies where she has a role; never herself.
    ``steady_at``: only those who held their role and a second factor a day before.
    """
    until = None if steady_at is None else steady_at - STEADY
    administers, leads = Q(is_administrator=True), Q(role=Role.LEAD, case="")
    if until is not None:
        administers &= Q(administrator_since__lte=until)
        leads &= Q(given_at__lte=until)
    theirs = _roles(account_id).values("study_id")
    leading = Assignment.objects.filter(leads, in_force(), study_id__in=theirs)
    rows = Account.objects.filter(
        administers | Q(pk__in=leading.values("account_id")), is_active=True
    ).exclude(pk=account_id)
    if until is not None:
        held = SecondFactor.objects.filter(account_id=OuterRef("pk"), added_at__lte=until)
        rows = rows.filter(Exists(held))
    return tuple(rows.order_by("name", "pk"))


def is_steady(*, guarantor: Account, account_id: int, at: datetime) -> bool:
    """Return whether somebody may confirm for an account now. One SQL query."""
    return guarantor in guarantors_of(account_id=account_id, steady_at=at)


def recoveries_for(*, viewer: Account, at: datetime) -> tuple[RecoveryCard, ...]:
    """Return the recoveries that somebody may answer, oldest first.

    One SQL query, and one more for each recovery: there are none on most days.
    """
    rows = open_recoveries(at=at).select_related("account", "first_by").order_by("pk")
    if not viewer.is_administrator:
        led = Assignment.objects.filter(
            in_force(), account_id=viewer.pk, role=Role.LEAD, case=""
        ).values("study_id")
        members = Assignment.objects.filter(in_force(), study_id__in=led).exclude(role=OPENING)
        rows = rows.filter(account_id__in=members.values("account_id"))
    return tuple(
        RecoveryCard(
            row.pk,
            row.account.name,
            row.account.email,
            row.asked_at,
            row.expires_at,
            row.first_by.name if row.first_by else "",
            row.first_by_id == viewer.pk,
            row.second_by_id is not None,
            is_steady(guarantor=viewer, account_id=row.account_id, at=at),
        )
        for row in rows.exclude(account_id=viewer.pk)
        if viewer.is_active
    )


def recovery_for(*, viewer: Account, number: int, at: datetime) -> RecoveryCard:
    """Return one of them. As many SQL queries as :func:`recoveries_for`.

    Raises:
        NotFound: it is over, or not the viewer's to answer.
    """
    for card in recoveries_for(viewer=viewer, at=at):
        if card.id == number:
            return card
    raise NotFound(_("Cette demande est terminée, ou elle ne vous revient pas."))


def recovery_of(*, token: str, at: datetime) -> Recovery:
    """Return the recovery of a mailed link that still holds. One SQL query.

    Raises:
        OldRecovery: it does not, or no longer.
    """
    rows = open_recoveries(at=at).select_related("account")
    found = rows.filter(digest=token_digest(token), second_by__isnull=False).first()
    if found is None:
        raise OldRecovery(
            _(
                "Ce lien a déjà servi, a été refusé, ou son temps est passé. "
                "Recommencez depuis la page de connexion."
            )
        )
    return found


def _roles(account_id: int) -> QuerySet[Assignment]:
    rows = Assignment.objects.filter(in_force(), account_id=account_id)
    return rows.exclude(role=OPENING)
