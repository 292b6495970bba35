"""Giving a role in a study, and taking it back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from croisee_web.access.models import Account, Assignment
from croisee_web.access.queries import require
from croisee_web.access.rules import study_names
from croisee_web.access.vocabulary import OPENING, ROLE_GIVEN, ROLE_TAKEN, Role, Verb
from croisee_web.journal.usecases import record
from croisee_web.kit.errors import NotFound, UseCaseError


class LastLead(UseCaseError):
    """A study is never left without anybody responsible for it."""


class NotARole(UseCaseError):
    """No such role, or a network it does not go with."""

    http_status = 422


@transaction.atomic
def give_first_lead(*, actor: Account, study_id: int, at: datetime) -> None:
    """Make the person who creates a study its lead.

    Raises:
        UseCaseError: somebody has a role in it already.
    """
    if Assignment.objects.filter(study_id=study_id).exists():
        raise UseCaseError(_("Cette étude a déjà une équipe."))
    Assignment.objects.create(account=actor, study_id=study_id, role=Role.LEAD, given_at=at)
    _noted(ROLE_GIVEN, actor, at, study_id, actor.pk, Role.LEAD, "")


@transaction.atomic
def give_role(
    *, actor: Account, account_id: int, role: str, study_id: int, case: str, at: datetime
) -> None:
    """Give one more role to somebody who is in the study. Done twice, it changes nothing.

    Raises:
        NotAllowed, NotFound: the actor does not manage this study's access, or nobody of
            this number is in it.
        NotARole: the role and the network do not go together.
    """
    require(actor=actor, verb=Verb.MANAGE_ACCESS, study_id=study_id)
    check_role(actor=actor, role=role, study_id=study_id, case=case, at=at)
    _members(study_id, account_id)
    _made, new = Assignment.objects.get_or_create(
        account_id=account_id, study_id=study_id, case=case, role=role, defaults={"given_at": at}
    )
    if new:
        _noted(ROLE_GIVEN, actor, at, study_id, account_id, role, case)


@transaction.atomic
def take_role(*, actor: Account, number: int, study_id: int, at: datetime) -> None:
    """Take a role back: what it allowed ends with the next page.

    Raises:
        NotAllowed, NotFound: the actor does not manage this study's access, or no such role.
        LastLead: nobody would be responsible for the study any more.
    """
    require(actor=actor, verb=Verb.MANAGE_ACCESS, study_id=study_id)
    team = list(
        Assignment.objects.select_for_update().filter(study_id=study_id).exclude(role=OPENING)
    )
    taken = next((one for one in team if one.pk == number), None)
    if taken is None:
        raise NotFound
    leads = {one.pk for one in team if one.role == Role.LEAD and one.case == ""}
    active = Assignment.objects.filter(pk__in=leads - {number}, account__is_active=True)
    if number in leads and not active.exists():
        raise LastLead(
            _("C’est la dernière personne responsable de l’étude. Nommez-en une autre d’abord.")
        )
    taken.delete()
    _noted(ROLE_TAKEN, actor, at, study_id, taken.account_id, taken.role, taken.case)


def check_role(*, actor: Account, role: str, study_id: int, case: str, at: datetime) -> None:
    """Stop a role that does not exist, or a network it does not go with.

    Raises:
        NotARole: said in words.
    """
    del actor, at
    if role not in Role.values:
        raise NotARole(_("Choisissez un rôle dans la liste."))
    if case and case not in {code for code, _name in study_names().cases(study_id)}:
        raise NotARole(_("Ce réseau n’est pas dans l’étude."))
    if role == Role.COORDINATOR and not case:
        raise NotARole(_("Choisissez le réseau que cette personne coordonne."))
    if role == Role.LEAD and case:
        raise NotARole(
            _("Qui est responsable l’est de toute l’étude. Ne choisissez pas de réseau.")
        )


def _members(study_id: int, account_id: int) -> None:
    if not (
        Assignment.objects.filter(study_id=study_id, account_id=account_id)
        .exclude(role=OPENING)
        .exists()
    ):
        raise NotFound


def _noted(
    act: str, actor: Account, at: datetime, study_id: int, account: int, role: str, case: str
) -> None:
    record(
        act=act,
        actor=actor.label,
        at=at,
        study_id=study_id,
        account=account,
        role=str(role),
        case=case,
    )
