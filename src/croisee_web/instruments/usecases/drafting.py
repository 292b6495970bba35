"""Writing a questionnaire: started, changed, the last change undone, renamed, removed."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from croisee.formats.xlsform import Workbook
from croisee.language import Label
from croisee.study import MethodKind, Subject
from croisee.studyfolder.words import propose_code
from croisee_web.access.models import Account
from croisee_web.access.queries import require
from croisee_web.access.vocabulary import Verb
from croisee_web.instruments.models import Instrument, Questionnaire
from croisee_web.instruments.queries.drafts import (
    free_code,
    questionnaire_row,
)
from croisee_web.instruments.rules import grid_of, identified, untaken
from croisee_web.instruments.vocabulary import (
    QUESTIONNAIRE_CHANGED,
    QUESTIONNAIRE_REMOVED,
    QUESTIONNAIRE_STARTED,
)
from croisee_web.journal.usecases import record
from croisee_web.kit.errors import NotFound, UseCaseError
from croisee_web.study.models import Method, Study
from croisee_web.study.usecases import ChangedSince


class StillPublished(UseCaseError):
    """A questionnaire that somebody may answer, or answered, is not removed."""


@transaction.atomic
def start_questionnaire(
    *,
    study_id: int,
    name: Label,
    book: Workbook,
    subject: Subject,
    actor: Account,
    at: datetime,
    code: str = "",
) -> str:
    """Start a questionnaire from a workbook; return its code.

    It belongs to the study's first survey of such a ``subject``; without one, to a method made
    for it, that bears its name. Without ``code``, or when another questionnaire has it, one is
    made from the name.

    Raises:
        NotFound, NotAllowed: the actor may not edit the study.
    """
    require(actor=actor, verb=Verb.EDIT_STUDY, study_id=study_id)
    Study.objects.select_for_update().get(pk=study_id)
    free = free_code(study_id, code or propose_code(name.fr) or "questionnaire")
    row = Questionnaire.objects.create(
        study_id=study_id,
        code=free,
        name_fr=name.fr,
        name_en=name.en,
        method=_survey_of(study_id, subject, free, name),
        subject=subject.value,
        workbook=grid_of(identified(book)),
    )
    record(
        act=QUESTIONNAIRE_STARTED,
        actor=actor.label,
        at=at,
        study_id=study_id,
        questionnaire=row.pk,
    )
    return row.code


def _survey_of(study_id: int, subject: Subject, code: str, name: Label) -> Method:
    methods = Method.objects.filter(study_id=study_id)
    instrument = Instrument.objects.filter(study_id=study_id, code=code).first()
    if instrument is not None:
        return instrument.method
    found = (
        methods.filter(kind=MethodKind.SURVEY.value, subject=subject.value)
        .order_by("position", "pk")
        .first()
    )
    if found is not None:
        return found
    taken = set(methods.values_list("code", flat=True))
    last = methods.aggregate(last=Max("position"))["last"]
    return Method.objects.create(
        study_id=study_id,
        code=untaken(code, taken),
        position=0 if last is None else last + 1,
        name_fr=name.fr,
        name_en=name.en,
        kind=MethodKind.SURVEY.value,
        subject=subject.value,
    )


def _method(study_id: int, code: str) -> Method:
    found = Method.objects.filter(study_id=study_id, code=code).first()
    if found is None:
        raise NotFound
    return found


@transaction.atomic
def change_questionnaire(
    *, study_id: int, code: str, version: int, book: Workbook, actor: Account, at: datetime
) -> None:
    """Make a draft say what ``book`` says, as edited from its ``version``.

    What it said before is kept, to be undone. Published versions stay as they are.

    Raises:
        NotFound, NotAllowed: the actor may not edit the study.
        ChangedSince: somebody else changed the draft meanwhile; nothing is overwritten.
    """
    require(actor=actor, verb=Verb.EDIT_STUDY, study_id=study_id)
    row = _from(study_id, code, version)
    changed = grid_of(identified(book))
    if changed == row.workbook:
        return
    row.previous, row.workbook, row.undone = row.workbook, changed, False
    _save(row, actor, at)


@transaction.atomic
def undo_change(*, study_id: int, code: str, version: int, actor: Account, at: datetime) -> None:
    """Put the draft back as it was before its last change; once more, and the change is back.

    Raises:
        NotFound, NotAllowed: the actor may not edit the study.
        ChangedSince: somebody else changed the draft meanwhile.
    """
    require(actor=actor, verb=Verb.EDIT_STUDY, study_id=study_id)
    row = _from(study_id, code, version)
    if not row.previous:
        return
    row.previous, row.workbook, row.undone = row.workbook, row.previous, not row.undone
    _save(row, actor, at)


@transaction.atomic
def rename_questionnaire(
    *,
    study_id: int,
    code: str,
    version: int,
    name: Label,
    method: str,
    actor: Account,
    at: datetime,
) -> None:
    """Change how a questionnaire is called, and the method it belongs to. Its code stays.

    Raises:
        NotFound, NotAllowed: the actor may not edit the study, or it has no such method.
        ChangedSince: somebody else changed the draft meanwhile.
    """
    require(actor=actor, verb=Verb.EDIT_STUDY, study_id=study_id)
    row = _from(study_id, code, version)
    how = _method(study_id, method)
    row.name_fr, row.name_en, row.method, row.subject = name.fr, name.en, how, how.subject
    _save(row, actor, at)


@transaction.atomic
def remove_questionnaire(*, study_id: int, code: str, actor: Account, at: datetime) -> None:
    """Remove a draft that was never published.

    Raises:
        NotFound, NotAllowed: the actor may not edit the study.
        StillPublished: one of its versions was published.
    """
    require(actor=actor, verb=Verb.EDIT_STUDY, study_id=study_id)
    row = questionnaire_row(study_id, code, locked=True)
    if row.published.exists():
        raise StillPublished(
            _("Ce questionnaire a été publié : ses versions restent, pour lire ses réponses.")
        )
    number = row.pk
    row.delete()
    record(
        act=QUESTIONNAIRE_REMOVED,
        actor=actor.label,
        at=at,
        study_id=study_id,
        questionnaire=number,
    )


def _from(study_id: int, code: str, version: int) -> Questionnaire:
    row = questionnaire_row(study_id, code, locked=True)
    if row.version != version:
        raise ChangedSince(
            _(
                "Quelqu’un a changé ce questionnaire avant vous. Rien n’a été écrasé. "
                "Voici ce qu’il dit maintenant : refaites votre changement s’il manque."
            )
        )
    return row


def _save(row: Questionnaire, actor: Account, at: datetime) -> None:
    row.version += 1
    row.save()
    record(
        act=QUESTIONNAIRE_CHANGED,
        actor=actor.label,
        at=at,
        study_id=row.study_id,
        questionnaire=row.pk,
        version=row.version,
    )
