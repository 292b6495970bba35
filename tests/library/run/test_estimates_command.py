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
        lines = list(csv.DictReader(file, delimiter=";"))
    rows = {(r["option"], r["cas"]): r for r in lines if r["resume"] == "part"}
    assert len(rows) == 12
    row = rows["aucune", "carrefours"]
    assert (row["n"], row["methode"], row["bas"]) == ("46", "exacte", "0,656250")  # 42 of 64
    assert rows["aucune", ""]["methode"] == "linéarisée"
    medians = {r["cas"]: r["option"] for r in lines if r["resume"] == "médiane"}
    assert medians == dict.fromkeys(("", "carrefours", "tables-famille", "quartiers"), "aucune")
    gap = {r["cas"]: r for r in lines if (r["resume"], r["option"]) == ("écart de parts", "aucune")}
    assert sorted(gap) == [
        "quartiers - carrefours", "quartiers - tables-famille", "tables-famille - carrefours"
    ]  # fmt: skip
    value = float(gap["quartiers - carrefours"]["valeur"].replace(",", "."))
    assert value == pytest.approx(15 / 24 - 34 / 46, abs=1e-6)
    assert told(capsys, REFERENCE, "--out", out, "--lang", "fr")[0] == 2


def test_each_interval_is_named_and_two_cases_are_set_side_by_side(capsys):
    done, said = told(capsys, REFERENCE, "--question", "equipement", "--lang", "fr")

    assert done == 0
    assert "equipement, plupart + tous : 66 % (de 60 à 72 %, n = 83)" in said
    assert "equipement, médiane : plupart (de « plupart » à « plupart », n = 83)" in said
    between = said.partition("  Entre deux cas, le second moins le premier :\n")[2].splitlines()
    assert [line.partition(" moins ")[0].rpartition(" ")[2] for line in between[:3]] == [
        "tables-famille", "quartiers", "quartiers"
    ]  # fmt: skip
    assert all(line.startswith("    equipement, plupart + tous : ") for line in between[:3])
    assert "Intervalles à 95 % des médianes : test inversé, Francisco et Fuller." in said
    assert "Intervalles à 95 % des écarts : Zou et Donner" in said
    assert said.rstrip().endswith("Qui se tait n’est dans aucun.")


ORDER = "ordre;Que faut-il d’abord ?;;rang;a = Salaires | b = Locaux | c = Outils;;ordinaire\n"


def test_a_ranking_is_told_by_its_mean_places(tmp_path, capsys):
    """Three ballots, twice: a>b>c, b>a (c left out: third), c alone (a and b share 2,5)."""
    study = tmp_path / "etude"
    shutil.copytree(REFERENCE, study)
    codebook = study / "instruments" / "evaluation.csv"
    header = codebook.read_text("utf-8-sig").splitlines()[0].split(";")
    cells = dict(zip(
        ("question", "libelle", "libelle_en", "type", "options", "options_en", "nature"),
        ORDER.strip().split(";"), strict=True,
    ))  # fmt: skip
    with codebook.open("a", encoding="utf-8") as file:
        file.write(";".join(cells.get(name, "") for name in header) + "\n")
    answers = study / "reponses" / "evaluation_2021.csv"
    lines = answers.read_text("utf-8-sig").splitlines()
    ballots = [("1", "2", "3"), ("2", "1", ""), ("", "", "1")] * 2
    ranks = [*ballots, *[("", "", "")] * (len(lines) - 1 - len(ballots))]
    wider = [f"{line};{';'.join(rank)}" for line, rank in zip(lines[1:], ranks, strict=True)]
    head = f"{lines[0]};ordre__a;ordre__b;ordre__c"
    answers.write_text("\n".join([head, *wider]), encoding="utf-8")
    out = tmp_path / "e.csv"
    done, said = told(capsys, study, "--question", "ordre", "--out", out, "--lang", "fr")

    assert done == 0
    with out.open(encoding="utf-8-sig", newline="") as file:
        rows = [r for r in csv.DictReader(file, delimiter=";") if not r["cas"]]
    assert [(r["resume"], r["option"], r["n"]) for r in rows] == [
        ("rang moyen", one, "6") for one in "abc"
    ]
    values = [float(r["valeur"].replace(",", ".")) for r in rows]
    assert values == pytest.approx([5.5 / 3, 5.5 / 3, 7 / 3], abs=1e-5)
    assert "    ordre, rang moyen de a : " in said
    assert "Intervalles à 95 % des moyennes : Student, variance linéarisée." in said


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


BREAKS = """
[[ruptures]]
instrument = "eclair"
question = "connexion"
avant = "2020"
apres = "2021"
verdict = "non"
pourquoi = "La question parle maintenant du bureau."

[[ruptures]]
instrument = "eclair"
question = "plan"
avant = "2020"
apres = "2021"
pourquoi = "Un choix est ajouté."
"""


@pytest.fixture
def two_editions(tmp_path):
    """The flash survey again in 2021: a third of those without help have some, one in ten left."""
    study = tmp_path / "etude"
    shutil.copytree(REFERENCE, study)
    frame = study / "cadre.csv"
    lines = frame.read_text(encoding="utf-8-sig").splitlines()
    more = [line.replace(";2020;", ";2021;") for line in lines[1:] if ";2020;" in line]
    frame.write_text("\n".join([*lines, *more]), encoding="utf-8")
    answers = (study / "reponses" / "eclair_2020.csv").read_text("utf-8-sig").splitlines()
    later = [answers[0]]
    for place, line in enumerate(answers[1:]):
        if place % 10:
            later.append(line.replace(";aucune;", ";payee;") if place % 3 == 1 else line)
    (study / "reponses" / "eclair_2021.csv").write_text("\n".join(later), encoding="utf-8")
    settings = study / "etude.toml"
    settings.write_text(settings.read_text("utf-8") + BREAKS, encoding="utf-8")
    return study


def test_what_moved_between_editions_with_their_breaks(two_editions, capsys):
    done, said = told(capsys, two_editions, "--instrument", "eclair", "--lang", "fr")

    assert done == 0
    part = said.partition("D’une édition à l’autre, eclair 2020 puis eclair 2021 :")[2]
    assert "connexion : rien n’est comparé. La question parle maintenant du bureau." in part
    assert "aux deux éditions) : a bougé" in part.partition("aide, aucune :")[2].splitlines()[0]
    line = part.partition("outil-impose, oui :")[2].splitlines()[0]
    assert "74 aux deux éditions) : sans changement sûr" in line
    assert "plan, oui" in part
    assert "      à comparer avec prudence. Un choix est ajouté." in part


def test_two_questionnaires_are_put_side_by_side_by_their_crosswalk(two_editions, capsys):
    """The second edition under another code: its questions are found again, renamed or not."""
    study = two_editions
    shutil.copy(study / "instruments" / "eclair.csv", study / "instruments" / "eclair-b.csv")
    (study / "reponses" / "eclair_2021.csv").rename(study / "reponses" / "eclair-b_2021.csv")
    settings = study / "etude.toml"
    text = settings.read_text("utf-8").replace(BREAKS, "")
    start = text.index('[[instruments]]\ncode = "eclair"')
    section = text[start : text.index("[[", start + 3)]
    added = section.replace('code = "eclair"', 'code = "eclair-b"')
    settings.write_text(text.replace(section, section + added), encoding="utf-8")
    done, said = told(capsys, study, "--lang", "en")

    assert done == 0, said
    part = said.partition("eclair 2020 then eclair-b 2021:")[2]
    assert "in both editions): has moved" in part.partition("aide, aucune:")[2].splitlines()[0]
