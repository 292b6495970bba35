"""``croisee votes``: ordered choices by every method, from a study folder or a PrefLib file."""

import csv

import pytest

from croisee.cli import main
from croisee.formats import read_preflib


@pytest.fixture
def study(tmp_path):
    """The example study: six people put three things in order, « soutien » first for four."""
    folder = tmp_path / "etude"
    assert main(["new", str(folder), "--lang", "fr"]) == 0
    return folder


def add(path, *lines):
    text = path.read_text(encoding="utf-8-sig").rstrip("\n")
    path.write_text("\n".join([text, *lines]) + "\n", encoding="utf-8")


def told(capsys, *words):
    """Return the exit code and what was printed, spaces made plain."""
    capsys.readouterr()
    done = main(["votes", *map(str, words)])
    said = capsys.readouterr()
    return done, (said.out + said.err).replace("\u00a0", " ").replace("\u202f", " ")


def rows(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def test_every_method_of_the_example_study(study, tmp_path, capsys):
    done, said = told(capsys, study, "--choose", 1, "--out", tmp_path / "v.csv", "--lang", "fr")

    assert done == 0
    assert "Pour l’équipe seulement" in said
    assert "besoins.2024.potagers : 6 personnes, 6 bulletins" in said
    assert "  Borda : soutien > portables > internet" in said
    assert "  Kemeny : soutien > portables > internet" in said
    assert "  tours successifs : soutien > portables = internet" in said
    assert "  parts égales : soutien\n" in said
    assert "ont le même premier" in said
    assert "formation.2024.potagers, budget proportionnel : animer 11000, choisir 9000" in said
    written = {(r["methode"], r["objet"]): r for r in rows(tmp_path / "v.csv")}
    assert (written["borda", "portables"]["place"], written["borda", "portables"]["valeur"]) == (
        "2",
        "5",
    )
    assert written["condorcet", "soutien"]["gagne"] == "oui"


def test_english_names_of_methods(study, capsys):
    _, said = told(capsys, study, "--lang", "en")

    assert "equal shares: " in said
    assert "instant run-off: soutien > portables = internet" in said


def test_group_that_decides_and_particularities_are_said(study, capsys):
    """A second group of three puts internet first; ties, a gap and missing options are counted."""
    add(study / "seances.csv", "groupe-9;groupe;potagers;2024;2024-06-02;60")
    people = study / "participants.csv"
    header = people.read_text(encoding="utf-8-sig").splitlines()[0].split(";")
    for number in range(7, 12):
        line = dict.fromkeys(header, "")
        line |= {"code": f"p-2{number}", "cas": "potagers", "seances": "groupe-9"}
        line |= {name: "oui" for name in header if name.startswith("consent")}
        add(people, ";".join(line[name] for name in header))
    for number in range(7, 12):
        add(study / "rangs.csv", f"groupe-9;besoins;p-2{number};internet;1")
    add(study / "rangs.csv", "groupe-9;besoins;p-27;soutien;1", "groupe-9;besoins;p-28;soutien;3")

    done, said = told(capsys, study, "--lang", "fr")

    assert done == 0, said
    assert "11 personnes, 11 bulletins (avec égalités 1, incomplets 5, rangs sautés 1)" in said
    assert "un autre résultat sans groupe-9" in said


def test_two_rounds_are_compared_person_by_person(study, capsys):
    """After talking, p-03 and p-05 put « soutien » first as the others."""
    add(study / "guide.csv", "apres;5;rang;Et maintenant ?;And now?;"
        "soutien = Soutien | portables = Portables | internet = Internet;;;;")  # fmt: skip
    for person in range(1, 7):
        for rank, option in enumerate(("soutien", "portables", "internet"), 1):
            add(study / "rangs.csv", f"groupe-1;apres;p-0{person};{option};{rank}")

    done, said = told(capsys, study, "--before", "besoins", "--after", "apres", "--lang", "fr")

    assert done == 0
    assert "potagers : 3 sur 6 personnes ont changé d’ordre, 2 de premier choix" in said
    assert "puis 0,00" in said


def test_ballots_leave_for_preflib_and_come_back(study, tmp_path, capsys):
    told(capsys, study, "--preflib", tmp_path / "bulletins")

    (path,) = (tmp_path / "bulletins").iterdir()
    election = read_preflib(path)
    assert (path.suffix, election.voters, election.notices) == (".soc", 6, ())
    assert election.alternatives == ("soutien", "portables", "internet")
    assert "p-0" not in path.read_text(encoding="utf-8")

    done, said = told(capsys, path, "--lang", "fr")

    assert done == 0
    assert "  Schulze : soutien > portables > internet" in said


def test_lines_that_cannot_be_read_are_said(tmp_path, capsys):
    path = tmp_path / "x.soi"
    path.write_text(
        "# ALTERNATIVE NAME 1: Vélo\n# ALTERNATIVE NAME 2: Bus\n3: 1,2\n2: 1,1\n", encoding="utf-8"
    )

    done, said = told(capsys, path, "--lang", "fr")

    assert done == 0
    assert "Ligne 4 : L’option 1 est là deux fois" in said
    assert "x.soi : 3 personnes" in said


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--before", "besoins"], "Donnez les deux thèmes"),
        (["--before", "besoins", "--after", "rien"], "Il y a : besoins."),
        (["--choose", "0"], "--choose est un nombre"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_written(study, tmp_path, capsys, words, said):
    done, told_ = told(capsys, study, *words, "--out", tmp_path / "v.csv", "--lang", "fr")

    assert (done, said in told_) == (2, True)
    assert "Borda" not in told_
    assert not (tmp_path / "v.csv").exists()


def test_file_that_is_there_is_not_replaced(study, tmp_path, capsys):
    (tmp_path / "v.csv").write_text("à garder", encoding="utf-8")

    done, said = told(capsys, study, "--out", tmp_path / "v.csv", "--lang", "fr")

    assert (done, "Choisissez un nom nouveau" in said) == (2, True)
    assert (tmp_path / "v.csv").read_text(encoding="utf-8") == "à garder"


def test_what_is_no_election_is_refused(study, tmp_path, capsys):
    done, said = told(capsys, study / "guide.csv", "--lang", "fr")

    assert (done, "bulletin" in said) == (2, True)
    (study / "rangs.csv").unlink()
    done, said = told(capsys, study, "--lang", "fr")
    assert (done, "remplissez rangs" in said) == (2, True)


def test_who_withdrew_has_no_ballot(study, capsys):
    people = study / "participants.csv"
    lines = [line.split(";") for line in people.read_text(encoding="utf-8-sig").splitlines()]
    place = lines[0].index("retrait")
    for line in lines:
        line[place] = "2024-06-01" if line[0] == "p-04" else line[place]
    people.write_text("\n".join(";".join(line) for line in lines), encoding="utf-8")

    _, said = told(capsys, study, "--lang", "fr")

    assert "besoins.2024.potagers : 5 personnes, 5 bulletins" in said
