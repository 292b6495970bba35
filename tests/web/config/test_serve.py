"""``croisee serve`` as it runs: real processes, one port, SQLite in a folder of its own."""

import os
import re
import shutil
import signal
import socket
import stat
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


UNSET = {"DATABASE_URL", "CROISEE_HOME", "CROISEE_SECRET_KEY"}


class Site:
    def __init__(self, home, port, *options):
        self.home, self.port = home, port
        clean = {k: v for k, v in os.environ.items() if k not in UNSET}
        self.log = home.parent / f"{home.name}.log"
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "croisee.cli", "serve", "--home", str(home), "--port",
                 str(port), "--lang", "fr", *options],
                env=clean, stdout=log, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
            )  # fmt: skip

    def said(self):
        return self.log.read_text(encoding="utf-8")

    def wait_for(self, words, seconds=90):
        end = time.monotonic() + seconds
        while time.monotonic() < end and self.process.poll() is None:
            if words in self.said():
                return
            time.sleep(0.1)
        raise AssertionError(self.said())

    def ask(self, path="/", body=None):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", body, 20) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as refused:
            return refused.code, refused.read().decode()

    def children(self):
        found = subprocess.run(
            ["ps", "-o", "pid=,args=", "--ppid", str(self.process.pid)],
            capture_output=True, text=True, check=False,
        ).stdout  # fmt: skip
        return {
            ("web" if "config.web" in line else "work"): int(line.split()[0])
            for line in found.splitlines()
            if "config.web" in line or "django work" in line
        }


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    site = Site(tmp_path_factory.mktemp("serve") / "site", _free_port())
    site.wait_for("Pour arrêter")
    yield site
    site.process.terminate()
    assert site.process.wait(30) == 0
    assert "Le site est arrêté" in site.said()


def test_first_start_makes_the_base_and_leads_to_the_first_account(site):
    link = re.search(r"/premier-pas/[\w-]+/", site.said()).group()

    assert "Mise en place de la base" in site.said()
    assert site.ask(link)[0] == 200
    assert site.ask("/premier-pas/guessed/")[0] == 404


def test_folders_are_for_their_owner_only(site):
    for folder in (site.home, site.home / "cles"):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    for file in ("croisee.sqlite3", "secret.txt", "premier-pas.txt"):
        assert stat.S_IMODE((site.home / file).stat().st_mode) == 0o600


def test_front_passes_bodies_and_raw_queries_on(site):
    assert site.ask("/connexion/", b"email=a")[0] in {403, 422}
    with socket.create_connection(("127.0.0.1", site.port), timeout=20) as raw:
        raw.sendall(b"GET /?q=\xe9\xff HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        status = raw.recv(64).split()[1]

    assert status in {b"200", b"400"}


@pytest.mark.parametrize("name", ["web", "work"])
def test_child_killed_is_replaced(site, name):
    before = site.children()
    os.kill(before[name], signal.SIGKILL)

    end = time.monotonic() + 40
    while time.monotonic() < end and site.children().get(name) in {None, before[name]}:
        time.sleep(0.1)
    while time.monotonic() < end:
        try:
            status = site.ask("/")[0]
            break
        except OSError:
            time.sleep(0.2)

    assert status == 200
    assert site.children()[name] != before[name]


def test_port_already_taken_is_said(site, tmp_path):
    second = Site(tmp_path / "other", site.port)

    assert second.process.wait(60) == 2
    assert "est déjà pris" in second.said()


def test_children_end_with_a_parent_that_is_killed(site, tmp_path):
    shutil.copytree(site.home, tmp_path / "site")
    site = Site(tmp_path / "site", _free_port())
    site.wait_for("Pour arrêter")
    children = site.children()
    site.process.kill()
    site.process.wait()

    end = time.monotonic() + 20
    while time.monotonic() < end and any(
        Path(f"/proc/{pid}").exists() for pid in children.values()
    ):
        time.sleep(0.2)

    assert len(children) == 2
    assert [pid for pid in children.values() if Path(f"/proc/{pid}").exists()] == []


def test_what_a_killed_site_was_writing_is_gone_when_it_runs_again(site, tmp_path):
    home = tmp_path / "site"
    shutil.copytree(site.home, home)
    left = [
        home / "temporaire" / "work" / "croisee-import-x" / "reponses.csv",
        home / "fichiers" / ".recu-x",
        home / "diffusions" / ".etude.partiel" / "rapport.html",
        home / ".en-cours-x" / "lignes.jsonl",
    ]
    for path in left:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("les mots de quelqu’un", encoding="utf-8")
    os.utime(home / ".en-cours-x", (1, 1))
    again = Site(home, _free_port())
    again.wait_for("Pour arrêter")

    workshops = {
        dict(
            pair.split("=", 1)
            for pair in Path(f"/proc/{pid}/environ").read_text("utf-8").split("\0")
            if "=" in pair
        )["TMPDIR"]
        for pid in again.children().values()
    }
    again.process.terminate()
    again.process.wait(30)

    assert [path for path in left if path.exists()] == []
    assert workshops == {str(home / "temporaire" / name) for name in ("web", "work")}
