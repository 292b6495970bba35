"""Marks at chosen places: what a figure lays out, before it is painted.

Each kind of figure lays its marks out in units of its own page and never asks a font for
its width, so that two machines, two themes or two runs give the same bytes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from croisee.report.figures import theme

Anchor = Literal["start", "middle", "end"]
Shape = Literal["circle", "square"]


@dataclass(frozen=True, slots=True)
class Box:
    """A filled rectangle from its top left corner."""

    x: float
    y: float
    width: float
    height: float
    fill: str = theme.MAIN
    radius: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """A straight stroke."""

    x: float
    y: float
    x2: float
    y2: float
    stroke: str = theme.RULE
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Dot:
    """A symbol centred on a point; a hollow one has ``fill`` white and a ``stroke``."""

    x: float
    y: float
    fill: str
    stroke: str
    shape: Shape = "circle"
    size: float = 110.0
    """Area, in square units."""


@dataclass(frozen=True, slots=True)
class Words:
    """A line of text; ``y`` is its baseline."""

    x: float
    y: float
    text: str
    size: float = theme.BODY
    fill: str = theme.INK
    bold: bool = False
    anchor: Anchor = "start"


Mark = Box | Line | Dot | Words


@dataclass(slots=True)
class Canvas:
    """Marks in the order they are painted, on ``width`` × ``height`` units."""

    width: float
    height: float = 0.0
    marks: list[Mark] = field(default_factory=list)

    def add(self, *marks: Mark) -> None:
        """Paint marks over those already there."""
        self.marks.extend(marks)

    def lines(self, words: Words, width: float, leading: float = 1.25) -> float:
        """Write a text in lines no wider than ``width``; return the last baseline."""
        y = words.y
        for number, line in enumerate(theme.wrap(words.text, width, words.size, bold=words.bold)):
            y = words.y + number * words.size * leading
            self.add(Words(words.x, y, line, words.size, words.fill, words.bold, words.anchor))
        return y

    def hatch(self, x: float, y: float, width: float, height: float, ink: str) -> None:
        """Fill a box with slanted strokes: « somewhere in here », never a length."""
        self.add(Box(x, y, width, height, theme.PAPER))
        step = 6.0
        start = x - height
        while start < x + width:
            left, right = max(start, x), min(start + height, x + width)
            if right > left:
                self.add(
                    Line(
                        left,
                        y + height - (left - start),
                        right,
                        y + height - (right - start),
                        ink,
                        1.5,
                    )
                )
            start += step
        for ends in (
            (x, y, x + width, y),
            (x, y + height, x + width, y + height),
            (x, y, x, y + height),
            (x + width, y, x + width, y + height),
        ):
            self.add(Line(*ends, ink, 1.0))
