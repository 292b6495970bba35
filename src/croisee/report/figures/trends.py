"""One question over editions: a gauge an edition, its interval over it, what moved below."""

from __future__ import annotations

from croisee.disclosure.released import Fact, Head
from croisee.disclosure.trends import GAP
from croisee.disclosure.values import Chiffre
from croisee.report import words
from croisee.report.figures import theme
from croisee.report.figures.canvas import Canvas, Line, Words
from croisee.report.figures.elements import Place, extent, gauge, rule
from croisee.report.figures.sight import Sight

_TRACK = 12.0


def trend(sight: Sight) -> Canvas:
    """Draw a panel an answer (and network), its editions one under the other, oldest first."""
    canvas = sight.canvas()
    y = 0.0
    group = ""
    for number, (place, head) in enumerate(sight.rows()):
        if number:
            rule(canvas, y + 4)
            y += 14
        answer = sight.text(head.group)
        if answer and answer != group:
            y = canvas.lines(Words(0, y + 15, answer, bold=True), sight.width) + 6
        group = answer
        y = canvas.lines(Words(0, y + 15, sight.text(head.label), bold=True), sight.width) + 6
        for column, edition in enumerate(sight.table.columns):
            y = _point(sight, canvas, y, (place, column), edition)
    canvas.height = max(y, 1.0)
    return canvas


def _point(sight: Sight, canvas: Canvas, y: float, at: tuple[int, int], edition: Head) -> float:
    value = sight.value(*at)
    left, length = (98.0, 90.0) if sight.narrow else (162.0, 230.0)
    if edition.key == GAP and isinstance(value, Fact):
        said = Words(0, y + 16, sight.text(value.text), theme.SMALL, theme.QUIET)
        return canvas.lines(said, sight.width) + 8
    drawn = extent(value)
    if not isinstance(value, Chiffre) or drawn is None:
        return y
    last = canvas.lines(Words(0, y + 16, sight.text(edition.label), theme.SMALL), left - 8)
    gauge(canvas, Place(left, y + 6, _TRACK, length), drawn, _ink(sight, at[0]))
    _whisker(canvas, (left, y + 12, length), sight.interval(*at))
    beside = left + length + 10
    text = sight.text(words.full(value, sight.language))
    end = canvas.lines(Words(beside, y + 16, text, theme.SMALL, bold=True), sight.width - beside)
    return max(last, end) + 8


def _ink(sight: Sight, row: int) -> str:
    _answer, _at, case = sight.table.rows[row].key.rpartition("@")
    return sight.hue(case) if _at else theme.MAIN


def _whisker(
    canvas: Canvas, track: tuple[float, float, float], ends: tuple[float, float] | None
) -> None:
    if ends is None:
        return
    x, middle, length = track
    low, high = (x + length * end for end in ends)
    for ink, thick in ((theme.PAPER, 4.0), (theme.INK, 1.5)):  # seen on a dark bar too
        canvas.add(Line(low, middle, high, middle, ink, thick))
        for end in (low, high):
            canvas.add(Line(end, middle - 4, end, middle + 4, ink, thick))
