"""What one may do with a finished run. One function an act; each is one transaction."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from croisee import Release, load_release
from croisee_web.journal.usecases import record
from croisee_web.kit.disk import remove
from croisee_web.kit.errors import UseCaseError
from croisee_web.report.models import Publication
from croisee_web.report.queries.publications import publication_folder
from croisee_web.report.rules import NotShown
from croisee_web.report.rules.archives import put_on_show
from croisee_web.report.vocabulary import REPORT_PUBLISHED, REPORT_WITHDRAWN, PublicationState


class NotAFinishedRun(UseCaseError):
    """The folder given is not what a run wrote."""


class StillADraft(UseCaseError):
    """A draft is read by the team; only a sealed release is published."""


class AlreadyPublished(UseCaseError):
    """A release is published once; its numbers do not change."""


@transaction.atomic
def publish_results(
    *,
    folder: Path,
    actor: str,
    at: datetime,
    study_id: int | None = None,
    run_number: int | None = None,
) -> Publication:
    """Copy a finished run's ``diffusion/`` to the site and show it to everybody.

    Raises:
        NotAFinishedRun: no release in the folder, or a file that may not be shown.
        StillADraft: the release is not sealed.
        AlreadyPublished: a release of this code is already on the site.
    """
    release, arrested_on = _sealed_release(folder)
    if Publication.objects.filter(release_code=release.code).exists():
        raise AlreadyPublished(
            _("La diffusion %(code)s est déjà sur le site.") % {"code": release.code}
        )
    publication = Publication.objects.create(
        study_id=study_id,
        slug=f"{slugify(release.study.title.fr)[:60]}-{slugify(release.code)}",
        release_code=release.code,
        title_fr=release.study.title.fr,
        title_en=release.study.title.en,
        arrested_on=arrested_on,
        published_at=at,
        run_number=run_number,
    )
    try:
        count = put_on_show(
            folder / "diffusion", publication_folder(publication.slug), f"croisee {release.code}"
        )
    except NotShown as odd:
        raise NotAFinishedRun(
            _("%(name)s n’est pas un fichier de résultats ; rien n’est diffusé.")
            % {"name": odd.name}
        ) from odd
    record(
        act=REPORT_PUBLISHED,
        actor=actor,
        at=at,
        study_id=study_id,
        publication=publication.pk,
        files=count,
    )
    return publication


@transaction.atomic
def withdraw_publication(*, slug: str, actor: str, at: datetime) -> Publication:
    """Take a publication off the site; its files are destroyed.

    Raises:
        NotAFinishedRun: nothing is published under this address.
    """
    publication = Publication.objects.select_for_update().filter(slug=slug).first()
    if publication is None:
        raise NotAFinishedRun(_("Rien n’est diffusé à cette adresse : %(slug)s.") % {"slug": slug})
    publication.state = PublicationState.WITHDRAWN
    publication.save(update_fields=["state"])
    record(act=REPORT_WITHDRAWN, actor=actor, at=at, publication=publication.pk)
    folder = publication_folder(slug)
    transaction.on_commit(lambda: remove(folder))
    return publication


def _sealed_release(folder: Path) -> tuple[Release, date]:
    path = folder / "diffusion" / "release.json"
    if not path.is_file():
        raise NotAFinishedRun(
            _("%(folder)s ne contient pas de résultats : diffusion/release.json manque.")
            % {"folder": folder}
        )
    try:
        release = load_release(path)
    except ValueError as unreadable:
        raise NotAFinishedRun(
            _("%(path)s n’a pas la forme attendue. Relancez « croisee run ».") % {"path": path}
        ) from unreadable
    if release.sealed_on is None:
        raise StillADraft(
            _("Ces résultats sont une épreuve. Scellez-les avec « croisee seal », puis relancez.")
        )
    return release, release.sealed_on
