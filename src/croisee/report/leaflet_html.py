"""The leaflet on a screen: one self-contained page, which also prints on one Letter page."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from croisee.language import Language, phrase
from croisee.report.leaflet_page import Bar, Chart, LeafletPage, Voice
from croisee.report.on_screen import as_said, on_screen
from croisee.report.qr import qr_svg
from croisee.report.told import in_quotes
from croisee.text import typeset

_TEMPLATES = Path(__file__).parent / "templates_leaflet"
_WIDEST_BAR = 68
"""Share of the cell, in hundredths, that the longest bar takes at most: its number follows it."""
_LETTER = 5.0
"""Share of the cell, in hundredths, that a letter of that number takes on a phone."""
_NAMES: dict[Language, str] = {"fr": "Version française", "en": "English version"}


def leaflet_html(page: LeafletPage, *, circle: bool = False, index: bool = True) -> str:
    """Return the page as HTML: no script, no outside resource, no inline style.

    The file lies beside its PDF: in ``diffusion/feuillets/``, where codes lead to
    ``../provenance.html``, or in the folder of a ``circle``, where they lead to its own;
    ``index``: whether that circle has a page of its own.
    """
    language = page.language

    def say(text: str) -> Markup:
        return on_screen(text, language)

    def words(voice: Voice) -> Markup:
        return as_said(in_quotes(voice.text, language), voice.language)

    def source(voice: Voice) -> Markup:
        code = f'<span class="nc">{voice.code}</span>'
        link = f'<a class="nc" href="{links["provenance"]}#{voice.code}">{voice.code}</a>'
        return Markup(str(say(voice.source)).replace(code, link))  # noqa: S704 -- say escapes

    links = _links(page, circle=circle, index=index)
    title = f"{page.title} | {page.kicker} : {page.network}"
    address = phrase("Code QR vers {url}", url=page.url).to(language)
    return (
        _environment()
        .get_template("leaflet.html.j2")
        .render(
            page=page,
            say=say,
            words=words,
            source=source,
            bars=_drawn_bars,
            document_title=typeset(title, language),
            style=Markup((_TEMPLATES / "leaflet.css").read_text(encoding="utf-8")),  # noqa: S704 -- ours
            links=links,
            labels={
                "elsewhere": phrase("Ailleurs").to(language),
                "report": (
                    phrase("Ce que votre réseau peut lire") if circle else phrase("Rapport complet")
                ).to(language),
                "pdf": phrase("Ce feuillet en PDF").to(language),
            },
            qr=Markup(qr_svg(page.url, title=address)) if page.url else "",  # noqa: S704 -- ours
        )
    )


def _drawn_bars(chart: Chart) -> list[tuple[Bar, str, str]]:
    """Return each bar with its solid and its hatched width, in hundredths of its cell.

    All share one scale, the largest that leaves every number room beside its bar.
    """
    room = [
        (92 - _LETTER * len(bar.value)) / (bar.solid + bar.hatched)
        for bar in chart.bars
        if bar.solid + bar.hatched
    ]
    scale = max(_WIDEST_BAR / 2, min([_WIDEST_BAR, *room]))
    return [(bar, f"{scale * bar.solid:.2f}", f"{scale * bar.hatched:.2f}") for bar in chart.bars]


def file_stem(name: str, language: Language, languages: tuple[Language, ...]) -> str:
    """Return the name of a file in one language: bare in the first one, ``name.en`` in another."""
    return name if not languages or language == languages[0] else f"{name}.{language}"


def _links(page: LeafletPage, *, circle: bool, index: bool) -> dict[str, object]:
    up, report = ("", "index") if circle else ("../", "rapport")

    def named(name: str, language: Language) -> str:
        return file_stem(name, language, page.languages)

    return {
        "provenance": f"{up}{named('provenance', page.language)}.html",
        "report": f"{up}{named(report, page.language)}.html" if index else "",
        "pdf": f"{named(page.case, page.language)}.pdf",
        "languages": [
            {"href": f"{named(page.case, other)}.html", "lang": other, "name": _NAMES[other]}
            for other in page.languages
            if other != page.language
        ],
    }


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
