"""What an exchange says: what is not right and where, what a format cannot carry."""

from __future__ import annotations

from dataclasses import dataclass

from croisee.formats.xlsform import Workbook
from croisee.language import Phrase


@dataclass(frozen=True, slots=True)
class Trouble:
    """One thing to correct in a file of answers.

    ``row`` is the line of the sheet, from 1, its header counted. ``misread``: the cell is not
    counted; the rest of its row is.
    """

    file: str
    sheet: str
    row: int | None
    column: str
    message: Phrase
    remedy: Phrase
    misread: bool = False


@dataclass(frozen=True, slots=True)
class Loss:
    """What a format cannot carry. ``question`` is its code, ``""`` for the whole questionnaire."""

    question: str
    what: Phrase


@dataclass(frozen=True, slots=True)
class Imported:
    """A questionnaire that came from elsewhere, and what could not come with it."""

    workbook: Workbook
    losses: tuple[Loss, ...] = ()


@dataclass(frozen=True, slots=True)
class Exported:
    """A file made, what it does not say, and the names it had to change (ours → theirs)."""

    content: bytes
    losses: tuple[Loss, ...] = ()
    renamed: tuple[tuple[str, str], ...] = ()
