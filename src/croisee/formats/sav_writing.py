"""SPSS files written: labels, missing values, multiple response sets, long texts.

ReadStat writes from a pandas table, which this package does not need otherwise, and cannot
write the sets: the layout is written here. Source: PSPP, « System File Format ».
"""

from __future__ import annotations

import re
import struct
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from pathlib import Path

from croisee.formats.labelled import Content, Labelled, Measure, Variable
from croisee.formats.sav import EPOCH

MAX_TEXT = 32_767
"""Bytes of a text; what is longer is cut at a letter."""
MAX_LABEL = 255
MAX_VALUE_LABEL = 120
MAX_NAME = 64
_NOTE = 80
_SEGMENT, _COUNTED = 255, 252
_NONE = -1.7976931348623157e308
_LEAST = -1.7976931348623155e308
_MEASURES = {Measure.NOMINAL: 1, Measure.ORDINAL: 2, Measure.SCALE: 3}
_NUMBER, _TEXT = 5, 1
_SHOWN = {Content.DATE: (39, 10), Content.TIME: (21, 8), Content.MOMENT: (22, 20)}
"""How SPSS shows what is a number of seconds: its format and its width."""
_COUNTED_TIME = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_SHORT = 8
"""Bytes of the longest text that the oldest records hold; labels of longer ones have their own."""


@dataclass(frozen=True, slots=True)
class _Column:
    """A variable as it lies in the file: ``width`` 0 for a number, else the bytes of its texts."""

    variable: Variable
    short: str
    width: int
    content: Content

    @property
    def segments(self) -> tuple[int, ...]:
        """The widths of the pieces that a long text is stored in."""
        if self.width <= _SEGMENT:
            return (self.width,)
        count = -(-self.width // _COUNTED)
        return (*[_SEGMENT] * (count - 1), self.width - _COUNTED * (count - 1))


def write_sav(path: Path, table: Labelled) -> None:
    """Write a file that SPSS, PSPP, R and :func:`croisee.formats.sav.read_sav` read.

    UTF-8, uncompressed; the same table gives the same bytes. Dates, times and moments are those
    of SPSS; a column where one has a zone, or that no calendar has, is one of texts. Names are
    those of the table: letters, digits and ``_``, 64 bytes at most, one of each. Of a variable,
    three missing values are kept, or a range and one value.
    """
    columns = [_column(place, one, table.rows) for place, one in enumerate(table.variables)]
    with path.open("wb") as stream:
        stream.write(_header(table, columns))
        stream.writelines(_variables(columns))
        stream.writelines(_value_labels(columns))
        stream.write(_notes(table.notes))
        stream.writelines(_extensions(table, columns))
        stream.write(struct.pack("<ii", 999, 0))
        for row in table.rows:
            stream.writelines(_cell(cell, one) for cell, one in zip(row, columns, strict=True))


def cut(text: str, most: int) -> str:
    """Return the longest beginning of a text that takes at most this many bytes."""
    return text.encode()[:most].decode(errors="ignore")


def _column(place: int, variable: Variable, rows: Sequence[Sequence[str]]) -> _Column:
    content, width = variable.content, 0
    if content in _SHOWN and not all(_is_told(row[place], content) for row in rows):
        content = Content.TEXT
    if content is Content.TEXT:
        longest = max((len(row[place].encode()) for row in rows), default=0)
        width = min(MAX_TEXT, max(_SHORT, longest))
    return _Column(variable, f"V{place + 1:07d}", width, content)


def _is_told(cell: str, content: Content) -> bool:
    """Return whether a cell is a date or a time that SPSS can hold."""
    try:
        number(cell, content)
    except (ValueError, TypeError):
        return False
    return "+" not in cell and not cell.endswith("Z")


def kept_missing(variable: Variable) -> tuple[tuple[str, str], ...]:
    """Return what SPSS keeps of the missing values: a range and a value, or three values."""
    single = [one for one in variable.missing if one[0] == one[1]]
    if variable.content is Content.TEXT:
        return tuple(one for one in single if len(one[0].encode()) <= _SHORT)[:3]
    ranges = [one for one in variable.missing if one[0] != one[1]]
    return (ranges[0], *single[:1]) if ranges else tuple(single[:3])


def _fixed(text: str, size: int) -> bytes:
    return cut(text, size).encode().ljust(size)


def _header(table: Labelled, columns: Sequence[_Column]) -> bytes:
    slots = sum(_slots(width) for one in columns for width in one.segments)
    return b"".join(
        (
            b"$FL2",
            _fixed("@(#) SPSS DATA FILE - Croisee", 60),
            struct.pack("<iiiii", 2, slots, 0, 0, len(table.rows)),
            struct.pack("<d", 100.0),
            b"01 Jan 0000:00:00",
            _fixed(table.title, 64),
            bytes(3),
        )
    )


def _slots(width: int) -> int:
    return max(1, -(-width // 8))


def _variables(columns: Iterable[_Column]) -> Iterator[bytes]:
    for one in columns:
        for place, width in enumerate(one.segments):
            name = one.short if not place else f"{one.short[:5]}{place:03d}"
            yield _variable(one, name, width, first=not place)
            yield struct.pack("<iiiiii8s", 2, -1, 0, 0, 0, 0, b" " * 8) * (_slots(width) - 1)


def _variable(column: _Column, name: str, width: int, *, first: bool) -> bytes:
    label = cut(column.variable.label, MAX_LABEL).encode() if first else b""
    count, missing = _missing(column) if first and column.width <= _SHORT else (0, b"")
    shown = _shown(column, width)
    said = struct.pack(
        "<iiiiii8s", 2, width, int(bool(label)), count, shown, shown, name.encode().ljust(8),
    )  # fmt: skip
    if label:
        said += struct.pack("<i", len(label)) + label.ljust(-(-len(label) // 4) * 4)
    return said + missing


def _missing(column: _Column) -> tuple[int, bytes]:
    """Return how many missing values are said, negative where a range is one, and they."""
    kept = kept_missing(column.variable)
    if column.width:
        return len(kept), b"".join(_fixed(low, _SHORT) for low, _ in kept)
    if not kept:
        return 0, b""
    values = [number(low, column.content) for low, _ in kept]
    if kept[0][0] == kept[0][1]:
        return len(values), struct.pack(f"<{len(values)}d", *values)
    values.insert(1, number(kept[0][1], column.content))
    return -len(values), struct.pack(f"<{len(values)}d", *values)


def _shown(column: _Column, width: int) -> int:
    if width:
        return (_TEXT << 16) | (min(width, _SEGMENT) << 8)
    if column.content in _SHOWN:
        kind, wide = _SHOWN[column.content]
        return (kind << 16) | (wide << 8)
    return (_NUMBER << 16) | (12 << 8) | min(column.variable.decimals, 9)


def _value_labels(columns: Sequence[_Column]) -> Iterator[bytes]:
    slot = 1
    for one in columns:
        if one.variable.values and one.width <= _SHORT:
            yield struct.pack("<ii", 3, len(one.variable.values))
            for value in one.variable.values:
                label = cut(value.label, MAX_VALUE_LABEL).encode()
                size = -(-(len(label) + 1) // 8) * 8 - 1
                yield _code(value.code, one) + bytes([len(label)]) + label.ljust(size)
            yield struct.pack("<iii", 4, 1, slot)
        slot += sum(_slots(width) for width in one.segments)


def _code(code: str, column: _Column) -> bytes:
    if column.width:
        return _fixed(code, _SHORT)
    return struct.pack("<d", number(code, column.content))


def _long_labels(column: _Column) -> bytes:
    """Return the labels of the values of a long text, as the record for them says them."""
    said = _measured(column.variable.name.encode())
    said += struct.pack("<ii", column.width, len(column.variable.values))
    for value in column.variable.values:
        said += _measured(_fixed(value.code, column.width))
        said += _measured(cut(value.label, MAX_VALUE_LABEL).encode())
    return said


def _long_missing(column: _Column) -> bytes:
    kept = kept_missing(column.variable)
    said = _measured(column.variable.name.encode()) + bytes([len(kept)]) + struct.pack("<i", _SHORT)
    return said + b"".join(_fixed(low, _SHORT) for low, _ in kept)


def _measured(content: bytes) -> bytes:
    return struct.pack("<i", len(content)) + content


def _notes(notes: Sequence[str]) -> bytes:
    if not notes:
        return b""
    return struct.pack("<ii", 6, len(notes)) + b"".join(_fixed(one, _NOTE) for one in notes)


def _extension(kind: int, size: int, content: bytes) -> bytes:
    return struct.pack("<iiii", 7, kind, size, len(content) // size) + content


def _extensions(table: Labelled, columns: Sequence[_Column]) -> Iterator[bytes]:
    yield _extension(3, 4, struct.pack("<8i", 1, 0, 0, -1, 1, 1, 2, 65001))
    yield _extension(4, 8, struct.pack("<3d", _NONE, -_NONE, _LEAST))
    if table.multiples:
        yield _extension(7, 1, b"".join(_sets(table, columns)))
    shown = [
        (_MEASURES[one.variable.measure], 12, 0 if not one.width else 1)
        for one in columns
        for _ in one.segments
    ]
    yield _extension(11, 4, b"".join(struct.pack("<3i", *one) for one in shown))
    names = "\t".join(f"{one.short}={one.variable.name}" for one in columns)
    yield _extension(13, 1, names.encode())
    long = [one for one in columns if one.width > _SEGMENT]
    if long:
        said = "".join(f"{one.short}={one.width:05d}\0\t" for one in long)
        yield _extension(14, 1, said.encode())
    yield _extension(20, 1, b"UTF-8")
    wide = [one for one in columns if one.width > _SHORT]
    yield from _of_long_texts(21, _long_labels, [one for one in wide if one.variable.values])
    yield from _of_long_texts(
        22, _long_missing, [one for one in wide if kept_missing(one.variable)]
    )


def _of_long_texts(
    kind: int, said: Callable[[_Column], bytes], columns: Sequence[_Column]
) -> Iterator[bytes]:
    if columns:
        yield _extension(kind, 1, b"".join(map(said, columns)))


def _sets(table: Labelled, columns: Sequence[_Column]) -> Iterator[bytes]:
    shorts = {one.variable.name: one.short.lower() for one in columns}
    for one in table.multiples:
        label = cut(one.label, MAX_LABEL)
        names = " ".join(shorts[name] for name in one.variables)
        kind = f"D{len(one.counted.encode())} {one.counted}" if one.counted else "C"
        yield f"${one.name}={kind} {len(label.encode())} {label} {names}\n".encode()


def _cell(cell: str, column: _Column) -> bytes:
    if not column.width:
        return struct.pack("<d", number(cell, column.content))
    content = cut(cell, column.width).encode()
    pieces = []
    for place, width in enumerate(column.segments):
        piece = content[place * _SEGMENT : (place + 1) * _SEGMENT]
        pieces.append(piece.ljust(_slots(width) * 8))
    return b"".join(pieces)


def number(cell: str, content: Content) -> float:
    """Return what SPSS holds for a cell: a number, or seconds since its epoch or midnight.

    Raises:
        ValueError, TypeError: the cell is no such thing.
    """
    if not cell:
        return _NONE
    if content in _SHOWN and _COUNTED_TIME.fullmatch(cell):
        return float(cell)
    if content is Content.TIME:
        said = time.fromisoformat(cell)
        return said.hour * 3600 + said.minute * 60 + said.second + said.microsecond / 1e6
    if content in _SHOWN:
        return (datetime.fromisoformat(cell).replace(tzinfo=UTC) - EPOCH).total_seconds()
    return max(_LEAST, float(cell))
