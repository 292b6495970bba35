"""A whole session of use, on a served site, without any network; and what it leaves behind.

The site, its worker and whoever uses it live in a network namespace with no route, under strace:
nothing asks for a name, nothing leads outside the machine. Then names, addresses and words typed
are looked for where they must never be: logs, addresses, temporary files, the arguments of jobs,
letters that are not for them.
"""

import os
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.trust.power_cut import strace
from tests.trust.session_of_use import CANARY

ROOT = Path(__file__).parents[2]
ALONE = ROOT / ".ci" / "no-network"
UNSET = {"DATABASE_URL", "CROISEE_HOME", "CROISEE_SECRET_KEY", "CROISEE_SMTP"}
LOCK = ".site.verrou"
"""Says that the site runs; empty."""
_OUTSIDE = re.compile(r"sin6?_port=htons\((\d+)\).*?\"([^\"]+)\"")


def alone(command):
    """Return a command in a network of its own; skip where none may be made."""
    tried = subprocess.run([str(ALONE), "true"], check=False, capture_output=True)
    if tried.returncode:
        pytest.skip("no network namespace may be made here")
    return [str(ALONE), *command]


def outside(trace):
    """Return what was reached, or looked for, beyond the machine: (port, address)."""
    found = [
        (int(port), address)
        for line in trace.read_text("utf-8", errors="replace").splitlines()
        for port, address in _OUTSIDE.findall(line)
    ]
    return [
        (port, address)
        for port, address in found
        if port == 53 or not (address.startswith("127.") or address in ("::1", "::ffff:127.0.0.1"))
    ]


def _traced(place, command, env=None):
    """Run a command alone, under strace; return what it said and what it reached."""
    watch = strace("-o", str(place / "reseau"), "-e", "trace=connect,sendto,sendmsg,sendmmsg",
                   "-e", "signal=none", "--seccomp-bpf")  # fmt: skip
    if watch is None:
        pytest.skip("strace is not there, or may not watch a process")
    done = subprocess.run(
        alone([*watch, *command]), env=env, cwd=ROOT, check=False,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    return done, outside(place / "reseau")


@dataclass(frozen=True)
class Session:
    """What a session left: the site's folder, what it printed, every address, what it reached."""

    home: Path
    temporary: Path
    urls: str
    said: str
    reached: list


@pytest.fixture(scope="module")
def session(tmp_path_factory):
    place = tmp_path_factory.mktemp("usage")
    temporary = place / "tmp"
    temporary.mkdir()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    env = {key: value for key, value in os.environ.items() if key not in UNSET}
    done, reached = _traced(
        place,
        [sys.executable, "-m", "tests.trust.session_of_use", str(place / "site"), str(port),
         str(place / "urls")],
        {**env, "TMPDIR": str(temporary), "PYTHONDONTWRITEBYTECODE": "1"},
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-3000:]
    return Session(
        place / "site", temporary, (place / "urls").read_text("utf-8"), done.stdout, reached
    )


def rows_with_canary(session):
    """Return the tables of the site where a canary is read."""
    base = sqlite3.connect(session.home / "croisee.sqlite3")
    tables = [name for (name,) in base.execute("SELECT name FROM sqlite_master WHERE type='table'")]
    found = {
        table
        for table in tables
        for row in base.execute(f'SELECT * FROM "{table}"')
        if CANARY in str(row).lower()
    }
    base.close()
    return found


def files_with_canary(folder):
    """Return the files under a folder where a canary is read, in clear, or in whose name it is."""
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if CANARY in path.name.lower()
        or (path.is_file() and CANARY.encode() in path.read_bytes().lower())
    }


def test_session_works_without_a_network_and_asks_for_nothing_outside(session):
    assert session.reached == []
    assert "Le site est arrêté" in session.said


def test_library_runs_without_a_network_and_asks_for_nothing_outside(tmp_path):
    folder = tmp_path / "etude"
    shutil.copytree(ROOT / "src" / "croisee" / "studyfolder" / "example" / "fr", folder)

    done, reached = _traced(
        tmp_path,
        [
            sys.executable,
            "-m",
            "croisee.cli",
            "run",
            str(folder),
            "--out",
            str(tmp_path / "sortie"),
        ],
    )

    assert (done.returncode, reached) == (0, []), done.stdout[-2000:]
    assert (tmp_path / "sortie" / "diffusion" / "index.html").is_file()


def test_control_who_asks_outside_is_seen(tmp_path):
    asking = (
        "import socket\nfor name in ('192.0.2.1',):\n"
        "    try: socket.create_connection((name, 80), 1)\n"
        "    except OSError: print('refused')\n"
    )

    done, reached = _traced(tmp_path, [sys.executable, "-c", asking])

    assert (done.stdout.strip(), reached) == ("refused", [(80, "192.0.2.1")])


def test_no_name_nor_word_is_in_the_logs(session):
    assert CANARY not in session.said.lower()
    assert "WARNING" in session.said  # what was refused was logged


def test_no_name_nor_word_is_in_an_address(session):
    assert [line for line in session.urls.splitlines() if CANARY in line.lower()] == []
    assert len(session.urls.splitlines()) > 100


def test_no_temporary_file_is_left(session):
    left = {path.name for path in session.temporary.rglob("*") if path.is_file()}
    hidden = {path.relative_to(session.home).as_posix() for path in session.home.rglob(".*")}

    assert (left, hidden - {LOCK}) == (set(), set())


def test_no_job_nor_act_holds_a_name_or_a_word(session):
    found = rows_with_canary(session)

    assert {"access_account", "access_invitation", "corpus_turn"} <= found
    assert {table for table in found if table.startswith(("jobs_", "journal_", "django_"))} == set()


def test_letters_name_nobody_but_whom_they_are_for(session):
    letters = [path.read_text("utf-8") for path in (session.home / "courriels").iterdir()]

    assert [re.findall(r"^To: (.*)$", text, re.MULTILINE) for text in letters] == [
        [f"{CANARY}-invitee@exemple.ca"]
    ]


def test_files_of_the_site_hold_words_only_where_the_team_reads_them(session):
    found = files_with_canary(session.home)
    meant = ("croisee.sqlite3", "courriels/", "etudes/")

    assert {name for name in found if not name.startswith(meant)} == set()
    assert {name for name in found if name.startswith("etudes/")} <= {
        name for name in found if "/resultats/" in name
    }
    assert found != set()
