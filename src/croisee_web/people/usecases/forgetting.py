"""A whole study leaves the site: what leads to its people goes with it."""

from __future__ import annotations

from django.db import transaction

from croisee_web.people import vault
from croisee_web.people.models import Consent, Participant


def forget_people_of(study_id: int) -> None:
    """Remove every identity and proof of a study; their keys are destroyed once that is sure.

    Inside the caller's own transaction, which removes the rows that remain.
    """
    codes = list(Participant.objects.filter(study_id=study_id).values_list("code", flat=True))
    proofs = Consent.objects.filter(participant__study_id=study_id).exclude(proof_sha256="")
    digests = sorted(set(proofs.values_list("proof_sha256", flat=True)))
    for code in codes:
        vault.remove(study_id=study_id, participant=code)

    def destroy() -> None:
        for digest in digests:
            vault.remove_file(study_id=study_id, digest=digest)
        for code in codes:
            vault.destroy_key(study_id=study_id, participant=code)

    transaction.on_commit(destroy)
