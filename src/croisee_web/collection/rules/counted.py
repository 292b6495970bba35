"""How a collection is counted: n of N, rates, regions, and the curve of its answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from croisee_web.kit.days import day_text
from croisee_web.study.rules.cells import RATED
from croisee_web.study.rules.collected import Band

REGION_LEAST = 3
"""A region's participation is told of that many members (``docs/methods/divulgation.md`` §3.1)."""
WIDTH, HEIGHT = 480, 240
LEFT, RIGHT, TOP, BOTTOM = 40, 130, 12, 32
_APART = 19
"""Between two labels at the end of the curves."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One network as it stands: ``base`` is ``None`` where nobody knows how many were asked."""

    code: str
    name: str
    answered: int
    base: int | None
    goal: int | None
    invited: bool = False
    """The base counts personal links; else the members of the frame."""

    @property
    def beyond(self) -> bool:
        """Whether there are more answers than members: an open link may serve several times."""
        return self.base is not None and not self.invited and self.answered > self.base


@dataclass(frozen=True, slots=True)
class Counted:
    """A network's line: « 12 sur 24 », its rate, its bar and the goal's mark, in percent."""

    code: str
    name: str
    colour: int
    shown: str
    rate: str = ""
    width: int | None = None
    goal: str = ""
    goal_at: int | None = None
    base: str = ""
    missing: int = 0
    """Answers still hoped for; 0 once the goal is reached."""


def counted(asked: Asked, colour: int, band: Band | None = None) -> Counted:
    """Return a network's line. ``band``: how taking part is told outside the team, if delicate."""
    goal = (
        ngettext("But : %(n)s réponse", "But : %(n)s réponses", asked.goal) % {"n": asked.goal}
        if asked.goal
        else ""
    )
    if band is not None:
        return Counted(asked.code, asked.name, colour, _in_band(asked, band), goal=goal)
    told = {"n": asked.answered, "of": asked.base}
    shown = (
        _("%(n)s sur %(of)s") % told
        if asked.base is not None and not asked.beyond
        else ngettext("%(n)s réponse", "%(n)s réponses", asked.answered) % told
    )
    whole = max(asked.answered, asked.base or 0, asked.goal or 0)
    drawn = whole > 0 and (asked.base is not None or asked.goal is not None)
    return Counted(
        asked.code,
        asked.name,
        colour,
        shown,
        _rate(asked),
        _share(asked.answered, whole) if drawn else None,
        goal,
        _share(asked.goal, whole) if drawn and asked.goal else None,
        _base(asked),
        max(0, (asked.goal or 0) - asked.answered),
    )


def _rate(asked: Asked) -> str:
    if asked.base is None or asked.base < RATED or asked.answered > asked.base:
        return ""
    return _("%(n)s %%") % {"n": _share(asked.answered, asked.base)}


def _share(n: int, of: int) -> int:
    return (200 * n + of) // (2 * of)


def _base(asked: Asked) -> str:
    if asked.base is None:
        return _("On ne sait pas combien ont été sollicités.")
    if asked.invited:
        return ngettext("%(n)s lien personnel", "%(n)s liens personnels", asked.base) % {
            "n": asked.base
        }
    members = ngettext("%(n)s membre de la base", "%(n)s membres de la base", asked.base) % {
        "n": asked.base
    }
    if not asked.beyond:
        return members
    more = _("Plus de réponses que de membres : le lien ouvert a pu servir plusieurs fois.")
    return f"{members}. {more}"


def _in_band(asked: Asked, band: Band) -> str:
    told = band(asked.answered, asked.base)
    if told is None:
        return ""
    least, most = told
    if least == most:
        return str(least)
    if least:
        return _("Au moins %(n)s") % {"n": least}
    return _("Moins de %(n)s") % {"n": most + 1}


@dataclass(frozen=True, slots=True)
class Region:
    """How many members of a region answered."""

    name: str
    answered: int
    base: int


def regions_told(regions: Sequence[Region], *, least: int = REGION_LEAST) -> tuple[Region, ...]:
    """Return the regions that may be told apart; the small ones together, under no name.

    Those together hold ``least`` members too, or they would be told by subtraction: the
    smallest of the others joins them. With one group left, nothing is told by region.

    Example:
        >>> told = regions_told([Region("A", 2, 9), Region("B", 1, 4), Region("C", 1, 1)])
        >>> [(one.name, one.answered, one.base) for one in told]
        [('A', 2, 9), ('', 2, 5)]
    """
    kept = sorted(
        (one for one in regions if one.base >= least), key=lambda one: (-one.base, one.name)
    )
    small = [one for one in regions if one.base < least]
    while small and kept and sum(one.base for one in small) < least:
        small.append(kept.pop())
    together = (
        [Region("", sum(one.answered for one in small), sum(one.base for one in small))]
        if small
        else []
    )
    told = sorted(kept, key=lambda one: one.name) + together
    return tuple(told) if len(told) > 1 else ()


@dataclass(frozen=True, slots=True)
class Trace:
    """One network's curve: its points as SVG writes them, and where its name stands."""

    code: str
    name: str
    colour: int
    points: str
    total: int
    end: tuple[int, int]
    label_at: int


@dataclass(frozen=True, slots=True)
class Curve:
    """The answers of each network, added up day after day: a drawing, its words, its table.

    ``ticks``: height and number of each line of the scale; ``days``: place and name of the first
    and last days; ``rows``: a day with an answer, and each network's total that day.
    """

    traces: tuple[Trace, ...]
    ticks: tuple[tuple[int, int], ...]
    days: tuple[tuple[int, str], ...]
    words: str
    rows: tuple[tuple[date, tuple[int, ...]], ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    floor: int = HEIGHT - BOTTOM


def curve_of(
    networks: Sequence[tuple[str, str, int]],
    by_day: Mapping[tuple[str, date], int],
    opens_on: date,
    until: date,
) -> Curve | None:
    """Return the curve of each network (code, name, colour), ``None`` before any answer.

    ``until``: the last day drawn, today or the closing day.
    """
    days = sorted({day for _code, day in by_day})
    if not days or not networks:
        return None
    first, last = min(opens_on, days[0]), max(until, days[-1])
    span = max((last - first).days, 1)
    totals = {
        code: [sum(n for (of, at), n in by_day.items() if of == code and at <= day) for day in days]
        for code, _name, _colour in networks
    }
    top = max(total[-1] for total in totals.values())
    step = _step(top)
    top = -(-top // step) * step

    def place(day: date, n: int) -> tuple[int, int]:
        x = LEFT + round((WIDTH - LEFT - RIGHT) * (day - first).days / span)
        return x, HEIGHT - BOTTOM - round((HEIGHT - TOP - BOTTOM) * n / top)

    traces = []
    for code, name, colour in networks:
        points = [place(first, 0)]
        for day, n in zip(days, totals[code], strict=True):
            before = points[-1][1]
            points += [(place(max(first, day - timedelta(days=1)), 0)[0], before), place(day, n)]
        points.append((place(last, 0)[0], points[-1][1]))
        traces.append(
            Trace(
                code, name, colour, " ".join(f"{x},{y}" for x, y in points), totals[code][-1],
                points[-1], points[-1][1],
            )
        )  # fmt: skip
    return Curve(
        _spread(traces),
        tuple((place(first, n)[1], n) for n in range(0, top + 1, step)),
        ((LEFT, day_text(first, year=False)), (WIDTH - RIGHT, day_text(last, year=False))),
        _words(traces, days[-1]),
        tuple(
            (day, tuple(totals[code][row] for code, _name, _colour in networks))
            for row, day in enumerate(days)
        ),
    )


def _step(top: int) -> int:
    """Return 1, 2 or 5 times a power of ten: five lines of a scale at most."""
    power = 1
    while True:
        for step in (power, 2 * power, 5 * power):
            if top <= 5 * step:
                return step
        power *= 10


def _spread(traces: Sequence[Trace]) -> tuple[Trace, ...]:
    """Return the traces with their names far enough from one another, the highest first."""
    placed: list[Trace] = []
    for one in sorted(traces, key=lambda trace: (trace.end[1], trace.code)):
        above = placed[-1].label_at + _APART if placed else 0
        placed.append(
            Trace(
                one.code, one.name, one.colour, one.points, one.total, one.end,
                max(one.end[1] + 5, above, TOP + 5),
            )
        )  # fmt: skip
    return tuple(placed)


def _words(traces: Sequence[Trace], last: date) -> str:
    told = ", ".join(
        ngettext("%(name)s : %(n)s réponse", "%(name)s : %(n)s réponses", one.total)
        % {"name": one.name, "n": one.total}
        for one in traces
    )
    return _("Réponses reçues au %(day)s. %(told)s.") % {"day": day_text(last), "told": told}
