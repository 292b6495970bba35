"""From a workbook to a form: everything wrong said at once, with its sheet, row and column.

``pyxform`` does the compiling; what it would refuse one thing at a time, in English, is looked
for first. Source of the rules: XLSForm, « Reference table »; pyxform 4.
"""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass

from croisee.formats import FormatRefused
from croisee.formats.xlsform import Workbook, Worksheet, worksheet_of
from croisee.language import phrase
from croisee.questionnaire.checking import Fault, faults_of_workbook, straight
from croisee.questionnaire.xform import read_form

_ROW = re.compile(r"\[row : ([0-9]+)\]")
_SHEET = re.compile(r"'(survey|choices|settings|entities|external_choices|osm)' sheet")
_SHEETS = {"survey", "choices", "settings", "osm", "entities"}
_SHOWN = {"label", "hint", "guidance_hint", "constraint_message", "required_message", "form_title"}
_HELD = {ord(quote): 0xE000 + place for place, quote in enumerate("‘’“”")}
_GIVEN_BACK = {held: quote for quote, held in _HELD.items()}
_SILENT = re.compile(r"survey element named '([^']+)' has no label or hint")
_EXTERNAL = re.compile(r"^\s*select_(one|multiple)_external\s+(\S+)")
_LIST = "list_name"
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
    """Return the XForm of a workbook, the choices it keeps outside the form put inside.

    Raises:
        FormRefused: everything wrong that could be found, each with its place.
    """
    from pyxform.errors import PyXFormError  # noqa: PLC0415 -- a second to import
    from pyxform.xls2xform import convert  # noqa: PLC0415

    book = _with_choices_inside(book)
    faults = tuple(faults_of_workbook(book))
    if faults:
        raise FormRefused(faults)
    remarks: list[str] = []
    silenced = logging.getLogger("pyxform")
    silenced.setLevel(logging.CRITICAL)
    try:
        xml = convert(_rows(book), warnings=remarks).xform.translate(_GIVEN_BACK).encode()
    except PyXFormError as cause:
        raise FormRefused((_located(str(cause), book),)) from cause
    try:
        read_form(xml)
    except FormatRefused as cause:
        raise FormRefused((Fault("survey", None, "", cause.message, cause.remedy),)) from cause
    return Compiled(xml, tuple(remarks))


def _with_choices_inside(book: Workbook) -> Workbook:
    """Return a workbook whose ``select_one_external`` are plain ones: pages show their choices.

    XLSForm keeps long lists in ``external_choices``, for devices that looked them up slowly.
    """
    survey, outside, inside = map(book.sheet, ("survey", "external_choices", "choices"))
    fresh = {one: f"{one}_hors" for one in _lists_of(outside)}

    def inside_of(found: re.Match[str]) -> str:
        return f"select_{found[1]} {fresh.get(found[2], found[2])}"

    asked = [
        {
            column: _EXTERNAL.sub(inside_of, cell) if _plain(column) == "type" else cell
            for column, cell in one.items()
        }
        for one in survey.records()
    ]
    used = {words[1] for one in asked for cell in one.values() if len(words := cell.split()) > 1}
    columns = {_plain(column): column for column in inside.columns}
    moved = [
        {
            columns.get(_plain(column), column): fresh[cell.strip()]
            if _plain(column) == _LIST
            else cell
            for column, cell in one.items()
        }
        for one in outside.records()
    ]
    kept = [one for one in moved if used & set(one.values()) & set(fresh.values())]
    if not kept:
        return book
    return book.with_sheet(worksheet_of(survey.name, asked)).with_sheet(
        worksheet_of(inside.name, [*inside.records(), *kept])
    )


def _lists_of(sheet: Worksheet) -> set[str]:
    return {
        cell.strip()
        for one in sheet.records()
        for column, cell in one.items()
        if _plain(column) == _LIST
    }


def _plain(column: str) -> str:
    return column.strip().lower().replace(" ", "_")


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


def _located(said: str, book: Workbook) -> Fault:
    """Return what ``pyxform`` refuses, in our words where we have some, with its place."""
    silent = _SILENT.search(said)
    if silent:
        names = [record.get("name", "").strip() for record in book.sheet("survey").records()]
        row = names.index(silent[1]) + 2 if silent[1] in names else None
        return Fault(
            "survey", row, "label",
            phrase("« {name} » n’a ni libellé ni indication : rien ne se lirait à l’écran.",
                   name=silent[1]),
            phrase("Écrivez ce que la question demande."),
        )  # fmt: skip
    uncounted = _ROW.search(said)
    if uncounted and "Missing calculation" in said:
        return Fault(
            "survey", int(uncounted[1]), "calculation",
            phrase("Cette ligne est un calcul, et aucun calcul n’y est écrit."),
            phrase("Écrivez le calcul, ou changez le type de la ligne."),
        )  # fmt: skip
    sheet, column = _SHEET.search(said), _COLUMN.search(said)
    return Fault(
        sheet[1] if sheet else "survey",
        int(uncounted[1]) if uncounted else None,
        column[1] if column else "",
        phrase("Le classeur ne se compile pas : {said}", said=_ROW.sub("", said).strip()),
        phrase("Corrigez cette ligne du classeur, puis déposez-le de nouveau."),
    )
