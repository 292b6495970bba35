"""Stata files written: format 118 (Stata 14 and after), with labels and extended missing values.

ReadStat writes from a pandas table, which this package does not need otherwise: the layout is
written here. Source: StataCorp, « Description of .dta file format 118 » (help dta).
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from io import BytesIO
from itertools import accumulate
from pathlib import Path

from croisee.formats.labelled import Content, Labelled, Variable
from croisee.formats.sav_writing import cut
from croisee.formats.stata import EPOCH

MAX_NAME = 32
"""Letters of a name."""
MAX_LABEL = 80
"""Letters of the label of a variable, and of a file."""
LARGEST_CODE = 2_147_483_620
"""A value has a label where it is a whole number from minus this to this."""
_SHORT_TEXT = 2045
_DOUBLE, _LONG_TEXT = 65_526, 32_768
_ABSENT = 0x7FE0000000000000
_ABSENT_CODE = 2_147_483_621
_LETTER = 1 << 40
_LETTERED = re.compile(r"\.([a-z]?)")
_SHOWN = {Content.DATE: "%td", Content.TIME: "%tcHH:MM:SS", Content.MOMENT: "%tc"}
_DAY = date(1960, 1, 1)


@dataclass(frozen=True, slots=True)
class _Column:
    """A variable as it lies in the file: a number, a text of so many bytes, or a long text."""

    variable: Variable
    kind: int
    shown: str


def write_dta(path: Path, table: Labelled) -> None:
    """Write a file that Stata 14, R and :func:`croisee.formats.stata.read_dta` read.

    Numbers are doubles; the same table gives the same bytes. The table is one that
    :func:`croisee.formats.labelled_fitting.fitted_for_stata` made fit: names, whole codes,
    missing values as ``.a`` to ``.z``.

    Raises:
        ValueError: a cell that is not what its variable says.
    """
    columns = [_column(place, one, table.rows) for place, one in enumerate(table.variables)]
    path.write_bytes(_file(table, columns))


def number(cell: str, content: Content) -> float:
    """Return what Stata holds for a cell: a number, days, or thousandths of a second.

    Raises:
        ValueError: the cell is no such thing, or has a zone.
    """
    if content is Content.NUMBER:
        return float(cell)
    if content is Content.DATE:
        return float((date.fromisoformat(cell) - _DAY).days)
    if content is Content.TIME:
        said = time.fromisoformat(cell)
        if said.tzinfo:
            raise ValueError(cell)
        seconds = said.hour * 3600 + said.minute * 60 + said.second
        return seconds * 1000 + said.microsecond / 1000
    moment = datetime.fromisoformat(cell)
    if moment.tzinfo:
        raise ValueError(cell)
    return (moment.replace(tzinfo=UTC) - EPOCH).total_seconds() * 1000


def is_lettered(cell: str) -> bool:
    """Return whether a cell is one of Stata's missing values (``.``, ``.a`` to ``.z``)."""
    return bool(_LETTERED.fullmatch(cell))


def _column(place: int, variable: Variable, rows: Sequence[Sequence[str]]) -> _Column:
    if variable.content is not Content.TEXT:
        decimals = min(variable.decimals, 15)
        return _Column(variable, _DOUBLE, _SHOWN.get(variable.content, f"%18.{decimals}f"))
    longest = max((len(row[place].encode()) for row in rows), default=1) or 1
    if longest > _SHORT_TEXT:
        return _Column(variable, _LONG_TEXT, "%9s")
    return _Column(variable, longest, f"%{longest}s")


def _file(table: Labelled, columns: Sequence[_Column]) -> bytes:
    """Return the whole file: its map says where each part begins."""
    count = len(columns)
    parts = {
        "variable_types": b"".join(struct.pack("<H", one.kind) for one in columns),
        "varnames": b"".join(_padded(one.variable.name, 129) for one in columns),
        "sortlist": bytes(2 * (count + 1)),
        "formats": b"".join(_padded(one.shown, 57) for one in columns),
        "value_label_names": b"".join(
            _padded(_labels_name(place, one), 129) for place, one in enumerate(columns)
        ),
        "variable_labels": b"".join(
            _padded(one.variable.label[:MAX_LABEL], 321) for one in columns
        ),
        "characteristics": b"".join(_notes(table.notes)),
        "data": b"".join(_rows(table.rows, columns)),
        "strls": b"".join(_long_texts(table.rows, columns)),
        "value_labels": b"".join(_value_labels(columns)),
    }
    head = b"<stata_dta>" + _header(table, count)
    places = [0, len(head)]
    place = len(head) + len(b"<map></map>") + 14 * 8
    for name, content in parts.items():
        places.append(place)
        place += 2 * len(name) + 5 + len(content)
    places += [place, place + len(b"</stata_dta>")]
    stream = BytesIO()
    stream.write(head)
    stream.write(b"<map>" + struct.pack("<14Q", *places) + b"</map>")
    for name, content in parts.items():
        stream.write(b"<%b>%b</%b>" % (name.encode(), content, name.encode()))
    stream.write(b"</stata_dta>")
    return stream.getvalue()


def _header(table: Labelled, count: int) -> bytes:
    title = table.title[:MAX_LABEL].encode()
    return b"".join(
        (
            b"<header><release>118</release><byteorder>LSF</byteorder><K>",
            struct.pack("<H", count),
            b"</K><N>",
            struct.pack("<Q", len(table.rows)),
            b"</N><label>",
            struct.pack("<H", len(title)),
            title,
            b"</label><timestamp>\0</timestamp></header>",
        )
    )


def _padded(text: str, size: int) -> bytes:
    return cut(text, size - 1).encode().ljust(size, b"\0")


def _labels_name(place: int, column: _Column) -> str:
    return f"l{place + 1}" if column.variable.values else ""


def _notes(notes: Sequence[str]) -> Iterator[bytes]:
    for place, note in enumerate(notes and [str(len(notes)), *notes]):
        content = _padded("_dta", 129) + _padded(f"note{place}", 129) + note.encode() + b"\0"
        yield b"<ch>" + struct.pack("<I", len(content)) + content + b"</ch>"


def _rows(rows: Sequence[Sequence[str]], columns: Sequence[_Column]) -> Iterator[bytes]:
    for line, row in enumerate(rows, 1):
        for place, (cell, one) in enumerate(zip(row, columns, strict=True), 1):
            if one.kind == _DOUBLE:
                yield _number(cell, one.variable.content)
            elif one.kind == _LONG_TEXT:
                yield struct.pack("<H", place if cell else 0) + (line if cell else 0).to_bytes(
                    6, "little"
                )
            else:
                yield cell.encode().ljust(one.kind, b"\0")


def _number(cell: str, content: Content) -> bytes:
    absent = _LETTERED.fullmatch(cell or ".")
    if absent:
        letter = absent.group(1)
        return struct.pack("<Q", _ABSENT + (ord(letter) - 96 if letter else 0) * _LETTER)
    return struct.pack("<d", number(cell, content))


def _long_texts(rows: Sequence[Sequence[str]], columns: Sequence[_Column]) -> Iterator[bytes]:
    long = [place for place, one in enumerate(columns) if one.kind == _LONG_TEXT]
    for line, row in enumerate(rows, 1):
        for place in long:
            if row[place]:
                content = row[place].encode() + b"\0"
                about = struct.pack("<IQBI", place + 1, line, 130, len(content))
                yield b"GSO" + about + content


def _value_labels(columns: Sequence[_Column]) -> Iterator[bytes]:
    for place, one in enumerate(columns):
        if not one.variable.values:
            continue
        codes = sorted((_label_code(value.code), value.label) for value in one.variable.values)
        texts = [label.encode() + b"\0" for _, label in codes]
        *starts, whole = accumulate(map(len, texts), initial=0)
        content = struct.pack("<II", len(codes), whole)
        content += struct.pack(f"<{len(starts)}I", *starts)
        content += struct.pack(f"<{len(codes)}i", *(code for code, _ in codes))
        content += b"".join(texts)
        name = _padded(_labels_name(place, one), 129) + bytes(3)
        yield b"<lbl>" + struct.pack("<I", len(content)) + name + content + b"</lbl>"


def _label_code(code: str) -> int:
    absent = _LETTERED.fullmatch(code)
    if absent:
        return _ABSENT_CODE + (ord(absent.group(1)) - 96 if absent.group(1) else 0)
    return int(code)
