"""The home of a study: its phase, what to do now, its networks crossed with its methods."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.utils.translation import gettext as _

from croisee.study import ActivityState, MethodKind
from croisee_web.access.models import Account, Invitation
from croisee_web.access.queries import cases_with, require
from croisee_web.access.vocabulary import Verb
from croisee_web.kit.menu import STEPS
from croisee_web.study.models import (
    Activity,
    Case,
    Certificate,
    Edition,
    Meeting,
    Method,
    Study,
)
from croisee_web.study.queries.ethics import next_destruction
from croisee_web.study.queries.frames import frames_of, regions_of
from croisee_web.study.queries.naming import StudyRef, said
from croisee_web.study.queries.networks import NamedCode
from croisee_web.study.rules.cells import Cell, cell_of, scope_of
from croisee_web.study.rules.ethics import Period, why_closed
from croisee_web.study.rules.reminders import Reminder, most_pressing, reminders_of
from croisee_web.study.rules.state import PHASES, Frame, Standing, Wave, Work, phase_of, under_way

HUES = 4
"""Networks told apart by a hue; with more, by their names alone."""


@dataclass(frozen=True, slots=True)
class Phase:
    """A step of the path: over, under way (``here``), or to come."""

    label: str
    over: bool
    here: bool


@dataclass(frozen=True, slots=True)
class HomeRow:
    """One network of the matrix: under each method's name, its cell.

    ``colour`` is 1 to 4, 0 beyond four networks.
    """

    code: str
    name: str
    scope: str
    colour: int
    cells: tuple[tuple[str, Cell], ...]


@dataclass(frozen=True, slots=True)
class MethodHead:
    """One column of the matrix."""

    name: str
    subject: str


@dataclass(frozen=True, slots=True)
class StudyHome:
    """All that the page shows, in the reader's words."""

    phases: tuple[Phase, ...]
    reminders: tuple[Reminder, ...]
    edition: str
    editions: tuple[NamedCode, ...]
    methods: tuple[MethodHead, ...]
    rows: tuple[HomeRow, ...]


def study_home(
    *, study: StudyRef, viewer: Account, at: datetime, on: date, edition: str = ""
) -> StudyHome:
    """Return where a study stands on a day, for one reader.

    Thirteen SQL queries, whatever the number of networks, methods and members; the reminders of
    slices above make their own. A coordinator sees her networks only, and counts under five in
    words.

    Raises:
        NotAllowed: the viewer may see no network.
    """
    everywhere, codes = cases_with(account=viewer, study_id=study.id, verb=Verb.SEE_STUDY)
    if not everywhere and not codes:
        require(actor=viewer, verb=Verb.SEE_STUDY, study_id=study.id)
    seen = None if everywhere else frozenset(codes)
    loaded = _load(study.id, seen, edition, on)
    standing = _standing(study, loaded, at, on)
    here = PHASES.index(phase_of(standing))
    return StudyHome(
        tuple(
            Phase(str(label), place < here, place == here)
            for place, label in enumerate(STEPS.values())
        ),
        most_pressing(reminders_of(standing, study.id), frozenset(map(str, study.verbs)), seen),
        loaded.edition,
        loaded.editions,
        tuple(
            MethodHead(
                said(one.name_fr, one.name_en),
                _subject(one) if one.kind == MethodKind.SURVEY.value else "",
            )
            for one in loaded.methods
        ),
        _rows(loaded, standing, team=Verb.READ_RESULTS in study.verbs),
    )


def _rows(loaded: _Loaded, standing: Standing, *, team: bool) -> tuple[HomeRow, ...]:
    works = _by_place(standing.works)
    return tuple(
        HomeRow(
            case.code,
            said(case.short_fr or case.name_fr, case.short_en or case.name_en),
            scope_of(
                loaded.frames.get((case.pk, loaded.edition)),
                said(case.unit_fr, case.unit_en),
                said(case.units_fr, case.units_en),
                case.individuals,
                loaded.regions.get(case.pk, 0),
            ),
            place + 1 if len(loaded.cases) <= HUES else 0,
            tuple(
                (
                    said(method.name_fr, method.name_en),
                    cell_of(
                        works.get((case.code, method.code)),
                        kind=method.kind,
                        subject=method.subject,
                        team=team,
                    ),
                )
                for method in loaded.methods
            ),
        )
        for place, case in enumerate(loaded.cases)
    )


def _subject(method: Method) -> str:
    return _("organismes") if method.subject == "organisme" else _("personnes")


@dataclass(frozen=True, slots=True)
class _Loaded:
    study: Study
    cases: Sequence[Case]
    methods: Sequence[Method]
    editions: tuple[NamedCode, ...]
    edition: str
    edition_end: date | None
    frames: dict[tuple[int, str], Frame]
    regions: dict[int, int]
    activities: Sequence[Activity]


def _load(study_id: int, seen: frozenset[str] | None, edition: str, on: date) -> _Loaded:
    waves = list(Edition.objects.filter(study_id=study_id).order_by("position", "pk"))
    dated = {one.code: Wave(one.code, one.start, one.end) for one in waves}
    chosen = dated.get(edition) or under_way(list(dated.values()), on)
    code = chosen.code if chosen else ""
    cases = Case.objects.filter(study_id=study_id).order_by("position", "pk")
    if seen is not None:
        cases = cases.filter(code__in=seen)
    return _Loaded(
        Study.objects.get(pk=study_id),
        list(cases),
        list(Method.objects.filter(study_id=study_id).order_by("position", "pk")),
        tuple(NamedCode(one.code, said(one.name_fr, one.name_en)) for one in waves),
        code,
        chosen.end if chosen else None,
        frames_of(study_id, [code]),
        regions_of(study_id),
        list(Activity.objects.filter(study_id=study_id, edition__in={code, ""}).order_by("pk")),
    )


def _standing(study: StudyRef, loaded: _Loaded, at: datetime, on: date) -> Standing:
    certificates = [
        Period(start, end)
        for start, end in Certificate.objects.filter(study_id=study.id).values_list("start", "end")
    ]
    holding = [one.end for one in certificates if one.holds(on)]
    meeting = (
        Meeting.objects.filter(study_id=study.id, held_on__gte=on)
        .order_by("held_on", "pk")
        .values_list("held_on", "pk")
        .first()
    )
    destruction = next_destruction(study.id)
    works = tuple(_works(loaded))
    return Standing(
        on=on,
        slug=study.slug,
        works=works,
        cases=len(loaded.cases),
        frameless=_frameless(loaded, works),
        edition_end=loaded.edition_end,
        certificates=len(certificates),
        why_closed=why_closed(certificates, on),
        certified_until=None if None in holding else max((d for d in holding if d), default=None),
        meeting_on=meeting[0] if meeting else None,
        meeting_id=meeting[1] if meeting else 0,
        invitations=Invitation.objects.filter(
            study_id=study.id, accepted_at=None, cancelled_at=None, expires_at__gt=at
        ).count(),
        arrest_on=loaded.study.release_arrest_on,
        destroy_on=destruction.until if destruction else None,
        destroy_what=destruction.what if destruction else "",
        closed=loaded.study.closed_at is not None,
    )


def _works(loaded: _Loaded) -> Sequence[Work]:
    """Return the activities of the networks seen, components put together."""
    cases = {one.pk: one for one in loaded.cases}
    methods = {one.pk: one for one in loaded.methods}
    found: dict[tuple[int, int], Work] = {}
    for row in loaded.activities:
        case, method = cases.get(row.case_id), methods.get(row.method_id)
        if case is None or method is None:
            continue
        survey = method.kind == MethodKind.SURVEY.value
        frame = loaded.frames.get((case.pk, loaded.edition)) if survey else None
        of_frame = method.subject == "organisme" or case.individuals
        aim = frame.size if row.planned is None and frame and of_frame else row.planned
        work = Work(
            case.code,
            said(case.short_fr or case.name_fr, case.short_en or case.name_en),
            method.code,
            said(method.name_fr, method.name_en),
            loaded.edition,
            row.state,
            row.done,
            aim,
            survey,
            _day(row.end),
            said(row.unit_fr, row.unit_en),
            said(row.reason_fr, row.reason_en),
            row.start,
        )
        key = (case.pk, method.pk)
        found[key] = _together(found[key], work) if key in found else work
    return tuple(found.values())


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if len(text) == len("2026-11-30") else None


def _together(one: Work, other: Work) -> Work:
    """Return two components' activities as one: it is over when both are."""
    states = {one.state, other.state} - {ActivityState.NOT_APPLICABLE.value}
    same = len(states) == 1
    kept = one if one.state != ActivityState.NOT_APPLICABLE.value else other
    return replace(
        kept,
        state=states.pop() if same else (ActivityState.ONGOING.value if states else one.state),
        done=_sum(one.done, other.done),
        aim=_sum(one.aim, other.aim),
    )


def _sum(one: int | None, other: int | None) -> int | None:
    return None if one is None and other is None else (one or 0) + (other or 0)


def _by_place(works: Sequence[Work]) -> dict[tuple[str, str], Work]:
    return {(work.case, work.method): work for work in works}


def _frameless(loaded: _Loaded, works: Sequence[Work]) -> tuple[tuple[str, str], ...]:
    """Return the networks that need a frame and have none."""
    surveys: dict[str, set[str]] = {}
    for work in works:
        if work.survey:
            surveys.setdefault(work.case, set()).add(work.state)
    return tuple(
        (case.code, said(case.short_fr or case.name_fr, case.short_en or case.name_en))
        for case in loaded.cases
        if (case.pk, loaded.edition) not in loaded.frames
        and surveys.get(case.code) != {ActivityState.NOT_APPLICABLE.value}
    )
