"""``croisee words``: what people say most, of those whose consent holds; the team's words never."""

import csv

import pytest

from croisee.cli import main

SAID = (
    ("Animation", "Parlez-moi des intervenantes et des intervenants, du potager, du potager."),
    ("Aline", "Les intervenant·e·s manquent au potager."),
    ("Basile", "Nos intervenantes et intervenants (12 secondes) ont un tracteur."),
    ("Inconnu", "Le tracteur, le tracteur."),
    ("Carole", "Un tracteur au potager."),
)


@pytest.fixture
def study(tmp_path):
    """The example study, whose verbatim says these words alone."""
    folder = tmp_path / "etude"
    assert main(["new", str(folder)]) == 0
    for name in ("codages.csv", "extraits.csv", "constats.toml"):
        (folder / name).unlink()
    text = "\n\n".join(f"{who} : {words}" for who, words in SAID)
    (folder / "documents" / "groupe-1.txt").write_text(text, encoding="utf-8")
    for path in (folder / "relectures").iterdir():
        path.unlink()
    return folder


@pytest.fixture
def words(study, tmp_path, capsys):
    """Return a caller: options, and the lines of the CSV with what was printed."""

    def call(*options):
        out = tmp_path / f"mots-{len(list(tmp_path.iterdir()))}.csv"
        capsys.readouterr()
        assert main(["words", str(study), "--out", str(out), "--lang", "fr", *options]) == 0
        told = capsys.readouterr().out.replace("\u00a0", " ").replace("\u202f", " ")
        with out.open(encoding="utf-8-sig", newline="") as file:
            return list(csv.reader(file, delimiter=";"))[1:], told

    return call


def test_words_of_known_people_are_counted_and_the_team_s_and_strangers_are_not(words):
    rows, told = words()

    assert {row[0]: row[1:3] for row in rows} == {
        "intervenant·e·s": ["2", "2"], "potager": ["2", "2"], "tracteur": ["2", "2"],
        "manquent": ["1", "1"],
    }  # fmt: skip
    assert "4 mots dans 3 tours et réponses." in told
    assert "Pour l’équipe seulement" in told
    assert "intervenant·e·s (intervenant·e·s 1, intervenantes et intervenants 1)" in told


def test_who_withdrew_is_not_counted(study, words):
    people = study / "participants.csv"
    lines = people.read_text(encoding="utf-8-sig").splitlines()
    place = lines[0].split(";").index("retrait")
    cells = [line.split(";") for line in lines]
    for line in cells:
        line[place] = "2024-06-01" if line[0] == "p-03" else line[place]
    people.write_text("\n".join(";".join(line) for line in cells), encoding="utf-8")

    rows, _ = words()

    assert {row[0]: row[1] for row in rows}["tracteur"] == "1"


def test_words_said_with_another_are_counted_with_what_chance_would_give(words):
    rows, told = words("--with", "intervenante")

    assert rows == [
        ["manquent", "1", "1", "2", "3", "0,67"],
        ["potager", "1", "2", "2", "3", "1,33"],
        ["tracteur", "1", "2", "2", "3", "1,33"],
    ]
    assert "3 mots dans les mêmes textes que « intervenante »" in told


def test_words_under_a_question_only(study, words):
    (study / "relectures" / "coupes.csv").write_text(
        "document;theme;vers\ngroupe-1;bilan;1\ngroupe-1;distance;5\n", encoding="utf-8"
    )
    rows, _ = words("--question", "distance")

    assert [row[0] for row in rows] == ["potager", "tracteur"]


def test_a_file_that_is_there_and_a_word_without_letters_are_refused(study, tmp_path, capsys):
    (tmp_path / "mine.csv").write_text("mine", encoding="utf-8")

    assert main(["words", str(study), "--out", str(tmp_path / "mine.csv"), "--lang", "fr"]) == 2
    assert main(["words", str(study), "--with", "…", "--lang", "fr"]) == 2
    told = capsys.readouterr().err
    assert ("Ce fichier existe déjà" in told, "Donnez un mot" in told) == (True, True)
    assert (tmp_path / "mine.csv").read_text(encoding="utf-8") == "mine"
