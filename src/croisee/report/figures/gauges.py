"""Gauges « n sur N »: the whole track is the base, so that unequal bases stay comparable."""

from __future__ import annotations

from croisee.disclosure.released import Fact, Head, Percent, Value
from croisee.disclosure.values import Chiffre
from croisee.report import words
from croisee.report.figures import theme
from croisee.report.figures.canvas import Canvas, Dot, Words
from croisee.report.figures.elements import Extent, Place, extent, gauge, rule, whisker
from croisee.report.figures.sight import Sight

_TRACK = 12.0


def by_case(sight: Sight) -> Canvas:
    """Draw small multiples: a panel an answer, a gauge a case, cases in their colours."""
    columns = list(enumerate(sight.table.columns))
    panels = [
        (
            head,
            [
                (label, sight.value(place, column), sight.hue(label.key))
                for column, label in columns
            ],
        )
        for place, head in sight.rows()
    ]
    return _panels(sight, panels)


def crossed(sight: Sight) -> Canvas:
    """Draw a panel an answer, a gauge a level of the attribute."""
    levels = list(sight.rows())
    panels = [
        (head, [(label, sight.value(place, column), theme.MAIN) for place, label in levels])
        for column, head in enumerate(sight.table.columns)
    ]
    return _panels(sight, panels)


def _panels(
    sight: Sight, panels: list[tuple[Head, list[tuple[Head, Value | None, str]]]]
) -> Canvas:
    canvas = sight.canvas()
    y = 0.0
    for number, (head, lines) in enumerate(panels):
        if number:
            rule(canvas, y + 4)
            y += 14
        y = canvas.lines(Words(0, y + 15, sight.text(head.label), bold=True), sight.width) + 6
        for label, value, ink in lines:
            if value is not None:
                y = _line(sight, canvas, y, (label, value, ink))
    canvas.height = max(y, 1.0)
    return canvas


def _line(sight: Sight, canvas: Canvas, y: float, line: tuple[Head, Value, str]) -> float:
    head, value, ink = line
    left, length = (98.0, 90.0) if sight.narrow else (162.0, 270.0)
    last = canvas.lines(Words(0, y + 16, sight.text(head.label), theme.SMALL), left - 8)
    drawn = extent(value)
    if drawn is not None:
        gauge(canvas, Place(left, y + 6, _TRACK, length), drawn, ink)
        if isinstance(value, Percent):
            whisker(canvas, Place(left, y + 6, _TRACK, length / 100), value)
    say = words.brief if isinstance(value, Percent) else words.of_base
    said = sight.text(say(value, sight.language))
    at = left if drawn is None else left + length + 10
    end = canvas.lines(
        Words(at, y + 16, said, theme.SMALL, bold=drawn is not None), sight.width - at
    )
    return max(last, end) + 8


def participation(sight: Sight) -> Canvas:
    """Draw who took part: a gauge against the frame, then the organisations reached."""
    canvas = sight.canvas()
    y, group = 0.0, ""
    for place, head in sight.rows():
        title = sight.text(head.group)
        if title != group:
            group = title
            if title:
                canvas.add(Words(0, y + 16, title, theme.SMALL, theme.QUIET, bold=True))
                y += 24
        if head.key == "total":
            rule(canvas, y + 2)
            y += 8
        y = _took_part(sight, canvas, y, (place, head))
    canvas.height = max(y, 1.0)
    return canvas


def _took_part(sight: Sight, canvas: Canvas, y: float, row: tuple[int, Head]) -> float:
    place, head = row
    ink = theme.QUIET if head.key == "total" else sight.hue(head.key)
    left, length = (0.0, float(sight.width)) if sight.narrow else (162.0, 170.0)
    width = sight.width if sight.narrow else left - 12
    last = canvas.lines(Words(0, y + 16, sight.text(head.label), bold=True), width)
    top = last + 4 if sight.narrow else y
    for column, name in enumerate(sight.table.columns):
        value = sight.value(place, column)
        if value is None:
            continue
        said = _participation_words(sight, head, name, value)
        drawn = extent(value) if getattr(value, "n", None) is not None else None
        beside = drawn is not None and not sight.narrow
        at = left + length + 10 if beside else left
        words_at = Words(at, top + 16, said, theme.SMALL, bold=name.key == "repondu")
        end = canvas.lines(words_at, sight.width - at)
        if drawn is not None:
            gauge(canvas, Place(left, top + 6 if beside else end + 6, _TRACK, length), drawn, ink)
        top = end + (8 if beside or drawn is None else 22)
    return max(last + 8, top) + (4 if not sight.narrow else 0)


def _participation_words(sight: Sight, row: Head, column: Head, value: Value) -> str:
    said = words.full(value, sight.language)
    if column.key != "repondu":
        return sight.text(words.labelled(column.label, said, sight.language))
    bases = sight.table.bases
    if getattr(value, "n", None) is None and bases:
        mine = next((base for base in bases if row.key in base.cases), bases[0])
        many = value.hi if isinstance(value, Chiffre) else 2
        said = f"{said} {words.counted(many, mine, sight.study).to(sight.language)}"
    return sight.text(said)


def objectives(sight: Sight) -> Canvas:
    """Draw planned marks, filled when done."""
    canvas = sight.canvas()
    y = 0.0
    left = 128.0 if sight.narrow else 192.0
    for place, head in sight.rows():
        value = sight.value(place, 0)
        last = canvas.lines(Words(0, y + 17, sight.text(head.label), bold=True), left - 12)
        if isinstance(value, Fact):
            x = _marks(canvas, (left, y + 12), value, sight.hue(head.key))
            said = sight.text(words.fact(value, sight.language))
            last = max(last, canvas.lines(Words(x, y + 17, said), sight.width - x))
        y = last + 17
    canvas.height = max(y, 1.0)
    return canvas


def _marks(canvas: Canvas, corner: tuple[float, float], value: Fact, ink: str) -> float:
    done, planned = int(value.number or 0), int(value.of or 0)
    most = max(done, planned)
    if most > 12:
        whole = extent_of_fact(value)
        if whole is not None:
            gauge(canvas, Place(corner[0], corner[1] - 6, _TRACK, 120), whole, ink)
        return corner[0] + 130
    for number in range(most):
        fill = ink if number < done else theme.PAPER
        canvas.add(Dot(corner[0] + 8 + number * 20, corner[1], fill, ink, "square", 170))
    return corner[0] + 8 + most * 20 + 4


def extent_of_fact(value: Fact) -> Extent | None:
    """Return what may be drawn of a process fact: done, of what was planned."""
    if value.number is None or not value.of:
        return None
    done, planned = float(value.number), float(value.of)
    return Extent(min(done, planned), min(done, planned), planned)
