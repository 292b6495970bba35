"""Questions one may ask about verbatims. Nothing here writes.

For the slices above, which compose the whole study; nothing here asks who is looking.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice
from typing import Any

import pyarrow as pa
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy

from croisee.dataset import TABLES
from croisee.deidentify import Decision, MaskEntry, PassageReview, Reviews
from croisee.study import MethodKind
from croisee_web.corpus.models import (
    Document,
    MaskedName,
    ReviewDecision,
    ReviewedPassage,
    Turn,
)
from croisee_web.people.queries import study_cipher
from croisee_web.people.rules import Held
from croisee_web.study.rules.collected import Received

_BATCH = 5000


def received_of(study_id: int) -> tuple[Received, ...]:
    """Return how many verbatims belong to no session: each stands for one. One SQL query."""
    rows = (
        Document.objects.filter(study_id=study_id, session=None)
        .exclude(method__kind=MethodKind.SURVEY.value)
        .values_list("method_id", "case_id", "edition")
        .annotate(n=Count("pk"))
        .order_by()
    )
    return tuple(Received(*row) for row in rows)


def dataset_tables(study_id: int) -> dict[str, pa.Table]:
    """Return ``documents`` and ``turns`` as a Dataset holds them. Two SQL queries, streamed."""
    documents = Document.objects.filter(study_id=study_id).order_by("pk")
    turns = Turn.objects.filter(document__study_id=study_id).order_by("document_id", "number")
    return {
        "documents": _table(
            "documents",
            documents,
            ("code", "file", "case__code", "component", "method__code", "session__code",
             "edition", "held_on"),
        ),
        "turns": _table(
            "turns",
            turns,
            ("document__code", "number", "speaker", "participant__code", "text", "start", "end"),
        ),
    }  # fmt: skip


def _table(name: str, found: Any, columns: tuple[str, ...]) -> pa.Table:
    """Return a table whose columns come in the schema's order; nobody and no session are ""."""
    schema = TABLES[name]
    return pa.Table.from_batches(_batches(found, columns, schema), schema)


def _batches(found: Any, columns: tuple[str, ...], schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    lines = found.values_list(*columns).iterator(chunk_size=_BATCH)
    while batch := list(islice(lines, _BATCH)):
        arrays = [
            pa.array(
                ["" if value is None else value for value in cells]
                if field.type == pa.string()
                else cells,
                field.type,
            )
            for cells, field in zip(zip(*batch, strict=True), schema, strict=True)
        ]
        yield pa.record_batch(arrays, schema=schema)


def registry(study_id: int) -> tuple[MaskEntry, ...]:
    """Return the names to mask, opened with the study's key, in order. One SQL query.

    Raises:
        KeyMissing: the study's key was not restored with the database.
    """
    rows = MaskedName.objects.filter(study_id=study_id).order_by("position")
    sealed = list(rows.values_list("sealed", flat=True))
    if not sealed:
        return ()
    cipher = study_cipher(study_id)
    opened = (json.loads(cipher.open(bytes(one))) for one in sealed)
    return tuple(
        MaskEntry(text, kind, replacement, tuple(variants))
        for text, kind, replacement, variants in opened
    )


def reviews(study_id: int) -> Reviews:
    """Return what people decided and read, as it was written. Two SQL queries."""
    decisions = (
        ReviewDecision.objects.filter(turn__document__study_id=study_id)
        .select_related("turn__document")
        .order_by("pk")
    )
    passages = ReviewedPassage.objects.filter(document__study_id=study_id).order_by("pk")
    return Reviews(
        tuple(
            Decision(
                row.turn.document.code,
                row.turn.number,
                row.start,
                row.end,
                row.turn.text[row.start : row.end],
                row.kind,
                row.decision,
                row.replacement,
                row.by,
                row.on,
            )
            for row in decisions.iterator(chunk_size=_BATCH)
        ),
        tuple(
            PassageReview(*row)
            for row in passages.values_list(
                "document__code", "turn__number", "reviewed", "by", "on"
            )
        ),
    )


def documents_to_review(study_id: int) -> int:
    """Return how many verbatims nobody has read for names yet, not even in part. One SQL query."""
    read = ReviewedPassage.objects.filter(document=OuterRef("pk"), reviewed=True)
    return Document.objects.filter(~Exists(read), study_id=study_id).count()


def documents_alone_with(study_id: int, participant: str) -> QuerySet[Document]:
    """Return the documents where nobody else of the register speaks.

    The questions put to her there say what she said: they leave with her.
    """
    spoken = Turn.objects.filter(document__study_id=study_id, participant__isnull=False)
    hers = spoken.filter(participant__code=participant).values("document")
    others = spoken.exclude(participant__code=participant).values("document")
    return Document.objects.filter(pk__in=hers).exclude(pk__in=others)


def turns_leaving_with(study_id: int, participant: str) -> QuerySet[Turn]:
    """Return the turns that leave when somebody withdraws: hers, and documents of hers alone."""
    hers = Q(document__study_id=study_id, participant__code=participant)
    alone = Q(document__in=documents_alone_with(study_id, participant))
    return Turn.objects.filter(hers | alone)


def told_of_participant(study_id: int, participant: str) -> tuple[Held, ...]:
    """Return somebody's own words, turn by turn. One SQL query."""
    rows = (
        Turn.objects.filter(document__study_id=study_id, participant__code=participant)
        .order_by("document_id", "number")
        .values_list("document__code", "number", "text")
    )
    lines = tuple(
        {"document": document, "tour": str(number), "paroles": text}
        for document, number, text in rows
    )
    return (Held(gettext_lazy("Tours de parole"), lines),) if lines else ()
