"""Noting what somebody answers to each purpose, with the form she read and its proof."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from croisee_web.access.models import Account
from croisee_web.access.queries import require
from croisee_web.access.vocabulary import Verb
from croisee_web.journal.usecases import record
from croisee_web.kit.errors import NotFound, UseCaseError
from croisee_web.people import vault
from croisee_web.people.models import Consent, Participant, Purpose
from croisee_web.people.queries import locked_participant, refuse_withdrawn
from croisee_web.people.queries.allowing import require_acceptable, require_identities
from croisee_web.people.rules import PROOF_LIMIT, Proof, ShownForm, media_of
from croisee_web.people.vocabulary import CONSENT_RECORDED, PROOF_OPENED, SITE


class ProofRefused(UseCaseError):
    """What was sent is no signed form and no recording."""

    http_status = 422


@transaction.atomic
def record_consent(
    *,
    participant_id: int,
    answers: Mapping[str, bool],
    form: ShownForm,
    at: datetime,
    actor: Account | None,
) -> int:
    """Note what somebody answered, purpose by purpose; what she did not answer stays as it was.

    ``actor`` is ``None`` on her own page, which her link opens. Refusing an option never
    blocks, and is noted on any day, by her or by a parent; accepting needs a published form, a
    certificate of the day and, for a minor, whoever may accept for her. Returns how many
    answers were noted.

    Raises:
        NotFound, NotAllowed: the actor may not note consents.
        AlreadyWithdrawn: she withdrew.
        CollectionClosed, FormNotPublished: nothing may be accepted today, or without a form.
        ParentNeeded: a minor's consent is not whole.
        ProofRefused: the proof is no signed form and no recording.
    """
    person = locked_participant(participant_id)
    if actor is not None:
        require(actor=actor, verb=Verb.EDIT_PARTICIPANTS, study_id=person.study_id)
    refuse_withdrawn(person)
    purposes = {row.code: row for row in Purpose.objects.filter(study_id=person.study_id)}
    unknown = sorted(set(answers) - set(purposes))
    if unknown:
        raise NotFound(_("Cette finalité n’existe pas : %(code)s.") % {"code": unknown[0]})
    if any(answers.values()):
        require_acceptable(person, form, at)
    proof = _keep(person, form.proof) if form.proof else ""
    Consent.objects.bulk_create(
        Consent(
            participant=person,
            purpose=purposes[code],
            given=given,
            form_version=form.version,
            language=form.language,
            mode=form.mode,
            by=form.by,
            assent=form.assent,
            proof_sha256=proof,
            recorded_at=at,
        )
        for code, given in answers.items()
    )
    record(
        act=CONSENT_RECORDED,
        actor=actor.label if actor else SITE,
        at=at,
        study_id=person.study_id,
        participant=person.pk,
        purposes=len(answers),
        proof=bool(proof),
    )
    return len(answers)


def _keep(person: Participant, proof: Proof) -> str:
    media = media_of(proof.content)
    if not media or len(proof.content) > PROOF_LIMIT:
        raise ProofRefused(
            _("La preuve est un PDF, une image ou un enregistrement, de 20 Mo au plus.")
        )
    about = json.dumps([proof.name[:200], media], ensure_ascii=False).encode()
    content = len(about).to_bytes(4, "big") + about + proof.content
    return vault.put_file(study_id=person.study_id, participant=person.code, content=content)


@transaction.atomic
def open_proof(*, consent_id: int, actor: Account, at: datetime) -> Proof:
    """Return the proof of a consent; that it was opened is in the journal.

    Raises:
        NotFound, NotAllowed: the actor may not see identities, or no proof was kept.
    """
    row = Consent.objects.select_related("participant").filter(pk=consent_id).first()
    if row is None or not row.proof_sha256:
        raise NotFound(_("Aucune preuve n’est gardée pour ce consentement."))
    person = row.participant
    require_identities(actor, person.study_id)
    try:
        content = vault.take_file(
            study_id=person.study_id, participant=person.code, digest=row.proof_sha256
        )
    except vault.KeyMissing as missing:
        raise NotFound(_("Aucune preuve n’est gardée pour ce consentement.")) from missing
    size = int.from_bytes(content[:4], "big")
    name, media = json.loads(content[4 : 4 + size])
    record(
        act=PROOF_OPENED,
        actor=actor.label,
        at=at,
        study_id=person.study_id,
        participant=person.pk,
        consent=row.pk,
    )
    return Proof(name, media, content[4 + size :])
