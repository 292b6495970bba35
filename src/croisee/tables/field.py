"""What was said and decided at the field: rankings, budgets, positions, codes, technologies."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from croisee.language import Label
from croisee.tables.answers import Base


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
