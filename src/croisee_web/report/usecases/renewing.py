"""Publications follow the results: down when somebody leaves, back without her words."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy

from croisee_web.access.models import Account
from croisee_web.access.queries import require
from croisee_web.access.vocabulary import Verb
from croisee_web.analysis.queries import results_of
from croisee_web.analysis.rules import remove_folders
from croisee_web.analysis.usecases import destroy_datasets
from croisee_web.disclosure.models import Amendment, SealedRelease
from croisee_web.disclosure.vocabulary import AmendmentAct, AmendmentState
from croisee_web.jobs.rules import in_each_language
from croisee_web.journal.usecases import record
from croisee_web.people.rules import Removal
from croisee_web.report.models import Publication
from croisee_web.report.queries.publications import publication_folder
from croisee_web.report.rules import NotShown
from croisee_web.report.rules.archives import put_on_show
from croisee_web.report.vocabulary import REPORT_RENEWED, PublicationState

SOMEBODY_LEFT = gettext_lazy(
    "Quelqu’un s’est retiré pendant l’essai : ce qui était calculé est détruit. Recommencez."
)
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
    """Show, from the latest results, the sealed publications that were taken down for that.

    And those that stayed, where a change to the release asks for other files.
    """
    waiting = Publication.objects.select_for_update().filter(
        Q(state=PublicationState.RENEWED) | Q(state=PublicationState.PUBLIC, renewal_asked=True),
        study_id=study_id,
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
        publication.state, publication.run_number = PublicationState.PUBLIC, run.number
        publication.renewal_asked = False
        publication.save(update_fields=["state", "run_number", "renewal_asked"])
        record(
            act=REPORT_RENEWED,
            actor=actor,
            at=at,
            study_id=study_id,
            publication=publication.pk,
        )


def drop_attempts(*, study_id: int, actor: str, at: datetime) -> None:
    """Destroy what undecided changes to a sealed release would do: it was computed with her."""
    del actor, at
    Amendment.objects.filter(
        study_id=study_id, state__in=[AmendmentState.TRYING, AmendmentState.READY]
    ).exclude(act=AmendmentAct.REMOVE).update(
        state=AmendmentState.REFUSED, proposal={}, message=in_each_language(SOMEBODY_LEFT)
    )


@transaction.atomic
def refresh_publication(*, study_id: int, actor: Account, at: datetime) -> None:
    """Show everybody the latest documents of a sealed release that is public already.

    Its tables are the same; the wording of findings may have changed.

    Raises:
        NotFound, NotAllowed: the actor may not publish.
    """
    require(actor=actor, verb=Verb.SEAL, study_id=study_id)
    shown = Publication.objects.filter(study_id=study_id, state=PublicationState.PUBLIC)
    shown.update(renewal_asked=True)
    renew_publications(study_id=study_id, actor=actor.label, at=at)


def erase_results(study_id: int, participant: str, at: datetime) -> tuple[Removal, ...]:
    """Destroy what was computed with somebody in it; sealed tables stand, and it is said why.

    Results are computed again without her, and publications come back then.
    """
    del participant
    drop_attempts(study_id=study_id, actor=SITE, at=at)
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
