"""A second factor asked again for one act, from somebody who is signed in already."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from croisee_web.access.models import Account
from croisee_web.access.usecases.passkeys import State, check_passkey
from croisee_web.access.usecases.second_factors import check_code


@dataclass(frozen=True, slots=True)
class FactorProof:
    """What somebody gives: a code, or what her browser answered to a passkey's ceremony."""

    code: str = ""
    answer: object = None
    state: State | None = None
    host: str = ""


def check_proof(*, actor: Account, proof: FactorProof, at: datetime) -> str:
    """Check a second factor of the actor's own; outside any transaction: misses are counted.

    Returns:
        ``totp``, ``code`` or ``passkey``.

    Raises:
        TooManyTries, WrongCode, PasskeyRefused: it does not hold.
    """
    if proof.answer is None:
        return check_code(actor=actor, code=proof.code, at=at)
    check_passkey(actor=actor, answer=proof.answer, state=proof.state, host=proof.host, at=at)
    return "passkey"
