"""Canvases painted by Altair into SVG that is the same everywhere.

The SVG holds no script, style attribute, identifier, outside reference or English label of
the drawing library: it can be inlined many times in one page under a strict policy.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby
from typing import Any

from lxml import etree

from croisee.report.figures import theme
from croisee.report.figures.canvas import Box, Canvas, Dot, Line, Mark, Words

LayerKey = tuple[int, str, bool, int]
"""Order of painting, then shape or anchor, bold, radius: what a layer's marks share."""
Owned = list[tuple[int, Mark]]
"""Marks with the number of their canvas."""

_BOX, _LINE, _DOT, _WORDS = range(4)
_ALIGN = {"start": "left", "middle": "center", "end": "right"}
_STAND_IN = ""
"""What the engine writes in place of every text. It measures each text that is not empty,
which costs more than all the rest, and its measure would depend on the machine's fonts."""


def paint(canvases: Sequence[Canvas]) -> tuple[str, ...]:
    """Return each drawing as one ``<svg>`` element without title or label.

    All are painted by one call of the drawing engine, over each other, and told apart by
    their place in its answer: starting it costs more than drawing a hundred figures.
    Boxes lie under lines, lines under dots, dots under words.
    """
    drawn: Owned = [(n, mark) for n, canvas in enumerate(canvases) for mark in canvas.marks]
    drawn.sort(key=lambda pair: _layer_key(pair[1]))
    layers = [(key, list(run)) for key, run in groupby(drawn, key=lambda p: _layer_key(p[1]))]
    roots = [_root(canvas) for canvas in canvases]
    if layers:
        _tell_apart(_engine(layers), roots, [run for _, run in layers])
    return tuple(etree.tostring(root, encoding="unicode") for root in roots)


def _engine(layers: list[tuple[LayerKey, Owned]]) -> etree._Element:
    import altair as alt  # noqa: PLC0415 -- a third of a second; most commands draw nothing
    import vl_convert  # noqa: PLC0415

    chart = (
        alt.layer(*(_layer(alt, key, f"layer{n}") for n, (key, _) in enumerate(layers)))
        .properties(width=theme.WIDE, height=theme.WIDE, padding=0)
        .configure_view(stroke=None)
        .configure(autosize={"type": "none"}, aria=False)
    )
    spec = chart.to_dict(validate=False)
    spec["datasets"] = {
        f"layer{n}": [_row(mark) for _, mark in run] for n, (_, run) in enumerate(layers)
    }
    return etree.fromstring(vl_convert.vegalite_to_svg(spec).encode(), _PARSER)


def _layer_key(mark: Mark) -> LayerKey:
    if isinstance(mark, Box):
        return (_BOX, "", False, mark.radius)
    if isinstance(mark, Line):
        return (_LINE, "", False, 0)
    if isinstance(mark, Dot):
        return (_DOT, mark.shape, False, 0)
    return (_WORDS, mark.anchor, mark.bold, 0)


def _row(mark: Mark) -> dict[str, object]:
    row: dict[str, object] = {"x": mark.x, "y": mark.y}
    if isinstance(mark, Box):
        row |= {"x2": mark.x + mark.width, "y2": mark.y + mark.height, "fill": mark.fill}
    elif isinstance(mark, Line):
        row |= {"x2": mark.x2, "y2": mark.y2, "stroke": mark.stroke, "weight": mark.weight}
    elif isinstance(mark, Dot):
        row |= {"fill": mark.fill, "stroke": mark.stroke, "size": mark.size}
    else:
        row |= {"fill": mark.fill, "size": mark.size}
    return row


def _layer(alt: Any, key: LayerKey, name: str) -> Any:
    order, shape, bold, radius = key
    chart: Any = alt.Chart(alt.NamedData(name=name))
    x, y = alt.X("x:Q", scale=None, axis=None), alt.Y("y:Q", scale=None, axis=None)
    fill = alt.Fill("fill:N", scale=None, legend=None)
    stroke = alt.Stroke("stroke:N", scale=None, legend=None)
    size = alt.Size("size:Q", scale=None, legend=None)
    if order == _BOX:
        ends = {"x2": "x2:Q", "y2": "y2:Q"}
        return chart.mark_rect(cornerRadius=radius).encode(x=x, y=y, fill=fill, **ends)
    if order == _LINE:
        weight = alt.StrokeWidth("weight:Q", scale=None, legend=None)
        return chart.mark_rule().encode(
            x=x, y=y, x2="x2:Q", y2="y2:Q", stroke=stroke, strokeWidth=weight
        )
    if order == _DOT:
        return chart.mark_point(shape=shape, strokeWidth=2, opacity=1).encode(
            x=x, y=y, fill=fill, stroke=stroke, size=size
        )
    pen = alt.Color("fill:N", scale=None, legend=None)
    weight_name = "bold" if bold else "normal"
    return chart.mark_text(
        align=_ALIGN[shape], baseline="alphabetic", fontWeight=weight_name
    ).encode(x=x, y=y, text=alt.value(_STAND_IN), size=size, color=pen)


_SVG = "{http://www.w3.org/2000/svg}"
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
_NUMBER = re.compile(r"-?\d+\.\d+")
_LAYER = re.compile(r"layer_(\d+)_marks")
_KEPT = {
    "d", "fill", "stroke", "stroke-width", "transform", "x2", "y2",
    "text-anchor", "font-size", "font-weight",
}  # fmt: skip
_IMPLIED = {"text-anchor": "start", "font-weight": "normal"}


def _tell_apart(painted: etree._Element, roots: list[etree._Element], owners: list[Owned]) -> None:
    """Give each mark of the engine's answer to its own drawing, and each text its words."""
    placed = 0
    for group in painted.iter(f"{_SVG}g"):
        found = _LAYER.search(group.get("class") or "")
        if not found:
            continue
        for (owner, mark), leaf in zip(owners[int(found.group(1))], group, strict=True):
            attributes = {
                name: _NUMBER.sub(lambda number: _short(float(number.group())), value)
                for name, value in _attributes(leaf).items()
                if name in _KEPT and _IMPLIED.get(name) != value
            }
            made = etree.SubElement(roots[owner], leaf.tag, attrib=attributes)
            if isinstance(mark, Words):
                made.text = mark.text
            placed += 1
    assert placed == sum(len(run) for run in owners), "the drawing engine lost a mark"


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
