"""Writing answers, and removing somebody's."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pyarrow as pa
from django.db import transaction
from django.utils.translation import gettext_lazy

from croisee.dataset.study_json import decimal_text
from croisee.study import Instrument as Described
from croisee.study import Question, QuestionKind, Subject
from croisee_web.access.models import Account
from croisee_web.access.queries import require
from croisee_web.access.vocabulary import Verb
from croisee_web.collection.models import AnswerSheet
from croisee_web.collection.vocabulary import ANSWERS_WRITTEN
from croisee_web.instruments.models import Instrument
from croisee_web.journal.usecases import record
from croisee_web.people.rules import Removal
from croisee_web.study.models import Case

_BATCH = 2000
Row = dict[str, Any]


@transaction.atomic
def write_answers(
    *,
    study_id: int,
    instrument: Described,
    edition: str,
    table: pa.Table,
    actor: Account,
    at: datetime,
) -> int:
    """Write one wave of a questionnaire, as a Dataset holds it; return its number of sheets.

    ``queries.answers_table`` gives it back. A batch of sheets is in memory at a time.

    Raises:
        NotFound, NotAllowed: the actor may not import in this study.
    """
    require(actor=actor, verb=Verb.EXCHANGE, study_id=study_id)
    row = Instrument.objects.get(study_id=study_id, code=instrument.code)
    cases = dict(Case.objects.filter(study_id=study_id).values_list("code", "pk"))
    for batch in table.to_batches(max_chunksize=_BATCH):
        AnswerSheet.objects.bulk_create(
            AnswerSheet(
                instrument=row,
                edition=edition,
                respondent=line["respondent"],
                case_id=cases[line["case"]],
                component=line["component"],
                organisation=line["organisation"],
                weight=decimal_text(line["weight"]) if instrument.weighted else "",
                answers=_answers(instrument, line),
            )
            for line in batch.to_pylist()
        )
    record(
        act=ANSWERS_WRITTEN,
        actor=actor.label,
        at=at,
        study_id=study_id,
        instrument=row.pk,
        sheets=table.num_rows,
    )
    return int(table.num_rows)


def _answers(instrument: Described, line: Row) -> dict[str, Any]:
    found = {question.code: _answer(question, line) for question in instrument.questions}
    return {code: answer for code, answer in found.items() if answer is not None}


def _answer(question: Question, line: Row) -> Any:
    """Return an answer as :class:`AnswerSheet` holds it, ``None`` when there is none."""
    name = f"q_{question.code}"
    if question.kind in {QuestionKind.MULTIPLE, QuestionKind.RANK}:
        parts = {option.code: line[f"{name}__{option.code}"] for option in question.options}
        if all(part is None for part in parts.values()):
            return None
        if question.kind is QuestionKind.MULTIPLE:
            return [code for code, chosen in parts.items() if chosen]
        return {code: rank for code, rank in parts.items() if rank is not None}
    answer = line[name]
    if answer is None or question.kind is not QuestionKind.NUMBER:
        return answer
    return decimal_text(answer)


def erase_participant(study_id: int, participant: str, at: datetime) -> tuple[Removal, ...]:
    """Remove somebody's answers to the questionnaires that people answer for themselves."""
    del at
    sheets = AnswerSheet.objects.filter(
        instrument__study_id=study_id,
        instrument__subject=Subject.PERSON.value,
        respondent=participant,
    )
    return (Removal(gettext_lazy("Questionnaires remplis"), sheets.delete()[0]),)


def destroy_answers(study_id: int, at: datetime) -> tuple[Removal, ...]:
    """Remove every answer of a study at the end of its retention, those without a code too."""
    del at
    sheets = AnswerSheet.objects.filter(instrument__study_id=study_id).delete()[0]
    return (Removal(gettext_lazy("Questionnaires remplis"), sheets),)
