"""The address a study is given."""

from __future__ import annotations

from collections.abc import Collection
from itertools import count

from croisee.studyfolder import words

LONGEST = 80


def propose_slug(title: str, taken: Collection[str]) -> str:
    """Return an address nobody has: « Accès et usages » gives ``acces-et-usages``, then ``-2``."""
    stem = words.propose_code(title) or "etude"
    candidates = (stem if n == 1 else f"{stem}-{n}" for n in count(1))
    return next(slug for slug in candidates if slug not in taken)[:LONGEST]
