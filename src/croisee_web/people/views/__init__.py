"""HTTP in, one call, HTTP out. A refusal travels up to ``kit.refusals``."""

from croisee_web.people.views.own import own_consent, own_package, own_page, own_withdrawal
from croisee_web.people.views.team import (
    change,
    consent,
    identity,
    link,
    participant,
    register,
    withdrawal,
)

__all__ = [
    "change",
    "consent",
    "identity",
    "link",
    "own_consent",
    "own_package",
    "own_page",
    "own_withdrawal",
    "participant",
    "register",
    "withdrawal",
]
