"""What one network alone may see beside the public report: its own details, on one page."""

from __future__ import annotations

from collections.abc import Mapping

from croisee.disclosure.released import Release
from croisee.language import Language, phrase
from croisee.report.compose_report import document
from croisee.report.told import Telling, filled
from croisee.report.tree import Document, FigureBlock, Paragraph, Section


def audience_of(case: str) -> str:
    """Return the audience of a network's circle."""
    return f"cercle:{case}"


def compose_circle(
    release: Release, case: str, language: Language, figures: Mapping[str, FigureBlock]
) -> Document | None:
    """Return the page of one circle, or ``None`` when the public report says all there is.

    It holds the figures and the quotes whose audience is this circle, and nothing public.
    """
    audience = audience_of(case)
    seen = release.seen_by(audience)
    telling = Telling(seen, language, figures)
    blocks = telling.first_time(table for table in seen.tables if table.audience == audience)
    quotes = telling.quotes(quote for quote in seen.quotes if quote.audience == audience)
    if not blocks and not quotes:
        return None
    say = telling.say
    name = next(known.name.to(language) for known in seen.study.cases if known.code == case)
    intro = phrase(
        "Cette page s’ajoute au rapport public. Elle est destinée au réseau seulement : "
        "ne la transmettez pas plus loin."
    )
    sections = filled(
        Section(2, say(phrase("Pour qui")), "pour-qui", (Paragraph(say(intro)),)),
        Section(2, say(phrase("Figures du réseau")), "figures", blocks),
        Section(2, say(phrase("Extraits")), "extraits", quotes),
    )
    return document(
        seen, language, sections, title=name, subtitle=say(phrase("Pour ce réseau seulement"))
    )
