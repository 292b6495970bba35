"""Facts about the study itself: who took part, what was planned and done, when, what others say."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from croisee.language import Label
from croisee.study import ActivityState, Subject


@dataclass(frozen=True, slots=True)
class ParticipationRow:
    """How many took part; ``organisations``: (reached, in the frame), for people who have one."""

    case: str
    label: Label
    answered: int
    frame: int | None
    units: Label
    organisations: tuple[int, int] | None = None
    component: str = ""


@dataclass(frozen=True, slots=True)
class ParticipationTable:
    """Response to one instrument or method in one edition (facts about the process)."""

    key: str
    label: Label
    source: str
    edition: str
    subject: Subject
    rows: tuple[ParticipationRow, ...]


@dataclass(frozen=True, slots=True)
class ActivityCell:
    """One method in one case: planned, done, state; ``reason`` when it does not apply."""

    planned: int | None
    done: int | None
    state: ActivityState
    unit: Label = Label("")
    reason: Label = Label("")


@dataclass(frozen=True, slots=True)
class ActivityTable:
    """Methods (rows) × cases (columns); ``None`` where nothing was ever planned."""

    methods: tuple[str, ...]
    cases: tuple[str, ...]
    cells: tuple[tuple[ActivityCell | None, ...], ...]


@dataclass(frozen=True, slots=True)
class Milestone:
    """A step of the study, in the research or the action lane; ``on`` is an ISO date, or part."""

    on: str
    lane: str
    label: Label


@dataclass(frozen=True, slots=True)
class Timeline:
    """The study's steps, in time order."""

    milestones: tuple[Milestone, ...]


@dataclass(frozen=True, slots=True)
class ContextFigure:
    """A number from outside, always with its source."""

    code: str
    group: Label
    statement: Label
    value: Decimal
    unit: str
    source: Label
    reference: str = ""
    year: str = ""


@dataclass(frozen=True, slots=True)
class ContextTable:
    """Figures the study quotes from elsewhere."""

    figures: tuple[ContextFigure, ...]


@dataclass(frozen=True, slots=True)
class CaseProfile:
    """The cases' own facts: scale, territory, members by year."""

    cases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ObjectiveRow:
    """How many activities of one method were planned and done in one case."""

    case: str
    label: Label
    planned: int
    done: int


@dataclass(frozen=True, slots=True)
class ObjectiveTable:
    """Planned against done, one row a case, for the methods named."""

    methods: tuple[str, ...]
    rows: tuple[ObjectiveRow, ...]
