"""The leaflet on paper: exactly one Letter page, and what had to give way to make it so."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import lru_cache

from croisee.language import Phrase, phrase, phrases
from croisee.report import typst_engine
from croisee.report.leaflet_page import Chart, LeafletPage, Note
from croisee.report.qr import qr_svg
from croisee.report.sentences import without_last_sentence
from croisee.report.told import in_quotes
from croisee.text import typeset

SIZES = (114, 110, 107, 104, 101, 98, 95, 92, 89, 86)
"""Sizes of the text tried, in hundredths; 100 is 11.6 points, 86 is 10 points."""

_TEMPLATE = "leaflet.typ"
_REMEMBERED = 128
"""Pages kept: a network's circle mostly reads the leaflet that everyone reads."""
_TALLEST_CHART = 8
_SHORTEST_TITLE, _LONGEST_TITLE, _LONGEST_LEAD = 30, 160, 500


@lru_cache(maxsize=_REMEMBERED)
def leaflet_pdf(page: LeafletPage, *, on: date | None) -> bytes:
    """Return the page as a tagged PDF (PDF/UA-1), dated ``on``. Fit it first."""
    return typst_engine.pdf(_TEMPLATE, _content(page), on=on)


@lru_cache(maxsize=_REMEMBERED)
def fit(page: LeafletPage) -> LeafletPage:
    """Return the page at the largest size that holds on one sheet.

    Below the smallest size, blocks give way one at a time: a title or a lead that is none,
    the last proposal, charts after the
    first, the second extract, bars past the eighth, the end of the lead, the first extract, the
    chart, the minority note, the end of the title. Each one left out is told in ``left_out``,
    with about how many lines were too many.
    """
    content = _content(page)
    while (over := _over(content, SIZES[-1]))["over"] > 0:
        lines = max(1, round(over["over"] / over["line"] + 0.49))
        smaller = next((cut for cut in (give(page) for give in _CUTS) if cut is not None), None)
        if smaller is None:
            raise ValueError(f"nothing is left to take out of the leaflet of {page.case}")
        page = _told(page, *smaller, lines)
        content = _content(page)
    largest = bisect_left(SIZES, 0.0, key=lambda size: -_over(content, size)["over"])
    return replace(page, size=SIZES[min(largest, len(SIZES) - 1)])


def _over(content: dict[str, object], size: int) -> dict[str, float]:
    """Return how many points too tall the page is at one size, and the height of a line."""
    return typst_engine.measured(_TEMPLATE, "fit", {**content, "size": size})


_Cut = tuple[LeafletPage, Phrase]


def _no_title(page: LeafletPage) -> _Cut | None:
    return _end_of_title(page) if len(page.title) > _LONGEST_TITLE else None


def _no_lead(page: LeafletPage) -> _Cut | None:
    return _end_of_lead(page) if len(page.lead) > _LONGEST_LEAD else None


def _last_proposal(page: LeafletPage) -> _Cut | None:
    if len(page.proposals) < 2:
        return None
    gone = page.proposals[-1]
    return replace(page, proposals=page.proposals[:-1]), phrase(
        "la proposition « {title} »", title=gone.title
    )


def _second_voice(page: LeafletPage) -> _Cut | None:
    if len(page.voices) < 2:
        return None
    gone = page.voices[-1]
    return replace(page, voices=page.voices[:-1]), phrase("l’extrait {code}", code=gone.code)


def _last_chart(page: LeafletPage) -> _Cut | None:
    if len(page.charts) < 2:
        return None
    return replace(page, charts=page.charts[:-1]), _figure(page.charts[-1])


def _long_chart(page: LeafletPage) -> _Cut | None:
    if not page.charts or len(page.charts[0].bars) <= _TALLEST_CHART:
        return None
    whole = page.charts[0]
    shorter = replace(whole, bars=whole.bars[:_TALLEST_CHART])
    return replace(page, charts=(shorter,)), phrase(
        "les dernières barres de la figure {code}", code=", ".join(whole.codes)
    )


def _figure(chart: Chart) -> Phrase:
    return phrase("la figure {code}", code=", ".join(chart.codes))


def _end_of_lead(page: LeafletPage) -> _Cut | None:
    kept = without_last_sentence(page.lead)
    if kept == page.lead:
        return None
    codes = page.lead_codes if kept else ()
    return replace(page, lead=kept, lead_codes=codes), phrase("la fin du chapeau")


def _any_voice(page: LeafletPage) -> _Cut | None:
    if not page.voices:
        return None
    return replace(page, voices=()), phrase("l’extrait {code}", code=page.voices[0].code)


def _any_chart(page: LeafletPage) -> _Cut | None:
    return (replace(page, charts=()), _figure(page.charts[0])) if page.charts else None


def _any_minority(page: LeafletPage) -> _Cut | None:
    if page.minority is None:
        return None
    return replace(page, minority=None), phrase("la note minoritaire")


def _end_of_proposal(page: LeafletPage) -> _Cut | None:
    if not page.proposals:
        return None
    last = page.proposals[-1]
    kept = Note(last.title, without_last_sentence(last.text), last.codes)
    if kept.text != last.text:
        return replace(page, proposals=(*page.proposals[:-1], kept)), phrase(
            "la fin de la proposition « {title} »", title=last.title
        )
    return replace(page, proposals=()), phrase("la proposition « {title} »", title=last.title)


def _end_of_title(page: LeafletPage) -> _Cut | None:
    kept = page.title[: min(_LONGEST_TITLE, len(page.title) // 2)].rsplit(" ", 1)[0].rstrip(" …")
    if len(kept) < _SHORTEST_TITLE:
        return None
    return replace(page, title=f"{kept} …"), phrase("la fin du titre")


def _last_number(page: LeafletPage) -> _Cut | None:
    if not page.numbers:
        return None
    return replace(page, numbers=page.numbers[:-1]), phrase("le dernier grand nombre")


_CUTS: tuple[Callable[[LeafletPage], _Cut | None], ...] = (
    _no_title,
    _no_lead,
    _last_proposal,
    _last_chart,
    _second_voice,
    _long_chart,
    _end_of_lead,
    _any_voice,
    _any_chart,
    _any_minority,
    _end_of_proposal,
    _end_of_title,
    _last_number,
)


def _told(page: LeafletPage, smaller: LeafletPage, block: Phrase, lines: int) -> LeafletPage:
    told = phrases(
        "Feuillet {case} : la page dépassait d’environ {n} ligne ; {block} n’y est pas.",
        "Feuillet {case} : la page dépassait d’environ {n} lignes ; {block} n’y est pas.",
        lines,
        case=page.case,
        block=block,
    )
    return replace(smaller, left_out=(*page.left_out, told))


def _content(page: LeafletPage) -> dict[str, object]:
    def said(text: str) -> str:
        return typeset(text, page.language, medium="pdf")

    def note(found: Note) -> dict[str, object]:
        return {"title": said(found.title), "text": said(found.text), "codes": found.codes}

    return {
        "size": page.size,
        "lang": page.language,
        "region": "CA",
        "document_title": said(f"{page.kicker} : {page.network}"),
        "authors": page.authors,
        "keywords": [page.release_code],
        "kicker": said(page.kicker),
        "network": said(page.network),
        "dated": said(page.dated),
        "draft": said(page.draft),
        "title": said(page.title),
        "lead": said(page.lead),
        "lead_codes": page.lead_codes,
        "numbers": [
            {"value": said(n.value), "caption": said(n.caption), "codes": n.codes}
            for n in page.numbers
        ],
        "charts": [_chart(chart, said) for chart in page.charts],
        "quotes": [
            {
                "text": said(in_quotes(v.text, page.language)),
                "source": said(v.source),
                "lang": v.language,
            }
            for v in page.voices
        ],
        "proposals_title": said(page.proposals_title),
        "proposals": [note(proposal) for proposal in page.proposals],
        "minority": None if page.minority is None else note(page.minority),
        "sources_title": said(page.sources_title),
        "sources": [said(source) for source in page.sources],
        "verify": said(page.verify),
        "qr": qr_svg(page.url) if page.url else "",
        "qr_alt": said(phrase("Code QR vers {url}", url=page.url).to(page.language)),
    }


def _chart(chart: Chart, said: Callable[[str], str]) -> dict[str, object]:
    return {
        "title": said(chart.title),
        "alt": said(chart.alt),
        "note": said(chart.note),
        "codes": chart.codes,
        "bars": [
            {
                "label": said(bar.label),
                "value": said(bar.value),
                "solid": bar.solid,
                "hatched": bar.hatched,
                "strong": bar.strong,
            }
            for bar in chart.bars
        ],
    }
