"""``croisee doctor``: each line well on a sound site, and each fault seen with what to do."""

import hashlib
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from tests.web.upkeep.conftest import AT

from croisee_web.access.models import Account, SecondFactor
from croisee_web.access.vocabulary import FactorKind
from croisee_web.jobs.models import Job
from croisee_web.jobs.usecases import ask, fail, take_next
from croisee_web.journal.usecases import anchor, record
from croisee_web.kit.errors import UseCaseError
from croisee_web.upkeep.queries import findings
from croisee_web.upkeep.vocabulary import BACKUP_MADE

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def sound(site, settings, tmp_path):
    settings.FILES_ROOT = tmp_path / "fichiers"
    settings.FILES_ROOT.mkdir()
    content = b"un fichier"
    (settings.FILES_ROOT / hashlib.sha256(content).hexdigest()).write_bytes(content)
    tmp_path.chmod(0o700)
    Path(settings.KEYS_ROOT).mkdir(mode=0o700)
    record(act=BACKUP_MADE, actor="console", at=AT)
    anchor(actor="site", at=AT)
    Account.objects.filter(pk=site.lead.pk).update(is_administrator=True)
    for account in (site.lead, site.administrator):
        SecondFactor.objects.create(account=account, kind=FactorKind.APPLICATION, added_at=AT)
    return site


def test_administrator_who_is_alone_or_has_one_password_is_told_without_alarm(sound):
    Account.objects.filter(pk=sound.lead.pk).update(is_administrator=False)
    SecondFactor.objects.filter(account=sound.administrator).delete()

    told = [found for found in findings(at=AT) if not found.ok and not found.urgent]

    assert [found.what for found in told] == [
        "1 personne administre le site",
        "Double vérification de qui administre le site",
    ]
    Account.objects.update(is_administrator=False)
    assert [found for found in findings(at=AT) if not found.urgent] == []


def _wrong(at=AT):
    return {found.what: found.advice for found in findings(at=at) if not found.ok}


def test_sound_site_has_nothing_to_mend(sound):
    if connection.vendor == "sqlite":
        assert _wrong() == {}
    else:  # the tests' server is not set to survive a power cut
        assert {what.split(" (")[0] for what in _wrong()} <= {"Écriture sûre"}


def test_folder_that_others_read_is_seen(sound, settings):
    Path(settings.KEYS_ROOT).chmod(0o755)

    assert [advice for advice in _wrong().values() if "chmod 700" in advice] != []


def test_job_that_stopped_and_worker_that_is_gone_are_seen(sound):
    job = ask(job="jobs.forget", actor="compte:1", at=AT) and take_next(actor="w", at=AT)
    fail(job=job, actor="w", at=AT, cause=UseCaseError("non"))
    Job.objects.create(name="x", asked_by="site", asked_at=AT, not_before=AT)

    wrong = _wrong(AT + timedelta(hours=1))

    assert "1 travail arrêté cette semaine" in wrong
    assert "Aucun travail n’attend depuis plus d’un quart d’heure" in wrong


def test_file_changed_on_the_disk_is_seen(sound, settings):
    next(settings.FILES_ROOT.iterdir()).write_bytes(b"autre")

    assert "Fichiers déposés identiques à leur empreinte" in _wrong()


def test_clock_set_back_old_anchor_and_old_backup_are_seen(sound):
    assert any("horloge" in what.lower() for what in _wrong(AT - timedelta(days=1)))
    late = _wrong(AT + timedelta(days=9))

    assert "Journal ancré depuis moins de deux jours" in late
    assert "Sauvegarde de moins de huit jours" in late


def test_write_setting_that_loses_answers_is_seen(sound):
    if connection.vendor != "sqlite":
        pytest.skip("the server's own setting")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous=NORMAL")

    wrong = _wrong()
    connection.close()

    assert [what for what in wrong if "synchronous" in what] == ["Écriture sûre (synchronous)"]
