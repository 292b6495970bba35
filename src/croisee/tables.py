"""The raw shapes that pass from a method to the disclosure gate.

Nothing here may be printed: a renderer accepts only what
:mod:`croisee.disclosure` makes of these. Counts are unweighted numbers of units
(people or organisations) unless a field says otherwise; amounts are ``Decimal``.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from croisee.language import Label
from croisee.study import ActivityState, Question, Subject


class RaggedTable(ValueError):
    """The counts do not have one cell per option."""


@dataclass(frozen=True, slots=True)
class Base:
    """The set of units a table counts: source × edition × cases × filter.

    ``source`` is an instrument's or a method's code. ``n`` is the number of units in it,
    ``frame`` the number who could have been (``None`` when unknown). ``cases`` are the
    codes counted together. ``within`` is the id of the base this one is part of
    (those who answered one question, inside those who answered the questionnaire).
    """

    source: str
    edition: str
    cases: tuple[str, ...]
    subject: Subject
    n: int
    frame: int | None = None
    filter: str = ""
    within: str = ""

    @property
    def id(self) -> str:
        """Return the name under which the register remembers this base."""
        suffix = f"?{self.filter}" if self.filter else ""
        return f"{self.source}.{self.edition}@{'+'.join(self.cases)}{suffix}"


@dataclass(frozen=True, slots=True)
class OneWayTable:
    """Units of one base by answer to one question; ``counts`` follows ``question.options``.

    ``missing`` units of the source did not answer and are not in ``base.n``.
    ``weighted`` (same shape) sums survey weights when the instrument has them; ``squares`` is
    the sum over everybody who answered of their weight squared.
    """

    base: Base
    question: Question
    counts: tuple[int, ...]
    missing: int = 0
    weighted: tuple[Decimal, ...] = ()
    squares: Decimal = Decimal(0)

    def __post_init__(self) -> None:
        if len(self.counts) != len(self.question.options):
            raise RaggedTable(f"{self.question.code}: {len(self.counts)} counts")
        if self.weighted and len(self.weighted) != len(self.counts):
            raise RaggedTable(f"{self.question.code}: {len(self.weighted)} weights")


@dataclass(frozen=True, slots=True)
class CaseTable:
    """The same single-answer question in several cases, one row a case (or pooled cases)."""

    question: Question
    rows: tuple[OneWayTable, ...]


@dataclass(frozen=True, slots=True)
class CrossTable:
    """A visible attribute (rows) by an answer (columns), in one base; people who gave both."""

    base: Base
    row: Question
    column: Question
    counts: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class MultipleTable:
    """Units that chose each option of a multiple-response question; each from 0 to ``base.n``."""

    base: Base
    question: Question
    counts: tuple[int, ...]
    missing: int = 0


@dataclass(frozen=True, slots=True)
class MultipleCaseTable:
    """The same multiple-response question in several cases."""

    question: Question
    rows: tuple[MultipleTable, ...]


@dataclass(frozen=True, slots=True)
class NumericTable:
    """A numeric question: its classes as a one-way table, and the sum of the values.

    Values do not pass to the gate: only their sum, how many are not zero (``contributors``) and
    the two largest (for the dominance rules). ``weighted_total``: Σ wᵢxᵢ, where weighted.
    """

    classes: OneWayTable
    total: Decimal
    contributors: int
    largest: tuple[Decimal, Decimal]
    median_class: int
    weighted_total: Decimal | None = None


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
class RankingResult:
    """Ballots of one case (or group) put in order.

    ``order`` lists option codes by rank, ties together. ``borda`` and ``first`` follow
    ``options``; ``condorcet`` beats each other option, if any; ``schulze`` is that order.
    ``solid``: no single ballot (and no single group) changes the winner.
    ``consensus``: the group said the order aloud; there is one ballot, a fact of the group.
    """

    base: Base
    label: Label
    options: tuple[str, ...]
    order: tuple[tuple[str, ...], ...]
    borda: tuple[Decimal, ...]
    first: tuple[int, ...]
    condorcet: str | None
    solid: bool
    consensus: bool = False
    schulze: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class RankingTable:
    """An ordered-choice theme, one result a case; ``edition`` only when it was asked in several."""

    theme: str
    results: tuple[RankingResult, ...]
    edition: str = ""


@dataclass(frozen=True, slots=True)
class BudgetResult:
    """How the people of one case split a sum, following ``options``: mean, people who gave,
    standard deviation of the shares (0 to 1). ``step`` is the smallest amount one could write.
    """

    base: Base
    label: Label
    options: tuple[str, ...]
    mean: tuple[Decimal, ...]
    givers: tuple[int, ...]
    spread: tuple[Decimal, ...]
    step: Decimal
    total: Decimal


@dataclass(frozen=True, slots=True)
class BudgetTable:
    """A budget theme, one result a case; ``edition`` only when it was asked in several."""

    theme: str
    results: tuple[BudgetResult, ...]
    edition: str = ""


@dataclass(frozen=True, slots=True)
class PositionResult:
    """Positions in one case, people counted in the order (for, depends, against); ``arguments``
    gives in that order the distinct justification codes, and how many people voiced each.
    """

    base: Base
    label: Label
    counts: tuple[int, int, int]
    arguments: tuple[tuple[tuple[str, int], ...], ...]
    groups: int = 1


@dataclass(frozen=True, slots=True)
class PositionTable:
    """A position theme, one result a case; ``edition`` only when it was asked in several."""

    theme: str
    results: tuple[PositionResult, ...]
    edition: str = ""


@dataclass(frozen=True, slots=True)
class Code:
    """One code of the codebook. ``kind`` is ``theme``, ``justification``, ``norme``…"""

    code: str
    label: Label
    definition: Label = Label("")
    parent: str = ""
    kind: str = "theme"
    sensitive: bool = False


@dataclass(frozen=True, slots=True)
class CodePresence:
    """One code in one case: people of ``base.n``, and the largest share (0 to 1) of one person."""

    people: int
    passages: int
    methods: int
    largest_share: Decimal


@dataclass(frozen=True, slots=True)
class CodeCaseTable:
    """Codes (rows) × cases (columns), people and passages. ``bases`` follows the columns."""

    codes: tuple[Code, ...]
    bases: tuple[Base, ...]
    labels: tuple[Label, ...]
    cells: tuple[tuple[CodePresence, ...], ...]


@dataclass(frozen=True, slots=True)
class CrossCaseReading:
    """For each code, the verdict across cases: ``converge``, ``diverge``, ``only-here`` or
    ``silent``. ``present`` lists the cases that carry it.
    """

    codes: tuple[Code, ...]
    verdicts: tuple[str, ...]
    present: tuple[tuple[str, ...], ...]
    cases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mention:
    """A technology and how many units named it, by case (same order as the table's cases)."""

    name: Label
    group: str
    people: tuple[int, ...]
    common: bool


@dataclass(frozen=True, slots=True)
class LandscapeTable:
    """Technologies by class (``groups``: code and label) and by case."""

    groups: tuple[tuple[str, Label], ...]
    bases: tuple[Base, ...]
    labels: tuple[Label, ...]
    mentions: tuple[Mention, ...]


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
class ProfileTable:
    """The visible questions of one wave read for all cases together, drawn side by side."""

    source: str
    edition: str
    questions: tuple[OneWayTable, ...]


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


RawTable = (
    OneWayTable
    | CaseTable
    | CrossTable
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
    | Timeline
    | ContextTable
    | CaseProfile
    | ProfileTable
    | ObjectiveTable
)
