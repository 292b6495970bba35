"""Every migration down and up again on a filled base: same tables, same rows. Both engines.

A new base is made at once from the models (``croisee_web.kit.tables``): going down its migrations
and up again shows that they make the same tables.

2 000 rows in ``make test``, 100 000 in ``make proof``.
"""

import json

import pytest
from django.core.management import call_command
from django.db import connection, connections
from django.db.migrations.loader import MigrationLoader
from tests.web.upkeep.conftest import AT

from croisee_web.config.settings import database_at
from croisee_web.upkeep.rules import digests, load_rows, other_database, row_lines

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def empty(tmp_path):
    """An empty base on the engine of the tests."""
    if connection.vendor == "sqlite":
        yield {**database_at(""), "NAME": str(tmp_path / "autre.sqlite3")}
        return
    with connection.cursor() as cursor:
        cursor.execute("DROP DATABASE IF EXISTS croisee_migrations")
        cursor.execute("CREATE DATABASE croisee_migrations")
    yield {"NAME": "croisee_migrations"}
    with connection.cursor() as cursor:
        cursor.execute("DROP DATABASE croisee_migrations WITH (FORCE)")


def _filled(number):
    """Return the lines of the sample, and as many jobs as asked."""
    lines = list(row_lines("default"))
    moment = AT.isoformat()
    jobs = [
        ["jobs.job", n, "jobs.forget", {"n": n}, 1, "site", moment, None, "waiting", moment,
         0, "", None, {}, 0, 0, {}, "", None]
        for n in range(1, number + 1)
    ]  # fmt: skip
    made = [
        json.dumps(job, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() + b"\n"
        for job in jobs
    ]
    return [line for line in lines if not line.startswith(b'["jobs.job"')] + made


def _tables(using):
    introspection = connections[using].introspection
    with connections[using].cursor() as cursor:
        names = sorted(introspection.table_names(cursor))
        return {
            name: (
                sorted(
                    # nothing of the place in the row: a column that a migration adds comes last
                    repr((column.name, column.type_code, column.null_ok, column.default))
                    for column in introspection.get_table_description(cursor, name)
                ),
                sorted(
                    repr((it["columns"], it["unique"], it["primary_key"], it["index"]))
                    for it in introspection.get_constraints(cursor, name).values()
                ),
            )
            for name in names
        }


def _up(using):
    call_command("migrate", database=using, interactive=False, verbosity=0)


def _down(using):
    ours = {app for app, _name in MigrationLoader(None).graph.nodes}
    for app in sorted(ours):
        call_command("migrate", app, "zero", database=using, interactive=False, verbosity=0)


def _up_down_up(database, number):
    lines = sorted(_filled(number), key=lambda line: line.split(b",", 1)[0])
    with other_database(database) as using:
        _up(using)
        load_rows(lines, using)
        first = (_tables(using), digests(row_lines(using)))
        _down(using)
        assert [name for name in _tables(using) if not name.startswith("django_")] == []
        _up(using)
        load_rows(lines, using)
        again = (_tables(using), digests(row_lines(using)))
    assert {name: table for name, table in again[0].items() if table != first[0][name]} == {}
    assert again == first
    assert first[1]["jobs.job"][0] == number


def test_migrations_go_up_down_and_up_on_a_filled_base(site, empty):
    _up_down_up(empty, 2_000)


@pytest.mark.proof
def test_migrations_go_up_down_and_up_on_a_hundred_thousand_rows(site, empty):
    _up_down_up(empty, 100_000)
