"""Questions one may ask about sessions and what groups said. Nothing here writes.

For the slices above, which compose the whole study; nothing here asks who is looking.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from croisee_web.fieldwork.models import (
    Allocation,
    Mention,
    MentionGroup,
    Position,
    Presence,
    Ranking,
    Session,
)

Row = dict[str, Any]
_SAID = (
    "session__code",
    "session__case__code",
    "session__edition",
    "theme__code",
    "participant__code",
)
_SAID_NAMES = ("session", "case", "edition", "theme", "participant")


def dataset_rows(study_id: int) -> dict[str, list[Row]]:
    """Return this slice's tables as ``croisee.dataset.schema`` names their columns.

    Seven SQL queries.
    """
    return {
        "sessions": _rows(
            Session.objects.filter(study_id=study_id),
            {
                "session": "code",
                "method": "method__code",
                "case": "case__code",
                "component": "component",
                "edition": "edition",
                "held_on": "held_on",
                "minutes": "minutes",
            },
        ),
        "presences": _rows(
            Presence.objects.filter(session__study_id=study_id),
            {"session": "session__code", "participant": "participant__code"},
        ),
        "positions": _said(Position, study_id, "position", "justification"),
        "rankings": _said(Ranking, study_id, "option", "rank"),
        "allocations": [
            {**row, "amount": Decimal(row["amount"])}
            for row in _said(Allocation, study_id, "option", "amount")
        ],
        "mention_groups": _rows(
            MentionGroup.objects.filter(study_id=study_id),
            {"group": "code", "label_fr": "label_fr", "label_en": "label_en", "order": "order"},
        ),
        "mentions": _rows(
            Mention.objects.filter(group__study_id=study_id),
            {
                "session": "session__code",
                "case": "case__code",
                "edition": "edition",
                "participant": "participant__code",
                "name_fr": "name_fr",
                "name_en": "name_en",
                "group": "group__code",
                "common": "common",
            },
        ),
    }


def _said(model: Any, study_id: int, *columns: str) -> list[Row]:
    names = dict(zip((*_SAID_NAMES, *columns), (*_SAID, *columns), strict=True))
    return _rows(model.objects.filter(session__study_id=study_id), names)


def _rows(found: Any, columns: dict[str, str]) -> list[Row]:
    """Return rows under the Dataset's names; nobody and no session are ""."""
    lines = found.order_by("pk").values_list(*columns.values())
    codes = [name in {"session", "participant"} for name in columns]
    return [
        {
            name: "" if value is None and code else value
            for name, value, code in zip(columns, line, codes, strict=True)
        }
        for line in lines.iterator(chunk_size=5000)
    ]
