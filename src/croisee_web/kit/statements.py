"""Statements written once a process, for the few acts that are done hundreds of times a second.

The ORM builds its SQL anew each time; here only the values change. Measured by
``benchmarks/intake.py``.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.db import connection, models


def insert(row: models.Model) -> None:
    """Insert a new row; its number is there afterwards where the base draws it."""
    statement, fields, draws = _inserted(type(row))
    with connection.cursor() as cursor:
        cursor.execute(
            statement,
            [field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields],
        )
        if draws:
            row.pk = cursor.fetchone()[0]
    row._state.adding = False
    row._state.db = connection.alias


@lru_cache(maxsize=64)
def _inserted(model: type[models.Model]) -> tuple[str, tuple[models.Field[Any, Any], ...], bool]:
    key = model._meta.pk
    draws = isinstance(key, models.AutoField | models.BigAutoField)
    fields = tuple(f for f in model._meta.concrete_fields if not (draws and f is key))
    columns = ", ".join(quoted(field.column) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    # Names of our own tables and columns, from the model; every value is a parameter.
    statement = f"INSERT INTO {quoted(model._meta.db_table)} ({columns}) VALUES ({places})"  # noqa: S608
    return (
        f"{statement} RETURNING {quoted(key.column)}" if draws else statement,
        fields,
        draws,
    )


def quoted(name: Any) -> str:
    """Return the name of a table or of a column, as this engine writes it."""
    return connection.ops.quote_name(str(name))
