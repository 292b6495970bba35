"""The networks crossed with the methods: what was planned, what was received, in which edition."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from croisee.study import ActivityState, MethodKind
from croisee_web.study.models import Activity, Case, Edition, Method
from croisee_web.study.queries.frames import frames_of
from croisee_web.study.queries.naming import said
from croisee_web.study.queries.networks import NamedCode
from croisee_web.study.rules.collected import (
    Held,
    Received,
    from_organisations,
    received_at,
    received_in,
    said_apart,
    said_received,
)
from croisee_web.study.rules.state import Frame, Wave, Work, under_way

APART, PLANNED, ONGOING = (
    ActivityState.NOT_APPLICABLE.value,
    ActivityState.PLANNED.value,
    ActivityState.ONGOING.value,
)
Place = tuple[int, int]
"""A network's number and a method's."""


@dataclass(frozen=True, slots=True)
class Grid:
    """What a matrix is made of, for the networks a reader sees.

    ``now``: the edition under way on the day, "" when the study has none. ``works``: by place,
    then by edition; an activity of no edition is under "".
    """

    cases: Sequence[Case]
    methods: Sequence[Method]
    editions: tuple[NamedCode, ...]
    now: str
    frames: Mapping[tuple[int, str], Frame]
    works: Mapping[Place, Mapping[str, Work]]

    def frame_of(self, case: int, edition: str = "") -> Frame | None:
        """Return a network's frame in an edition, else the one under way, else the last it has."""
        codes = (edition,) if edition else (self.now, *reversed(self._codes))
        found = (self.frames.get((case, code)) for code in codes)
        return next((one for one in found if one is not None), None)

    def chosen(self, edition: str = "") -> dict[Place, Work]:
        """Return one activity a place: an edition's, or the most telling of all of them.

        That is the edition's under way, else the last one's that has something.
        """
        order = (edition, "") if edition else (self.now, "", *reversed(self._codes))
        return {
            place: next(by[code] for code in order if code in by)
            for place, by in self.works.items()
            if any(code in by for code in order)
        }

    @property
    def _codes(self) -> list[str]:
        return [one.code for one in self.editions]


def grid_of(study_id: int, seen: frozenset[str] | None, on: date) -> Grid:
    """Return a study's activities and what was received, for the networks of ``seen`` (all: None).

    Six SQL queries, and those of the slices that count what they hold.
    """
    waves = list(Edition.objects.filter(study_id=study_id).order_by("position", "pk"))
    dated = [Wave(one.code, one.start, one.end) for one in waves]
    now = under_way(dated, on)
    cases = Case.objects.filter(study_id=study_id).order_by("position", "pk")
    if seen is not None:
        cases = cases.filter(code__in=seen)
    bare = Grid(
        list(cases),
        list(Method.objects.filter(study_id=study_id).order_by("position", "pk")),
        tuple(NamedCode(one.code, said(one.name_fr, one.name_en)) for one in waves),
        now.code if now else "",
        frames_of(study_id, [one.code for one in waves] or [""]),
        {},
    )
    rows = Activity.objects.filter(study_id=study_id).order_by("pk")
    ends = {one.code: one.end for one in dated}
    return replace(bare, works=_works(bare, list(rows), received_in(study_id), ends))


def _works(
    grid: Grid, rows: Sequence[Activity], held: Held, ends: Mapping[str, date | None]
) -> dict[Place, dict[str, Work]]:
    """Return the activities of the networks seen, components put together, with what came in."""
    cases = {one.pk: one for one in grid.cases}
    methods = {one.pk: one for one in grid.methods}
    found: dict[Place, dict[str, Work]] = {}
    for row in rows:
        case, method = cases.get(row.case_id), methods.get(row.method_id)
        if case is None or method is None:
            continue
        by = found.setdefault((case.pk, method.pk), {})
        work = _planned(grid, row, case, method, ends)
        by[row.edition] = _together(by[row.edition], work) if row.edition in by else work
    for place, received in held.items():
        case, method = cases.get(place[0]), methods.get(place[1])
        if case is None or method is None:
            continue
        by = found.setdefault(place, {})
        for code in received:
            if code not in by and "" not in by:
                by[code] = _unplanned(case, method, code)
    return {
        (case, method): {
            code: _with(work, received_at(held, case, method, code), cases[case], methods[method])
            for code, work in by.items()
        }
        for (case, method), by in found.items()
    }


def _planned(
    grid: Grid, row: Activity, case: Case, method: Method, ends: Mapping[str, date | None]
) -> Work:
    survey = method.kind == MethodKind.SURVEY.value
    edition = row.edition or grid.now
    frame = grid.frames.get((case.pk, edition)) if survey else None
    framed = row.planned is None and frame is not None and _of_members(case, method)
    return replace(
        _unplanned(case, method, row.edition),
        state=row.state,
        done=row.done,
        aim=frame.size if framed and frame else row.planned,
        framed=framed,
        ends_on=_day(row.end) or ends.get(edition),
        unit=said(row.unit_fr, row.unit_en),
        reason=said(row.reason_fr, row.reason_en),
        start=row.start,
    )


def _unplanned(case: Case, method: Method, edition: str) -> Work:
    """Return what nobody put in the activity table yet."""
    return Work(
        case.code,
        said(case.short_fr or case.name_fr, case.short_en or case.name_en),
        method.code,
        said(method.name_fr, method.name_en),
        edition,
        "",
        None,
        None,
        method.kind == MethodKind.SURVEY.value,
    )


def _of_members(case: Case, method: Method) -> bool:
    """Return whether a method asks the members of the frame themselves."""
    return method.subject == "organisme" or case.individuals


def _with(work: Work, received: Received | None, case: Case, method: Method) -> Work:
    """Return an activity with what was received in its place; the team's number is kept beside.

    Answers of people are counted by organisation where that is what the team plans and counts:
    in the network's own word for its members, or by the very number of organisations.
    """
    if received is None or received.count == 0:
        return work
    organisations = received.organisations
    by_member = organisations is not None and (
        method.subject == "organisme"
        or (not case.individuals and work.unit != "" and work.unit in _words_of(case))
        or (work.done == organisations and organisations != received.count)
    )
    done = organisations if by_member and organisations is not None else received.count
    counts = {received.count, organisations}
    apart = work.done is not None and work.done not in counts
    if work.state == APART:
        return replace(work, apart=said_received(received, survey=work.survey))
    return replace(
        work,
        done=done,
        received=True,
        state=ONGOING if work.state == PLANNED else work.state,
        apart=said_apart(received, work.done or 0, survey=work.survey) if apart else "",
        beside=_beside(received, by_member=by_member),
    )


def _words_of(case: Case) -> set[str]:
    return {said(case.unit_fr, case.unit_en), said(case.units_fr, case.units_en)}


def _beside(received: Received, *, by_member: bool) -> str:
    """Return the other count of the answers: of people, or of their organisations."""
    if received.organisations in {None, 0, received.count}:
        return ""
    if by_member:
        return said_received(replace(received, organisations=None), survey=True)
    return from_organisations(received.organisations or 0)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if len(text) == len("2026-11-30") else None


def _together(one: Work, other: Work) -> Work:
    """Return two components' activities as one: it is over when both are."""
    states = {one.state, other.state} - {APART}
    same = len(states) == 1
    kept = one if one.state != APART else other
    return replace(
        kept,
        state=states.pop() if same else (ONGOING if states else one.state),
        done=_sum(one.done, other.done),
        aim=_sum(one.aim, other.aim),
    )


def _sum(one: int | None, other: int | None) -> int | None:
    return None if one is None and other is None else (one or 0) + (other or 0)
