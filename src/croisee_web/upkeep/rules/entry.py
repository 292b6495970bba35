"""A link shown once in the terminal, that signs in whoever opens it first."""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

from croisee_web.kit.disk import remove

ENTRY_FILE = "entree.json"
ENTRY_LASTS = timedelta(hours=2)


def write_entry_link(account: int, at: datetime, to: str = "") -> str:
    """Write the digest of a new token in ``CROISEE_HOME``; return the token, kept nowhere.

    ``to``: the page it leads to.
    """
    token = secrets.token_urlsafe(32)
    path = Path(settings.HOME) / ENTRY_FILE
    path.unlink(missing_ok=True)
    path.touch(mode=0o600)
    until = (at + ENTRY_LASTS).isoformat()
    path.write_text(
        json.dumps({"account": account, "digest": _digest(token), "until": until, "to": to})
    )
    return token


def take_entry_link(token: str, at: datetime) -> tuple[int, str] | None:
    """Return the account that a token signs in, and the page, once: it leads nowhere afterwards."""
    path = Path(settings.HOME) / ENTRY_FILE
    if not path.is_file():
        return None
    kept = json.loads(path.read_text())
    if not hmac.compare_digest(kept["digest"], _digest(token)):
        return None
    taken = path.with_name(f".{ENTRY_FILE}.{secrets.token_hex(4)}")
    try:
        path.rename(taken)  # of two who open it together, one succeeds
    except FileNotFoundError:
        return None
    remove(taken)
    if at >= datetime.fromisoformat(kept["until"]):
        return None
    return int(kept["account"]), str(kept["to"])


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
