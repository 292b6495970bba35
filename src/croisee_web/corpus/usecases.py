"""Writing verbatims, the names to mask, and what people reviewed; removing somebody's words."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

import pyarrow as pa
from django.db import transaction
from django.utils.translation import gettext_lazy

from croisee.deidentify import MaskEntry, Reviews
from croisee_web.access.models import Account
from croisee_web.access.queries import require
from croisee_web.access.vocabulary import Verb
from croisee_web.corpus.models import (
    Document,
    MaskedName,
    ReviewDecision,
    ReviewedPassage,
    Turn,
)
from croisee_web.corpus.queries import documents_alone_with
from croisee_web.corpus.vocabulary import CORPUS_WRITTEN
from croisee_web.fieldwork.models import Session
from croisee_web.journal.usecases import record
from croisee_web.people.models import Participant
from croisee_web.people.queries import study_cipher
from croisee_web.people.rules import Removal
from croisee_web.study.models import Case, Method

_BATCH = 2000
TurnNumbers = dict[tuple[str, int], int]
"""(document, number) → the turn's line."""


@transaction.atomic
def write_corpus(
    *,
    study_id: int,
    tables: Mapping[str, pa.Table],
    registry: Iterable[MaskEntry],
    reviews: Reviews,
    actor: Account,
    at: datetime,
) -> None:
    """Write the documents of a study that has none yet; the queries of this slice undo it.

    ``tables``: ``documents`` and ``turns`` of a Dataset. Names to mask are encrypted with the
    study's key. What people decided of a turn that is not there is left out.

    Raises:
        NotFound, NotAllowed: the actor may not import in this study.
    """
    require(actor=actor, verb=Verb.EXCHANGE, study_id=study_id)
    documents = _documents(study_id, tables["documents"])
    turns = _turns(study_id, documents, tables["turns"])
    _names(study_id, registry)
    _reviews(documents, turns, reviews)
    record(
        act=CORPUS_WRITTEN,
        actor=actor.label,
        at=at,
        study_id=study_id,
        documents=len(documents),
        turns=len(turns),
    )


def _numbers(model: Any, study_id: int) -> dict[str, int]:
    return dict(model.objects.filter(study_id=study_id).values_list("code", "pk"))


def _documents(study_id: int, table: pa.Table) -> dict[str, int]:
    cases, methods = _numbers(Case, study_id), _numbers(Method, study_id)
    sessions = _numbers(Session, study_id)
    written = Document.objects.bulk_create(
        (
            Document(
                study_id=study_id,
                code=row["document"],
                file=row["file"],
                case_id=cases[row["case"]],
                component=row["component"],
                method_id=methods[row["method"]],
                session_id=sessions.get(row["session"]),
                edition=row["edition"],
                held_on=row["held_on"],
            )
            for row in table.to_pylist()
        ),
        batch_size=_BATCH,
    )
    return {document.code: document.pk for document in written}


def _turns(study_id: int, documents: Mapping[str, int], table: pa.Table) -> TurnNumbers:
    people = _numbers(Participant, study_id)
    numbers: TurnNumbers = {}
    for batch in table.to_batches(max_chunksize=_BATCH):
        rows = batch.to_pylist()
        written = Turn.objects.bulk_create(
            Turn(
                document_id=documents[row["document"]],
                number=row["turn"],
                speaker=row["speaker"],
                participant_id=people.get(row["participant"]),
                text=row["text"],
                start=row["start"],
                end=row["end"],
            )
            for row in rows
        )
        for row, turn in zip(rows, written, strict=True):
            numbers[row["document"], row["turn"]] = turn.pk
    return numbers


def _names(study_id: int, registry: Iterable[MaskEntry]) -> None:
    cipher = study_cipher(study_id)
    MaskedName.objects.bulk_create(
        MaskedName(
            study_id=study_id,
            position=position,
            sealed=cipher.seal(
                json.dumps(
                    [entry.text, entry.kind, entry.replacement, list(entry.variants)],
                    ensure_ascii=False,
                )
            ),
        )
        for position, entry in enumerate(registry)
    )


def _reviews(documents: Mapping[str, int], turns: TurnNumbers, reviews: Reviews) -> None:
    ReviewDecision.objects.bulk_create(
        (
            ReviewDecision(
                turn_id=turns[one.document, one.turn],
                start=one.start,
                end=one.end,
                kind=one.kind,
                decision=one.decision,
                replacement=one.replacement,
                by=one.by,
                on=one.on,
            )
            for one in reviews.decisions
            if (one.document, one.turn) in turns
        ),
        batch_size=_BATCH,
    )
    ReviewedPassage.objects.bulk_create(
        (
            ReviewedPassage(
                document_id=documents[one.document],
                turn_id=None if one.turn is None else turns[one.document, one.turn],
                reviewed=one.reviewed,
                by=one.by,
                on=one.on,
            )
            for one in reviews.passages
            if one.document in documents and (one.turn is None or (one.document, one.turn) in turns)
        ),
        batch_size=_BATCH,
    )


def erase_participant(study_id: int, participant: str, at: datetime) -> tuple[Removal, ...]:
    """Remove somebody's words and what was decided of them; others' words stay.

    A document where nobody else of the register speaks goes whole, questions included.
    """
    del at
    hers = Turn.objects.filter(document__study_id=study_id, participant__code=participant)
    turns = hers.count()
    alone = list(documents_alone_with(study_id, participant).values_list("pk", flat=True))
    hers.delete()
    Document.objects.filter(pk__in=alone).delete()
    return (
        Removal(gettext_lazy("Tours de parole"), turns),
        Removal(gettext_lazy("Documents entiers, questions comprises"), len(alone)),
    )


def destroy_words(study_id: int, at: datetime) -> tuple[Removal, ...]:
    """Remove every verbatim of a study at the end of its retention, and the names to mask.

    Whoever speaks, known by a code or not; what was decided of the words goes with them.
    """
    del at
    turns = Turn.objects.filter(document__study_id=study_id).count()
    documents = Document.objects.filter(study_id=study_id)
    count = documents.count()
    documents.delete()
    names = MaskedName.objects.filter(study_id=study_id).delete()[0]
    return (
        Removal(gettext_lazy("Tours de parole"), turns),
        Removal(gettext_lazy("Documents entiers, questions comprises"), count),
        Removal(gettext_lazy("Noms à masquer"), names),
    )
