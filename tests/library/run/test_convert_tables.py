"""``croisee convert`` with tables that have labels: written, told, refused."""

from __future__ import annotations

import pyreadstat
import pytest

from croisee.cli import main
from croisee.formats.labelled import Content, Labelled, Measure, Multiple, Value, Variable
from croisee.formats.sav import read_sav
from croisee.formats.sav_writing import write_sav
from croisee.formats.stata import read_dta
from croisee.formats.stata_writing import write_dta

YES = (Value("0", "Non"), Value("1", "Oui"))
TABLE = Labelled(
    "Sondage-éclair",
    (
        Variable("aide", "Aide reçue", Content.NUMBER,
                 (Value("1", "Oui"), Value("9", "Ne sait pas", missing=True)),
                 Measure.ORDINAL, (("9", "9"),)),
        Variable("zoom", "Zoom", Content.NUMBER, YES),
        Variable("teams", "Teams", Content.NUMBER, YES),
        Variable("mots", "En vos mots", Content.TEXT),
        Variable("jour", "Le jour", Content.DATE, measure=Measure.SCALE),
    ),
    (Multiple("outils", "Vos outils", ("zoom", "teams")),),
    (("1", "1", "0", "=oui; mais", "2020-03-13"), ("9", "", "", "", ""), ("", "0", "1", "é", "")),
    ("Recueilli au printemps.",),
)  # fmt: skip


@pytest.fixture
def sav(tmp_path):
    write_sav(tmp_path / "sondage.sav", TABLE)
    return tmp_path / "sondage.sav"


def said(capsys, *words, language="fr"):
    code = main(["convert", *map(str, words), "--lang", language])
    told = capsys.readouterr()
    return code, told.out.replace("\xa0", " "), told.err


@pytest.mark.parametrize("ending", ["csv", "xlsx", "sav"])
def test_a_table_goes_out_and_comes_back_whole(ending, sav, tmp_path, capsys):
    code, out, _ = said(capsys, sav, tmp_path / f"sortie.{ending}")
    assert (code, out.splitlines()[0]) == (0, "3 lignes, 5 variables.")
    assert "Pour l’équipe seulement" in out
    assert said(capsys, tmp_path / f"sortie.{ending}", tmp_path / "retour.sav")[0] == 0
    assert read_sav(tmp_path / "retour.sav") == TABLE


def test_what_stata_does_not_hold_is_said_in_both_languages(sav, tmp_path, capsys):
    code, out, _ = said(capsys, sav, tmp_path / "x.dta")
    assert code == 0
    assert "Stata n’a pas d’ensemble de réponses multiples : outils." in out
    assert "aide (9 = .a)" in out
    assert "Le niveau de mesure (aide)" in out
    _, english, _ = said(capsys, sav, tmp_path / "y.dta", language="en")
    assert "Stata has no multiple response sets: outils." in english
    cells, about = pyreadstat.read_dta(
        str(tmp_path / "x.dta"), user_missing=True, output_format="dict"
    )
    assert list(cells["aide"]) == [1, "a", None]
    assert about.variable_value_labels["aide"] == {1: "Oui", "a": "Ne sait pas"}
    assert about.column_names_to_labels["mots"] == "En vos mots"


def test_a_number_of_seventeen_digits_is_not_whole_in_a_workbook_and_it_is_said(tmp_path, capsys):
    one = Variable("poids", "Poids", Content.NUMBER, measure=Measure.SCALE)
    write_dta(tmp_path / "x.dta", Labelled("", (one,), (), (("1.0000100135803223",),)))
    assert "Des réponses (poids)" in said(capsys, tmp_path / "x.dta", tmp_path / "x.xlsx")[1]
    assert "Des réponses" not in said(capsys, tmp_path / "x.dta", tmp_path / "x.csv")[1]
    said(capsys, tmp_path / "x.csv", tmp_path / "y.dta")
    assert read_dta(tmp_path / "y.dta") == read_dta(tmp_path / "x.dta")


def test_a_description_has_no_answer(sav, tmp_path, capsys):
    code, out, _ = said(capsys, sav, tmp_path / "x.xml")
    assert code == 0
    assert "aucune réponse" in out
    written = (tmp_path / "x.xml").read_text()
    assert "Aide reçue" in written
    assert "=oui" not in written


def test_nothing_is_replaced_nor_half_written(sav, tmp_path, capsys):
    (tmp_path / "x-variables.csv").write_text("à garder")
    code, out, err = said(capsys, sav, tmp_path / "x.csv")
    assert code != 0
    assert "existe déjà" in out + err
    sav.write_bytes(sav.read_bytes()[:900])
    code, out, err = said(capsys, sav, tmp_path / "z.dta")
    assert code != 0
    assert "n’est pas un fichier SPSS lisible" in out + err
    assert sorted(one.name for one in tmp_path.iterdir()) == ["sondage.sav", "x-variables.csv"]
