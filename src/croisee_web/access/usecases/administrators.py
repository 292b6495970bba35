"""Who administers the site: named by somebody who does, never fewer than one."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from croisee_web.access.models import Account
from croisee_web.access.queries import SecondFactorNeeded, has_second_factor
from croisee_web.access.vocabulary import ADMINISTRATOR_NAMED, ADMINISTRATOR_REMOVED
from croisee_web.jobs.usecases import ask
from croisee_web.journal.usecases import record
from croisee_web.kit.errors import NotFound, UseCaseError


class LastAdministrator(UseCaseError):
    """A site is never left without anybody who administers it."""


@transaction.atomic
def name_administrator(*, actor: Account, number: int, at: datetime, origin: str = "") -> None:
    """Have one more account administer the site. Done twice, it changes nothing.

    Everyone who administers the site is told by mail, and the person named.

    Raises:
        NotFound: the actor does not administer the site, or no such account is open.
        SecondFactorNeeded: the actor's account has no second factor.
    """
    _check(actor)
    _name(Account.objects.filter(pk=number), actor.label, at, origin)


@transaction.atomic
def name_from_console(*, email: str, actor: str, at: datetime) -> None:
    """Do the same from the machine of the site, when nobody who administers it can sign in.

    Raises:
        NotFound: no open account has this address.
    """
    _name(Account.objects.filter(email__iexact=email.strip()), actor, at, "")


@transaction.atomic
def remove_administrator(*, actor: Account, number: int, at: datetime, origin: str = "") -> None:
    """Have an account no longer administer the site; its roles in studies remain.

    Raises:
        NotFound: the actor does not administer the site, or the account does not either.
        SecondFactorNeeded: the actor's account has no second factor.
        LastAdministrator: nobody would administer the site any more.
    """
    _check(actor)
    keep_one_administrator(actor=actor, number=number, at=at)
    removed = Account.objects.filter(pk=number, is_administrator=True).first()
    if removed is None:
        raise NotFound
    removed.is_administrator, removed.administrator_since = False, None
    removed.save(update_fields=["is_administrator", "administrator_since"])
    _tell(removed, actor.label, at, origin)
    record(act=ADMINISTRATOR_REMOVED, actor=actor.label, at=at, account=number)


def keep_one_administrator(*, actor: Account, number: int, at: datetime) -> None:
    """Stop an act that would leave the site without an open account that administers it.

    Inside the act's transaction: two who remove each other wait for one another.

    Raises:
        LastAdministrator: this account is the last one.
    """
    del actor, at
    rows = Account.objects.select_for_update().filter(is_administrator=True).order_by("pk")
    open_ones = {account.pk for account in rows if account.is_active}
    if open_ones == {number}:
        raise LastAdministrator(
            _("C’est la dernière personne qui administre le site. Nommez-en une autre d’abord.")
        )


def _name(rows: QuerySet[Account], label: str, at: datetime, origin: str) -> None:
    named = rows.select_for_update().filter(is_active=True).first()
    if named is None:
        raise NotFound
    if named.is_administrator:
        return
    named.is_administrator, named.administrator_since = True, at
    named.save(update_fields=["is_administrator", "administrator_since"])
    _tell(named, label, at, origin)
    record(act=ADMINISTRATOR_NAMED, actor=label, at=at, account=named.pk)


def _tell(account: Account, label: str, at: datetime, origin: str) -> None:
    ask(
        job="access.administrator",
        actor=label,
        at=at,
        account=account.pk,
        named=account.is_administrator,
        origin=origin,
    )


def _check(actor: Account) -> None:
    fresh = Account.objects.filter(pk=actor.pk, is_administrator=True, is_active=True)
    if not fresh.exists():
        raise NotFound
    if not has_second_factor(account=actor):
        raise SecondFactorNeeded(
            _("Pour cela, votre compte a besoin d’une double vérification. Ajoutez-la d’abord.")
        )
