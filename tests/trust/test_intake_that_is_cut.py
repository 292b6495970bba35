"""An answer that was acknowledged is there, once, with its photograph, whatever stops the site.

The web process is killed with ``-9`` while eight connections send (3 kills in ``make test``; 200,
on both bases, in ``make proof``). The power is cut under a site that receives, its disk rebuilt
from what was flushed (12 cuts; 500), with controls that are seen to lose.
"""

import json
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from uuid import UUID

import numpy as np
import pytest
from django.db import connection
from tests.trust.cut_disk import VARIANTS, Disk
from tests.trust.power_cut import cuts, length, seeded, watching

ROOT = Path(__file__).parents[2]
SITE = "tests.trust.intake_site"
MEMORY = Path("/dev/shm") if Path("/dev/shm").is_dir() else None
UNSET = {"DATABASE_URL", "CROISEE_HOME", "CROISEE_SECRET_KEY", "CROISEE_KEYS"}
CONNECTIONS = 8


def run(command, *given, before=(), **environment):
    kept = {key: value for key, value in os.environ.items() if key not in UNSET}
    done = subprocess.run(
        [*before, sys.executable, "-m", SITE, command, *map(str, given)],
        env={**kept, "PYTHONDONTWRITEBYTECODE": "1", **environment}, cwd=ROOT,
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


class Web:
    """The web process of a site, killed and started again; and those who send to it."""

    def __init__(self, home, **environment):
        kept = {key: value for key, value in os.environ.items() if key not in UNSET}
        self.environment = {
            **kept, **environment, "CROISEE_HOME": str(home),
            "CROISEE_SECRET_KEY": "only-for-tests",
            "DJANGO_SETTINGS_MODULE": "croisee_web.config.settings", "CROISEE_HOSTS": "localhost",
        }  # fmt: skip
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.acknowledged, self.lock, self.enough = set(), threading.Lock(), threading.Event()
        self.next = iter(range(1, 10**9))

    def start(self):
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-m", "croisee_web.config.web", "127.0.0.1", str(self.port)],
            env=self.environment, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        until = time.monotonic() + 60
        while time.monotonic() < until:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
            except OSError:
                time.sleep(0.05)
            else:
                return
        raise AssertionError("the site does not start")

    def send(self, key, version):
        """Send until told to stop; a form that was not acknowledged is sent again, unchanged."""
        waiting = None
        while not self.enough.is_set():
            if waiting is None:
                with self.lock:
                    waiting = next(self.next)
            try:
                with socket.create_connection(("127.0.0.1", self.port), timeout=30) as line:
                    while not self.enough.is_set():
                        line.sendall(request(key, version, waiting))
                        status = line.recv(65536)[9:12]
                        if status not in {b"201", b"202"}:
                            break
                        with self.lock:
                            self.acknowledged.add(f"uuid:{UUID(int=waiting)}")
                            waiting = next(self.next)
            except OSError:
                time.sleep(0.02)


def request(key, version, number):
    """Return a form, every other one with a photograph: the two ways of being written."""
    photo = "p.jpg" if number % 2 else ""
    xml = (
        f'<data xmlns:orx="http://openrosa.org/xforms" id="photos" version="{version}">'
        f"<outil>visio</outil><photo>{photo}</photo><orx:meta><orx:instanceID>"
        f"uuid:{UUID(int=number)}</orx:instanceID></orx:meta></data>"
    )
    file = (
        '--x\r\nContent-Disposition: form-data; name="p.jpg"; filename="p.jpg"\r\n'
        f"Content-Type: image/jpeg\r\n\r\nphotographie {number}\r\n"
    )
    body = (
        '--x\r\nContent-Disposition: form-data; name="xml_submission_file"; filename="a.xml"\r\n'
        f"\r\n{xml}\r\n{file if photo else ''}--x--\r\n"
    ).encode()
    head = (
        f"POST /openrosa/{key}/submission HTTP/1.1\r\nHost: localhost\r\nContent-Length: "
        f"{len(body)}\r\nContent-Type: multipart/form-data; boundary=x\r\n\r\n"
    )
    return head.encode() + body


def killed(home, kills, rng, at_least=0, **environment):
    """Kill the web process at random moments while answers come; return what is wrong after."""
    home.mkdir()
    key, version = json.loads(run("prepare", home, **environment))
    web = Web(home, **environment)
    web.start()
    threads = [
        threading.Thread(target=web.send, args=(key, version)) for _place in range(CONNECTIONS)
    ]
    for thread in threads:
        thread.start()
    try:
        for _kill in range(kills):
            before = len(web.acknowledged)
            time.sleep(float(rng.uniform(0.05, 0.8)))
            until = time.monotonic() + 30
            while len(web.acknowledged) == before and time.monotonic() < until:
                time.sleep(0.01)
            web.process.kill()
            web.process.wait()
            web.start()
        until = time.monotonic() + 1800
        while len(web.acknowledged) < at_least and time.monotonic() < until:
            time.sleep(0.1)
    finally:
        web.enough.set()
        for thread in threads:
            thread.join()
        web.process.kill()
        web.process.wait()
    told = json.loads(run("look", home, **environment))
    held = told["numbers"]
    faults = told["faults"] + [f"lost {one}" for one in sorted(web.acknowledged - set(held))]
    if len(held) != len(set(held)):
        faults.append("doubled")
    return len(web.acknowledged), faults


def base_of(name):
    """Return where the site's base is: a new one of PostgreSQL's where the tests run on it."""
    if connection.vendor != "postgresql":
        return {}
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {name}")
        cursor.execute(f"CREATE DATABASE {name}")
    found = connection.settings_dict
    return {"DATABASE_URL": f"postgresql://{found['USER']}:@/{name}?host={found['HOST']}"}


@pytest.mark.django_db(transaction=True)
def test_kills_lose_no_acknowledged_answer(tmp_path):
    acknowledged, faults = killed(
        tmp_path / "site", 3, np.random.default_rng(1), **base_of("croisee_kills")
    )

    assert acknowledged >= 3
    assert faults == []


@pytest.mark.proof
@pytest.mark.django_db(transaction=True)
def test_two_hundred_kills_lose_no_acknowledged_answer(tmp_path):
    acknowledged, faults = killed(
        tmp_path / "site", 200, np.random.default_rng(2), at_least=10_000,
        **base_of("croisee_two_hundred_kills"),
    )  # fmt: skip

    assert acknowledged >= 10_000
    assert faults == []


def recorded(place, how):
    """Let a site receive under strace, once; skip where strace may not watch."""
    home, trace, told = place / "site", place / "trace", place / "told" / "answers"
    watch = watching(trace)
    if watch is None:
        pytest.skip("strace is not there, or may not watch a process")
    told.parent.mkdir()
    home.mkdir()
    run("prepare", home)
    begun = place / "begun" / "site"
    shutil.copytree(home, begun)
    run("live", home, told, how, before=watch)
    disk = Disk(begun)
    disk.root = home
    calls, acknowledged = length(disk, trace, told, home)
    return begun, trace, told, calls, acknowledged


def lost(recording, number, seed, variants=VARIANTS):
    """Cut the power at seeded places; return what is wrong, each with where and how."""
    begun, trace, told, calls, _acknowledged = recording
    disk = Disk(begun)
    disk.root = begun.parents[1] / "site"
    rng, found = np.random.default_rng(seed), []
    with tempfile.TemporaryDirectory(dir=MEMORY) as made:
        for at, acknowledged in cuts(disk, trace, told, seeded(number, calls, seed)):
            for variant in variants:
                folder = Path(made) / f"{at}-{variant}"
                disk.rebuild(folder, variant, rng)
                found += [(at, variant, fault) for fault in faults_of(folder, acknowledged)]
                shutil.rmtree(folder)
    return found


def faults_of(home, acknowledged):
    """Return what is wrong with a rebuilt site: read with SQLite alone, none of our code."""
    base = sqlite3.connect(home / "croisee.sqlite3")
    try:
        if base.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            return ["integrity"]
        rows = dict(base.execute(
            "SELECT s.instance_id, a.sha256 FROM collection_submission s "
            "JOIN collection_attachment a ON a.submission_id = s.id WHERE s.sheet_id IS NOT NULL"
        ).fetchall())  # fmt: skip
        entries = base.execute(
            "SELECT count(*) FROM journal_entry WHERE act = 'collection.answer.received'"
        ).fetchone()[0]
    finally:
        base.close()
    wanted = {f"uuid:{UUID(int=number)}" for number in range(1, acknowledged + 1)}
    found = [f"lost answer {one}" for one in sorted(wanted - set(rows))]
    for number, sha256 in rows.items():
        path = home / "fichiers" / "collecte" / "1" / sha256[:2] / sha256
        content = str(UUID(number[5:]).int).encode()
        if not path.is_file() or path.read_bytes() != content:
            found.append(f"lost file of {number}")
    return found if entries == len(rows) else [*found, "journal"]


@pytest.fixture(scope="module")
def recording(tmp_path_factory):
    return recorded(tmp_path_factory.mktemp("coupure-collecte"), "plain")


def test_no_cut_loses_an_acknowledged_answer_or_its_photograph(recording):
    assert recording[4] == 40
    assert lost(recording, 12, seed=20261122) == []


@pytest.mark.proof
def test_no_cut_of_five_hundred_loses_an_acknowledged_answer(recording):
    assert lost(recording, 500, seed=1) == []


@pytest.mark.proof
def test_control_commits_of_answers_that_are_not_flushed_are_seen_lost(tmp_path):
    found = lost(recorded(tmp_path, "normal"), 40, seed=3, variants=("none",))

    assert any(fault.startswith("lost answer") for *_where, fault in found)


@pytest.mark.proof
def test_control_photographs_that_are_not_flushed_are_seen_lost(tmp_path):
    found = lost(recorded(tmp_path, "unsynced"), 40, seed=4, variants=("none",))

    assert any(fault.startswith("lost file") for *_where, fault in found)
