"""A whole study written at once, as an import brings it. ``queries.described`` reads it back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import F, Model
from django.utils.translation import gettext as _

from croisee import study as library
from croisee_web.access.models import Account
from croisee_web.access.queries import require
from croisee_web.access.vocabulary import Verb
from croisee_web.journal.usecases import record
from croisee_web.kit.errors import UseCaseError
from croisee_web.study.models import (
    Activity,
    Case,
    Certificate,
    Component,
    ContextFigure,
    Edition,
    FrameSize,
    Membership,
    Method,
    Milestone,
    Organisation,
    Study,
)
from croisee_web.study.queries.holding import require_empty
from croisee_web.study.rules.columns import case_columns, components_of, memberships_of, texts
from croisee_web.study.vocabulary import (
    ACTIVITIES_WRITTEN,
    FRAME_WRITTEN,
    STUDY_WRITTEN,
    TIMELINE_WRITTEN,
)

Rows = Iterable[Mapping[str, Any]]
_BATCH = 1000
_M = TypeVar("_M", Case, Edition, Method)


class UnknownCode(UseCaseError):
    """A line names a network or a method that the study does not have."""


@transaction.atomic
def write_description(
    *, study_id: int, described: library.Study, actor: Account, at: datetime
) -> None:
    """Make a study say exactly what ``described`` says; ``queries.described`` gives it back.

    Networks, editions and methods keep their line when their code stays. What the library's
    Study holds for other slices (instruments, purposes, policy…) is left to them.

    Raises:
        StillHoldsSomething: one that is no longer described has people, lists or activities.
    """
    require(actor=actor, verb=Verb.EDIT_STUDY, study_id=study_id)
    _write_study(study_id, described)
    _write_cases(study_id, described.cases)
    _keep(
        Edition,
        study_id,
        {
            one.code: {**texts("name", one.name), "start": one.start, "end": one.end}
            for one in described.editions
        },
    )
    _keep(
        Method,
        study_id,
        {
            one.code: {
                **texts("name", one.name),
                "kind": one.kind.value,
                "subject": one.subject.value,
            }
            for one in described.methods
        },
    )
    Certificate.objects.filter(study_id=study_id).delete()
    Certificate.objects.bulk_create(
        Certificate(
            study_id=study_id,
            position=position,
            board=one.board,
            number=one.number,
            start=one.start,
            end=one.end,
        )
        for position, one in enumerate(described.certificates)
    )
    record(
        act=STUDY_WRITTEN,
        actor=actor.label,
        at=at,
        study_id=study_id,
        cases=len(described.cases),
        editions=len(described.editions),
        methods=len(described.methods),
    )


def _write_study(study_id: int, described: library.Study) -> None:
    Study.objects.filter(pk=study_id).update(
        **texts("title", described.title),
        **texts("question", described.question),
        **texts("team", described.team),
        languages=list(described.languages),
        timezone=described.timezone,
        contact=described.contact,
        address=described.address,
        release_code=described.diffusion.code,
        release_arrest_on=described.diffusion.arrest_on,
        release_editions=list(described.diffusion.editions),
        version=F("version") + 1,
    )


def _write_cases(study_id: int, cases: tuple[library.Case, ...]) -> None:
    kept = _keep(Case, study_id, {one.code: case_columns(one) for one in cases})
    Component.objects.filter(case__study_id=study_id).delete()
    Component.objects.bulk_create(
        row for case in cases for row in components_of(kept[case.code], case)
    )
    Membership.objects.filter(case__study_id=study_id).delete()
    Membership.objects.bulk_create(
        row for case in cases for row in memberships_of(kept[case.code], case)
    )


def _keep(model: type[_M], study_id: int, wanted: dict[str, dict[str, Any]]) -> dict[str, int]:
    """Write what is wanted in its order, by code; remove the rest; return the keys by code."""
    known = {row.code: row for row in model.objects.filter(study_id=study_id)}
    for code in known.keys() - wanted.keys():
        require_empty(known[code])
        known[code].delete()
    numbers = {}
    for position, (code, values) in enumerate(wanted.items()):
        row = known.get(code) or model(study_id=study_id, code=code, version=0)
        for name, value in {**values, "position": position}.items():
            setattr(row, name, value)
        row.version += 1
        row.save()
        numbers[code] = row.pk
    return numbers


def _codes(model: type[Model], study_id: int) -> dict[str, int]:
    return dict(model._default_manager.filter(study_id=study_id).values_list("code", "pk"))


def _number(known: dict[str, int], code: str) -> int:
    if code not in known:
        raise UnknownCode(_("« %(code)s » n’est pas dans cette étude.") % {"code": code})
    return known[code]


@transaction.atomic
def write_frame(
    *, study_id: int, organisations: Rows, sizes: Rows, actor: Account, at: datetime
) -> None:
    """Replace every frame by rows of the Dataset's ``organisations`` and ``frames``.

    A row may also bear ``name``; without it, a name already known for this code in this network
    is kept.

    Raises:
        UnknownCode: a row names a network the study does not have.
    """
    require(actor=actor, verb=Verb.EDIT_STUDY, study_id=study_id)
    cases = _codes(Case, study_id)
    former = Organisation.objects.filter(study_id=study_id)
    names = {
        (case, code): name
        for case, code, name in former.values_list("case__code", "code", "name")
        if name
    }
    former.delete()
    made = [
        Organisation(
            study_id=study_id,
            case_id=_number(cases, row["case"]),
            component=row["component"],
            edition=row["edition"],
            code=row["organisation"],
            name=row.get("name") or names.get((row["case"], row["organisation"]), ""),
            region=row["region"],
            type=row["type"],
        )
        for row in organisations
    ]
    Organisation.objects.bulk_create(made, batch_size=_BATCH)
    FrameSize.objects.filter(study_id=study_id).delete()
    counted = [
        FrameSize(
            study_id=study_id,
            case_id=_number(cases, row["case"]),
            component=row["component"],
            edition=row["edition"],
            instrument=row["instrument"],
            size=row["size"],
            source=row["source"],
        )
        for row in sizes
    ]
    FrameSize.objects.bulk_create(counted, batch_size=_BATCH)
    record(
        act=FRAME_WRITTEN,
        actor=actor.label,
        at=at,
        study_id=study_id,
        organisations=len(made),
        sizes=len(counted),
    )


@transaction.atomic
def write_activities(*, study_id: int, rows: Rows, actor: Account, at: datetime) -> None:
    """Replace the activity table by rows of the Dataset's ``activities``.

    Raises:
        UnknownCode: a row names a network or a method the study does not have.
    """
    require(actor=actor, verb=Verb.EDIT_STUDY, study_id=study_id)
    cases, methods = _codes(Case, study_id), _codes(Method, study_id)
    Activity.objects.filter(study_id=study_id).delete()
    made = [
        Activity(
            study_id=study_id,
            method_id=_number(methods, row["method"]),
            case_id=_number(cases, row["case"]),
            **{name: value for name, value in row.items() if name not in {"method", "case"}},
        )
        for row in rows
    ]
    Activity.objects.bulk_create(made, batch_size=_BATCH)
    record(
        act=ACTIVITIES_WRITTEN, actor=actor.label, at=at, study_id=study_id, activities=len(made)
    )


@transaction.atomic
def write_milestones(*, study_id: int, rows: Rows, actor: Account, at: datetime) -> None:
    """Replace the timeline by rows of the Dataset's ``milestones``."""
    require(actor=actor, verb=Verb.EDIT_STUDY, study_id=study_id)
    Milestone.objects.filter(study_id=study_id).delete()
    made = [Milestone(study_id=study_id, **row) for row in rows]
    Milestone.objects.bulk_create(made, batch_size=_BATCH)
    record(act=TIMELINE_WRITTEN, actor=actor.label, at=at, study_id=study_id, milestones=len(made))


@transaction.atomic
def write_context(*, study_id: int, rows: Rows, actor: Account, at: datetime) -> None:
    """Replace the figures from elsewhere by rows of the Dataset's ``context``."""
    require(actor=actor, verb=Verb.EDIT_STUDY, study_id=study_id)
    ContextFigure.objects.filter(study_id=study_id).delete()
    made = [
        ContextFigure(study_id=study_id, **{**row, "value": _decimal_text(row["value"])})
        for row in rows
    ]
    ContextFigure.objects.bulk_create(made, batch_size=_BATCH)
    record(act=TIMELINE_WRITTEN, actor=actor.label, at=at, study_id=study_id, figures=len(made))


def _decimal_text(value: Decimal | None) -> str:
    return "" if value is None else format(value, "f")
