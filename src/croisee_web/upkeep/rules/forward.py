"""Rows saved by an older version, brought to this one's tables in a database of their own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from croisee_web.upkeep.rules.rows import (
    as_written,
    carried,
    digests,
    load_rows,
    other_database,
    row_lines,
)

Migrations = list[list[str]]
"""Which were applied: application and name, in order."""
Digests = dict[str, tuple[int, str]]


class RowsDiffer(ValueError):
    """The rows loaded are not those of the archive."""


def applied_migrations() -> Migrations:
    """Return the migrations that the site's database has had."""
    applied = MigrationRecorder(connection).applied_migrations()
    return sorted([app, name] for app, name in applied)


def columns_now() -> dict[str, list[str]]:
    """Return the columns of each table, in the order in which lines hold them."""
    return {table.label: list(table.columns) for table in carried()}


def is_ahead(recorded: Migrations) -> bool:
    """Return whether a base has had migrations that this version does not know."""
    known = MigrationLoader(None, replace_migrations=False).disk_migrations
    return not {(app, name) for app, name in recorded} <= set(known)


def bring_forward(rows: Path, about: dict[str, Any], expected: Digests, folder: Path) -> Digests:
    """Replace the lines of an older version by what this version's migrations make of them.

    A new SQLite database, whatever the site's own engine, is brought to the state that the
    archive records; the lines are loaded there and compared; the later migrations are run, and
    every constraint is checked. The site's database is not touched.

    Returns:
        For each table, the number of lines and their digest after the migrations.

    Raises:
        RowsDiffer: the lines loaded are not those of the archive.
        ValueError, KeyError: the archive's tables are not those that its migrations make.
    """
    beside = folder / "version-ancienne.sqlite3"
    with other_database(_sqlite(beside)) as using:
        then = as_written(carried(_state_of(about["migrations"], using)), about["columns"])
        with rows.open("rb") as lines:
            load_rows(lines, using, then)
        if digests(row_lines(using, then)) != expected:
            raise RowsDiffer
        call_command("migrate", database=using, interactive=False, verbosity=0)
        connections[using].check_constraints()
        partial = rows.with_name(f".{rows.name}")
        with partial.open("xb") as out:
            out.writelines(row_lines(using))
    partial.replace(rows)
    beside.unlink()
    with rows.open("rb") as lines:
        return digests(lines)


def _state_of(recorded: Migrations, using: str) -> Any:
    """Migrate an empty database to what an archive records; return the models as they were."""
    executor = MigrationExecutor(connections[using])
    executor.loader = MigrationLoader(connections[using], replace_migrations=False)
    nodes = {(app, name) for app, name in recorded}
    graph = executor.loader.graph
    last = [
        node
        for node in sorted(nodes)
        if not any(child.key in nodes and child.key[0] == node[0]
                   for child in graph.node_map[node].children)
    ]  # fmt: skip
    executor.migrate(last)
    return graph.make_state(nodes=last).apps


def _sqlite(path: Path) -> dict[str, Any]:
    return {
        "ENGINE": "croisee_web.kit.sqlite_in_turn",
        "NAME": str(path),
        "OPTIONS": {"transaction_mode": "IMMEDIATE"},
        "CONN_MAX_AGE": 0,
    }
