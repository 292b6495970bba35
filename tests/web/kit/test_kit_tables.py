"""The tables of a new base, made at once, and when they are not."""

import pytest
from django.core.management import call_command
from django.db import connections, migrations
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

from croisee_web.config.settings import database_at
from croisee_web.jobs.models import Job
from croisee_web.kit.tables import make_tables
from croisee_web.upkeep.rules import other_database

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def beside(tmp_path):
    """An empty SQLite base beside the site's own."""
    place = {**database_at(""), "NAME": str(tmp_path / "autre.sqlite3")}
    with other_database(place) as using:
        yield using


def test_models_and_migrations_say_the_same():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_an_empty_base_has_its_tables_and_no_migration_left(beside):
    assert make_tables(beside) is True

    executor = MigrationExecutor(connections[beside])
    assert executor.migration_plan(executor.loader.graph.leaf_nodes()) == []
    assert Job.objects.using(beside).count() == 0


def test_a_base_that_holds_a_table_is_migrated(beside):
    with connections[beside].cursor() as cursor:
        cursor.execute("CREATE TABLE ancienne (id integer)")

    assert make_tables(beside) is False
    assert connections[beside].introspection.table_names() == ["ancienne"]


def test_a_migration_that_writes_rows_is_left_to_be_played(beside, monkeypatch):
    written = migrations.RunPython(migrations.RunPython.noop, migrations.RunPython.noop)
    last = MigrationExecutor(connections[beside]).loader.get_migration("jobs", "0001_initial")
    monkeypatch.setattr(type(last), "operations", [*last.operations, written])

    assert make_tables(beside) is False
    assert connections[beside].introspection.table_names() == []


def test_a_making_that_is_cut_leaves_an_empty_base(beside, monkeypatch):
    def cut(*_given, **_named):
        raise OSError

    monkeypatch.setattr(MigrationRecorder, "migration_qs", property(cut))

    with pytest.raises(OSError):  # noqa: PT011 -- ours, without words
        make_tables(beside)

    assert connections[beside].introspection.table_names() == []
