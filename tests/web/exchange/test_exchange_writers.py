"""While a study comes in, everybody else goes on writing."""

import threading
import time

import pytest
from django.db import DatabaseError, connection
from tests.web.exchange.conftest import AT, REFERENCE
from tests.web.exchange.test_exchange_views import packed

from croisee_web.access.vocabulary import ROLE_GIVEN
from croisee_web.exchange.models import Upload
from croisee_web.exchange.usecases import do_import, receive_folder
from croisee_web.journal.models import Entry
from croisee_web.journal.queries import verify
from croisee_web.journal.usecases import record
from croisee_web.study.models import Study

pytestmark = pytest.mark.django_db(transaction=True)


def _import(admin, progress):
    upload = receive_folder(chunks=[packed(REFERENCE)], actor=admin, at=AT)
    do_import(upload_id=upload.pk, actor=admin.label, at=AT, progress=progress)


def test_nobody_waits_while_a_folder_is_read(admin):
    held = []

    _import(admin, lambda _step: held.append(connection.in_atomic_block))

    assert held == [False, True, True, True]
    assert Upload.objects.get().study_id == Study.objects.get().pk


def test_no_act_fails_while_a_study_comes_in(admin):
    ended, done, waits = threading.Event(), [], []

    def write():
        while not ended.is_set():
            began = time.monotonic()
            try:
                record(act=ROLE_GIVEN, actor="compte:1", at=AT, study_id=1)
                done.append(True)
            except DatabaseError as refused:
                done.append(str(refused))
            waits.append(time.monotonic() - began)
            ended.wait(0.02)
        connection.close()

    writer = threading.Thread(target=write)
    writer.start()
    _import(admin, lambda _step: None)
    ended.set()
    writer.join()

    assert set(done) == {True}
    assert Entry.objects.filter(act=ROLE_GIVEN, study_id=1).count() == len(done) > 3
    assert max(waits) < 20
    assert verify().holds
