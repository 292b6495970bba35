"""Where the real data lies, and what every test may ask for."""

import os
from pathlib import Path

import pytest
from hypothesis import is_hypothesis_test, settings

TIMES = int(os.environ.get("CROISEE_EXAMPLES", "0"))
"""How many times the usual examples, drawn anew; 0: the usual ones, the same on each run."""

# No test asserts a time; the first one to need a model also loads it. What is drawn by chance
# fails whoever happens to run it, long after the fault was made: chance is for `make proof`.
settings.register_profile("seeded", deadline=None, derandomize=TIMES == 0)
settings.load_profile("seeded")

ROOT = Path(__file__).parent.parent
REAL_DATA = Path(os.environ.get("CROISEE_REAL_DATA", ROOT.parent / "shared" / "data"))


def chromium() -> str | None:
    """Return the path of a Chromium to drive, if the machine has one."""
    names = ("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
    return next((name for name in names if Path(name).exists()), None)


def pytest_configure(config):
    # Said of a passing example that is long to print.
    config.addinivalue_line("filterwarnings", "ignore:Generating overly large repr")


def _drawn_at_length(item):
    drawn = getattr(item, "obj", None)
    if TIMES and is_hypothesis_test(drawn):
        # A test's own number of examples wins over a profile's: it is multiplied where it is kept.
        kept = getattr(drawn, "_hypothesis_internal_use_settings", None) or settings()
        longer = settings(kept, max_examples=kept.max_examples * TIMES)
        drawn._hypothesis_internal_use_settings = longer


def pytest_collection_modifyitems(items):
    missing = pytest.mark.skip(reason="no Chromium on this machine")
    for item in items:
        _drawn_at_length(item)
        grouped = item.get_closest_marker("xdist_group")
        if "journey" in getattr(item, "fixturenames", ()) and not grouped:
            item.add_marker(pytest.mark.xdist_group("journey"))
        if "browser" in item.keywords and chromium() is None:
            item.add_marker(missing)


@pytest.fixture(scope="session")
def real_data() -> Path:
    if not REAL_DATA.is_dir():
        pytest.skip("no real data (CROISEE_REAL_DATA)")
    return REAL_DATA


@pytest.fixture(scope="session")
def journey(tmp_path_factory):
    """The reference study, taken to its results once for all who read them."""
    from tests.journeys.reference import Journey

    return Journey(tmp_path_factory.mktemp("reference"))


@pytest.fixture(scope="session")
def chromium_path() -> str:
    path = chromium()
    if path is None:
        pytest.skip("no Chromium on this machine")
    return path


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """End what a browser's last request left open: PostgreSQL drops no base that is in use."""
    yield
    from django.db import connection

    if connection.vendor == "postgresql":
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
