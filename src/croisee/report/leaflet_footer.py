"""« D’où viennent ces chiffres ? »: sources, dates, n of N, masks, certificate, where to verify."""

from __future__ import annotations

from dataclasses import replace

from croisee.disclosure.released import Kind, ReleasedTable
from croisee.disclosure.sentences import sentence
from croisee.disclosure.values import Mask
from croisee.disclosure.wording import say
from croisee.language import Phrase, phrase
from croisee.report.leaflet_content import CaseView, source_of
from croisee.report.leaflet_page import LeafletPage


def with_footer(view: CaseView, page: LeafletPage) -> LeafletPage:
    """Return the page with the sentences that say where its numbers and words come from."""
    language = view.language
    told: list[Phrase] = [
        *_taken_part(view, page),
        *_masks(view, page),
        *_certificates(view),
        *_arrested(view),
    ]
    return replace(
        page,
        sources=tuple(sentence.to(language) for sentence in told),
        verify=" · ".join(sentence.to(language) for sentence in _verify(view, page)),
    )


def _taken_part(view: CaseView, page: LeafletPage) -> list[Phrase]:
    """Return one sentence for each source used on the page: dates, how many of how many."""
    tables = [table for table in view.release.tables if table.kind is Kind.PARTICIPATION]
    used = _sources_used(view, page)
    return [_source(view, table) for table in tables if source_of(table) in used]


def _sources_used(view: CaseView, page: LeafletPage) -> set[tuple[str, str]]:
    printed = [table for table in view.release.tables if table.code in page.codes]
    used = {source_of(table) for table in printed if table.kind is Kind.PARTICIPATION}
    used |= {(base.source, base.edition) for table in printed for base in table.bases}
    used |= {
        (quote.method, quote.edition)
        for quote in view.release.quotes
        if quote.code in page.codes and quote.method
    }
    return used


def _source(view: CaseView, table: ReleasedTable) -> Phrase:
    source, edition = source_of(table)
    rows = view.participation(table)
    counts = " ; ".join(
        f"{component}, {said}" if component else said
        for component, said in ((c, say(value, "pct", view.language)) for c, value in rows)
    )
    named = {"source": view.source_name(source), "when": view.when(edition)}
    if not counts:
        return phrase("{source}, {when}.", **named)
    if view.is_survey(source):
        return phrase("{source}, {when}. Réponses : {counts}.", **named, counts=counts)
    return phrase("{source}, {when}. Personnes rencontrées : {counts}.", **named, counts=counts)


def _masks(view: CaseView, page: LeafletPage) -> list[Phrase]:
    told = [sentence(Mask.FEWER_THAN, t=view.release.study.policy.t), sentence(Mask.AT_LEAST)]
    if page.voices:
        told.append(phrase("Les extraits sont relus ; les noms y sont masqués."))
    return told


def _certificates(view: CaseView) -> list[Phrase]:
    return [
        phrase("Certificat éthique {number} ({board}).", number=found.number, board=found.board)
        for found in view.release.study.certificates
    ]


def _arrested(view: CaseView) -> list[Phrase]:
    on = view.release.study.diffusion.arrest_on
    if view.release.draft:
        return [phrase("Épreuve : les chiffres peuvent encore changer.")]
    return [] if on is None else [sentence(Mask.LOCKED, on=on)]


def _verify(view: CaseView, page: LeafletPage) -> list[Phrase]:
    study = view.release.study
    told: list[Phrase] = []
    if page.codes and page.url:
        told.append(
            phrase(
                "Pour vérifier un chiffre, cherchez son code ({code}) : {url}",
                code=page.codes[0],
                url=page.url,
            )
        )
    elif page.codes:
        told.append(
            phrase(
                "Pour vérifier un chiffre, cherchez son code ({code}) dans la page "
                "« Provenance » du rapport, diffusion {release}.",
                code=page.codes[0],
                release=page.release_code,
            )
        )
    if study.contact:
        told.append(phrase("Pour nous joindre : {contact}", contact=study.contact))
    return told
