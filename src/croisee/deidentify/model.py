"""The shapes of de-identification: what to mask, what was found, what people decided."""

from __future__ import annotations

from dataclasses import dataclass, field

PERSON, ORGANISATION, PLACE, OTHER = "personne", "organisme", "lieu", "autre"
KINDS = (PERSON, ORGANISATION, PLACE, OTHER)

ACCEPT, REFUSE, CHANGE = "accepter", "refuser", "changer"
DECISIONS = (ACCEPT, REFUSE, CHANGE)


@dataclass(frozen=True, slots=True)
class MaskEntry:
    """One name the study wants masked everywhere, and what replaces it.

    ``kind`` is ``personne``, ``organisme``, ``lieu`` or ``autre``. ``variants`` are other
    writings (a nickname, an acronym). An empty ``replacement`` is given a number or a letter:
    see :func:`croisee.deidentify.with_replacements`.
    """

    text: str
    kind: str
    replacement: str
    variants: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Turn:
    """One speaking turn. ``participant`` is a code, or empty for the team and for unknown
    speakers; ``speaker`` is the label written in the document.
    """

    document: str
    turn: int
    speaker: str
    participant: str
    text: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage that could identify someone, in characters of the turn's original text.

    ``source`` says who found it: ``registre`` (the study's list), ``motif`` (a pattern),
    ``participant`` (a code), ``locuteur`` (a speaker's label), or a recogniser's name.
    ``within`` keeps the registry's own matches that this longer passage covers: if a person
    refuses the longer one, they stand again.
    """

    document: str
    turn: int
    start: int
    end: int
    text: str
    kind: str
    replacement: str
    source: str
    within: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided about one passage. ``decision`` is ``accepter``, ``refuser`` or
    ``changer`` (mask it with ``replacement``); ``by`` and ``on`` are kept as written.
    """

    document: str
    turn: int
    start: int
    end: int
    text: str
    kind: str
    decision: str
    replacement: str = ""
    by: str = ""
    on: str = ""


@dataclass(frozen=True, slots=True)
class WideDecision:
    """What a person decided once for every place that is written and replaced alike.

    ``proposal`` is the replacement proposed; empty, the words were in sight. ``refuser`` holds
    in ``documents`` only (all of them when empty): in a new one, the words may be somebody.
    ``accepter`` and ``changer`` hold everywhere.
    """

    text: str
    kind: str
    proposal: str
    decision: str
    replacement: str = ""
    by: str = ""
    on: str = ""
    documents: tuple[str, ...] = ()
    row: int | None = field(default=None, compare=False)
    """The line of the file it was read from, from 1."""


@dataclass(frozen=True, slots=True)
class PassageReview:
    """A person has read one turn (or, with ``turn`` ``None``, a whole document)."""

    document: str
    turn: int | None
    reviewed: bool
    by: str = ""
    on: str = ""


@dataclass(frozen=True, slots=True)
class Reviews:
    """Every decision taken by people, as read from ``relectures/``."""

    decisions: tuple[Decision, ...] = ()
    passages: tuple[PassageReview, ...] = ()
    everywhere: tuple[WideDecision, ...] = ()
