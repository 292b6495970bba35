"""Questions one may ask about verbatims. Nothing here writes.

For the slices above, which compose the whole study; nothing here asks who is looking.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice
from typing import Any

import pyarrow as pa

from croisee.dataset import TABLES
from croisee.deidentify import Decision, MaskEntry, PassageReview, Reviews
from croisee_web.corpus.models import (
    Document,
    MaskedName,
    ReviewDecision,
    ReviewedPassage,
    Turn,
)
from croisee_web.people.queries import study_cipher

_BATCH = 5000


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
