"""What a reader of every release may conclude, as constraints (divulgation.md §6.2).

Only released cells are read: the interval of a value, the events it counts, the base. What
cannot be read as a count of units (a source, an order of votes, a rounded budget) is no
constraint on who answered what.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from croisee.study import Nature, Policy, Subject

Events = tuple[tuple[str, frozenset[str]], ...]


@dataclass(frozen=True, slots=True)
class Count:
    """``low`` to ``high`` units of ``base`` have all of ``events``.

    ``said`` is true of a word (« exprimé ») and of halves, which §3.5 and §3.7 allow as such.
    """

    table: str
    base: str
    events: Events
    low: int
    high: int
    said: bool = False
    rounded: bool = False
    """True of a rounding of a count that is at least ``t`` and leaves at least ``t`` out."""
    agreed: bool = False
    """True of a count of organisations that agreed in writing to be counted (§3.3)."""

    @property
    def exact(self) -> bool:
        """Return whether the count is known."""
        return self.low == self.high


@dataclass(frozen=True, slots=True)
class Choices:
    """A multiple response in one base: an interval an item, their order when it is all we know.

    Each unit chose between ``least`` and ``most`` of the items.
    """

    table: str
    base: str
    question: str
    items: tuple[str, ...]
    intervals: tuple[tuple[int, int], ...]
    order: tuple[str, ...]
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Mean:
    """The sum of the values of ``question`` in ``base`` is between ``low`` and ``high``."""

    table: str
    base: str
    question: str
    low: Decimal
    high: Decimal
    careful: bool
    """True when the step leaves five values to the sum (§3.10)."""


@dataclass(frozen=True, slots=True)
class KnownBase:
    """A base as readers know it. ``answered``: membership also asks an answer to these."""

    key: str
    id: str
    wave: str
    release: str
    cases: frozenset[str]
    n: int
    narrow: bool
    """True when more than cases defines it (a filter, those who answered)."""
    slack: int = 0
    """How far the true size may be from ``n`` (a rounded size, §4)."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What anybody may know of a question: levels, nature, threshold, smallest step."""

    name: str
    levels: tuple[str, ...]
    nature: Nature
    subject: Subject
    t: int


@dataclass(slots=True)
class Knowledge:
    """Everything released about one population (linked waves), over all releases."""

    waves: tuple[str, ...]
    bases: dict[str, KnownBase] = field(default_factory=dict)
    counts: list[Count] = field(default_factory=list)
    choices: list[Choices] = field(default_factory=list)
    means: list[Mean] = field(default_factory=list)
    asked: dict[str, Asked] = field(default_factory=dict)
    sealed: bool = False
    """Everything here was sealed before, hence audited before: nothing new is said."""

    def facts(self) -> list[tuple[str, Count | Choices | Mean]]:
        """Return every fact with the release that says it."""
        found: list[Count | Choices | Mean] = [*self.counts, *self.choices, *self.means]
        return [(fact.table.partition(":")[0], fact) for fact in found]


def wave_of(base_id: str) -> str:
    """Return ``source.edition`` from the id of a base."""
    return base_id.split("@", 1)[0]


def threshold(policy: Policy, nature: Nature, subject: Subject, *, circle: bool) -> int:
    """Return the number of units a target must keep possible (§6.3).

    Organisations' facts printed for a circle are judged at the circle's threshold: the union
    is audited, and circles talk to each other.
    """
    if nature is Nature.SENSITIVE:
        return policy.t_sensitive
    if subject is Subject.ORGANISATION and nature is Nature.FACT:
        return policy.t_organisation_circle if circle else policy.t_organisation_public
    return policy.t
