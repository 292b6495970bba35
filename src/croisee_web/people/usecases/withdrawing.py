"""Withdrawal: a person leaves every live thing, and gets a receipt."""

from __future__ import annotations

from datetime import date, datetime

from django.db import OperationalError, connection, transaction
from django.db.backends.utils import CursorWrapper
from django.utils import translation
from django.utils.translation import gettext_lazy

from croisee_web.access.models import Account
from croisee_web.access.queries import require
from croisee_web.access.vocabulary import Verb
from croisee_web.jobs.usecases import ask
from croisee_web.journal.usecases import record
from croisee_web.people import vault
from croisee_web.people.models import Consent, Participant, Receipt
from croisee_web.people.queries import locked_participant, participant_at
from croisee_web.people.rules import Removal, erasers
from croisee_web.people.vocabulary import PARTICIPANT_WITHDRAWN, SITE, WithdrawalWay
from croisee_web.study.models import MemberList, Organisation

CLEARS_STATISTICS = 180_000
"""The version of PostgreSQL from which samples of a column can be dropped."""
CLEAN = "people.clean_pages"
"""The job that wipes what a database keeps of removed lines."""


class PagesBusy(Exception):
    """Somebody was in the way: what was freed is not wiped yet, the job comes back to it."""


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
    that, the withdrawal is finished by ``reapply_withdrawals``. Then one transaction
    runs every slice's eraser; then the key of her identity is destroyed. What the database
    keeps in freed places is wiped by a job within seconds (SQLite has wiped most of it as it
    removed the lines). A second call gives the first receipt.

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
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        _empty_the_journal_of_writes()
    return receipt


def _withdraw_once(
    participant_id: int, way: WithdrawalWay, actor: Account | None, on: date, at: datetime
) -> Receipt:
    person = locked_participant(participant_id)
    earlier = Receipt.objects.filter(study_id=person.study_id, participant=person.code).first()
    if earlier is not None:
        return earlier
    # Asked first: it must not wait for the results that the erasers have computed anew.
    ask(job=CLEAN, actor=SITE, at=at, key=f"{CLEAN}:{person.pk}")
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
    """Empty the register's line; remove consents, the sealed identity, her line of a frame."""
    proofs = _erase_proofs(person)
    consents = Consent.objects.filter(participant=person).delete()[0]
    sealed = vault.remove(study_id=person.study_id, participant=person.code)
    frame = _erase_from_frames(person)
    person.component = person.organisation = person.age_group = ""
    person.withdrawn_on = person.withdrawn_on or on
    person.version += 1
    person.save()
    return (
        Removal(gettext_lazy("Nom et coordonnées, dans le coffre"), int(sealed)),
        Removal(gettext_lazy("Consentements notés"), consents),
        Removal(gettext_lazy("Preuves de consentement"), len(proofs)),
        Removal(gettext_lazy("Lignes d’une base de sondage"), frame),
    )


def _erase_proofs(person: Participant) -> frozenset[str]:
    """Remove the signed forms and recordings; their key goes with the identity's."""
    study_id = person.study_id
    kept = Consent.objects.filter(participant=person).exclude(proof_sha256="")
    proofs = frozenset(kept.values_list("proof_sha256", flat=True))

    def remove() -> None:
        for digest in proofs:
            vault.remove_file(study_id=study_id, digest=digest)

    transaction.on_commit(remove, robust=True)  # her key is destroyed whatever happens to them
    return proofs


def _erase_from_frames(person: Participant) -> int:
    """Remove somebody from the lists of networks whose members are people."""
    of_people = {"study_id": person.study_id, "case__individuals": True}
    removed = Organisation.objects.filter(**of_people, code=person.code).delete()[0]
    for waiting in MemberList.objects.filter(**of_people):
        kept = [line for line in waiting.lines if person.code not in line]
        if len(kept) < len(waiting.lines):
            removed += len(waiting.lines) - len(kept)
            waiting.lines = kept
            waiting.version += 1
            waiting.save(update_fields=["lines", "version"])
    return removed


def clean_freed_pages(*, actor: str, at: datetime) -> None:
    """Wipe what the database still keeps, in freed places, of lines that were removed.

    SQLite overwrites a line where it lies as it removes it (``secure_delete``), not where it lay
    before its page was divided: the base is written anew, and its journal of writes emptied.
    Writers wait while that lasts. PostgreSQL keeps the bytes of removed lines until its tables
    are written anew, each locked while that lasts, and samples of them in its statistics, which
    are forgotten and made again; its own journal of writes goes at its next checkpoints.

    Raises:
        PagesBusy: somebody was reading or writing (SQLite); to be called again.
    """
    del actor, at
    if connection.vendor == "sqlite":
        if not _write_anew():
            raise PagesBusy
        return
    with connection.cursor() as cursor:
        _forget_statistics(cursor)
        for table in sorted(connection.introspection.table_names(cursor)):
            cursor.execute(f"VACUUM (FULL, ANALYZE) {connection.ops.quote_name(table)}")
        cursor.execute("VACUUM FULL pg_catalog.pg_statistic")


def _forget_statistics(cursor: CursorWrapper) -> None:
    """Drop PostgreSQL's samples of columns: those of an emptied table are never made again.

    Before version 18 nothing does it: samples of a table emptied whole then stay.
    """
    cursor.execute("SHOW server_version_num")
    if int(cursor.fetchone()[0]) >= CLEARS_STATISTICS:
        cursor.execute(
            "SELECT pg_clear_attribute_stats(schemaname::text, tablename::text, "
            "attname::text, inherited) FROM pg_stats WHERE schemaname = current_schema()"
        )


def _write_anew() -> bool:
    """Write SQLite's base anew and empty its journal; return whether nobody was in the way."""
    with connection.cursor() as cursor:
        try:
            cursor.execute("VACUUM")
        except OperationalError:
            return False
    return _empty_the_journal_of_writes()


def _empty_the_journal_of_writes() -> bool:
    """Empty SQLite's journal of writes; return whether nobody was in the way."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return bool(cursor.fetchone()[0] == 0)
