"""Typing a paper sheet, or a telephone interview; typing some a second time; deciding."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from django.db import transaction
from django.utils.translation import gettext as _

from croisee.questionnaire.filling import Filling
from croisee.questionnaire.submission import filling_of, read_submission
from croisee_web.access.models import Account
from croisee_web.collection.models import Collecting, HandEntry
from croisee_web.collection.queries.answering import form_language
from croisee_web.collection.queries.held import locked_collecting
from croisee_web.collection.rules.by_hand import (
    Typed,
    blank,
    correcting,
    differences,
    typed_in,
)
from croisee_web.collection.rules.filled import Filled
from croisee_web.collection.usecases.conducting import CollectingRefused
from croisee_web.collection.usecases.receiving import receive
from croisee_web.collection.vocabulary import (
    DIFFERENCES_DECIDED,
    ENTERED_BY_HAND,
    ENTERED_TWICE,
    Way,
)
from croisee_web.instruments.queries import published_form
from croisee_web.journal.usecases import record
from croisee_web.kit.errors import NotFound, UseCaseError
from croisee_web.study.queries import reader_language

BY_HAND = (Way.PAPER, Way.INTERVIEW)


class NotTyped(UseCaseError):
    """A sheet that cannot be kept as typed; ``wrong`` says why, by question."""

    http_status = 422

    def __init__(self, text: str, typed: Typed) -> None:
        super().__init__(text)
        self.wrong = typed.wrong


@dataclass(frozen=True, slots=True)
class HandSheet:
    """One sheet as it was typed; ``seed`` and ``begun`` were given with the blank page.

    The same page sent twice is the same sheet.
    """

    sent: Mapping[str, str]
    case: str
    way: Way
    seed: int
    begun: datetime
    organisation: str = ""
    number: str = ""


def enter_sheet(*, collecting_id: int, sheet: HandSheet, actor: Account, at: datetime) -> Typed:
    """Receive a sheet typed by hand, through the same door as the others.

    Raises:
        NotFound, NotAllowed: the actor does not conduct this study's collections.
        NotTyped: an answer is not right; nothing was kept.
        Refused: it cannot be received; the text says why.
    """
    row = _conducted(collecting_id, actor)
    if sheet.way not in BY_HAND:
        raise CollectingRefused(_("Dites si la feuille vient du papier ou d’une entrevue."))
    typed = _typed(row, sheet.sent, sheet.seed, sheet.begun)
    told = receive(
        Filled(
            row.pk,
            typed.content,
            sheet.way,
            case=sheet.case,
            organisation=sheet.organisation,
        ),
        at=at,
    )
    with transaction.atomic():
        _entry, made = HandEntry.objects.get_or_create(
            submission_id=told.submission_id,
            defaults={"number": sheet.number, "seed": sheet.seed, "entered_by": actor.label},
        )
        if made and not row.anonymous:
            _note(ENTERED_BY_HAND, row, actor, at)
    return typed


def draw_one(*, collecting_id: int, actor: Account, at: datetime) -> HandEntry | None:
    """Return a sheet drawn at random among those typed once, by somebody else if it can be."""
    del at
    row = _conducted(collecting_id, actor)
    waiting = list(
        HandEntry.objects.filter(submission__collecting=row, second_by="").exclude(number="")
    )
    others = [one for one in waiting if one.entered_by != actor.label]
    return secrets.choice(others or waiting) if waiting else None


def enter_again(
    *, collecting_id: int, entry_id: int, sent: Mapping[str, str], actor: Account, at: datetime
) -> int:
    """Compare a second typing with the first; return in how many places they differ.

    Raises:
        NotFound, NotAllowed: no such sheet, or the actor does not conduct collections.
        NotTyped: an answer is not right.
    """
    row = _conducted(collecting_id, actor)
    with transaction.atomic():
        entry = _entry(row, entry_id)
        first = _first_typing(entry, at)
        second = _typed(row, sent, entry.seed, at, entry.submission.published_id).filling
        entry.differences, entry.second_by = differences(first, second), actor.label
        entry.save(update_fields=["differences", "second_by"])
        if not row.anonymous:
            _note(ENTERED_TWICE, row, actor, at)
    return len(entry.differences)


def decide(
    *, collecting_id: int, entry_id: int, kept: Mapping[str, str], actor: Account, at: datetime
) -> int:
    """Settle the differences of a sheet typed twice, under the actor's name.

    ``kept``: ``premiere`` or ``seconde`` by address. Returns how many answers changed; the sheet
    is then received again, in place of the first.

    Raises:
        NotFound, NotAllowed: no such sheet, or the actor does not conduct collections.
        CollectingRefused: a difference is left without a decision.
    """
    row = _conducted(collecting_id, actor)
    entry = _entry(row, entry_id)
    if any(
        kept.get(address) not in {"premiere", "seconde"} for address, *_two in entry.differences
    ):
        raise CollectingRefused(_("Choisissez une réponse pour chaque différence."))
    changed = {
        address: second
        for address, _first, second in entry.differences
        if kept[address] == "seconde"
    }
    number = entry.submission_id
    if changed:
        number = _replace(row, entry, changed, at)
    with transaction.atomic():
        HandEntry.objects.filter(pk=entry.pk).update(
            submission_id=number, decided_by=actor.label, differences=[]
        )
        if not row.anonymous:
            _note(DIFFERENCES_DECIDED, row, actor, at)
    return len(changed)


def _first_typing(entry: HandEntry, at: datetime) -> Filling:
    """Return the sheet as it was typed first."""
    submission = entry.submission
    return filling_of(
        read_submission(bytes(submission.content)),
        published_form(submission.published_id),
        at=at,
        chance=np.random.default_rng(entry.seed),
        language=form_language(submission.published_id, reader_language()),
    )


def _replace(row: Collecting, entry: HandEntry, changed: Mapping[str, str], at: datetime) -> int:
    """Receive the sheet again with what was decided; return its new number."""
    first = _first_typing(entry, at)
    old = blank(published_form(entry.submission.published_id), seed=entry.seed, at=at, language="")
    again = blank(
        published_form(entry.submission.published_id), seed=entry.seed + 1, at=at, language=""
    )
    own = next(
        (one.address for one in again.sheet.places if one.address.endswith("/instanceID")), ""
    )
    values = {key: value for key, value in first.values().items() if key != own}
    again.set_many({**values, **changed})
    told = receive(
        Filled(
            row.pk,
            correcting(Typed(again, {}, 0).content, old.value(own)),
            Way(entry.submission.way),
            case=entry.submission.case.code,
            organisation=entry.submission.sheet.organisation if entry.submission.sheet else "",
        ),
        at=at,
    )
    return told.submission_id


def _typed(
    row: Collecting, sent: Mapping[str, str], seed: int, at: datetime, published: int = 0
) -> Typed:
    number = published or row.published_id
    language = reader_language()
    sheet = blank(
        published_form(number), seed=seed, at=at, language=form_language(number, language)
    )
    typed = typed_in(sheet, sent, language)
    if typed.wrong:
        raise NotTyped(_("Des réponses ne conviennent pas à leur question."), typed)
    return typed


def _conducted(collecting_id: int, actor: Account) -> Collecting:
    with transaction.atomic():
        return locked_collecting(collecting_id, actor)


def _entry(row: Collecting, entry_id: int) -> HandEntry:
    found = (
        HandEntry.objects.select_related("submission__case", "submission__sheet")
        .filter(pk=entry_id, submission__collecting=row)
        .first()
    )
    if found is None:
        raise NotFound
    return found


def _note(act: str, row: Collecting, actor: Account, at: datetime) -> None:
    record(act=act, actor=actor.label, at=at, study_id=row.study_id, collecting=row.pk)
