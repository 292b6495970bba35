"""How an entry commits to its details, and is chained to the one before it."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from typing import Any

ORIGIN = "0" * 64
"""What the first entry holds as its predecessor's digest."""


def _sha256(content: list[Any]) -> str:
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def commitment(*, salt: str, content: dict[str, Any]) -> str:
    """Return the SHA-256 of details and their salt: it says nothing once they are erased."""
    return _sha256([salt, content])


def entry_digest(
    *,
    previous: str,
    act: str,
    actor: str,
    study_id: int | None,
    at: datetime,
    committed: str,
) -> str:
    """Return the SHA-256 of an entry's own columns and its predecessor's digest."""
    return _sha256([previous, act, actor, study_id, at.astimezone(UTC).isoformat(), committed])
