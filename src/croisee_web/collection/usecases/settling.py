"""Deciding of filled forms that were flagged: kept as they are, corrected by hand, set aside."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from croisee.questionnaire.submission import read_submission, with_files
from croisee_web.access.models import Account
from croisee_web.access.queries import require
from croisee_web.access.vocabulary import Verb
from croisee_web.collection.models import AnswerSheet, Collecting, Settlement, Submission
from croisee_web.collection.models import random_number as drawn
from croisee_web.collection.queries.held import locked_collecting
from croisee_web.collection.queries.settling import filling_kept
from croisee_web.collection.rules.by_hand import corrected
from croisee_web.collection.rules.reading import read_filled, without_traces
from croisee_web.collection.usecases.by_hand import NotTyped
from croisee_web.collection.usecases.conducting import CollectingRefused
from croisee_web.collection.usecases.intake.shuffling import shuffle
from croisee_web.collection.vocabulary import (
    ANSWER_SETTLED,
    ANSWER_UNSETTLED,
    Decision,
    SubmissionState,
)
from croisee_web.instruments.queries import published_form, published_lines
from croisee_web.journal.usecases import record
from croisee_web.kit.errors import NotFound
from croisee_web.study.queries import reader_language

LONGEST_REASON = 500
_KEPT = ("respondent", "component", "organisation", "weight", "answers")


@transaction.atomic
def settle(
    *,
    collecting_id: int,
    submission_id: int,
    decision: Decision,
    reason: str,
    sent: Mapping[str, str],
    actor: Account,
    at: datetime,
) -> None:
    """Decide of a filled form to look at; another decision on it is undone first.

    Kept, one that waits for files enters the answers without them. Corrected with what was
    ``sent``, it says what was decided; what came stays beside. Set aside, it leaves the answers.

    Raises:
        NotFound, NotAllowed: no such form, or the actor does not conduct collections, or may not
            read answers.
        CollectingRefused: the reason is missing, or this form cannot be settled so.
        NotTyped: an answer does not fit its question.
    """
    row = _conducted(collecting_id, actor)
    one = _form(row, submission_id)
    told = reason.strip()[:LONGEST_REASON]
    if decision != Decision.KEPT and not told:
        raise CollectingRefused(_("Dites pourquoi : une autre personne doit pouvoir comprendre."))
    _undo(one)
    made = Settlement(
        submission=one,
        decision=decision,
        reason=told,
        decided_by=actor.label,
        before={"flags": one.flags, "state": one.state, "sheet": _sheet_said(one.sheet)},
    )
    if decision == Decision.ASIDE:
        _set_aside(one)
    elif decision == Decision.CORRECTED:
        made.received = one.content
        _correct(row, one, sent, at)
    elif one.state == SubmissionState.AWAITED:
        _enter(row, one, at)
    one.flags = []
    one.save()
    made.save()
    _end(ANSWER_SETTLED, row, one, actor, at, how=decision.value)


@transaction.atomic
def unsettle(*, collecting_id: int, submission_id: int, actor: Account, at: datetime) -> None:
    """Undo what was decided of a filled form: it is to be looked at again.

    Raises:
        NotFound, NotAllowed: as :func:`settle`.
        CollectingRefused: nothing was decided.
    """
    row = _conducted(collecting_id, actor)
    one = _form(row, submission_id)
    if not _undo(one):
        raise CollectingRefused(_("Rien n’est décidé pour cette réponse."))
    _end(ANSWER_UNSETTLED, row, one, actor, at)


def _conducted(collecting_id: int, actor: Account) -> Collecting:
    row = locked_collecting(collecting_id, actor)
    require(actor=actor, verb=Verb.READ_CORPUS, study_id=row.study_id)
    return row


def _form(row: Collecting, submission_id: int) -> Submission:
    found = (
        Submission.objects.select_for_update(of=("self",))
        .select_related("collecting", "published__instrument", "sheet", "link")
        .filter(pk=submission_id, collecting=row)
        .first()
    )
    if found is None:
        raise NotFound
    if found.state == SubmissionState.REPLACED:
        raise CollectingRefused(_("Une réponse plus récente a pris la place de celle-ci."))
    return found


def _sheet_said(sheet: AnswerSheet | None) -> dict[str, Any] | None:
    return None if sheet is None else {name: getattr(sheet, name) for name in _KEPT}


def _undo(one: Submission) -> bool:
    """Put a form back as it was before a decision; return whether there was one."""
    made = Settlement.objects.filter(submission=one).first()
    if made is None:
        return False
    before = made.before
    if before["sheet"] is None:
        _drop_sheet(one)
    elif one.sheet is None:
        _refuse_taken(one, before["sheet"]["respondent"])
        one.sheet = AnswerSheet.objects.create(**_about(one), **before["sheet"])
    else:
        one.sheet.answers = before["sheet"]["answers"]
        one.sheet.save(update_fields=["answers"])
    one.content = bytes(made.received) or one.content
    one.flags = sorted({*one.flags, *before["flags"]})
    one.state = before["state"]
    one.save()
    made.delete()
    return True


def _about(one: Submission) -> dict[str, Any]:
    return {
        "instrument_id": one.published.instrument_id,
        "edition": one.collecting.edition,
        "case_id": one.case_id,
    }


def _refuse_taken(one: Submission, respondent: str) -> None:
    about = _about(one)
    same = {"instrument_id": about["instrument_id"], "edition": about["edition"]}
    if AnswerSheet.objects.filter(respondent=respondent, **same).exists():
        raise CollectingRefused(_("Une autre réponse de la même personne est déjà comptée."))


def _drop_sheet(one: Submission) -> None:
    sheet, one.sheet = one.sheet, None
    if sheet is not None:
        one.save(update_fields=["sheet"])
        sheet.delete()


def _set_aside(one: Submission) -> None:
    _drop_sheet(one)
    one.state = SubmissionState.ASIDE


def _enter(row: Collecting, one: Submission, at: datetime) -> None:
    """Put in the answers a form that waits for files, without them."""
    link = one.link
    said = "" if link is None else link.participant or link.organisation
    if said:
        _refuse_taken(one, said)
    one.sheet = AnswerSheet.objects.create(
        **_about(one),
        respondent=said or f"r{drawn():x}",
        component="" if link is None else link.component,
        organisation="" if link is None else link.organisation,
        weight="1" if one.published.instrument.weighted else "",
        answers=_answers(row, one, at),
    )
    one.state = SubmissionState.WHOLE


def _answers(row: Collecting, one: Submission, at: datetime) -> dict[str, Any]:
    """Return the answers of a form as it is kept: its files have the names they are kept under."""
    content, form = bytes(one.content), published_form(one.published_id)
    reading = read_filled(
        content,
        with_files(read_submission(content), form),
        form,
        published_lines(one.published_id),
        at=at,
        salt=row.salt,
        anonymous=False,
    )
    return reading.answers


def _correct(row: Collecting, one: Submission, sent: Mapping[str, str], at: datetime) -> None:
    """Write what was decided in the place of what came; the form is still known by its digest."""
    if one.sheet is None:
        raise CollectingRefused(_("Cette réponse n’est pas comptée : acceptez-la d’abord."))
    typed = corrected(filling_kept(one, at), sent, reader_language())
    if typed.wrong:
        raise NotTyped(_("Des réponses ne conviennent pas à leur question."), typed)
    content, form = typed.content, published_form(one.published_id)
    one.content = without_traces(content, form, {}) if row.anonymous else content
    one.sheet.answers = _answers(row, one, at)
    one.sheet.save(update_fields=["answers"])


def _end(
    act: str, row: Collecting, one: Submission, actor: Account, at: datetime, **details: object
) -> None:
    """Tell the journal what was done; where answers are anonymous, not to which one."""
    if row.anonymous:
        shuffle(row.pk, frozenset({one.pk}))
    else:
        details["submission"] = one.pk
    record(act=act, actor=actor.label, at=at, study_id=row.study_id, collecting=row.pk, **details)
