"""What was sent and led to nothing is forgotten: a refused folder may quote somebody."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core.management import call_command

from croisee_web.exchange.models import Upload
from croisee_web.exchange.queries import upload_path
from croisee_web.exchange.usecases.forgetting import forget_uploads
from croisee_web.exchange.vocabulary import ImportState
from croisee_web.jobs.models import Job

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
LATER = AT + timedelta(days=7, seconds=1)
pytestmark = pytest.mark.django_db


def sent(admin, state, digest="1" * 64, at=AT):
    path = upload_path(digest)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"canari")
    return Upload.objects.create(
        account=admin, sha256=digest, state=state, sent_at=at,
        study_id=1 if state == ImportState.IMPORTED else None,
        problems=[{"message": ["canari", ""]}],
    )  # fmt: skip


@pytest.mark.parametrize("state", [ImportState.REFUSED, ImportState.WAITING])
def test_folder_that_led_to_nothing_is_forgotten_after_a_week(admin, state):
    sent(admin, state)
    assert forget_uploads(actor="site", at=AT + timedelta(days=7)) == 0

    assert forget_uploads(actor="site", at=LATER) == 1

    assert not Upload.objects.exists()
    assert not upload_path("1" * 64).exists()


def test_imported_folder_s_row_stays(admin):
    sent(admin, ImportState.IMPORTED)

    assert forget_uploads(actor="site", at=LATER) == 0
    assert Upload.objects.count() == 1


def test_same_zip_that_waits_again_is_kept(admin):
    sent(admin, ImportState.REFUSED)
    sent(admin, ImportState.WAITING, at=LATER)

    assert forget_uploads(actor="site", at=LATER) == 1
    assert upload_path("1" * 64).read_bytes() == b"canari"


def test_what_a_crash_left_half_written_goes_after_a_day(admin, settings):
    root = Path(settings.FILES_ROOT)
    old, young = root / ".recu-vieux", root / ".recu-neuf"
    half = root / ".import-vieux"
    half.mkdir(parents=True)
    (half / "etude.toml").write_text("canari")
    for path, at in ((old, AT - timedelta(days=2)), (young, AT)):
        path.write_bytes(b"canari")
        os.utime(path, (at.timestamp(), at.timestamp()))
    os.utime(half, ((AT - timedelta(days=2)).timestamp(),) * 2)

    forget_uploads(actor="site", at=AT)

    assert [path.name for path in root.iterdir()] == [".recu-neuf"]


def test_daily_job_forgets_them(admin):
    sent(admin, ImportState.REFUSED, at=AT - timedelta(days=4000))
    Job.objects.all().delete()

    call_command("work", until_empty=True)

    assert not Upload.objects.exists()
