"""Publishing a questionnaire: what people answer never changes afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from croisee import study as library
from croisee.formats.xlsform import Workbook
from croisee.language import Label
from croisee.questionnaire.codebook import Line
from croisee.questionnaire.compiling import FormRefused, compile_form
from croisee.questionnaire.describing import InstrumentRefused, instrument_of, lines_of
from croisee.questionnaire.xform import read_form
from croisee.study import Subject
from croisee_web.access.models import Account
from croisee_web.access.queries import require
from croisee_web.access.vocabulary import Verb
from croisee_web.instruments.models import Instrument, PublishedVersion, Questionnaire
from croisee_web.instruments.queries.described import instruments_of
from croisee_web.instruments.queries.drafts import nothing_here
from croisee_web.instruments.queries.published import forget_published
from croisee_web.instruments.rules import (
    QuestionnaireRefused,
    ToCorrect,
    answers_to,
    book_of,
    broken_by,
    corrected,
    grid_of,
    kept_with,
    settled,
)
from croisee_web.instruments.usecases.writing import question_row
from croisee_web.instruments.vocabulary import QUESTIONNAIRE_PUBLISHED
from croisee_web.journal.usecases import record
from croisee_web.study.models import Certificate, Study
from croisee_web.study.rules.ethics import Period
from croisee_web.study.usecases import ChangedSince


@dataclass(frozen=True, slots=True)
class Ready:
    """What a publication would write."""

    book: Workbook
    xform: bytes
    form_id: str
    form_version: str
    lines: tuple[Line, ...]
    instrument: library.Instrument


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
        raise nothing_here()
    require(actor=actor, verb=Verb.EDIT_STUDY, study_id=row.study_id)
    if version is not None and version != row.version:
        raise ChangedSince
    Study.objects.select_for_update().get(pk=row.study_id)
    earlier = list(PublishedVersion.objects.filter(questionnaire=row).order_by("number"))
    number = earlier[-1].number + 1 if earlier else 1
    ready = readied(row, number, frozenset(one.form_version for one in earlier))
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
        certificate=_certificate_of(row.study, at),
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


def readied(row: Questionnaire, number: int, taken: frozenset[str]) -> Ready:
    """Return what a publication would write; nothing is written.

    Raises:
        QuestionnaireRefused: everything to correct.
    """
    name = Label(row.name_fr, row.name_en)
    book = settled(
        book_of(row.workbook), form_id=row.code, title=name.fr, number=number, taken=taken
    )
    try:
        xform = compile_form(book).xml
        lines = lines_of(book, xform)
        new = instrument_of(
            lines, code=row.code, name=name, method=row.method.code, subject=Subject(row.subject)
        )
    except (FormRefused, InstrumentRefused) as refused:
        raise corrected(refused.faults) from refused
    form = read_form(xform)
    return Ready(book, xform, form.identifier, form.version, lines, _kept(row, new))


def _kept(row: Questionnaire, new: library.Instrument) -> library.Instrument:
    """Return the instrument to write beside the answers already there."""
    known = Instrument.objects.filter(study_id=row.study_id, code=row.code).first()
    if known is None or not answers_to(known.pk).used:
        return new
    old = next(one for one in instruments_of(row.study_id) if one.code == row.code)
    broken = [
        ToCorrect(
            one.why,
            _(
                "Des réponses la portent déjà. Remettez-la comme avant, "
                "ou ajoutez une nouvelle question."
            ),
            question=one.question,
        )
        for one in broken_by(old, new)
    ]
    if broken:
        raise QuestionnaireRefused(broken)
    return kept_with(old, new)


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


def _certificate_of(study: Study, at: datetime) -> str:
    """Return the number of the ethics certificate of the day, "" when none covers it."""
    day = at.astimezone(ZoneInfo(study.timezone)).date()
    return next(
        (
            row.number
            for row in Certificate.objects.filter(study=study).order_by("position", "pk")
            if Period(row.start, row.end).holds(day)
        ),
        "",
    )
