"""Adding, changing, ordering and removing the networks of a study."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from croisee import study as library
from croisee_web.access.models import Account
from croisee_web.access.queries import require
from croisee_web.access.vocabulary import Verb
from croisee_web.journal.usecases import record
from croisee_web.kit.errors import NotFound
from croisee_web.study.models import (
    Activity,
    Case,
    Component,
    FrameSize,
    Membership,
    Organisation,
)
from croisee_web.study.queries.holding import require_empty, still_holds
from croisee_web.study.rules.columns import case_columns, components_of, memberships_of
from croisee_web.study.usecases.description import ChangedSince
from croisee_web.study.usecases.parts import CodeTaken
from croisee_web.study.vocabulary import CASE_ADDED, CASE_CHANGED, CASE_MOVED, CASE_REMOVED


@transaction.atomic
def add_case(*, study_id: int, case: library.Case, actor: Account, at: datetime) -> str:
    """Add a network after the others; return its code.

    Raises:
        NotAllowed: the actor may not edit the study.
        CodeTaken: another network has this code.
    """
    require(actor=actor, verb=Verb.EDIT_STUDY, study_id=study_id)
    last = Case.objects.filter(study_id=study_id).aggregate(last=Max("position"))["last"]
    position = 0 if last is None else last + 1
    try:
        with transaction.atomic():
            row = Case.objects.create(
                study_id=study_id, code=case.code, position=position, **case_columns(case)
            )
    except IntegrityError as cause:
        raise CodeTaken(_("Le code « %s » est déjà pris.") % case.code) from cause
    _write_parts(row, case)
    record(act=CASE_ADDED, actor=actor.label, at=at, study_id=study_id, case=row.pk)
    return row.code


@transaction.atomic
def change_case(
    *, study_id: int, case: library.Case, version: int, actor: Account, at: datetime
) -> None:
    """Make a network say what ``case`` says, as edited from its ``version``. Its code stays.

    Raises:
        NotAllowed: the actor may not edit the study.
        NotFound: no such network.
        ChangedSince: somebody else saved it meanwhile.
        StillHoldsSomething: a component that is gone still has members, a size or activities.
    """
    require(actor=actor, verb=Verb.EDIT_STUDY, study_id=study_id)
    row = _case(study_id, case.code)
    if row.version != version:
        raise ChangedSince
    _check_components(row, case)
    for name, value in case_columns(case).items():
        setattr(row, name, value)
    row.version += 1
    row.save()
    _write_parts(row, case)
    record(act=CASE_CHANGED, actor=actor.label, at=at, study_id=study_id, case=row.pk)


def _case(study_id: int, code: str) -> Case:
    row = Case.objects.select_for_update().filter(study_id=study_id, code=code).first()
    if row is None:
        raise NotFound
    return row


def _check_components(row: Case, case: library.Case) -> None:
    kept = {one.code for one in case.components}
    gone = set(Component.objects.filter(case=row).values_list("code", flat=True)) - kept
    tables: tuple[Any, ...] = (Organisation, FrameSize, Activity)
    for code in sorted(gone):
        if any(table.objects.filter(case=row, component=code).exists() for table in tables):
            raise still_holds(code)


def _write_parts(row: Case, case: library.Case) -> None:
    Component.objects.filter(case=row).delete()
    Component.objects.bulk_create(components_of(row.pk, case))
    Membership.objects.filter(case=row).delete()
    Membership.objects.bulk_create(memberships_of(row.pk, case))


@transaction.atomic
def move_case(*, study_id: int, code: str, earlier: bool, actor: Account, at: datetime) -> None:
    """Exchange a network with the one before it, or after it; the first and last stay.

    Raises:
        NotAllowed: the actor may not edit the study.
        NotFound: no such network.
    """
    require(actor=actor, verb=Verb.EDIT_STUDY, study_id=study_id)
    rows = list(
        Case.objects.select_for_update().filter(study_id=study_id).order_by("position", "pk")
    )
    place = next((i for i, row in enumerate(rows) if row.code == code), None)
    if place is None:
        raise NotFound
    other = place - 1 if earlier else place + 1
    if not 0 <= other < len(rows):
        return
    rows[place], rows[other] = rows[other], rows[place]
    for position, row in enumerate(rows):
        row.position = position
    Case.objects.bulk_update(rows, ["position"])
    record(act=CASE_MOVED, actor=actor.label, at=at, study_id=study_id, case=rows[other].pk)


@transaction.atomic
def remove_case(*, study_id: int, code: str, actor: Account, at: datetime) -> None:
    """Remove a network that nothing lies under.

    Raises:
        NotAllowed: the actor may not edit the study.
        NotFound: no such network.
        StillHoldsSomething: it has members, activities, people or anything else.
    """
    require(actor=actor, verb=Verb.EDIT_STUDY, study_id=study_id)
    row = _case(study_id, code)
    number = row.pk
    require_empty(row)
    row.delete()
    for other in Case.objects.filter(study_id=study_id):
        if code in other.links:
            other.links = [link for link in other.links if link != code]
            other.version += 1
            other.save()
    record(act=CASE_REMOVED, actor=actor.label, at=at, study_id=study_id, case=number)
