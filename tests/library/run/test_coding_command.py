"""``croisee coding``: how far those who code agree, for the team alone."""

import csv

import pytest

from croisee.cli import main


@pytest.fixture
def study(tmp_path):
    """The example study, whose only coder is alone."""
    folder = tmp_path / "etude"
    assert main(["new", str(folder), "--lang", "fr"]) == 0
    return folder


def code(folder, *lines):
    path = folder / "codages.csv"
    text = path.read_text(encoding="utf-8-sig").rstrip("\n")
    path.write_text("\n".join([text, *lines]) + "\n", encoding="utf-8")


def told(capsys, *words):
    """Return the exit code and what was printed, spaces made plain."""
    capsys.readouterr()
    done = main(["coding", *map(str, words)])
    said = capsys.readouterr()
    return done, (said.out + said.err).replace("\u00a0", " ").replace("\u202f", " ")


def rows(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def test_two_coders_read_where_they_differ(study, tmp_path, capsys):
    """Six turns; the second coder sees « presence » in turn 5 only, and the rest alike."""
    places = ("2;34;98;soutien-voisin", "4;;;soutien", "5;;;presence", "6;;;deplacement")
    code(study, *(f"groupe-1.txt;{place};codeuse-2" for place in places))

    done, said = told(capsys, study, "--lang", "fr", "--out", tmp_path / "codage")

    assert done == 0
    assert "1 document codé par deux personnes ou plus (2 en tout) : 6 tours." in said
    assert "Pour l’équipe seulement" in said
    assert "67 %  presence (2 tours marqués)" in said
    lines = {(row["unite"], row["code"]): row for row in rows(tmp_path / "codage" / "accord.csv")}
    presence = lines["tour", "presence"]
    assert (presence["unites_marquees"], presence["meme_jugement"]) == ("2", "0,8333")
    assert (presence["marque_commun"], presence["kappa"]) == ("0,6667", "0,5714")
    assert (presence["alpha"], presence["alpha_bas"]) == ("0,5926", "")
    assert lines["caractere", "soutien-voisin"]["alpha_u"] == "1,0000"
    assert lines["tour", "(tous)"]["unites_marquees"] == "5"


def test_english_sentences(study, capsys):
    code(study, "groupe-1.txt;5;;;presence;codeuse-2")

    _, said = told(capsys, study, "--lang", "en")

    assert "1 document coded by two people or more (2 in all): 6 turns." in said
    assert "character by character" in said


def test_alone_nobody_disagrees(study, capsys):
    done, said = told(capsys, study, "--lang", "fr")

    assert done == 0
    assert "Aucun document n’a été codé par deux personnes" in said


def test_what_codes_say_together_is_written(study, tmp_path, capsys):
    """The example study: one group, seven people of whom six speak, five codings."""
    code(study, "groupe-1.txt;2;40;60;presence;codeuse-1")

    done, said = told(capsys, study, "--lang", "fr", "--out", tmp_path / "codage")

    assert done == 0
    assert "1 (0)  presence, soutien-voisin : 1 personne" in said
    assert "4 codes dans 1 document; le dernier en a apporté 4." in said
    pairs = {
        (r["proximite"], r["code"], r["autre"]): r
        for r in rows(tmp_path / "codage" / "codes-ensemble.csv")
    }
    overlap = pairs["chevauchement", "presence", "soutien-voisin"]
    assert (overlap["ensemble"], overlap["du_code"], overlap["de_l_autre"]) == ("20", "159", "64")
    window = pairs["fenetre", "presence", "soutien"]
    assert (window["ensemble"], window["l_un_ou_l_autre"], window["attendu"]) == ("3", "4", "")
    (floor,) = [r for r in rows(tmp_path / "codage" / "parole.csv") if r["personne"] == "p-01"]
    assert (floor["tours"], floor["mots"]) == ("1", "19")
    grid = rows(tmp_path / "codage" / "grille.csv")
    assert grid[0]["presence"] == "[groupe-1/2] ça bloque, c’est mon"
    assert rows(tmp_path / "codage" / "saturation.csv")[0]["nouveaux"] == "4"
    sides = rows(tmp_path / "codage" / "camps.csv")
    assert {(r["theme"], r["cas"], r["entre_personnes"]) for r in sides} == {
        ("distance", "potagers", "sans majorité")
    }


def test_nothing_coded_is_said(study, capsys):
    (study / "codages.csv").unlink()

    done, said = told(capsys, study, "--lang", "fr")

    assert done == 2
    assert "Aucun codage d’un tour" in said


def test_who_withdrew_is_not_read(study, capsys, tmp_path):
    code(study, *(f"groupe-1.txt;{n};;;presence;codeuse-2" for n in (5, 7)))
    people = study / "participants.csv"
    lines = [line.split(";") for line in people.read_text(encoding="utf-8-sig").splitlines()]
    place = lines[0].index("retrait")
    for line in lines:
        line[place] = "2024-06-01" if line[0] == "p-04" else line[place]
    people.write_text("\n".join(";".join(line) for line in lines), encoding="utf-8")

    _, said = told(capsys, study, "--lang", "fr", "--out", tmp_path / "codage")

    assert "5 tours." in said
    presence = next(r for r in rows(tmp_path / "codage" / "accord.csv") if r["code"] == "presence")
    assert presence["unites_marquees"] == "1"


def test_folder_that_holds_something_is_not_written_in(study, tmp_path, capsys):
    kept = tmp_path / "codage"
    kept.mkdir()
    (kept / "note.txt").write_text("à garder", encoding="utf-8")

    done, said = told(capsys, study, "--lang", "fr", "--out", kept)

    assert done == 2
    assert "Choisissez un dossier nouveau, ou vide" in said
    assert [path.name for path in kept.iterdir()] == ["note.txt"]
