"""Publications follow the results: down when somebody leaves, back without her words."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy

from croisee_web.analysis.queries import results_of
from croisee_web.analysis.rules import remove_folders
from croisee_web.analysis.usecases import destroy_datasets
from croisee_web.disclosure.models import SealedRelease
from croisee_web.journal.usecases import record
from croisee_web.people.rules import Removal
from croisee_web.report.models import Publication
from croisee_web.report.queries.publications import publication_folder
from croisee_web.report.rules import NotShown
from croisee_web.report.rules.archives import put_on_show
from croisee_web.report.vocabulary import REPORT_RENEWED, PublicationState

SITE = "site"
"""Who acts when somebody leaves by her own page."""


@transaction.atomic
def take_down(*, study_id: int, actor: str, at: datetime) -> int:
    """Take a study's publications off the site until they are renewed; return how many."""
    del actor, at
    shown = Publication.objects.filter(study_id=study_id, state=PublicationState.PUBLIC)
    folders = [publication_folder(slug) for slug in shown.values_list("slug", flat=True)]
    count = shown.update(state=PublicationState.RENEWED)

    transaction.on_commit(lambda: remove_folders(folders))
    return count


@transaction.atomic
def renew_publications(*, study_id: int, actor: str, at: datetime) -> None:
    """Show again, from the latest results, the sealed publications that were taken down."""
    waiting = Publication.objects.select_for_update().filter(
        study_id=study_id, state=PublicationState.RENEWED
    )
    run = results_of(study_id=study_id)
    for publication in waiting:
        if run is None or run.sealed_on is None or run.release_code != publication.release_code:
            continue
        try:
            put_on_show(
                run.folder / "diffusion",
                publication_folder(publication.slug),
                f"croisee {publication.release_code}",
            )
        except NotShown:
            continue
        publication.state = PublicationState.PUBLIC
        publication.save(update_fields=["state"])
        record(
            act=REPORT_RENEWED,
            actor=actor,
            at=at,
            study_id=study_id,
            publication=publication.pk,
        )


def erase_results(study_id: int, participant: str, at: datetime) -> tuple[Removal, ...]:
    """Destroy what was computed with somebody in it; sealed tables stand, and it is said why.

    Results are computed again without her, and publications come back then.
    """
    del participant
    datasets = destroy_datasets(study_id=study_id, actor=SITE, at=at)
    down = take_down(study_id=study_id, actor=SITE, at=at)
    lines = [
        Removal(gettext_lazy("Jeux gelés, et les résultats qui en venaient"), datasets),
        Removal(gettext_lazy("Rapports diffusés, remis à jour sans ces paroles"), down),
    ]
    sealed = SealedRelease.objects.filter(study_id=study_id).count()
    if sealed:
        lines.append(
            Removal(
                gettext_lazy("Tableaux des diffusions scellées"),
                sealed,
                gettext_lazy(
                    "Ces chiffres étaient arrêtés ; rien ne les rattache à une personne. "
                    "La prochaine édition se fera sans ces réponses."
                ),
            )
        )
    return tuple(lines)
