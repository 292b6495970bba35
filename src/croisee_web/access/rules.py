"""How long one waits after missed tries, how long a link lasts, and where the first step lies."""

from __future__ import annotations

import hmac
import secrets
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils.crypto import salted_hmac

INVITATION_LASTS = timedelta(days=14)
RESET_LASTS = timedelta(hours=1)
SESSION_IDLE = timedelta(minutes=30)
SESSION_WHOLE = timedelta(hours=12)
OPENING_HOURS = (1, 4, 8)
"""How long an exceptional access may last."""

FREE_TRIES = 5
"""Missed tries from one machine on one account before it has to wait."""
FREE_TRIES_ANYWHERE = 50
"""Missed tries on one account, from machines it never signed in from, before those wait."""
LONGEST_WAIT = timedelta(minutes=15)

FIRST_STEPS_FILE = "premier-pas.txt"
"""In ``CROISEE_HOME``: the token of the page that opens the first account."""


def wait_after(failures: int, free: int = FREE_TRIES) -> timedelta:
    """Return how long to wait: nothing at first, then 1 s, 2 s, 4 s… up to a quarter of an hour."""
    if failures < free:
        return timedelta(0)
    return min(timedelta(seconds=2 ** min(failures - free, 20)), LONGEST_WAIT)


def may_try_at(failures: int, last_at: datetime, free: int = FREE_TRIES) -> datetime:
    """Return from when the next try is looked at."""
    return last_at + wait_after(failures, free)


def tries_key(*parts: object) -> str:
    """Return the keyed digest under which tries are counted: what it counts cannot be read."""
    made_of = "\x1f".join(str(part) for part in parts)
    return salted_hmac("croisee_web.access.tries", made_of, algorithm="sha256").hexdigest()


def write_first_steps() -> str:
    """Write a new one-use token in ``CROISEE_HOME``, for its owner only; return it."""
    token = secrets.token_urlsafe(32)
    path = _first_steps()
    path.unlink(missing_ok=True)
    path.touch(mode=0o600, exist_ok=False)
    path.write_text(token, encoding="ascii")
    return token


def is_first_steps_token(given: str) -> bool:
    """Return whether this is the token that waits in ``CROISEE_HOME``."""
    path = _first_steps()
    if not path.is_file():
        return False
    kept = path.read_text(encoding="ascii").strip()
    return bool(kept) and hmac.compare_digest(kept.encode(), given.encode())


def forget_first_steps() -> None:
    """Remove the token once an account is open."""
    _first_steps().unlink(missing_ok=True)


def _first_steps() -> Path:
    return Path(settings.HOME) / FIRST_STEPS_FILE
