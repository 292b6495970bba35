"""SPSS files (``.sav``, ``.zsav``), with their labels, read by ReadStat."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pyreadstat

from croisee.formats.bounds import MAX_CELLS, MAX_ROWS, check_size
from croisee.formats.labelled import Content, Labelled, Measure, Multiple, Value, Variable
from croisee.formats.refused import FormatRefused
from croisee.language import phrase

EPOCH = datetime(1582, 10, 14, tzinfo=UTC)
"""Where SPSS counts its seconds from."""
_MAGIC = (b"$FL2", b"$FL3")
_MOST_VARIABLES = 16_384
_DATES = ("DATE", "ADATE", "EDATE", "SDATE", "JDATE")
_DAY = 86_400
_BROKEN = (
    pyreadstat.ReadstatError,
    pyreadstat.PyreadstatError,
    ValueError,
    OverflowError,
    OSError,
    KeyError,
    IndexError,
)


def read_sav(path: Path) -> Labelled:
    """Read a file with its labels, its missing values and its multiple response sets.

    Values the file declares missing stay in their cells. Letters are as the file's encoding
    says them.

    Raises:
        FormatRefused: no SPSS file, damaged, or of absurd size.
    """
    check_size(path)
    with path.open("rb") as stream:
        if stream.read(4) not in _MAGIC:
            raise _refused()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of names that only a damaged file has twice
            cells, about = _read(path)
    except FormatRefused:
        raise
    except _BROKEN as cause:
        raise (misspelt() if is_badly_encoded(cause) else _refused()) from cause
    check_extent(len(next(iter(cells.values()), ())), len(cells))
    return _labelled(cells, about)


def _read(path: Path) -> tuple[Mapping[str, Sequence[Any]], Any]:
    _, about = pyreadstat.read_sav(str(path), metadataonly=True)
    check_extent(about.number_rows or 0, len(about.column_names))
    cells, about = pyreadstat.read_sav(
        str(path),
        output_format="dict",
        user_missing=True,
        disable_datetime_conversion=True,
        row_limit=MAX_ROWS + 1,
    )
    return cells, about


def _refused() -> FormatRefused:
    return FormatRefused(
        phrase("Ce fichier n’est pas un fichier SPSS lisible."),
        phrase("Ouvrez-le dans SPSS ou PSPP, puis enregistrez-le de nouveau en .sav."),
    )


def is_badly_encoded(cause: Exception) -> bool:
    """Return whether a reader stopped at letters that are not in the encoding a file says."""
    return isinstance(cause, UnicodeError) or "encoding" in str(cause).lower()


def misspelt() -> FormatRefused:
    """Return why a file is refused whose letters are not in the encoding it says."""
    return FormatRefused(
        phrase("Les lettres de ce fichier ne sont pas dans l’encodage qu’il annonce."),
        phrase("Ouvrez-le dans le logiciel qui l’a écrit, et enregistrez-le en UTF-8 (Unicode)."),
    )


def check_extent(rows: int, columns: int) -> None:
    """Refuse a table of absurd size.

    Raises:
        FormatRefused: more than a million rows, 50 million cells or 16 384 variables.
    """
    if rows <= MAX_ROWS and columns <= _MOST_VARIABLES and rows * max(1, columns) <= MAX_CELLS:
        return
    raise FormatRefused(
        phrase("Le tableau dépasse un million de lignes ou 50 millions de cellules."),
        phrase("Découpez-le, ou retirez les colonnes qui ne servent pas."),
    )


def _labelled(cells: Mapping[str, Sequence[Any]], about: Any) -> Labelled:
    variables = tuple(_variable(name, about) for name in about.column_names)
    columns = [[_text(cell, one.content) for cell in cells[one.name]] for one in variables]
    known = {one.name.lower(): one.name for one in variables}
    return Labelled(
        title=(about.file_label or "").strip(),
        variables=variables,
        multiples=tuple(_multiples(about, known)),
        rows=tuple(zip(*columns, strict=True)),
        notes=tuple(line.rstrip() for line in about.notes or ()),
    )


def _variable(name: str, about: Any) -> Variable:
    content = _content(name, about)
    ranges = tuple(
        (_text(one["lo"], content), _text(one["hi"], content))
        for one in about.missing_ranges.get(name, ())
    )
    labels = about.variable_value_labels.get(name, {})
    measure = about.variable_measure.get(name, "")
    said = str(about.original_variable_types.get(name, ""))
    decimals = said.partition(".")[2]
    return Variable(
        name=name,
        label=(about.column_names_to_labels.get(name) or "").strip(),
        content=content,
        values=tuple(
            Value(_text(value, content), str(label).strip(), is_missing(value, ranges))
            for value, label in labels.items()
        ),
        measure=Measure(measure) if measure in {*Measure} else _guessed(content),
        missing=ranges,
        decimals=int(decimals) if decimals.isdecimal() else 0,
    )


def is_missing(value: object, ranges: Sequence[tuple[str, str]]) -> bool:
    """Return whether a value is one that means no answer."""
    for lowest, highest in ranges:
        try:
            if float(lowest) <= float(str(value)) <= float(highest):
                return True
        except ValueError:
            if str(value) in {lowest, highest}:
                return True
    return False


def _guessed(content: Content) -> Measure:
    return Measure.NOMINAL if content is Content.TEXT else Measure.SCALE


def _content(name: str, about: Any) -> Content:
    if about.readstat_variable_types.get(name) == "string":
        return Content.TEXT
    written = str(about.original_variable_types.get(name, "")).rstrip("0123456789.")
    if written in _DATES:
        return Content.DATE
    return {"DATETIME": Content.MOMENT, "TIME": Content.TIME}.get(written, Content.NUMBER)


def _text(cell: object, content: Content) -> str:
    if cell is None or cell != cell:
        return ""
    if isinstance(cell, str):
        return cell.rstrip()
    number = float(str(cell))
    if content in {Content.DATE, Content.MOMENT, Content.TIME}:
        return _moment(number, content)
    return written_number(number)


def written_number(number: float) -> str:
    """Return a number as its cell says it: a whole one without point."""
    return str(int(number)) if number.is_integer() and abs(number) < 1e15 else repr(number)


def _moment(seconds: float, content: Content) -> str:
    """Return a date or a time in ISO; one that no calendar has stays a number."""
    if content is Content.TIME and not 0 <= seconds < _DAY:
        return str(int(seconds))
    try:
        found = EPOCH + timedelta(seconds=seconds)
    except OverflowError:
        return repr(seconds)
    if content is Content.TIME:
        return found.time().isoformat()
    return (
        found.date().isoformat()
        if content is Content.DATE
        else found.replace(tzinfo=None).isoformat()
    )


def _multiples(about: Any, known: Mapping[str, str]) -> Iterator[Multiple]:
    for name, one in (about.mr_sets or {}).items():
        variables = tuple(
            known[own.lower()] for own in one["variable_list"] if own.lower() in known
        )
        counted = one["counted_value"] if one["is_dichotomy"] else ""
        if variables:
            yield Multiple(
                name.lstrip("$"),
                (one["label"] or "").strip(),
                variables,
                "" if counted is None else str(counted).strip(),
            )
