"""Typst: a template of ours and texts passed as data give a tagged PDF, the same bytes each time.

Templates never receive a text to read as markup: everything a study wrote arrives as JSON in
``sys.inputs`` and is placed as content. No system font, no package, no clock.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path

import fontpkg_source_sans_3
import typst

TEMPLATES = Path(__file__).parent / "templates_typst"


def pdf(template: str, content: Mapping[str, object], *, on: date | None) -> bytes:
    """Return a PDF/UA-1 file. ``on`` is written as its date (the arrest date); ``None``: no date.

    Raises:
        typst.TypstError: the page cannot be set, for instance a drawing without its text
            alternative, which PDF/UA refuses.
    """
    dated = {**content, "on": None if on is None else [on.year, on.month, on.day]}
    made = _compiler(template, dated).compile(format="pdf", pdf_standards=["ua-1"])
    assert isinstance(made, bytes)
    return made


def pictures(drawings: Sequence[str], *, width: int) -> tuple[bytes, ...]:
    """Return drawings as PNG, in the same order: two pixels a unit, ``width`` units wide."""
    found: list[bytes] = []
    for start in range(0, len(drawings), _AT_ONCE):
        some = drawings[start : start + _AT_ONCE]
        content = {"drawings": [on_paper(svg) for svg in some], "width": width}
        made = _compiler("figure.typ", content).compile(format="png", ppi=144)
        found += [made] if isinstance(made, bytes) else made or []
    return tuple(found)


_AT_ONCE = 8
"""Pictures made by one compilation: Typst remembers the last ten, pixels included."""


def on_paper(svg: str) -> str:
    """Return a drawing of ours set in the font of the paper documents.

    The font is variable and its lightest weight is its default: Typst's drawing library sets
    the weight of bold text only, so the regular weight is asked for by name.
    """
    named = _FAMILY.sub(" font-family=\"'Source Sans 3'\"", svg)
    return _REGULAR.sub("<text font-variation-settings=\"'wght' 400\"", named)


_FAMILY = re.compile(r' font-family="[^"]*"')
_REGULAR = re.compile(r"<text(?![^>]* font-weight=)(?=[\s>])")


def measured(template: str, label: str, content: Mapping[str, object]) -> dict[str, float]:
    """Return the numbers a template says of its own layout, under ``<label>``."""
    found = _compiler(template, {**content, "on": None}).query(f"<{label}>", "value", one=True)
    return {name: float(number) for name, number in json.loads(found).items()}


def _compiler(template: str, content: Mapping[str, object]) -> typst.Compiler:
    return typst.Compiler(
        str(TEMPLATES / template),
        root=str(TEMPLATES),
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"content": json.dumps(content, ensure_ascii=False)},
    )


@cache
def _fonts() -> typst.Fonts:
    folder = Path(fontpkg_source_sans_3.ROOT) / "files"
    return typst.Fonts(include_system_fonts=False, font_paths=[str(folder)])
