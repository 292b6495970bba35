"""Creating a study, and changing what it says of itself."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from croisee_web.access.models import Account, Assignment
from croisee_web.access.queries import NotAllowed, require
from croisee_web.access.vocabulary import Role, Verb
from croisee_web.journal.usecases import record
from croisee_web.kit.errors import UseCaseError
from croisee_web.study.models import Study
from croisee_web.study.queries.description import Description
from croisee_web.study.queries.naming import may_create_studies
from croisee_web.study.rules import propose_slug
from croisee_web.study.vocabulary import STUDY_CHANGED, STUDY_CREATED


class ChangedSince(UseCaseError):
    """Somebody saved this first: nothing is overwritten in silence."""

    def __init__(self, text: str = "") -> None:
        super().__init__(
            text or _("Quelqu’un a enregistré cette page avant vous. Rien n’a été écrasé.")
        )


class AddressTaken(UseCaseError):
    """Another study lives at this address."""


@transaction.atomic
def create_study(
    *, description: Description, actor: Account, at: datetime, slug: str = ""
) -> Study:
    """Open a study; its creator leads it. Without ``slug``, one is made from the title.

    Raises:
        NotAllowed: neither the site's administrator nor the lead of some study.
        AddressTaken: the slug asked for is another study's.
    """
    if not may_create_studies(account=actor):
        raise NotAllowed(
            _("Seules l’administration du site et les responsables d’étude créent une étude.")
        )
    taken = frozenset(Study.objects.values_list("slug", flat=True))
    if slug in taken:
        raise AddressTaken(_("Une autre étude a déjà cette adresse."))
    study = _open(slug or propose_slug(description.title_fr, taken), description, at)
    Assignment.objects.create(account=actor, study_id=study.pk, role=Role.LEAD, given_at=at)
    record(act=STUDY_CREATED, actor=actor.label, at=at, study_id=study.pk)
    return study


def _open(slug: str, description: Description, at: datetime) -> Study:
    try:
        with transaction.atomic():
            return Study.objects.create(slug=slug, created_at=at, **description.columns())
    except IntegrityError as cause:  # two studies of one title, at the same moment
        raise AddressTaken(_("Une autre étude a déjà cette adresse.")) from cause


@transaction.atomic
def change_study(
    *, study_id: int, description: Description, version: int, actor: Account, at: datetime
) -> None:
    """Write what a study says of itself, as edited from its ``version``.

    Raises:
        NotAllowed: the actor may not edit the study.
        ChangedSince: somebody else saved it meanwhile.
    """
    require(actor=actor, verb=Verb.EDIT_STUDY, study_id=study_id)
    changed = Study.objects.filter(pk=study_id, version=version).update(
        version=version + 1, **description.columns()
    )
    if not changed:
        raise ChangedSince
    record(act=STUDY_CHANGED, actor=actor.label, at=at, study_id=study_id, version=version + 1)
