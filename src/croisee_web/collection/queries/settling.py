"""Filled forms to look at, why, what they say, and what was decided. Nothing here writes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import numpy as np
from django.db.models import Q, QuerySet

from croisee.questionnaire.answers import faults_of
from croisee.questionnaire.filling import Filling
from croisee.questionnaire.form import CHOSEN, Kind
from croisee.questionnaire.submission import filling_of, read_submission
from croisee_web.access.models import Account
from croisee_web.access.queries import names_of_actors, require
from croisee_web.access.vocabulary import Verb
from croisee_web.collection.models import HandEntry, Settlement, Submission
from croisee_web.collection.queries.answering import form_language
from croisee_web.collection.queries.found import collecting_of
from croisee_web.collection.rules.by_hand import PREFIX, HandField, hand_fields
from croisee_web.collection.vocabulary import Decision, Flag, SubmissionState, Way
from croisee_web.instruments.queries import published_form
from croisee_web.kit.errors import NotFound
from croisee_web.study.queries import reader_language
from croisee_web.study.queries.naming import said

MOST = 200
_SILENT = frozenset({Kind.GROUP, Kind.REPEAT, Kind.NOTE, Kind.CALCULATED})


@dataclass(frozen=True, slots=True)
class LookedLine:
    """One form: its network, how it came, why it is to be looked at, what was decided of it."""

    id: int
    case: str
    way: str
    why: tuple[str, ...]
    decision: str
    reason: str
    decided_by: str


@dataclass(frozen=True, slots=True)
class Looking:
    """What is to be looked at in a collection. ``typed``: sheets whose two typings disagree."""

    id: int
    name: str
    waiting: tuple[LookedLine, ...]
    more: int
    settled: tuple[LookedLine, ...]
    typed: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class LookedAnswer:
    """One form with all that it says; ``fields``: what may be corrected by hand."""

    line: LookedLine
    name: str
    answers: tuple[tuple[str, str, str], ...]
    """Each question, its answer, and what is not right with it now, ``""`` for nothing."""
    files: tuple[tuple[str, bool], ...]
    counted: bool
    apart: bool
    fields: tuple[HandField, ...]


def looking(*, study_id: int, collecting_id: int, viewer: Account) -> Looking:
    """Return the forms to look at, then those that were settled. Eight SQL queries at most.

    Raises:
        NotFound: no such collection in this study.
        NotAllowed: the viewer does not conduct its collections, or may not read answers.
    """
    name = _name(study_id, collecting_id, viewer)
    waiting = to_look_at(collecting_id)
    rows = waiting.select_related("case").order_by("pk")[: MOST + 1]
    found = [_line(one, None) for one in rows]
    about = Settlement.objects.select_related("submission__case").order_by("pk")
    made = list(about.filter(submission__collecting_id=collecting_id)[:MOST])
    names = names_of_actors({one.decided_by for one in made})
    return Looking(
        collecting_id,
        name,
        tuple(found[:MOST]),
        max(0, waiting.count() - MOST) if len(found) > MOST else 0,
        tuple(_line(one.submission, one, names[one.decided_by]) for one in made),
        tuple(
            HandEntry.objects.filter(submission__collecting_id=collecting_id)
            .exclude(differences=[])
            .order_by("number", "pk")
            .values_list("pk", "number")
        ),
    )


def to_look_at(collecting_id: int) -> QuerySet[Submission]:
    """Return the forms of a collection that nobody decided of yet."""
    return (
        Submission.objects.filter(collecting_id=collecting_id)
        .filter(~Q(flags=[]) | Q(state=SubmissionState.AWAITED))
        .exclude(state=SubmissionState.REPLACED)
    )


def looked_answer(
    *, study_id: int, collecting_id: int, submission_id: int, viewer: Account, at: datetime
) -> LookedAnswer:
    """Return one form to look at, or settled, and all that it says. Eight SQL queries at most.

    Raises:
        NotFound: no such form in this collection, or nothing to look at in it.
        NotAllowed: as :func:`looking`.
    """
    name = _name(study_id, collecting_id, viewer)
    row = (
        Submission.objects.select_related("case")
        .filter(pk=submission_id, collecting_id=collecting_id)
        .first()
    )
    settled = Settlement.objects.filter(submission_id=submission_id).first()
    if row is None or not (row.flags or row.state == SubmissionState.AWAITED or settled):
        raise NotFound
    filling = filling_kept(row, at)
    values = {f"{PREFIX}{one.address}": filling.value(one.address) for one in filling.sheet.places}
    return LookedAnswer(
        _line(row, settled, _name_of(settled)),
        name,
        _answers(filling),
        tuple((one.name, bool(one.sha256)) for one in row.attachments.order_by("name")),
        row.sheet_id is not None,
        row.state == SubmissionState.DISPUTED,
        hand_fields(filling, values, {}),
    )


def filling_kept(row: Submission, at: datetime) -> Filling:
    """Return a form as it is kept, ready to be read or corrected. No SQL query of its own."""
    return filling_of(
        read_submission(bytes(row.content)),
        published_form(row.published_id),
        at=at,
        chance=np.random.default_rng(0),
        language=form_language(row.published_id, reader_language()),
    )


def _name(study_id: int, collecting_id: int, viewer: Account) -> str:
    for verb in (Verb.EDIT_STUDY, Verb.READ_CORPUS):
        require(actor=viewer, verb=verb, study_id=study_id)
    named = collecting_of(study_id, collecting_id).published.questionnaire
    return said(named.name_fr, named.name_en)


def _name_of(settled: Settlement | None) -> str:
    by = "" if settled is None else settled.decided_by
    return names_of_actors({by})[by] if by else ""


def _line(row: Submission, settled: Settlement | None, decided_by: str = "") -> LookedLine:
    flags = row.flags if settled is None else settled.before["flags"]
    awaited = (row.state if settled is None else settled.before["state"]) == SubmissionState.AWAITED
    words = {one.value: str(one.label) for one in Flag}
    why = [words.get(flag, flag) for flag in flags]
    why += [str(SubmissionState.AWAITED.label)] if awaited else []
    return LookedLine(
        row.pk,
        said(row.case.short_fr or row.case.name_fr, row.case.short_en or row.case.name_en),
        str(Way(row.way).label),
        tuple(why),
        "" if settled is None else str(Decision(settled.decision).label),
        "" if settled is None else settled.reason,
        decided_by,
    )


def _answers(filling: Filling) -> tuple[tuple[str, str, str], ...]:
    language = reader_language()
    wrong = {one.address: one.words or one.message.to(language) for one in faults_of(filling)}
    found = []
    for place in filling.sheet.places:
        value, told = filling.value(place.address), wrong.get(place.address, "")
        if place.node.kind in _SILENT or "/meta/" in place.address or not (value or told):
            continue
        labels = dict(filling.choices(place.address)) if place.node.kind in CHOSEN else {}
        words = [labels.get(part, part) for part in value.split()] if labels else [value]
        question = filling.label(place.address) or place.node.name
        found.append((question, ", ".join(words), told))
    return tuple(found)
