"""What the report slice destroys at the end of a study's retention; what was published stays."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy

from croisee_web.analysis.usecases import destroy_datasets
from croisee_web.disclosure.models import SealedRelease
from croisee_web.people.rules import Removal
from croisee_web.report.models import Finding, FindingVersion, LeafletContent, Publication
from croisee_web.report.usecases.renewing import SITE, drop_attempts
from croisee_web.report.vocabulary import PublicationState


def destroy_quotes(study_id: int, at: datetime) -> tuple[Removal, ...]:
    """Take every quote out of findings and leaflets: their excerpts go with the words."""
    del at
    writings: tuple[Finding | LeafletContent, ...] = (
        *Finding.objects.filter(study_id=study_id),
        *LeafletContent.objects.filter(case__study_id=study_id),
    )
    removed = 0
    for one in writings:
        removed += len(one.quotes)
        one.quotes = []
        one.save(update_fields=["quotes"])
    for version in FindingVersion.objects.filter(finding__study_id=study_id):
        if version.content.get("quotes"):
            version.content["quotes"] = []
            version.save(update_fields=["content"])
    return (Removal(gettext_lazy("Citations dans les constats et les feuillets"), removed),)


def destroy_results(study_id: int, at: datetime) -> tuple[Removal, ...]:
    """Destroy Datasets and the team's results; nothing is computed anew.

    What was sealed and published is not the team's data any more: protected tables, and quotes
    that people accepted, de-identified. It stands.
    """
    drop_attempts(study_id=study_id, actor=SITE, at=at)
    datasets = destroy_datasets(study_id=study_id, actor=SITE, at=at, anew=False)
    lines = [Removal(gettext_lazy("Jeux gelés, et les résultats qui en venaient"), datasets)]
    sealed = SealedRelease.objects.filter(study_id=study_id).count()
    public = Publication.objects.filter(study_id=study_id, state=PublicationState.PUBLIC).count()
    stands = gettext_lazy("Ce qui y est pouvait être diffusé.")
    if sealed:
        lines.append(Removal(gettext_lazy("Diffusions scellées, au registre"), sealed, stands))
    if public:
        lines.append(Removal(gettext_lazy("Rapports publics"), public, stands))
    return tuple(lines)
