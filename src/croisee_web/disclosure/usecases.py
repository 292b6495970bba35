"""Writing a study's policy, and noting what was sealed."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from croisee import study as library
from croisee.disclosure import Register, RegisterRefused
from croisee.language import LANGUAGES
from croisee_web.access.models import Account
from croisee_web.access.queries import require
from croisee_web.access.vocabulary import Verb
from croisee_web.analysis.queries import register_folder
from croisee_web.disclosure.models import Policy, SealedRelease, Waiver
from croisee_web.disclosure.queries import THRESHOLDS
from croisee_web.disclosure.vocabulary import POLICY_WRITTEN, WaiverKind
from croisee_web.journal.usecases import record
from croisee_web.kit.errors import UseCaseError


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


@transaction.atomic
def note_sealed_releases(*, study_id: int, actor: Account, at: datetime) -> int:
    """Note the releases that the register of a study already holds sealed; return how many.

    A study that comes in with its register is sealed from the first day: a withdrawal reaches
    the words of its sealed releases at once.

    Raises:
        NotFound, NotAllowed: the actor may not import in this study.
        UseCaseError: a sealed release is no longer the one that was sealed.
    """
    require(actor=actor, verb=Verb.EXCHANGE, study_id=study_id)
    folder = register_folder(study_id)
    if not folder.is_dir():
        return 0
    try:
        register = Register.open(folder)
        sealed = register.sealed_releases()
    except RegisterRefused as refused:
        told: dict[str, str] = {language: refused.reason.to(language) for language in LANGUAGES}
        raise UseCaseError(told["fr"], told) from refused
    signed = {row[2]: row for row in register.journal() if row[1] == "scelle"}
    for release in sealed:
        when, _act, _code, by, _mac = signed.get(release.code, ("", "", "", "", ""))
        assert release.sealed_on is not None
        SealedRelease.objects.get_or_create(
            study_id=study_id,
            code=release.code,
            defaults={
                "arrested_on": release.sealed_on,
                "sealed_at": datetime.fromisoformat(when) if when else at,
                "sealed_by": by,
                "dataset_mac": release.dataset_mac,
            },
        )
    return len(sealed)
