"""Bars of one base: one question, several choices, classes of a number, a profile."""

from __future__ import annotations

from collections.abc import Iterable

from croisee.disclosure.released import Head, Percent, Rank, Value
from croisee.disclosure.values import Chiffre
from croisee.language import Label
from croisee.report import words
from croisee.report.figures import theme
from croisee.report.figures.canvas import Box, Canvas, Words
from croisee.report.figures.elements import Place, bar, extent, ordinal, whisker
from croisee.report.figures.sight import Sight, gathered

_LABELS, _ROW, _THICK = 236.0, 30.0, 18.0
_SUMMARIES = ("moyenne", "mediane")


def one_way(sight: Sight) -> Canvas:
    """Draw one bar an answer: sorted by length, except answers that have an order."""
    canvas = sight.canvas()
    rows = [(place, head) for place, head in sight.rows() if head.key not in _SUMMARIES]
    values = {place: sight.value(place, 0) for place, _ in rows}
    if not sight.table.ordered:
        rows.sort(key=lambda row: _descending(values[row[0]]))
    longest = _longest(values.values())
    y = 0.0
    for place, head in rows:
        y = _row(sight, canvas, y, (head, values[place]), longest)
    canvas.height = _summaries(sight, canvas, y)
    return canvas


def profile(sight: Sight) -> Canvas:
    """Draw blocks of bars side by side on one scale, a block a question."""
    canvas = sight.canvas()
    columns = 1 if sight.narrow else 3
    gap = 28.0
    width = (sight.width - gap * (columns - 1)) / columns
    groups = gathered(sight.rows())
    longest = _longest(sight.value(place, 0) for place, _ in sight.rows())
    unit = (width - 84) / longest
    top = 0.0
    for start in range(0, len(groups), columns):
        bottom = top
        for number, group in enumerate(groups[start : start + columns]):
            box = Place(number * (width + gap), top, width, unit)
            bottom = max(bottom, _block(sight, canvas, group, box))
        top = bottom + 14
    canvas.height = max(top - 6, 1)
    return canvas


def _block(
    sight: Sight, canvas: Canvas, group: tuple[Label, list[tuple[int, Head]]], box: Place
) -> float:
    label, rows = group
    y = canvas.lines(
        Words(box.x, box.y + 14, sight.text(label), theme.TITLE, bold=True), box.height
    )
    for place, head in rows:
        y = canvas.lines(Words(box.x, y + 22, sight.text(head.label), 13, theme.QUIET), box.height)
        value = sight.value(place, 0)
        end, drawn = box.x - 6, extent(value)
        if drawn is not None:
            end = bar(canvas, Place(box.x, y + 5, 12, box.unit), drawn, theme.MAIN)
        if value is not None:
            said = sight.text(words.brief(value, sight.language))
            canvas.add(Words(end + 6, y + 16, said, theme.SMALL, bold=True))
        y += 16
    return y


def _row(
    sight: Sight, canvas: Canvas, y: float, row: tuple[Head, Value | None], longest: float
) -> float:
    head, value = row
    if sight.narrow:
        last = canvas.lines(Words(0, y + 15, sight.text(head.label)), sight.width)
        left, top, room, following = 0.0, last + 6, sight.width - 110.0, last + 40
    else:
        last = canvas.lines(Words(0, y + 17, sight.text(head.label)), _LABELS - 10)
        top = y + (last - y - 17) / 2 + 3
        left, room, following = _LABELS + 14, 250.0, last + _ROW - 17
    drawn, end = extent(value), left - 8
    if drawn is not None:
        place = Place(left, top, _THICK, room / longest)
        end = bar(canvas, place, drawn, theme.MAIN)
        if isinstance(value, Percent):
            whisker(canvas, place, value)
            end = max(end, left + (value.high or 0) * place.unit)
    if isinstance(value, Rank):
        _tile(sight, canvas, (left, top), value)
    elif value is not None:
        said = sight.text(words.brief(value, sight.language))
        canvas.add(Words(end + 8, top + 14, said, bold=True))
    return following


def _tile(sight: Sight, canvas: Canvas, corner: tuple[float, float], value: Rank) -> None:
    step = max(0, 5 - value.place)
    canvas.add(Box(corner[0], corner[1] - 3, 104, 24, theme.STEPS[step], 4))
    said = sight.text(words.brief(value, sight.language))
    ordinal(canvas, corner[0] + 52, corner[1] + 14, said, theme.ink_on(step))


def _summaries(sight: Sight, canvas: Canvas, y: float) -> float:
    for place, head in sight.rows():
        value = sight.value(place, 0)
        if head.key in _SUMMARIES and value is not None:
            said = sight.text(words.brief(value, sight.language))
            label = sight.text(head.label)
            left = 110.0 if sight.narrow else _LABELS + 14
            canvas.add(Words(0, y + 22, label, bold=True), Words(left, y + 22, said))
            y += 26
    return max(y, 1.0)


def _descending(value: Value | None) -> tuple[float, float]:
    if isinstance(value, Rank):
        return (float(value.place), 0.0)
    drawn = extent(value)
    return (0.0, 0.0) if drawn is None else (-drawn.lo, -drawn.hi)


def _longest(values: Iterable[Value | None]) -> float:
    """Return the scale's end: the largest possible count, or 100 for weighted estimates."""
    ends = [1.0]
    for value in values:
        drawn = extent(value)
        if drawn is not None:
            ends.append(drawn.hi if isinstance(value, Chiffre) else drawn.whole)
    return max(ends)
