"""Writing a study's policy, and noting what was sealed."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from croisee import study as library
from croisee_web.access.models import Account
from croisee_web.access.queries import require
from croisee_web.access.vocabulary import Verb
from croisee_web.disclosure.models import Policy, Waiver
from croisee_web.disclosure.queries import THRESHOLDS
from croisee_web.disclosure.vocabulary import POLICY_WRITTEN, WaiverKind
from croisee_web.journal.usecases import record


@transaction.atomic
def write_policy(*, study_id: int, policy: library.Policy, actor: Account, at: datetime) -> None:
    """Make a study's policy exactly this one, waivers included.

    Raises:
        NotFound, NotAllowed: the actor may not import in this study.
    """
    require(actor=actor, verb=Verb.EXCHANGE, study_id=study_id)
    Policy.objects.update_or_create(
        study_id=study_id, defaults={name: getattr(policy, name) for name in THRESHOLDS}
    )
    Waiver.objects.filter(study_id=study_id).delete()
    Waiver.objects.bulk_create(
        Waiver(
            study_id=study_id,
            kind=kind,
            position=position,
            about=one.about,
            reason=one.reason,
            decided_by=one.decided_by,
            decided_on=one.decided_on,
        )
        for kind, decided in (
            (WaiverKind.EXCEPTION, policy.exceptions),
            (WaiverKind.AGREEMENT, policy.agreements),
        )
        for position, one in enumerate(decided)
    )
    record(
        act=POLICY_WRITTEN,
        actor=actor.label,
        at=at,
        study_id=study_id,
        waivers=len(policy.exceptions) + len(policy.agreements),
    )
