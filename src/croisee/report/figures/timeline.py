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

_LABEL, _LINE, _GAP = 132.0, 15.0, 12.0


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
    first, last = steps[0].at, steps[-1].at
    unit = (sight.width - _LABEL - 12) / max(last - first, 1e-9)
    above = _Lane([s for s in steps if s.lane != "action"], first, unit)
    below = _Lane([s for s in steps if s.lane == "action"], first, unit)
    axis = above.depth + 12
    canvas.height = axis + below.depth + 16
    canvas.add(Line(0, axis, sight.width, axis, theme.INK, 2))
    for year in range(int(first) + 1, int(last) + 1):
        x = (year - first) * unit + 6
        canvas.add(Line(x, axis - 4, x, axis + 4, theme.STEM))
    for step, x, _, far in above.places():
        canvas.add(Line(x, axis, x, axis - far + 4, theme.STEM))
        _write(canvas, (x, axis - far + 12), step)
        _dot(canvas, x, axis, action=False)
    for step, x, near, far in below.places():
        canvas.add(Line(x, axis, x, axis + far - 4, theme.STEM))
        _write(canvas, (x, axis + near + 14), step)
        _dot(canvas, x, axis, action=True)


class _Lane:
    """One side of the line: the labels of its steps on levels as deep as they need."""

    def __init__(self, steps: list[Step], first: float, unit: float) -> None:
        self.steps = steps
        self.xs = [(step.at - first) * unit + 6 for step in steps]
        self.levels = _levels(self.xs)
        heights = [0.0] * (max(self.levels, default=-1) + 1)
        for step, level in zip(steps, self.levels, strict=True):
            need = (len(_lines(step)) + 1) * _LINE + _GAP
            heights[level] = max(heights[level], need)
        self.ends = [sum(heights[: level + 1]) for level in range(len(heights))]
        self.heights = heights

    @property
    def depth(self) -> float:
        """Return how far the farthest label goes from the line."""
        return self.ends[-1] + 6 if self.ends else 0.0

    def places(self) -> list[tuple[Step, float, float, float]]:
        """Return each step with its x and the nearest and farthest of its label."""
        return [
            (step, x, self.ends[level] - self.heights[level], self.ends[level])
            for step, x, level in zip(self.steps, self.xs, self.levels, strict=True)
        ]


def _lines(step: Step) -> tuple[str, ...]:
    return theme.wrap(step.what, _LABEL - 6, theme.SMALL, bold=True)


def _write(canvas: Canvas, corner: tuple[float, float], step: Step) -> None:
    x, y = corner
    canvas.add(Words(x + 5, y, step.when, 12, theme.QUIET))
    for number, line in enumerate(_lines(step), 1):
        canvas.add(Words(x + 5, y + number * _LINE, line, theme.SMALL, bold=True))


def _dot(canvas: Canvas, x: float, y: float, *, action: bool) -> None:
    ink = theme.AGAINST if action else theme.MAIN
    canvas.add(Dot(x, y, ink, ink, "square" if action else "circle", 100))


def _levels(places: Sequence[float]) -> list[int]:
    """Return a height for each label, so that none covers another or another's stem.

    From right to left: a label goes above every label it would reach.
    """
    levels = [0] * len(places)
    for number in reversed(range(len(places))):
        reached = [
            levels[other]
            for other in range(number + 1, len(places))
            if places[other] < places[number] + _LABEL
        ]
        levels[number] = max(reached, default=-1) + 1
    return levels


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
