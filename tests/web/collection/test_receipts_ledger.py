"""Answers taken back with a receipt's code stay taken back, whatever backup is put in place."""

import json
from datetime import timedelta

import pyrage
import pytest
from tests.web.collection.conducting_world import AT
from tests.web.collection.receiving_world import asked_of

from croisee_web.collection import vault
from croisee_web.collection.models import GoneSubmission, Submission
from croisee_web.collection.rules.filled import Refused, Why
from croisee_web.collection.usecases.intake import removing
from croisee_web.collection.usecases.receiving import remove_by_receipt
from croisee_web.collection.vocabulary import ANSWER_WITHDRAWN
from croisee_web.jobs.models import Job
from croisee_web.journal.models import Entry
from croisee_web.people.usecases import reapply_withdrawals
from croisee_web.upkeep.rules import Keyring
from croisee_web.upkeep.usecases import back_up, restore

LATER = AT + timedelta(days=2)


@pytest.fixture(autouse=True)
def _places(settings, tmp_path):
    settings.HOME = tmp_path
    settings.KEYS_ROOT, settings.FILES_ROOT = tmp_path / "cles", tmp_path / "fichiers"
    settings.STUDIES_ROOT, settings.PUBLISHED_ROOT = tmp_path / "etudes", tmp_path / "diffusions"


def silent(_sentence):
    """Say nothing."""


def answered(n=2):
    asked = asked_of(anonymous=True)
    for number in range(1, n + 1):
        asked.receive(number, receipt=f"recu-{number}", mot=f"mot-{number}")
    return asked


def words():
    return sorted(one.sheet.answers["mot"] for one in Submission.objects.select_related("sheet"))


@pytest.mark.proof  # a base of its own is made twice: what a restore applies again is also below
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("forgets", [False, True])
def test_answers_taken_back_since_a_backup_do_not_come_back_with_it(tmp_path, forgets):
    mine = pyrage.x25519.Identity.generate()
    ring = Keyring(recipients=(str(mine.to_public()),), identity=str(mine))
    asked = answered()
    archives = back_up(
        folder=tmp_path / "sauvegardes", ring=ring, actor="console", at=AT, progress=silent
    )
    assert remove_by_receipt(collecting_id=asked.collecting.pk, receipt="recu-1", at=AT)
    if forgets:  # the control: without its ledger, the site gives back what was taken back
        vault.ledger_path().unlink()

    again = restore(
        archive=archives[0], keys=archives[1], ring=ring, actor="console", at=LATER,
        progress=silent,
    )  # fmt: skip

    assert (again, words()) == ((0, ["mot-1", "mot-2"]) if forgets else (1, ["mot-2"]))
    assert reapply_withdrawals(at=LATER) == 0


@pytest.mark.django_db
def test_a_withdrawal_by_receipt_that_a_crash_cut_is_finished_from_the_ledger(monkeypatch):
    asked = answered()

    def failing(_study_id, _rows):
        raise RuntimeError("power cut")

    with monkeypatch.context() as cut:
        cut.setattr(removing, "remove_submissions", failing)
        with pytest.raises(RuntimeError):
            remove_by_receipt(collecting_id=asked.collecting.pk, receipt="recu-1", at=AT)
    assert words() == ["mot-1", "mot-2"]

    assert reapply_withdrawals(at=LATER) == 1
    assert reapply_withdrawals(at=LATER) == 0

    assert words() == ["mot-2"]
    assert (Entry.objects.filter(act=ANSWER_WITHDRAWN).count(), GoneSubmission.objects.count()) == (
        1, 1,
    )  # fmt: skip
    with pytest.raises(Refused) as told:
        asked.receive(1, receipt="recu-1", mot="mot-1")
    assert told.value.why is Why.WITHDRAWN


@pytest.mark.django_db
def test_the_ledger_of_receipts_holds_a_digest_and_its_collection_and_nothing_else():
    asked = answered()
    digest = Submission.objects.get(sheet__answers__mot="mot-1").receipt_sha256

    remove_by_receipt(collecting_id=asked.collecting.pk, receipt="recu-1", at=AT)
    remove_by_receipt(collecting_id=asked.collecting.pk, receipt="personne", at=AT)

    lines = vault.ledger_path().read_text(encoding="utf-8").splitlines()
    assert [json.loads(line) for line in lines] == [[asked.collecting.pk, digest]]


@pytest.mark.django_db
def test_a_ledger_of_receipts_that_was_cut_or_bent_is_read_all_the_same():
    asked = answered()
    digest = Submission.objects.get(sheet__answers__mot="mot-1").receipt_sha256
    vault.ledger_path().parent.mkdir(parents=True)
    bent = ['[1, "', "[]", '{"a": 1}', "[null, null]", '["x", 3]', "9" * 5000]
    good = json.dumps([asked.collecting.pk, digest])
    vault.ledger_path().write_text("\n".join([*bent, good, "\xe9"]), encoding="latin-1")

    assert reapply_withdrawals(at=LATER) == 1

    assert words() == ["mot-2"]


@pytest.mark.django_db
def test_what_was_taken_back_is_wiped_from_the_freed_pages_too():
    asked = answered()

    remove_by_receipt(collecting_id=asked.collecting.pk, receipt="recu-1", at=AT)

    assert Job.objects.filter(name="people.clean_pages").count() == 1
