"""What networks answer to findings, as it is printed. Nothing here writes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from croisee_web.report.models import NetworkStance
from croisee_web.report.vocabulary import Stance


def last_stances(rows: Iterable[NetworkStance]) -> dict[str, NetworkStance]:
    """Return the answer that counts, the last, of each network, by its code, in order."""
    found: dict[str, NetworkStance] = {}
    for row in sorted(rows, key=lambda row: row.pk):
        found.pop(row.case.code, None)
        found[row.case.code] = row
    return found


def notes_of(rows: Iterable[NetworkStance]) -> str:
    """Return the notes of the networks that dispute a finding, one a paragraph."""
    return "\n\n".join(
        f"{row.case.short_fr} : {row.note}"
        for row in last_stances(rows).values()
        if row.stance == Stance.DISPUTED
    )


def notes_by_finding(study_id: int) -> dict[int, str]:
    """Return the notes to print with each finding of a study. One SQL query."""
    rows: dict[int, list[NetworkStance]] = defaultdict(list)
    told = NetworkStance.objects.filter(finding__study_id=study_id).select_related("case")
    for row in told:
        rows[row.finding_id].append(row)
    return {finding: notes_of(answers) for finding, answers in rows.items()}
