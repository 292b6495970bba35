"""What a killed process leaves of a study does not stay: the next one takes it away."""

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from croisee.run.workshop import workshop

LEAVING = """
import sys, time
from croisee.run.workshop import workshop
with workshop() as folder:
    (folder / "paroles.txt").write_text("Zorglub a dit")
    print(folder, flush=True)
    time.sleep(60)
"""


@pytest.fixture(autouse=True)
def apart(tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)


def working(tmp_path):
    process = subprocess.Popen(
        [sys.executable, "-c", LEAVING],
        stdout=subprocess.PIPE, text=True, env={**os.environ, "TMPDIR": str(tmp_path)},
    )  # fmt: skip
    return process, Path(process.stdout.readline().strip())


def test_the_folder_of_a_killed_process_is_taken_away_by_the_next(tmp_path):
    process, left = working(tmp_path)
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    assert (left / "paroles.txt").is_file()

    with workshop() as mine:
        assert (left.exists(), mine.is_dir()) == (False, True)

    assert not mine.exists()


def test_the_folder_of_a_process_at_work_stays(tmp_path):
    process, left = working(tmp_path)
    try:
        with workshop():
            assert (left / "paroles.txt").is_file()
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def test_what_is_not_a_workshop_stays(tmp_path):
    (tmp_path / "croisee-notes").mkdir()
    (tmp_path / "croisee-0x-a").mkdir()

    with workshop():
        pass

    assert sorted(path.name for path in tmp_path.iterdir()) == ["croisee-0x-a", "croisee-notes"]
