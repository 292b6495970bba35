"""A backup taken while people write, put back in an empty site: every row, file and key."""

import threading
from itertools import count

import pyrage
import pytest
from django.db import connection
from tests.web.upkeep.conftest import AT

from croisee_web.journal.queries import verify
from croisee_web.people import vault
from croisee_web.people.models import Consent, Participant, Purpose
from croisee_web.people.rules import Proof, ShownForm
from croisee_web.people.usecases import add_participant, record_consent
from croisee_web.people.usecases.registering import Belonging
from croisee_web.study.models import Case
from croisee_web.upkeep.rules import Keyring, load_rows
from croisee_web.upkeep.usecases import back_up, restore

pytestmark = pytest.mark.django_db(transaction=True)
_MINE = pyrage.x25519.Identity.generate()
RING = Keyring(recipients=(str(_MINE.to_public()),), identity=str(_MINE))
ROOTS = {"STUDIES_ROOT": "etudes", "FILES_ROOT": "fichiers", "PUBLISHED_ROOT": "diffusions",
         "KEYS_ROOT": "cles"}  # fmt: skip
WRITERS = 4


def _silent(_sentence):
    """Say nothing."""


def _move_to(settings, home):
    """Let the site lie in another folder, with nothing in it."""
    home.mkdir()
    settings.HOME = home
    for setting, name in ROOTS.items():
        setattr(settings, setting, home / name)


def _content(code):
    return b"%PDF-" + code.encode() * 500


def _inscribe(site, code):
    """Inscribe somebody, with a refusal and its signed form: rows, a file and a key."""
    person = add_participant(
        study_id=site.study.pk, code=code, belonging=Belonging("un"), actor=site.lead, at=AT
    )
    record_consent(
        participant_id=person.pk, answers={"analyse": False}, at=AT, actor=site.lead,
        form=ShownForm(mode="written", proof=Proof("f.pdf", "application/pdf", _content(code))),
    )  # fmt: skip


def _writers(site, inscribed, ended):
    """Start people who write until told to stop; ``inscribed`` gets what was acknowledged."""

    def write(number):
        for turn in count():
            if ended.is_set():
                break
            _inscribe(site, f"p-{number}-{turn}")
            inscribed.append(f"p-{number}-{turn}")
        connection.close()

    threads = [threading.Thread(target=write, args=(number,)) for number in range(WRITERS)]
    for thread in threads:
        thread.start()
    return threads


def _holds(code, study_id):
    """Return whether somebody's proof is whole: her row, her file, her key."""
    kept = Consent.objects.get(participant__code=code)
    proof = vault.take_file(study_id=study_id, participant=code, digest=kept.proof_sha256)
    return proof.endswith(_content(code))


def test_backup_under_load_holds_all_that_was_acknowledged_before_it(site, settings, tmp_path):
    _move_to(settings, tmp_path / "premier")
    Case.objects.create(study=site.study, code="un", position=1, name_fr="Un")
    Purpose.objects.create(
        study=site.study, code="analyse", position=1, name_fr="?", role="analyse"
    )
    inscribed, ended = [], threading.Event()
    threads = _writers(site, inscribed, ended)
    while len(inscribed) < 3 * WRITERS and all(thread.is_alive() for thread in threads):
        ended.wait(0.05)
    before = list(inscribed)

    try:
        archive, keys = back_up(
            folder=tmp_path / "sauvegardes", ring=RING, actor="console", at=AT, progress=_silent
        )
        during = len(inscribed) - len(before)
    finally:
        ended.set()
        for thread in threads:
            thread.join()
    _move_to(settings, tmp_path / "second")
    load_rows([], "default")
    restore(archive=archive, keys=keys, ring=RING, actor="console", at=AT, progress=_silent)

    there = set(Participant.objects.values_list("code", flat=True))
    assert (len(before) >= 3 * WRITERS, during > 0) == (True, True)
    assert set(before) <= there <= set(inscribed)
    noted = Consent.objects.values_list("participant__code", flat=True)
    assert [code for code in noted if not _holds(code, site.study.pk)] == []
    assert set(before) <= set(noted)
    assert verify().holds
