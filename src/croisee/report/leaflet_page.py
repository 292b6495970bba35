"""What one leaflet says, in one language: plain strings, no raw count, not yet typeset."""

from __future__ import annotations

from dataclasses import dataclass

from croisee.language import Language, Phrase


@dataclass(frozen=True, slots=True)
class BigNumber:
    """One large number: ``value`` « 41 sur 58 », what it counts, the codes it comes from."""

    value: str
    caption: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """One answer. ``solid`` and ``hatched`` are lengths between 0 and 1, drawn in that order;
    both are 0 where only words or a rank are known.
    """

    label: str
    value: str
    solid: float = 0.0
    hatched: float = 0.0
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars from one released table, with the sentence a person who cannot see them reads."""

    title: str
    bars: tuple[Bar, ...]
    alt: str
    note: str
    codes: tuple[str, ...]
    drawn: bool = True
    """False where every value is a word."""


@dataclass(frozen=True, slots=True)
class Voice:
    """Someone's words, and « Groupe de discussion · extrait V-44 ».

    ``language`` is the one they were said in: words are never translated.
    """

    text: str
    source: str
    code: str
    language: Language


@dataclass(frozen=True, slots=True)
class Note:
    """A statement in two parts: the first words stand out. A proposal, or the minority note."""

    title: str
    text: str
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LeafletPage:
    """The one page of a network. Empty strings and tuples are not drawn.

    ``size`` is the size of the text in hundredths, set by :func:`~.leaflet_pdf.fit` so that
    everything holds on one Letter page; ``left_out`` says to the team what could not be printed.
    """

    language: Language
    case: str
    network: str
    kicker: str
    dated: str
    draft: str
    title: str
    lead: str
    lead_codes: tuple[str, ...]
    numbers: tuple[BigNumber, ...]
    charts: tuple[Chart, ...]
    voices: tuple[Voice, ...]
    proposals_title: str
    proposals: tuple[Note, ...]
    minority: Note | None
    sources_title: str
    sources: tuple[str, ...]
    verify: str
    url: str
    """Public address of the study (drawn as a QR code), or empty."""
    release_code: str
    authors: str
    languages: tuple[Language, ...] = ()
    size: int = 100
    left_out: tuple[Phrase, ...] = ()

    @property
    def empty(self) -> bool:
        """Return whether the page says nothing about its network."""
        return not (self.lead or self.numbers or self.charts or self.voices or self.proposals)

    @property
    def codes(self) -> tuple[str, ...]:
        """Return every code printed, in reading order, once each."""
        found = [
            *self.lead_codes,
            *(code for number in self.numbers for code in number.codes),
            *(code for chart in self.charts for code in chart.codes),
            *(voice.code for voice in self.voices),
            *(code for proposal in self.proposals for code in proposal.codes),
            *(self.minority.codes if self.minority else ()),
        ]
        return tuple(dict.fromkeys(found))
