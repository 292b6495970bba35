"""The application of codes and the recovery codes."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from croisee_web.access.models import Account, RecoveryCode, SecondFactor
from croisee_web.access.rules import (
    RECOVERY_CODES,
    matching_step,
    new_recovery_code,
    plain_code,
    tries_key,
)
from croisee_web.access.usecases.sign_in import count_try, forgive_tries
from croisee_web.access.vault import code_digest, open_sealed, seal
from croisee_web.access.vocabulary import (
    CODE_USED,
    CODES_MADE,
    FACTOR_ADDED,
    FACTOR_REMOVED,
    FactorKind,
)
from croisee_web.journal.usecases import record
from croisee_web.kit.errors import NotFound, UseCaseError


class WrongCode(UseCaseError):
    """A code that does not match, or that served already; which is not said."""

    http_status = 422


@transaction.atomic
def add_application(*, actor: Account, secret: str, code: str, at: datetime) -> tuple[str, ...]:
    """Add an application of codes once it has given a right code; replace the one before.

    Returns:
        New recovery codes when the account had none: shown once, kept nowhere.

    Raises:
        WrongCode: the code does not come from this secret, now.
    """
    step = matching_step(secret, code, at, after=-1)
    if step is None:
        raise WrongCode(
            _("Ce code ne correspond pas. Vérifiez l’heure du téléphone, puis écrivez le suivant.")
        )
    SecondFactor.objects.filter(account=actor, kind=FactorKind.APPLICATION).delete()
    SecondFactor.objects.create(
        account=actor,
        kind=FactorKind.APPLICATION,
        sealed=seal(secret),
        last_step=step,
        added_at=at,
    )
    record(act=FACTOR_ADDED, actor=actor.label, at=at, kind=FactorKind.APPLICATION)
    return first_codes(actor=actor, at=at)


def check_code(*, actor: Account, code: str, at: datetime) -> str:
    """Check a code of the application, or a recovery code, of an account that is signing in.

    Returns:
        ``totp`` or ``code``, for the journal.

    Raises:
        TooManyTries: too many missed codes; this one was not looked at.
        WrongCode: the code does not match, or served already.
    """
    counted = tries_key("code", actor.pk)
    count_try(here=counted, actor=actor.label, at=at)
    how = _accept(actor, code, at)
    if how is None:
        raise WrongCode(_("Ce code ne correspond pas, ou il a déjà servi. Écrivez le suivant."))
    forgive_tries(here=counted, actor=actor.label, at=at)
    return how


@transaction.atomic
def remove_factor(*, actor: Account, number: int, at: datetime) -> None:
    """Remove one of one's own second factors; the recovery codes go with the last one.

    Raises:
        NotFound: it is not this account's.
    """
    removed = SecondFactor.objects.filter(account=actor, pk=number).first()
    if removed is None:
        raise NotFound
    kind = removed.kind
    removed.delete()
    if not SecondFactor.objects.filter(account=actor).exists():
        RecoveryCode.objects.filter(account=actor).delete()
    record(act=FACTOR_REMOVED, actor=actor.label, at=at, kind=kind)


@transaction.atomic
def new_codes(*, actor: Account, at: datetime) -> tuple[str, ...]:
    """Replace every recovery code; the new ones are shown once and kept nowhere.

    Raises:
        UseCaseError: the account has no second factor to recover.
    """
    if not SecondFactor.objects.filter(account=actor).exists():
        raise UseCaseError(_("Ajoutez d’abord une double vérification."))
    RecoveryCode.objects.filter(account=actor).delete()
    codes = tuple(new_recovery_code() for _code in range(RECOVERY_CODES))
    RecoveryCode.objects.bulk_create(
        RecoveryCode(account=actor, digest=code_digest(actor.pk, plain_code(code)))
        for code in codes
    )
    record(act=CODES_MADE, actor=actor.label, at=at)
    return codes


def first_codes(*, actor: Account, at: datetime) -> tuple[str, ...]:
    """Return recovery codes for an account that has none, nothing for another."""
    if RecoveryCode.objects.filter(account=actor).exists():
        return ()
    return new_codes(actor=actor, at=at)


@transaction.atomic
def _accept(account: Account, code: str, at: datetime) -> str | None:
    application = (
        SecondFactor.objects.select_for_update()
        .filter(account=account, kind=FactorKind.APPLICATION)
        .first()
    )
    if application is not None:
        secret = open_sealed(application.sealed)
        step = matching_step(secret, code, at, after=application.last_step)
        if step is not None:
            application.last_step, application.last_used_at = step, at
            application.save(update_fields=["last_step", "last_used_at"])
            return "totp"
    digest = code_digest(account.pk, plain_code(code))
    used = RecoveryCode.objects.filter(account=account, digest=digest, used_at=None)
    if used.update(used_at=at):
        record(act=CODE_USED, actor=account.label, at=at)
        return "code"
    return None
