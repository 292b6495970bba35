"""What has been through the gate: the only shapes a renderer accepts.

A :class:`Release` can be made by :mod:`croisee.disclosure` alone (by the gate, or read back
from a ``release.json`` that the gate wrote). Every cell carries, beside the value a reader
sees, the base and the events it counts: the attacker and ``croisee trace`` read those.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from croisee.disclosure.values import Chiffre, Mask
from croisee.findings import Leaflet, Reference
from croisee.language import Label, Phrase
from croisee.study import Nature, Study, Subject, Waiver

_GATE = object()
"""Known inside ``croisee.disclosure`` only."""

PUBLIC = "public"
"""The audience of what anybody may read; a circle's is ``cercle:<case>``."""


class Kind(StrEnum):
    """What a released table shows; the renderer chooses its drawing from it."""

    ONE_WAY = "distribution"
    CASE_ROWS = "cas"
    CROSS = "croisement"
    MULTIPLE = "choix-multiples"
    MULTIPLE_CASES = "choix-multiples-cas"
    NUMERIC = "numerique"
    PARTICIPATION = "participation"
    ACTIVITIES = "activites"
    OBJECTIVES = "objectifs"
    RANKING = "priorites"
    BUDGET = "budget"
    POSITIONS = "positions"
    ARGUMENTS = "arguments"
    CODE_CASE = "codes"
    CROSS_CASE = "lecture-croisee"
    LANDSCAPE = "paysage"
    MEETINGS = "rencontres"
    LICENCES = "licences"
    TREND = "tendance"
    TIMELINE = "jalons"
    CONTEXT = "contexte"
    CASES = "profil-des-cas"
    PROFILE = "profil"


@dataclass(frozen=True, slots=True)
class Event:
    """« the answer to ``question`` is one of ``levels`` »."""

    question: str
    levels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Word:
    """A value said in words from a closed list (``exprime``, ``silence``, ``solide``…)."""

    word: str
    mask: Mask | None = None


@dataclass(frozen=True, slots=True)
class Rank:
    """A place in an order; ``tied`` when shared."""

    place: int
    tied: bool = False


@dataclass(frozen=True, slots=True)
class Amount:
    """A magnitude rounded to ``step`` (``docs/methods/divulgation.md`` §3.10).

    ``unit`` is ``$``, ``h``… or empty.
    """

    value: Decimal
    step: Decimal
    unit: str
    mask: Mask | None = None


@dataclass(frozen=True, slots=True)
class Percent:
    """A weighted estimate in whole points (gate passed on unweighted counts), with the count."""

    points: int
    count: Chiffre
    low: int | None = None
    high: int | None = None
    """95 % interval, whole points, computed from released values only."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A process fact or an outside figure: text and number of the study file, no unit counted."""

    text: Label
    number: Decimal | None = None
    of: Decimal | None = None
    state: str = ""


Value = Chiffre | Word | Rank | Amount | Percent | Fact


@dataclass(frozen=True, slots=True)
class Cell:
    """One printed value and what it counts. No ``events``: a process fact or a word."""

    value: Value
    base: str = ""
    events: tuple[Event, ...] = ()


@dataclass(frozen=True, slots=True)
class Head:
    """A row's or a column's name. ``key`` is stable (option codes joined by ``+``, a case code);
    ``group`` gathers rows under one title (a class of technologies, a profile question).
    """

    key: str
    label: Label
    group: Label = Label("")
    parts: tuple[Label, ...] = ()
    """Labels joined by « , » and « ou » when options were merged (empty: ``label`` stands)."""


@dataclass(frozen=True, slots=True)
class ReleasedBase:
    """A base as readers may know it: what it is, n, N. Counts here are participation facts.

    ``n`` is ``None`` where how many took part is not told (§3.1). ``rounded``: ``n`` is a
    multiple of five, four units away from the true one at most (§4).
    """

    id: str
    source: str
    edition: str
    cases: tuple[str, ...]
    subject: Subject
    n: int | None
    frame: int | None
    within: str = ""
    rounded: bool = False


@dataclass(frozen=True, slots=True)
class ReleasedTable:
    """A figure or a table that left the gate. ``cells[r][c]``; ``None`` where nothing is said.

    ``code`` is printed (``F-07``); ``key`` is what findings refer to and what the code
    register remembers (``eclair.2020.aide``). ``unordered`` rows may be sorted by value;
    ordinal ones keep their order.
    """

    code: str
    key: str
    kind: Kind
    title: Label
    rows: tuple[Head, ...]
    columns: tuple[Head, ...]
    cells: tuple[tuple[Cell | None, ...], ...]
    bases: tuple[ReleasedBase, ...]
    audience: str = PUBLIC
    nature: Nature = Nature.ORDINARY
    masks: tuple[Mask, ...] = ()
    question: str = ""
    source: Label = Label("")
    notes: tuple[Label, ...] = ()
    ordered: bool = False
    fallback: bool = False
    """True when no declared grouping passed and only the cut is shown."""

    def cell(self, row: str, column: str) -> Cell | None:
        """Return one cell by the keys of its row and column."""
        r = next(i for i, head in enumerate(self.rows) if head.key == row)
        c = next(i for i, head in enumerate(self.columns) if head.key == column)
        return self.cells[r][c]


@dataclass(frozen=True, slots=True)
class ReleasedQuote:
    """Words that may be read outside: masked, reviewed, consented, shared label (§3.9)."""

    code: str
    key: str
    text: str
    case: str
    """Case code, or empty: « dans un des réseaux »."""
    method: str
    """Method code, or empty where the case shows no method."""
    edition: str
    audience: str = PUBLIC
    masks: tuple[Mask, ...] = ()


@dataclass(frozen=True, slots=True)
class ReleasedFinding:
    """A finding whose every mark resolves to a released value."""

    code: str
    title: Label
    text: Label
    section: str
    """The chapter it belongs to, as the authors wrote it; ``section_en`` is its English name."""
    cases: tuple[str, ...]
    status: str
    figures: tuple[str, ...]
    """Keys of released tables."""
    quotes: tuple[str, ...]
    """Keys of released quotes."""
    minority: Label = Label("")
    leaflets: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    proposal: bool = False
    audience: str = PUBLIC
    section_en: str = ""


@dataclass(frozen=True, slots=True)
class Correction:
    """A process figure printed wrong elsewhere, beside the right one (mask M17)."""

    key: str
    printed: str
    where: Label
    right: Chiffre


class Release:
    """Everything that leaves the team for one edition, whatever the audience.

    ``sealed_on`` is ``None`` for a draft (« épreuve » on every page). The constructor is
    closed: see :func:`croisee.disclosure.draft_release` and
    :func:`croisee.disclosure.load_release`.
    """

    __slots__ = (
        "code",
        "corrections",
        "dataset_mac",
        "findings",
        "leaflets",
        "quotes",
        "references",
        "sealed_on",
        "software",
        "study",
        "tables",
    )

    def __init__(self, *, _gate: object, **parts: object) -> None:
        if _gate is not _GATE:
            raise TypeError("a Release is made by the disclosure gate: croisee.draft_release()")
        self.code: str
        self.study: Study
        self.tables: tuple[ReleasedTable, ...]
        self.quotes: tuple[ReleasedQuote, ...]
        self.findings: tuple[ReleasedFinding, ...]
        self.leaflets: tuple[Leaflet, ...]
        self.corrections: tuple[Correction, ...]
        self.references: tuple[Reference, ...]
        self.dataset_mac: str
        self.software: str
        self.sealed_on: date | None
        for name in self.__slots__:
            object.__setattr__(self, name, parts[name])

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError("a Release does not change")

    @property
    def draft(self) -> bool:
        """Return whether every page must say « épreuve »."""
        return self.sealed_on is None

    def table(self, key_or_code: str) -> ReleasedTable:
        """Return one table by key or by code."""
        return next(t for t in self.tables if key_or_code in (t.key, t.code))

    def quote(self, key_or_code: str) -> ReleasedQuote:
        """Return one quote by key or by code."""
        return next(q for q in self.quotes if key_or_code in (q.key, q.code))

    def seen_by(self, audience: str) -> Release:
        """Return the part of the release that one audience may read.

        The public sees public things; a circle sees public things and its own. Who decided an
        exception, and why, is for the team and its register: nobody outside reads a name there.
        """
        allowed = {PUBLIC, audience}
        parts: dict[str, object] = {name: getattr(self, name) for name in self.__slots__}
        parts["study"] = without_deciders(self.study)
        for name in ("tables", "quotes", "findings"):
            parts[name] = tuple(x for x in getattr(self, name) if x.audience in allowed)
        return Release(_gate=_GATE, **parts)


def without_deciders(study: Study) -> Study:
    """Return a study whose waivers say what and when, without names nor free text."""
    policy = study.policy
    if not policy.exceptions and not policy.agreements:
        return study

    def bare(waivers: tuple[Waiver, ...]) -> tuple[Waiver, ...]:
        return tuple(replace(one, reason="", decided_by="") for one in waivers)

    policy = replace(policy, exceptions=bare(policy.exceptions), agreements=bare(policy.agreements))
    return replace(study, policy=policy)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Something the gate did not let out, and the rule that says why (team only)."""

    about: str
    rule: str
    detail: str = ""
    """The reason in French; ``reason`` says it in any language."""
    reason: Phrase | None = None


@dataclass(frozen=True, slots=True)
class GateLog:
    """What the gate did, for ``equipe/verification.html`` (team only: it names raw values)."""

    refusals: tuple[Refusal, ...] = ()
    masked: tuple[tuple[str, str], ...] = field(default=())
    """(table key, what was masked and its raw value)."""
    beside: tuple[tuple[str, Label], ...] = ()
    """(key, title) of the tables that would be released today and that the seal does not hold."""
