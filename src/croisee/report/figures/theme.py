"""Colours, letters and sizes of every figure: safe in black and white and for colour blindness.

The four case hues were searched for the largest smallest distance under normal and
colour-blind vision; each reads at 3:1 or more on white. Figures always sit on white paper.
"""

from __future__ import annotations

INK = "#1b1d21"
QUIET = "#4a4f57"
RULE = "#e9e5dc"
STEM = "#767a80"
PAPER = "#ffffff"
MAIN = "#0b4f7d"
PALE = "#b5d3e7"
TRACK = "#e9e5dc"
CASES = ("#0b4f7d", "#b46612", "#70161b", "#3a90df")
"""At most four hues, always beside the case's name; from the fifth case on, ``MAIN``."""
STEPS = ("#e3eef6", "#b5d3e7", "#79b0d3", "#2e74a5", "#0b4f7d")
"""From little to much: dark ink on the first three, white on the last two."""
FOR, DEPENDS, AGAINST = "#0b4f7d", "#4a4f57", "#b46612"
OK, OK_PAPER = "#1e6b45", "#e3f2ea"
WARN, WARN_PAPER = "#8a5300", "#fff1d6"
INFO_PAPER = "#e3eef6"

FONT = (
    "-apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Source Sans 3', 'Liberation Sans', "
    "Arial, sans-serif"
)
WIDE, NARROW = 620, 340
"""The two drawings of a figure, in units: a page, a phone."""
BODY, SMALL, TITLE = 14, 13, 14
LETTER = 0.6
"""Width of an ordinary letter, in ems: enough for every font of the list (bold: × 1.1)."""


def hue(index: int) -> str:
    """Return the colour of the case at ``index`` in the study's order."""
    return CASES[index] if index < len(CASES) else MAIN


def ink_on(step: int) -> str:
    """Return the readable ink on ``STEPS[step]``."""
    return PAPER if step >= 3 else INK


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Return an upper estimate of a text's width, the same on every machine."""
    narrow = sum(text.count(letter) for letter in "iljtfrI.,:;’'|!() ")
    letters = len(text) - 0.45 * narrow
    return letters * size * LETTER * (1.1 if bold else 1.0)


def wrap(text: str, width: float, size: float, *, bold: bool = False) -> tuple[str, ...]:
    """Return ``text`` in lines no wider than ``width`` by :func:`text_width`.

    A line breaks at ordinary spaces only; a word wider than ``width`` stays whole.
    """
    lines: list[str] = []
    line = ""
    for word in text.split(" "):
        longer = f"{line} {word}" if line else word
        if line and text_width(longer, size, bold=bold) > width:
            lines.append(line)
            line = word
        else:
            line = longer
    return (*lines, line)
