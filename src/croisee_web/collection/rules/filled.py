"""A filled form on its way in, whichever way it comes, and what is answered to who sent it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from croisee_web.collection.vocabulary import Way
from croisee_web.kit.errors import UseCaseError

LONGEST_NAME = 200
"""Letters of the name of a file sent with a form."""


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file sent with a form: its bytes, or where they lie on this machine."""

    name: str
    media_type: str = ""
    path: Path | None = None
    content: bytes = b""

    def read(self) -> bytes:
        """Return the bytes."""
        return self.content if self.path is None else self.path.read_bytes()


@dataclass(frozen=True, slots=True)
class Filled:
    """A filled form, as it was sent.

    ``token``: a personal link's, or an open link's own, ``""`` where there is none. ``case``: the
    code of the network where no link says it; so ``organisation``, ``component`` and
    ``respondent``. ``receipt``: the code shown to its author, drawn before it is sent: sent
    again, it shows the same.
    """

    collecting_id: int
    content: bytes
    way: Way
    token: str = ""
    case: str = ""
    organisation: str = ""
    component: str = ""
    respondent: str = ""
    receipt: str = ""
    files: tuple[SentFile, ...] = ()


class Outcome(StrEnum):
    """What became of a filled form."""

    RECEIVED = "received"
    ALREADY = "already"
    """The same one was there; nothing changed."""
    REPLACED = "replaced"
    """It took the place of the one that it corrects."""
    AWAITING_FILES = "awaiting-files"
    """Kept; some of its files are still to come."""


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """What is said once everything is on disk, and never before. ``missing``: files to come."""

    outcome: Outcome
    submission_id: int
    missing: tuple[str, ...] = ()


class Why(StrEnum):
    """Why a filled form was refused."""

    UNREADABLE = "unreadable"
    UNKNOWN_FORM = "unknown-form"
    UNKNOWN_LINK = "unknown-link"
    UNKNOWN_CASE = "unknown-case"
    CLOSED = "closed"
    WRONG_ANSWERS = "wrong-answers"
    ALREADY_ANSWERED = "already-answered"
    """Another answer has this number, or this link: this one is kept aside for the team."""
    WITHDRAWN = "withdrawn"
    """Its author took it back."""


_STATUSES = {
    Why.UNREADABLE: 400,
    Why.WRONG_ANSWERS: 400,
    Why.UNKNOWN_FORM: 404,
    Why.UNKNOWN_LINK: 404,
    Why.UNKNOWN_CASE: 400,
    Why.WITHDRAWN: 410,
}


class Refused(UseCaseError):
    """A filled form that is not received, in words; ``problems`` says each thing to mend."""

    def __init__(self, why: Why, problems: Iterable[str]) -> None:
        self.why, self.problems = why, tuple(problems)
        super().__init__(" ".join(self.problems))
        self.http_status = _STATUSES.get(why, UseCaseError.http_status)


def composed(name: str) -> str:
    """Return the name of a file in Unicode's composed form, without a folder, not too long.

    Example:
        >>> composed("photos/" + unicodedata.normalize("NFD", "été.jpg")) == "été.jpg"
        True
    """
    alone = "".join(filter(str.isprintable, name)).replace("\\", "/").rpartition("/")[2]
    return unicodedata.normalize("NFC", alone).strip()[:LONGEST_NAME]
