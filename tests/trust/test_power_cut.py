"""The power goes, anywhere: nothing acknowledged is lost, nothing removed is back.

A real site works under strace; its disk is rebuilt from what was flushed when the power went,
with nothing, half, or half in another order of the rest; the real code opens it. Seeded cuts:
12 in ``make test``, 500 in ``make proof``, each in the three ways.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from tests.trust.cut_disk import VARIANTS, Disk
from tests.trust.power_cut import cuts, length, seeded, watching

ROOT = Path(__file__).parents[2]
SITE = "tests.trust.power_cut_site"
MEMORY = Path("/dev/shm") if Path("/dev/shm").is_dir() else None


def _environment():
    unset = {"DATABASE_URL", "CROISEE_HOME", "CROISEE_SECRET_KEY", "CROISEE_KEYS"}
    kept = {key: value for key, value in os.environ.items() if key not in unset}
    return {**kept, "PYTHONDONTWRITEBYTECODE": "1"}


def _run(command, *given, before=()):
    done = subprocess.run(
        [*before, sys.executable, "-m", SITE, command, *map(str, given)],
        env=_environment(), cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]


@dataclass(frozen=True)
class Recording:
    """A site's life: the disk it began from, what strace saw, what was acknowledged."""

    begun: Path
    trace: Path
    told: Path
    calls: int
    acknowledged: int

    def disk(self):
        return Disk(self.begun)


def record(place, how):
    """Let a site live under strace, once; skip where strace may not watch."""
    home, trace, told = place / "site", place / "trace", place / "told" / "acts"
    watch = watching(trace)
    if watch is None:
        pytest.skip("strace is not there, or may not watch a process")
    told.parent.mkdir()
    home.mkdir()
    _run("prepare", home)
    begun = place / "begun" / "site"
    shutil.copytree(home, begun)
    _run("live", home, told, how, before=watch)
    disk = Disk(begun)
    disk.root = home
    calls, acknowledged = length(disk, trace, told, home)
    return Recording(begun, trace, told, calls, acknowledged)


def lost(recording, number, seed, variants=VARIANTS):
    """Cut the power at seeded places; return what is wrong, each with where and how."""
    disk = recording.disk()
    disk.root = recording.begun.parents[1] / "site"
    rng, found = np.random.default_rng(seed), []
    looker = subprocess.Popen(
        [sys.executable, "-m", SITE, "look", str(recording.told)],
        env=_environment(), cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    chosen = seeded(number, recording.calls, seed)
    with looker, tempfile.TemporaryDirectory(dir=MEMORY) as made:
        for at, acknowledged in cuts(disk, recording.trace, recording.told, chosen):
            for variant in variants:
                folder = Path(made) / f"{at}-{variant}"
                disk.rebuild(folder, variant, rng)
                looker.stdin.write(f"{folder} {acknowledged}\n")
                looker.stdin.flush()
                said = json.loads(looker.stdout.readline())
                found += [(at, acknowledged, variant, fault) for fault in said]
                shutil.rmtree(folder)
        looker.stdin.close()
    return found


@pytest.fixture(scope="module")
def recording(tmp_path_factory):
    return record(tmp_path_factory.mktemp("coupure"), "plain")


def test_no_cut_loses_what_was_acknowledged(recording):
    assert recording.acknowledged >= 20
    assert lost(recording, 12, seed=20261122) == []


@pytest.mark.proof
def test_no_cut_of_five_hundred_loses_what_was_acknowledged(recording):
    assert recording.calls > 500
    assert lost(recording, 500, seed=1) == []


@pytest.mark.proof
def test_control_commits_that_are_not_flushed_are_seen_lost(tmp_path):
    found = lost(record(tmp_path, "normal"), 40, seed=3, variants=("none",))

    assert any(fault.startswith("lost rows") for *_where, fault in found)


@pytest.mark.proof
def test_control_files_that_are_not_flushed_are_seen_lost(tmp_path):
    found = lost(record(tmp_path, "unsynced"), 40, seed=4, variants=("none",))

    assert any(fault.startswith(("lost files", "KeyMissing")) for *_where, fault in found)
