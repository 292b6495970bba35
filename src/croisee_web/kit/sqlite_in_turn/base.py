"""Those who begin to write wait in one queue, and only its first asks SQLite.

SQLite has no queue: who finds the base taken sleeps longer and longer before asking again, and
is passed each time by those who have just begun to ask. On a slow disk, four who write without
end keep a fifth out for more than the twenty seconds after which she is told that the base is
locked. The system's lock on a file beside the base has a queue, shared by all the processes of
the site, and lets go of it when one of them dies.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager

from django.db.backends.sqlite3 import base


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection to SQLite that waits for its turn to write."""

    def _start_transaction_under_autocommit(self) -> None:
        if self.is_in_memory_db():
            super()._start_transaction_under_autocommit()  # type: ignore[misc]  # not in its stubs
            return
        with _turn(f"{self.settings_dict['NAME']}-turn"):
            super()._start_transaction_under_autocommit()  # type: ignore[misc]  # not in its stubs


@contextmanager
def _turn(queue: str) -> Iterator[None]:
    """Wait to be the first of a queue, and leave it at the end."""
    place = os.open(queue, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(place, fcntl.LOCK_EX)
        yield
    finally:
        os.close(place)
