"""Member lists: read, looked at, confirmed or dropped; and members one by one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from croisee.formats import FormatRefused, read_grid, sheets_of
from croisee.studyfolder.memberlist import (
    Decision,
    MemberPart,
    ReadLine,
    without_personal_cells,
)
from croisee_web.access.models import Account
from croisee_web.access.queries import require
from croisee_web.access.vocabulary import Verb
from croisee_web.journal.usecases import record
from croisee_web.kit.errors import NotFound, UseCaseError
from croisee_web.study.models import Case, Component, Edition, MemberList, Organisation
from croisee_web.study.queries.memberlists import Counts, counts_of, member_list, read_again
from croisee_web.study.queries.naming import reader_language
from croisee_web.study.usecases.description import ChangedSince
from croisee_web.study.usecases.parts import CodeTaken
from croisee_web.study.vocabulary import (
    FRAME_CHANGED,
    LIST_CONFIRMED,
    LIST_DROPPED,
    LIST_READ,
)

KEPT_FOR = timedelta(days=7)
"""A list that nobody confirms is forgotten after this long."""
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


class ListUnreadable(UseCaseError):
    """The file is not a list that can be read; the text says why and what to do."""

    http_status = 422


class StillUndecided(UseCaseError):
    """Lines to be looked at were not decided of."""


class MembersArePeople(UseCaseError):
    """A network of people has no list here: their names belong in the vault."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where members go: a network, and a component or an edition of it ("" for all)."""

    case_id: int
    component: str = ""
    edition: str = ""


@transaction.atomic
def read_list(
    *, study_id: int, place: Place, path: Path, file_name: str, actor: Account, at: datetime
) -> int:
    """Read an uploaded list and keep its cells until somebody confirms; return its number.

    Cells that hold people's addresses and telephones are emptied first. Nothing enters the
    frame.

    Raises:
        NotAllowed: the actor may not edit the study.
        NotFound: no such network, component or edition.
        MembersArePeople: the network's members are people.
        ListUnreadable: not a CSV or an XLSX, damaged, hostile, empty or too large.
    """
    require(actor=actor, verb=Verb.EDIT_STUDY, study_id=study_id)
    case = _place(study_id, place)
    if case.individuals:
        raise MembersArePeople(
            _("Les membres de ce réseau sont des personnes : leurs noms restent dans le coffre.")
        )
    try:
        grid, sheets = read_grid(path), sheets_of(path)
    except FormatRefused as refused:
        raise ListUnreadable(_said(refused)) from refused
    lines, emptied = without_personal_cells(grid)
    row = MemberList.objects.create(
        study_id=study_id,
        case=case,
        component=place.component,
        edition=place.edition,
        file_name=_CONTROLS.sub("", file_name)[:200],
        lines=[[number, *(_CONTROLS.sub("", cell) for cell in cells)] for number, cells in lines],
        choices={"emptied": list(emptied), "sheets": list(sheets)},
        started_by=actor.label,
        started_at=at,
    )
    record(
        act=LIST_READ,
        actor=actor.label,
        at=at,
        study_id=study_id,
        case=case.pk,
        lines=len(lines),
    )
    return int(row.pk)


def _place(study_id: int, place: Place) -> Case:
    case = Case.objects.filter(study_id=study_id, pk=place.case_id).first()
    parts = Component.objects.filter(case_id=place.case_id, code=place.component)
    waves = Edition.objects.filter(study_id=study_id, code=place.edition)
    if (
        case is None
        or (place.component and not parts.exists())
        or (place.edition and not waves.exists())
    ):
        raise NotFound
    return case


def _said(refused: FormatRefused) -> str:
    language = reader_language()
    text = f"{refused.message.to(language)} {refused.remedy.to(language)}"
    return (
        _("Ligne %(line)s : %(text)s") % {"line": refused.line, "text": text}
        if refused.line
        else text
    )


@transaction.atomic
def choose_in_list(
    *,
    study_id: int,
    place: Place,
    list_id: int,
    choices: Mapping[str, Any],
    version: int,
    actor: Account,
    at: datetime,
) -> None:
    """Keep what somebody decided of a list: ``header``, ``columns``, ``decisions``.

    ``decisions`` add to those made before; ``keep_rest`` keeps every line not yet decided, as a
    member of its own where it may be one.
    Nothing enters the frame.

    Raises:
        NotAllowed: the actor may not edit the study.
        NotFound: the list is no longer in progress.
        ChangedSince: somebody else chose meanwhile.
    """
    require(actor=actor, verb=Verb.EDIT_STUDY, study_id=study_id)
    row = member_list(study_id=study_id, case_id=place.case_id, list_id=list_id)
    kept = _with_columns(row, choices)
    if "decisions" in choices:
        told = {
            str(number): Decision(decision).value
            for number, decision in choices["decisions"].items()
        }
        kept["decisions"] = {**kept.get("decisions", {}), **told}
    row.choices = kept
    if choices.get("keep_rest"):
        undecided = [one for one in read_again(row).report.lines if one.undecided]
        kept["decisions"] = {
            **kept.get("decisions", {}),
            **{
                str(one.line): (
                    Decision.KEEP if Decision.KEEP in one.choices else Decision.SAME
                ).value
                for one in undecided
            },
        }
    changed = MemberList.objects.filter(pk=row.pk, version=version).update(
        choices=kept, version=version + 1
    )
    if not changed:
        raise ChangedSince
    del at  # a list in progress is journaled when it is read and when it ends


def _with_columns(row: MemberList, choices: Mapping[str, Any]) -> dict[str, Any]:
    """Return the choices with another header or other columns: decisions start again."""
    kept = dict(row.choices)
    if "header" in choices:
        kept.update(header=choices["header"], columns=None, decisions={})
    elif "columns" in choices:
        width = len(row.lines[0]) - 1
        told = {MemberPart(part).value: int(place) for part, place in choices["columns"].items()}
        kept["columns"] = {part: place for part, place in told.items() if 0 <= place < width}
        kept["decisions"] = {}
    return kept


@transaction.atomic
def confirm_list(
    *, study_id: int, place: Place, list_id: int, version: int, actor: Account, at: datetime
) -> Counts:
    """Write the lines accepted and those decided to be; remove nobody. The list ends there.

    Raises:
        NotAllowed: the actor may not edit the study.
        NotFound: the list is no longer in progress.
        ChangedSince: somebody else chose or wrote meanwhile: look again.
        StillUndecided: lines to be looked at were not.
    """
    require(actor=actor, verb=Verb.EDIT_STUDY, study_id=study_id)
    Case.objects.select_for_update().get(pk=place.case_id)
    row = member_list(study_id=study_id, case_id=place.case_id, list_id=list_id)
    if row.version != version:
        raise ChangedSince
    report = read_again(row).report
    if report.undecided:
        raise StillUndecided(
            _("Il reste des lignes à vérifier. Décidez de chacune, puis enregistrez.")
        )
    _write(row, [one for one in report.lines if one.written])
    counts = counts_of(report)
    row.delete()
    record(
        act=LIST_CONFIRMED,
        actor=actor.label,
        at=at,
        study_id=study_id,
        case=place.case_id,
        added=counts.added,
        renamed=counts.renamed,
        modified=counts.modified,
        refused=counts.refused,
    )
    return counts


def _write(row: MemberList, lines: list[ReadLine]) -> None:
    there = {
        (one.code, one.edition): one
        for one in Organisation.objects.filter(case_id=row.case_id, edition__in={row.edition, ""})
    }
    changed, added = [], []
    for line in lines:
        member = line.member
        known = there.get((line.known, row.edition)) or there.get((line.known, ""))
        if line.known and known:
            known.name, known.region, known.type = member.name, member.region, member.type
            known.version += 1
            changed.append(known)
        else:
            added.append(
                Organisation(
                    study_id=row.study_id,
                    case_id=row.case_id,
                    component=row.component,
                    edition=row.edition,
                    code=member.code,
                    name=member.name,
                    region=member.region,
                    type=member.type,
                )
            )
    Organisation.objects.bulk_update(changed, ["name", "region", "type", "version"], batch_size=500)
    try:
        with transaction.atomic():
            Organisation.objects.bulk_create(added, batch_size=500)
    except IntegrityError as cause:
        raise ChangedSince from cause


@transaction.atomic
def drop_list(*, study_id: int, place: Place, list_id: int, actor: Account, at: datetime) -> None:
    """Give up a list: its cells are forgotten, the frame is as it was.

    Raises:
        NotAllowed: the actor may not edit the study.
        NotFound: the list is no longer in progress.
    """
    require(actor=actor, verb=Verb.EDIT_STUDY, study_id=study_id)
    member_list(study_id=study_id, case_id=place.case_id, list_id=list_id).delete()
    record(act=LIST_DROPPED, actor=actor.label, at=at, study_id=study_id, case=place.case_id)


def forget_lists(*, actor: str, at: datetime) -> int:
    """Remove the lists that nobody confirmed within a week, of every study; return how many."""
    del actor
    return MemberList.objects.filter(started_at__lt=at - KEPT_FOR).delete()[0]


@dataclass(frozen=True, slots=True)
class MemberEdit:
    """A member as somebody leaves it."""

    code: str
    name: str = ""
    region: str = ""
    type: str = ""
    id: int | None = None
    version: int = 0


@transaction.atomic
def save_member(
    *, study_id: int, place: Place, member: MemberEdit, actor: Account, at: datetime
) -> None:
    """Add a member to a frame, or change what is said of one. Its code stays.

    Raises:
        NotAllowed: the actor may not edit the study.
        NotFound: no such network, component, edition or member.
        MembersArePeople: the network's members are people.
        ChangedSince: somebody else saved it meanwhile.
        CodeTaken: another member of this edition has this code.
    """
    require(actor=actor, verb=Verb.EDIT_STUDY, study_id=study_id)
    case = _place(study_id, place)
    if case.individuals:
        raise MembersArePeople(
            _("Les membres de ce réseau sont des personnes : leurs noms restent dans le coffre.")
        )
    told = {
        "name": member.name,
        "region": member.region,
        "type": member.type,
        "component": place.component,
        "edition": place.edition,
    }
    rows = Organisation.objects.filter(case=case)
    try:
        with transaction.atomic():
            if member.id is None:
                rows.create(study_id=study_id, case=case, code=member.code, **told)
            elif not rows.filter(pk=member.id, version=member.version).update(
                version=member.version + 1, **told
            ):
                raise ChangedSince
    except IntegrityError as cause:
        raise CodeTaken(_("Le code « %s » est déjà pris.") % member.code) from cause
    record(act=FRAME_CHANGED, actor=actor.label, at=at, study_id=study_id, case=case.pk, members=1)


@transaction.atomic
def remove_member(
    *, study_id: int, case_id: int, member_id: int, actor: Account, at: datetime
) -> None:
    """Take a member out of a frame.

    Raises:
        NotAllowed: the actor may not edit the study.
        NotFound: no such member in this network.
    """
    require(actor=actor, verb=Verb.EDIT_STUDY, study_id=study_id)
    gone, _rows = Organisation.objects.filter(
        study_id=study_id, case_id=case_id, pk=member_id
    ).delete()
    if not gone:
        raise NotFound
    record(act=FRAME_CHANGED, actor=actor.label, at=at, study_id=study_id, case=case_id, members=-1)
