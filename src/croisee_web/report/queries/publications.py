"""Questions one may ask of what was published. Nothing here writes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from croisee_web.analysis.queries import RunCard
from croisee_web.kit.errors import NotFound
from croisee_web.report.models import Publication
from croisee_web.report.queries.changes import PublicChange, public_changes
from croisee_web.report.rules import ARCHIVE, PUBLIC_KEY, SIGNATURE, SIGNED, is_shown
from croisee_web.report.vocabulary import PublicationState
from croisee_web.study.models import Case
from croisee_web.study.queries import reader_language, said

FORMATS = {"html": _("à l’écran"), "pdf": _("PDF"), "docx": _("traitement de texte (DOCX)")}
"""The forms a report may be read in, in the order shown."""


@dataclass(frozen=True, slots=True)
class PublishedFile:
    """One form of a report: its file, and how it is called."""

    name: str
    label: str


@dataclass(frozen=True, slots=True)
class PublicationCard:
    """One line of the list of published reports. ``home`` leads to everything else.

    ``leaflets``: short address and network of each; ``changes``: what changed since the seal.
    """

    slug: str
    title: str
    arrested_on: date
    home: str
    files: tuple[PublishedFile, ...]
    leaflets: tuple[tuple[str, str], ...]
    changes: tuple[PublicChange, ...]


@dataclass(frozen=True, slots=True)
class PublicPages:
    """Where anybody reads a sealed release; ``behind``: the team has later documents."""

    slug: str
    leaflets: tuple[tuple[str, str], ...]
    behind: bool
    under_way: bool


def publication_folder(slug: str) -> Path:
    """Return where the files of one publication lie."""
    return Path(settings.PUBLISHED_ROOT) / slug


def publication_cards() -> tuple[PublicationCard, ...]:
    """Return what the public may read, latest first. Three SQL queries, whatever their number."""
    rows = list(
        Publication.objects.filter(state=PublicationState.PUBLIC).order_by("-arrested_on", "-pk")
    )
    studies = [row.study_id for row in rows if row.study_id is not None]
    names, changes = _networks(studies), public_changes(study_ids=studies)
    return tuple(
        PublicationCard(
            row.slug,
            said(row.title_fr, row.title_en),
            row.arrested_on,
            _in_readers_language(row.slug, "index", "html"),
            _files_of(row.slug),
            _leaflets(row, names),
            changes.get((row.study_id or 0, row.release_code), ()),
        )
        for row in rows
    )


def public_pages(*, study_id: int, run: RunCard) -> PublicPages | None:
    """Return where anybody reads the release of a run; ``None`` if nobody does. Two SQL queries."""
    there = (PublicationState.PUBLIC, PublicationState.RENEWED)
    row = Publication.objects.filter(
        study_id=study_id, release_code=run.release_code, state__in=there
    ).first()
    if row is None:
        return None
    public = row.state == PublicationState.PUBLIC
    return PublicPages(
        row.slug,
        _leaflets(row, _networks([study_id])) if public else (),
        public and row.run_number != run.number,
        not public,
    )


def _networks(study_ids: Iterable[int]) -> dict[tuple[int | None, str], str]:
    """Return the short names of networks by study and code. One SQL query."""
    rows = Case.objects.filter(study_id__in=list(study_ids)).order_by("position", "pk")
    return {
        (study, code): said(french, english)
        for study, code, french, english in rows.values_list(
            "study_id", "code", "short_fr", "short_en"
        )
    }


def _leaflets(
    row: Publication, names: Mapping[tuple[int | None, str], str]
) -> tuple[tuple[str, str], ...]:
    """Return the short address of each leaflet of a publication, and the network's name."""
    folder = publication_folder(row.slug) / "feuillets"
    codes = sorted({path.name.partition(".")[0] for path in folder.glob("*.html")})
    known = [code for study, code in names if study == row.study_id and code in codes]
    return tuple(
        (f"{code}-{row.release_code}", names.get((row.study_id, code), code))
        for code in (*known, *(code for code in codes if code not in known))
    )


def _in_readers_language(slug: str, stem: str, suffix: str) -> str:
    """Return the file in the reader's language; the study's main one where there is no other."""
    name = f"{stem}.{reader_language()}.{suffix}"
    return name if (publication_folder(slug) / name).is_file() else f"{stem}.{suffix}"


def _files_of(slug: str) -> tuple[PublishedFile, ...]:
    names = ((_in_readers_language(slug, "rapport", suffix), suffix) for suffix in FORMATS)
    labelled = [
        *((name, FORMATS[suffix]) for name, suffix in names),
        (ARCHIVE, _("tout, à garder (.zip)")),
        (SIGNATURE, _("signature")),
        (PUBLIC_KEY, _("clé qui la vérifie")),
    ]
    return tuple(
        PublishedFile(name, str(label))
        for name, label in labelled
        if (publication_folder(slug) / name).is_file()
    )


def published_file(*, slug: str, name: str) -> Path:
    """Return one file of a publication; without a name, its first page. One SQL query.

    Raises:
        NotFound: no such publication, it was withdrawn, it is being written again, or the file
            is not one it shows.
    """
    state = Publication.objects.filter(slug=slug).values_list("state", flat=True).first()
    if state == PublicationState.RENEWED:
        raise _soon()
    name = name or _in_readers_language(slug, "index", "html")
    path, shown = publication_folder(slug) / name, state == PublicationState.PUBLIC
    if not shown or not (name in SIGNED or is_shown(name)) or not path.is_file():
        raise NotFound
    return path


def _soon() -> NotFound:
    return NotFound(
        gettext("Ce rapport est en mise à jour. Revenez dans quelques minutes : il sera ici.")
    )


def leaflet_address(*, slug: str) -> tuple[str, str]:
    """Return the publication and the page of a leaflet ``<case>-<release>``. One SQL query.

    Raises:
        NotFound: no published release has this leaflet.
    """
    shown = Publication.objects.filter(state=PublicationState.PUBLIC)
    for publication, release in shown.values_list("slug", "release_code"):
        case = slug.removesuffix(f"-{release}")
        for name in (f"feuillets/{case}.{reader_language()}.html", f"feuillets/{case}.html"):
            if case != slug and (publication_folder(publication) / name).is_file():
                return publication, name
    raise NotFound


def provenance_address(*, code: str) -> tuple[str, str, str]:
    """Return the publication, the page and the anchor of ``2026a-F-07``. One SQL query.

    What was removed since the seal, and what never was there, are answered alike: nobody learns
    from the answer whose words have left.

    Raises:
        NotFound: no published release has this code, or it has it no longer.
    """
    release, kind, number = code.rsplit("-", 2)
    publication = Publication.objects.filter(release_code=release).first()
    if publication is None or publication.state == PublicationState.WITHDRAWN:
        raise NotFound(gettext("Ce code ne vient d’aucun rapport diffusé ici."))
    if publication.state == PublicationState.RENEWED:
        raise _soon()
    page = _in_readers_language(publication.slug, "provenance", "html")
    path = publication_folder(publication.slug) / page
    printed = path.read_text(encoding="utf-8") if path.is_file() else ""
    if f'id="{kind}-{number}"' not in printed:
        raise NotFound(
            gettext(
                "%(code)s n’est pas, ou n’est plus, dans ce rapport. Ce qui en a été retiré ne "
                "revient pas ; le reste n’a pas changé."
            )
            % {"code": f"{kind}-{number}"}
        )
    return publication.slug, page, f"{kind}-{number}"
