"""What publishing a draft would write, or everything that stops it. Nothing here writes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from croisee import study as library
from croisee.formats.xlsform import Workbook
from croisee.language import Label
from croisee.questionnaire.codebook import Line
from croisee.questionnaire.compiling import FormRefused, compile_form
from croisee.questionnaire.describing import InstrumentRefused, instrument_of, lines_of
from croisee.questionnaire.xform import read_form
from croisee.study import Subject
from croisee_web.instruments.models import Instrument, PublishedVersion, Questionnaire
from croisee_web.instruments.queries.described import instruments_of
from croisee_web.instruments.rules import (
    QuestionnaireRefused,
    ToCorrect,
    answers_to,
    book_of,
    broken_by,
    corrected,
    kept_with,
    settled,
)
from croisee_web.study.models import Certificate, Study
from croisee_web.study.rules.ethics import Period


@dataclass(frozen=True, slots=True)
class Ready:
    """What a publication would write."""

    book: Workbook
    xform: bytes
    form_id: str
    form_version: str
    lines: tuple[Line, ...]
    instrument: library.Instrument


Taken = frozenset[tuple[str, str]]
"""(version, identifier) of the forms already published; ("", identifier): another's."""


def next_version(row: Questionnaire) -> tuple[int, Taken]:
    """Return the number of the next version, and what its form may not be called. One query."""
    rows = PublishedVersion.objects.filter(questionnaire__study_id=row.study_id)
    found = list(rows.values_list("questionnaire_id", "number", "form_version", "form_id"))
    mine = [number for owner, number, _version, _id in found if owner == row.pk]
    taken = {
        (version if owner == row.pk else "", identifier)
        for owner, _number, version, identifier in found
    }
    return max(mine, default=0) + 1, frozenset(taken)


def readied(row: Questionnaire, number: int, taken: Taken) -> Ready:
    """Return what a publication would write; nothing is written.

    Raises:
        QuestionnaireRefused: everything to correct.
    """
    name = Label(row.name_fr, row.name_en)
    book = settled(book_of(row.workbook), code=row.code, title=name.fr, number=number, taken=taken)
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


def certificate_of(study: Study, at: datetime) -> str:
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
