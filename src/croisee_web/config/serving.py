"""``croisee serve``: a parent that supervises a web process and a worker process."""

from __future__ import annotations

import fcntl
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from croisee_web.kit.disk import make_folder, remove
from croisee_web.kit.errors import UseCaseError

STEADY = 60.0
"""Seconds after which a child is thought well: its next death is a first one again."""
LONGEST_PAUSE = 30.0
A_DAY = 24 * 3600.0
PATIENCE = 15.0
"""Seconds given to a child to end what it does before it is killed."""


@dataclass
class Child:
    """A process of the site, restarted when it dies: at once, then after 1, 2, 4… 30 s."""

    name: str
    command: list[str]
    process: subprocess.Popen[bytes] | None = None
    deaths: int = 0
    started: float = 0.0
    start_after: float = field(default=0.0)

    def look(self, now: float, told: Callable[[str, float], None]) -> None:
        """Start it if it is due; note its death if it died."""
        if self.process is None:
            if now >= self.start_after:
                environment = {
                    **os.environ,
                    "CROISEE_PARENT": str(os.getpid()),
                    "TMPDIR": str(empty_workshop(self.name)),
                }
                self.process = subprocess.Popen(self.command, env=environment)  # noqa: S603 -- ours
                self.started = now
            return
        if self.process.poll() is None:
            return
        self.deaths = 0 if now - self.started > STEADY else self.deaths + 1
        pause = 0.0 if self.deaths <= 1 else min(2.0 ** (self.deaths - 2), LONGEST_PAUSE)
        self.process, self.start_after = None, now + pause
        told(self.name, pause)

    def stop(self, until: float) -> None:
        """Ask it to end, and kill it if it does not."""
        if self.process is None:
            return
        try:
            self.process.wait(timeout=max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def empty_workshop(child: str) -> Path:
    """Return the folder of a child's temporary files, emptied: one that was killed left some."""
    folder = Path(settings.HOME) / "temporaire" / child
    remove(folder)
    make_folder(folder)
    return folder


def remove_leftovers(*, at: datetime) -> None:
    """Remove what a site that was killed had begun to write; called before it runs again."""
    for root, pattern, age in (
        (settings.FILES_ROOT, ".recu-*", 0.0),
        (settings.PUBLISHED_ROOT, ".*.partiel", 0.0),
        (settings.HOME, ".en-cours-*", A_DAY),  # a backup may be under way
    ):
        for path in Path(root).glob(pattern):
            if at.timestamp() - path.stat().st_mtime >= age:
                remove(path)


def children_of(host: str, port: int) -> tuple[Child, Child]:
    """Return the two processes of a site."""
    python = [sys.executable, "-P", "-m"]
    return (
        Child("web", [*python, "croisee_web.config.web", host, str(port)]),
        Child("work", [*python, "django", "work"]),
    )


def supervise(
    children: tuple[Child, ...],
    *,
    stop: threading.Event,
    told: Callable[[str, float], None],
    each_turn: Callable[[], None] = lambda: None,
) -> None:
    """Keep the children alive until ``stop`` is set or a signal comes; then end them cleanly.

    ``told`` hears of each death and of the pause before the restart.
    """
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    try:
        while not stop.is_set():
            for child in children:
                child.look(time.monotonic(), told)
            each_turn()
            stop.wait(0.2)
    finally:
        for child in children:
            if child.process is not None and child.process.poll() is None:
                child.process.terminate()
        until = time.monotonic() + PATIENCE
        for child in children:
            child.stop(until)


@contextmanager
def only_one(home: Path) -> Iterator[None]:
    """Keep a site for one command: two cannot serve it, nor restore it while it runs.

    Raises:
        UseCaseError: another process has it.
    """
    with (home / ".site.verrou").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as taken:
            raise UseCaseError(_("Ce site tourne déjà. Arrêtez-le d’abord (Ctrl-C).")) from taken
        yield


def is_free(host: str, port: int) -> bool:
    """Return whether nothing listens at this address."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def free_port(host: str, port: int) -> int:
    """Return this port, or the first free one of the twenty after it."""
    return next((n for n in range(port, port + 20) if is_free(host, n)), port)


def answers(host: str, port: int) -> bool:
    """Return whether something accepts connections at this address."""
    reachable = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 -- read, not bound
    try:
        with socket.create_connection((reachable, port), timeout=1):
            return True
    except OSError:
        return False
