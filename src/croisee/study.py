"""What a study says of itself: cases, editions, methods, instruments, consent, policy.

These are the contents of ``etude.toml`` and ``instruments/*.csv`` once read and
checked. They travel inside a Dataset's manifest, so a frozen study is readable alone.
Codes are ASCII words, ``[a-z0-9][a-z0-9-]*``; labels are the study's own texts.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from croisee.language import Label

Partition = tuple[tuple[str, ...], ...]
"""Option codes in blocks: ``(("com", "interv"), ("dir",))``."""


class Subject(StrEnum):
    """The unit that a base counts."""

    PERSON = "personne"
    ORGANISATION = "organisme"


class Nature(StrEnum):
    """What a colleague could already know of an answer, and how much it could hurt."""

    PROCESS = "processus"
    VISIBLE = "visible"
    ORDINARY = "ordinaire"
    SENSITIVE = "sensible"
    SPOKEN = "propos"
    FACT = "fait"


class QuestionKind(StrEnum):
    """How a question is answered."""

    SINGLE = "choix"
    ORDINAL = "ordinal"
    MULTIPLE = "multiple"
    NUMBER = "nombre"
    RANK = "rang"
    TEXT = "texte"


class MethodKind(StrEnum):
    """The five methods of a study."""

    SURVEY = "sondage"
    INTERVIEW = "entretien"
    OBSERVATION = "observation"
    FOCUS_GROUP = "groupe"


class ActivityState(StrEnum):
    """Where an activity stands."""

    PLANNED = "prevue"
    ONGOING = "en cours"
    DONE = "faite"
    NOT_APPLICABLE = "sans objet"


@dataclass(frozen=True, slots=True)
class Component:
    """A part of a case with its own frame and no result of its own (one of two tables)."""

    code: str
    name: Label


@dataclass(frozen=True, slots=True)
class Membership:
    """How many members a case had at a date; ``source`` says who counted."""

    year: int
    count: int
    source: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """One network studied. ``unit`` names a member: « carrefour », « carrefours »."""

    code: str
    name: Label
    short: Label
    scale: Label = Label("")
    territory: Label = Label("")
    mission: Label = Label("")
    unit: Label = Label("")
    units: Label = Label("")
    individuals: bool = False
    """Members are people, not organisations."""
    links: tuple[str, ...] = ()
    components: tuple[Component, ...] = ()
    memberships: tuple[Membership, ...] = ()


@dataclass(frozen=True, slots=True)
class Edition:
    """One wave of collection."""

    code: str
    name: Label
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True)
class Method:
    """A way of collecting, planned and counted in the activity table."""

    code: str
    name: Label
    kind: MethodKind
    subject: Subject = Subject.PERSON


@dataclass(frozen=True, slots=True)
class Purpose:
    """What a participant may consent to. ``analysis`` gates every table, ``quote`` every quote."""

    code: str
    name: Label
    role: str
    """``analyse``, ``citation`` or ``autre``."""


@dataclass(frozen=True, slots=True)
class Certificate:
    """An ethics certificate."""

    board: str
    number: str
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True)
class Option:
    """One answer that may be chosen."""

    code: str
    label: Label


@dataclass(frozen=True, slots=True)
class Question:
    """One line of a codebook.

    ``groupings`` is the ordered list of partitions the gate may print, finest first;
    empty means the default list of ``docs/methods/divulgation.md`` §3.2. ``cut`` is the two-block
    partition that compares cases and editions; empty means the upper half of the scale.
    ``pooled`` questions are read for all cases together and never by case.
    """

    code: str
    label: Label
    kind: QuestionKind
    options: tuple[Option, ...] = ()
    nature: Nature = Nature.ORDINARY
    subject: Subject = Subject.PERSON
    groupings: tuple[Partition, ...] = ()
    cut: Partition = ()
    common: tuple[str, ...] = ()
    """Option codes everybody uses: listed without a count rule."""
    exactly: int | None = None
    at_least: int = 0
    at_most: int | None = None
    pooled: bool = False
    missing: tuple[str, ...] = ()
    """Values that mean « no answer », beside the empty cell."""
    unit: str = ""
    step: Decimal = Decimal(1)
    """Smallest amount a person could write (numeric questions)."""
    classes: tuple[Decimal, ...] = ()
    """Inner bounds of the classes a numeric question is read in."""
    mean: bool = False
    """The mean of an ordinal scale, 1 for its first answer, is asked for (§3.10)."""
    identity: str = ""
    """A short code given once, that a copy and a rewording keep; "" where there is none."""

    def option(self, code: str) -> Option:
        """Return one option by code."""
        return next(option for option in self.options if option.code == code)


class Verdict(StrEnum):
    """Whether what two editions asked may be compared: the words of a questionnaire's crosswalk."""

    COMPARABLE = "comparable"
    WITH_CARE = "avec prudence"
    NOT_COMPARABLE = "non"


@dataclass(frozen=True, slots=True)
class Break:
    """What changed in a question of one codebook, from an edition to a later one, and why."""

    question: str
    before: str
    after: str
    verdict: Verdict
    why: Label = Label("")


@dataclass(frozen=True, slots=True)
class Instrument:
    """A questionnaire and its codebook."""

    code: str
    name: Label
    method: str
    subject: Subject
    questions: tuple[Question, ...]
    weighted: bool = False
    breaks: tuple[Break, ...] = ()
    """Where editions of this codebook asked otherwise; what is not said is the same question."""

    def question(self, code: str) -> Question:
        """Return one question by code."""
        return next(question for question in self.questions if question.code == code)


@dataclass(frozen=True, slots=True)
class Theme:
    """One step of a focus-group guide; ``options`` are its objects, objectives or positions."""

    code: str
    order: int
    kind: str
    """``discussion``, ``position``, ``rang``, ``budget`` or ``projet``."""
    label: Label
    wording: tuple[tuple[str, Label], ...] = ()
    """Wording by case, where it differs."""
    options: tuple[Option, ...] = ()
    total: Decimal | None = None
    step: Decimal = Decimal(5000)
    nature: Nature = Nature.SPOKEN
    """``propos``, or ``sensible``: what a group answers to it then stays with the team."""


@dataclass(frozen=True, slots=True)
class Waiver:
    """A named human decision that lifts a rule for one thing, kept in the register."""

    about: str
    reason: str
    decided_by: str
    decided_on: date


@dataclass(frozen=True, slots=True)
class Policy:
    """``[divulgation]``: the gate's thresholds. Lowering one needs a :class:`Waiver`."""

    t: int = 5
    t_sensitive: int = 10
    t_organisation_circle: int = 3
    t_organisation_public: int = 5
    base_min: int = 10
    base_cross: int = 30
    quotes_min: int = 5
    quotes_max: int = 3
    cover: int = 4
    stability: str = "arretee"
    withdrawal_window_days: int = 30
    method: str = "exact-ou-plus-large"
    participation: str = "exacte"
    exceptions: tuple[Waiver, ...] = ()
    agreements: tuple[Waiver, ...] = ()
    """Cells that the organisations counted in them agreed in writing to show (§3.3)."""


@dataclass(frozen=True, slots=True)
class Diffusion:
    """The release being prepared: its code (``2026a``), its arrest date, the editions it covers."""

    code: str
    arrest_on: date | None = None
    editions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Study:
    """A study's description. Tuples keep the order of the study file."""

    title: Label
    question: Label
    languages: tuple[str, ...]
    cases: tuple[Case, ...]
    editions: tuple[Edition, ...]
    methods: tuple[Method, ...]
    diffusion: Diffusion
    policy: Policy = field(default_factory=Policy)
    instruments: tuple[Instrument, ...] = ()
    themes: tuple[Theme, ...] = ()
    purposes: tuple[Purpose, ...] = ()
    certificates: tuple[Certificate, ...] = ()
    crossings: tuple[tuple[str, str, str, str], ...] = ()
    """Visible attribute × answer asked for: (instrument, edition, attribute, question)."""
    timezone: str = "America/Toronto"
    team: Label = Label("")
    contact: str = ""
    address: str = ""
    """Where the published results can be read (``https://…``), if anywhere."""

    def case(self, code: str) -> Case:
        """Return one case by code."""
        return next(case for case in self.cases if case.code == code)

    def instrument(self, code: str) -> Instrument:
        """Return one instrument by code."""
        return next(instrument for instrument in self.instruments if instrument.code == code)

    def method(self, code: str) -> Method:
        """Return one method by code."""
        return next(method for method in self.methods if method.code == code)

    def theme(self, code: str) -> Theme:
        """Return one theme of the guide by code."""
        return next(theme for theme in self.themes if theme.code == code)
