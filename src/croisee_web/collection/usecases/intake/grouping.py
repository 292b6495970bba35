"""Many answers in one commit: they wait a few milliseconds together for the disk, not in turn.

One thread writes. It takes all that waits, gives each a savepoint, commits once, and only then
answers each. One that fails takes nothing of the others with it.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Hashable, Iterable
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.db import close_old_connections, connection, transaction

T = TypeVar("T")
MOST = 64
"""Answers in one commit: the last of them waits for all."""


@dataclass(frozen=True, slots=True)
class Last:
    """What is done once a commit, after the answers that ask for it.

    ``key`` says which; ``act`` is told the numbers of all those answers' rows.
    """

    key: Hashable
    act: Callable[[frozenset[int]], None]
    numbers: tuple[int, ...] = ()


def _do(lasts: Iterable[Last]) -> None:
    found: dict[Hashable, tuple[Callable[[frozenset[int]], None], set[int]]] = {}
    for last in lasts:
        found.setdefault(last.key, (last.act, set()))[1].update(last.numbers)
    for act, numbers in found.values():
        act(frozenset(numbers))


@dataclass(frozen=True, slots=True)
class _Asked:
    work: Callable[[], Any]
    last: Callable[[Any], Last | None]
    told: Future[Any] = field(default_factory=Future)


class Writer:
    """The thread that writes answers for a whole process."""

    def __init__(self) -> None:
        self._asked: queue.SimpleQueue[_Asked | None] = queue.SimpleQueue()
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

    def write(self, work: Callable[[], T], last: Callable[[T], Last | None]) -> T:
        """Return what ``work`` returns, once it is committed and on disk."""
        asked = _Asked(work, last)
        self._asked.put(asked)
        told: T = asked.told.result()
        return told

    def _run(self) -> None:
        going = True
        while going:
            first = self._asked.get()
            group, going = ([first] if first else []), first is not None
            while going and len(group) < MOST:
                try:
                    more = self._asked.get_nowait()
                except queue.Empty:
                    break
                if more is None:
                    going = False
                else:
                    group.append(more)
            if group:
                _commit(group)
        connection.close()


def _commit(group: list[_Asked]) -> None:
    """Write a group and answer each; if the commit itself fails, nobody is acknowledged."""
    close_old_connections()
    try:
        with transaction.atomic():
            outcomes = [_tried(asked) for asked in group]
            _do(one.last for one in outcomes if one.last is not None)
    except BaseException as cause:  # noqa: BLE001 -- each who waits is told, the thread lives on
        for asked in group:
            asked.told.set_exception(cause)
        return
    for asked, one in zip(group, outcomes, strict=True):
        if one.failure is None:
            asked.told.set_result(one.returned)
        else:
            asked.told.set_exception(one.failure)


@dataclass(frozen=True, slots=True)
class _Tried:
    returned: Any = None
    last: Last | None = None
    failure: Exception | None = None


def _tried(asked: _Asked) -> _Tried:
    try:
        with transaction.atomic():
            returned = asked.work()
    except Exception as cause:  # noqa: BLE001 -- told to who sent it, by its own request
        return _Tried(failure=cause)
    return _Tried(returned, asked.last(returned))


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


def in_group(work: Callable[[], T], last: Callable[[T], Last | None] = lambda _returned: None) -> T:
    """Do ``work`` in a transaction shared with others; return once it is committed.

    ``last`` gives what is to be done once before the commit, whatever the number of answers.
    Where no writer runs, or inside somebody's transaction, it is a transaction of its own.
    """
    if _WRITER and _WRITER[0].writes and not connection.in_atomic_block:
        return _WRITER[0].write(work, last)
    with transaction.atomic():
        returned = work()
        asked = last(returned)
        _do([asked] if asked is not None else [])
    return returned
