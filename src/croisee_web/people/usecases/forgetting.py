"""What leads to the people of a whole study goes: their names, their proofs, their keys."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from croisee_web.people import vault
from croisee_web.people.models import Consent, Participant


def forget_people_of(*, study_id: int, actor: str, at: datetime) -> tuple[int, int]:
    """Remove every identity and proof of a study; return how many of each there were.

    Inside the caller's own transaction, which notes the act; keys are destroyed once it is sure.
    """
    del actor, at
    codes = list(Participant.objects.filter(study_id=study_id).values_list("code", flat=True))
    proofs = Consent.objects.filter(participant__study_id=study_id).exclude(proof_sha256="")
    digests = sorted(set(proofs.values_list("proof_sha256", flat=True)))
    proofs.update(proof_sha256="")
    sealed = sum(vault.remove(study_id=study_id, participant=code) for code in codes)

    def destroy() -> None:
        for digest in digests:
            vault.remove_file(study_id=study_id, digest=digest)
        for code in codes:
            vault.destroy_key(study_id=study_id, participant=code)

    transaction.on_commit(destroy)
    return sealed, len(digests)
