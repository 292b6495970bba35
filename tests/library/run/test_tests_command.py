"""``croisee tests``: what differs more than chance in the reference study, for the team."""

import csv
import shutil
from pathlib import Path

import pytest

from croisee.cli import main

REFERENCE = Path(__file__).parents[3] / "examples" / "etude-de-reference"


@pytest.fixture
def study(tmp_path):
    folder = tmp_path / "etude"
    shutil.copytree(REFERENCE, folder)
    return folder


def told(capsys, *words):
    capsys.readouterr()
    done = main(["tests", *map(str, words)])
    said = capsys.readouterr()
    return done, (said.out + said.err).replace("\u00a0", " ").replace("\u202f", " ")


def again(study, changed):
    """Ask the flash survey again in 2021 to the organisations of 2020."""
    first = (study / "reponses" / "eclair_2020.csv").read_text(encoding="utf-8-sig")
    frame = study / "cadre.csv"
    lines = frame.read_text(encoding="utf-8-sig").splitlines()
    more = [line.replace(";2020;", ";2021;") for line in lines[1:] if ";2020;" in line]
    frame.write_text("\n".join([*lines, *more]), encoding="utf-8")
    (study / "reponses" / "eclair_2021.csv").write_text(changed(first), encoding="utf-8")


def test_networks_of_the_reference_study(tmp_path, capsys):
    out = tmp_path / "tests.csv"
    done, said = told(capsys, REFERENCE, "--out", out, "--lang", "fr")

    assert done == 0
    assert "Aucun p n’entre dans un rapport." in said
    assert "eclair 2020, selon le réseau : 11 questions." in said
    above, _, below = said.partition("Rien qui se distingue du hasard :")
    assert "portables : carrefours 37 %, tables-famille 85 %, quartiers 75 %" in above
    assert "  teletravail : p = 0,0" in below
    assert "(Fisher–Freeman–Halton, exact, 83 réponses)" in below
    assert "Des personnes d’un même organisme" in said
    with out.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    assert {row["test"] for row in rows} == {"fisher", "kruskal", "plusieurs"}
    again, _ = told(capsys, REFERENCE, "--out", out, "--lang", "fr")
    assert again == 2


def test_the_same_study_gives_the_same_p_values(tmp_path, capsys):
    for name in ("a", "b"):
        told(capsys, REFERENCE, "--instrument", "eclair", "--out", tmp_path / name)

    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_by_the_answers_to_a_question_inside_networks(capsys):
    done, said = told(capsys, REFERENCE, "--by", "age", "--lang", "en")

    assert done == 0
    assert "individuel 2020, by “age”: 11 questions." in said
    assert "Jonckheere–Terpstra, inside each network, exact, 94 answers" in said
    assert "Cochran–Armitage, inside each network, exact" in said
    assert "equite: 18-34 89%, 35-54 57%, 55-plus 27%" in said


def test_a_census_has_no_p_value(study, tmp_path, capsys):
    answers = study / "reponses" / "profil_2021.csv"
    book = study / "instruments" / "profil.csv"
    book.write_text(
        book.read_text(encoding="utf-8-sig").replace("ensemble", "cas"), encoding="utf-8"
    )
    assert answers.exists()
    out = tmp_path / "t.csv"
    done, said = told(capsys, study, "--instrument", "profil", "--out", out, "--lang", "fr")

    assert (done, "Tout le monde a répondu : un écart est un écart." in said) == (0, True)
    assert "p =" not in said
    with out.open(encoding="utf-8-sig", newline="") as file:
        assert [row["p"] for row in csv.DictReader(file, delimiter=";")] == [""]


def test_the_same_organisations_in_two_editions(study, capsys):
    again(study, lambda text: text.replace(";aucune;", ";payee;"))
    done, said = told(capsys, study, "--instrument", "eclair", "--lang", "fr")

    assert done == 0
    part = said.partition("eclair 2020 → 2021, les mêmes organismes : ")[2]
    assert "  Plus que le hasard :\n    aide : p < 0,001" in part
    assert "permutations d’avant et d’après, tiré au sort, 60 réponses" in part
    assert "outil-impose : p = 1,00" not in part  # nobody moved: nothing could be told
    assert "Trop peu de réponses, ou de changements, pour que quoi que ce soit se distingue" in part


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--by", "ages"), "Aucune question fermée « ages » ici."),
        (("--by", "usages"), "--by demande une question à une réponse de individuel 2020"),
        (("--question", "commentaire"), "Aucune question fermée « commentaire » ici."),
        (("--edition", "1999"), "Personne n’a répondu à cela."),
    ],
)
def test_what_is_not_there_is_said(capsys, words, message):
    done, said = told(capsys, REFERENCE, *words, "--lang", "fr")

    assert (done, message in said) == (2, True)


def test_one_network_alone_has_nothing_to_compare(study, capsys):
    answers = study / "reponses" / "eclair_2020.csv"
    lines = answers.read_text(encoding="utf-8-sig").splitlines()
    kept = [line for place, line in enumerate(lines) if not place or ";carrefours;" in line]
    answers.write_text("\n".join(kept), encoding="utf-8")
    done, said = told(capsys, study, "--instrument", "eclair", "--lang", "fr")

    assert (done, "Rien à comparer : un seul réseau a répondu" in said) == (0, True)
