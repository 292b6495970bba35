"""Consents that somebody gives in a questionnaire she answers by her own link."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from croisee_web.access.models import Account
from croisee_web.journal.usecases import record
from croisee_web.people.models import Consent, Participant, Purpose
from croisee_web.people.vocabulary import CONSENT_RECORDED, MINORS, SITE, ConsentMode


@transaction.atomic
def note_survey_consents(
    *,
    study_id: int,
    participant: str,
    answers: Mapping[str, bool],
    wording: str,
    language: str,
    actor: Account | None,
    at: datetime,
) -> int:
    """Note what somebody answered to a questionnaire's consent, by purpose; return how many.

    Only purposes of the study are noted: one question names one purpose, and nothing else is
    read into it. ``wording`` is the version of the questionnaire she read. A minor's refusal
    is noted; her acceptance is not, which her parent gives. The same answer to the same wording
    is noted once. ``actor`` is ``None``: she answers herself.
    """
    person = (
        Participant.objects.select_for_update(of=("self",))
        .filter(study_id=study_id, code=participant, withdrawn_on=None)
        .first()
    )
    if person is None:
        return 0
    made = [
        Consent(
            participant=person,
            purpose=purpose,
            given=answers[purpose.code],
            form_version=wording[:60],
            language=language,
            mode=ConsentMode.CLICK,
            recorded_at=at,
        )
        for purpose in Purpose.objects.filter(study_id=study_id, code__in=answers)
        if _is_new(person, purpose, wording[:60], given=answers[purpose.code])
    ]
    Consent.objects.bulk_create(made)
    if made:
        record(
            act=CONSENT_RECORDED,
            actor=actor.label if actor else SITE,
            at=at,
            study_id=study_id,
            participant=person.pk,
            purposes=len(made),
            proof=False,
        )
    return len(made)


def _is_new(person: Participant, purpose: Purpose, wording: str, *, given: bool) -> bool:
    if given and person.age_group in MINORS:
        return False
    last = Consent.objects.filter(participant=person, purpose=purpose).order_by("pk").last()
    return last is None or (last.given, last.form_version) != (given, wording)
