"""A command that somebody stops: what it says, what it returns, what it leaves."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.conftest import ROOT

from croisee.disclosure.atomic import write_bytes

STUDY = ROOT / "examples" / "etude-de-reference"
CODES = {signal.SIGINT: 130, signal.SIGTERM: 143}
_LAUNCH = """
import os, signal, sys
signal.signal(signal.SIGINT, signal.{how})
os.execv(sys.executable, [sys.executable, "-m", "croisee", *sys.argv[1:]])
"""
IGNORING, LISTENING = (_LAUNCH.format(how=how) for how in ("SIG_IGN", "SIG_DFL"))
"""Whatever these tests themselves were started with: a shell's background ignores SIGINT."""
SAID = {"fr": "Arrêté. Ce qui n’était pas fini n’est pas écrit", "en": "Stopped. What was not"}


def started(*words, **more):
    return subprocess.Popen(
        [sys.executable, "-c", LISTENING, *map(str, words)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **more,
    )  # fmt: skip


def catches(process):
    """Wait until a process takes SIGTERM in its own hands; return its masks."""
    status = Path(f"/proc/{process.pid}/status")
    while process.poll() is None:
        masks = dict(
            line.split(":\t") for line in status.read_text().splitlines() if line.startswith("Sig")
        )
        if int(masks["SigCgt"], 16) >> (signal.SIGTERM - 1) & 1:
            return masks
        time.sleep(0.001)
    raise AssertionError(process.communicate())


def until(process, seen):
    while process.poll() is None and not seen():
        time.sleep(0.01)
    assert process.poll() is None, process.communicate()


def left(folder):
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("number", CODES)
@pytest.mark.parametrize("language", SAID)
def test_stopped_before_it_is_even_loaded(tmp_path, number, language):
    process = started("run", STUDY, "--out", tmp_path / "r", "--lang", language)
    catches(process)
    process.send_signal(number)

    out, err = process.communicate()
    assert (process.returncode, out) == (CODES[number], "")
    assert SAID[language] in err
    assert "Traceback" not in err
    assert left(tmp_path) == []


@pytest.mark.parametrize("number", CODES)
def test_stopped_while_it_writes_leaves_the_earlier_results(tmp_path, number):
    results = tmp_path / "r"
    results.mkdir()
    (results / "LISEZMOI.txt").write_text("avant")
    temporary = tmp_path / "t"
    temporary.mkdir()
    process = started(
        "run", STUDY, "--out", results, "--lang", "fr",
        env={"TMPDIR": str(temporary), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"},
    )  # fmt: skip
    partial = tmp_path / ".r.partiel"
    until(process, lambda: partial.is_dir() and any(partial.iterdir()))
    process.send_signal(number)
    process.send_signal(signal.SIGTERM)

    _, err = process.communicate()
    assert process.returncode in CODES.values()
    assert SAID["fr"] in err
    assert "Traceback" not in err
    assert left(tmp_path) == ["r", "t"]
    assert left(results) == ["LISEZMOI.txt"]
    assert left(temporary) == []


def test_what_ignored_a_signal_goes_on_ignoring_it(tmp_path):
    process = subprocess.Popen(
        [sys.executable, "-c", IGNORING, "new", str(tmp_path / "etude")],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    masks = catches(process)
    process.send_signal(signal.SIGINT)

    assert int(masks["SigIgn"], 16) >> (signal.SIGINT - 1) & 1
    process.communicate()
    assert process.returncode == 0
    assert (tmp_path / "etude").is_dir()


def test_a_file_whose_writing_is_stopped_leaves_nothing(tmp_path):
    (tmp_path / "a").write_bytes(b"avant")
    with pytest.raises(TypeError):
        write_bytes(tmp_path / "a", None)
    assert left(tmp_path) == ["a"]
    assert (tmp_path / "a").read_bytes() == b"avant"
