"""Removing somebody's quotes from what a team writes; the wording is the team's and stays."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy

from croisee_web.coding.queries import excerpt_keys_leaving_with
from croisee_web.people.rules import Removal
from croisee_web.report.models import Finding, LeafletContent


def erase_participant(study_id: int, participant: str, at: datetime) -> tuple[Removal, ...]:
    """Take somebody's quotes out of findings and leaflets, before the excerpts go."""
    del at
    gone = set(excerpt_keys_leaving_with(study_id, participant))
    removed = 0
    writings: tuple[Finding | LeafletContent, ...] = (
        *Finding.objects.filter(study_id=study_id),
        *LeafletContent.objects.filter(case__study_id=study_id),
    )
    for one in writings:
        kept = [key for key in one.quotes if key not in gone]
        if len(kept) < len(one.quotes):
            removed += len(one.quotes) - len(kept)
            one.quotes = kept
            one.save(update_fields=["quotes"])
    return (Removal(gettext_lazy("Citations dans les constats et les feuillets"), removed),)
