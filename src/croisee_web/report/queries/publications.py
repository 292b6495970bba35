"""Questions one may ask of what was published. Nothing here writes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.conf import settings
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from croisee_web.kit.errors import NotFound
from croisee_web.report.models import Publication
from croisee_web.report.rules import ARCHIVE, PUBLIC_KEY, SIGNATURE, SIGNED, is_shown
from croisee_web.report.vocabulary import PublicationState

FORMATS = {"html": _("à l’écran"), "pdf": _("PDF"), "docx": _("traitement de texte (DOCX)")}
"""The forms a report may be read in, in the order shown."""


@dataclass(frozen=True, slots=True)
class PublishedFile:
    """One form of a report: its file, and how it is called."""

    name: str
    label: str


@dataclass(frozen=True, slots=True)
class PublicationCard:
    """One line of the list of published reports. ``home`` leads to everything else."""

    slug: str
    title: str
    arrested_on: date
    home: str
    files: tuple[PublishedFile, ...]


def publication_folder(slug: str) -> Path:
    """Return where the files of one publication lie."""
    return Path(settings.PUBLISHED_ROOT) / slug


def publication_cards() -> tuple[PublicationCard, ...]:
    """Return what the public may read, latest first. One SQL query, whatever their number."""
    rows = (
        Publication.objects.filter(state=PublicationState.PUBLIC)
        .order_by("-arrested_on", "-pk")
        .values_list("slug", "title_fr", "title_en", "arrested_on")
    )
    english = _language() == "en"
    return tuple(
        PublicationCard(
            slug,
            title_en if english and title_en else title_fr,
            on,
            _in_readers_language(slug, "index", "html"),
            _files_of(slug),
        )
        for slug, title_fr, title_en, on in rows
    )


def _language() -> str:
    return "en" if (get_language() or "fr").startswith("en") else "fr"


def _in_readers_language(slug: str, stem: str, suffix: str) -> str:
    """Return the file in the reader's language; the study's main one where there is no other."""
    name = f"{stem}.{_language()}.{suffix}"
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
    """Return one file of a publication. One SQL query.

    Raises:
        NotFound: no such publication, it was withdrawn, or the file is not one it shows.
    """
    shown = Publication.objects.filter(slug=slug, state=PublicationState.PUBLIC).exists()
    path = publication_folder(slug) / name
    if not shown or not (name in SIGNED or is_shown(name)) or not path.is_file():
        raise NotFound(gettext("Il n’y a rien à cette adresse. Le lien a peut-être changé."))
    return path


def leaflet_address(*, slug: str) -> tuple[str, str]:
    """Return the publication and the page of a leaflet ``<case>-<release>``. One SQL query.

    Raises:
        NotFound: no published release has this leaflet.
    """
    shown = Publication.objects.filter(state=PublicationState.PUBLIC)
    for publication, release in shown.values_list("slug", "release_code"):
        case = slug.removesuffix(f"-{release}")
        for name in (f"feuillets/{case}.{_language()}.html", f"feuillets/{case}.html"):
            if case != slug and (publication_folder(publication) / name).is_file():
                return publication, name
    raise NotFound(gettext("Il n’y a rien à cette adresse. Le lien a peut-être changé."))


def provenance_address(*, code: str) -> tuple[str, str, str]:
    """Return the publication, the page and the anchor of ``2026a-F-07``. One SQL query.

    Raises:
        NotFound: no published release allocated this code.
    """
    release, kind, number = code.rsplit("-", 2)
    publication = Publication.objects.filter(
        release_code=release, state=PublicationState.PUBLIC
    ).first()
    if publication is None:
        raise NotFound(gettext("Ce code ne vient d’aucun rapport diffusé ici."))
    page = _in_readers_language(publication.slug, "provenance", "html")
    return publication.slug, page, f"{kind}-{number}"
