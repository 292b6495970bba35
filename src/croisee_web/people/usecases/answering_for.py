"""Consents that somebody gives in a questionnaire she answers by her own link."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from croisee_web.access.models import Account
from croisee_web.journal.usecases import record
from croisee_web.people.models import Consent, Participant, Purpose
from croisee_web.people.vocabulary import CONSENT_RECORDED, MINORS, SITE, ConsentMode

PARTICIPATION = "participation"
"""What the consent to answer a questionnaire stands for: its own answers, and nothing else."""
_ROLES = frozenset({"analyse", "citation"})


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

    Only purposes of the study are noted: one question names one purpose by its code, or by its
    role where it is the only one of it, and nothing else is read into it. A yes to
    ``participation`` is one to the only purpose of analysis, unless she refused it before; a no
    to it is noted nowhere: not answering takes back nothing given elsewhere.

    ``wording`` is the version of the questionnaire she read. A minor's refusal is noted; her
    acceptance is not, which her parent gives. The same answer to the same wording is noted
    once. ``actor`` is ``None``: she answers herself.
    """
    person = (
        Participant.objects.select_for_update(of=("self",))
        .filter(study_id=study_id, code=participant, withdrawn_on=None)
        .first()
    )
    if person is None:
        return 0
    said = _by_purpose(person, answers)
    made = [
        Consent(
            participant=person,
            purpose=purpose,
            given=given,
            form_version=wording[:60],
            language=language,
            mode=ConsentMode.CLICK,
            recorded_at=at,
        )
        for purpose, given in said
        if _is_new(person, purpose, wording[:60], given=given)
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


def _by_purpose(
    person: Participant, answers: Mapping[str, bool]
) -> tuple[tuple[Purpose, bool], ...]:
    """Return what she said to each purpose: what names its code wins over what names its role."""
    purposes = Purpose.objects.filter(study_id=person.study_id).order_by("position")
    by_code = {one.code: one for one in purposes}
    roles = [one.role for one in purposes]
    alone = {one.role: one for one in purposes if one.role in _ROLES and roles.count(one.role) == 1}
    said: dict[Purpose, bool] = {}
    for name, given in sorted(answers.items(), key=lambda one: one[0] in by_code):
        purpose = by_code.get(name) or alone.get(name)
        if purpose:
            said[purpose] = given
    analysis = alone.get("analyse")
    joins = PARTICIPATION in answers and PARTICIPATION not in by_code
    if joins and answers[PARTICIPATION] and analysis and not _refused(person, analysis):
        said.setdefault(analysis, True)
    return tuple(said.items())


def _refused(person: Participant, purpose: Purpose) -> bool:
    last = Consent.objects.filter(participant=person, purpose=purpose).order_by("pk").last()
    return last is not None and not last.given


def _is_new(person: Participant, purpose: Purpose, wording: str, *, given: bool) -> bool:
    if given and person.age_group in MINORS:
        return False
    last = Consent.objects.filter(participant=person, purpose=purpose).order_by("pk").last()
    return last is None or (last.given, last.form_version) != (given, wording)
