"""The decision on an incident's risk, and the notices it calls for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from croisee.report import paper_pdf
from croisee_web.access.models import Account
from croisee_web.access.queries import require
from croisee_web.access.vocabulary import Verb
from croisee_web.journal.usecases import record
from croisee_web.kit.errors import UseCaseError
from croisee_web.people.models import Incident, InjuryAssessment
from croisee_web.people.queries.incidents import (
    ELEMENTS,
    JUDGED,
    NoticeKind,
    incident_at,
    injury_text,
    notice_paper,
)
from croisee_web.people.rules import Elements, Suggested, suggested
from croisee_web.people.usecases.registering import ChangedMeanwhile
from croisee_web.people.vocabulary import INJURY_DECIDED, NOTICE_GIVEN


class ReasonNeeded(UseCaseError):
    """The decision is not the one that its own elements suggest: it says why."""

    http_status = 422


@transaction.atomic
def decide_injury(
    *,
    study_id: int,
    number: int,
    judged: Mapping[str, Any],
    version: int,
    actor: Account,
    at: datetime,
) -> InjuryAssessment:
    """Decide whether an incident presents a risk of serious injury; its register says why.

    ``judged`` holds each of ``JUDGED``; ``version`` is the one that was shown, 0 before any.

    Raises:
        NotFound, NotAllowed: the actor may not keep the registers, or there is no such line.
        ChangedMeanwhile: somebody decided since it was shown.
        ReasonNeeded: the elements suggest the contrary, and nothing says why.
    """
    require(actor=actor, verb=Verb.EDIT_ETHICS, study_id=study_id)
    incident = incident_at(study_id, number)
    Incident.objects.select_for_update().get(pk=incident.pk)
    row = InjuryAssessment.objects.filter(incident=incident).first()
    if (row.version if row else 0) != version:
        raise ChangedMeanwhile(
            _("Quelqu’un a décidé de cet incident entre-temps. Relisez-le, puis recommencez.")
        )
    led_to = suggested(Elements(*(judged[name] for name in ELEMENTS)))
    if judged["serious"] != (led_to is Suggested.SERIOUS) and not judged["why"].strip():
        raise ReasonNeeded(_("Ces éléments mènent à l’autre conclusion : écrivez pourquoi."))
    row = row or InjuryAssessment(incident=incident, version=0)
    for name in JUDGED:
        setattr(row, name, judged[name])
    row.decided_by, row.decided_at = actor.name, at
    row.version += 1
    row.save()
    with translation.override("fr"):
        incident.injury = injury_text(row)
    incident.version += 1
    incident.save(update_fields=["injury", "version"])
    record(
        act=INJURY_DECIDED,
        actor=actor.label,
        at=at,
        study_id=study_id,
        line=incident.pk,
    )
    return row


@transaction.atomic
def give_notice(
    *, study_id: int, number: int, kind: NoticeKind, actor: Account, at: datetime, on: date
) -> bytes:
    """Return a notice as a PDF, in the reader's language; the team sends it.

    Raises:
        NotFound, NotAllowed: the actor may not keep the registers, no such incident, or
            nothing was decided of it.
    """
    require(actor=actor, verb=Verb.EDIT_ETHICS, study_id=study_id)
    content = paper_pdf(notice_paper(study_id=study_id, number=number, kind=kind, on=on))
    record(
        act=NOTICE_GIVEN,
        actor=actor.label,
        at=at,
        study_id=study_id,
        line=number,
        kind=str(kind),
    )
    return content
