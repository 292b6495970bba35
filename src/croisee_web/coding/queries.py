"""Questions one may ask about codes and excerpts. Nothing here writes.

For the slices above, which compose the whole study; nothing here asks who is looking.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy

from croisee_web.coding.models import Code, Coding, Excerpt
from croisee_web.corpus.queries import turns_leaving_with
from croisee_web.people.rules import Held

Row = dict[str, Any]
_PLACE = {
    "document": "turn__document__code",
    "turn": "turn__number",
    "start": "start",
    "end": "end",
}


def dataset_rows(study_id: int) -> dict[str, list[Row]]:
    """Return ``codes``, ``codings`` and ``excerpts`` as a Dataset names their columns.

    Three SQL queries.
    """
    texts = ("label_fr", "label_en", "definition_fr", "definition_en", "kind", "sensitive")
    codes = _rows(
        Code.objects.filter(study_id=study_id).order_by("position", "pk"),
        {"code": "code", "parent": "parent__code", **{name: name for name in texts}},
    )
    return {
        "codes": [{**row, "parent": row["parent"] or ""} for row in codes],
        "codings": _rows(
            Coding.objects.filter(code__study_id=study_id).order_by("pk"),
            {**_PLACE, "code": "code__code", "coder": "coder"},
        ),
        "excerpts": _rows(
            Excerpt.objects.filter(study_id=study_id).order_by("pk"), {"key": "key", **_PLACE}
        ),
    }


def _rows(found: Any, columns: dict[str, str]) -> list[Row]:
    lines = found.values_list(*columns.values()).iterator(chunk_size=5000)
    return [dict(zip(columns, line, strict=True)) for line in lines]


def excerpt_keys_leaving_with(study_id: int, participant: str) -> tuple[str, ...]:
    """Return the keys of the excerpts that leave when somebody withdraws. One SQL query."""
    found = Excerpt.objects.filter(turn__in=turns_leaving_with(study_id, participant))
    return tuple(found.order_by("key").values_list("key", flat=True))


def told_of_participant(study_id: int, participant: str) -> tuple[Held, ...]:
    """Return the passages of somebody's words chosen as quotes. One SQL query.

    Codes on her words are the team's reading, not what she gave: they are not told.
    """
    rows = (
        Excerpt.objects.filter(study_id=study_id, turn__participant__code=participant)
        .order_by("pk")
        .values_list("turn__text", "start", "end")
    )
    lines = tuple({"paroles": text[start:end]} for text, start, end in rows)
    return (Held(gettext_lazy("Passages choisis comme citations"), lines),) if lines else ()
