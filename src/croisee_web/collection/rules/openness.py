"""When a collection takes answers, and how that is told to whoever answers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from croisee_web.collection.vocabulary import Openness
from croisee_web.kit.days import day_text
from croisee_web.study.rules.ethics import Period

KEPT_AFTER = timedelta(days=7)
"""How long after its closing a collection's drafts and key stay: it may be reopened."""


@dataclass(frozen=True, slots=True)
class Dates:
    """A collection's days in its study's zone, both included; ``closed_at``: closed by hand."""

    opens_on: date
    closes_on: date
    closed_at: datetime | None
    zone: str

    def day_of(self, at: datetime) -> date:
        """Return the day it is where the study is held."""
        return at.astimezone(zone_of(self.zone)).date()

    @property
    def closed_on(self) -> date:
        """Return its last day."""
        if self.closed_at is None:
            return self.closes_on
        return min(self.closes_on, self.day_of(self.closed_at))


@dataclass(frozen=True, slots=True)
class OpenState:
    """Whether a collection takes answers, and the sentence that says so to whoever answers."""

    state: Openness
    words: str

    @property
    def open(self) -> bool:
        """Return whether an answer is taken."""
        return self.state is Openness.OPEN


def state_on(dates: Dates, at: datetime, *, certified: bool) -> OpenState:
    """Return how a collection stands at a moment; its closing day is open to its end."""
    today = dates.day_of(at)
    if dates.closed_at is not None or today > dates.closes_on:
        told = _("Ce sondage a fermé le %(day)s.") % {"day": day_text(dates.closed_on)}
        return OpenState(Openness.CLOSED, told)
    if today < dates.opens_on:
        told = _("Ce sondage ouvre le %(day)s.") % {"day": day_text(dates.opens_on)}
        return OpenState(Openness.COMING, told)
    if not certified:
        return OpenState(Openness.PAUSED, _("Ce sondage est en pause. Revenez plus tard."))
    told = _("Vous pouvez répondre jusqu’au %(day)s.") % {"day": day_text(dates.closes_on)}
    return OpenState(Openness.OPEN, told)


def zone_of(name: str) -> tzinfo:
    """Return a study's time zone, UTC where its name means nothing here."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return UTC


def first_bare_day(periods: Sequence[Period], start: date, end: date) -> date | None:
    """Return the first day from ``start`` to ``end`` that no period holds."""
    nexts = [one.end + timedelta(days=1) for one in periods if one.end is not None]
    days = sorted({start, *(day for day in nexts if start < day <= end)})
    return next((day for day in days if not any(one.holds(day) for one in periods)), None)


Seal = Callable[[int, str, date], str]
"""(study, edition, opening day) → the code of the sealed release that counts it, "" if none."""
_SEALS: list[Seal] = []


def sealed_by(seal: Seal) -> None:
    """Let the slice that holds sealed releases say what they count; one SQL query a question."""
    if seal not in _SEALS:
        _SEALS.append(seal)


def sealed_release(study_id: int, edition: str, opens_on: date) -> str:
    """Return the sealed release that counts a collection's answers, "" while none does."""
    return next(filter(None, (seal(study_id, edition, opens_on) for seal in _SEALS)), "")
