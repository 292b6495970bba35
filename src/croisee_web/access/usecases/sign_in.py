"""Signing in: the password, counted tries, sessions."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth import authenticate
from django.db.models import F
from django.utils.translation import gettext as _

from croisee_web.access.models import FORGOTTEN_AFTER, Account, Tries
from croisee_web.access.rules import (
    FREE_TRIES,
    FREE_TRIES_ANYWHERE,
    may_try_at,
    tries_key,
)
from croisee_web.access.vocabulary import SESSIONS_ENDED, SIGNED_IN
from croisee_web.journal.usecases import record
from croisee_web.kit.errors import UseCaseError


class WrongPassword(UseCaseError):
    """No account has this address and this password; which of the two is not said."""

    http_status = 422


class TooManyTries(UseCaseError):
    """Too many missed tries: wait."""

    http_status = 429


def sign_in(*, email: str, password: str, machine: str, actor: str, at: datetime) -> Account:
    """Return the account of an address and a password. ``actor`` is « site »: nobody is in yet.

    Tries are counted for an account from one machine, and for an account from machines it
    never signed in from; never for a machine alone: thirty people share one address. What
    is answered does not depend on whether the account exists, and takes as long.

    Raises:
        TooManyTries: too many missed tries; the password was not looked at.
        WrongPassword: the two do not go together, or the account is suspended.
    """
    del actor
    known_as = email.strip().lower()
    here = tries_key("here", known_as, machine)
    anywhere = tries_key("anywhere", known_as)
    count_try(here=here, anywhere=anywhere, actor="site", at=at)
    found = authenticate(None, username=email.strip(), password=password)
    if not isinstance(found, Account):
        raise WrongPassword(_("Cette adresse et ce mot de passe ne vont pas ensemble."))
    forgive_tries(here=here, anywhere=anywhere, actor=found.label, at=at)
    return found


def confirm_password(*, actor: Account, password: str, machine: str, at: datetime) -> None:
    """Make sure that whoever holds the session is its owner, before a delicate change.

    Raises:
        TooManyTries, WrongPassword: as for signing in.
    """
    sign_in(email=actor.email, password=password, machine=machine, actor=actor.label, at=at)


def count_try(*, here: str, anywhere: str = "", actor: str, at: datetime) -> None:
    """Count a try before it is looked at, so that parallel guesses count too.

    Raises:
        TooManyTries: the wait is not over; this one is not counted.
    """
    del actor
    rows = {row.key: row for row in Tries.objects.filter(key__in=[here, anywhere])}
    mine, whole = rows.get(here), rows.get(anywhere)
    again = [at]
    if mine is not None and at - mine.last_at < FORGOTTEN_AFTER:
        again.append(may_try_at(mine.failures, mine.last_at, FREE_TRIES))
    known = mine is not None and mine.known
    if whole is not None and not known and at - whole.last_at < FORGOTTEN_AFTER:
        again.append(may_try_at(whole.failures, whole.last_at, FREE_TRIES_ANYWHERE))
    if max(again) > at:
        minutes = -(-(max(again) - at).seconds // 60)
        raise TooManyTries(
            _("Trop d’essais. Attendez %(minutes)s min, puis réessayez.") % {"minutes": minutes}
        )
    for key in filter(None, (here, anywhere)):
        Tries.objects.add(key, at)


def forgive_tries(*, here: str, anywhere: str = "", actor: str, at: datetime) -> None:
    """Forget the missed tries of a machine from which the right answer came."""
    del actor, at
    Tries.objects.filter(key=here).update(failures=0, known=True)
    Tries.objects.filter(key=anywhere, failures__gt=0).update(failures=F("failures") - 1)


def note_sign_in(*, actor: Account, at: datetime, how: str) -> None:
    """Write in the journal that a session began. ``how``: password, totp, code or passkey."""
    record(act=SIGNED_IN, actor=actor.label, at=at, how=how)


def end_every_session(*, actor: Account, at: datetime, account: Account | None = None) -> None:
    """Close every session of an account, on every machine, at its next page."""
    concerned = account or actor
    Account.objects.filter(pk=concerned.pk).update(sessions_epoch=F("sessions_epoch") + 1)
    concerned.refresh_from_db(fields=["sessions_epoch"])
    record(act=SESSIONS_ENDED, actor=actor.label, at=at, account=concerned.pk)
