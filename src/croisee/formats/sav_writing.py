"""SPSS files written: labels, missing values, multiple response sets, long texts.

ReadStat writes from a pandas table, which this package does not need otherwise, and cannot
write the sets: the layout is written here. Source: PSPP, « System File Format ».
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
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
_NUMBER, _TEXT, _DATE = 5, 1, 39


@dataclass(frozen=True, slots=True)
class _Column:
    """A variable as it lies in the file: ``width`` 0 for a number, else the bytes of its texts."""

    variable: Variable
    short: str
    width: int

    @property
    def segments(self) -> tuple[int, ...]:
        """The widths of the pieces that a long text is stored in."""
        if self.width <= _SEGMENT:
            return (self.width,)
        count = -(-self.width // _COUNTED)
        return (*[_SEGMENT] * (count - 1), self.width - _COUNTED * (count - 1))


def write_sav(path: Path, table: Labelled) -> None:
    """Write a file that SPSS, PSPP, R and :func:`croisee.formats.sav.read_sav` read.

    UTF-8, uncompressed; the same table gives the same bytes. Dates are dates of SPSS; times
    and moments, which may have a zone, are texts. Names are those of the table: letters, digits
    and ``_``, 64 bytes at most, one of each.
    """
    columns = [
        _Column(one, f"V{place:07d}", _width(one, place - 1, table.rows))
        for place, one in enumerate(table.variables, 1)
    ]
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


def _width(variable: Variable, place: int, rows: Sequence[Sequence[str]]) -> int:
    if variable.content in {Content.NUMBER, Content.DATE}:
        return 0
    longest = max((len(row[place].encode()) for row in rows), default=0)
    return min(MAX_TEXT, max(8, longest))


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
            yield _variable(one.variable, name, width, first=not place)
            yield struct.pack("<iiiiii8s", 2, -1, 0, 0, 0, 0, b" " * 8) * (_slots(width) - 1)


def _variable(variable: Variable, name: str, width: int, *, first: bool) -> bytes:
    label = cut(variable.label, MAX_LABEL).encode() if first else b""
    missing = [float(low) for low, high in variable.missing if low == high] if not width else []
    shown = _shown(variable, width)
    said = struct.pack(
        "<iiiiii8s", 2, width, int(bool(label)), len(missing[:3]), shown, shown,
        name.encode().ljust(8),
    )  # fmt: skip
    if label:
        said += struct.pack("<i", len(label)) + label.ljust(-(-len(label) // 4) * 4)
    return said + struct.pack(f"<{len(missing[:3])}d", *missing[:3])


def _shown(variable: Variable, width: int) -> int:
    if width:
        return (_TEXT << 16) | (min(width, _SEGMENT) << 8)
    if variable.content is Content.DATE:
        return (_DATE << 16) | (10 << 8)
    return (_NUMBER << 16) | (12 << 8) | min(variable.decimals, 9)


def _value_labels(columns: Sequence[_Column]) -> Iterator[bytes]:
    slot = 1
    for one in columns:
        if one.variable.values and not one.width:
            yield struct.pack("<ii", 3, len(one.variable.values))
            for value in one.variable.values:
                label = cut(value.label, MAX_VALUE_LABEL).encode()
                size = -(-(len(label) + 1) // 8) * 8 - 1
                yield struct.pack("<dB", float(value.code), len(label)) + label.ljust(size)
            yield struct.pack("<iii", 4, 1, slot)
        slot += sum(_slots(width) for width in one.segments)


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


def _sets(table: Labelled, columns: Sequence[_Column]) -> Iterator[bytes]:
    shorts = {one.variable.name: one.short.lower() for one in columns}
    for one in table.multiples:
        label = cut(one.label, MAX_LABEL)
        names = " ".join(shorts[name] for name in one.variables)
        counted = one.counted or "1"
        said = f"${one.name}=D{len(counted)} {counted} {len(label.encode())} {label} {names}\n"
        yield said.encode()


def _cell(cell: str, column: _Column) -> bytes:
    if not column.width:
        return struct.pack("<d", _number(cell, column.variable.content))
    content = cut(cell, column.width).encode()
    pieces = []
    for place, width in enumerate(column.segments):
        piece = content[place * _SEGMENT : (place + 1) * _SEGMENT]
        pieces.append(piece.ljust(_slots(width) * 8))
    return b"".join(pieces)


def _number(cell: str, content: Content) -> float:
    if not cell:
        return _NONE
    if content is Content.DATE:
        return (datetime.fromisoformat(cell).replace(tzinfo=UTC) - EPOCH).total_seconds()
    return float(cell)
