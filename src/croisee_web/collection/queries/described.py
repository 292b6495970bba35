"""Questions one may ask about answers. Nothing here writes.

For the slices above, which compose the whole study; nothing here asks who is looking.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import islice
from typing import Any

import pyarrow as pa
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy

from croisee.dataset import answers_name, answers_schema
from croisee.study import Instrument as Described
from croisee.study import MethodKind, Question, QuestionKind, Study, Subject
from croisee_web.collection.models import AnswerSheet
from croisee_web.instruments.queries import instruments_of
from croisee_web.people.rules import Held
from croisee_web.study.models import Case
from croisee_web.study.queries import reader_language
from croisee_web.study.rules.collected import Received

_BATCH = 5000
Answers = list[dict[str, Any]]


def received_of(study_id: int) -> tuple[Received, ...]:
    """Return how many answers came in, by method, network and edition. One SQL query.

    A method with two questionnaires is counted by the longer one: the same people fill both.
    """
    rows = (
        AnswerSheet.objects.filter(
            instrument__study_id=study_id, instrument__method__kind=MethodKind.SURVEY.value
        )
        .values_list("instrument_id", "instrument__method_id", "case_id", "edition")
        .annotate(n=Count("pk"), named=Count("organisation", distinct=True, filter=_NAMED))
        .annotate(alone=Count("pk", filter=~_NAMED))
        .order_by()
    )
    found: dict[tuple[int, int, str], Received] = {}
    for _instrument, method, case, edition, n, named, alone in rows:
        known = found.get((method, case, edition))
        if known is None or n > known.count:
            found[method, case, edition] = Received(
                method, case, edition, n, named + alone if named else None
            )
    return tuple(found.values())


_NAMED = ~Q(organisation="")


def answers_tables(study_id: int, described: Study) -> dict[str, pa.Table]:
    """Return the waves that have answers, as a Dataset names and shapes them.

    One SQL query for the networks, one to find the waves, then one a wave, read as it comes:
    a batch of sheets is in memory beside the columns already made.
    """
    cases = dict(Case.objects.filter(study_id=study_id).values_list("pk", "code"))
    waves = (
        AnswerSheet.objects.filter(instrument__study_id=study_id)
        .order_by()
        .values_list("instrument_id", "instrument__code", "edition")
        .distinct()
    )
    found = {(code, edition): number for number, code, edition in waves}
    return {
        answers_name(instrument.code, edition.code): _table(
            found[instrument.code, edition.code], instrument, edition.code, cases
        )
        for instrument in described.instruments
        for edition in described.editions
        if (instrument.code, edition.code) in found
    }


def _table(number: int, instrument: Described, edition: str, cases: dict[int, str]) -> pa.Table:
    schema = answers_schema(instrument)
    return pa.Table.from_batches(_batches(number, instrument, edition, cases, schema), schema)


def _batches(
    number: int, instrument: Described, edition: str, cases: dict[int, str], schema: pa.Schema
) -> Iterator[pa.RecordBatch]:
    rows = iter(
        AnswerSheet.objects.filter(instrument_id=number, edition=edition)
        .order_by("pk")
        .values_list("respondent", "case_id", "component", "organisation", "weight", "answers")
        .iterator(chunk_size=_BATCH)
    )
    while batch := list(islice(rows, _BATCH)):
        respondents, networks, components, organisations, weights, answers = zip(
            *batch, strict=True
        )
        columns: dict[str, Any] = {
            "respondent": respondents,
            "case": [cases[network] for network in networks],
            "component": components,
            "organisation": organisations,
        }
        if instrument.weighted:
            columns["weight"] = [Decimal(weight) for weight in weights]
        for question in instrument.questions:
            columns |= _columns(question, list(answers))
        yield pa.record_batch(
            [pa.array(columns[field.name], field.type) for field in schema], schema=schema
        )


def _columns(question: Question, sheets: Answers) -> dict[str, list[Any]]:
    """Return the Dataset's columns of one question."""
    code, name = question.code, f"q_{question.code}"
    said = [sheet.get(code) for sheet in sheets]
    if question.kind is QuestionKind.MULTIPLE:
        return {
            f"{name}__{option.code}": [
                None if chosen is None else option.code in chosen for chosen in said
            ]
            for option in question.options
        }
    if question.kind is QuestionKind.RANK:
        return {
            f"{name}__{option.code}": [
                None if ranks is None else ranks.get(option.code) for ranks in said
            ]
            for option in question.options
        }
    if question.kind is QuestionKind.NUMBER:
        return {name: [None if number is None else Decimal(number) for number in said]}
    return {name: said}


def told_of_participant(study_id: int, participant: str) -> tuple[Held, ...]:
    """Return somebody's answers, question by question, as they read. Three SQL queries at most."""
    sheets = list(
        AnswerSheet.objects.filter(
            instrument__study_id=study_id,
            instrument__subject=Subject.PERSON.value,
            respondent=participant,
        )
        .order_by("pk")
        .values_list("instrument__code", "edition", "answers")
    )
    if not sheets:
        return ()
    described = {one.code: one for one in instruments_of(study_id)}
    lines = tuple(
        {
            "questionnaire": instrument.name.to(reader_language()),
            "édition": edition,
            "question": question.label.to(reader_language()),
            "réponse": _read(question, answers[question.code]),
        }
        for code, edition, answers in sheets
        for instrument in (described[code],)
        for question in instrument.questions
        if question.code in answers
    )
    return (Held(gettext_lazy("Questionnaires remplis"), lines),)


def _read(question: Question, answer: Any) -> str:
    """Return an answer in the reader's words; what is no option is as it was typed."""
    labels = {option.code: option.label.to(reader_language()) for option in question.options}
    if isinstance(answer, dict):
        ranked = sorted(answer.items(), key=lambda pair: pair[1])
        return ", ".join(f"{rank}. {labels.get(code, code)}" for code, rank in ranked)
    if isinstance(answer, list):
        return ", ".join(labels.get(str(code), str(code)) for code in answer)
    return labels.get(answer, str(answer))
