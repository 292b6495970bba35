"""Typst: a template of ours and texts passed as data give a tagged PDF, the same bytes each time.

Templates never receive a text to read as markup: everything a study wrote arrives as JSON in
``sys.inputs`` and is placed as content. No system font, no package, no clock.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
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
