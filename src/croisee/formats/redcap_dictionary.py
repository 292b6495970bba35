"""REDCap's data dictionary: one line a field, in the eighteen columns that REDCap takes.

Source: the columns and field types of REDCap's own « Data Dictionary » download, and of its API
(« Export Metadata »), which names the same columns otherwise.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from croisee.formats.labelled import Value
from croisee.formats.refused import FormatRefused
from croisee.formats.tabular import Sheet, read_table
from croisee.formats.writing import guarded
from croisee.language import phrase

COLUMNS = {
    "name": ("Variable / Field Name", "field_name"),
    "form": ("Form Name", "form_name"),
    "section": ("Section Header", "section_header"),
    "type": ("Field Type", "field_type"),
    "label": ("Field Label", "field_label"),
    "choices": ("Choices, Calculations, OR Slider Labels", "Choices OR Calculations",
                "select_choices_or_calculations"),
    "note": ("Field Note", "field_note"),
    "check": ("Text Validation Type OR Show Slider Number",
              "text_validation_type_or_show_slider_number"),
    "least": ("Text Validation Min", "text_validation_min"),
    "most": ("Text Validation Max", "text_validation_max"),
    "identifier": ("Identifier?", "identifier"),
    "logic": ("Branching Logic (Show field only if...)", "branching_logic"),
    "required": ("Required Field?", "required_field"),
    "alignment": ("Custom Alignment", "custom_alignment"),
    "number": ("Question Number (surveys only)", "question_number"),
    "matrix": ("Matrix Group Name", "matrix_group_name"),
    "ranking": ("Matrix Ranking?", "matrix_ranking"),
    "annotation": ("Field Annotation", "field_annotation"),
}  # fmt: skip
"""Each column, by what REDCap calls it: on its site first, which is what it takes back."""
CHOSEN = frozenset({"dropdown", "radio", "yesno", "truefalse"})
YES = (Value("1", "Yes"), Value("0", "No"))
TRUE = (Value("1", "True"), Value("0", "False"))
_SURE = frozenset({"y", "1", "yes", "true"})
_TAG = re.compile(r"<[^>]{0,500}>")


@dataclass(frozen=True, slots=True)
class RedcapField:
    """One line of a dictionary; labels without their HTML. ``values``: of choices, in order."""

    name: str
    form: str
    type: str
    label: str
    values: tuple[Value, ...] = ()
    check: str = ""
    identifier: bool = False
    section: str = ""
    note: str = ""
    formula: str = ""
    """What is computed (``calc``), or the three labels of a slider."""
    least: str = ""
    most: str = ""
    logic: str = ""
    required: bool = False
    annotation: str = ""


def is_redcap_dictionary(header: Sequence[str]) -> bool:
    """Return whether the columns are those of a data dictionary, from the site or its API."""
    return all(any(name in header for name in COLUMNS[key]) for key in ("name", "type", "choices"))


def dictionary_fields(sheet: Sheet) -> Iterator[RedcapField]:
    """Yield the fields of a dictionary. Raises :class:`FormatRefused` if the table is not one."""
    if not is_redcap_dictionary(sheet.header):
        raise FormatRefused(
            phrase("Ce fichier n’est pas un dictionnaire de REDCap."),
            phrase("Il y faut les colonnes {columns}.",
                   columns=", ".join(COLUMNS[key][0] for key in ("name", "type", "choices"))),
        )  # fmt: skip
    columns = {
        key: next((name for name in names if name in sheet.header), "")
        for key, names in COLUMNS.items()
    }
    for _, row in sheet.rows:
        yield _field({key: row[name].strip() if name else "" for key, name in columns.items()})


def _field(cell: Mapping[str, str]) -> RedcapField:
    kind = cell["type"].lower()
    values = {"yesno": YES, "truefalse": TRUE}.get(kind) or (
        tuple(_choices(cell["choices"])) if kind in {*CHOSEN, "checkbox"} else ()
    )
    return RedcapField(
        name=cell["name"],
        form=cell["form"],
        type=kind,
        label=_plain(cell["label"]),
        values=values,
        check=cell["check"].lower(),
        identifier=cell["identifier"].lower() in _SURE,
        section=_plain(cell["section"]),
        note=_plain(cell["note"]),
        formula="" if values else cell["choices"],
        least=cell["least"],
        most=cell["most"],
        logic=cell["logic"],
        required=cell["required"].lower() in _SURE,
        annotation=cell["annotation"],
    )


def _choices(cell: str) -> Iterator[Value]:
    """Yield the choices of « 1, Oui | 2, Non »."""
    for one in cell.split("|"):
        code, comma, label = one.strip().partition(",")
        if code and comma:
            yield Value(code.strip(), _plain(label))


def _plain(label: str) -> str:
    return " ".join(_TAG.sub(" ", label).split())


def column_of(code: str) -> str:
    """Return how the name of a checkbox's column says the code of its choice."""
    return code.lower().replace("-", "_")


def read_dictionary(path: Path) -> tuple[RedcapField, ...]:
    """Read a dictionary. Raises :class:`FormatRefused`."""
    return tuple(dictionary_fields(read_table(path)))


def write_dictionary(fields: Iterable[RedcapField]) -> bytes:
    """Return a dictionary as REDCap takes it: UTF-8, commas, its eighteen columns in its order.

    :func:`read_dictionary` gives the same fields back. In what people typed (headers, labels,
    choices, notes), what a spreadsheet would take for a formula has an apostrophe before it
    (:func:`croisee.formats.writing.guarded`), which REDCap shows; what it reads itself (computed
    fields, conditions, action tags) is left alone.
    """
    stream = io.StringIO(newline="")
    written = csv.writer(stream, lineterminator="\r\n")
    written.writerow([names[0] for names in COLUMNS.values()])
    for one in fields:
        choices = one.formula
        if one.values and one.type not in {"yesno", "truefalse"}:
            choices = " | ".join(f"{value.code}, {value.label}" for value in one.values)
        cells = {
            "name": one.name,
            "form": one.form,
            "section": guarded(one.section),
            "type": one.type,
            "label": guarded(one.label),
            "choices": choices if one.type == "calc" else guarded(choices),
            "note": guarded(one.note),
            "check": one.check,
            "least": one.least,
            "most": one.most,
            "identifier": "y" if one.identifier else "",
            "logic": one.logic,
            "required": "y" if one.required else "",
            "annotation": one.annotation,
        }
        written.writerow([cells.get(key, "") for key in COLUMNS])
    return stream.getvalue().encode("utf-8")
