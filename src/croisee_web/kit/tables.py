"""The tables of a new base, made at once.

Django replays every migration, and builds every model again at each step: seven seconds for a
base where there is nothing to migrate. The state that the last migrations lead to says the same
tables; what shows it is the test that takes a base made here down its migrations and up again.
"""

from __future__ import annotations

from django.core.management.sql import emit_post_migrate_signal
from django.db import connections
from django.db.migrations import Migration
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.operations import RunPython, RunSQL, SeparateDatabaseAndState
from django.db.migrations.recorder import MigrationRecorder

_MORE_THAN_TABLES = (RunPython, RunSQL, SeparateDatabaseAndState)


def make_tables(using: str) -> bool:
    """Make every table of an empty base in one transaction; return whether that was done.

    Not done, and nothing changed, where the base holds a table, or where a migration of ours
    does more than tables: then only the migrations know what the base must hold.
    """
    connection = connections[using]
    if connection.introspection.table_names():
        return False
    executor = MigrationExecutor(connection)
    plan = [one for one, _back in executor.migration_plan(executor.loader.graph.leaf_nodes())]
    if not plan or any(map(_does_more, plan)):
        return False
    recorder = MigrationRecorder(connection)
    with connection.schema_editor(atomic=True) as editor:
        editor.create_model(recorder.Migration)
        for model in executor.loader.project_state().apps.get_models():
            if model._meta.can_migrate(connection):
                editor.create_model(model)
        for migration in plan:
            recorder.migration_qs.create(app=migration.app_label, name=migration.name)
    emit_post_migrate_signal(0, interactive=False, db=using)
    return True


def _does_more(migration: Migration) -> bool:
    """Return whether a migration writes more than tables. Django's own find nothing to change."""
    of_django = type(migration).__module__.startswith("django.contrib.")
    return not of_django and any(isinstance(one, _MORE_THAN_TABLES) for one in migration.operations)
