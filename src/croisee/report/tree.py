"""The document between a Release and a page: what HTML, PDF and DOCX all render.

Every text here is a plain string in the document's language, already resolved (no mark,
no raw count) and not yet typeset: each renderer passes it through
:func:`croisee.text.typeset` for its own medium. A renderer adds no word and no number.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from croisee.language import Language


@dataclass(frozen=True, slots=True)
class DataTable:
    """The figure as a real table. The first cell of each row is its header.

    ``rows[i]`` has one string per column; ``groups`` is empty or follows ``rows`` and names
    the title under which consecutive rows are gathered (a class of technologies).
    """

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text. ``lead`` is set larger, at the head of a section."""

    text: str
    lead: bool = False


@dataclass(frozen=True, slots=True)
class ListBlock:
    """A list of sentences; each item may begin with a ``strong`` part (empty: none)."""

    items: tuple[ListItem, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class ListItem:
    """One item of a :class:`ListBlock`. ``anchor`` is a code of this document (``F-07``).

    ``codes`` are those its text names, each a link to its figure here.
    """

    text: str
    strong: str = ""
    anchor: str = ""
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Callout:
    """A boxed note. ``tone`` is ``note``, ``attention`` or ``minority``."""

    text: str
    title: str = ""
    tone: str = "note"


@dataclass(frozen=True, slots=True)
class KeyNumber:
    """A large number and what it says: ``value`` « 24 sur 30 », ``code`` its table."""

    value: str
    caption: str
    code: str


@dataclass(frozen=True, slots=True)
class KeyNumbers:
    """Two to four large numbers side by side."""

    items: tuple[KeyNumber, ...]


@dataclass(frozen=True, slots=True)
class FigureBlock:
    """A figure: drawing, text alternative and data table say the same released values.

    ``svg`` is a complete ``<svg>`` element drawn for a page ``620`` units wide, ``narrow``
    the same figure for a phone (``340``); neither holds its title, ``alt`` or ``source``.
    ``code`` is printed (``F-07``), ``full_code`` names the release (``2026a-F-07``).
    """

    code: str
    full_code: str
    title: str
    subtitle: str
    svg: str
    alt: str
    table: DataTable
    source: str
    """Base and source in one line: « 46 sur 64 carrefours · Sondage-éclair, 2020 »."""
    notes: tuple[str, ...] = ()
    """Mask sentences and notes of the study, each a sentence."""
    narrow: str = ""


@dataclass(frozen=True, slots=True)
class QuoteBlock:
    """Someone's words, with the broad description of who speaks and the code (``V-44``)."""

    text: str
    attribution: str
    code: str


@dataclass(frozen=True, slots=True)
class References:
    """The bibliography."""

    items: tuple[ReferenceItem, ...]


@dataclass(frozen=True, slots=True)
class ReferenceItem:
    """One entry; ``anchor`` is its key."""

    text: str
    url: str
    anchor: str


@dataclass(frozen=True, slots=True)
class FindingBlock:
    """A finding with its evidence.

    ``status`` is what the reader sees (empty when validated): « Constat discuté »…
    ``disputed`` findings carry a mark wherever they are named. ``scope`` names the cases.
    """

    code: str
    title: str
    status: str
    disputed: bool
    scope: str
    paragraphs: tuple[str, ...]
    figures: tuple[FigureBlock, ...] = ()
    quotes: tuple[QuoteBlock, ...] = ()
    minority: str = ""
    references: tuple[str, ...] = ()
    """Texts of the references it cites."""
    also: tuple[str, ...] = ()
    """Codes of figures already printed above in the document."""


Block = (
    Paragraph
    | ListBlock
    | Callout
    | KeyNumbers
    | FigureBlock
    | DataTable
    | QuoteBlock
    | FindingBlock
    | References
)


@dataclass(frozen=True, slots=True)
class Section:
    """A titled part. ``level`` is 2 for a chapter, 3 inside one; ``blocks`` come first.

    ``annex`` says that nothing in the text leans on its figures: paper prints their numbers
    and leaves the drawings to the screen.
    """

    level: int
    title: str
    anchor: str
    blocks: tuple[Block, ...] = ()
    sections: tuple[Section, ...] = ()
    annex: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """A whole report in one language.

    ``draft`` holds the words printed on every page of an unsealed release (« épreuve »),
    empty when sealed. ``footer`` goes to the foot of every page.
    """

    title: str
    subtitle: str
    language: Language
    sections: tuple[Section, ...]
    footer: str
    draft: str
    release_code: str
    arrest_on: date | None
    authors: str = ""
    contact: str = ""
    languages: tuple[Language, ...] = ("fr",)
