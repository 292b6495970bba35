"""From a workbook to a form: everything wrong said at once, with its sheet, row and column.

``pyxform`` does the compiling; what it would refuse one thing at a time, in English, is looked
for first. Source of the rules: XLSForm, « Reference table »; pyxform 4.
"""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass

from croisee.formats import FormatRefused
from croisee.formats.xlsform import Workbook
from croisee.language import phrase
from croisee.questionnaire.checking import Fault, faults_of_workbook, straight
from croisee.questionnaire.xform import read_form

_ROW = re.compile(r"\[row : ([0-9]+)\]")
_SHEET = re.compile(r"'(survey|choices|settings|entities|external_choices|osm)' sheet")
_SHEETS = {"survey", "choices", "settings", "external_choices", "osm", "entities"}
_SHOWN = {"label", "hint", "guidance_hint", "constraint_message", "required_message", "form_title"}
_HELD = {ord(quote): 0xE000 + place for place, quote in enumerate("‘’“”")}
_GIVEN_BACK = {held: quote for quote, held in _HELD.items()}
_COLUMN = re.compile(r"the '([^']+)' value")


class FormRefused(ValueError):
    """A workbook that makes no form. ``faults`` has everything to correct."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__(" ".join(fault.message.to("fr") for fault in faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Compiled:
    """A form as ODK tools take it (``xml``), and what ``pyxform`` had to say (in English)."""

    xml: bytes
    remarks: tuple[str, ...] = ()


def compile_form(book: Workbook) -> Compiled:
    """Return the XForm of a workbook.

    Raises:
        FormRefused: everything wrong that could be found, each with its place.
    """
    from pyxform.errors import PyXFormError  # noqa: PLC0415 -- a second to import
    from pyxform.xls2xform import convert  # noqa: PLC0415

    faults = tuple(faults_of_workbook(book))
    if faults:
        raise FormRefused(faults)
    remarks: list[str] = []
    silenced = logging.getLogger("pyxform")
    silenced.setLevel(logging.CRITICAL)
    try:
        xml = convert(_rows(book), warnings=remarks).xform.translate(_GIVEN_BACK).encode()
    except PyXFormError as cause:
        raise FormRefused((_located(str(cause)),)) from cause
    try:
        read_form(xml)
    except FormatRefused as cause:
        raise FormRefused((Fault("survey", None, "", cause.message, cause.remedy),)) from cause
    return Compiled(xml, tuple(remarks))


def _rows(book: Workbook) -> dict[str, object]:
    found: dict[str, object] = {"sheet_names": [sheet.name for sheet in book.sheets]}
    for sheet in book.sheets:
        name = sheet.name.strip().lower()
        if name not in _SHEETS:
            continue
        found[name] = [
            {column.strip(): _cleaned(column, cell) for column, cell in record.items()}
            for record in sheet.records()
        ]
        found[f"{name}_header"] = [
            {column.strip(): None for column in sheet.columns if column.strip()}
        ]
    return found


def _cleaned(column: str, cell: str) -> str:
    """Return a cell as ``pyxform`` takes it: it would straighten the apostrophes of labels."""
    if column.lower().partition("::")[0] in _SHOWN:
        return cell.strip().translate(_HELD)
    return straight(cell).strip()


def _located(said: str) -> Fault:
    row, sheet, column = _ROW.search(said), _SHEET.search(said), _COLUMN.search(said)
    return Fault(
        sheet[1] if sheet else "survey",
        int(row[1]) if row else None,
        column[1] if column else "",
        phrase("Le classeur ne se compile pas : {said}", said=_ROW.sub("", said).strip()),
        phrase("Corrigez cette ligne du classeur, puis déposez-le de nouveau."),
    )
