"""Questions one may ask of what was published. Nothing here writes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from croisee_web.kit.errors import NotFound
from croisee_web.report.models import Publication
from croisee_web.report.rules import is_shown
from croisee_web.report.vocabulary import PublicationState


@dataclass(frozen=True, slots=True)
class PublicationCard:
    """One line of the list of published reports."""

    slug: str
    title: str
    arrested_on: date
    files: tuple[str, ...]


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
    english = (get_language() or "fr").startswith("en")
    return tuple(
        PublicationCard(slug, title_en if english and title_en else title_fr, on, _files_of(slug))
        for slug, title_fr, title_en, on in rows
    )


def _files_of(slug: str) -> tuple[str, ...]:
    folder = publication_folder(slug)
    return tuple(
        name
        for name in ("rapport.html", "rapport.en.html", "rapport.pdf", "rapport.docx")
        if (folder / name).is_file()
    )


def published_file(*, slug: str, name: str) -> Path:
    """Return one file of a publication. One SQL query.

    Raises:
        NotFound: no such publication, it was withdrawn, or the file is not one it shows.
    """
    shown = Publication.objects.filter(slug=slug, state=PublicationState.PUBLIC).exists()
    path = publication_folder(slug) / name
    if not shown or not is_shown(name) or not path.is_file():
        raise NotFound(_("Il n’y a rien à cette adresse. Le lien a peut-être changé."))
    return path


def provenance_address(*, code: str) -> str:
    """Return ``<slug>/provenance.html#F-07`` for ``2026a-F-07``. One SQL query.

    Raises:
        NotFound: no published release allocated this code.
    """
    release, _dash, rest = code.partition("-")
    publication = Publication.objects.filter(
        release_code=release, state=PublicationState.PUBLIC
    ).first()
    if publication is None or not rest:
        raise NotFound(_("Ce code ne vient d’aucun rapport diffusé ici."))
    return f"{publication.slug}/provenance.html#{rest}"
