"""Removing somebody's quotes from what a team writes; the wording is the team's and stays."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy

from croisee.disclosure import Register
from croisee_web.analysis.queries import register_folder
from croisee_web.coding.queries import excerpt_keys_leaving_with
from croisee_web.disclosure.models import SealedRelease
from croisee_web.people.rules import Removal
from croisee_web.report.models import Finding, FindingVersion, LeafletContent


def erase_participant(study_id: int, participant: str, at: datetime) -> tuple[Removal, ...]:
    """Take somebody's quotes out of findings, leaflets and the register, before the excerpts go."""
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
    for version in FindingVersion.objects.filter(finding__study_id=study_id):
        quoted = version.content.get("quotes", [])
        if gone & set(quoted):
            # An excerpt's key is often made of its words.
            version.content["quotes"] = [key for key in quoted if key not in gone]
            version.save(update_fields=["content"])
    if gone and SealedRelease.objects.filter(study_id=study_id).exists():
        # At once: the run that takes other quotes out with hers may be minutes away.
        folder = register_folder(study_id)
        transaction.on_commit(lambda: Register.open(folder).silence(gone), robust=True)
    return (Removal(gettext_lazy("Citations dans les constats et les feuillets"), removed),)
