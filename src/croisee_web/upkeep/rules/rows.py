"""Every row of the database as lines of JSON, the same on SQLite and on PostgreSQL."""

from __future__ import annotations

import hashlib
import json
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from itertools import groupby
from typing import Any
from uuid import UUID

from django.apps import apps  # noqa: TID251 -- the whole database: no model is named
from django.core.management.color import no_style
from django.db import connections, models, transaction

_MADE_ANEW = {"sessions", "contenttypes", "auth"}
"""Apps whose rows are not carried: sessions end, the others are written by ``migrate``."""
_BATCH = 500


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose rows are carried, and the order of its columns in a line."""

    model: type[models.Model]
    columns: tuple[str, ...]

    @property
    def label(self) -> str:
        """Its name in a line."""
        return self.model._meta.label_lower


def carried(state: Any = apps) -> tuple[Table, ...]:
    """Return every table whose rows are carried, in a fixed order.

    ``state``: the models as they are, or as migrations say they were.
    """
    found = [
        Table(model, tuple(_fields(model)))
        for model in state.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and model._meta.app_label not in _MADE_ANEW
    ]
    return tuple(sorted(found, key=lambda table: table.label))


def as_written(tables: Iterable[Table], columns: dict[str, list[str]]) -> tuple[Table, ...]:
    """Return tables with their columns in the order that an archive was written in.

    Raises:
        ValueError: the archive's tables or columns are not these.
    """
    known = {table.label: table for table in tables}
    if known.keys() != columns.keys():
        raise ValueError(sorted(known.keys() ^ columns.keys()))
    for label, names in columns.items():
        if set(names) != set(known[label].columns):
            raise ValueError(label)
    return tuple(Table(known[label].model, tuple(columns[label])) for label in sorted(known))


def row_lines(using: str, tables: Iterable[Table] = ()) -> Iterator[bytes]:
    """Return each row as ``[table, value, …]``, tables in order, rows by key. Reads as it goes."""
    for table in tables or carried():
        rows = table.model._base_manager.using(using).order_by("pk").values_list(*table.columns)
        for row in rows.iterator(chunk_size=2000):
            yield _line([table.label, *map(_plain, row)])


def digests(lines: Iterable[bytes]) -> dict[str, tuple[int, str]]:
    """Return, for each table, its number of rows and the SHA-256 of its lines."""
    found = {}
    for label, group in groupby(lines, key=_label):
        count, digest = 0, hashlib.sha256()
        for line in group:
            count += 1
            digest.update(line)
        found[label] = (count, digest.hexdigest())
    return found


def load_rows(lines: Iterable[bytes], using: str, tables: Iterable[Table] = ()) -> None:
    """Replace every carried row by those given, in one transaction; keys follow on.

    Raises:
        ValueError: a line names a table or has a shape that this version does not know.
    """
    known = {table.label: table for table in tables or carried()}
    connection = connections[using]
    with transaction.atomic(using=using):
        for table in known.values():
            table.model._base_manager.using(using).all()._raw_delete(using)
        for label, group in groupby(lines, key=_label):
            if label not in known:
                raise ValueError(label)
            for some in _batched(group):
                known[label].model._base_manager.using(using).bulk_create(
                    [_object(known[label], line) for line in some]
                )
        with connection.cursor() as cursor:
            made = [table.model for table in known.values()]
            for statement in connection.ops.sequence_reset_sql(no_style(), made):
                cursor.execute(statement)


@contextmanager
def other_database(changes: dict[str, Any]) -> Iterator[str]:
    """Open a database beside the site's own, under a name of its own."""
    connections.databases["autre"] = {**connections.databases["default"], **changes}
    opened = connections["autre"]
    del connections.databases["autre"]  # this thread keeps what it opened; no other sees it
    try:
        yield "autre"
    finally:
        opened.close()
        del connections["autre"]


def _batched(group: Iterable[bytes]) -> Iterator[list[bytes]]:
    batch: list[bytes] = []
    for line in group:
        batch.append(line)
        if len(batch) == _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _fields(model: type[models.Model]) -> dict[str, models.Field[Any, Any]]:
    return {field.attname: field for field in model._meta.concrete_fields if not field.generated}


def _label(line: bytes) -> str:
    return str(json.loads(line[: line.index(b'"', 2) + 1] + b"]")[0])


def _line(values: list[Any]) -> bytes:
    text = json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode() + b"\n"


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, bytes | memoryview | bytearray):
        return b64encode(bytes(value)).decode("ascii")
    if isinstance(value, Decimal):
        return str(value.normalize())
    return str(value) if isinstance(value, UUID) else value


def _object(table: Table, line: bytes) -> models.Model:
    values, fields = json.loads(line)[1:], _fields(table.model)
    if len(values) != len(table.columns):
        raise ValueError(table.label)
    made = table.model()
    for name, value in zip(table.columns, values, strict=True):
        setattr(made, name, _read(fields[name], value))
    return made


def _read(field: models.Field[Any, Any], value: Any) -> Any:
    if isinstance(field, models.BinaryField):
        return None if value is None else b64decode(value, validate=True)
    if isinstance(field, models.JSONField):
        return value
    if isinstance(field, models.ForeignKey):
        return field.target_field.to_python(value)
    return field.to_python(value)
