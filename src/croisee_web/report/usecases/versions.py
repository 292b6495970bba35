"""A finding's wordings are kept, one by one, and nobody overwrites another's in silence."""

from __future__ import annotations

from datetime import datetime

from croisee_web.access.models import Account
from croisee_web.analysis.usecases import mark_results_stale
from croisee_web.journal.usecases import record
from croisee_web.report.models import Finding, FindingVersion
from croisee_web.report.queries.described import text_of
from croisee_web.report.rules import kept_text


def next_version(*, finding: Finding, act: str, notes: str, actor: Account, at: datetime) -> None:
    """Keep a finding as it was and note the act; the caller then saves what it becomes.

    ``notes``: what networks had answered.
    """
    row = Finding.objects.get(pk=finding.pk)
    FindingVersion.objects.create(
        finding=row,
        number=row.version,
        content={**kept_text(text_of(row)), "notes": notes, "withdrawn": bool(row.withdrawn_at)},
        by=actor.label,
        at=at,
    )
    finding.version = row.version + 1
    finding.save()
    mark_results_stale(study_id=finding.study_id, actor=actor.label, at=at)
    record(
        act=act,
        actor=actor.label,
        at=at,
        study_id=finding.study_id,
        finding=finding.pk,
        version=finding.version,
    )
