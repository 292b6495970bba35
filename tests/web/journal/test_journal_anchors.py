"""Anchors, erased details, and writers that come together."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from croisee_web.journal.models import ChainHead, Entry, EntryDetails
from croisee_web.journal.queries import lines, verify
from croisee_web.journal.rules import anchors
from croisee_web.journal.usecases import anchor, erase_details, record
from croisee_web.report.vocabulary import REPORT_PUBLISHED

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _keys(settings, tmp_path):
    settings.KEYS_ROOT = tmp_path / "cles"


def _acts(number, **details):
    for n in range(number):
        record(act=REPORT_PUBLISHED, actor="compte:1", at=AT, study_id=1, n=n, **details)


@pytest.mark.django_db
def test_verify_holds_and_tells_the_last_anchor():
    _acts(3)
    anchor(actor="site", at=AT)
    _acts(2)
    made = anchor(actor="site", at=AT + timedelta(days=1))

    found = verify()

    assert (found.holds, found.entries, found.last_anchor) == (True, 5, made)


@pytest.mark.django_db
def test_key_and_anchors_are_for_their_owner_only(settings):
    anchor(actor="site", at=AT)

    modes = {path.name: path.stat().st_mode & 0o777 for path in settings.KEYS_ROOT.iterdir()}

    assert modes == {anchors.KEY: 0o600, anchors.ANCHORS: 0o600}


@pytest.mark.django_db
def test_tail_cut_is_found_when_its_anchor_was_made():
    _acts(5)
    anchor(actor="site", at=AT)
    last = Entry.objects.order_by("-pk").first()
    EntryDetails.objects.filter(pk=last.pk).delete()
    Entry.objects.filter(pk=last.pk).delete()
    ChainHead.objects.update(length=4, digest=last.previous)

    assert verify().cut

    (anchors._folder() / anchors.ANCHORS).unlink()  # without anchors nobody can tell
    assert verify().holds


@pytest.mark.django_db
def test_anchor_forged_with_another_key_is_counted():
    _acts(2)
    anchor(actor="site", at=AT)
    (anchors._folder() / anchors.KEY).unlink()
    _acts(1)
    anchor(actor="site", at=AT)

    found = verify()

    assert (found.holds, found.foreign) == (False, 1)


@pytest.mark.django_db
def test_erased_details_leave_the_chain_whole_and_nothing_to_read():
    _acts(2, participant="P-07")
    _acts(1, participant="P-08")

    assert erase_details(actor="compte:1", at=AT, study_id=1, participant="P-07") == 2

    found = verify()
    assert (found.holds, found.erased, found.entries) == (True, 2, 4)
    assert "P-07" not in str(list(lines(study_id=1)))
    assert "P-08" in str(list(lines(study_id=1)))


@pytest.mark.django_db(transaction=True)
def test_thirty_two_parallel_writers_never_fork_the_chain():
    failures = []

    def write(number):
        try:
            for _turn in range(4):
                record(act=REPORT_PUBLISHED, actor=f"compte:{number}", at=AT)
        except Exception as failure:  # noqa: BLE001 -- shown by the assertion below
            failures.append(failure)
        finally:
            connection.close()

    writers = [threading.Thread(target=write, args=(n,)) for n in range(32)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()

    found = verify()
    assert (failures, found.holds, found.entries) == ([], True, 128)
    assert Entry.objects.values("previous").distinct().count() == 128
