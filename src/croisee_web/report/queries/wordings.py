"""The wordings of a finding, one after the other, and what changed between two."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from croisee_web.access.models import Account
from croisee_web.access.queries import require
from croisee_web.access.vocabulary import Verb
from croisee_web.kit.errors import NotFound
from croisee_web.report.models import Finding, FindingVersion
from croisee_web.report.queries.stances import notes_of
from croisee_web.report.rules import FIELDS, Change, ChangedMeanwhile, compared, finding_text
from croisee_web.report.vocabulary import FindingStatus


@dataclass(frozen=True, slots=True)
class Wording:
    """One version of a finding: who wrote it and when; nobody is known for the first.

    ``from_before``: the number of the version before it, 0 for the first.
    """

    number: int
    by: str
    at: datetime | None
    status: str
    from_before: int


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field that differs from a wording to the next, word by word."""

    name: str
    pieces: tuple[tuple[Change, str], ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two wordings of a finding, one after the other."""

    finding: int
    code: str
    before: int
    after: int
    by: str
    at: datetime
    fields: tuple[FieldChange, ...]


def finding_row(study_id: int, finding_id: int) -> Finding:
    """Return a finding of a study.

    Raises:
        NotFound: there is no such finding in it.
    """
    row = Finding.objects.filter(study_id=study_id, pk=finding_id).first()
    if row is None:
        raise NotFound
    return row


def locked_finding(*, study_id: int, finding_id: int, version: int | None = None) -> Finding:
    """Return a finding of a study, held until the transaction ends.

    Raises:
        NotFound: no such finding in this study.
        ChangedMeanwhile: it is no longer the ``version`` that was read.
    """
    finding = Finding.objects.select_for_update().filter(study_id=study_id, pk=finding_id).first()
    if finding is None:
        raise NotFound
    if version is not None and finding.version != version:
        raise ChangedMeanwhile(
            _("Ce constat a changé depuis que vous l’avez lu. Relisez-le, puis répondez.")
        )
    return finding


def wordings(row: Finding) -> tuple[Wording, ...]:
    """Return every version of a finding, latest first: a version was written as another ended."""
    kept = list(FindingVersion.objects.filter(finding=row).order_by("number"))
    labels = dict(FindingStatus.choices)
    found, by, at, before = [], "", None, 0
    for one in kept:
        status = str(labels.get(one.content.get("status", ""), ""))
        found.append(Wording(one.number, by, at, status, before))
        by, at, before = one.by, one.at, one.number
    found.append(Wording(row.version, by, at, row.get_status_display(), before))
    names = _authors(wording.by for wording in found)
    return tuple(
        Wording(one.number, names.get(one.by, one.by), one.at, one.status, one.from_before)
        for one in reversed(found)
    )


def _authors(labels: Iterable[str]) -> dict[str, str]:
    """Return the names of accounts by their labels in the journal. One SQL query."""
    numbers = {label.rpartition(":")[2] for label in labels}
    found = Account.objects.filter(pk__in=[int(one) for one in numbers if one.isdecimal()])
    return {row.label: row.name for row in found}


def wording_compared(
    *, study_id: int, finding_id: int, version: int, viewer: Account
) -> Comparison:
    """Return what one version of a finding changed from the one before. Five SQL queries.

    Raises:
        NotFound: no such finding, or it has no such later version.
        NotAllowed: the viewer may not read the whole study's results.
    """
    require(actor=viewer, verb=Verb.READ_RESULTS, study_id=study_id)
    row = finding_row(study_id, finding_id)
    before = FindingVersion.objects.filter(finding=row, number=version - 1).first()
    if before is None:
        raise NotFound
    after = FindingVersion.objects.filter(finding=row, number=version).first()
    notes = notes_of(row.stances.select_related("case"))
    now = {name: getattr(row, name) for name in FIELDS} | {"notes": notes}
    now["withdrawn"] = row.withdrawn_at is not None
    content = now if after is None else after.content
    return Comparison(
        row.pk,
        row.code,
        before.number,
        version,
        _authors([before.by]).get(before.by, before.by),
        before.at,
        _changes(before.content, content),
    )


def _changes(old: dict[str, Any], new: dict[str, Any]) -> tuple[FieldChange, ...]:
    labels = _field_names()
    one, two = finding_text(old), finding_text(new)
    found = [
        FieldChange(labels[name], compared(_told(getattr(one, name)), _told(getattr(two, name))))
        for name in FIELDS
        if name in old and getattr(one, name) != getattr(two, name)
    ]
    for name in ("notes", "withdrawn"):
        was, now = _told(old.get(name, "")), _told(new.get(name, ""))
        if was != now:
            found.append(FieldChange(labels[name], compared(was, now)))
    return tuple(found)


def _told(value: Any) -> str:
    if isinstance(value, bool):
        return _("oui") if value else _("non")
    if isinstance(value, list | tuple):
        return ", ".join(value)
    labels = dict(FindingStatus.choices)
    return str(labels.get(value, value))


def _field_names() -> dict[str, str]:
    return {
        "title_fr": _("Titre"),
        "title_en": _("Titre en anglais"),
        "text_fr": _("Texte"),
        "text_en": _("Texte en anglais"),
        "status": _("État"),
        "section_fr": _("Section du rapport"),
        "section_en": _("Section en anglais"),
        "cases": _("Réseaux"),
        "figures": _("Figures"),
        "quotes": _("Extraits"),
        "minority_fr": _("Note minoritaire"),
        "minority_en": _("Note minoritaire en anglais"),
        "leaflets": _("Feuillets"),
        "references": _("Références"),
        "literals": _("Nombres relus"),
        "proposal": _("Proposition"),
        "notes": _("Notes des réseaux"),
        "withdrawn": _("Retiré"),
    }
