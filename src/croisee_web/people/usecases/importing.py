"""Writing the people of an imported study folder, or of a list that somebody confirmed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from croisee.dataset import Consent as Allowed
from croisee.dataset import WhoConsented
from croisee.study import Purpose as Described
from croisee_web.access.models import Account
from croisee_web.access.queries import require
from croisee_web.access.vocabulary import Verb
from croisee_web.journal.usecases import record
from croisee_web.kit.errors import NotFound
from croisee_web.people import vault
from croisee_web.people.models import Consent, Participant, Purpose
from croisee_web.people.queries.allowing import require_acceptable
from croisee_web.people.queries.incoming import NewPerson
from croisee_web.people.rules import ShownForm
from croisee_web.people.usecases.registering import CodeTaken
from croisee_web.people.vocabulary import PEOPLE_IMPORTED, Answerer, ConsentMode
from croisee_web.study.models import Case


@transaction.atomic
def write_people(
    *,
    study_id: int,
    purposes: Iterable[Described],
    rows: Iterable[Mapping[str, Any]],
    accepted: Mapping[str, tuple[str, ...]],
    consents: Mapping[str, Allowed],
    actor: Account,
    at: datetime,
) -> int:
    """Write the register of an imported study folder; return how many people it holds.

    ``rows`` are those of a Dataset's ``participants``. Somebody who had withdrawn is written
    as withdrawn: a code and a day, nothing else, and in the ledger too.

    Raises:
        NotFound, NotAllowed: the actor may not import in this study.
    """
    require(actor=actor, verb=Verb.EXCHANGE, study_id=study_id)
    cases = {case.code: case for case in Case.objects.filter(study_id=study_id)}
    known = _write_purposes(study_id, purposes)
    people = []
    for row in rows:
        on = consents[row["participant"]].withdrawn_on
        people.append(
            Participant(
                study_id=study_id,
                case=cases[row["case"]],
                code=row["participant"],
                component="" if on else row["component"],
                organisation="" if on else row["organisation"],
                age_group="" if on else _age_of(consents[row["participant"]].who),
                withdrawn_on=on,
                created_at=at,
            )
        )
    Participant.objects.bulk_create(people, batch_size=2000)
    who = {code: consent.who for code, consent in consents.items()}
    Consent.objects.bulk_create(
        (
            Consent(
                participant=person,
                purpose=purpose,
                given=code in accepted[person.code],
                mode=ConsentMode.WRITTEN,
                by=Answerer.PARENT if who[person.code].by_parent else Answerer.PERSON,
                assent=str(who[person.code].assent or ""),
                recorded_at=at,
            )
            for person in people
            if person.withdrawn_on is None
            for code, purpose in known.items()
        ),
        batch_size=2000,
    )
    for person in people:
        if person.withdrawn_on is not None:
            vault.write_in_ledger(vault.LedgerLine(study_id, person.code, person.withdrawn_on))
    record(act=PEOPLE_IMPORTED, actor=actor.label, at=at, study_id=study_id, people=len(people))
    return len(people)


def _age_of(who: WhoConsented) -> str:
    return str(who.age or "")


def _write_purposes(study_id: int, purposes: Iterable[Described]) -> dict[str, Purpose]:
    Purpose.objects.bulk_create(
        Purpose(
            study_id=study_id,
            code=purpose.code,
            position=position,
            name_fr=purpose.name.fr,
            name_en=purpose.name.en,
            role=purpose.role,
        )
        for position, purpose in enumerate(purposes)
    )
    return {row.code: row for row in Purpose.objects.filter(study_id=study_id)}


@transaction.atomic
def import_people(
    *,
    study_id: int,
    people: Sequence[NewPerson],
    form: ShownForm | None,
    actor: Account,
    at: datetime,
) -> int:
    """Inscribe the people of a list, all or nobody; return how many.

    What they answered is noted with the form that was read; without one, only refusals are.

    Raises:
        NotFound, NotAllowed: the actor may not inscribe people, or a network is gone.
        CodeTaken: a code was given since the list was read.
        CollectionClosed, FormNotPublished, ParentNeeded: as :func:`record_consent`.
    """
    require(actor=actor, verb=Verb.EDIT_PARTICIPANTS, study_id=study_id)
    codes = [person.code for person in people]
    taken = Participant.objects.filter(study_id=study_id, code__in=codes).order_by("code").first()
    if taken is not None:
        raise CodeTaken(
            _("Le code %(code)s a été donné entre-temps. Relisez la liste, puis recommencez.")
            % {"code": taken.code}
        )
    cases = {case.code: case for case in Case.objects.filter(study_id=study_id)}
    if not {person.case for person in people} <= cases.keys():
        raise NotFound(_("Un réseau de cette liste n’est plus dans l’étude."))
    rows = Participant.objects.bulk_create(
        (
            Participant(
                study_id=study_id,
                case=cases[person.case],
                code=person.code,
                component=person.component,
                organisation=person.organisation,
                age_group=person.age_group,
                created_at=at,
            )
            for person in people
        ),
        batch_size=2000,
    )
    _note_answers(study_id, rows, people, form, at)
    record(act=PEOPLE_IMPORTED, actor=actor.label, at=at, study_id=study_id, people=len(rows))
    return len(rows)


def _note_answers(
    study_id: int,
    rows: Sequence[Participant],
    people: Sequence[NewPerson],
    form: ShownForm | None,
    at: datetime,
) -> None:
    shown = form or ShownForm(ConsentMode.WRITTEN)
    forms = {
        row.pk: replace(shown, by=person.by, assent=person.assent)
        for row, person in zip(rows, people, strict=True)
    }
    asked: set[tuple[str, str, str]] = set()
    for row, person in zip(rows, people, strict=True):
        about = (person.age_group, person.by, person.assent)
        if any(person.answers.values()) and about not in asked:
            require_acceptable(row, forms[row.pk], at)
            asked.add(about)
    purposes = {row.code: row for row in Purpose.objects.filter(study_id=study_id)}
    Consent.objects.bulk_create(
        (
            Consent(
                participant=row,
                purpose=purposes[code],
                given=given,
                form_version=shown.version,
                language=shown.language,
                mode=shown.mode,
                by=person.by,
                assent=person.assent,
                recorded_at=at,
            )
            for row, person in zip(rows, people, strict=True)
            for code, given in person.answers.items()
            if code in purposes
        ),
        batch_size=2000,
    )
