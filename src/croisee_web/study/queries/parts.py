"""The rows of a part of a study, as its form shows them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from croisee_web.access.models import Account
from croisee_web.access.queries import require
from croisee_web.study.rules.parts import PARTS


@dataclass(frozen=True, slots=True)
class PartRow:
    """One row: its number, the version to give back with a change, its columns."""

    id: int
    version: int
    values: Mapping[str, Any]


def part_rows(*, study_id: int, part: str, viewer: Account) -> tuple[PartRow, ...]:
    """Return the rows of a part, in its order. Two SQL queries, whatever their number.

    Raises:
        NotAllowed: the viewer may not keep this part.
    """
    kept = PARTS[part]
    require(actor=viewer, verb=kept.verb, study_id=study_id)
    rows = (
        kept.rows.filter(study_id=study_id)
        .order_by(*kept.order)
        .values("pk", "version", *kept.columns)
    )
    return tuple(PartRow(row.pop("pk"), row.pop("version"), row) for row in rows)
