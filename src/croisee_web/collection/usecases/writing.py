"""Writing answers, and removing somebody's."""

from __future__ import annotations

from datetime import datetime

from django.db import connection, transaction
from django.utils.translation import gettext_lazy

from croisee.study import Subject
from croisee_web.access.models import Account
from croisee_web.access.queries import require
from croisee_web.access.vocabulary import Verb
from croisee_web.collection.models import AnswerSheet, random_number
from croisee_web.collection.rules import Wave
from croisee_web.collection.usecases.intake.removing import destroy_submissions, erase_submissions
from croisee_web.collection.vocabulary import ANSWERS_WRITTEN
from croisee_web.instruments.models import Instrument
from croisee_web.journal.usecases import record
from croisee_web.people.rules import Removal
from croisee_web.study.models import Case


@transaction.atomic
def write_answers(*, study_id: int, wave: Wave, actor: Account, at: datetime) -> int:
    """Write one wave of a questionnaire; return its number of sheets.

    ``queries.answers_table`` gives it back. Other writers wait while it lasts: the lines come
    ready (``rules.wave_of``), and go in as they are.

    Raises:
        NotFound, NotAllowed: the actor may not import in this study.
    """
    require(actor=actor, verb=Verb.EXCHANGE, study_id=study_id)
    row = Instrument.objects.get(study_id=study_id, code=wave.instrument)
    cases = dict(Case.objects.filter(study_id=study_id).values_list("code", "pk"))
    _insert(row.pk, cases, wave)
    record(
        act=ANSWERS_WRITTEN,
        actor=actor.label,
        at=at,
        study_id=study_id,
        instrument=row.pk,
        sheets=len(wave.lines),
    )
    return len(wave.lines)


def _insert(instrument: int, cases: dict[str, int], wave: Wave) -> None:
    """Insert sheets whose answers are JSON already: a third of the ORM's work."""
    quoted = connection.ops.quote_name
    named = {field.name: field.column for field in AnswerSheet._meta.concrete_fields}
    columns = [quoted(str(named[name])) for name in _WRITTEN]
    # Names of our own columns, from the model; every value is a parameter.
    statement = (
        f"INSERT INTO {quoted(AnswerSheet._meta.db_table)} ({', '.join(columns)}) "  # noqa: S608
        f"VALUES ({', '.join(['%s'] * len(columns))})"
    )
    edition = wave.edition
    with connection.cursor() as cursor:
        cursor.executemany(
            statement,
            [
                (random_number(), instrument, edition, cases[line.case], *line[:1], *line[2:])
                for line in wave.lines
            ],
        )


_WRITTEN = (
    "id", "instrument", "edition", "case",
    "respondent", "component", "organisation", "weight", "answers",
)  # fmt: skip
"""The columns of a sheet, in the order they are written: the last as in ``rules.Line``."""


def erase_participant(study_id: int, participant: str, at: datetime) -> tuple[Removal, ...]:
    """Remove somebody's answers to the questionnaires that people answer for themselves.

    What she sent goes with them: the filled forms, their files, her links.
    """
    del at
    sheets = AnswerSheet.objects.filter(
        instrument__study_id=study_id,
        instrument__subject=Subject.PERSON.value,
        respondent=participant,
    )
    count = sheets.count()
    sent = erase_submissions(study_id, participant)
    sheets.delete()
    return (Removal(gettext_lazy("Questionnaires remplis"), count), *sent)


def destroy_answers(study_id: int, at: datetime) -> tuple[Removal, ...]:
    """Remove every answer of a study at the end of its retention, those without a code too."""
    del at
    sent = destroy_submissions(study_id)
    sheets = AnswerSheet.objects.filter(instrument__study_id=study_id).delete()[0]
    return (Removal(gettext_lazy("Questionnaires remplis"), sheets), *sent)
