"""``croisee estimates``: the answers of the reference study with their intervals."""

import csv
import shutil
from pathlib import Path

import pytest

from croisee.cli import main

REFERENCE = Path(__file__).parents[3] / "examples" / "etude-de-reference"


def told(capsys, *words):
    capsys.readouterr()
    done = main(["estimates", *map(str, words)])
    said = capsys.readouterr()
    return done, (said.out + said.err).replace("\u00a0", " ").replace("\u202f", " ")


def test_each_wave_is_told_as_it_was_drawn(capsys):
    done, said = told(capsys, REFERENCE, "--lang", "fr")

    assert done == 0
    assert said.startswith("Pour l’équipe seulement")
    assert "carrefours 46/64, quartiers 24/30, tables-famille/nord 7/12" in said
    assert "aide, aucune : 74 % (de 69 à 79 %, n = 83)" in said
    assert "94 personnes de 85 organismes" in said
    assert "Tout le monde a répondu : ces nombres sont exacts, sans intervalle.\n" in said
    assert "genre, femme : 61 %\n" in said


def test_one_question_whole_and_by_case(tmp_path, capsys):
    out = tmp_path / "estimations.csv"
    done, said = told(capsys, REFERENCE, "--question", "aide", "--out", out, "--lang", "en")

    assert (done, "  carrefours\n    aide, payee: 11% (from 8 to 17%, n = 46)" in said) == (
        0,
        True,
    )
    with out.open(encoding="utf-8-sig", newline="") as file:
        rows = {(r["option"], r["cas"]): r for r in csv.DictReader(file, delimiter=";")}
    assert len(rows) == 12
    row = rows["aucune", "carrefours"]
    assert (row["n"], row["methode"], row["bas"]) == ("46", "exacte", "0,656250")  # 42 of 64
    assert rows["aucune", ""]["methode"] == "linéarisée"
    assert told(capsys, REFERENCE, "--out", out, "--lang", "fr")[0] == 2


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--question", "commentaire"), "Aucune question fermée « commentaire » ici."),
        (("--edition", "2013"), "Personne n’a répondu à cela. Il y a : eclair 2020"),
    ],
)
def test_what_is_not_there_is_said(capsys, words, message):
    done, said = told(capsys, REFERENCE, *words, "--lang", "fr")

    assert (done, message in said) == (2, True)


def test_a_study_without_answers_is_told_so(tmp_path, capsys):
    study = tmp_path / "etude"
    shutil.copytree(REFERENCE, study)
    shutil.rmtree(study / "reponses")
    (study / "constats.toml").unlink()
    done, said = told(capsys, study, "--lang", "fr")

    assert (done, "Aucune réponse à un questionnaire" in said) == (2, True)


def test_one_answer_in_a_stratum_is_said(tmp_path, capsys):
    study = tmp_path / "etude"
    shutil.copytree(REFERENCE, study)
    answers = study / "reponses" / "eclair_2020.csv"
    lines = answers.read_text(encoding="utf-8-sig").splitlines()
    quarters = [line for line in lines if ";quartiers;" in line]
    kept = [line for line in lines if line not in quarters[1:]]
    answers.write_text("\n".join(kept), encoding="utf-8")
    done, said = told(capsys, study, "--instrument", "eclair", "--question", "aide", "--lang", "fr")

    assert done == 0
    assert "Une seule réponse ou grappe dans quartiers" in said
    assert "  quartiers\n    aide, payee : 1 réponse, trop peu pour un intervalle" in said
