"""Everything readers receive, written from one Release: the public folder, the circles'."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from croisee.disclosure.released import PUBLIC, Release, ReleasedTable
from croisee.disclosure.stored import save_release
from croisee.formats import write_csv
from croisee.language import Language, Phrase, phrase
from croisee.report.compose_circle import audience_of, compose_circle
from croisee.report.compose_leaflet import compose_leaflet
from croisee.report.compose_method import compose_method
from croisee.report.compose_provenance import compose_provenance
from croisee.report.compose_report import compose_report, document, languages_of
from croisee.report.docx_report import write_docx
from croisee.report.figures import csv_header, csv_rows, figure_blocks, standalone
from croisee.report.figures.sight import Sight
from croisee.report.html import Link, LinkGroup, Surroundings, render_html, render_index
from croisee.report.leaflet_html import file_stem
from croisee.report.leaflets import write_leaflets
from croisee.report.tree import Document, FigureBlock
from croisee.report.typst_report import write_pdf

Drawn = Mapping[str, FigureBlock]
Told = tuple[Phrase, ...]
Writing = Callable[[], Told]
_HANDS = max(1, min(4, os.cpu_count() or 1))
"""How many documents are written at once. Typst, which sets all paper, runs outside Python."""
_NAMES: dict[Language, str] = {"fr": "Français", "en": "English"}


@dataclass(frozen=True, slots=True)
class Shelf:
    """A folder of pages in one language: where it is, and how its files are named."""

    folder: Path
    language: Language
    languages: tuple[Language, ...]

    @property
    def first(self) -> bool:
        """Return whether this is the first language: what has no language is written once."""
        return self.language == self.languages[0]

    @property
    def suffix(self) -> str:
        """Return ``.en`` in another language than the first."""
        return file_stem("", self.language, self.languages)

    def name(self, stem: str, kind: str = "html") -> str:
        """Return the name of a file here: ``rapport.html``, ``rapport.en.html``."""
        return f"{file_stem(stem, self.language, self.languages)}.{kind}"

    def write(self, stem: str, text: str) -> None:
        """Write one page."""
        (self.folder / self.name(stem)).write_text(text, encoding="utf-8", newline="\n")

    def around(self, stem: str, *, home: bool = True) -> Surroundings:
        """Return what a page of this shelf links to."""
        others = tuple(
            (_NAMES[other], f"{file_stem(stem, other, self.languages)}.html", other)
            for other in self.languages
            if other != self.language
        )
        return Surroundings(
            provenance=self.name("provenance"),
            suffix=self.suffix,
            home=self.name("index") if home else "",
            elsewhere=others,
        )


def write_report(
    release: Release, out: Path, languages: tuple[Language, ...] | None = None
) -> Told:
    """Write ``diffusion/`` and ``cercles/`` under ``out``; return what somebody should look at.

    In the study's languages, unless told. Files of the first language have bare names, others
    ``rapport.en.html``. Equal releases give equal bytes. See ``docs/resultats.md`` §1.

    Raises:
        TypeError: anything but a :class:`Release` was given.
    """
    if not isinstance(release, Release):
        raise TypeError("results are written from a Release: see croisee.draft_release()")
    chosen = languages or languages_of(release)
    public = out / "diffusion"
    begun: list[Future[Told]] = []
    with _hands() as hands:
        for language in chosen:
            figures = figure_blocks(release, language)
            begun += map(hands.submit, _public(release, Shelf(public, language, chosen), figures))
            for case in release.study.cases:
                shelf = Shelf(out / "cercles" / case.code, language, chosen)
                begun.append(hands.submit(_write_circle, release, case.code, shelf, figures))
        told = [said for written in begun for said in written.result()]
    for language in chosen:
        _write_index(release, Shelf(public, language, chosen))
    return tuple(dict.fromkeys(told))


@contextmanager
def _hands() -> Iterator[ThreadPoolExecutor]:
    """Write several documents at once; when one cannot be written, no other is begun."""
    hands = ThreadPoolExecutor(_HANDS)
    try:
        yield hands
    finally:
        hands.shutdown(cancel_futures=True)


def _public(release: Release, shelf: Shelf, figures: Drawn) -> Iterator[Writing]:
    """Yield what writes the public folder in one language; leaflets first: circles share them."""
    seen = release.seen_by(PUBLIC)
    (shelf.folder / "figures").mkdir(parents=True, exist_ok=True)
    report = compose_report(seen, shelf.language, figures=figures)
    yield partial(write_leaflets, release, shelf.folder / "feuillets", shelf.language)
    yield partial(_write_word, report, shelf)
    yield partial(_write_paper, report, shelf)
    yield partial(_write_pages, seen, report, shelf, figures)


def _write_word(report: Document, shelf: Shelf) -> Told:
    write_docx(report, shelf.folder / shelf.name("rapport", "docx"))
    return ()


def _write_paper(report: Document, shelf: Shelf) -> Told:
    write_pdf(report, shelf.folder / shelf.name("rapport", "pdf"))
    return ()


def _write_pages(seen: Release, report: Document, shelf: Shelf, figures: Drawn) -> Told:
    shelf.write("rapport", render_html(report, shelf.around("rapport")))
    method = compose_method(seen, shelf.language)
    shelf.write("methode", render_html(method, shelf.around("methode")))
    provenance = compose_provenance(seen, shelf.language, figures=figures)
    shelf.write("provenance", render_html(provenance, shelf.around("provenance")))
    _write_figures(seen, seen.tables, shelf, figures)
    if shelf.first:
        save_release(seen, shelf.folder / "release.json")
    return ()


def _write_circle(release: Release, case: str, shelf: Shelf, figures: Drawn) -> Told:
    """Write what one network reads: its leaflet, where its codes come from, what is its alone.

    Its ``index.html`` is there only when something is for it alone.
    """
    circle = audience_of(case)
    page = compose_circle(release, case, shelf.language, figures)
    leaflet = compose_leaflet(release, case, shelf.language, audience=circle)
    if page is None and leaflet.empty:
        return ()
    seen = release.seen_by(circle)
    (shelf.folder / "figures").mkdir(parents=True, exist_ok=True)
    if page is not None:
        shelf.write("index", render_html(page, shelf.around("index", home=False)))
    provenance = compose_provenance(
        seen, shelf.language, audience=circle, figures=figures, only=circle, also=leaflet.codes
    )
    around = shelf.around("provenance", home=page is not None)
    shelf.write("provenance", render_html(provenance, around))
    own = tuple(table for table in seen.tables if table.audience == circle)
    _write_figures(seen, own, shelf, figures)
    if shelf.first:
        save_release(seen, shelf.folder / "release.json")
    return write_leaflets(
        release, shelf.folder, shelf.language, audience=circle, index=page is not None
    )


def _write_figures(
    release: Release, tables: tuple[ReleasedTable, ...], shelf: Shelf, figures: Drawn
) -> None:
    mark = phrase("Épreuve").to(shelf.language) if release.draft else ""
    for table in tables:
        block = figures[table.key]
        stem = shelf.folder / "figures" / f"{table.code}{shelf.suffix}"
        stem.with_name(stem.name + ".svg").write_bytes(standalone(block, shelf.language, mark))
        rows = csv_rows(Sight(table, release.study, shelf.language), block.full_code)
        write_csv(stem.with_name(stem.name + ".csv"), csv_header(shelf.language), rows)


def _write_index(release: Release, shelf: Shelf) -> None:
    title = release.study.title.to(shelf.language)
    page: Document = document(release.seen_by(PUBLIC), shelf.language, (), title=title, subtitle="")
    groups = tuple(group for group in _groups(release, shelf) if group.links)
    around = shelf.around("index", home=False)
    shelf.write("index", render_index(page, groups, around))


def _groups(release: Release, shelf: Shelf) -> Iterator[LinkGroup]:
    language = shelf.language

    def line(said: Phrase, name: str, note: str = "") -> Link:
        return Link(name, said.to(language), note)

    yield LinkGroup(
        phrase("Rapport").to(language),
        (
            line(phrase("Rapport, à lire à l’écran"), shelf.name("rapport")),
            line(phrase("Rapport en PDF"), shelf.name("rapport", "pdf")),
            line(phrase("Rapport pour traitement de texte (DOCX)"), shelf.name("rapport", "docx")),
        ),
    )
    leaflets = []
    for case in release.study.cases:
        name = f"feuillets/{shelf.name(case.code)}"
        if (shelf.folder / name).exists():
            leaflets.append(Link(name, case.name.to(language)))
            paper = f"feuillets/{shelf.name(case.code, 'pdf')}"
            leaflets.append(Link(paper, case.name.to(language), "PDF"))
    alone = len(release.study.cases) == 1
    named = phrase("Feuillet") if alone else phrase("Un feuillet par réseau")
    yield LinkGroup(named.to(language), tuple(leaflets))
    yield LinkGroup(
        phrase("Vérifier").to(language),
        (
            line(phrase("Méthode et règles"), shelf.name("methode")),
            line(phrase("Provenance de chaque chiffre"), shelf.name("provenance")),
            line(phrase("Diffusion complète, pour un programme"), "release.json", "JSON"),
        ),
    )
