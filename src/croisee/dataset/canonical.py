"""The canonical bytes of a table, and the digest that is a Dataset's name.

The rule is our own and is written in ``docs/methods/dataset.md``, so that anybody can
recompute a digest without Croisée, Parquet or Arrow. A table is hashed column by column;
rows come sorted, batch by batch, so that a file is hashed again without being held whole.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterable, Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from croisee.dataset.study_json import Json, canonical_json

TABLE_MARK = b"croisee-table/1\n"
DATASET_MARK = b"croisee-dataset/1\n"


class NotCanonical(ValueError):
    """A value has no canonical bytes: not a number, infinite, or minus zero."""


def sort_rows(table: pa.Table) -> pa.Table:
    """Return the rows in canonical order: by every column from the first, nulls last.

    Texts compare by their UTF-8 bytes, numbers by value, false before true. A table
    already in order is returned as it is, without a copy.
    """
    _refuse_odd_numbers(table)
    keys = [(name, "ascending") for name in table.column_names]
    order = pc.sort_indices(table, sort_keys=keys)
    if np.array_equal(order.to_numpy(), np.arange(table.num_rows, dtype=np.uint64)):
        return table
    return table.take(order)


class TableDigest:
    """The digest of one table, fed with batches of sorted rows of one schema."""

    def __init__(self, name: str, schema: pa.Schema) -> None:
        self.name = name
        self.schema = schema
        self.rows = 0
        self._streams = [tuple(hashlib.sha256() for _ in range(3)) for _ in schema]

    def add(self, rows: pa.Table) -> None:
        """Take more rows. Cutting the same rows into other batches changes nothing."""
        assert rows.schema.equals(self.schema)
        self.rows += rows.num_rows
        for column, streams in zip(rows.columns, self._streams, strict=True):
            for chunk in column.chunks:
                for stream, part in zip(streams, _column_bytes(chunk), strict=True):
                    stream.update(part)

    def hexdigest(self) -> str:
        """Return the digest of what was added, in hexadecimal."""
        whole = hashlib.sha256(TABLE_MARK)
        whole.update(_framed(self.name.encode()))
        whole.update(struct.pack("<QQ", self.rows, len(self._streams)))
        for field, streams in zip(self.schema, self._streams, strict=True):
            whole.update(_framed(field.name.encode()))
            whole.update(_framed(_tag(field.type).encode()))
            for stream in streams:
                whole.update(stream.digest())
        return whole.hexdigest()


def table_digest(name: str, batches: Iterable[pa.Table], schema: pa.Schema) -> str:
    """Return the digest of a table whose sorted rows come in batches."""
    digest = TableDigest(name, schema)
    for batch in batches:
        digest.add(batch)
    return digest.hexdigest()


def dataset_digest(study: Json, tables: Mapping[str, str]) -> str:
    """Return the digest of a study and of its tables' digests, by name; their order is free."""
    whole = hashlib.sha256(DATASET_MARK)
    whole.update(_framed(canonical_json(study)))
    whole.update(struct.pack("<Q", len(tables)))
    for name in sorted(tables, key=str.encode):
        whole.update(_framed(name.encode()))
        whole.update(bytes.fromhex(tables[name]))
    return whole.hexdigest()


def _framed(part: bytes) -> bytes:
    return struct.pack("<Q", len(part)) + part


def _tag(kind: pa.DataType) -> str:
    if pa.types.is_decimal(kind):
        return f"decimal:{kind.scale}"
    tags = {pa.string(): "text", pa.int32(): "int32", pa.bool_(): "bool", pa.float64(): "float64"}
    return tags[kind]


def _refuse_odd_numbers(table: pa.Table) -> None:
    for field in table.schema:
        if not pa.types.is_floating(field.type):
            continue
        values = table[field.name].drop_null().to_numpy()
        if not np.isfinite(values).all() or (np.signbit(values) & (values == 0)).any():
            raise NotCanonical(field.name)


def _column_bytes(column: pa.Array) -> tuple[bytes | memoryview, ...]:
    """Return (validity, lengths, values): one byte a row, u32 a row for texts, the values."""
    valid = pc.cast(column.is_valid(), pa.uint8()).to_numpy(zero_copy_only=False)
    kind = column.type
    if pa.types.is_string(kind):
        lengths, values = _text_bytes(pc.fill_null(column, ""))
        return valid.tobytes(), lengths, values
    if pa.types.is_decimal(kind):
        filled = pc.fill_null(column, pa.scalar(0, kind))
        buffer = memoryview(filled.buffers()[1])
        return valid.tobytes(), b"", buffer[16 * filled.offset : 16 * (filled.offset + len(filled))]
    if pa.types.is_boolean(kind):
        column = pc.cast(column, pa.uint8())
    numbers = pc.fill_null(column, pa.scalar(0, column.type)).to_numpy(zero_copy_only=False)
    return valid.tobytes(), b"", numbers.astype(numbers.dtype.newbyteorder("<")).tobytes()


def _text_bytes(texts: pa.Array) -> tuple[bytes, bytes | memoryview]:
    _, offsets, values = texts.buffers()
    if len(texts) == 0 or offsets is None:
        return b"", b""
    ends = np.frombuffer(offsets, dtype=np.int32)[texts.offset : texts.offset + len(texts) + 1]
    lengths = np.diff(ends).astype("<u4").tobytes()
    return lengths, memoryview(values)[ends[0] : ends[-1]] if values is not None else b""
