"""Every second factor lost: two other persons confirm, then a mailed link replaces it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from croisee_web.access.models import Account, Recovery, RecoveryCode, SecondFactor
from croisee_web.access.queries import (
    has_second_factor,
    is_steady,
    open_recoveries,
    recovery_for,
    recovery_of,
)
from croisee_web.access.rules import RECOVERY_LASTS, RECOVERY_PAUSE, RECOVERY_WAITS, tries_key
from croisee_web.access.usecases.proofs import FactorProof, check_proof
from croisee_web.access.usecases.second_factors import add_application
from croisee_web.access.usecases.sign_in import confirm_password, count_try, end_every_session
from croisee_web.access.vocabulary import (
    RECOVERED,
    RECOVERY_ASKED,
    RECOVERY_CONFIRMED,
    RECOVERY_REFUSED,
)
from croisee_web.jobs.usecases import ask
from croisee_web.journal.usecases import record
from croisee_web.kit.errors import NotFound, UseCaseError


@dataclass(frozen=True, slots=True)
class NewApplication:
    """An application of codes being added: its secret, and a first code that it gave."""

    secret: str
    code: str


class TooRecent(UseCaseError):
    """A role or a second factor held for less than a day confirms nobody."""

    http_status = 403


def ask_for_recovery(*, email: str, origin: str, machine: str, actor: str, at: datetime) -> None:
    """Ask, from the sign-in page, for two persons to let an account in again.

    The answer is always the same: the worker looks at whether there is such an account.

    Raises:
        TooManyTries: it was asked for too often from one machine for this address.
    """
    count_try(here=tries_key("recovery", email.strip().lower(), machine), actor=actor, at=at)
    found = Account.objects.filter(email__iexact=email.strip(), is_active=True).first()
    ask(job="access.recovery", actor=actor, at=at, account=found.pk if found else 0, origin=origin)


@transaction.atomic
def open_recovery(*, number: int, origin: str, actor: str, at: datetime) -> None:
    """Open what was asked for, and have everyone concerned told.

    Does nothing for account 0, an account without a second factor, one whose recovery waits
    already, or was refused less than a day ago.
    """
    account = Account.objects.select_for_update().filter(pk=number, is_active=True).first()
    if account is None or not has_second_factor(account=account):
        return
    mine = Recovery.objects.filter(account=account)
    refused = mine.filter(refused_by__isnull=False, ended_at__gt=at - RECOVERY_PAUSE)
    if refused.exists() or open_recoveries(at=at).filter(account=account).exists():
        return
    mine.filter(ended_at=None).update(ended_at=at, digest=None)
    made = Recovery.objects.create(account=account, asked_at=at, expires_at=at + RECOVERY_WAITS)
    _tell("asked", made, actor, at, origin)
    record(act=RECOVERY_ASKED, actor="site", at=at, account=account.pk, recovery=made.pk)


def confirm_recovery(
    *, actor: Account, number: int, proof: FactorProof, at: datetime, origin: str = ""
) -> bool:
    """Confirm that somebody is herself; return whether both have, and the link leaves.

    The first one's word falls when she may no longer give it: the second is then the first.

    Raises:
        NotFound: it is over, or not the actor's to answer.
        TooRecent: the actor's role or second factor is less than a day old.
        TooManyTries, WrongCode, PasskeyRefused: her own second factor does not hold.
        UseCaseError: she has confirmed already, or two others have.
    """
    if not recovery_for(viewer=actor, number=number, at=at).steady:
        raise TooRecent(
            _(
                "Il faut avoir ce rôle et une double vérification depuis un jour. "
                "Une autre personne doit confirmer."
            )
        )
    check_proof(actor=actor, proof=proof, at=at)
    with transaction.atomic():
        waiting = _locked(actor, number, at)
        first = waiting.first_by
        if waiting.second_by_id is not None:
            raise UseCaseError(_("Deux personnes ont déjà confirmé. Le lien est parti."))
        if first is not None and first.pk == actor.pk:
            raise UseCaseError(_("Vous avez déjà confirmé. Il faut une autre personne."))
        both = first is not None and is_steady(
            guarantor=first, account_id=waiting.account_id, at=at
        )
        if both:
            waiting.second_by, waiting.second_at = actor, at
            waiting.expires_at = at + RECOVERY_LASTS
            ask(
                job="access.recovery-link",
                actor=actor.label,
                at=at,
                recovery=number,
                origin=origin,
            )
        else:
            waiting.first_by, waiting.first_at = actor, at
        waiting.save()
        record(
            act=RECOVERY_CONFIRMED,
            actor=actor.label,
            at=at,
            account=waiting.account_id,
            recovery=number,
        )
    return both


@transaction.atomic
def refuse_recovery(*, actor: Account, number: int, at: datetime, origin: str = "") -> None:
    """Refuse what is not known to come from her: even after both, until the link has served.

    Raises:
        NotFound: it is over, or not the actor's to answer.
    """
    recovery_for(viewer=actor, number=number, at=at)
    refused = _locked(actor, number, at)
    refused.refused_by, refused.ended_at, refused.digest = actor, at, None
    refused.save()
    _tell("refused", refused, actor.label, at, origin)
    record(
        act=RECOVERY_REFUSED,
        actor=actor.label,
        at=at,
        account=refused.account_id,
        recovery=number,
    )


def recover(
    *,
    token: str,
    password: str,
    machine: str,
    application: NewApplication,
    actor: str,
    at: datetime,
    origin: str = "",
) -> tuple[str, ...]:
    """Replace every second factor by a new application of codes; close every session.

    Returns the new recovery codes, shown once. ``actor`` is « site »: nobody is in yet.

    Raises:
        OldRecovery: the link does not hold.
        TooManyTries, WrongPassword: as for signing in.
        WrongCode: the code does not come from this secret, now.
    """
    del actor
    account = recovery_of(token=token, at=at).account
    confirm_password(actor=account, password=password, machine=machine, at=at)
    with transaction.atomic():
        account = Account.objects.select_for_update().get(pk=account.pk)
        done = recovery_of(token=token, at=at)
        SecondFactor.objects.filter(account=account).delete()
        RecoveryCode.objects.filter(account=account).delete()
        codes = add_application(
            actor=account, secret=application.secret, code=application.code, at=at
        )
        done.done_at = done.ended_at = at
        done.save(update_fields=["done_at", "ended_at"])
        end_every_session(actor=account, at=at)
        _tell("done", done, account.label, at, origin)
        record(act=RECOVERED, actor=account.label, at=at, recovery=done.pk)
    return codes


def _locked(actor: Account, number: int, at: datetime) -> Recovery:
    """Return a recovery that nobody else answers meanwhile, and that is still open."""
    Recovery.objects.select_for_update().filter(pk=number).first()
    found = open_recoveries(at=at).select_related("first_by").filter(pk=number).first()
    if found is None or found.account_id == actor.pk:
        raise NotFound(_("Cette demande est terminée, ou elle ne vous revient pas."))
    return found


def _tell(what: str, recovery: Recovery, actor: str, at: datetime, origin: str) -> None:
    ask(
        job="access.recovery-told",
        actor=actor,
        at=at,
        recovery=recovery.pk,
        what=what,
        origin=origin,
    )
