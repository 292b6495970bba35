"""A forgotten password: a link by mail, to whoever asks, whether or not the account exists."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils.translation import gettext as _

from croisee_web.access.models import Account, Invitation, Recovery, ResetLink, Tries
from croisee_web.access.rules import tries_key
from croisee_web.access.usecases.accounts import change_password
from croisee_web.access.usecases.sign_in import count_try
from croisee_web.access.vault import token_digest
from croisee_web.jobs.usecases import ask
from croisee_web.kit.errors import UseCaseError

KEPT_AFTER = timedelta(days=90)


class OldLink(UseCaseError):
    """A link that served already, or whose hour is over; or that never was."""

    http_status = 410


def ask_for_reset(*, email: str, origin: str, machine: str, actor: str, at: datetime) -> None:
    """Have a link sent to an address, if it is an account's. The answer is always the same.

    Raises:
        TooManyTries: it was asked for too often from one machine for this address.
    """
    count_try(here=tries_key("reset", email.strip().lower(), machine), actor=actor, at=at)
    found = Account.objects.filter(email__iexact=email.strip(), is_active=True).first()
    ask(job="access.reset", actor=actor, at=at, account=found.pk if found else 0, origin=origin)


def link_holds(*, token: str, actor: str, at: datetime) -> Account:
    """Return the account whose password a link may change.

    Raises:
        OldLink: it may not, or no longer.
    """
    del actor
    rows = ResetLink.objects.select_related("account")
    found = rows.filter(digest=token_digest(token), used_at=None, expires_at__gt=at).first()
    if found is None or not found.account.is_active:
        raise OldLink(_("Ce lien a déjà servi, ou son heure est passée. Demandez-en un nouveau."))
    return found.account


@transaction.atomic
def reset_password(*, token: str, password: str, actor: str, at: datetime) -> Account:
    """Choose a new password with a mailed link; every other link and session is over.

    Raises:
        OldLink: the link does not hold.
        WeakPassword: the password would be guessed.
    """
    account = Account.objects.select_for_update().get(
        pk=link_holds(token=token, actor=actor, at=at).pk
    )
    link_holds(token=token, actor=actor, at=at)
    change_password(actor=account, password=password, at=at)
    ResetLink.objects.filter(account=account, used_at=None).update(used_at=at)
    return account


def forget_what_is_over(*, actor: str, at: datetime) -> None:
    """Remove counted tries and links three months after they last served, and old sessions."""
    del actor
    Tries.objects.filter(last_at__lt=at - KEPT_AFTER).delete()
    ResetLink.objects.filter(asked_at__lt=at - KEPT_AFTER).delete()
    Recovery.objects.filter(asked_at__lt=at - KEPT_AFTER).delete()
    Invitation.objects.filter(expires_at__lt=at - KEPT_AFTER).delete()
    Session.objects.filter(expire_date__lt=at).delete()
