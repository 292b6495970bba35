"""The activity table, as its form shows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from croisee.study import MethodKind
from croisee_web.access.models import Account
from croisee_web.access.queries import require
from croisee_web.access.vocabulary import Verb
from croisee_web.study.models import Activity, Case, Component, Edition, Method
from croisee_web.study.queries.naming import said
from croisee_web.study.queries.networks import NamedCode
from croisee_web.study.rules.collected import Held, received_at, received_in, said_received
from croisee_web.study.rules.parts import PARTS
from croisee_web.study.rules.state import Wave, under_way


@dataclass(frozen=True, slots=True)
class ActivityRow:
    """One line: a method in a network (or in a component of it). ``id`` is ``None`` if blank.

    ``code`` is the network's; ``received`` what the database holds of it, in words.
    """

    id: int | None
    version: int
    code: str
    case: str
    method: str
    component: str
    received: str
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ActivityTable:
    """Every network × method of an edition, in the study's order; lines without one too."""

    edition: str
    editions: tuple[NamedCode, ...]
    rows: tuple[ActivityRow, ...]


def activity_table(*, study_id: int, viewer: Account, on: date, edition: str = "") -> ActivityTable:
    """Return the activities of one edition (when not said, the one a day is in).

    A network × method that has no activity is a blank line, to be filled. Six SQL queries, and
    those of the slices that count what they hold.

    Raises:
        NotAllowed: the viewer may not edit the study.
    """
    require(actor=viewer, verb=Verb.EDIT_STUDY, study_id=study_id)
    waves = list(Edition.objects.filter(study_id=study_id).order_by("position", "pk"))
    dated = {one.code: Wave(one.code, one.start, one.end) for one in waves}
    chosen = dated.get(edition) or under_way(list(dated.values()), on)
    kept = chosen.code if chosen else ""
    editions = tuple(NamedCode(one.code, said(one.name_fr, one.name_en)) for one in waves)
    columns = PARTS["activities"].columns
    written: dict[tuple[int, int], list[dict[str, Any]]] = {}
    for row in (
        Activity.objects.filter(study_id=study_id, edition__in={kept, ""})
        .order_by("component", "pk")
        .values("pk", "version", *columns)
    ):
        written.setdefault((row["case_id"], row["method_id"]), []).append(dict(row))
    parts = {
        (case, code): said(french, english)
        for case, code, french, english in Component.objects.filter(
            case__study_id=study_id
        ).values_list("case_id", "code", "name_fr", "name_en")
    }
    names = ("pk", "name_fr", "name_en")
    methods = list(
        Method.objects.filter(study_id=study_id)
        .order_by("position", "pk")
        .values_list(*names, "kind")
    )
    cases = Case.objects.filter(study_id=study_id).order_by("position", "pk")
    held = received_in(study_id)
    rows = [
        ActivityRow(
            row.get("pk"),
            row.get("version", 0),
            code,
            said(case_fr, case_en),
            said(method_fr, method_en),
            parts.get((case, row.get("component", "")), ""),
            _received(held, (case, method), kept, kind),
            {name: row[name] for name in columns if name in row},
        )
        for case, case_fr, case_en, code in cases.values_list(*names, "code")
        for method, method_fr, method_en, kind in methods
        for row in written.get((case, method), [_blank(case, method, kept)])
    ]
    return ActivityTable(kept, editions, tuple(rows))


def _blank(case: int, method: int, edition: str) -> dict[str, Any]:
    return {"case_id": case, "method_id": method, "component": "", "edition": edition}


def _received(held: Held, place: tuple[int, int], edition: str, kind: str) -> str:
    found = received_at(held, *place, edition)
    return said_received(found, survey=kind == MethodKind.SURVEY.value) if found else ""
