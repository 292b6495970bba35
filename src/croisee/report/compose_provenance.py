"""``provenance.html``: one anchor a code, what stands behind each number and each quote."""

from __future__ import annotations

from collections.abc import Mapping

from croisee.disclosure.released import PUBLIC, Kind, Release, ReleasedQuote, ReleasedTable
from croisee.disclosure.sentences import sentence
from croisee.disclosure.values import Chiffre, Form
from croisee.language import Language, Phrase, phrase
from croisee.report import words
from croisee.report.compose_report import document
from croisee.report.dates import day_of
from croisee.report.figures import base_words, figure_blocks, mask_sentences
from croisee.report.margins import margin_lines
from croisee.report.told import Telling, filled, quote_block
from croisee.report.tree import (
    Block,
    Document,
    FigureBlock,
    ListBlock,
    ListItem,
    Paragraph,
    Section,
)

Facts = list[tuple[Phrase, str]]


def compose_provenance(
    release: Release,
    language: Language,
    *,
    audience: str = PUBLIC,
    figures: Mapping[str, FigureBlock] | None = None,
    only: str = "",
) -> Document:
    """Return the page where every code printed by a release leads.

    ``only``: the entries of one audience's own codes, which the public page does not have.
    """
    if not isinstance(release, Release):
        raise TypeError("provenance is composed from a Release: see croisee.disclosure")
    seen = release.seen_by(audience)
    telling = Telling(seen, language, figure_blocks(seen, language) if figures is None else figures)
    say = telling.say
    tables = [table for table in seen.tables if only in {"", table.audience}]
    quotes = [quote for quote in seen.quotes if only in {"", quote.audience}]
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
    release, language = telling.release, telling.language
    asked: Facts = [
        (phrase("Question"), _question(telling, table)),
        (phrase("Base"), _bases(telling, table)),
        (phrase("Filtre"), _filters(telling, table)),
    ]
    facts: Facts = [
        *(asked if table.bases and table.kind not in _PROCESS else []),
        (phrase("Règle appliquée"), " ".join(_rule(telling, table))),
        (phrase("Pour tout le réseau"), " ".join(margin_lines(table, release.study, language))),
        (phrase("Source"), words.origin(table, release.study, language)),
        *_common(telling),
        (phrase("Code complet"), f"{release.code}-{table.code}"),
    ]
    block: Block = telling.figures[table.key].table
    title = f"{table.code} · {table.title.to(language)}"
    return Section(3, title, table.code, (_list(telling, facts), block))


def _question(telling: Telling, table: ReleasedTable) -> str:
    asked = words.question_asked(table, telling.release.study, telling.language)
    return asked or telling.say(table.title)


def _bases(telling: Telling, table: ReleasedTable) -> str:
    study, language = telling.release.study, telling.language
    return " ; ".join(
        words.labelled(
            words.cases(base.cases, study, language), base_words(base, study, language), language
        )
        for base in table.bases
    )


def _filters(telling: Telling, table: ReleasedTable) -> str:
    if any(base.within for base in table.bases):
        return telling.say(phrase("Les personnes qui ont répondu à cette question."))
    return telling.say(phrase("Aucun : toutes les réponses de la base."))


def _rule(telling: Telling, table: ReleasedTable) -> list[str]:
    """Return the rule of the gate that made a table, then the sentences of its masks."""
    counts = [
        cell.value
        for line in table.cells
        for cell in line
        if cell is not None and isinstance(cell.value, Chiffre)
    ]
    masks = list(mask_sentences((table,), telling.release, telling.language))
    thresholds = [count.t for count in counts if count.t]
    if not thresholds and all(count.form is Form.EXACT for count in counts) and not masks:
        if table.kind in _PROCESS:
            return [telling.say(phrase("Fait de la recherche : écrit tel quel."))]
        return [telling.say(phrase("Valeurs exactes : assez de réponses de chaque côté."))]
    if table.fallback:
        cut = phrase("Seule la coupe déclarée est montrée : aucun découpage plus fin ne passe.")
        return [telling.say(cut), *masks]
    return masks or [telling.say(phrase("Valeurs exactes : assez de réponses de chaque côté."))]


_PROCESS = {
    Kind.PARTICIPATION,
    Kind.ACTIVITIES,
    Kind.OBJECTIVES,
    Kind.TIMELINE,
    Kind.CONTEXT,
    Kind.CASES,
}


def _quote(telling: Telling, quote: ReleasedQuote) -> Section:
    block = quote_block(quote, telling.release, telling.language)
    masks = [telling.say(sentence(mask)) for mask in quote.masks]
    facts: Facts = [
        (phrase("Extrait"), block.text),
        (phrase("Description"), block.attribution),
        (
            phrase("Règle appliquée"),
            " ".join(
                [
                    telling.say(
                        phrase(
                            "Accord de la personne, passage relu et masqué, description partagée "
                            "par au moins {n} personnes interrogées.",
                            n=telling.release.study.policy.quotes_min,
                        )
                    ),
                    *masks,
                ]
            ),
        ),
        *_common(telling),
        (phrase("Code complet"), f"{telling.release.code}-{quote.code}"),
    ]
    title = telling.say(phrase("{code} · extrait", code=quote.code))
    return Section(3, title, quote.code, (_list(telling, facts),))


def _common(telling: Telling) -> Facts:
    release = telling.release
    on = release.study.diffusion.arrest_on
    return [
        (phrase("Chiffres arrêtés le"), "" if on is None else day_of(on, telling.language)),
        (phrase("Logiciel"), release.software),
    ]


def _list(telling: Telling, facts: Facts) -> ListBlock:
    return ListBlock(
        tuple(ListItem(text, strong=telling.say(name)) for name, text in facts if text)
    )
