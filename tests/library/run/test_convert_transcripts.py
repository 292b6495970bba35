"""A folder of transcripts becomes a study folder: it runs at once, and nothing is guessed."""

import csv

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
