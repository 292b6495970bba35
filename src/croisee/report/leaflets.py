"""Write the leaflet of each network, on screen and on paper."""

from __future__ import annotations

from pathlib import Path

from croisee.disclosure.released import PUBLIC, Release
from croisee.language import Language, Phrase, phrase
from croisee.report.compose_leaflet import compose_leaflet
from croisee.report.leaflet_html import file_stem, leaflet_html
from croisee.report.leaflet_page import LeafletPage
from croisee.report.leaflet_pdf import fit, leaflet_pdf


def write_leaflets(
    release: Release,
    out: Path,
    language: Language,
    *,
    audience: str = PUBLIC,
    index: bool = True,
) -> tuple[Phrase, ...]:
    """Write ``<case>.html`` and ``<case>.pdf`` for every network, and return what gave way.

    Only what ``audience`` may read is printed: the public, unless told. A circle
    (``cercle:<case>``) gets the leaflet of its own network alone, which leads to the circle's
    ``index`` if it has one.
    ``out`` is made if needed. In another language than the study's first, files are named
    ``<case>.en.html``. A network about which the release says nothing has no leaflet; that is
    among the sentences returned, which are for the team.

    Raises:
        TypeError: ``release`` is not a Release.
    """
    if not isinstance(release, Release):
        raise TypeError("leaflets are made of a Release: see croisee.draft_release()")
    told: list[Phrase] = []
    for case in release.study.cases:
        if audience not in {PUBLIC, f"cercle:{case.code}"}:
            continue
        page = compose_leaflet(release, case.code, language, audience=audience)
        if page.empty:
            told.append(phrase("Feuillet {case} : rien à dire, aucune page.", case=case.code))
            continue
        fitted = fit(page)
        write_leaflet(fitted, release, out, circle=audience != PUBLIC, index=index)
        told.extend(fitted.left_out)
    return tuple(told)


def write_leaflet(
    page: LeafletPage, release: Release, out: Path, *, circle: bool = False, index: bool = True
) -> None:
    """Write one fitted page, ``.html`` and ``.pdf``, into ``out``.

    The page leads to the provenance of its numbers: one folder up beside the report, in the same
    folder for a ``circle``, beside all that its network may read.
    """
    out.mkdir(parents=True, exist_ok=True)
    stem = file_stem(page.case, page.language, page.languages)
    on = release.sealed_on or release.study.diffusion.arrest_on
    html = leaflet_html(page, circle=circle, index=index)
    (out / f"{stem}.html").write_text(html, encoding="utf-8", newline="\n")
    (out / f"{stem}.pdf").write_bytes(leaflet_pdf(page, on=on))
