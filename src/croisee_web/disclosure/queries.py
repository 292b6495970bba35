"""Questions one may ask about a study's policy. Nothing here writes."""

from __future__ import annotations

from dataclasses import fields

from croisee import study as library
from croisee_web.disclosure.models import Policy, Waiver
from croisee_web.disclosure.vocabulary import WaiverKind

THRESHOLDS = tuple(
    one.name for one in fields(library.Policy) if one.name not in {"exceptions", "agreements"}
)
"""The fields of a policy that are columns of its row."""


def policy_of(study_id: int) -> library.Policy:
    """Return a study's policy, the usual one when none was written. Two SQL queries."""
    row = Policy.objects.filter(study_id=study_id).first()
    decided: dict[str, list[library.Waiver]] = {kind: [] for kind in WaiverKind.values}
    for one in Waiver.objects.filter(study_id=study_id).order_by("position"):
        decided[one.kind].append(
            library.Waiver(one.about, one.reason, one.decided_by, one.decided_on)
        )
    return library.Policy(
        **({} if row is None else {name: getattr(row, name) for name in THRESHOLDS}),
        exceptions=tuple(decided[WaiverKind.EXCEPTION]),
        agreements=tuple(decided[WaiverKind.AGREEMENT]),
    )
