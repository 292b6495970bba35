"""Choices of the policy that are said beforehand, agreements of organisations, asked means."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from croisee.study import Waiver
from croisee.studyfolder import read_study

EXAMPLE = Path("examples/etude-de-reference").resolve()


def with_policy(folder: Path, text: str):
    """Read the reference study with some lines more in its policy."""
    shutil.copytree(EXAMPLE, folder, ignore=shutil.ignore_patterns("registre"))
    path = folder / "etude.toml"
    kept = path.read_text(encoding="utf-8")
    path.write_text(kept.replace("[divulgation]\n", f"[divulgation]\n{text}", 1), encoding="utf-8")
    return read_study(folder)


@pytest.mark.parametrize(
    ("line", "key", "lost"),
    [
        ('stabilite = "recalculable"\n', "stabilite", "dits en deux moitiés"),
        ('participation = "confidentielle"\n', "participation", "comme une question délicate"),
    ],
)
def test_what_a_coarser_policy_loses_is_said_before_a_run(tmp_path, line, key, lost):
    read = with_policy(tmp_path / "etude", line)

    told = [p for p in read.problems if (p.file, p.column) == ("etude.toml", key)]
    assert not read.refused
    assert [(p.severity, lost in p.message.to("fr")) for p in told] == [("avertissement", True)]


AGREED = """
[[divulgation.accords]]
objet = "eclair.2020.aide/aucune@quartiers"
par = "Responsable inventée"
le = 2021-05-01
"""


def appended(tmp_path, text: str):
    """Read the reference study with some lines at the end of its settings."""
    folder = tmp_path / "etude"
    shutil.copytree(EXAMPLE, folder, ignore=shutil.ignore_patterns("registre"))
    path = folder / "etude.toml"
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")
    return read_study(folder)


def test_an_agreement_is_read_with_its_day(tmp_path):
    read = appended(tmp_path, AGREED)

    paper = Waiver(
        "eclair.2020.aide/aucune@quartiers", "", "Responsable inventée", date(2021, 5, 1)
    )
    assert not read.refused
    assert read.study.policy.agreements == (paper,)


@pytest.mark.parametrize(("old", "new"), [("le = 2021-05-01\n", ""), ("/aucune@quartiers", "")])
def test_an_agreement_without_a_day_or_a_cell_is_refused(tmp_path, old, new):
    read = appended(tmp_path, AGREED.replace(old, new))

    assert read.refused


def test_a_mean_is_asked_for_in_the_policy(tmp_path):
    read = appended(
        tmp_path, '\n[divulgation.questions."evaluation.satisfaction"]\nmoyenne = true\n'
    )

    asked = read.study.instrument("evaluation").question("satisfaction")
    assert (read.refused, asked.mean) == (False, True)
