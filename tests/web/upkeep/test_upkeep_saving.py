"""Backups taken and put back: every row and file, or nothing at all. Both engines."""

import hashlib
import threading
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import pyrage
import pytest
from django.db import connection
from tests.web.upkeep.conftest import AT

from croisee_web.access.models import Account
from croisee_web.access.vocabulary import ROLE_GIVEN
from croisee_web.journal.queries import verify
from croisee_web.journal.usecases import record
from croisee_web.people.models import Participant
from croisee_web.people.usecases import withdraw
from croisee_web.study.models import Case
from croisee_web.upkeep.rules import ArchiveRefused, Keyring, digests, open_archive, row_lines
from croisee_web.upkeep.usecases import back_up, restore

pytestmark = pytest.mark.django_db(transaction=True)
_MINE = pyrage.x25519.Identity.generate()
RING = Keyring(recipients=(str(_MINE.to_public()),), identity=str(_MINE))
PASSPHRASE = Keyring(passphrase="une phrase de passe assez longue")
LATER = AT + timedelta(days=2)


@pytest.fixture
def place(site, settings, tmp_path):
    """A site with files of each kind; its folders are the test's own."""
    for name, setting in (("etudes", "STUDIES_ROOT"), ("fichiers", "FILES_ROOT")):
        setattr(settings, setting, tmp_path / name)
    settings.PUBLISHED_ROOT = tmp_path / "diffusions"
    (tmp_path / "fichiers").mkdir()
    (tmp_path / "fichiers" / "ab12").write_bytes(bytes(range(256)) * 50)
    (tmp_path / "etudes" / "1" / "registre").mkdir(parents=True)
    (tmp_path / "etudes" / "1" / "registre" / "é.json").write_text("{}", encoding="utf-8")
    case = Case.objects.create(study=site.study, code="un", position=1, name_fr="Un")
    Participant.objects.create(study=site.study, case=case, code="p-01", created_at=AT)
    return site


def _state(settings):
    roots = (settings.STUDIES_ROOT, settings.FILES_ROOT, settings.PUBLISHED_ROOT)
    files = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for root in roots
        if Path(root).is_dir()
        for path in sorted(Path(root).rglob("*"))
        if path.is_file()
    }
    return digests(row_lines("default")), files


def _saved(tmp_path, ring=RING):
    return back_up(
        folder=tmp_path / "sauvegardes", ring=ring, actor="console", at=AT, progress=_silent
    )


def _restored(archive, keys, ring=RING):
    return restore(
        archive=archive, keys=keys, ring=ring, actor="console", at=LATER, progress=_silent
    )


def _silent(_sentence):
    """Say nothing."""


def _without_the_restore(state):
    rows, files = state
    return {k: v for k, v in rows.items() if not k.startswith("journal.")}, files


def test_restored_site_is_the_one_saved(place, settings, tmp_path):
    archive, keys = _saved(tmp_path)
    before = _state(settings)
    Account.objects.filter(pk=place.coder.pk).update(name="Autre")
    (settings.FILES_ROOT / "ab12").write_bytes(b"autre chose")
    (settings.FILES_ROOT / "nouveau").write_bytes(b"fait depuis")

    assert _restored(archive, keys) == 0

    assert _without_the_restore(_state(settings)) == _without_the_restore(before)
    assert verify().holds
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".en-cours")] == []


def test_backup_says_nothing_in_clear(place, settings, tmp_path):
    archive, keys = _saved(tmp_path)

    for path in (archive, keys):
        assert b"exemple.ca" not in path.read_bytes()
        assert path.stat().st_mode & 0o777 == 0o600
    assert "lea@exemple.ca" in b"".join(row_lines("default")).decode()


def test_keys_are_not_in_the_archive_of_the_site(place, settings, tmp_path):
    settings.KEYS_ROOT.mkdir(exist_ok=True)
    (settings.KEYS_ROOT / "canari.cle").write_bytes(b"canari")
    archive, keys = _saved(tmp_path)

    inside = open_archive(archive, tmp_path / "ouvert", RING)["files"]
    apart = open_archive(keys, tmp_path / "cles-ouvertes", RING)["files"]

    assert [name for name in inside if name.startswith("cles")] == []
    assert "cles/canari.cle" in apart


def test_archive_for_a_passphrase_is_opened_by_it_only(place, tmp_path):
    _archive, keys = _saved(tmp_path, PASSPHRASE)

    with pytest.raises(ArchiveRefused):
        open_archive(keys, tmp_path / "non", Keyring(passphrase="une autre"))
    assert open_archive(keys, tmp_path / "oui", PASSPHRASE)["kind"] == "cles"


def test_wrong_key_wrong_archive_or_no_ledger_change_nothing(place, settings, tmp_path):
    archive, keys = _saved(tmp_path)
    Account.objects.filter(pk=place.coder.pk).update(name="Autre")
    before = _state(settings)

    for wrong in (
        (archive, keys, Keyring(identity=str(pyrage.x25519.Identity.generate()))),
        (archive, archive, RING),
        (keys, keys, RING),
    ):
        with pytest.raises(ArchiveRefused):
            _restored(*wrong)

    assert _state(settings) == before


def _damaged(content, number, seed):
    rng = np.random.default_rng(seed)
    for turn in range(number):
        at = int(rng.integers(len(content)))
        if turn % 2:
            yield content[:at]
        else:
            yield (
                content[:at]
                + bytes([content[at] ^ (1 << int(rng.integers(8)))])
                + content[at + 1 :]
            )


def test_a_hundred_cuts_and_flipped_bits_are_refused_before_anything_changed(
    place, settings, tmp_path
):
    archive, keys = _saved(tmp_path)
    before, content = _state(settings), archive.read_bytes()
    accepted = []

    for turn, damaged in enumerate(_damaged(content, 100, seed=20261122)):
        archive.write_bytes(damaged)
        try:
            _restored(archive, keys)
        except ArchiveRefused:
            continue
        accepted.append(turn)

    assert accepted == []
    assert _state(settings) == before
    archive.write_bytes(content)
    assert open_archive(archive, tmp_path / "entier", RING)["kind"] == "site"


def test_withdrawal_made_since_the_backup_is_applied_again(place, settings, tmp_path):
    archive, keys = _saved(tmp_path)
    person = Participant.objects.get(code="p-01")
    withdraw(
        participant_id=person.pk, way="team", actor=place.lead, on=date(2026, 11, 23), at=LATER
    )

    assert _restored(archive, keys) == 1

    assert Participant.objects.get(code="p-01").withdrawn_on == date(2026, 11, 23)


def test_rows_written_meanwhile_do_not_tear_the_backup(place, settings, tmp_path):
    stop = threading.Event()

    def write():
        while not stop.is_set():
            record(act=ROLE_GIVEN, actor="compte:1", at=AT, study_id=1)
        connection.close()

    writer = threading.Thread(target=write)
    writer.start()
    archive, keys = _saved(tmp_path)
    stop.set()
    writer.join()

    _restored(archive, keys)

    assert verify().broken == ()


def test_same_rows_give_the_same_lines_on_both_engines(place):
    line = next(it for it in row_lines("default") if it.startswith(b'["study.study"'))

    assert b'"2026-11-22T12:00:00+00:00"' in line
    assert datetime(2026, 11, 22, 12, tzinfo=UTC) == AT
