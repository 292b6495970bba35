"""Inscribing people, their names in the vault, their own page."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
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
    MINORS,
    PARTICIPANT_ADDED,
    PARTICIPANT_CHANGED,
    Answerer,
)


class CodeTaken(UseCaseError):
    """A code names one person for ever, withdrawn or not."""


class NoMinor(UseCaseError):
    """A parent's link opens the page of a minor, whose age group says so."""


class ChangedMeanwhile(UseCaseError):
    """Somebody else changed this line first: nothing is overwritten in silence."""


@dataclass(frozen=True, slots=True)
class Belonging:
    """Where somebody belongs: a network, a part of it, an organisation; and her age group."""

    case: str
    component: str = ""
    organisation: str = ""
    age_group: str = ""


@transaction.atomic
def add_participant(
    *, study_id: int, code: str, belonging: Belonging, actor: Account, at: datetime
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
    person = Participant(study_id=study_id, code=code, created_at=at)
    _place(person, belonging)
    person.save()
    record(
        act=PARTICIPANT_ADDED, actor=actor.label, at=at, study_id=study_id, participant=person.pk
    )
    return person


@transaction.atomic
def change_participant(
    *, participant_id: int, version: int, belonging: Belonging, actor: Account, at: datetime
) -> Participant:
    """Correct where somebody belongs. ``version`` is the one the form was made from.

    What she accepted alone counts no more if she turns out to be under 14.

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
    _place(person, belonging)
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


def _place(person: Participant, belonging: Belonging) -> None:
    person.case = case_of(person.study_id, belonging.case)
    person.component, person.organisation = belonging.component, belonging.organisation
    person.age_group = belonging.age_group


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
def issue_link(
    *, participant_id: int, actor: Account, at: datetime, holder: str = Answerer.PERSON
) -> str:
    """Return a new personal link's token, of 192 bits; only its digest is kept.

    ``holder``: whether it is handed to the person, or to a parent of a minor.

    Raises:
        NotFound, NotAllowed: the actor may not inscribe people.
        AlreadyWithdrawn: she withdrew.
        NoMinor: a link for a parent, and nothing says that she is under 18.
    """
    person = locked_participant(participant_id)
    require(actor=actor, verb=Verb.EDIT_PARTICIPANTS, study_id=person.study_id)
    refuse_withdrawn(person)
    if holder != Answerer.PERSON and person.age_group not in MINORS:
        raise NoMinor(
            _("Un lien de parent se donne pour une personne de moins de 18 ans : notez son âge.")
        )
    token = secrets.token_urlsafe(24)
    PersonalLink.objects.create(
        participant=person,
        token_sha256=hashlib.sha256(token.encode()).hexdigest(),
        holder=holder,
        issued_at=at,
    )
    record(
        act=LINK_ISSUED, actor=actor.label, at=at, study_id=person.study_id, participant=person.pk
    )
    return token


@transaction.atomic
def open_addresses(*, study_id: int, actor: Account, at: datetime) -> dict[str, str]:
    """Return the e-mail addresses in the vault, by participant's code; one line in the journal.

    For writing to those who take part: whoever withdrew, or left no address, is not there.

    Raises:
        NotFound, NotAllowed: the actor may not see identities in this study.
    """
    require_identities(actor, study_id)
    present = Participant.objects.filter(study_id=study_id, withdrawn_on=None)
    found: dict[str, str] = {}
    for code in sorted(vault.known(study_id) & set(present.values_list("code", flat=True))):
        try:
            identity = vault.take(study_id=study_id, participant=code) or {}
        except vault.KeyMissing:
            continue
        if identity.get("courriel"):
            found[code] = identity["courriel"]
    record(act=IDENTITY_OPENED, actor=actor.label, at=at, study_id=study_id, people=len(found))
    return found
