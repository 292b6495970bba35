"""Answers counted: one question, several cases, two questions together."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from croisee.study import Question, Subject


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
class ProfileTable:
    """The visible questions of one wave read for all cases together, drawn side by side."""

    source: str
    edition: str
    questions: tuple[OneWayTable, ...]


@dataclass(frozen=True, slots=True)
class TransitionTable:
    """One question asked of the same units in two editions: ``counts[before][after]``.

    ``first`` and ``second`` are the bases of those linked, in each edition; both count the same
    units. Rows and columns follow ``question.options``.
    """

    question: Question
    first: Base
    second: Base
    counts: tuple[tuple[int, ...], ...]

    def __post_init__(self) -> None:
        size = len(self.question.options)
        if len(self.counts) != size or any(len(line) != size for line in self.counts):
            raise RaggedTable(f"{self.question.code}: a transition is a square table")
        if not self.first.n == self.second.n == sum(map(sum, self.counts)):
            raise RaggedTable(f"{self.question.code}: two editions count the same units")
