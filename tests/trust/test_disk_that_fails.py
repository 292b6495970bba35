"""A disk that is full, read-only, or whose fsync fails: no acknowledgement, a page in words, and
the site goes on once the disk does. Real limits on real processes.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parent / "disk_site.py"


def _run(home, how, before=()):
    unset = {"DATABASE_URL", "CROISEE_HOME", "CROISEE_SECRET_KEY"}
    done = subprocess.run(
        [*before, sys.executable, str(SCRIPT), str(home), how],
        env={key: value for key, value in os.environ.items() if key not in unset},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout.split()


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    home = tmp_path_factory.mktemp("disque") / "site"
    home.mkdir()
    _run(home, "prepare")
    return home


@pytest.fixture
def home(prepared, tmp_path):
    shutil.copytree(prepared, tmp_path / "site")
    return tmp_path / "site"


@pytest.mark.parametrize("how", ["full", "read-only"])
def test_nothing_is_acknowledged_nor_kept_and_the_site_goes_on(home, how):
    assert _run(home, how) == ["503", "gardé", "0"]
    assert _run(home, "plain") == ["302", "-", "1"]


def test_fsync_that_fails_is_no_acknowledgement(home):
    strace = shutil.which("strace")
    if strace is None:
        pytest.skip("no strace on this machine")
    failing = [strace, "-f", "-qq", "-o", "/dev/null", "-e", "trace=fsync,fdatasync",
               "-e", "inject=fsync,fdatasync:error=EIO"]  # fmt: skip

    status, said, _accounts = _run(home, "plain", failing)

    assert (status, said) == ("503", "gardé")


def test_control_a_sound_disk_acknowledges(home):
    assert _run(home, "plain") == ["302", "-", "1"]
