"""``provenance.html``: one anchor a code, what stands behind each number and each quote."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from croisee.disclosure.released import PUBLIC, Release, ReleasedQuote, ReleasedTable
from croisee.language import Language, phrase
from croisee.report.compose_report import document
from croisee.report.explained import Explanation, explain_quote, explain_table
from croisee.report.figures import figure_blocks
from croisee.report.told import Telling, filled
from croisee.report.tree import (
    Block,
    Document,
    FigureBlock,
    ListBlock,
    ListItem,
    Paragraph,
    Section,
)


def compose_provenance(
    release: Release,
    language: Language,
    *,
    audience: str = PUBLIC,
    figures: Mapping[str, FigureBlock] | None = None,
    only: str = "",
    also: Collection[str] = (),
) -> Document:
    """Return the page where every code printed by a release leads.

    ``only``: the entries of one audience's own codes, which the public page does not have;
    ``also``: with them, the codes that its leaflet prints.
    """
    if not isinstance(release, Release):
        raise TypeError("provenance is composed from a Release: see croisee.disclosure")
    seen = release.seen_by(audience)
    telling = Telling(seen, language, figure_blocks(seen, language) if figures is None else figures)
    say = telling.say

    def listed(one: ReleasedTable | ReleasedQuote) -> bool:
        return only in {"", one.audience} or one.code in also

    tables = [table for table in seen.tables if listed(table)]
    quotes = [quote for quote in seen.quotes if listed(quote)]
    intro = phrase("Chaque nombre et chaque extrait porte un code ; chaque code a son entrée ici.")
    sections = filled(
        Section(
            2,
            say(phrase("Figures")),
            "figures",
            (Paragraph(say(intro)),) if tables else (),
            tuple(_figure(telling, table) for table in tables),
        ),
        Section(
            2,
            say(phrase("Extraits")),
            "extraits",
            (),
            tuple(_quote(telling, quote) for quote in quotes),
        ),
    )
    return document(
        seen, language, sections, title=say(phrase("Provenance")), subtitle=say(seen.study.title)
    )


def _figure(telling: Telling, table: ReleasedTable) -> Section:
    told = explain_table(table, telling.release, telling.language)
    block: Block = telling.figures[table.key].table
    title = f"{table.code} · {telling.say(table.title)}"
    return Section(3, title, table.code, (_list(telling, told), block))


def _quote(telling: Telling, quote: ReleasedQuote) -> Section:
    told = explain_quote(quote, telling.release, telling.language)
    title = telling.say(phrase("{code} · extrait", code=quote.code))
    return Section(3, title, quote.code, (_list(telling, told),))


def _list(telling: Telling, told: tuple[Explanation, ...]) -> ListBlock:
    return ListBlock(tuple(ListItem(fact.text, strong=telling.say(fact.name)) for fact in told))
