"""Documents on a screen: one self-contained page each, no script, no outside resource.

Every text goes through the typography filter and is escaped; drawings are inlined once for a
page and once for a phone. There is no inline style and no identifier made at random, so a
strict policy (``default-src 'none'; style-src 'sha256-…'``) accepts the page and equal
documents give equal bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import groupby
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from croisee.language import Language, phrase
from croisee.report.on_screen import as_said, leading, on_screen
from croisee.report.told import in_quotes, introducing
from croisee.report.tree import Block, Document, FigureBlock, QuoteBlock
from croisee.text import typeset

_HERE = Path(__file__).parent
SOURCE_URL = "https://pypi.org/project/croisee/"
"""Where the source of the program that wrote the page is offered, as the AGPL asks."""

Elsewhere = tuple[tuple[str, str, str], ...]
"""Links at the head of a page: label, address, language (empty: the page's own)."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a page links to: the page of provenance, the folder of figures, its neighbours.

    ``figures`` is empty where there is no such folder; ``suffix`` is ``.en`` in a language
    that is not the first; ``home`` is the page that lists all others.
    """

    provenance: str = "provenance.html"
    figures: str = "figures/"
    suffix: str = ""
    home: str = ""
    elsewhere: Elsewhere = ()


@dataclass(frozen=True, slots=True)
class Link:
    """One line of an index page."""

    href: str
    text: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class LinkGroup:
    """Lines of an index page under one title."""

    title: str
    links: tuple[Link, ...]


def render_html(document: Document, around: Surroundings = Surroundings()) -> str:
    """Return a document as one HTML page."""
    template = _environment(document.language).get_template("document.html.j2")
    words = _words(document.language)
    return template.render(page=_page(document, around), words=words, document=document)


def render_index(document: Document, groups: Sequence[LinkGroup], around: Surroundings) -> str:
    """Return the page that lists the others, with the head and foot of ``document``."""
    template = _environment(document.language).get_template("index.html.j2")
    words = _words(document.language)
    return template.render(page=_page(document, around), words=words, groups=groups)


def _page(document: Document, around: Surroundings) -> dict[str, Any]:
    return {
        "lang": "fr-CA" if document.language == "fr" else "en-CA",
        "title": document.title,
        "draft": document.draft,
        "footer": document.footer,
        "authors": document.authors,
        "contact": document.contact,
        "style": _style(),
        "source_url": SOURCE_URL,
        "provenance": around.provenance,
        "figures": around.figures,
        "suffix": around.suffix,
        "home": around.home,
        "elsewhere": around.elsewhere,
        "spoken": _spoken(document),
    }


def _spoken(document: Document) -> str:
    """Return the language people spoke, where it is not the page's: words are not translated."""
    first = (*document.languages, document.language)[0]
    return "" if first == document.language else f"{first}-CA"


@cache
def _style() -> Markup:
    css = (_HERE / "style" / "croisee.css").read_text(encoding="utf-8")
    return Markup(css)  # noqa: S704 -- our own style sheet


@cache
def _environment(language: Language) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )

    @lru_cache(maxsize=8192)
    def t(text: str) -> Markup:
        return on_screen(text, language)

    def words(text: str) -> str:
        """Typeset a text for an attribute or a title, where a tag would break the page."""
        return typeset(text, language, medium="html")  # escaped by the template

    def drawing(block: FigureBlock) -> Markup:
        return _drawing(block, language)

    def spoken(block: QuoteBlock) -> Markup:
        return as_said(in_quotes(block.text, language), language)

    environment.filters.update(
        t=t,
        words=words,
        drawing=drawing,
        spoken=spoken,
        runs=_runs,
        kind=lambda block: type(block).__name__,
        leading=leading,
    )
    return environment


def _runs(blocks: Sequence[Block]) -> list[dict[str, Any]]:
    """Gather figures, and quotes, that follow each other: side by side where there is room."""
    return [
        {"kind": kind if kind in {"FigureBlock", "QuoteBlock"} else "", "blocks": list(run)}
        for kind, run in groupby(blocks, key=lambda block: type(block).__name__)
    ]


def _drawing(block: FigureBlock, language: Language) -> Markup:
    """Inline both drawings of a figure, each with the text alternative."""
    label = escape(typeset(block.alt, language, medium="html"))
    drawn = Markup("")
    for svg, name in ((block.svg, "large"), (block.narrow, "etroit")):
        if svg:
            opening = Markup('<svg class="{}" role="img" aria-label="{}" ').format(name, label)
            drawn += opening + Markup(_without_size(svg).removeprefix("<svg "))  # noqa: S704 -- our drawing
    return drawn


def _without_size(svg: str) -> str:
    """Drop the width and height of the root, which the page decides."""
    head, rest = svg.split(">", 1)
    kept = [part for part in _attributes(head) if not part.startswith(("width=", "height="))]
    return " ".join(kept) + ">" + rest


def _attributes(head: str) -> list[str]:
    parts = head.split('"')
    pairs = zip(parts[::2], parts[1::2], strict=False)
    opening, *others = (f'{name.strip()}"{value}"' for name, value in pairs)
    return [*opening.split(" ", 1), *others]


def _words(language: Language) -> dict[str, Any]:
    said = {
        "skip": phrase("Aller au contenu"),
        "draft": phrase("Épreuve"),
        "home": phrase("Tous les documents"),
        "source": phrase("Code source du logiciel (AGPL 3 ou ultérieure)"),
        "contents": phrase("Dans ce document"),
        "also": phrase("Autres documents"),
        "results": phrase("Résultats de la recherche"),
        "table": phrase("Tableau"),
        "table_of": phrase("Tableau"),
        "provenance": phrase("D’où vient ce chiffre"),
        "provenance_quote": phrase("D’où vient cet extrait"),
        "see": phrase("Voir aussi :"),
        "minority": phrase("Tout le monde n’est pas d’accord."),
        "reference": phrase("Référence :"),
        "references": phrase("Références :"),
    }
    words: dict[str, Any] = {name: text.to(language) for name, text in said.items()}
    words["colon"] = lambda text: introducing(text, language)
    return words
