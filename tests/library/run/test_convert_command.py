"""``croisee convert``: one transcript, another format, what is lost said."""

import pytest

from croisee.cli import main

TALK = "Aline : Bonjour.\n\nBasile : Oui.\nEnfin.\n\nBasile : Voilà.\n"


@pytest.fixture
def talk(tmp_path):
    path = tmp_path / "sans-nom"
    path.write_text(TALK, encoding="utf-8")
    return path


def test_convert_writes_the_format_of_the_name_and_tells_the_turns(talk, tmp_path, capsys):
    code = main(["convert", str(talk), str(tmp_path / "a.docx"), "--lang", "fr"])
    again = main(["convert", str(tmp_path / "a.docx"), str(tmp_path / "b.txt"), "--lang", "fr"])

    assert (code, again) == (0, 0)
    assert (tmp_path / "b.txt").read_text(encoding="utf-8") == TALK
    assert capsys.readouterr().out == "3 tours de parole écrits.\n" * 2


def test_convert_merges_when_asked(talk, tmp_path, capsys):
    code = main(["convert", str(talk), str(tmp_path / "b.txt"), "--merge", "--lang", "fr"])

    assert code == 0
    assert "2 tours" in capsys.readouterr().out
    assert (tmp_path / "b.txt").read_text(encoding="utf-8") == (
        "Aline : Bonjour.\n\nBasile : Oui.\nEnfin.\nVoilà.\n"
    )


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["a.vtt"], "Aucun tour de parole n’a de temps"),
        (["a.zip"], "Dites le format"),
        (["sans-nom", "--to", "txt"], "Ce fichier existe déjà"),
    ],
)
def test_convert_refuses_in_a_sentence_and_writes_nothing(talk, tmp_path, capsys, words, told):
    code = main(["convert", str(talk), str(tmp_path / words[0]), *words[1:], "--lang", "fr"])

    assert code == 2
    assert capsys.readouterr().err.startswith(told)
    assert [path.name for path in tmp_path.iterdir()] == ["sans-nom"]
    assert talk.read_text(encoding="utf-8") == TALK


def test_convert_gives_iramuteq_and_refi_by_their_names(talk, tmp_path, capsys):
    codes = [
        main(["convert", str(talk), str(tmp_path / f"{name}.txt"), "--to", name, "--lang", "en"])
        for name in ("iramuteq", "refi")
    ]

    assert codes == [0, 0]
    assert (
        (tmp_path / "iramuteq.txt").read_text(encoding="utf-8").startswith("**** *locuteur_Aline")
    )
    assert sorted(path.name for path in tmp_path.glob("refi.*")) == ["refi.txt", "refi.xml"]
    assert "REFI-QDA" in capsys.readouterr().out
