"""A study as the library knows it, and its tables as a Dataset holds them.

For the slices above, which compose the whole study; no page calls this, and nothing here
asks who is looking.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import groupby
from operator import attrgetter
from typing import Any, TypeVar

from django.db.models import Model

from croisee import study as library
from croisee.language import Label
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

Row = dict[str, Any]
_M = TypeVar("_M", bound=Model)


def described(study_id: int) -> library.Study:
    """Return what this slice knows of a study. Seven SQL queries.

    Instruments, themes, purposes, crossings and the policy are other slices': they are empty
    here, and put in with ``dataclasses.replace``. ``write_description`` undoes it exactly.
    """
    row = Study.objects.get(pk=study_id)
    return library.Study(
        title=_label(row, "title"),
        question=_label(row, "question"),
        languages=tuple(row.languages),
        cases=cases_described(study_id),
        editions=tuple(
            library.Edition(one.code, _label(one, "name"), one.start, one.end)
            for one in Edition.objects.filter(study_id=study_id).order_by("position", "pk")
        ),
        methods=tuple(
            library.Method(
                one.code,
                _label(one, "name"),
                library.MethodKind(one.kind),
                library.Subject(one.subject),
            )
            for one in Method.objects.filter(study_id=study_id).order_by("position", "pk")
        ),
        diffusion=library.Diffusion(
            row.release_code, row.release_arrest_on, tuple(row.release_editions)
        ),
        certificates=tuple(
            library.Certificate(one.board, one.number, one.start, one.end)
            for one in Certificate.objects.filter(study_id=study_id).order_by("position", "pk")
        ),
        timezone=row.timezone,
        team=_label(row, "team"),
        contact=row.contact,
        address=row.address,
    )


def _label(row: Any, stem: str) -> Label:
    return Label(getattr(row, f"{stem}_fr"), getattr(row, f"{stem}_en"))


def cases_described(study_id: int) -> tuple[library.Case, ...]:
    """Return the networks of a study as the library knows them. Three SQL queries."""
    components = _by_case(
        Component.objects.filter(case__study_id=study_id).order_by("case_id", "position", "pk")
    )
    memberships = _by_case(
        Membership.objects.filter(case__study_id=study_id).order_by("case_id", "position", "pk")
    )
    return tuple(
        library.Case(
            code=row.code,
            name=_label(row, "name"),
            short=_label(row, "short"),
            scale=_label(row, "scale"),
            territory=_label(row, "territory"),
            mission=_label(row, "mission"),
            unit=_label(row, "unit"),
            units=_label(row, "units"),
            individuals=row.individuals,
            links=tuple(row.links),
            components=tuple(
                library.Component(one.code, _label(one, "name"))
                for one in components.get(row.pk, ())
            ),
            memberships=tuple(
                library.Membership(one.year, one.count, one.source)
                for one in memberships.get(row.pk, ())
            ),
        )
        for row in Case.objects.filter(study_id=study_id).order_by("position", "pk")
    )


def _by_case(rows: Iterable[_M]) -> dict[int, list[_M]]:
    return {case: list(group) for case, group in groupby(rows, key=attrgetter("case_id"))}


def dataset_rows(study_id: int) -> dict[str, list[Row]]:
    """Return this slice's tables as ``croisee.dataset.schema`` names their columns.

    ``organisations``, ``frames``, ``activities``, ``milestones`` and ``context``. A line that
    stands for every edition becomes one an edition, as when a study folder is read. Six SQL
    queries.
    """
    editions = tuple(
        Edition.objects.filter(study_id=study_id)
        .order_by("position", "pk")
        .values_list("code", flat=True)
    )
    return {
        "organisations": list(_organisations(study_id, editions)),
        "frames": list(_frames(study_id, editions)),
        "activities": _activities(study_id),
        "milestones": [
            dict(row)
            for row in Milestone.objects.filter(study_id=study_id)
            .order_by("on", "pk")
            .values("on", "lane", "label_fr", "label_en")
        ],
        "context": _context(study_id),
    }


def _organisations(study_id: int, editions: tuple[str, ...]) -> Iterator[Row]:
    rows = list(
        Organisation.objects.filter(study_id=study_id)
        .order_by("case__position", "edition", "pk")
        .values_list("code", "case__code", "component", "edition", "region", "type")
    )
    named = {(case, edition, code) for code, case, _, edition, _, _ in rows}
    for code, case, component, edition, region, kind in rows:
        for one in (edition,) if edition else editions:
            if edition or (case, one, code) not in named:
                yield {
                    "organisation": code,
                    "case": case,
                    "component": component,
                    "edition": one,
                    "region": region,
                    "type": kind,
                }


def _frames(study_id: int, editions: tuple[str, ...]) -> Iterator[Row]:
    rows = (
        FrameSize.objects.filter(study_id=study_id)
        .order_by("case__position", "pk")
        .values_list("case__code", "component", "edition", "instrument", "size", "source")
    )
    for case, component, edition, instrument, size, source in rows:
        for one in (edition,) if edition else editions:
            yield {
                "case": case,
                "component": component,
                "edition": one,
                "instrument": instrument,
                "size": size,
                "source": source,
            }


_ACTIVITY = (
    "component",
    "edition",
    "planned",
    "done",
    "state",
    "unit_fr",
    "unit_en",
    "reason_fr",
    "reason_en",
    "start",
    "end",
)


def _activities(study_id: int) -> list[Row]:
    rows = (
        Activity.objects.filter(study_id=study_id)
        .order_by("method__position", "case__position", "pk")
        .values_list("method__code", "case__code", *_ACTIVITY)
    )
    names = ("method", "case", *_ACTIVITY)
    return [dict(zip(names, row, strict=True)) for row in rows]


def _context(study_id: int) -> list[Row]:
    names = (
        "code",
        "group_fr",
        "group_en",
        "statement_fr",
        "statement_en",
        "value",
        "unit",
        "source_fr",
        "source_en",
        "reference",
        "year",
    )
    rows = ContextFigure.objects.filter(study_id=study_id).order_by("pk").values(*names)
    return [{**row, "value": Decimal(row["value"]) if row["value"] else None} for row in rows]
