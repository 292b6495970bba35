"""What anybody is told of a sealed release that changed since. Nothing here writes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from croisee_web.disclosure.models import Amendment
from croisee_web.disclosure.vocabulary import AmendmentAct, AmendmentState


@dataclass(frozen=True, slots=True)
class PublicChange:
    """What anybody is told of a change since the seal: which codes, when. Never why."""

    act: AmendmentAct
    codes: tuple[str, ...]
    on: datetime


def public_changes(*, study_ids: Iterable[int]) -> dict[tuple[int, str], tuple[PublicChange, ...]]:
    """Return, by study and release, what was added, corrected or removed since the seal.

    One SQL query. A quote that is no longer there is not told: the week it left would say
    whose it was (``docs/methods/divulgation.md`` §7.2).
    """
    found: dict[tuple[int, str], list[PublicChange]] = {}
    rows = Amendment.objects.filter(study_id__in=list(study_ids), state=AmendmentState.DONE)
    for row in rows.order_by("done_at", "pk"):
        shown = tuple(code for code in row.codes if not code.startswith("V-"))
        if shown and row.done_at is not None:
            change = PublicChange(AmendmentAct(row.act), shown, row.done_at)
            found.setdefault((row.study_id, row.release_code), []).append(change)
    return {about: tuple(changes) for about, changes in found.items()}
