"""Writing the codebook, its uses, and the passages chosen as quotes; removing somebody's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy

from croisee_web.access.models import Account
from croisee_web.access.queries import require
from croisee_web.access.vocabulary import Verb
from croisee_web.coding.models import Code, Coding, Excerpt
from croisee_web.coding.vocabulary import CODING_WRITTEN
from croisee_web.corpus.models import Turn
from croisee_web.corpus.queries import turns_leaving_with
from croisee_web.journal.usecases import record
from croisee_web.people.rules import Removal

_BATCH = 2000
Rows = Iterable[Mapping[str, Any]]


@transaction.atomic
def write_coding(
    *, study_id: int, tables: Mapping[str, Rows], actor: Account, at: datetime
) -> None:
    """Write codes, codings and excerpts of a study that has none yet.

    ``tables`` are named as in :mod:`croisee.dataset.schema`; ``queries.dataset_rows`` undoes
    it. The turns are there already.

    Raises:
        NotFound, NotAllowed: the actor may not import in this study.
    """
    require(actor=actor, verb=Verb.EXCHANGE, study_id=study_id)
    codes = _codes(study_id, list(tables.get("codes", ())))
    turns = {
        (document, number): pk
        for document, number, pk in Turn.objects.filter(document__study_id=study_id)
        .order_by()
        .values_list("document__code", "number", "pk")
    }
    codings = Coding.objects.bulk_create(
        (
            Coding(
                code_id=codes[row["code"]],
                turn_id=turns[row["document"], row["turn"]],
                start=row["start"],
                end=row["end"],
                coder=row["coder"],
            )
            for row in tables.get("codings", ())
        ),
        batch_size=_BATCH,
    )
    Excerpt.objects.bulk_create(
        (
            Excerpt(
                study_id=study_id,
                key=row["key"],
                turn_id=turns[row["document"], row["turn"]],
                start=row["start"],
                end=row["end"],
            )
            for row in tables.get("excerpts", ())
        ),
        batch_size=_BATCH,
    )
    record(
        act=CODING_WRITTEN,
        actor=actor.label,
        at=at,
        study_id=study_id,
        codes=len(codes),
        codings=len(codings),
    )


def _codes(study_id: int, rows: list[Mapping[str, Any]]) -> dict[str, int]:
    """Write the codes, then say which is under which."""
    written = {
        row["code"]: Code(
            study_id=study_id,
            code=row["code"],
            position=position,
            label_fr=row["label_fr"],
            label_en=row["label_en"],
            definition_fr=row["definition_fr"],
            definition_en=row["definition_en"],
            kind=row["kind"],
            sensitive=row["sensitive"],
        )
        for position, row in enumerate(rows)
    }
    Code.objects.bulk_create(written.values(), batch_size=_BATCH)
    below = [row for row in rows if row["parent"]]
    for row in below:
        written[row["code"]].parent = written[row["parent"]]
    Code.objects.bulk_update([written[row["code"]] for row in below], ["parent"], _BATCH)
    return {code: row.pk for code, row in written.items()}


def erase_participant(study_id: int, participant: str, at: datetime) -> tuple[Removal, ...]:
    """Remove the codings and the excerpts of somebody's words, before the words themselves."""
    del at
    turns = list(turns_leaving_with(study_id, participant).values_list("pk", flat=True))
    excerpts = Excerpt.objects.filter(turn__in=turns).delete()[0]
    codings = Coding.objects.filter(turn__in=turns).delete()[0]
    return (
        Removal(gettext_lazy("Passages choisis comme citations"), excerpts),
        Removal(gettext_lazy("Codes posés sur les paroles"), codings),
    )
