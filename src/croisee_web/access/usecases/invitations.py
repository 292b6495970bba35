"""Inviting somebody into a study, and accepting."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from croisee_web.access.models import Account, Assignment, Invitation
from croisee_web.access.queries import invitation_of, require
from croisee_web.access.rules import INVITATION_LASTS, PLAIN, Letter
from croisee_web.access.usecases.accounts import new_account
from croisee_web.access.usecases.roles import check_role
from croisee_web.access.vault import link_token, new_nonce, token_digest
from croisee_web.access.vocabulary import (
    ACCOUNT_INVITED,
    ACCOUNT_JOINED,
    INVITATION_CANCELLED,
    INVITATION_RESENT,
    Verb,
)
from croisee_web.jobs.usecases import ask
from croisee_web.journal.usecases import record
from croisee_web.kit.errors import NotFound, UseCaseError


class AlreadyThere(UseCaseError):
    """Somebody has this role, or this invitation, already."""


@transaction.atomic
def invite(
    *,
    email: str,
    role: str,
    study_id: int,
    case: str,
    actor: Account,
    at: datetime,
    letter: Letter = PLAIN,
) -> Invitation:
    """Offer a role to an address; the worker sends the mail, as ``letter`` says.

    Raises:
        NotAllowed, NotFound: the actor does not manage this study's access.
        UseCaseError: the role and the network do not go together.
        AlreadyThere: this address has the role, or its invitation waits.
    """
    require(actor=actor, verb=Verb.MANAGE_ACCESS, study_id=study_id)
    check_role(actor=actor, role=role, study_id=study_id, case=case, at=at)
    same = {"study_id": study_id, "role": role, "case": case}
    if Assignment.objects.filter(account__email__iexact=email.strip(), **same).exists():
        raise AlreadyThere(_("Cette personne a déjà ce rôle."))
    waiting = Invitation.objects.filter(
        email__iexact=email.strip(), accepted_at=None, cancelled_at=None, expires_at__gt=at, **same
    )
    if waiting.exists():
        raise AlreadyThere(_("Cette invitation attend déjà. Vous pouvez la renvoyer."))
    nonce = new_nonce()
    made = Invitation.objects.create(
        email=email.strip(),
        language=letter.language,
        invited_by=actor,
        invited_at=at,
        expires_at=at + INVITATION_LASTS,
        nonce=nonce,
        digest=token_digest(link_token("invitation", nonce)),
        **same,
    )
    ask(
        job="access.invitation",
        actor=actor.label,
        at=at,
        study_id=study_id,
        invitation=made.pk,
        origin=letter.origin,
    )
    record(
        act=ACCOUNT_INVITED,
        actor=actor.label,
        at=at,
        study_id=study_id,
        invitation=made.pk,
        role=role,
        case=case,
    )
    return made


@transaction.atomic
def resend_invitation(
    *, actor: Account, study_id: int, number: int, at: datetime, origin: str = ""
) -> None:
    """Send an invitation again, under a new link: the one before no longer opens anything.

    Raises:
        NotAllowed, NotFound: not the actor's to send, or no invitation waits there.
    """
    waiting = _waiting(actor, study_id, number)
    waiting.nonce = new_nonce()
    waiting.digest = token_digest(link_token("invitation", waiting.nonce))
    waiting.expires_at, waiting.sent_at = at + INVITATION_LASTS, None
    waiting.save()
    ask(
        job="access.invitation",
        actor=actor.label,
        at=at,
        study_id=study_id,
        invitation=waiting.pk,
        origin=origin,
    )
    record(
        act=INVITATION_RESENT, actor=actor.label, at=at, study_id=study_id, invitation=waiting.pk
    )


@transaction.atomic
def cancel_invitation(*, actor: Account, study_id: int, number: int, at: datetime) -> None:
    """Take an invitation back: its link opens nothing any more.

    Raises:
        NotAllowed, NotFound: not the actor's to cancel, or no invitation waits there.
    """
    waiting = _waiting(actor, study_id, number)
    waiting.cancelled_at = at
    waiting.save()
    record(
        act=INVITATION_CANCELLED, actor=actor.label, at=at, study_id=study_id, invitation=waiting.pk
    )


@transaction.atomic
def join(*, token: str, actor: Account, at: datetime) -> int:
    """Accept an invitation with the account one has; return the study's number.

    Raises:
        NotFound, OldInvitation: the link opens nothing, or no longer.
    """
    return _accept(token, actor, at)


@transaction.atomic
def join_with_new_account(
    *, token: str, name: str, password: str, language: str, actor: str, at: datetime
) -> Account:
    """Accept an invitation and open an account at its address.

    Raises:
        NotFound, OldInvitation: the link opens nothing, or no longer.
        AlreadyThere: an account has this address: sign in with it.
        WeakPassword: the password would be guessed.
    """
    email = invitation_of(token=token, at=at).email
    if Account.objects.filter(email__iexact=email).exists():
        raise AlreadyThere(_("Cette adresse a déjà un compte. Connectez-vous pour accepter."))
    account = new_account(
        email=email, name=name, password=password, language=language, actor=actor, at=at
    )
    _accept(token, account, at)
    return account


def _accept(token: str, account: Account, at: datetime) -> int:
    number = invitation_of(token=token, at=at).pk
    Invitation.objects.select_for_update().get(pk=number)
    found = invitation_of(token=token, at=at)
    Assignment.objects.get_or_create(
        account=account,
        study_id=found.study_id,
        case=found.case,
        role=found.role,
        defaults={"given_at": at},
    )
    found.accepted_at = at
    found.save(update_fields=["accepted_at"])
    record(
        act=ACCOUNT_JOINED,
        actor=account.label,
        at=at,
        study_id=found.study_id,
        invitation=found.pk,
        role=found.role,
        case=found.case,
    )
    return found.study_id


def _waiting(actor: Account, study_id: int, number: int) -> Invitation:
    require(actor=actor, verb=Verb.MANAGE_ACCESS, study_id=study_id)
    found = (
        Invitation.objects.select_for_update()
        .filter(pk=number, study_id=study_id, accepted_at=None, cancelled_at=None)
        .first()
    )
    if found is None:
        raise NotFound
    return found
