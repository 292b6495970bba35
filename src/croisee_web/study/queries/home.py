"""The home of a study: its phase, what to do now, its networks crossed with its methods."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from django.utils.translation import gettext as _

from croisee.study import ActivityState, MethodKind
from croisee_web.access.models import Account, Invitation
from croisee_web.access.queries import cases_with, require
from croisee_web.access.vocabulary import Verb
from croisee_web.journal.queries import lines
from croisee_web.kit.menu import STEPS
from croisee_web.study.models import Case, Certificate, Meeting, Method, Study
from croisee_web.study.queries.ethics import next_destruction
from croisee_web.study.queries.frames import regions_of
from croisee_web.study.queries.matrix import Grid, grid_of
from croisee_web.study.queries.naming import StudyRef, said
from croisee_web.study.queries.networks import NamedCode
from croisee_web.study.rules.cells import Cell, cell_of, scope_of
from croisee_web.study.rules.collected import Band, participation_band
from croisee_web.study.rules.ethics import Period, why_closed
from croisee_web.study.rules.reminders import Reminder, most_pressing, reminders_of
from croisee_web.study.rules.state import PHASES, Standing, Work, phase_of

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
    """All that the page shows, in the reader's words.

    ``edition``: the one asked for, "" when each cell shows the last that has something.
    ``received``: some counts are the database's own. ``changed_at``: the last act written down.
    """

    phases: tuple[Phase, ...]
    reminders: tuple[Reminder, ...]
    edition: str
    editions: tuple[NamedCode, ...]
    methods: tuple[MethodHead, ...]
    rows: tuple[HomeRow, ...]
    received: bool
    changed_at: datetime | None

    @property
    def shown(self) -> str:
        """Return the name of the edition asked for, where there are several."""
        named = {one.code: str(one) for one in self.editions if len(self.editions) > 1}
        return named.get(self.edition, "")


def study_home(
    *, study: StudyRef, viewer: Account, at: datetime, on: date, edition: str = ""
) -> StudyHome:
    """Return where a study stands on a day, for one reader.

    Fourteen SQL queries, whatever the number of networks, methods and members; the counts and
    reminders of slices above make their own. A coordinator sees her networks only, and the same
    counts as the team unless the study holds taking part for delicate
    (``docs/methods/divulgation.md`` §3.1).

    Raises:
        NotAllowed: the viewer may see no network.
    """
    everywhere, codes = cases_with(account=viewer, study_id=study.id, verb=Verb.SEE_STUDY)
    if not everywhere and not codes:
        require(actor=viewer, verb=Verb.SEE_STUDY, study_id=study.id)
    seen = None if everywhere else frozenset(codes)
    band = participation_band(study.id)
    grid = grid_of(study.id, seen, on)
    standing = _standing(study, grid, at, on, delicate=band is not None)
    here = PHASES.index(phase_of(standing))
    chosen = edition if edition in {one.code for one in grid.editions} else ""
    if len(grid.editions) == 1:
        chosen = grid.now
    return StudyHome(
        phases=tuple(
            Phase(str(label), place < here, place == here)
            for place, label in enumerate(STEPS.values())
        ),
        reminders=most_pressing(
            reminders_of(standing, study.id), frozenset(map(str, study.verbs)), seen
        ),
        edition=chosen,
        editions=grid.editions,
        methods=tuple(
            MethodHead(
                said(one.name_fr, one.name_en),
                _subject(one) if one.kind == MethodKind.SURVEY.value else "",
            )
            for one in grid.methods
        ),
        rows=_rows(study.id, grid, chosen, None if Verb.READ_RESULTS in study.verbs else band),
        received=any(work.received for by in grid.works.values() for work in by.values()),
        changed_at=next((line.at for line in lines(study_id=study.id, limit=1)), None),
    )


def _rows(study_id: int, grid: Grid, edition: str, band: Band | None) -> tuple[HomeRow, ...]:
    works, regions = grid.chosen(edition), regions_of(study_id)
    return tuple(
        HomeRow(
            case.code,
            _name_of(case),
            scope_of(
                grid.frame_of(case.pk, edition),
                said(case.unit_fr, case.unit_en),
                said(case.units_fr, case.units_en),
                case.individuals,
                regions.get(case.pk, 0),
            ),
            place + 1 if len(grid.cases) <= HUES else 0,
            tuple(
                (
                    said(method.name_fr, method.name_en),
                    _cell(works.get((case.pk, method.pk)), method, band, edition or grid.now),
                )
                for method in grid.methods
            ),
        )
        for place, case in enumerate(grid.cases)
    )


def _cell(work: Work | None, method: Method, band: Band | None, shown: str) -> Cell:
    """Return how an activity reads, beside its edition when that is another one."""
    cell = cell_of(work, kind=method.kind, subject=method.subject, band=band)
    if work is None:
        return cell
    other = "" if cell.apart or work.edition == shown else work.edition
    return replace(cell, wave=work.edition, edition=other)


def _name_of(case: Case) -> str:
    return said(case.short_fr or case.name_fr, case.short_en or case.name_en)


def _subject(method: Method) -> str:
    return _("organismes") if method.subject == "organisme" else _("personnes")


def _standing(study: StudyRef, grid: Grid, at: datetime, on: date, *, delicate: bool) -> Standing:
    row = Study.objects.get(pk=study.id)
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
    return Standing(
        on=on,
        slug=study.slug,
        works=tuple(grid.chosen().values()),
        cases=len(grid.cases),
        frameless=_frameless(grid),
        certificates=len(certificates),
        why_closed=why_closed(certificates, on),
        certified_until=None if None in holding else max((d for d in holding if d), default=None),
        meeting_on=meeting[0] if meeting else None,
        meeting_id=meeting[1] if meeting else 0,
        invitations=Invitation.objects.filter(
            study_id=study.id, accepted_at=None, cancelled_at=None, expires_at__gt=at
        ).count(),
        arrest_on=row.release_arrest_on,
        destroy_on=destruction.until if destruction else None,
        destroy_what=destruction.what if destruction else "",
        closed=row.closed_at is not None,
        delicate=delicate,
    )


def _frameless(grid: Grid) -> tuple[tuple[str, str], ...]:
    """Return the networks whose surveys can be counted against nothing: no frame, no plan."""
    surveys: dict[int, list[Work]] = {}
    for (case, _method), work in grid.chosen().items():
        if work.survey:
            surveys.setdefault(case, []).append(work)
    return tuple(
        (case.code, _name_of(case))
        for case in grid.cases
        if _needs_a_frame(surveys.get(case.pk, [])) and grid.frame_of(case.pk) is None
    )


def _needs_a_frame(surveys: list[Work]) -> bool:
    """Return whether a network without a list lacks one; with no survey yet, it does."""
    applicable = [one for one in surveys if one.state != ActivityState.NOT_APPLICABLE.value]
    return not surveys or any(one.aim is None for one in applicable)
