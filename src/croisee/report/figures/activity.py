"""Methods × cases: done of planned, a bar, a word for the state; exempt is not zero."""

from __future__ import annotations

from croisee.disclosure.released import Fact, Head, Value
from croisee.report import words
from croisee.report.figures import theme
from croisee.report.figures.canvas import Box, Canvas, Line, Words
from croisee.report.figures.elements import Place, gauge, rule, tag
from croisee.report.figures.gauges import extent_of_fact
from croisee.report.figures.sight import Sight
from croisee.study import ActivityState

_TINTS = {
    ActivityState.DONE.value: (theme.OK, theme.OK_PAPER),
    ActivityState.ONGOING.value: (theme.MAIN, theme.INFO_PAPER),
    ActivityState.PLANNED.value: (theme.QUIET, theme.TRACK),
}
_CASES, _PAD = 112.0, 8.0


def activities(sight: Sight) -> Canvas:
    """Draw the matrix on a page, one case after the other on a phone."""
    canvas = sight.canvas()
    if sight.narrow:
        _stacked(sight, canvas)
    else:
        _matrix(sight, canvas)
    canvas.height = max(canvas.height, 1.0)
    return canvas


def _matrix(sight: Sight, canvas: Canvas) -> None:
    methods = list(sight.rows())
    step = (sight.width - _CASES) / max(len(methods), 1)
    y = 0.0
    for number, (_, head) in enumerate(methods):
        at = Words(_CASES + number * step + _PAD, 20, sight.text(head.label), 13, bold=True)
        y = max(y, canvas.lines(at, step - 2 * _PAD))
    y += 12
    canvas.marks.insert(0, Box(0, 0, sight.width, y, theme.RULE))
    for column, case in enumerate(sight.table.columns):
        bottom = y + 58
        for number, (place, _) in enumerate(methods):
            box = (_CASES + number * step + _PAD, y, step - 2 * _PAD)
            bottom = max(bottom, _cell(sight, canvas, box, sight.value(place, column)))
        for number, (place, _) in enumerate(methods):
            if _exempt(sight.value(place, column)):
                _shade(canvas, (_CASES + number * step, y, step, bottom - y))
        canvas.add(Box(0, y + 12, 10, 10, sight.hue(case.key), 2))
        canvas.lines(Words(16, y + 22, sight.text(case.label), 13, bold=True), _CASES - 20)
        y = bottom
        rule(canvas, y)
    for number in range(len(methods)):
        x = _CASES + number * step
        canvas.add(Line(x, 0, x, y, theme.RULE))
    canvas.height = y + 1


def _cell(
    sight: Sight, canvas: Canvas, box: tuple[float, float, float], value: Value | None
) -> float:
    """Write one cell; return the y of its bottom."""
    x, y, width = box
    if not isinstance(value, Fact):
        canvas.add(Words(x, y + 22, "—", theme.SMALL, theme.QUIET))
        return y + 30
    text = sight.text(value.text)
    if _exempt(value):
        said = sight.text(words.state(value.state))
        canvas.add(Words(x, y + 22, said, theme.SMALL, theme.QUIET))
        last = canvas.lines(Words(x, y + 38, text, 12, theme.QUIET), width) if text else y + 22
        return last + 12
    number = sight.text(words.fact_number(value, sight.language))
    last = y + 23
    if number:
        canvas.add(Words(x, last, number, 15, bold=True))
    if text:
        last = canvas.lines(Words(x, last + 16, text, 12, theme.QUIET), width)
    whole = extent_of_fact(value)
    if whole is not None:
        gauge(canvas, Place(x, last + 7, 7, width), whole, theme.MAIN)
        last += 15
    if value.state in _TINTS:
        tag(canvas, x, last + 7, sight.text(words.state(value.state)), _TINTS[value.state])
        last += 27
    return last + 10


def _exempt(value: Value | None) -> bool:
    return isinstance(value, Fact) and value.state == ActivityState.NOT_APPLICABLE


def _shade(canvas: Canvas, box: tuple[float, float, float, float]) -> None:
    """Hatch a cell lightly under its words: not applicable."""
    x, y, width, height = box
    start = x - height + 14
    while start < x + width:
        left, right = max(start, x), min(start + height, x + width)
        canvas.add(
            Line(
                left, y + height - (left - start), right, y + height - (right - start), "#f0ede6", 5
            )
        )
        start += 16


def _stacked(sight: Sight, canvas: Canvas) -> None:
    y = 0.0
    for column, case in enumerate(sight.table.columns):
        canvas.add(Box(0, y + 8, 10, 10, sight.hue(case.key), 2))
        y = canvas.lines(Words(16, y + 18, sight.text(case.label), bold=True), sight.width - 16)
        y += 4
        for place, head in sight.rows():
            value = sight.value(place, column)
            if isinstance(value, Fact):
                y = _line(sight, canvas, y, (head, value))
        y += 8
        rule(canvas, y)
        y += 6
    canvas.height = y


def _line(sight: Sight, canvas: Canvas, y: float, row: tuple[Head, Fact]) -> float:
    head, value = row
    left = 138.0
    last = canvas.lines(Words(0, y + 18, sight.text(head.label), theme.SMALL), left - 10)
    if _exempt(value):
        said = sight.text(words.fact(value, sight.language))
        end = canvas.lines(Words(left, y + 18, said, 12, theme.QUIET), sight.width - left)
        return max(last, end) + 10
    said = sight.text(words.fact(value, sight.language))
    end = canvas.lines(Words(left, y + 18, said, theme.SMALL, bold=True), sight.width - left)
    whole = extent_of_fact(value)
    if whole is not None:
        gauge(canvas, Place(left, end + 5, 7, sight.width - left), whole, theme.MAIN)
        end += 13
    if value.state in _TINTS and value.state != ActivityState.DONE:
        tag(canvas, left, end + 5, sight.text(words.state(value.state)), _TINTS[value.state])
        end += 26
    return max(last, end) + 10
