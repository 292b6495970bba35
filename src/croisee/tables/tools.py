"""Which printed tables tell of tools: nothing is counted here."""

from __future__ import annotations

from dataclasses import dataclass

from croisee.language import Label
from croisee.tables.answers import Base


@dataclass(frozen=True, slots=True)
class ToolTable:
    """The questions of one wave that name tools, each with the use it asks about.

    The gate draws the landscape from what it printed of these questions, and from nothing else.
    """

    source: str
    edition: str
    uses: tuple[tuple[str, Label], ...]
    bases: tuple[Base, ...]
    """Who answered the questionnaire, one base a network."""


@dataclass(frozen=True, slots=True)
class MeetingTable:
    """The two questions of one wave that say who hosts and who joins a meeting with which tool.

    ``tools`` are the option codes, the same in both. The gate bounds who can meet whom from what
    it printed of these questions, and from nothing else.
    """

    source: str
    edition: str
    host: str
    join: str
    tools: tuple[str, ...]
    bases: tuple[Base, ...]
    """Who answered the questionnaire, one base a network."""
