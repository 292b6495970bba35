"""How an entry is chained to the one before it."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime

ORIGIN = "0" * 64
"""What the first entry holds as its predecessor's digest."""


def entry_digest(
    *, previous: str, act: str, actor: str, at: datetime, details: dict[str, object]
) -> str:
    """Return the SHA-256 of an entry's canonical content and its predecessor's digest."""
    content = json.dumps(
        [previous, act, actor, at.astimezone(UTC).isoformat(), details],
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    )
    return hashlib.sha256(content.encode()).hexdigest()
