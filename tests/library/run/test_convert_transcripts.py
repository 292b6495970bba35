"""A folder of transcripts becomes a study folder: it runs at once, and nothing is guessed."""

import csv
import os

import pytest

from croisee.cli import main
from croisee.studyfolder import read_study

VTT = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Aline>Les intervenant·e·s arrivent.</v>\n"
TEXT = "Chercheuse : Et vous ?\r\nBasile : Oui.\r\nCarole : Non.\r\n"


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "reçus"
    (folder / "plus loin").mkdir(parents=True)
    (folder / "Entretien Aline Tremblay.vtt").write_text(VTT, encoding="utf-8")
    (folder / "groupe.PAS-UNE-FIN").write_bytes(TEXT.encode("utf-16"))
    (folder / "photo.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(50))
    (folder / "vide.txt").write_text(" \n", encoding="utf-8")
    (folder / ".cache").write_text("Aline : caché", encoding="utf-8")
    return folder


def _convert(folder, result, *more):
    return main(["convert", str(folder), str(result), "--lang", "fr", *more])


def test_what_is_read_is_filed_under_neutral_names_and_the_rest_is_said(folder, tmp_path, capsys):
    assert _convert(folder, tmp_path / "etude") == 0

    told = capsys.readouterr().out.replace("\N{NO-BREAK SPACE}", " ")
    study = tmp_path / "etude"
    with (study / "documents.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    assert [row["fichier"] for row in rows] == ["verbatim-01.vtt", "verbatim-02.txt"]
    assert (study / "documents" / "verbatim-01.vtt").read_text(encoding="utf-8") == VTT
    assert "2 verbatims rangés." in told
    assert "verbatim-01.vtt : Entretien Aline Tremblay.vtt" in told
    assert ["photo.txt n’est pas repris" in told, "vide.txt n’est pas repris" in told] == [True] * 2
    assert "3 voix ne sont reliées à personne" in told
    everything = " ".join(str(one) for one in study.rglob("*")) + " ".join(
        one.read_text(encoding="utf-8") for one in study.glob("*.*")
    )
    assert ["Tremblay" in everything, "caché" in everything] == [False, False]


def test_it_is_checked_run_and_searched_without_a_question(folder, tmp_path, capsys):
    study = tmp_path / "etude"
    assert _convert(folder, study) == 0
    assert not read_study(study).refused

    codes = [
        main(["run", str(study), "--out", str(tmp_path / "resultats"), "--lang", "fr"]),
        main(["search", str(study), "intervenante", "--lang", "fr"]),
    ]

    assert codes == [0, 0]
    assert "[intervenant·e·s]" in capsys.readouterr().out


@pytest.mark.parametrize("keep", [[], ["photo.txt", "vide.txt"]])
def test_a_folder_without_a_transcript_writes_nothing(folder, tmp_path, capsys, keep):
    for file in [one for one in folder.iterdir() if one.is_file() and one.name not in keep]:
        file.unlink()

    assert _convert(folder, tmp_path / "etude") == 2

    assert not (tmp_path / "etude").exists()
    assert capsys.readouterr().err.strip()


def test_what_is_there_stays(folder, tmp_path, capsys):
    (tmp_path / "etude").mkdir()
    (tmp_path / "etude" / "a").write_text("à moi", encoding="utf-8")

    assert _convert(folder, tmp_path / "etude") == 2

    assert (tmp_path / "etude" / "a").read_text(encoding="utf-8") == "à moi"
    assert [one.name for one in (tmp_path / "etude").iterdir()] == ["a"]
    assert "existe déjà" in capsys.readouterr().err


def test_sub_folders_are_read_and_each_file_is_told_by_its_path(folder, tmp_path, capsys):
    (folder / "plus loin" / "encore").mkdir()
    (folder / "plus loin" / ".caché").mkdir()
    (folder / "plus loin" / ".caché" / "a.txt").write_text("Aline : caché", encoding="utf-8")
    for inside, said in (("plus loin", "Denis : Ici."), ("plus loin/encore", "Élise : Là.")):
        (folder / inside / "entrevue.txt").write_text(said, encoding="utf-8")
    (folder / "plus loin" / "casse.docx").write_bytes(b"PK\x03\x04" + bytes(90))
    (folder / "plus loin" / "lien.txt").symlink_to(folder / "groupe.PAS-UNE-FIN")

    assert _convert(folder, tmp_path / "etude") == 0

    told = capsys.readouterr().out.replace("\N{NO-BREAK SPACE}", " ")
    assert "4 verbatims rangés." in told
    assert "verbatim-03.txt : plus loin/entrevue.txt" in told
    assert "verbatim-04.txt : plus loin/encore/entrevue.txt" in told
    assert "plus loin/casse.docx n’est pas repris" in told
    assert ["lien.txt" in told, "caché" in told] == [False, False]
    assert not read_study(tmp_path / "etude").refused


def test_a_file_name_that_is_no_text_or_a_terminal_s_command_is_shown_harmless(tmp_path, capsys):
    source = tmp_path / "reçus"
    source.mkdir()
    os.close(os.open(os.fsencode(source) + b"/caf\xe9.txt", os.O_CREAT | os.O_WRONLY))
    (source / "a\x1b[31mrouge.txt").write_text("Denis : Ici.", encoding="utf-8")
    (source / "b.txt").write_text("Une note que personne ne dit.", encoding="utf-8")

    assert _convert(source, tmp_path / "etude") == 0

    told = capsys.readouterr().out
    assert ["\x1b" in told, "a[31mrouge.txt" in told, "caf\ufffd.txt" in told] == [
        False,
        True,
        True,
    ]


def test_texts_where_nobody_is_named_have_no_voice_to_link(tmp_path, capsys):
    source = tmp_path / "reçus"
    source.mkdir()
    (source / "b.txt").write_text("Une note que personne ne dit.", encoding="utf-8")

    assert _convert(source, tmp_path / "etude") == 0

    assert "Aucune voix n’est nommée" in capsys.readouterr().out


def test_a_folder_of_too_many_files_is_refused_and_nothing_is_written(tmp_path, capsys):
    source = tmp_path / "reçus"
    source.mkdir()
    for place in range(2001):
        (source / f"{place}.txt").touch()

    assert _convert(source, tmp_path / "etude") == 2

    assert "2000 fichiers" in capsys.readouterr().err
    assert not (tmp_path / "etude").exists()
