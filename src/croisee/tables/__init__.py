"""The raw shapes that pass from a method to the disclosure gate.

Nothing here may be printed: a renderer accepts only what
:mod:`croisee.disclosure` makes of these. Counts are unweighted numbers of units
(people or organisations) unless a field says otherwise; amounts are ``Decimal``.
"""

from __future__ import annotations

from croisee.tables.answers import (
    Base,
    CaseTable,
    CrossTable,
    MultipleCaseTable,
    MultipleTable,
    NumericTable,
    OneWayTable,
    ProfileTable,
    RaggedTable,
    TransitionTable,
)
from croisee.tables.field import (
    BudgetResult,
    BudgetTable,
    Code,
    CodeCaseTable,
    CodePresence,
    CrossCaseReading,
    LandscapeTable,
    Mention,
    PositionResult,
    PositionTable,
    RankingResult,
    RankingTable,
)
from croisee.tables.process import (
    ActivityCell,
    ActivityTable,
    CaseProfile,
    ContextFigure,
    ContextTable,
    Milestone,
    ObjectiveRow,
    ObjectiveTable,
    ParticipationRow,
    ParticipationTable,
    Timeline,
)
from croisee.tables.tools import (
    MeetingTable,
    ToolTable,
)

RawTable = (
    OneWayTable
    | CaseTable
    | CrossTable
    | TransitionTable
    | MultipleTable
    | MultipleCaseTable
    | NumericTable
    | ParticipationTable
    | ActivityTable
    | RankingTable
    | BudgetTable
    | PositionTable
    | CodeCaseTable
    | CrossCaseReading
    | LandscapeTable
    | ToolTable
    | MeetingTable
    | Timeline
    | ContextTable
    | CaseProfile
    | ProfileTable
    | ObjectiveTable
)

__all__ = [
    "ActivityCell",
    "ActivityTable",
    "Base",
    "BudgetResult",
    "BudgetTable",
    "CaseProfile",
    "CaseTable",
    "Code",
    "CodeCaseTable",
    "CodePresence",
    "ContextFigure",
    "ContextTable",
    "CrossCaseReading",
    "CrossTable",
    "LandscapeTable",
    "MeetingTable",
    "Mention",
    "Milestone",
    "MultipleCaseTable",
    "MultipleTable",
    "NumericTable",
    "ObjectiveRow",
    "ObjectiveTable",
    "OneWayTable",
    "ParticipationRow",
    "ParticipationTable",
    "PositionResult",
    "PositionTable",
    "ProfileTable",
    "RaggedTable",
    "RankingResult",
    "RankingTable",
    "RawTable",
    "Timeline",
    "ToolTable",
    "TransitionTable",
]
