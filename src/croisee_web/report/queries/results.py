"""What the team, and each network, read of a study's results. Nothing here writes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from html import unescape
from pathlib import Path

from django.db.models import Q
from django.utils.translation import gettext as _

from croisee.disclosure import (
    Release,
    ReleasedQuote,
    ReleasedTable,
    ReleaseUnreadable,
    load_release,
)
from croisee.language import Language
from croisee.run import TraceRefused, trace
from croisee.text import typeset
from croisee_web.access.models import Account
from croisee_web.access.queries import require, verbs_in
from croisee_web.access.vocabulary import Verb
from croisee_web.analysis.queries import (
    FreezeCard,
    RunCard,
    freezes_of,
    latest_run,
    results_of,
    runs_of_release,
)
from croisee_web.jobs.queries import JobCard, job_card
from croisee_web.journal.models import Entry
from croisee_web.kit.errors import NotFound
from croisee_web.report.queries.publications import PublicPages, public_pages
from croisee_web.report.rules import is_shown
from croisee_web.study.models import Study
from croisee_web.study.queries import reader_language

_CHANGES = (
    "study.", "people.", "instruments.", "collection.", "fieldwork.", "corpus.", "coding.",
    "disclosure.policy", "disclosure.warnings", "report.finding.changed",
    "report.finding.written", "report.finding.added", "report.finding.withdrawn",
    "report.finding.restored",
)  # fmt: skip
"""Beginnings of the acts after which results no longer say what the data say."""
_ONLY_LOOKED = (
    "people.identity.opened",
    "people.identity.sealed",
    "people.link.issued",
    "people.package.given",
)
_TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
TEAM_PAGES = ("equipe/verification.html",)
TEAM_WORDS = "equipe/relectures/"


@dataclass(frozen=True, slots=True)
class Listed:
    """One thing of a release: its printed code, what it is called, the page that explains it.

    ``explained``: the file of the results that explains it, where no printed address does yet.
    """

    code: str
    title: str
    full_code: str
    explained: str = ""


@dataclass(frozen=True, slots=True)
class Circle:
    """What a network will read: its name, and the page to begin with, "" where there is none."""

    name: str
    page: str


@dataclass(frozen=True, slots=True)
class Download:
    """One file to read here, if it is a page, or elsewhere."""

    name: str
    label: str

    @property
    def is_page(self) -> bool:
        """Whether it is read inside the pages of the study."""
        return self.name.endswith(".html")


@dataclass(frozen=True, slots=True)
class Document:
    """A document as a page of the study shows it: its title, and its other forms: name, label.

    ``network``: the name of the network it is for, "" for the team.
    """

    title: str
    others: tuple[tuple[str, str], ...]
    network: str = ""


@dataclass(frozen=True, slots=True)
class ResultsPage:
    """A study's results, as the team's page shows them.

    ``run`` is the one that may be read, ``asked`` the last one asked for, when it is another.
    ``public``: where the sealed release is read by anybody, once it is.
    """

    run: RunCard | None
    asked: RunCard | None
    job: JobCard | None
    figures: tuple[Listed, ...]
    quotes: tuple[Listed, ...]
    downloads: tuple[Download, ...]
    circles: tuple[Circle, ...]
    freezes: tuple[FreezeCard, ...]
    public: PublicPages | None
    arrest_on: date | None
    stale_since: datetime | None


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a number or a quote comes from: lines to read, and the Datasets of its study."""

    study_slug: str
    study_title: str
    code: str
    lines: tuple[str, ...]
    freezes: tuple[FreezeCard, ...]


def results_page(*, study_id: int, viewer: Account) -> ResultsPage:
    """Return what the team's page of results shows. Nine SQL queries at most.

    Raises:
        NotFound, NotAllowed: the viewer may not read the whole study's results.
    """
    require(actor=viewer, verb=Verb.READ_RESULTS, study_id=study_id)
    run, asked = results_of(study_id=study_id), latest_run(study_id=study_id)
    language = reader_language()
    release = None if run is None else released(run.folder / "equipe")
    run = run if release is not None else None
    study = Study.objects.get(pk=study_id)
    job = None
    if asked is not None and asked.under_way and asked.job_id is not None:
        job = job_card(job_id=asked.job_id, study_id=study_id)
    return ResultsPage(
        run=run,
        asked=asked if asked is not None and (run is None or asked.id != run.id) else None,
        job=job,
        figures=() if release is None or run is None else _figures(release, run, language),
        quotes=() if release is None or run is None else _quotes(release, run, language),
        downloads=() if run is None else _downloads(run, language),
        circles=()
        if release is None or run is None
        else tuple(
            Circle(case.short.to(language), _first_page(run, case.code, language))
            for case in release.study.cases
        ),
        freezes=freezes_of(study_id=study_id),
        public=None if run is None else public_pages(study_id=study_id, run=run),
        arrest_on=study.release_arrest_on,
        stale_since=None if run is None else stale_since(run),
    )


def released(folder: Path) -> Release | None:
    """Return the release of a folder; ``None`` once a withdrawal has taken it away."""
    try:
        return load_release(folder / "release.json")
    except (OSError, ReleaseUnreadable):
        return None


def stale_since(run: RunCard) -> datetime | None:
    """Return when something the results come from first changed, as the journal tells it."""
    changed = Q()
    for start in _CHANGES:
        changed |= Q(act__startswith=start)
    first = (
        Entry.objects.filter(changed, study_id=run.study_id, happened_at__gt=run.asked_at)
        .exclude(act__in=_ONLY_LOOKED)
        .order_by("happened_at")
        .first()
    )
    seen = first.happened_at if first is not None else None
    return min((at for at in (run.stale_since, seen) if at is not None), default=None)


def _full(release: Release, code: str) -> str:
    """Return the code printed under a figure, "" where the release has none of its own yet."""
    return f"{release.code}-{code}" if release.code else ""


def _figures(release: Release, run: RunCard, language: Language) -> tuple[Listed, ...]:
    tables = sorted(release.tables, key=lambda table: int(table.code[2:]))
    return tuple(
        _listed(release, run, table, f"{table.title.to(language)} ({table.key})", language)
        for table in tables
    )


def _quotes(release: Release, run: RunCard, language: Language) -> tuple[Listed, ...]:
    quotes = sorted(release.quotes, key=lambda quote: int(quote.code[2:]))
    names = {case.code: case.short.to(language) for case in release.study.cases}
    return tuple(
        _listed(release, run, quote, names.get(quote.case, quote.case), language)
        for quote in quotes
    )


def _listed(
    release: Release,
    run: RunCard,
    one: ReleasedTable | ReleasedQuote,
    title: str,
    language: Language,
) -> Listed:
    full = _full(release, one.code)
    circle = one.audience.partition(":")[2]
    folder = f"cercles/{circle}" if circle else "diffusion"
    explained = "" if full else _in_language(run, f"{folder}/provenance", language)
    return Listed(one.code, title, full, explained)


def _first_page(run: RunCard, case: str, language: Language) -> str:
    """Return what a network begins with: all it may read, else its leaflet, "" without either."""
    folder = f"cercles/{case}"
    return _in_language(run, f"{folder}/index", language) or _in_language(
        run, f"{folder}/{case}", language
    )


def _in_language(run: RunCard, stem: str, language: Language) -> str:
    names = (f"{stem}.{language}.html", f"{stem}.html")
    return next((name for name in names if (run.folder / name).is_file()), "")


def _downloads(run: RunCard, language: Language) -> tuple[Download, ...]:
    found = []
    for suffix, label in (
        ("html", _("Rapport à l’écran")),
        ("pdf", _("Rapport en PDF")),
        ("docx", _("Rapport pour traitement de texte (DOCX)")),
    ):
        for name in (f"diffusion/rapport.{language}.{suffix}", f"diffusion/rapport.{suffix}"):
            if (run.folder / name).is_file():
                found.append(Download(name, label))
                break
    return (*found, Download("equipe/verification.html", _("Page de vérification de l’équipe")))


def result_file(*, study_id: int, number: int, name: str, viewer: Account) -> Path:
    """Return one file of the team's results. Three SQL queries at most.

    The review pages hold the verbatims: they also need the right to read those.

    Raises:
        NotFound: no such results, or a file that is not shown.
        NotAllowed: the viewer's roles do not allow this.
    """
    require(actor=viewer, verb=Verb.READ_RESULTS, study_id=study_id)
    run = results_of(study_id=study_id)
    shown = name.startswith(("diffusion/", "cercles/")) or name in TEAM_PAGES
    if name.startswith(TEAM_WORDS):
        require(actor=viewer, verb=Verb.READ_CORPUS, study_id=study_id)
        shown = True
    if run is None or run.number != number or not shown:
        raise NotFound
    return _file(run.folder, name)


def result_document(*, study_id: int, number: int, name: str, viewer: Account) -> Document:
    """Return what a page says of a document of the team's results. Three SQL queries at most.

    Raises:
        NotFound: no such document, or a file that is no page.
        NotAllowed: the viewer's roles do not allow this.
    """
    path = result_file(study_id=study_id, number=number, name=name, viewer=viewer)
    return document_at(path, name)


def document_at(path: Path, name: str, network: str = "") -> Document:
    """Return the title of a page and its other forms beside it.

    Raises:
        NotFound: the file is no page.
    """
    if path.suffix != ".html":
        raise NotFound
    title = _TITLE.search(path.read_text(encoding="utf-8"))
    others = tuple(
        (f"{name.removesuffix('.html')}{suffix}", label)
        for suffix, label in ((".pdf", _("PDF")), (".docx", _("traitement de texte (DOCX)")))
        if path.with_suffix(suffix).is_file()
    )
    return Document(unescape(title.group(1)) if title else name, others, network)


def _file(root: Path, name: str) -> Path:
    path = root / name
    if not is_shown(name) or not path.is_file():
        raise NotFound
    return path


def team_provenance(*, code: str, viewer: Account) -> Provenance | None:
    """Return where a printed code comes from, for a team that may read its results.

    ``None`` when no study of this viewer has results under this code. Two SQL queries a
    study that has; the Dataset's lines are read from its files.
    """
    release = code.rsplit("-", 2)[0]
    for run in runs_of_release(code=release):
        if Verb.READ_RESULTS in verbs_in(account=viewer, study_id=run.study_id):
            study = Study.objects.get(pk=run.study_id)
            language = reader_language()
            try:
                lines = trace(run.folder, code, language)
            except TraceRefused as refused:
                raise NotFound(refused.message.to(language)) from refused
            return Provenance(
                study.slug,
                study.title_fr,
                code,
                tuple(typeset(line, language, medium="text") for line in lines),
                freezes_of(study_id=run.study_id),
            )
    return None
