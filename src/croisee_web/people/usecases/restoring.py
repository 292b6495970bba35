"""What the ledgers beside the keys say, done again where the database does not hold it."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from croisee_web.access.models import Account
from croisee_web.people import vault
from croisee_web.people.models import Destruction, Participant
from croisee_web.people.rules import reappliers
from croisee_web.people.usecases.ending import destroy_kind
from croisee_web.people.usecases.withdrawing import withdraw
from croisee_web.people.vocabulary import SITE, WithdrawalWay
from croisee_web.study.models import Retention, Study
from croisee_web.study.vocabulary import Covered

SITE_NAME = "Croisée"
"""Who signs what the site does by itself from a ledger."""


def reapply_withdrawals(*, at: datetime, actor: Account | None = None) -> int:
    """Finish every withdrawal of the ledgers that the database does not hold; return how many.

    Called at start, every day and after a restore: a backup older than a withdrawal brings
    nobody back, and one older than a destruction brings nothing back.
    """
    done = 0
    for line in vault.read_ledger():
        person = Participant.objects.filter(study_id=line.study_id, code=line.participant).first()
        if person is None or person.withdrawn_on is not None:
            # Her line was emptied in one act with all the rest; her key may have come back.
            vault.destroy_key(study_id=line.study_id, participant=line.participant)
            continue
        withdraw(
            participant_id=person.pk,
            way=WithdrawalWay.LEDGER,
            actor=actor,
            on=line.on,
            at=at,
        )
        done += 1
    done += sum(reapply(at) for reapply in reappliers())
    _reapply_destructions(actor.label if actor else SITE, at)
    return done


def _reapply_destructions(actor: str, at: datetime) -> None:
    """Destroy anew what has no certificate: what a backup brought back, or a crash left."""
    for line in vault.read_destructions():
        study = Study.objects.filter(pk=line.study_id).first()
        if study is None or line.covers not in Covered.values:
            continue
        zone = ZoneInfo(study.timezone)
        certified = Destruction.objects.filter(study=study, covers=line.covers)
        if any(one.destroyed_at.astimezone(zone).date() >= line.on for one in certified):
            continue
        with transaction.atomic():
            destroy_kind(study_id=study.pk, covers=line.covers, actor=actor, by=SITE_NAME, at=at)
            Retention.objects.filter(
                study=study, covers=line.covers, done_on=None, until__lt=line.on
            ).update(done_on=line.on)
