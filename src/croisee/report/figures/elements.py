"""The pieces figures share: intervals drawn as bars, tracks, tiles and tags.

A bar is a function of its released value alone (``docs/methods/divulgation.md`` §3.11): solid
to what is certain (``lo``), hatched to what is possible (``hi``). « Moins de 5 » is therefore
a hatched box of constant width, whatever it hides.
"""

from __future__ import annotations

from dataclasses import dataclass

from croisee.disclosure.released import Percent, Value
from croisee.disclosure.values import Chiffre, Form
from croisee.report.figures import theme
from croisee.report.figures.canvas import Box, Canvas, Line, Words

WORDS_ONLY = {Form.VOICED, Form.ABSENT}
"""Forms that are said and never drawn."""


@dataclass(frozen=True, slots=True)
class Extent:
    """What of a value is drawn: solid to ``lo``, hatched to ``hi``, of ``whole``."""

    lo: float
    hi: float
    whole: float


def extent(value: Value | None) -> Extent | None:
    """Return what may be drawn of a value: nothing for a word, a rank or a fact."""
    if isinstance(value, Chiffre) and value.form not in WORDS_ONLY:
        whole = value.n or value.hi
        return Extent(value.lo, min(value.hi, whole), whole)
    if isinstance(value, Percent):
        return Extent(value.points, value.points, 100)
    return None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a bar lies: its left end, its top, its height, and how long a unit is."""

    x: float
    y: float
    height: float
    unit: float


def bar(canvas: Canvas, place: Place, drawn: Extent, ink: str) -> float:
    """Draw a bar from 0; return the x of its end."""
    solid, end = place.x + drawn.lo * place.unit, place.x + drawn.hi * place.unit
    if drawn.lo > 0:
        canvas.add(Box(place.x, place.y, solid - place.x, place.height, ink))
    if drawn.hi > drawn.lo:
        canvas.hatch(solid, place.y, end - solid, place.height, ink)
    return end


def gauge(canvas: Canvas, place: Place, drawn: Extent, ink: str) -> None:
    """Draw a bar on the track of its whole base; ``place.unit`` is the track's length."""
    canvas.add(Box(place.x, place.y, place.unit, place.height, theme.TRACK))
    bar(canvas, Place(place.x, place.y, place.height, place.unit / drawn.whole), drawn, ink)


def whisker(canvas: Canvas, place: Place, value: Percent, ink: str = theme.INK) -> None:
    """Draw the interval of a weighted estimate over its bar (100 units wide)."""
    if value.low is None or value.high is None:
        return
    middle = place.y + place.height / 2
    low, high = place.x + value.low * place.unit, place.x + value.high * place.unit
    canvas.add(Line(low, middle, high, middle, ink, 1.5))
    for end in (low, high):
        canvas.add(Line(end, middle - 4, end, middle + 4, ink, 1.5))


def tag(canvas: Canvas, x: float, y: float, text: str, tint: tuple[str, str]) -> float:
    """Draw a word in a rounded tint (ink, paper), top left at (x, y); return its right end."""
    width = theme.text_width(text, 12, bold=True) + 14
    canvas.add(Box(x, y, width, 20, tint[1], 10))
    canvas.add(Words(x + width / 2, y + 14.5, text, 12, tint[0], bold=True, anchor="middle"))
    return x + width


def ordinal(canvas: Canvas, x: float, y: float, said: str, ink: str) -> None:
    """Write « 1er » with its suffix raised, its digits ending at ``x``; other words centred."""
    digits = "".join(letter for letter in said if letter.isdigit())
    if not said.startswith(digits) or not digits or " " in said:
        canvas.add(Words(x, y, said, 13, ink, bold=True, anchor="middle"))
        return
    canvas.add(Words(x + 2, y, digits, 15, ink, bold=True, anchor="end"))
    canvas.add(Words(x + 3, y - 5, said[len(digits) :], 10, ink, bold=True))


def rule(canvas: Canvas, y: float, x: float = 0.0) -> None:
    """Draw a thin line across the page."""
    canvas.add(Line(x, y, canvas.width, y, theme.RULE, 1.0))
