"""Withdrawal: a person leaves every live thing, and gets a receipt."""

from __future__ import annotations

from datetime import date, datetime

from django.db import connection, transaction
from django.utils import translation
from django.utils.translation import gettext_lazy

from croisee_web.access.models import Account
from croisee_web.access.queries import require
from croisee_web.access.vocabulary import Verb
from croisee_web.journal.usecases import record
from croisee_web.people import vault
from croisee_web.people.models import Consent, Participant, Receipt
from croisee_web.people.queries import locked_participant, participant_at
from croisee_web.people.rules import Removal, erasers
from croisee_web.people.vocabulary import PARTICIPANT_WITHDRAWN, SITE, WithdrawalWay


def withdraw(
    *,
    participant_id: int,
    way: WithdrawalWay,
    actor: Account | None,
    on: date,
    at: datetime,
) -> Receipt:
    """Remove somebody from every live thing, and give the receipt of it.

    The ledger is written first, on disk, outside the database: if the machine stops after
    that, the withdrawal is finished by :func:`reapply_withdrawals`. Then one transaction
    runs every slice's eraser; then the key of her identity is destroyed and the freed pages
    of the database are cleaned. A second call gives the first receipt.

    ``actor`` is ``None`` on her own page and for the ledger.

    Raises:
        NotFound, NotAllowed: the actor may not receive withdrawals.
    """
    person = participant_at(participant_id)
    if actor is not None:
        require(actor=actor, verb=Verb.WITHDRAW, study_id=person.study_id)
    if person.withdrawn_on is None and way != WithdrawalWay.LEDGER:
        vault.write_in_ledger(vault.LedgerLine(person.study_id, person.code, on))
    with transaction.atomic():
        receipt = _withdraw_once(participant_id, way, actor, on, at)
    vault.destroy_key(study_id=person.study_id, participant=person.code)
    _clean_freed_pages()
    return receipt


def reapply_withdrawals(*, at: datetime, actor: Account | None = None) -> int:
    """Finish every withdrawal of the ledger that the database does not hold; return how many.

    Called at start and after a restore: a backup older than a withdrawal brings nobody back.
    """
    done = 0
    for line in vault.read_ledger():
        person = Participant.objects.filter(study_id=line.study_id, code=line.participant).first()
        if (
            person is None
            or Receipt.objects.filter(study_id=line.study_id, participant=line.participant).exists()
        ):
            continue
        withdraw(
            participant_id=person.pk,
            way=WithdrawalWay.LEDGER,
            actor=actor,
            on=line.on,
            at=at,
        )
        done += 1
    return done


def _withdraw_once(
    participant_id: int, way: WithdrawalWay, actor: Account | None, on: date, at: datetime
) -> Receipt:
    person = locked_participant(participant_id)
    earlier = Receipt.objects.filter(study_id=person.study_id, participant=person.code).first()
    if earlier is not None:
        return earlier
    with translation.override("fr"):
        lines = [
            (str(line.what), line.count, str(line.stands))
            for _name, eraser in erasers()
            for line in eraser(person.study_id, person.code, at)
        ]
        lines += [
            (str(line.what), line.count, str(line.stands)) for line in _erase_here(person, on)
        ]
    receipt = Receipt.objects.create(
        study_id=person.study_id, participant=person.code, way=way, lines=lines, issued_at=at
    )
    record(
        act=PARTICIPANT_WITHDRAWN,
        actor=actor.label if actor else SITE,
        at=at,
        study_id=person.study_id,
        participant=person.pk,
        removed=sum(count for _what, count, stands in lines if not stands),
    )
    return receipt


def _erase_here(person: Participant, on: date) -> tuple[Removal, ...]:
    """Empty the register's line; remove consents, links and the sealed identity."""
    consents = Consent.objects.filter(participant=person).delete()[0]
    sealed = vault.remove(study_id=person.study_id, participant=person.code)
    person.component = person.organisation = ""
    person.withdrawn_on = person.withdrawn_on or on
    person.version += 1
    person.save()
    return (
        Removal(gettext_lazy("Nom et coordonnées, dans le coffre"), int(sealed)),
        Removal(gettext_lazy("Consentements notés"), consents),
    )


def _clean_freed_pages() -> None:
    """Leave nothing in SQLite's journal of writes; the pages themselves are wiped as they go."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
