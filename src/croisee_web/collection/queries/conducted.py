"""The collections of a study: their list, and where one stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from croisee.study import Subject
from croisee_web.access.models import Account
from croisee_web.access.queries import cases_with, require, verbs_in
from croisee_web.access.vocabulary import Verb
from croisee_web.collection.models import (
    AnswerLink,
    Collecting,
    DayCount,
    Invitation,
    Letter,
    Submission,
)
from croisee_web.collection.queries.coverage import Coverage, Network, coverage_of
from croisee_web.collection.queries.settling import to_look_at
from croisee_web.collection.rules.counted import (
    Asked,
    Counted,
    Curve,
    counted,
    curve_of,
)
from croisee_web.collection.rules.openness import Dates, OpenState, state_on
from croisee_web.collection.vocabulary import Flag, InvitationState, Openness, SubmissionState
from croisee_web.kit.errors import NotFound
from croisee_web.study.models import Edition
from croisee_web.study.queries.ethics import collection_open
from croisee_web.study.queries.frames import frames_of
from croisee_web.study.queries.naming import said
from croisee_web.study.rules.collected import participation_band

HUES = 4


@dataclass(frozen=True, slots=True)
class CollectingCard:
    """One collection of the list."""

    id: int
    name: str
    edition: str
    state: OpenState
    left: str
    closes_on: date
    answered: int | None
    """``None`` where taking part is delicate, for a reader outside the team."""


@dataclass(frozen=True, slots=True)
class Posted:
    """Where the invitations stand. ``to_remind``: may be written to, and have not answered."""

    invited: int
    sent: int
    refused: int
    to_send: int
    to_remind: int
    letters: tuple[tuple[str, datetime, int, int, bool], ...]
    """Kind, when, sent, refused, whether it is done."""


@dataclass(frozen=True, slots=True)
class Looked:
    """Submissions that bear a flag: what it says, and how many."""

    flag: str
    words: str
    number: int


@dataclass(frozen=True, slots=True)
class Dashboard:
    """Where a collection stands, for one reader.

    ``team``: the reader reads all results; else she sees participation, of her networks only.
    """

    id: int
    name: str
    edition: str
    edition_code: str
    version: int
    published_number: int
    state: OpenState
    dates: Dates
    left: str
    anonymous: bool
    open_slug: str
    team: bool
    links: int
    used: int
    networks: tuple[Counted, ...]
    coverage: tuple[Coverage, ...]
    curve: Curve | None
    posted: Posted | None
    looked: tuple[Looked, ...]
    pending: int
    may_conduct: bool
    may_see_silent: bool

    @property
    def closed(self) -> bool:
        """Return whether it takes no answer any more."""
        return self.state.state is Openness.CLOSED

    @property
    def begun(self) -> bool:
        """Return whether somebody answered."""
        return self.curve is not None or any(one.width for one in self.networks)


def collectings(*, study_id: int, viewer: Account, at: datetime) -> tuple[CollectingCard, ...]:
    """Return the collections that ask a network the reader may see, the last opened first.

    Six SQL queries, whatever their number.

    Raises:
        NotFound, NotAllowed: the viewer may see no network.
    """
    seen, team = _seen(study_id, viewer)
    rows = Collecting.objects.filter(study_id=study_id)
    if seen is not None:
        rows = rows.filter(cases__case__code__in=seen).distinct()
    rows = rows.select_related("study", "published__questionnaire").order_by("-opens_on", "-pk")
    names = _editions(study_id)
    counts: dict[int, int] = {}
    for number, case, n in _received(study_id):
        if seen is None or case in seen:
            counts[number] = counts.get(number, 0) + n
    told = team or participation_band(study_id) is None
    closed = collection_open(study_id, _dates(rows[0]).day_of(at)) if rows else ""
    return tuple(
        CollectingCard(
            row.pk,
            _name(row),
            names.get(row.edition, row.edition),
            state := state_on(_dates(row), at, certified=not closed),
            left_of(_dates(row), state, at),
            row.closes_on,
            counts.get(row.pk, 0) if told else None,
        )
        for row in rows
    )


def dashboard(*, study_id: int, collecting_id: int, viewer: Account, at: datetime) -> Dashboard:
    """Return where a collection stands. Sixteen SQL queries at most, whatever its size.

    Outside the team: participation only, of the reader's networks, and by region where a region
    has three members (``docs/methods/divulgation.md`` §3.1).

    Raises:
        NotFound: no such collection, or it asks none of the reader's networks.
        NotAllowed: the viewer may see no network.
    """
    seen, team = _seen(study_id, viewer)
    row = (
        Collecting.objects.select_related("study", "published__questionnaire")
        .filter(pk=collecting_id, study_id=study_id)
        .first()
    )
    cases = _cases(row, seen) if row else []
    if row is None or not cases:
        raise NotFound
    dates = _dates(row)
    state = state_on(dates, at, certified=not collection_open(study_id, dates.day_of(at)))
    verbs = verbs_in(account=viewer, study_id=study_id)
    band = None if team else participation_band(study_id)
    asked = _asked(row, cases)
    colours = {one.code: place + 1 if len(cases) <= HUES else 0 for place, one in enumerate(asked)}
    used = AnswerLink.objects.filter(collecting=row).aggregate(
        links=Count("pk"), used=Count("pk", filter=Q(used=True))
    )
    return Dashboard(
        row.pk,
        _name(row),
        _editions(study_id).get(row.edition, row.edition),
        row.edition,
        row.version,
        row.published.number,
        state,
        dates,
        left_of(dates, state, at),
        row.anonymous,
        row.open_slug or "",
        team,
        used["links"],
        used["used"],
        tuple(counted(one, colours[one.code], band) for one in asked),
        coverage_of(row, cases, exact=team and not row.anonymous) if band is None else (),
        _curve(row, asked, colours, dates, at) if team else None,
        _posted(row) if team else None,
        _looked(row) if team else (),
        Submission.objects.filter(collecting=row, state=SubmissionState.AWAITED).count()
        if team
        else 0,
        Verb.EDIT_STUDY in verbs,
        Verb.SEE_PARTICIPANTS in verbs and not row.anonymous and used["links"] > 0,
    )


def left_of(dates: Dates, state: OpenState, at: datetime) -> str:
    """Return how long answers are still taken: « encore 3 jours », « ferme ce soir »."""
    if state.state is Openness.CLOSED:
        return _("Fermée")
    today = dates.day_of(at)
    if state.state is Openness.COMING:
        days = (dates.opens_on - today).days
        return ngettext("Ouvre dans %(n)s jour", "Ouvre dans %(n)s jours", days) % {"n": days}
    if state.state is Openness.PAUSED:
        return _("En pause : aucun certificat d’éthique ne couvre ce jour")
    days = (dates.closes_on - today).days
    if not days:
        return _("Ferme ce soir")
    return ngettext("Encore %(n)s jour", "Encore %(n)s jours", days) % {"n": days}


def _seen(study_id: int, viewer: Account) -> tuple[frozenset[str] | None, bool]:
    """Return the networks a reader sees (all: ``None``), and whether she is of the team."""
    everywhere, codes = cases_with(account=viewer, study_id=study_id, verb=Verb.SEE_STUDY)
    if not everywhere and not codes:
        require(actor=viewer, verb=Verb.SEE_STUDY, study_id=study_id)
    team = Verb.READ_RESULTS in verbs_in(account=viewer, study_id=study_id)
    return (None if everywhere else frozenset(codes)), team


def _dates(row: Collecting) -> Dates:
    return Dates(row.opens_on, row.closes_on, row.closed_at, row.study.timezone)


def _name(row: Collecting) -> str:
    return said(row.published.questionnaire.name_fr, row.published.questionnaire.name_en)


def _editions(study_id: int) -> dict[str, str]:
    rows = Edition.objects.filter(study_id=study_id).values_list("code", "name_fr", "name_en")
    return {code: said(french, english) or code for code, french, english in rows}


def _cases(row: Collecting, seen: frozenset[str] | None) -> list[Network]:
    rows = row.cases.order_by("case__position", "case_id").values_list(
        "case_id", "case__code", "case__short_fr", "case__short_en", "case__individuals", "goal"
    )
    return [
        (number, code, said(french, english), individuals, goal)
        for number, code, french, english, individuals, goal in rows
        if seen is None or code in seen
    ]


def _received(study_id: int) -> Iterable[tuple[int, str, int]]:
    """Return (collection, network's code, answers) of a study. One SQL query."""
    return (
        Submission.objects.filter(collecting__study_id=study_id, sheet__isnull=False)
        .order_by()
        .values_list("collecting_id", "case__code")
        .annotate(n=Count("pk"))
    )


def _asked(row: Collecting, cases: list[Network]) -> list[Asked]:
    """Return the networks with what each is counted against. Four SQL queries.

    Members are counted against the frame; persons against the links made for them, unless an
    open link lets in whoever has it.
    """
    counts = dict(
        Submission.objects.filter(collecting=row, sheet__isnull=False)
        .order_by()
        .values_list("case_id")
        .annotate(n=Count("pk"))
    )
    links = dict(
        AnswerLink.objects.filter(collecting=row)
        .order_by()
        .values_list("case_id")
        .annotate(n=Count("pk"))
    )
    frames = frames_of(row.study_id, [row.edition])
    members = row.published.questionnaire.subject == Subject.ORGANISATION.value
    found = []
    for number, code, name, individuals, goal in cases:
        frame = frames.get((number, row.edition))
        framed = frame is not None and (members or individuals)
        invited = not framed and row.open_slug is None and links.get(number, 0) > 0
        base = frame.size if framed and frame else links.get(number) if invited else None
        found.append(Asked(code, name, counts.get(number, 0), base, goal, invited))
    return found


def _curve(
    row: Collecting, asked: list[Asked], colours: Mapping[str, int], dates: Dates, at: datetime
) -> Curve | None:
    until = min(dates.day_of(at), dates.closed_on)
    if until <= dates.opens_on:
        return None  # one day draws no line
    by_day: dict[tuple[str, date], int] = {
        (code, day): n
        for code, day, n in DayCount.objects.filter(collecting=row, count__gt=0).values_list(
            "case__code", "day", "count"
        )
    }
    networks = [(one.code, one.name, colours[one.code]) for one in asked]
    return curve_of(networks, by_day, dates.opens_on, until)


def _posted(row: Collecting) -> Posted | None:
    sums = Invitation.objects.filter(link__collecting=row).aggregate(
        invited=Count("pk"),
        sent=Count("pk", filter=Q(state=InvitationState.SENT)),
        refused=Count("pk", filter=Q(state=InvitationState.REFUSED)),
        to_send=Count("pk", filter=Q(state=InvitationState.WAITING)),
        to_remind=Count("pk", filter=Q(state=InvitationState.SENT, link__used=False)),
    )
    letters = tuple(
        (str(one.get_kind_display()), one.asked_at, one.sent, one.refused, one.done_at is not None)
        for one in Letter.objects.filter(collecting=row).order_by("pk")
    )
    return Posted(**sums, letters=letters) if sums["invited"] or letters else None


def _looked(row: Collecting) -> tuple[Looked, ...]:
    found: dict[str, int] = {}
    for flags in to_look_at(row.pk).values_list("flags", flat=True):
        for flag in flags:
            found[flag] = found.get(flag, 0) + 1
    words = {one.value: str(one.label) for one in Flag}
    return tuple(
        Looked(flag, words.get(flag, flag), number) for flag, number in sorted(found.items())
    )
