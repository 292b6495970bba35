"""How long one waits after missed tries, how long a link lasts, and where the first step lies."""

from __future__ import annotations

import hmac
import secrets
from base64 import b32decode, b32encode
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol
from urllib.parse import quote

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.hotp import HOTP
from django.conf import settings
from django.utils.crypto import salted_hmac

from croisee_web.kit.letters import letter_of

INVITATION_LASTS = timedelta(days=14)
RESET_LASTS = timedelta(hours=1)
RECOVERY_WAITS = timedelta(days=3)
"""How long two persons have to confirm somebody's recovery."""
RECOVERY_LASTS = timedelta(hours=2)
"""How long the link holds once both have."""
RECOVERY_PAUSE = timedelta(hours=24)
"""After a refusal, how long the same account cannot ask again."""
STEADY = timedelta(hours=24)
"""Since when a role and a second factor must be held to confirm somebody else's recovery: an
account made or taken over just before does not count as a second person.
"""
SESSION_IDLE = timedelta(minutes=30)
SESSION_WHOLE = timedelta(hours=12)
OPENING_HOURS = (1, 4, 8)
"""How long an exceptional access may last."""

FREE_TRIES = 5
"""Missed tries from one machine on one account before it has to wait."""
FREE_TRIES_ANYWHERE = 50
"""Missed tries on one account, from machines it never signed in from, before those wait."""
LONGEST_WAIT = timedelta(minutes=15)

RECOVERY_CODES = 10
RECOVERY_SIGNS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"

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


def new_secret() -> str:
    """Return a secret of 160 bits for an application of codes, in base 32."""
    return b32encode(secrets.token_bytes(20)).decode("ascii")


def step_of(at: datetime) -> int:
    """Return the 30 seconds an instant falls in, as RFC 6238 counts them."""
    return int(at.timestamp()) // 30


def code_at(secret: str, step: int) -> str:
    """Return the six digits of a secret at a step (RFC 6238, SHA-1, as applications do)."""
    key = b32decode(secret.encode("ascii"))
    return HOTP(key, 6, SHA1()).generate(step).decode("ascii")  # noqa: S303


def matching_step(secret: str, code: str, at: datetime, after: int) -> int | None:
    """Return the step a code belongs to: this one or one of its neighbours, later than ``after``.

    ``after`` is the step of the last code accepted: a code never serves twice.
    """
    given = "".join(code.split())
    now = step_of(at)
    for step in (now - 1, now, now + 1):
        if step > after and hmac.compare_digest(code_at(secret, step).encode(), given.encode()):
            return step
    return None


def totp_address(secret: str, email: str, site: str) -> str:
    """Return what the QR code of an application holds."""
    label = quote(f"{site}:{email}")
    return f"otpauth://totp/{label}?secret={secret}&issuer={quote(site)}"


def new_recovery_code() -> str:
    """Return 80 bits as four groups of four signs, without those that look alike."""
    drawn = "".join(secrets.choice(RECOVERY_SIGNS) for _ in range(16))
    return "-".join(drawn[start : start + 4] for start in range(0, 16, 4))


def plain_code(written: str) -> str:
    """Return a recovery code as it is compared: without its dashes, in capitals."""
    return "".join(sign for sign in written.upper() if sign.isalnum())


@dataclass(frozen=True, slots=True)
class Letter:
    """How a mail is written: its language, and the site's address its link begins with."""

    language: str = "fr"
    origin: str = ""


PLAIN = Letter()


def page_address(origin: str, path: str) -> str:
    """Return the whole address of a page, as a mail names it."""
    return (settings.PUBLIC_ADDRESS or origin).rstrip("/") + path


def send_letter(to: str, subject: str, body: str) -> None:
    """Send one mail, in the active language; its subject on one line, whatever a title holds."""
    letter_of(to, subject, body).send()


class StudyNames(Protocol):
    """How this slice learns a study's name: it lies below the one that knows studies."""

    def title(self, study_id: int, /) -> str:
        """Return a study's title in the active language, "" when there is none."""
        ...

    def number(self, slug: str, /) -> int | None:
        """Return the number of the study at an address."""
        ...

    def slug(self, study_id: int, /) -> str:
        """Return the address of a study, "" when there is none."""
        ...

    def cases(self, study_id: int, /) -> tuple[tuple[str, str], ...]:
        """Return its networks in order: code, and name in the active language."""
        ...


_NAMES: list[StudyNames] = []


def studies_are_named_by(names: StudyNames) -> None:
    """Tell this slice where studies are known; called once by that slice's ``AppConfig.ready``."""
    _NAMES[:] = [names]


def study_names() -> StudyNames:
    """Return where studies are known."""
    return _NAMES[0]
