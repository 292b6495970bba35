"""Where a study stands: plain values that the rules of its home read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from croisee.study import ActivityState

PHASES = ("preparer", "recueillir", "comprendre", "rendre", "agir")


@dataclass(frozen=True, slots=True)
class Frame:
    """One network's frame in one edition. ``listed``: from a list, not from a number alone."""

    size: int
    listed: bool


@dataclass(frozen=True, slots=True)
class Work:
    """One activity, in the reader's words. ``aim``: what was planned, else the frame's size.

    ``done``: what was received, where the database holds something (``received``), else what the
    team wrote. ``apart`` says both when they differ; ``beside`` what else is known of the count
    (« de 41 organismes »). ``framed``: the aim is the frame's. ``state`` is "" for what came in
    without being in the activity table; ``ends_on`` the activity's last day, else its edition's.
    """

    case: str
    case_name: str
    method: str
    method_name: str
    edition: str
    state: str
    done: int | None
    aim: int | None
    survey: bool = False
    ends_on: date | None = None
    unit: str = ""
    reason: str = ""
    start: str = ""
    received: bool = False
    apart: str = ""
    beside: str = ""
    framed: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """All that a study's reminders are computed from, for what its reader may see.

    ``works``: for each method of each network, the edition under way, else the last one it has.
    ``frameless``: networks, by name, whose surveys have nothing to be counted against.
    ``certified_until``: the last day covered by a certificate, ``None`` when open-ended;
    ``certificates`` counts them. ``meeting_on``: the next one. ``invitations``: not accepted yet.
    ``delicate``: taking part is itself a delicate fact, and no count of it leaves the team.
    """

    on: date
    slug: str
    works: Sequence[Work] = ()
    cases: int = 0
    frameless: Sequence[tuple[str, str]] = ()
    certificates: int = 0
    why_closed: str = ""
    certified_until: date | None = None
    meeting_on: date | None = None
    meeting_id: int = 0
    invitations: int = 0
    arrest_on: date | None = None
    destroy_on: date | None = None
    destroy_what: str = ""
    closed: bool = False
    delicate: bool = False


def phase_of(standing: Standing) -> str:
    """Return the step of the path a study is at.

    Preparing until an activity has begun; collecting until all are over; understanding until
    the arrest date; giving back after it; acting once the study is closed.
    """
    states = {work.state for work in standing.works} - {ActivityState.NOT_APPLICABLE.value, ""}
    if standing.closed:
        return "agir"
    if states <= {ActivityState.PLANNED.value}:
        return "preparer"
    if states - {ActivityState.DONE.value}:
        return "recueillir"
    if standing.arrest_on is None or standing.on < standing.arrest_on:
        return "comprendre"
    return "rendre"


@dataclass(frozen=True, slots=True)
class Wave:
    """An edition and its dates."""

    code: str
    start: date | None
    end: date | None


def under_way(waves: Sequence[Wave], on: date) -> Wave | None:
    """Return the edition that a day is in, else the last begun, else the first."""
    now = [one for one in waves if one.start and one.start <= on and (not one.end or on <= one.end)]
    begun = [one for one in waves if one.start and one.start <= on]
    return next(iter((now or begun or list(waves[:1]))[-1:]), None)
