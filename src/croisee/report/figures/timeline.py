"""The study's steps on an honest scale of time: research above the line, action below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from croisee.disclosure.released import Fact
from croisee.report import words
from croisee.report.dates import day_of, month_of
from croisee.report.figures import theme
from croisee.report.figures.canvas import Box, Canvas, Dot, Line, Words
from croisee.report.figures.sight import Sight

_STEP, _YEARS = 20.0, 24.0
"""Height of a mark, and of the years written under the line."""


@dataclass(frozen=True, slots=True)
class Step:
    """A milestone: where it stands in years, what is written, in which lane."""

    at: float
    when: str
    what: str
    lane: str


def timeline(sight: Sight) -> Canvas:
    """Draw two lanes on a page, a list down a line on a phone."""
    steps = _steps(sight)
    canvas = sight.canvas()
    if sight.narrow:
        _down(sight, canvas, steps)
    elif steps:
        _across(sight, canvas, steps)
    canvas.height = max(canvas.height, 1.0)
    return canvas


def _steps(sight: Sight) -> list[Step]:
    heads = [head.key for head in sight.table.columns]
    found = []
    for place, head in sight.rows():
        on, lane = sight.value(place, heads.index("date")), sight.value(place, heads.index("volet"))
        assert isinstance(on, Fact)
        assert isinstance(lane, Fact)
        at, when = read_date(on.text.fr, sight)
        found.append(Step(at, when, sight.text(head.label), lane.state))
    return sorted(found, key=lambda step: step.at)


def read_date(iso: str, sight: Sight) -> tuple[float, str]:
    """Return a date (``2020``, ``2020-03`` or ``2020-03-13``) in years, and as it is written."""
    parts = [int(part) for part in iso.split("-")]
    on = date(parts[0], *[*parts[1:], 1, 1][:2])
    start = date(on.year, 1, 1)
    at = on.year + (on - start).days / 366
    if len(parts) == 1:
        return at, iso
    written = month_of(on, sight.language) if len(parts) == 2 else day_of(on, sight.language)
    return at, sight.text(written)


def _across(sight: Sight, canvas: Canvas, steps: list[Step]) -> None:
    """Draw numbered marks on the line of years, then what each number says, lane by lane."""
    first, last = int(steps[0].at), int(steps[-1].at) + 1
    unit = (sight.width - 24) / max(last - first, 1)
    places = [12 + (step.at - first) * unit for step in steps]
    lanes = [
        [n for n, step in enumerate(steps) if (step.lane == "action") is action]
        for action in (False, True)
    ]
    levels = [stacked([places[n] for n in lane]) for lane in lanes]
    depths = [(max(level, default=-1) + 1) * _STEP for level in levels]
    axis = depths[0] + 8
    canvas.add(Line(0, axis, sight.width, axis, theme.INK, 2))
    for lane, level, away in zip(lanes, levels, (-1, 1), strict=True):
        start = axis if away < 0 else axis + _YEARS
        for n, up in sorted(zip(lane, level, strict=True), key=lambda one: -one[1]):
            y = start + away * (up + 0.5) * _STEP
            canvas.add(Line(places[n], axis, places[n], y, theme.STEM))
            _numbered(canvas, (places[n], y), n + 1, steps[n])
    for year in range(first, last + 1):
        x = 12 + (year - first) * unit
        canvas.add(Line(x, axis - 4, x, axis + 4, theme.INK, 1.5))
        if (year - first) % (1 if unit > 40 else 2) == 0:
            canvas.add(Words(x, axis + 17, str(year), 12, theme.QUIET, anchor="middle"))
    canvas.height = _told(sight, canvas, axis + _YEARS + depths[1] + 14, steps, lanes)


def stacked(places: Sequence[float]) -> list[int]:
    """Return how far from the line each mark stands, so that none touches another.

    A mark takes the nearest level that is free at its place; ``places`` go up.
    """
    ends: list[float] = []
    levels = []
    for place in places:
        free = (n for n, end in enumerate(ends) if place - end >= _STEP)
        level = next(free, len(ends))
        ends[level : level + 1] = [place]
        levels.append(level)
    return levels


def _numbered(canvas: Canvas, centre: tuple[float, float], number: int, step: Step) -> None:
    action = step.lane == "action"
    ink = theme.AGAINST if action else theme.MAIN
    canvas.add(Dot(*centre, ink, ink, "square" if action else "circle", 300))
    at = Words(centre[0], centre[1] + 4, str(number), 11, theme.PAPER, bold=True, anchor="middle")
    canvas.add(at)


def _told(
    sight: Sight, canvas: Canvas, y: float, steps: list[Step], lanes: list[list[int]]
) -> float:
    """Write a column a lane; return the y below the longer one."""
    width = sight.width / 2
    bottom = y
    for column, lane in enumerate(lanes):
        x, below = column * width, y
        if lane:
            name = sight.text(words.state(("recherche", "action")[column]))
            canvas.add(Words(x, y + 14, name, bold=True))
            below += 24
        for n in lane:
            _numbered(canvas, (x + 9, below + 11), n + 1, steps[n])
            said = f"{steps[n].when} · {steps[n].what}"
            last = canvas.lines(Words(x + 26, below + 15, said, theme.SMALL), width - 40)
            below = last + 10
        bottom = max(bottom, below)
    return bottom


def _dot(canvas: Canvas, x: float, y: float, *, action: bool) -> None:
    ink = theme.AGAINST if action else theme.MAIN
    canvas.add(Dot(x, y, ink, ink, "square" if action else "circle", 100))


def _down(sight: Sight, canvas: Canvas, steps: list[Step]) -> None:
    y = 4.0
    line = len(canvas.marks)
    for step in steps:
        _dot(canvas, 8, y + 8, action=step.lane == "action")
        lane = sight.text(words.state(step.lane))
        canvas.add(Words(24, y + 12, f"{step.when} · {lane}", 12, theme.QUIET))
        last = canvas.lines(Words(24, y + 29, step.what, bold=True), sight.width - 24)
        y = last + 14
    canvas.height = y
    canvas.marks.insert(line, Box(7, 8, 2, max(y - 24, 1), theme.STEM))
