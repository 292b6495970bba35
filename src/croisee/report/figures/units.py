"""One mark a thing: arguments and positions, by shape and colour, three aligned columns."""

from __future__ import annotations

from dataclasses import dataclass

from croisee.disclosure.released import Fact, Head, Value, Word
from croisee.disclosure.values import Chiffre, Form
from croisee.report import words
from croisee.report.figures import theme
from croisee.report.figures.canvas import Canvas, Dot, Shape, Words
from croisee.report.figures.elements import rule
from croisee.report.figures.sight import Sight

_PITCH, _MOST = 15.0, 40


@dataclass(frozen=True, slots=True)
class Pen:
    """The mark of one position."""

    ink: str
    fill: str
    shape: Shape


_PENS = {
    "contre": Pen(theme.AGAINST, theme.AGAINST, "square"),
    "nuance": Pen(theme.DEPENDS, theme.PAPER, "circle"),
    "pour": Pen(theme.FOR, theme.FOR, "circle"),
}
_OTHER = Pen(theme.FOR, theme.PAPER, "square")
"""Positions merged by the gate: neither of the three."""


def positions(sight: Sight) -> Canvas:
    """Draw cases in rows and positions in columns, against to for, a mark a unit."""
    canvas = sight.canvas()
    heads = sorted(sight.rows(), key=lambda row: _order(row[1]))
    left = 0.0 if sight.narrow else 138.0
    step = (sight.width - left) / max(len(heads), 1)
    y = 0.0
    for number, (_, head) in enumerate(heads):
        at = Words(left + number * step, 14, sight.text(head.label), bold=True)
        y = max(y, canvas.lines(at, step - 8))
    y += 10
    for column, case in enumerate(sight.table.columns):
        name = Words(0, y + 17, sight.text(case.label), theme.BODY, bold=sight.narrow)
        last = canvas.lines(name, sight.width if sight.narrow else left - 10)
        top = last + 2 if sight.narrow else y
        bottom = last
        for number, (place, head) in enumerate(heads):
            value = sight.value(place, column)
            x = left + number * step
            pen = _PENS.get(head.key, _OTHER)
            bottom = max(bottom, _cell(sight, canvas, (x, top, step - 12), (pen, value)))
        y = bottom + 12
        rule(canvas, y)
        y += 6
    canvas.height = max(y, 1.0)
    return canvas


def _order(head: Head) -> int:
    return -1 if head.key == "contre" else 1 if head.key == "pour" else 0


def _cell(
    sight: Sight,
    canvas: Canvas,
    box: tuple[float, float, float],
    drawn: tuple[Pen, Value | None],
) -> float:
    """Draw one cell's marks and its words; return its last baseline."""
    x, y, width = box
    pen, value = drawn
    marks = min(_count(value), _MOST)
    text = _said(sight, value)
    beside = marks * _PITCH + 6 + theme.text_width(text, theme.SMALL) <= width
    per_line = marks if beside else max(1, int(width // _PITCH))
    size = 92 if pen.fill == theme.PAPER else 108
    for number in range(marks):
        line, place = divmod(number, per_line)
        at = (x + 6 + place * _PITCH, y + 12 + line * _PITCH)
        canvas.add(Dot(*at, pen.fill, pen.ink, pen.shape, size))
    if not marks or beside:
        start, baseline = x + marks * _PITCH + (4 if marks else 0), y + 17
    else:
        start, baseline = x, y + 17 + -(-marks // per_line) * _PITCH + 2
    said = Words(start, baseline, text, theme.SMALL, theme.QUIET)
    return canvas.lines(said, x + width - start + 8)


def _count(value: Value | None) -> int:
    """Return how many marks a released value draws: one for a word, none for a mask."""
    if isinstance(value, Fact):
        return int(value.number or 0)
    if isinstance(value, Chiffre):
        return value.lo if value.form is Form.EXACT else 0
    return 1 if isinstance(value, Word) and value.word in {"exprime", "majorite"} else 0


def _said(sight: Sight, value: Value | None) -> str:
    if value is None:
        return "—"
    if isinstance(value, Fact):
        return sight.text(words.fact_number(value, sight.language))
    return sight.text(words.of_base(value, sight.language))
