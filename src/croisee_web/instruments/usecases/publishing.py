"""Publishing a questionnaire: what people answer never changes afterwards."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from croisee import study as library
from croisee_web.access.models import Account
from croisee_web.access.queries import require
from croisee_web.access.vocabulary import Verb
from croisee_web.instruments.models import Instrument, PublishedVersion, Questionnaire
from croisee_web.instruments.queries.published import forget_published
from croisee_web.instruments.queries.readying import certificate_of, next_version, readied
from croisee_web.instruments.rules import grid_of
from croisee_web.instruments.rules.rows import question_row
from croisee_web.instruments.vocabulary import QUESTIONNAIRE_PUBLISHED
from croisee_web.journal.usecases import record
from croisee_web.kit.errors import NotFound
from croisee_web.study.models import Study
from croisee_web.study.usecases import ChangedSince


@transaction.atomic
def publish(
    *, questionnaire_id: int, actor: Account, at: datetime, version: int | None = None
) -> PublishedVersion:
    """Freeze a questionnaire as it is now, and write its instrument; return what people answer.

    The first publication is version 1. Once somebody answered, a new version may add questions
    and options, correct labels, and stop asking questions; the earlier versions stay
    answerable. ``version``: the draft its author saw, checked where given.

    Raises:
        NotFound, NotAllowed: the actor may not edit the study.
        ChangedSince: somebody changed the draft meanwhile.
        QuestionnaireRefused: everything to correct, by sheet, row and column.
    """
    row = (
        Questionnaire.objects.select_for_update(of=("self",))
        .select_related("study", "method")
        .filter(pk=questionnaire_id)
        .first()
    )
    if row is None:
        raise NotFound
    require(actor=actor, verb=Verb.EDIT_STUDY, study_id=row.study_id)
    if version is not None and version != row.version:
        raise ChangedSince
    Study.objects.select_for_update().get(pk=row.study_id)
    number, taken = next_version(row)
    ready = readied(row, number, taken)
    published = PublishedVersion.objects.create(
        questionnaire=row,
        instrument=_write(row, ready.instrument),
        number=number,
        workbook=grid_of(ready.book),
        xform=ready.xform,
        form_id=ready.form_id,
        form_version=ready.form_version,
        codebook=[
            [line.path, line.kind.value, line.code, [list(pair) for pair in line.options]]
            for line in ready.lines
        ],
        certificate=certificate_of(row.study, at),
        published_at=at,
        published_by=actor.label,
    )
    forget_published()
    record(
        act=QUESTIONNAIRE_PUBLISHED,
        actor=actor.label,
        at=at,
        study_id=row.study_id,
        questionnaire=row.pk,
        version=number,
    )
    return published


def _write(row: Questionnaire, described: library.Instrument) -> Instrument:
    """Write the instrument's rows: those that are there keep their numbers."""
    last = Instrument.objects.filter(study_id=row.study_id).aggregate(last=Max("position"))["last"]
    instrument, created = Instrument.objects.update_or_create(
        study_id=row.study_id,
        code=row.code,
        defaults={
            "name_fr": row.name_fr,
            "name_en": row.name_en,
            "method_id": row.method_id,
            "subject": row.subject,
            "weighted": described.weighted,
        },
        create_defaults={
            "name_fr": row.name_fr,
            "name_en": row.name_en,
            "method_id": row.method_id,
            "subject": row.subject,
            "weighted": described.weighted,
            "position": 0 if last is None else last + 1,
        },
    )
    known = {} if created else {one.code: one for one in instrument.questions.all()}
    gone = set(known) - {question.code for question in described.questions}
    instrument.questions.filter(code__in=gone).delete()
    for position, question in enumerate(described.questions):
        made = question_row(instrument, position, question)
        if question.code in known:
            made.pk = known[question.code].pk
        made.save()
    return instrument
