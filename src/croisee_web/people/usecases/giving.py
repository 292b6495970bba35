"""The access and portability package: what somebody gave, in files she can keep or hand on."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.template.loader import render_to_string

from croisee_web.access.models import Account
from croisee_web.access.queries import require
from croisee_web.access.vocabulary import Verb
from croisee_web.journal.usecases import record
from croisee_web.people.queries import (
    ConsentLine,
    consent_lines,
    held_of,
    participant_at,
    refuse_withdrawn,
)
from croisee_web.people.rules import Held, csv_of
from croisee_web.people.vocabulary import PACKAGE_GIVEN, SITE

FORMAT = "croisee-participant/1"


@transaction.atomic
def give_package(*, participant_id: int, actor: Account | None, at: datetime) -> bytes:
    """Return a ZIP of what the study holds of somebody: JSON, CSV, and a page to read.

    Her own answers and words only, nothing inferred, nobody else's words. ``actor`` is
    ``None`` on her own page.

    Raises:
        NotFound, NotAllowed: the actor may not inscribe people.
        AlreadyWithdrawn: nothing is held any more.
    """
    person = participant_at(participant_id)
    if actor is not None:
        require(actor=actor, verb=Verb.EDIT_PARTICIPANTS, study_id=person.study_id)
    refuse_withdrawn(person)
    consents = consent_lines(participant_id=person.pk, study_id=person.study_id)
    held = held_of(study_id=person.study_id, participant=person.code)
    packed = _zip(person.code, consents, held, at)
    record(
        act=PACKAGE_GIVEN,
        actor=actor.label if actor else SITE,
        at=at,
        study_id=person.study_id,
        participant=person.pk,
    )
    return packed


def _zip(code: str, consents: Sequence[ConsentLine], held: Sequence[Held], at: datetime) -> bytes:
    content = {
        "format": FORMAT,
        "participant": code,
        "given_at": at.isoformat(),
        "consents": [
            {"code": line.code, "purpose": line.purpose, "given": line.given} for line in consents
        ],
        "held": [{"what": str(thing.what), "lines": list(thing.lines)} for thing in held],
    }
    told = {"code": code, "consents": consents, "held": held, "at": at}
    rows = [
        (str(thing.what), number, key, value)
        for thing in held
        for number, line in enumerate(thing.lines, 1)
        for key, value in line.items()
    ]
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(
            "donnees.json", json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True)
        )
        packed.writestr("donnees.csv", csv_of(("quoi", "ligne", "champ", "valeur"), rows))
        packed.writestr("a-lire.html", render_to_string("people/package.html", told))
    return stream.getvalue()
