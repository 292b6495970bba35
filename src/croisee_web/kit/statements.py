"""Statements written once a process, for the few acts that are done hundreds of times a second.

The ORM builds its SQL anew each time; here only the values change. Measured by
``benchmarks/intake.py``.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, TypeAlias

from django.db import DEFAULT_DB_ALIAS, connection, connections, models
from django.db.backends.base.base import BaseDatabaseWrapper

Column: TypeAlias = "models.Field[Any, Any]"


def insert(row: models.Model) -> None:
    """Insert a new row; its number is there afterwards where the base draws it."""
    insert_all([row])


def insert_all(rows: Sequence[models.Model]) -> None:
    """Insert new rows of one table in one statement, a few hundred at most.

    Where the base draws their numbers, they are there afterwards.
    """
    if not rows:
        return
    fields, draws = _columns(type(rows[0]))
    using = connections[DEFAULT_DB_ALIAS]
    given = [
        _prepared(field, getattr(row, name), plain, using)
        for row in rows
        for field, name, plain in fields
    ]
    with using.cursor() as cursor:
        cursor.execute(_inserted(type(rows[0]), len(rows)), given)
        numbers = cursor.fetchall() if draws else ()
    for row, (number,) in zip(rows, numbers, strict=draws):
        row.pk = number
    for row in rows:
        row._state.adding = False
        row._state.db = DEFAULT_DB_ALIAS


def _prepared(field: Column, value: Any, plain: bool, using: BaseDatabaseWrapper) -> Any:
    """Return a value as its column takes it; a text or a number in its own column is that."""
    if value is None or (plain and type(value) in _AS_THEY_ARE):
        return value
    return field.get_db_prep_save(value, using)


_AS_THEY_ARE = frozenset({str, int})
_PLAIN = (models.CharField, models.TextField, models.IntegerField, models.ForeignKey)


@lru_cache(maxsize=64)
def _columns(model: type[models.Model]) -> tuple[tuple[tuple[Column, str, bool], ...], bool]:
    """Return the columns written, and whether the base draws the number of each row.

    Of each: its field, the name of its value, whether it takes a text or a number as it is.
    """
    key = model._meta.pk
    draws = isinstance(key, models.AutoField | models.BigAutoField)
    written = [f for f in model._meta.concrete_fields if not (draws and f is key)]
    return tuple((f, f.attname, isinstance(f, _PLAIN)) for f in written), draws


@lru_cache(maxsize=512)
def _inserted(model: type[models.Model], number: int) -> str:
    fields, draws = _columns(model)
    columns = ", ".join(quoted(field.column) for field, _name, _plain in fields)
    places = ", ".join([f"({', '.join(['%s'] * len(fields))})"] * number)
    # Names of our own tables and columns, from the model; every value is a parameter.
    statement = f"INSERT INTO {quoted(model._meta.db_table)} ({columns}) VALUES {places}"  # noqa: S608
    return f"{statement} RETURNING {quoted(model._meta.pk.column)}" if draws else statement


def quoted(name: Any) -> str:
    """Return the name of a table or of a column, as this engine writes it."""
    return connection.ops.quote_name(str(name))
