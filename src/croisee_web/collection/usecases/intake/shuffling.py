"""Rows of anonymous collections, written again in an order drawn at random.

Numbers drawn at random do not hide in which order rows came: a base also keeps that in where it
puts them (``ctid`` and ``xmin`` in PostgreSQL, the places inside a page in SQLite). After each
write, links and answers of the network go back together, in one statement or one transaction.
Attacked by ``tests/trust/test_anonymity.py``.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence

from django.db import connection, models

from croisee_web.collection.models import AnswerLink, AnswerSheet, Attachment, Submission

MOST = 2000
"""Rows of a table written again at a time; beyond, as many drawn at random."""
_CHANCE = secrets.SystemRandom()


def shuffle(collecting_id: int, new: frozenset[int]) -> None:
    """Write a collection's links and answers again, in an order drawn at random.

    Called last in the transaction of its answers. ``new``: numbers of the links and of the
    filled forms it wrote; they are always among the rows written again.
    """
    sent = Submission.objects.filter(collecting_id=collecting_id)
    links = AnswerLink.objects.filter(collecting_id=collecting_id)
    files = Attachment.objects.filter(submission__in=sent)
    drawn = (
        (AnswerLink, links.values_list("pk", "pk")),
        (Attachment, files.values_list("pk", "submission_id")),
        (AnswerSheet, sent.exclude(sheet=None).values_list("sheet_id", "pk")),
        (Submission, sent.values_list("pk", "pk")),
    )
    for model, numbers in [(model, _drawn(rows, new)) for model, rows in drawn]:
        _write_again(model, numbers)


def _drawn(rows: Iterable[tuple[int, int]], new: frozenset[int]) -> list[int]:
    """Return the numbers of the rows of what is new, and of others drawn at random."""
    of_new: list[int] = []
    others: list[int] = []
    for number, about in rows:
        (of_new if about in new else others).append(number)
    drawn = of_new + _CHANCE.sample(others, min(len(others), MOST))
    _CHANCE.shuffle(drawn)
    return drawn


def _write_again(model: type[models.Model], numbers: Sequence[int]) -> None:
    if not numbers:
        return
    quoted = connection.ops.quote_name
    table, key = quoted(model._meta.db_table), quoted(str(model._meta.pk.column))
    columns = ", ".join(quoted(str(field.column)) for field in model._meta.concrete_fields)
    places = ", ".join(["%s"] * len(numbers))
    # Names of our own tables and columns, from the model; every value is a parameter.
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                f"WITH gone AS (DELETE FROM {table} WHERE {key} IN ({places}) "  # noqa: S608
                f"RETURNING {columns}) INSERT INTO {table} ({columns}) "
                f"SELECT {columns} FROM gone ORDER BY random()",
                numbers,
            )
            return
        cursor.execute(f"SELECT {columns} FROM {table} WHERE {key} IN ({places})", numbers)  # noqa: S608
        rows = list(cursor.fetchall())
        _CHANCE.shuffle(rows)
        cursor.execute(f"DELETE FROM {table} WHERE {key} IN ({places})", numbers)  # noqa: S608
        values = ", ".join(["%s"] * len(model._meta.concrete_fields))
        cursor.executemany(
            f"INSERT INTO {table} ({columns}) VALUES ({values})",  # noqa: S608
            rows,
        )
