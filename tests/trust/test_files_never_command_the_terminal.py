"""What a received file says is printed without the signs that command a terminal."""

import os
import subprocess
import sys

import pytest

from croisee.cli import main

STUDY = (
    'format = 1\ntitre = "a"\nquestion = "q"\n["cl\\u001b[31mé"]\na = 1\n'
    '[[cas]]\ncode = "a"\nnom = "a\\u009b31mb"\n'
)
COLUMNS = "code;\x1b]0;titre\x07nom\nA;b\n"
ORDERS = "\x1b\x07\x9b\x08\r"


@pytest.fixture
def hostile(tmp_path):
    folder = tmp_path / "etude"
    folder.mkdir()
    (folder / "etude.toml").write_text(STUDY, encoding="utf-8")
    (folder / "participants.csv").write_text(COLUMNS, encoding="utf-8")
    (folder / "a\x1b[2Jb.csv").write_text("x", encoding="utf-8")
    return folder


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_study_received_is_checked_without_a_command_to_the_terminal(hostile, lang, capsys):
    main(["check", str(hostile), "--lang", lang])

    printed = "".join(capsys.readouterr())
    assert ["cl[31mé" in printed, "titrenom" in printed, "a[2Jb.csv" in printed] == [True] * 3
    assert [sign for sign in ORDERS if sign in printed] == []


def test_a_path_that_is_no_text_is_told_on_a_strict_terminal(tmp_path):
    path = os.fsencode(tmp_path) + b"/caf\xe9"
    told = subprocess.run(
        [sys.executable, "-m", "croisee", "--lang", "fr", "check", path],
        env={**os.environ, "PYTHONIOENCODING": "utf-8:strict"},
        capture_output=True,
        check=False,
    )

    printed = (told.stdout + told.stderr).decode()
    assert told.returncode == 2
    assert ["n’existe pas" in printed, "Traceback" in printed] == [True, False]
