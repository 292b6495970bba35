"""What authors write: findings, quotes, leaflets, references; and what their inputs contradict."""

from __future__ import annotations

from dataclasses import dataclass, field

from croisee.language import Label, Phrase


@dataclass(frozen=True, slots=True)
class Quote:
    """A passage someone may quote: masked text, and what it would say of its speaker.

    ``reviewed``: a person has read the passage and decided every candidate in it.
    ``consented``: the speaker accepted to be quoted and has not withdrawn.
    """

    key: str
    text: str
    case: str
    method: str
    edition: str
    participant: str
    document: str
    turn: int
    reviewed: bool
    consented: bool
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """A statement with its evidence, as its authors wrote it.

    ``text`` holds marks (``{eclair.2020.aide/aucune@carrefours}``) where numbers come from
    the release; see ``docs/dossier-d-etude.md``.
    """

    code: str
    title: Label
    text: Label
    section: str
    cases: tuple[str, ...]
    status: str
    figures: tuple[str, ...] = ()
    quotes: tuple[str, ...] = ()
    minority: Label = Label("")
    leaflets: tuple[str, ...] = ()
    """Cases whose leaflet carries this finding."""
    references: tuple[str, ...] = ()
    literals: tuple[str, ...] = ()
    """Typed numbers a person has reviewed: « 100 % télétravail », « 2 à 3 jours »."""
    proposal: bool = False
    section_en: str = ""


@dataclass(frozen=True, slots=True)
class KeyNumber:
    """One of the three large numbers of a leaflet: a mark (``{…|fraction}``) and its caption."""

    mark: str
    caption: Label


@dataclass(frozen=True, slots=True)
class Leaflet:
    """What a network's one-page leaflet says, as its authors chose it (``[[feuillets]]``).

    Empty fields are filled from the findings that name the case.
    """

    case: str
    title: Label = Label("")
    lead: Label = Label("")
    numbers: tuple[KeyNumber, ...] = ()
    figure: str = ""
    quotes: tuple[str, ...] = ()
    proposals: tuple[str, ...] = ()
    minority: str = ""
    """Code of the finding whose minority note is printed."""


@dataclass(frozen=True, slots=True)
class Reference:
    """One entry of the bibliography, ready to print."""

    key: str
    text: Label
    url: str = ""


@dataclass(frozen=True, slots=True)
class Reported:
    """A number as another document printed it, to be compared with the computed one."""

    key: str
    printed: str
    where: Label


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two inputs that disagree, shown to the team before publication."""

    about: str
    message: Phrase
    where: tuple[str, ...] = field(default=())
