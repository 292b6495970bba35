"""The digest recomputed from ``docs/methods/dataset.md`` in plain Python: no Arrow, no numpy."""

import hashlib
import json
import struct
from decimal import Decimal


def framed(part: bytes) -> bytes:
    return struct.pack("<Q", len(part)) + part


def sort_key(row: tuple) -> list:
    return [
        (value is None, value.encode() if isinstance(value, str) else value or 0) for value in row
    ]


def value_bytes(tag: str, value: object) -> bytes:
    if tag == "text":
        return (value or "").encode()
    if tag == "bool":
        return bytes([bool(value)])
    if tag == "int32":
        return struct.pack("<i", value or 0)
    if tag == "float64":
        return struct.pack("<d", value or 0.0)
    scaled = Decimal(value or 0).scaleb(int(tag.removeprefix("decimal:")))
    return int(scaled).to_bytes(16, "little", signed=True)


def plain_table_digest(name: str, columns: list[tuple[str, str]], rows: list[dict]) -> str:
    lines = sorted((tuple(row[column] for column, _ in columns) for row in rows), key=sort_key)
    whole = hashlib.sha256(b"croisee-table/1\n" + framed(name.encode()))
    whole.update(struct.pack("<QQ", len(lines), len(columns)))
    for place, (column, tag) in enumerate(columns):
        values = [line[place] for line in lines]
        written = [value_bytes(tag, value) for value in values]
        lengths = b"".join(struct.pack("<I", len(text)) for text in written)
        whole.update(framed(column.encode()) + framed(tag.encode()))
        whole.update(hashlib.sha256(bytes(value is not None for value in values)).digest())
        whole.update(hashlib.sha256(lengths if tag == "text" else b"").digest())
        whole.update(hashlib.sha256(b"".join(written)).digest())
    return whole.hexdigest()


def plain_dataset_digest(study: object, tables: dict[str, str]) -> str:
    text = json.dumps(study, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    whole = hashlib.sha256(b"croisee-dataset/1\n" + framed(text.encode()))
    whole.update(struct.pack("<Q", len(tables)))
    for name in sorted(tables, key=str.encode):
        whole.update(framed(name.encode()) + bytes.fromhex(tables[name]))
    return whole.hexdigest()
