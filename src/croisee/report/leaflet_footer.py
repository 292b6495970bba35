"""« D’où viennent ces chiffres ? »: sources, dates, n of N, masks, certificate, where to verify."""

from __future__ import annotations

from dataclasses import replace

from croisee.disclosure.released import Kind, ReleasedTable
from croisee.disclosure.sentences import sentence
from croisee.disclosure.values import Chiffre, Form, Mask
from croisee.disclosure.wording import say
from croisee.language import Language, Phrase, phrase, phrases
from croisee.report.leaflet_content import CaseView, source_of
from croisee.report.leaflet_page import LeafletPage
from croisee.report.words import certificates

_COUNTED = frozenset({Form.EXACT, Form.AGREED, Form.ROUNDED, Form.FEWER_THAN, Form.AT_LEAST})
"""Forms that are said with a number, which a noun may follow."""


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
    survey = view.is_survey(source)
    counts = " ; ".join(
        f"{component}, {_many(value, view.language, survey=survey)}"
        if component
        else _many(value, view.language, survey=survey)
        for component, value in view.participation(table)
    )
    named = {"source": view.source_name(source), "when": view.when(edition)}
    if not counts:
        return phrase("{source} ({when}).", **named)
    return phrase("{source} ({when}) : {counts}.", **named, counts=counts)


def _many(value: Chiffre, language: Language, *, survey: bool) -> str:
    """Return how many took part: « 46 réponses sur 64 (72 %) », « 11 personnes rencontrées »."""
    if value.form not in _COUNTED:
        return say(value, "pct", language)
    count = say(value, "nombre", language)
    units = (
        phrases("{count} réponse", "{count} réponses", value.hi, count=count)
        if survey
        else phrases(
            "{count} personne rencontrée", "{count} personnes rencontrées", value.hi, count=count
        )
    ).to(language)
    if not value.n:
        return units
    whole = say(value, "sur", language)
    share = say(value, "pct", language).removeprefix(whole)
    frame = say(value, "base", language)
    return phrase("{answers} sur {frame}", answers=units, frame=frame).to(language) + share


def _masks(view: CaseView, page: LeafletPage) -> list[Phrase]:
    told = [sentence(Mask.FEWER_THAN, t=view.release.study.policy.t)]
    if _says_at_least(page):
        told.append(sentence(Mask.AT_LEAST))
    if page.voices:
        told.append(phrase("Les extraits sont relus ; les noms y sont masqués."))
    return told


def _says_at_least(page: LeafletPage) -> bool:
    """Return whether a number of the page is a lower bound: what people said is none."""
    written = [
        page.title,
        page.lead,
        *(text for number in page.numbers for text in (number.value, number.caption)),
        *(bar.value for chart in page.charts for bar in chart.bars),
        *(text for note in page.proposals for text in (note.title, note.text)),
        page.minority.text if page.minority else "",
    ]
    bound = phrase("au moins {bound}", bound="").to(page.language).strip()
    return any(bound in text.lower() for text in written)


def _certificates(view: CaseView) -> list[Phrase]:
    found = certificates(view.release.study)
    if not found:
        return []
    listed = " ; ".join(found)
    return [
        phrases(
            "Certificat éthique : {listed}.",
            "Certificats éthiques : {listed}.",
            len(found),
            listed=listed,
        )
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
    elif page.codes and not page.release_code:
        told.append(
            phrase(
                "Pour vérifier un chiffre, cherchez son code ({code}) dans la page "
                "« Provenance » du rapport.",
                code=page.codes[0],
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
