"""Many answers in one commit: they wait a few milliseconds together for the disk, not in turn.

One thread writes. It takes all that waits, commits once, and only then answers each. Where one of
them cannot be written nothing of the group is, and each is then tried in a commit of its own: one
that fails takes nothing of the others with it.

It reads the short ones too: threads that read side by side only wait for each other, at each
statement and each number drawn (``benchmarks/intake.py`` measures it).
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Protocol

from django.conf import settings
from django.db import IntegrityError, close_old_connections, connection, transaction
from django.utils.translation import get_language, override

from croisee_web.collection.queries.moment import one_moment
from croisee_web.collection.usecases.intake.filed import Incoming, Written
from croisee_web.collection.usecases.intake.together import write_together

MOST = 64
"""Answers in one commit: the last of them waits for all."""
GATHERED, APART = 0.004, 0.001
"""Seconds that a group is gathered for at most, and after the last of them that came."""
Read = Callable[[], Incoming]
Write = Callable[[Sequence[Incoming]], list[Written]]


class Sent(Protocol):
    """Something sent, that the writer reads, writes, and answers once it is on disk."""

    def read(self) -> Incoming | None:
        """Return what is to be written, ``None`` when there is nothing; called by the writer."""

    def tell(self, outcome: Written | BaseException | None) -> None:
        """Hear what was written, why it was not, or that there was nothing; called once."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a thread sent, and waits for."""

    reading: Read
    language: str
    told: Future[Written] = field(default_factory=Future)

    def read(self) -> Incoming | None:
        with override(self.language):
            return self.reading()

    def tell(self, outcome: Written | BaseException | None) -> None:
        if isinstance(outcome, BaseException):
            self.told.set_exception(outcome)
        elif outcome is not None:
            self.told.set_result(outcome)


class _NotTogetherError(Exception):
    """Something of a group cannot be written; nothing of it is."""


class Writer:
    """The thread that writes answers for a whole process."""

    def __init__(self, write: Write = write_together) -> None:
        self._asked: queue.SimpleQueue[Sent | None] = queue.SimpleQueue()
        self._together = write
        self._thread = threading.Thread(target=self._run, name="answers", daemon=True)

    def start(self) -> None:
        """Begin to write."""
        self._thread.start()

    def stop(self) -> None:
        """Write what waits, then end."""
        self._asked.put(None)
        self._thread.join()

    @property
    def writes(self) -> bool:
        """Whether the thread is there to write."""
        return self._thread.is_alive()

    def write(self, read: Read) -> Written:
        """Return what was written, once it is committed and on disk.

        Raises:
            Refused: what ``read`` raises.
        """
        asked = _Asked(read, get_language() or "fr")
        self.take(asked)
        return asked.told.result()

    def take(self, sent: Sent) -> None:
        """Read, write and answer something, with others; nobody waits for it here."""
        self._asked.put(sent)

    def _run(self) -> None:
        going, several = True, False
        with override(settings.LANGUAGE_CODE):  # once for all that says no other language
            while going:
                group, going = self._gathered(several)
                several = len(group) > 1
                if group:
                    self._commit(group)
        connection.close()

    def _gathered(self, several: bool) -> tuple[list[Sent], bool]:
        """Return what is written together, and whether more may come.

        Those who were just answered together send again within a moment of each other: it is
        waited for. Who sends alone never waits.
        """
        found = [self._asked.get()]
        until = time.monotonic() + (GATHERED if several else 0)
        while found[-1] is not None and len(found) < MOST:
            left = min(APART, until - time.monotonic())
            try:
                found.append(self._asked.get(block=left > 0, timeout=max(left, 0)))
            except queue.Empty:
                break
        return [one for one in found if one is not None], found[-1] is not None

    def _commit(self, group: list[Sent]) -> None:
        """Write a group and answer each; if the commit itself fails, nobody is acknowledged."""
        close_old_connections()
        waiting: list[Sent] = []
        given: list[Incoming] = []
        with one_moment():
            for sent in group:
                try:
                    found = sent.read()
                except BaseException as cause:  # noqa: BLE001 -- told to who sent it
                    sent.tell(cause)
                    continue
                if found is None:
                    sent.tell(None)
                else:
                    waiting.append(sent)
                    given.append(found)
        try:
            try:
                outcomes: Sequence[Written | BaseException] = self._at_once(given)
            except (_NotTogetherError, IntegrityError):  # the second: said by the commit itself
                outcomes = [self._tried(one) for one in given]
        except BaseException as cause:  # noqa: BLE001 -- who waits is told, the thread lives on
            outcomes = [cause] * len(waiting)
        for sent, one in zip(waiting, outcomes, strict=True):
            sent.tell(one)

    def _at_once(self, group: list[Incoming]) -> list[Written]:
        if not group:
            return []
        with transaction.atomic():
            try:
                return self._together(group)
            except Exception as cause:
                raise _NotTogetherError from cause

    def _tried(self, given: Incoming) -> Written | Exception:
        try:
            with transaction.atomic():
                return self._together([given])[0]
        except Exception as cause:  # noqa: BLE001 -- told to who sent it, by its own request
            return cause


_WRITER: list[Writer] = []


def start_writing() -> Writer:
    """Start this process's writer, once. Called by the web process."""
    if not _WRITER or not _WRITER[0].writes:
        writer = Writer()
        writer.start()
        _WRITER[:] = [writer]
    return _WRITER[0]


def stop_writing() -> None:
    """End this process's writer, if it has one."""
    while _WRITER:
        _WRITER.pop().stop()


def running_writer() -> Writer | None:
    """Return this process's writer, if it has one."""
    return _WRITER[0] if _WRITER and _WRITER[0].writes else None


def written(read: Read) -> Written:
    """Write what ``read`` returns in a transaction shared with others; return once committed.

    Where no writer runs, or inside somebody's transaction, it is a transaction of its own.

    Raises:
        Refused: what ``read`` raises.
    """
    writer = running_writer()
    if writer is not None and not connection.in_atomic_block:
        return writer.write(read)
    given = read()
    with transaction.atomic():
        return write_together([given])[0]
