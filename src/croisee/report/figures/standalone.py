"""A figure that travels alone: its title, its drawing, its source line and its notes."""

from __future__ import annotations

from lxml import etree

from croisee.language import Language
from croisee.report.figures import theme
from croisee.report.tree import FigureBlock
from croisee.text import typeset

_MARGIN = 20.0
_NS = "http://www.w3.org/2000/svg"


def standalone(block: FigureBlock, language: Language, mark: str = "") -> bytes:
    """Return ``figures/F-*.svg``: one accessible SVG file, without outside reference.

    ``mark`` is what an unsealed release says on every page (« Épreuve »).
    """
    drawing = etree.fromstring(block.svg)
    width = theme.WIDE + 2 * _MARGIN
    root = etree.fromstring(f'<svg xmlns="{_NS}"/>')
    _child(root, "title", block.title)
    _child(root, "desc", block.alt)
    paper = etree.SubElement(root, f"{{{_NS}}}rect")
    y = _MARGIN
    for text, size, bold, ink in _above(block, mark):
        y = _write(root, y, typeset(text, language, medium="html"), (size, bold, ink))
    drawing.set("x", f"{_MARGIN:g}")
    drawing.set("y", f"{y + 12:g}")
    y += 12 + float(drawing.get("height", "0"))
    root.append(drawing)
    y += 12
    foot = " · ".join(part for part in (block.full_code, block.source) if part)
    for text in (foot, *block.notes):
        y = _write(root, y, typeset(text, language, medium="html"), (12, False, theme.QUIET))
    height = f"{y + _MARGIN:g}"
    for name, value in (
        ("viewBox", f"0 0 {width:g} {height}"),
        ("width", f"{width:g}"),
        ("height", height),
        ("font-family", theme.FONT),
        ("role", "img"),
        ("lang", language),
    ):
        root.set(name, value)
    for name, value in (("width", f"{width:g}"), ("height", height), ("fill", theme.PAPER)):
        paper.set(name, value)
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + etree.tostring(root, encoding="utf-8")


def _above(block: FigureBlock, mark: str) -> list[tuple[str, int, bool, str]]:
    lines = [(block.title, 20, True, theme.INK), (block.subtitle, 13, False, theme.QUIET)]
    marked = [(mark, 13, True, theme.WARN)] if mark else []
    return marked + [line for line in lines if line[0]]


def _write(root: etree._Element, y: float, text: str, pen: tuple[int, bool, str]) -> float:
    size, bold, ink = pen
    for line in theme.wrap(text, theme.WIDE, size, bold=bold):
        y += size * 1.3
        made = _child(root, "text", line)
        made.set("x", f"{_MARGIN:g}")
        made.set("y", f"{y:g}")
        made.set("font-size", str(size))
        made.set("fill", ink)
        if bold:
            made.set("font-weight", "bold")
    return y + 2


def _child(root: etree._Element, name: str, text: str) -> etree._Element:
    made = etree.SubElement(root, f"{{{_NS}}}{name}")
    made.text = text
    return made
