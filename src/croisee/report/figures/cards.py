"""Facts side by side: the cases' cards, and the figures of other sources."""

from __future__ import annotations

from croisee.disclosure.released import Fact, Head
from croisee.report import words
from croisee.report.figures import theme
from croisee.report.figures.canvas import Box, Canvas, Dot, Line, Words
from croisee.report.figures.elements import Extent, Place, gauge
from croisee.report.figures.sight import Sight, gathered


def cases(sight: Sight) -> Canvas:
    """Draw one aligned card a case: facts in words, members as a slope."""
    canvas = sight.canvas()
    across = 2 if sight.narrow else min(4, max(len(sight.rows()), 1))
    gap = 18.0
    width = (sight.width - gap * (across - 1)) / across
    rows = list(sight.rows())
    top = 0.0
    for start in range(0, len(rows), across):
        line = rows[start : start + across]
        top = _cards(sight, canvas, line, (top, width, gap)) + 20
    canvas.height = max(top - 12, 1.0)
    return canvas


def _cards(
    sight: Sight,
    canvas: Canvas,
    line: list[tuple[int, Head]],
    frame: tuple[float, float, float],
) -> float:
    top, width, gap = frame
    y = top
    for number, (_, head) in enumerate(line):
        x = number * (width + gap)
        canvas.add(Box(x, top, width, 4, sight.hue(head.key)))
        y = max(y, canvas.lines(Words(x, top + 24, sight.text(head.label), bold=True), width))
    for column, name in enumerate(sight.table.columns):
        if name.key.startswith("membres-"):
            continue
        bottom = y
        for number, (place, _) in enumerate(line):
            value = sight.value(place, column)
            text = "" if not isinstance(value, Fact) else sight.text(value.text)
            if not text:
                continue
            x = number * (width + gap)
            canvas.add(Words(x, y + 24, sight.text(name.label), 12, theme.QUIET))
            bottom = max(bottom, canvas.lines(Words(x, y + 41, text, theme.SMALL), width))
        y = bottom
    for number, (place, head) in enumerate(line):
        _members(sight, canvas, (number * (width + gap), y + 18, width), (place, head))
    return y + 78 if _years(sight) else y + 8


def _years(sight: Sight) -> list[tuple[int, str]]:
    return [
        (column, head.key.removeprefix("membres-"))
        for column, head in enumerate(sight.table.columns)
        if head.key.startswith("membres-")
    ]


def _members(
    sight: Sight, canvas: Canvas, box: tuple[float, float, float], row: tuple[int, Head]
) -> None:
    """Draw the number of members by year: points joined, on the case's own scale from 0."""
    x, y, width = box
    place, head = row
    found = []
    for column, year in _years(sight):
        value = sight.value(place, column)
        if isinstance(value, Fact) and value.number is not None:
            found.append((year, value))
    if not found:
        return
    most = max(float(value.number or 0) for _, value in found)
    step = (width - 44) / max(len(found) - 1, 1)
    ink, last = sight.hue(head.key), None
    for number, (year, value) in enumerate(found):
        at = (x + 14 + number * step, y + 40 - 14 * float(value.number or 0) / (most or 1))
        if last is not None:
            canvas.add(Line(*last, *at, ink, 2))
        said = sight.text(words.fact_number(value, sight.language))
        canvas.add(Dot(*at, ink, ink, "circle", 60))
        canvas.add(Words(at[0], at[1] - 9, said, 16, bold=True, anchor="middle"))
        canvas.add(Words(at[0], y + 57, year, 12, theme.QUIET, anchor="middle"))
        last = at


def context(sight: Sight) -> Canvas:
    """Draw figures of other sources under their themes, each with its source."""
    canvas = sight.canvas()
    y = 0.0
    for number, (group, rows) in enumerate(gathered(sight.rows())):
        y += 10 if number else 0
        if group.fr:
            y = canvas.lines(Words(0, y + 15, sight.text(group), bold=True), sight.width) + 4
        for place, head in rows:
            value = sight.value(place, 0)
            if isinstance(value, Fact):
                y = _outside(sight, canvas, y, (head, value))
    canvas.height = max(y, 1.0)
    return canvas


def _outside(sight: Sight, canvas: Canvas, y: float, row: tuple[Head, Fact]) -> float:
    head, value = row
    said = sight.text(words.outside(value, sight.language))
    left = 0.0 if sight.narrow else 340.0
    width = sight.width if sight.narrow else left - 14
    last = canvas.lines(Words(0, y + 17, sight.text(head.label), theme.SMALL), width)
    last = canvas.lines(Words(0, last + 16, sight.text(value.text), 12, theme.QUIET), width)
    top = last + 4 if sight.narrow else y + 4
    at, number = left, float(value.number or 0)
    if value.state == "%" and 0 <= number <= 100:
        gauge(canvas, Place(left, top + 2, 14, 200), Extent(number, number, 100), theme.MAIN)
        at += 210
    canvas.add(Words(at, top + 15, said, 16, bold=True))
    return max(last, top + 16) + 6
