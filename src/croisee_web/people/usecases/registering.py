"""Inscribing people, their names in the vault, their own page."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from croisee_web.access.models import Account
from croisee_web.access.queries import require
from croisee_web.access.vocabulary import Verb
from croisee_web.journal.usecases import record
from croisee_web.kit.errors import NotFound, UseCaseError
from croisee_web.people import vault
from croisee_web.people.models import Participant, PersonalLink
from croisee_web.people.queries import case_of, locked_participant, participant_at, refuse_withdrawn
from croisee_web.people.queries.allowing import require_identities
from croisee_web.people.vocabulary import (
    IDENTITY_OPENED,
    IDENTITY_SEALED,
    LINK_ISSUED,
    PARTICIPANT_ADDED,
    PARTICIPANT_CHANGED,
)


class CodeTaken(UseCaseError):
    """A code names one person for ever, withdrawn or not."""


class ChangedMeanwhile(UseCaseError):
    """Somebody else changed this line first: nothing is overwritten in silence."""


@transaction.atomic
def add_participant(
    *,
    study_id: int,
    code: str,
    case: str,
    actor: Account,
    at: datetime,
    component: str = "",
    organisation: str = "",
) -> Participant:
    """Inscribe somebody under a code. Her name, if it must be kept, goes in the vault.

    Raises:
        NotFound, NotAllowed: the actor may not inscribe people.
        CodeTaken: the code was given before.
    """
    require(actor=actor, verb=Verb.EDIT_PARTICIPANTS, study_id=study_id)
    if Participant.objects.filter(study_id=study_id, code=code).exists():
        raise CodeTaken(
            _("Le code %(code)s a déjà été donné. Choisissez-en un autre.") % {"code": code}
        )
    person = Participant.objects.create(
        study_id=study_id,
        case=case_of(study_id, case),
        code=code,
        component=component,
        organisation=organisation,
        created_at=at,
    )
    record(
        act=PARTICIPANT_ADDED, actor=actor.label, at=at, study_id=study_id, participant=person.pk
    )
    return person


@transaction.atomic
def change_participant(
    *,
    participant_id: int,
    version: int,
    case: str,
    component: str,
    organisation: str,
    actor: Account,
    at: datetime,
) -> Participant:
    """Correct where somebody belongs. ``version`` is the one the form was made from.

    Raises:
        NotFound, NotAllowed: the actor may not change people.
        AlreadyWithdrawn: she withdrew.
        ChangedMeanwhile: the line changed since it was shown.
    """
    person = locked_participant(participant_id)
    require(actor=actor, verb=Verb.EDIT_PARTICIPANTS, study_id=person.study_id)
    refuse_withdrawn(person)
    if person.version != version:
        raise ChangedMeanwhile(
            _("Quelqu’un a modifié cette inscription entre-temps. Relisez-la, puis recommencez.")
        )
    person.case = case_of(person.study_id, case)
    person.component, person.organisation = component, organisation
    person.version += 1
    person.save()
    record(
        act=PARTICIPANT_CHANGED,
        actor=actor.label,
        at=at,
        study_id=person.study_id,
        participant=person.pk,
    )
    return person


@transaction.atomic
def seal_identity(
    *, participant_id: int, identity: dict[str, str], actor: Account, at: datetime
) -> None:
    """Put somebody's name and contacts in the vault, in place of what was there.

    Raises:
        NotFound, NotAllowed: the actor may not see identities in this study.
        AlreadyWithdrawn: she withdrew.
    """
    person = locked_participant(participant_id)
    require_identities(actor, person.study_id)
    refuse_withdrawn(person)
    vault.put(study_id=person.study_id, participant=person.code, identity=identity, at=at)
    record(
        act=IDENTITY_SEALED,
        actor=actor.label,
        at=at,
        study_id=person.study_id,
        participant=person.pk,
    )


@transaction.atomic
def open_identity(*, participant_id: int, actor: Account, at: datetime) -> dict[str, str]:
    """Return somebody's name and contacts; that they were opened is in the journal.

    Raises:
        NotFound, NotAllowed: the actor may not see identities, or none was put.
    """
    person = participant_at(participant_id)
    require_identities(actor, person.study_id)
    found = vault.take(study_id=person.study_id, participant=person.code)
    if found is None:
        raise NotFound(_("Le coffre n’a ni nom ni coordonnées pour cette personne."))
    record(
        act=IDENTITY_OPENED,
        actor=actor.label,
        at=at,
        study_id=person.study_id,
        participant=person.pk,
    )
    return found


@transaction.atomic
def issue_link(*, participant_id: int, actor: Account, at: datetime) -> str:
    """Return a new personal link's token, of 192 bits; only its digest is kept.

    Raises:
        NotFound, NotAllowed: the actor may not inscribe people.
        AlreadyWithdrawn: she withdrew.
    """
    person = locked_participant(participant_id)
    require(actor=actor, verb=Verb.EDIT_PARTICIPANTS, study_id=person.study_id)
    refuse_withdrawn(person)
    token = secrets.token_urlsafe(24)
    PersonalLink.objects.create(
        participant=person, token_sha256=hashlib.sha256(token.encode()).hexdigest(), issued_at=at
    )
    record(
        act=LINK_ISSUED, actor=actor.label, at=at, study_id=person.study_id, participant=person.pk
    )
    return token
