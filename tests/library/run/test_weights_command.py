"""``croisee weights``: from the frame and margins of a study folder to weights it reads back."""

import csv
import shutil
from pathlib import Path

import pytest

from croisee.cli import main
from croisee.studyfolder import read_study, write_study

REFERENCE = Path(__file__).parents[3] / "examples" / "etude-de-reference"
AGES = {"18-34": 60, "35-54": 150, "55-plus": 90}


@pytest.fixture
def study(tmp_path):
    folder = tmp_path / "etude"
    shutil.copytree(REFERENCE, folder)
    return folder


def told(capsys, *words):
    capsys.readouterr()
    done = main(["weights", *map(str, words)])
    said = capsys.readouterr()
    return done, (said.out + said.err).replace("\u00a0", " ").replace("\u202f", " ")


def margins(folder, *lines):
    text = "\n".join(["instrument;edition;variable;categorie;nombre;source", *lines])
    (folder / "marges.csv").write_text(text + "\n", encoding="utf-8")


def weight(settings, instrument):
    """Say that an instrument is weighted."""
    text = settings.read_text(encoding="utf-8")
    old = f'[[instruments]]\ncode = "{instrument}"\n'
    assert old in text
    settings.write_text(text.replace(old, old + "poids = true\n"), encoding="utf-8")


def by_age(folder, **sizes):
    lines = [
        f"individuel;2020;age;{age};{many};recensement" for age, many in (AGES | sizes).items()
    ]
    margins(folder, *lines)


def test_the_reference_study_is_told_what_weights_would_change(study, capsys):
    done, said = told(capsys, study, "--lang", "fr")

    assert done == 0
    assert "tables-famille/sud : 6 sur 16, chaque réponse parle pour 2,67" in said
    assert "effet de plan 1,06 : 83 réponses n’en valent que 78" in said
    assert "individuel 2020 : 94 réponses.\n  Base de sondage inconnue" in said
    assert "Tout le monde a répondu" in said
    assert "Mieux vaut s’en passer : 8 sur 40 pourcentages bougent" in said


def test_margins_are_raked_written_and_read_back(study, capsys):
    by_age(study)
    place = study / "poids"
    done, said = told(capsys, study, "--instrument", "individuel", "--out", place, "--lang", "fr")

    assert (done, "Calé sur age (3)" in said) == (0, True)
    assert "Source de ces nombres : recensement" in said
    assert "age, 18-34 :" not in said  # it moves by construction
    unread = read_study(study)
    assert any("poids = false" in p.message.one for p in unread.problems)
    settings = study / "etude.toml"
    weight(settings, "individuel")
    folder = read_study(study)
    assert not folder.refused
    table = folder.tables["answers/individuel@2020"]
    ages = table["q_age"].to_pylist()
    weights = [float(weight) for weight in table["weight"].to_pylist()]
    known = sum(w for w, age in zip(weights, ages, strict=True) if age)
    for age, many in AGES.items():
        held = sum(w for w, said in zip(weights, ages, strict=True) if said == age)
        assert held / known == pytest.approx(many / 300, rel=1e-4)

    with (place / "individuel_2020.csv").open(encoding="utf-8-sig") as file:
        lines = list(csv.reader(file, delimiter=";"))
    (place / "individuel_2020.csv").write_text(
        "\n".join(";".join(line) for line in lines[:-1]), encoding="utf-8"
    )
    missing = [p.message.one for p in read_study(study).problems]
    assert any("n’a pas de poids dans poids/" in one for one in missing)


def test_nothing_is_written_over(study, capsys):
    by_age(study)
    place = study / "poids"
    place.mkdir()
    (place / "individuel_2020.csv").write_text("à moi", encoding="utf-8")
    done, said = told(capsys, study, "--out", place, "--lang", "fr")

    assert (done, "Choisissez un nom nouveau" in said) == (2, True)
    assert (place / "individuel_2020.csv").read_text(encoding="utf-8") == "à moi"
    assert not (place / "eclair_2020.csv").exists()


@pytest.mark.parametrize(
    ("lines", "words", "message"),
    [
        (["individuel;2020;age;18-34;60"], (), "la marge n’y compte personne"),
        (["individuel;2020;agee;18-34;60"], (), "Vouliez-vous dire « age »"),
        (["individuel;2020;commentaire;x;60"], (), "n’est pas une marge possible"),
        (["individuel;2020;age;98-99;60"], (), "98-99"),
        (["individuel;2020;age;18-34;-3"], (), "entre 0 et"),
        (["individuel;2020;age;18-34;"], (), "Cette cellule est vide"),
        (["individuel;2020;age;18-34;6", "individuel;2020;age;18-34;6"], (), "ligne 2"),
        (["eclair;2020;composante;nord;12"], (), "« cadre » (122) et « composante » (12)"),
        ([], ("--by", "genre"), "--by ne connaît que region, type"),
        ([], ("--by", "type", "--instrument", "individuel"), "ne se compte pas dans cadre"),
        ([], ("--instrument", "eclaire"), "Il y a : eclair 2020"),
    ],
)
def test_each_bad_input_is_said(study, capsys, lines, words, message):
    if lines:
        margins(study, *lines)
    done, said = told(capsys, study, *words, "--lang", "fr")

    assert (done, message in " ".join(said.split())) == (2, True), said


def test_negative_and_zero_weights_are_refused(study):
    settings = study / "etude.toml"
    weight(settings, "profil")
    answers = study / "reponses" / "profil_2021.csv"
    lines = answers.read_text(encoding="utf-8-sig").splitlines()

    def problems(weight):
        rows = [f"{lines[0]};poids", *(f"{line};{weight}" for line in lines[1:])]
        answers.write_text("\n".join(rows), encoding="utf-8")
        return " ".join(p.message.one for p in read_study(study).problems)

    assert "Tous ces poids valent zéro" in problems(0)
    below = problems(-1)
    assert ("n’est pas entre" in below, "Tous ces poids" in below) == (True, False)
    answers.write_text("\n".join(lines), encoding="utf-8")
    said = [p for p in read_study(study).problems if p.column == "poids"]
    assert "croisee weights" in said[0].remedy.one


def test_english(study, capsys):
    done, said = told(capsys, study, "--instrument", "eclair", "--lang", "en")

    assert done == 0
    assert "tables-famille/sud: 6 of 16, each answer speaks for 2.67." in said
    assert "Better without: 8 of 40 percentages move more than chance would." in said


def test_margins_are_written_with_the_study(study, tmp_path):
    by_age(study)
    folder = read_study(study)
    write_study(folder, tmp_path / "copie")

    assert len(folder.margins) == 3
    assert read_study(tmp_path / "copie").margins == folder.margins


def test_a_margin_is_named_in_the_reader_s_language(study, capsys):
    margins(study, "eclair;2020;case;carrefours;12")
    done, said = told(capsys, study, "--lang", "en")

    assert (done, "The margins “frame” (122) and “case” (12)" in said) == (2, True)
