"""Stata files (``.dta``) with their labels, read by ReadStat."""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pyreadstat

from croisee.formats.bounds import MAX_ROWS, check_size
from croisee.formats.labelled import Content, Labelled, Measure, Value, Variable
from croisee.formats.refused import FormatRefused
from croisee.formats.sav import check_extent, is_badly_encoded, misspelt, written_number
from croisee.language import phrase

EPOCH = datetime(1960, 1, 1, tzinfo=UTC)
"""Where Stata counts its days and its thousandths of a second from."""
_BROKEN = (
    pyreadstat.ReadstatError,
    pyreadstat.PyreadstatError,
    ValueError,
    OverflowError,
    OSError,
    KeyError,
    IndexError,
)


def read_dta(path: Path) -> Labelled:
    """Read a file of Stata 8 to 18 with its labels, its notes and its missing values.

    An extended missing value (``.a`` to ``.z``) stays in its cell as Stata writes it, and is one
    of the variable's missing values. Stata keeps no level of measurement: labels make a
    variable nominal, numbers without any a scale.

    Raises:
        FormatRefused: no Stata file, damaged, or of absurd size.
    """
    check_size(path)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            _, about = pyreadstat.read_dta(str(path), metadataonly=True)
            check_extent(about.number_rows or 0, len(about.column_names))
            cells, about = pyreadstat.read_dta(
                str(path),
                output_format="dict",
                user_missing=True,
                disable_datetime_conversion=True,
                row_limit=MAX_ROWS + 1,
            )
    except FormatRefused:
        raise
    except _BROKEN as cause:
        if is_badly_encoded(cause):
            raise misspelt() from cause
        raise FormatRefused(
            phrase("Ce fichier n’est pas un fichier Stata lisible."),
            phrase("Ouvrez-le dans Stata, puis enregistrez-le de nouveau en .dta."),
        ) from cause
    return _labelled(cells, about)


def _labelled(cells: Mapping[str, Sequence[Any]], about: Any) -> Labelled:
    contents = {name: _content(name, about) for name in about.column_names}
    columns = [[_text(cell, contents[name]) for cell in cells[name]] for name in contents]
    variables = tuple(
        _variable(name, contents[name], column, about)
        for name, column in zip(contents, columns, strict=True)
    )
    return Labelled(
        title=(about.file_label or "").strip(),
        variables=variables,
        rows=tuple(zip(*columns, strict=True)),
        notes=tuple(line.rstrip() for line in about.notes or ()),
    )


def _variable(name: str, content: Content, column: Sequence[str], about: Any) -> Variable:
    labels = about.variable_value_labels.get(name, {})
    values = tuple(
        Value(code := _text(value, content), str(label).strip(), code.startswith("."))
        for value, label in labels.items()
    )
    letters = {cell for cell in column if content is not Content.TEXT and cell.startswith(".")}
    letters |= {value.code for value in values if value.missing}
    nominal = bool(values) or content is Content.TEXT
    shown = str(about.original_variable_types.get(name, ""))
    decimals = shown.rstrip("fgec").rpartition(".")[2] if shown.endswith("f") else ""
    return Variable(
        name=name,
        label=(about.column_names_to_labels.get(name) or "").strip(),
        content=content,
        values=values,
        measure=Measure.NOMINAL if nominal else Measure.SCALE,
        missing=tuple((one, one) for one in sorted(letters)),
        decimals=int(decimals) if decimals.isdecimal() else 0,
    )


def _content(name: str, about: Any) -> Content:
    if about.readstat_variable_types.get(name) == "string":
        return Content.TEXT
    shown = str(about.original_variable_types.get(name, "")).replace("%-", "%")
    if shown.lower().startswith("%tc"):
        return Content.TIME if shown[3:].upper().startswith("HH") else Content.MOMENT
    return Content.DATE if shown.startswith(("%td", "%d")) else Content.NUMBER


def _text(cell: object, content: Content) -> str:
    if cell is None or cell != cell:
        return ""
    if isinstance(cell, str):
        return cell.rstrip() if content is Content.TEXT else f".{cell}"
    number = float(str(cell))
    if content is Content.NUMBER:
        return written_number(number)
    return _moment(number, content)


def _moment(number: float, content: Content) -> str:
    """Return a date or a time in ISO; one that no calendar has stays a number."""
    step = timedelta(days=number) if content is Content.DATE else timedelta(milliseconds=number)
    try:
        found = EPOCH + step
    except OverflowError:
        return repr(number)
    if content is Content.TIME:
        return found.time().isoformat()
    day = found.date().isoformat()
    return day if content is Content.DATE else found.replace(tzinfo=None).isoformat()
