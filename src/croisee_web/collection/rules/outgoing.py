"""Numbers given to anonymous answers as they go out in a file, so that they double nothing.

An anonymous answer keeps no number that a file could bear. One is made for each row of each file:
a part drawn at random, a sign that it is of this collection, a sign of what the row says. Both
signs are made with the collection's salt (HMAC-SHA-256). Nothing of it is kept; the same answer
bears another number in another file; it says nothing that the row does not say.
"""

from __future__ import annotations

import hmac
import json
import re
import secrets
from collections.abc import Mapping
from enum import StrEnum

from croisee_web.collection.rules.reading import keyed

_SHAPE = re.compile(r"croisee-([0-9a-f]{16})-([0-9a-f]{16})-([0-9a-f]{24})")


class Back(StrEnum):
    """What became of an answer that went out in a file, and comes back."""

    THERE = "there"
    GONE = "gone"
    """It was taken back, or corrected."""
    CHANGED = "changed"
    """The file does not say any more what it said."""


def exported_number(salt: str, case: str, said: Mapping[str, str]) -> str:
    """Return a number for a row that says this, of this network; another each time."""
    drawn = secrets.token_hex(8)
    return f"croisee-{drawn}-{_of_here(salt, drawn)}-{_of_it(salt, drawn, case, said)}"


def comes_from(salt: str, number: str) -> bool:
    """Return whether a number was made for a file of this collection."""
    found = _SHAPE.fullmatch(number)
    return found is not None and hmac.compare_digest(found[2], _of_here(salt, found[1]))


def still_says(salt: str, number: str, case: str, said: Mapping[str, str]) -> bool:
    """Return whether a row says what it said when this number was made for it."""
    found = _SHAPE.fullmatch(number)
    return found is not None and hmac.compare_digest(found[3], _of_it(salt, found[1], case, said))


def _of_here(salt: str, drawn: str) -> str:
    return keyed(salt, f"sortie/{drawn}")[:16]


def _of_it(salt: str, drawn: str, case: str, said: Mapping[str, str]) -> str:
    content = json.dumps([drawn, case, sorted(said.items())])
    return keyed(salt, f"ligne/{content}")[:24]
