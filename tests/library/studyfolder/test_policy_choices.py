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


def edited(tmp_path, file: str, before: str, after: str):
    """Read the reference study with one thing written otherwise; say what it is told."""
    folder = tmp_path / "etude"
    shutil.copytree(EXAMPLE, folder, ignore=shutil.ignore_patterns("registre"))
    path = folder / file
    text = path.read_text(encoding="utf-8-sig")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")
    return [
        (p.column, p.severity, p.message.to("fr"))
        for p in read_study(folder).problems
        if p.file == file
    ]


@pytest.mark.parametrize(
    ("before", "after", "key", "said"),
    [
        ("t = 5", "t = 7", "base_min", "Un nombre demande au moins 14 réponses"),
        ("t = 5", "t = 12\nbase_min = 24", "t_sensible", "moins protégée qu’une autre"),
    ],
)
def test_thresholds_that_contradict_each_other_are_refused_before_a_run(
    tmp_path, before, after, key, said
):
    found = edited(tmp_path, "etude.toml", f"\n{before}\n", f"\n{after}\n")

    assert [(k, s) for k, s, message in found if said in message] == [(key, "refus")]


@pytest.mark.parametrize(
    ("arrest", "told"),
    [("2022-11-30", []), ("2022-06-20", [("arret", "avertissement")])],
)
def test_too_short_a_time_to_withdraw_before_the_arrest_is_said(tmp_path, arrest, told):
    found = edited(tmp_path, "etude.toml", "arret = 2022-11-30", f"arret = {arrest}")

    assert [(k, s) for k, s, message in found if "pour se retirer" in message] == told


def test_exactly_three_answers_are_advised_against(tmp_path):
    head = "max;min;lecture"
    before = "besoin ? (jusqu’à trois choix)"
    folder = tmp_path / "etude"
    shutil.copytree(EXAMPLE, folder, ignore=shutil.ignore_patterns("registre"))
    path = folder / "instruments" / "eclair.csv"
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    place = lines[0].split(";").index("max")
    for number, line in enumerate(lines):
        if before in line:
            cells = line.split(";")
            cells[place] = "3"
            lines[number] = ";".join(cells)
    lines[0] = lines[0].replace(head, "exactement;min;lecture")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")

    found = [p for p in read_study(folder).problems if p.column == "exactement"]

    assert [(p.severity, p.remedy.to("fr")) for p in found] == [
        (
            "avertissement",
            "Demandez plutôt « jusqu’à 3 » : mettez 3 dans la colonne max.",
        )
    ]


def test_an_attribute_that_colleagues_see_is_noticed_when_its_nature_is_not_said(tmp_path):
    found = edited(tmp_path, "instruments/profil.csv", ";visible;", ";;")

    assert [(k, s) for k, s, _ in found] == [("nature", "avertissement")]


def test_the_reference_study_is_advised_nothing():
    told = [p for p in read_study(EXAMPLE).problems if p.column in {"nature", "exactement"}]

    assert told == []
