"""Noting the addresses that a letter did not reach, from the mails that came back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from croisee_web.collection import vault
from croisee_web.collection.models import Invitation
from croisee_web.collection.rules.bounces import bounce_of
from croisee_web.collection.vocabulary import BOUNCES_NOTED, InvitationState
from croisee_web.journal.usecases import record


@dataclass(frozen=True, slots=True)
class BouncesRead:
    """How many mails were read, how many told of a letter lost, how many addresses were noted."""

    read: int
    bounces: int
    noted: int


def note_bounces(*, mails: Iterable[bytes], actor: str, at: datetime) -> BouncesRead:
    """Note, by the member's code, the addresses that letters of ours did not reach.

    A mail without the sign of a letter of ours changes nothing. Read twice, it changes nothing
    more; an address that was corrected since is another one, and stays good. Nobody learns from
    it who answered: an address is noted whether its link served or not. The journal keeps how
    many, study by study.
    """
    read = bounces = 0
    noted: Counter[int] = Counter()
    for content in mails:
        read += 1
        bounce = bounce_of(content)
        found = None if bounce is None else vault.left_by(bounce.sign)
        if bounce is None or found is None:
            continue
        bounces += 1
        study_id, digest = found
        noted[study_id] += _note(study_id, digest, bounce.status)
    for study_id, count in noted.items():
        if count:
            record(act=BOUNCES_NOTED, actor=actor, at=at, study_id=study_id, addresses=count)
    return BouncesRead(read, bounces, sum(noted.values()))


@transaction.atomic
def _note(study_id: int, digest: str, status: str) -> int:
    return Invitation.objects.filter(
        link__collecting__study_id=study_id,
        address_digest=digest,
        state=InvitationState.SENT,
    ).update(state=InvitationState.REFUSED, refusal=status)
