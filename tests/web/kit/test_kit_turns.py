"""Those who write in SQLite have their turn: who asks is served before those who ask again."""

import threading
import time

import pytest
from django.db import connection, transaction

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has its own queue"),
]
WRITERS = 4


def _write(served, number, ended):
    """Write without end, each time as long as on a slow disk."""
    try:
        while not ended.is_set():
            with transaction.atomic():
                served.append(number)
                time.sleep(0.03)
    finally:
        connection.close()


def _served_before(served, asked):
    """Return how many times each of the others was served from one moment to another."""
    since = served[asked:]
    return max(since.count(number) for number in range(WRITERS))


def test_who_asks_to_write_is_not_passed_again_and_again_by_those_who_never_stop():
    served, ended = [], threading.Event()
    threads = [
        threading.Thread(target=_write, args=(served, number, ended)) for number in range(WRITERS)
    ]
    for thread in threads:
        thread.start()
    passed = []
    try:
        while len(served) < WRITERS:
            time.sleep(0.01)
        for _again in range(20):
            asked = len(served)
            with transaction.atomic():
                passed.append(_served_before(served, asked))
    finally:
        ended.set()
        for thread in threads:
            thread.join()
    assert max(passed) <= 3, passed
