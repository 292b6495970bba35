"""Addresses to write to, letters asked for, and whoever wants no more of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from croisee_web.access.models import Account
from croisee_web.collection import vault
from croisee_web.collection.models import (
    AnswerLink,
    Collecting,
    Invitation,
    Letter,
    Unsubscribed,
)
from croisee_web.collection.queries.held import locked_collecting
from croisee_web.collection.queries.invited import addressees, left_by
from croisee_web.collection.rules.addressed import ReadAddress, may_leave_at, read_addresses
from croisee_web.collection.rules.links import fresh_link
from croisee_web.collection.usecases.conducting import CollectingRefused
from croisee_web.collection.usecases.linking import Wanted, make_links
from croisee_web.collection.vocabulary import (
    ADDRESSES_WRITTEN,
    LETTER_ASKED,
    InvitationState,
    LetterKind,
    LinkFor,
)
from croisee_web.jobs.usecases import ask
from croisee_web.journal.usecases import record
from croisee_web.people.usecases import open_addresses
from croisee_web.study.models import Case, Organisation

JOB = "collection.letter"
GIVEN_UP = timedelta(days=1)
"""A letter whose relay did not answer for that long no longer stops another."""


@dataclass(frozen=True, slots=True)
class Pasted:
    """Addresses of one network as they were given; ``language`` where a line says none."""

    case: str
    text: str
    language: str = "fr"


@transaction.atomic
def write_addresses(
    *, collecting_id: int, pasted: Pasted, actor: Account, at: datetime
) -> tuple[ReadAddress, ...]:
    """Keep the addresses of a network's members, sealed; return what became of each line.

    A member's address replaces the one it had. An address of nobody in particular gets a link
    without a name. Addresses go with the collection's key, a week after it closed.

    Raises:
        NotFound, NotAllowed: the actor does not conduct this study's collections.
        CollectingRefused: the collection does not ask this network.
    """
    row = locked_collecting(collecting_id, actor)
    case = Case.objects.filter(collectings__collecting=row, code=pasted.case).first()
    if case is None:
        raise CollectingRefused(_("Choisissez un réseau de cette collecte."))
    names = dict(
        Organisation.objects.filter(case=case, edition__in={row.edition, ""}).values_list(
            "code", "name"
        )
    )
    known = frozenset(
        Invitation.objects.filter(link__collecting=row).values_list("address_digest", flat=True)
    )
    left = left_by(row.study_id)
    report, taken = [], []
    for line in read_addresses(pasted.text, names):
        digest = vault.address_digest(row.study_id, line.address)
        why = line.why or _not_again(digest, known, left)
        report.append(replace(line, why=why))
        if not why:
            taken.append((line, digest))
    _keep(row, case, taken, pasted.language)
    record(
        act=ADDRESSES_WRITTEN,
        actor=actor.label,
        at=at,
        study_id=row.study_id,
        collecting=row.pk,
        lines=len(taken),
        refused=len(report) - len(taken),
    )
    return tuple(report)


def _not_again(digest: str, known: frozenset[str], left: frozenset[str]) -> str:
    if digest in known:
        return _("cette adresse est déjà inscrite")
    return _("cette adresse ne veut plus de courriels de l’étude") if digest in left else ""


def _keep(row: Collecting, case: Case, taken: list[tuple[ReadAddress, str]], language: str) -> None:
    linked = {
        link.organisation: link
        for link in AnswerLink.objects.filter(collecting=row, case=case).exclude(organisation="")
    }
    fresh = [
        fresh_link(row, case.pk, organisation=line.code)[0]
        for line, _digest in taken
        if line.code not in linked or not line.code
    ]
    AnswerLink.objects.bulk_create(fresh)
    nameless = [link for link in fresh if not link.organisation]
    linked |= {link.organisation: link for link in fresh if link.organisation}
    for line, digest in taken:
        link = linked[line.code] if line.code else nameless.pop()
        Invitation.objects.update_or_create(
            link=link,
            defaults={
                "sealed": vault.seal_address(row.study_id, row.pk, line.address),
                "address_digest": digest,
                "language": line.language or language,
                "state": InvitationState.WAITING,
                "refusal": "",
                "last_letter": None,
            },
        )


@transaction.atomic
def use_vault_addresses(*, collecting_id: int, actor: Account, at: datetime) -> int:
    """Take the addresses that participants left in the vault; return how many may be written to.

    Each participant gets a link, if she had none. Nobody sees an address.

    Raises:
        NotFound, NotAllowed: the actor does not conduct collections, or may not see identities.
    """
    row = locked_collecting(collecting_id, actor)
    addresses = open_addresses(study_id=row.study_id, actor=actor, at=at)
    make_links(collecting_id=row.pk, actor=actor, at=at, wanted=Wanted(LinkFor.PARTICIPANTS))
    left = left_by(row.study_id)
    links = AnswerLink.objects.filter(
        collecting=row, participant__in=addresses, invitation__isnull=True
    )
    made = [
        Invitation(
            link=link,
            sealed=vault.seal_address(row.study_id, row.pk, addresses[link.participant]),
            address_digest=digest,
        )
        for link in links
        if (digest := vault.address_digest(row.study_id, addresses[link.participant])) not in left
    ]
    Invitation.objects.bulk_create(made)
    record(
        act=ADDRESSES_WRITTEN,
        actor=actor.label,
        at=at,
        study_id=row.study_id,
        collecting=row.pk,
        lines=len(made),
    )
    return len(made)


@dataclass(frozen=True, slots=True)
class Wording:
    """A letter's texts. An English text that is empty: the French one goes to everybody.

    ``origin``: where its links begin, unless the site says it.
    """

    kind: LetterKind
    subject_fr: str
    body_fr: str
    subject_en: str = ""
    body_en: str = ""
    origin: str = ""


@transaction.atomic
def ask_letter(*, collecting_id: int, wording: Wording, actor: Account, at: datetime) -> Letter:
    """Ask for a letter to be sent, now or the next morning, to those who have not answered.

    An invitation goes to whoever was not written to; a reminder to whoever was and has not
    answered. Who that is stays in the job: the journal counts.

    Raises:
        NotFound, NotAllowed: the actor does not conduct this study's collections.
        CollectingRefused: nobody is to be written to, or a letter is already on its way.
    """
    row = locked_collecting(collecting_id, actor)
    under_way = Letter.objects.filter(collecting=row, done_at=None, asked_at__gt=at - GIVEN_UP)
    if under_way.exists():
        raise CollectingRefused(_("Un envoi est déjà en route. Attendez qu’il soit fini."))
    number = addressees(row.pk, wording.kind).count()
    if not number:
        raise CollectingRefused(_("Il n’y a personne à qui écrire."))
    letter = Letter.objects.create(
        collecting=row,
        kind=wording.kind,
        subject_fr=wording.subject_fr,
        body_fr=wording.body_fr,
        subject_en=wording.subject_en,
        body_en=wording.body_en,
        origin=wording.origin,
        asked_by=actor.label,
        asked_at=at,
    )
    ask(
        job=JOB,
        actor=actor.label,
        at=may_leave_at(at, row.study.timezone),
        study_id=row.study_id,
        letter=letter.pk,
    )
    record(
        act=LETTER_ASKED,
        actor=actor.label,
        at=at,
        study_id=row.study_id,
        collecting=row.pk,
        letter=letter.pk,
        kind=wording.kind.value,
    )
    return letter


@transaction.atomic
def leave_alone(*, token: str, actor: str, at: datetime) -> bool:
    """Send nothing more of a study to an address, by the link that its mails carry.

    Returns whether the link was one of ours. Nobody needs an account; nothing tells who.
    """
    del actor, at
    found = vault.left_by(token)
    if found is None:
        return False
    study_id, digest = found
    if Invitation.objects.filter(
        link__collecting__study_id=study_id, address_digest=digest
    ).exists():
        Unsubscribed.objects.get_or_create(study_id=study_id, address_digest=digest)
    return True
