"""An account that may open studies, and the site's folders beside the test."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from croisee_web.access.models import Account
from croisee_web.exchange.usecases import import_folder

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
REFERENCE = Path(__file__).parents[3] / "examples" / "etude-de-reference"


@pytest.fixture
def admin(db, settings, tmp_path):
    for name in ("KEYS_ROOT", "STUDIES_ROOT", "FILES_ROOT", "PUBLISHED_ROOT"):
        setattr(settings, name, tmp_path / "site" / name.lower())
    return Account.objects.create(
        email="admin@exemple.ca", name="Ada", is_administrator=True, created_at=AT
    )


@pytest.fixture
def begun(tmp_path):
    """The reference study with a register begun: a run has given it a key and a code."""
    folder = tmp_path / "begun"
    shutil.copytree(REFERENCE, folder, ignore=shutil.ignore_patterns("registre"))
    (folder / "registre").mkdir()
    (folder / "registre" / "cle.bin").write_bytes(bytes(range(32)))
    (folder / "registre" / "codes.csv").write_text("code,genre,cle\nF-01,F,cas\n", encoding="utf-8")
    return folder


@pytest.fixture
def imported(admin, begun):
    """The reference study, imported."""
    return import_folder(folder=begun, actor=admin, at=AT)
