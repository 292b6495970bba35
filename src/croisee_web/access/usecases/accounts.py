"""Opening, changing and suspending accounts."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from croisee_web.access.models import Account
from croisee_web.access.rules import forget_first_steps
from croisee_web.access.usecases.administrators import keep_one_administrator
from croisee_web.access.vocabulary import (
    ACCOUNT_CHANGED,
    ACCOUNT_CLOSED,
    ACCOUNT_REOPENED,
    FIRST_ADMINISTRATOR,
    PASSWORD_CHANGED,
)
from croisee_web.journal.usecases import record
from croisee_web.kit.errors import NotFound, UseCaseError


class WeakPassword(UseCaseError):
    """A password that would be guessed; the text says why."""

    http_status = 422


@transaction.atomic
def first_administrator(
    *, email: str, name: str, password: str, at: datetime, language: str = "fr", actor: str = "site"
) -> Account:
    """Open the site's first account, which administers it. The waiting token is forgotten.

    Raises:
        UseCaseError: an account exists already.
        WeakPassword: the password would be guessed.
    """
    if Account.objects.exists():
        raise UseCaseError(_("Ce site a déjà un compte. Demandez une invitation à l’équipe."))
    account = new_account(
        email=email, name=name, password=password, language=language, actor=actor, at=at
    )
    account.is_administrator, account.administrator_since = True, at
    account.save()
    record(act=FIRST_ADMINISTRATOR, actor=account.label, at=at, account=account.pk)
    transaction.on_commit(forget_first_steps)
    return account


def new_account(
    *, email: str, name: str, password: str, language: str, actor: str, at: datetime
) -> Account:
    """Make an account; the act that asks for it checks the right and writes the journal.

    Raises:
        WeakPassword: the password would be guessed.
    """
    del actor
    account = Account(
        email=email.strip(), name=" ".join(name.split()), language=language, created_at=at
    )
    _check_strength(password, account)
    account.set_password(password)
    account.save()
    return account


@transaction.atomic
def change_account(*, actor: Account, name: str, language: str, at: datetime) -> None:
    """Change one's own name and language."""
    actor.name, actor.language = " ".join(name.split()), language
    actor.save(update_fields=["name", "language"])
    record(act=ACCOUNT_CHANGED, actor=actor.label, at=at)


@transaction.atomic
def change_password(*, actor: Account, password: str, at: datetime) -> None:
    """Choose a new password; every session opened with the old one is over.

    Raises:
        WeakPassword: the password would be guessed.
    """
    _check_strength(password, actor)
    actor.set_password(password)
    actor.sessions_epoch += 1
    actor.save(update_fields=["password", "sessions_epoch"])
    record(act=PASSWORD_CHANGED, actor=actor.label, at=at)


@transaction.atomic
def suspend_account(*, actor: Account, number: int, at: datetime) -> None:
    """Close an account's sessions and refuse its sign-in; its roles and acts remain.

    Raises:
        NotFound: no such account, or the actor does not administer the site.
        LastAdministrator: nobody would administer the site any more.
    """
    _must_administer(actor)
    # Every administrator's row is locked first, in one order: two who close each other's account
    # would else each hold what the other waits for.
    keep_one_administrator(actor=actor, number=number, at=at)
    account = _administered(actor, number)
    account.is_active = False
    account.sessions_epoch = F("sessions_epoch") + 1
    account.save(update_fields=["is_active", "sessions_epoch"])
    record(act=ACCOUNT_CLOSED, actor=actor.label, at=at, account=account.pk)


@transaction.atomic
def reopen_account(*, actor: Account, number: int, at: datetime) -> None:
    """Let a suspended account sign in again.

    Raises:
        NotFound: no such account, or the actor does not administer the site.
    """
    account = _administered(actor, number)
    account.is_active = True
    account.save(update_fields=["is_active"])
    record(act=ACCOUNT_REOPENED, actor=actor.label, at=at, account=account.pk)


def _check_strength(password: str, account: Account) -> None:
    try:
        validate_password(password, account)
    except ValidationError as weak:
        raise WeakPassword(" ".join(weak.messages)) from weak


def _must_administer(actor: Account) -> None:
    if not (actor.is_administrator and actor.is_active):
        raise NotFound


def _administered(actor: Account, number: int) -> Account:
    _must_administer(actor)
    account = Account.objects.select_for_update().filter(pk=number).first()
    if account is None:
        raise NotFound
    return account
