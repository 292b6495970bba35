"""Technologies in classes, each with one dot a case: a list to read, not a cloud to guess."""

from __future__ import annotations

from croisee.disclosure.released import Head, Word
from croisee.language import Label
from croisee.report.figures import theme
from croisee.report.figures.canvas import Canvas, Dot, Words
from croisee.report.figures.sight import Sight, gathered

_PITCH, _GAP = 20.0, 30.0


def landscape(sight: Sight) -> Canvas:
    """Draw the classes in balanced columns; the key names the dots in order."""
    canvas = sight.canvas()
    cases = [(n, head) for n, head in enumerate(sight.table.columns) if head.key != "etude"]
    columns = 1 if sight.narrow else 2
    width = (sight.width - _GAP * (columns - 1)) / columns
    top = _key(sight, canvas, cases)
    groups = gathered(sight.rows())
    heights = [_draw(sight, Canvas(width), (0.0, 0.0, width), g, cases) for g in groups]
    half = sum(heights) / columns
    x, y, bottom = 0.0, top, top
    for group, height in zip(groups, heights, strict=True):
        if x == 0 and columns == 2 and y > top and y - top + height / 2 > half:
            x, y = width + _GAP, top
        y += _draw(sight, canvas, (x, y, width), group, cases)
        bottom = max(bottom, y)
    canvas.height = max(bottom, 1.0)
    return canvas


def _key(sight: Sight, canvas: Canvas, cases: list[tuple[int, Head]]) -> float:
    x, y = 0.0, 12.0
    for number, (_, head) in enumerate(cases, 1):
        name = f"{number}. {sight.text(head.label)}"
        width = theme.text_width(name, theme.SMALL) + 26
        if x and x + width > sight.width:
            x, y = 0.0, y + 20
        ink = sight.hue(head.key)
        canvas.add(Dot(x + 7, y - 4, ink, ink, "circle", 110))
        canvas.add(Words(x + 18, y, name, theme.SMALL))
        x += width + 10
    return y + 14 if cases else 0.0


def _draw(
    sight: Sight,
    canvas: Canvas,
    box: tuple[float, float, float],
    group: tuple[Label, list[tuple[int, Head]]],
    cases: list[tuple[int, Head]],
) -> float:
    x, y, width = box
    label, rows = group
    strip = x + width - len(cases) * _PITCH
    here = canvas.lines(Words(x, y + 18, sight.text(label), bold=True), width - 30)
    canvas.add(Words(x + width, y + 18, str(len(rows)), theme.SMALL, theme.QUIET, anchor="end"))
    for place, head in sorted(rows, key=lambda row: -_mentions(sight, row[0], cases)):
        baseline = here + 22
        text = sight.text(head.label)
        here = canvas.lines(Words(x, baseline, text, theme.SMALL), strip - x - 8)
        for number, (column, case) in enumerate(cases):
            named = isinstance(sight.value(place, column), Word)
            ink = sight.hue(case.key) if named else theme.RULE
            at = (strip + number * _PITCH + 10, baseline - 5)
            canvas.add(Dot(*at, ink if named else theme.PAPER, ink, "circle", 100))
    return here + 14 - y


def _mentions(sight: Sight, place: int, cases: list[tuple[int, Head]]) -> int:
    return sum(isinstance(sight.value(place, column), Word) for column, _ in cases)
