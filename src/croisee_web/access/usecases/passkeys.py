"""Passkeys: both ceremonies, checked by Yubico's FIDO2 library.

A ceremony's ``state`` (its challenge) is kept in the session and serves once. ``host`` is the
site's own name: a passkey made for another name does not sign for this one.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from fido2.server import Fido2Server
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from croisee_web.access.models import Account, SecondFactor
from croisee_web.access.usecases.second_factors import first_codes
from croisee_web.access.vocabulary import FACTOR_ADDED, FactorKind
from croisee_web.journal.usecases import record
from croisee_web.kit.errors import UseCaseError

SITE = "Croisée"
State = dict[str, Any]


class PasskeyRefused(UseCaseError):
    """A ceremony that does not hold: another site's, an old one, an unknown key."""

    http_status = 422


def begin_adding(*, actor: Account, host: str, at: datetime) -> tuple[dict[str, Any], State]:
    """Return what the browser needs to make a passkey, and the state to keep."""
    del at
    options, state = _server(host).register_begin(
        PublicKeyCredentialUserEntity(id=_handle(actor), name=actor.email, display_name=actor.name),
        _credentials(actor),
        resident_key_requirement=ResidentKeyRequirement.REQUIRED,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return dict(options), state


@transaction.atomic
def add_passkey(
    *, actor: Account, name: str, answer: object, state: State | None, host: str, at: datetime
) -> tuple[str, ...]:
    """Keep a passkey the browser has made.

    Returns:
        New recovery codes when the account had none: shown once, kept nowhere.

    Raises:
        PasskeyRefused: the browser's answer does not hold.
    """
    if not state or not isinstance(answer, dict):
        raise _refused()
    try:
        made = _server(host).register_complete(state, answer)
        credential = made.credential_data
    except (ValueError, TypeError, KeyError) as bad:
        raise _refused() from bad
    if credential is None:
        raise _refused()
    try:
        with transaction.atomic():
            SecondFactor.objects.create(
                account=actor,
                kind=FactorKind.PASSKEY,
                name=name.strip()[:60],
                credential_id=credential.credential_id.hex(),
                credential=b64encode(bytes(credential)).decode("ascii"),
                sign_count=made.counter,
                added_at=at,
            )
    except IntegrityError as known:
        raise _refused() from known
    record(act=FACTOR_ADDED, actor=actor.label, at=at, kind=FactorKind.PASSKEY)
    return first_codes(actor=actor, at=at)


def begin_signing(
    *, actor: Account | None, host: str, at: datetime
) -> tuple[dict[str, Any], State]:
    """Return what the browser needs to sign with a passkey, and the state to keep.

    Without ``actor``, nobody is known yet: the browser offers the passkeys of this site.
    """
    del at
    options, state = _server(host).authenticate_begin(
        _credentials(actor) if actor is not None else None,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return dict(options), state


@transaction.atomic
def check_passkey(
    *, actor: Account | None, answer: object, state: State | None, host: str, at: datetime
) -> Account:
    """Return the account whose passkey signed; with ``actor``, hers only.

    Raises:
        PasskeyRefused: the signature does not hold, the key is unknown or was copied, or its
            account is suspended.
    """
    if not state or not isinstance(answer, dict):
        raise _refused()
    try:
        signed = AuthenticationResponse.from_dict(answer)
        kept = (
            SecondFactor.objects.select_for_update(of=("self",))
            .select_related("account")
            .filter(kind=FactorKind.PASSKEY, credential_id=signed.raw_id.hex())
            .first()
        )
        if kept is None or (actor is not None and kept.account_id != actor.pk):
            raise _refused()
        _server(host).authenticate_complete(state, [_opened(kept)], answer)
        count = signed.response.authenticator_data.counter
    except (ValueError, TypeError, KeyError) as bad:
        raise _refused() from bad
    handle = signed.response.user_handle
    copied = count != 0 and count <= kept.sign_count
    if copied or not kept.account.is_active or (handle and handle != _handle(kept.account)):
        raise _refused()
    kept.sign_count, kept.last_used_at = count, at
    kept.save(update_fields=["sign_count", "last_used_at"])
    return kept.account


def _server(host: str) -> Fido2Server:
    return Fido2Server(PublicKeyCredentialRpEntity(id=host, name=SITE))


def _handle(account: Account) -> bytes:
    return account.label.encode("ascii")


def _opened(kept: SecondFactor) -> AttestedCredentialData:
    return AttestedCredentialData(b64decode(kept.credential))


def _credentials(account: Account) -> list[AttestedCredentialData]:
    rows = SecondFactor.objects.filter(account=account, kind=FactorKind.PASSKEY)
    return [_opened(row) for row in rows]


def _refused() -> PasskeyRefused:
    return PasskeyRefused(_("La clé d’accès n’a pas pu être vérifiée. Recommencez."))
