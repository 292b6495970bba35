"""Questions one may ask about a study's policy. Nothing here writes."""

from __future__ import annotations

from dataclasses import fields
from datetime import date

from croisee import study as library
from croisee.disclosure.manner import CONFIDENTIAL, band
from croisee_web.disclosure.models import Policy, SealedRelease, Waiver
from croisee_web.disclosure.vocabulary import WaiverKind
from croisee_web.study.models import Study
from croisee_web.study.rules.collected import Band

THRESHOLDS = tuple(
    one.name for one in fields(library.Policy) if one.name not in {"exceptions", "agreements"}
)
"""The fields of a policy that are columns of its row."""


def participation_band(study_id: int) -> Band | None:
    """Return how participation may be told outside the team, ``None`` where it is exact.

    ``docs/methods/divulgation.md`` §3.1. One SQL query.
    """
    row = Policy.objects.filter(study_id=study_id).values_list("participation", "t_sensitive")
    chosen = row.first()
    if chosen is None or chosen[0] != CONFIDENTIAL:
        return None
    threshold = chosen[1]

    def told(answered: int, frame: int | None) -> tuple[int, int] | None:
        value = band(answered, frame, threshold)
        return None if value is None else (value.lo, value.hi)

    return told


def sealed_release(study_id: int, edition: str, opens_on: date) -> str:
    """Return the sealed release that counts what a collection opened on a day received, or "".

    A release counts the editions that its study names for it, all where it names none; a
    collection opened after its arrest date is not in it. Two SQL queries.
    """
    study = Study.objects.filter(pk=study_id).values_list("release_code", "release_editions")
    code, editions = study.first() or ("", [])
    sealed = SealedRelease.objects.filter(study_id=study_id, arrested_on__gte=opens_on)
    for found in sealed.order_by("pk").values_list("code", flat=True):
        if found != code or not editions or edition in editions:
            return found
    return ""


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
