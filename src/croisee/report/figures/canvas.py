"""Marks at chosen places, painted by Altair into an SVG that is the same everywhere.

Each kind of figure lays its marks out in units of its own page and never asks a font for
its width, so that two machines, two themes or two runs give the same bytes. The SVG holds
no script, style attribute, identifier, outside reference or English label of the
drawing library: it can be inlined many times in one page under a strict policy.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from itertools import groupby
from typing import Any, Literal

import altair as alt
import vl_convert
from lxml import etree

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


def paint(canvases: Sequence[Canvas]) -> tuple[str, ...]:
    """Return each drawing as one ``<svg>`` element without title or label.

    All are painted by one call of the drawing engine, over each other, and told apart by
    their place in its answer: starting it costs more than drawing a hundred figures.
    Boxes lie under lines, lines under dots, dots under words.
    """
    drawn = [(number, mark) for number, canvas in enumerate(canvases) for mark in canvas.marks]
    if not drawn:
        return tuple(etree.tostring(_root(canvas), encoding="unicode") for canvas in canvases)
    drawn.sort(key=lambda pair: _layer_key(pair[1]))
    layers = [
        (key, list(pairs)) for key, pairs in groupby(drawn, key=lambda pair: _layer_key(pair[1]))
    ]
    chart = (
        alt.layer(*(_layer(key, [asdict(mark) for _, mark in pairs]) for key, pairs in layers))
        .properties(width=theme.WIDE, height=theme.WIDE, padding=0)
        .configure_view(stroke=None)
        .configure(font=theme.FONT, autosize={"type": "none"})
    )
    painted = etree.fromstring(
        vl_convert.vegalite_to_svg(chart.to_dict(validate=False)).encode(), _PARSER
    )
    return _told_apart(painted, canvases, [[number for number, _ in p] for _, p in layers])


_LayerKey = tuple[int, str, bool, int]
"""Order of painting, then shape or anchor, bold, radius: what a layer's marks share."""


def _layer_key(mark: Mark) -> _LayerKey:
    if isinstance(mark, Box):
        return (0, "", False, mark.radius)
    if isinstance(mark, Line):
        return (1, "", False, 0)
    if isinstance(mark, Dot):
        return (2, mark.shape, False, 0)
    return (3, mark.anchor, mark.bold, 0)


_ALIGN = {"start": "left", "middle": "center", "end": "right"}


def _layer(key: _LayerKey, rows: list[dict[str, Any]]) -> Any:
    order, name, bold, radius = key
    if order == 0:
        for row in rows:
            row["x2"], row["y2"] = row["x"] + row["width"], row["y"] + row["height"]
    chart: Any = alt.Chart(alt.InlineData(values=rows))
    x, y = alt.X("x:Q", scale=None, axis=None), alt.Y("y:Q", scale=None, axis=None)
    fill = alt.Fill("fill:N", scale=None, legend=None)
    stroke = alt.Stroke("stroke:N", scale=None, legend=None)
    size = alt.Size("size:Q", scale=None, legend=None)
    if order == 0:
        return chart.mark_rect(cornerRadius=radius).encode(
            x=x, y=y, x2="x2:Q", y2="y2:Q", fill=fill
        )
    if order == 1:
        weight = alt.StrokeWidth("weight:Q", scale=None, legend=None)
        return chart.mark_rule().encode(
            x=x, y=y, x2="x2:Q", y2="y2:Q", stroke=stroke, strokeWidth=weight
        )
    if order == 2:
        return chart.mark_point(shape=name, strokeWidth=2, opacity=1).encode(
            x=x, y=y, fill=fill, stroke=stroke, size=size
        )
    weight_name = "bold" if bold else "normal"
    return chart.mark_text(
        align=_ALIGN[name], baseline="alphabetic", fontWeight=weight_name
    ).encode(x=x, y=y, text="text:N", size=size, color=alt.Color("fill:N", scale=None, legend=None))


_SVG = "{http://www.w3.org/2000/svg}"
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
_NUMBER = re.compile(r"-?\d+\.\d+")
_LAYER = re.compile(r"layer_(\d+)_marks")
_KEPT = {
    "d", "fill", "stroke", "stroke-width", "transform", "x2", "y2",
    "text-anchor", "font-size", "font-weight",
}  # fmt: skip
_IMPLIED = {"text-anchor": "start", "font-weight": "normal"}


def _told_apart(
    painted: etree._Element, canvases: Sequence[Canvas], owners: list[list[int]]
) -> tuple[str, ...]:
    roots = [_root(canvas) for canvas in canvases]
    for group in painted.iter(f"{_SVG}g"):
        found = _LAYER.search(group.get("class") or "")
        if not found:
            continue
        for owner, leaf in zip(owners[int(found.group(1))], group, strict=True):
            attributes = {
                name: _NUMBER.sub(lambda number: _short(float(number.group())), value)
                for name, value in _attributes(leaf).items()
                if name in _KEPT and _IMPLIED.get(name) != value
            }
            etree.SubElement(roots[owner], leaf.tag, attrib=attributes).text = leaf.text
    return tuple(etree.tostring(root, encoding="unicode") for root in roots)


def _attributes(leaf: etree._Element) -> dict[str, str]:
    return {str(name): str(value) for name, value in leaf.attrib.items()}


def _root(canvas: Canvas) -> etree._Element:
    width, height = _short(canvas.width), _short(canvas.height)
    root = etree.fromstring(f'<svg xmlns="{_SVG[1:-1]}"/>', _PARSER)
    root.set("viewBox", f"0 0 {width} {height}")
    root.set("width", width)
    root.set("height", height)
    root.set("font-family", theme.FONT)
    return root


def _short(number: float) -> str:
    return f"{round(number, 2):g}"
