"""``croisee convert`` with questionnaires: XLSForm, LimeSurvey, and what one cannot say."""

from __future__ import annotations

import pytest
from pyxform.xls2xform import convert as compiled_by_pyxform
from tests.conftest import REAL_DATA

from croisee.cli import main
from croisee.formats.xlsform import Workbook, read_workbook, worksheet_of, write_workbook

SURVEYS = REAL_DATA / "survey"
real = pytest.mark.skipif(not SURVEYS.is_dir(), reason="the real data are not beside the project")
FR = "label::Français (fr)"
BOOK = Workbook(
    (
        worksheet_of("survey", [
            {"type": "select_one oui", "name": "aide_recue", FR: "Avez-vous eu de l’aide ?",
             "relevant": ""},
            {"type": "text", "name": "mots", FR: "Laquelle ?", "relevant": "${aide_recue} = 'o'"},
            {"type": "begin_repeat", "name": "enfants", FR: "Enfants", "relevant": ""},
            {"type": "integer", "name": "age", FR: "Âge", "relevant": ""},
            {"type": "end_repeat", "name": "", FR: "", "relevant": ""},
        ]),
        worksheet_of("choices", [
            {"list_name": "oui", "name": "o", FR: "Oui"},
            {"list_name": "oui", "name": "n", FR: "Non"},
        ]),
        worksheet_of("settings", [{"form_title": "Éclair", "form_id": "eclair",
                                   "default_language": "Français (fr)"}]),
    )
)  # fmt: skip


@pytest.fixture
def form(tmp_path):
    (tmp_path / "eclair.xlsx").write_bytes(write_workbook(BOOK))
    return tmp_path / "eclair.xlsx"


def said(capsys, *words, language="fr"):
    code = main(["convert", *map(str, words), "--lang", language])
    told = capsys.readouterr()
    return code, told.out.replace("\xa0", " "), told.err


def records(path):
    sheets = {one.name: one for one in read_workbook(path).sheets}
    columns = sheets["survey"].columns
    return [dict(zip(columns, row, strict=False)) for row in sheets["survey"].rows]


def test_a_form_goes_to_limesurvey_and_comes_back_with_its_condition(form, tmp_path, capsys):
    code, out, _ = said(capsys, form, tmp_path / "x.txt")
    assert code == 0
    assert "5 lignes de questionnaire." in out
    assert "LimeSurvey n’a pas de bloc répété" in out
    assert "Le code aide_recue devient aiderecue." in out
    assert said(capsys, tmp_path / "x.txt", tmp_path / "retour.xlsx")[0] == 0
    asked = {row["name"]: row for row in records(tmp_path / "retour.xlsx")}
    assert asked["aiderecue"][FR] == "Avez-vous eu de l’aide ?"
    assert asked["mots"]["relevant"] == "${aiderecue} = 'o'"
    assert "age" not in asked
    assert "<h:title>Éclair</h:title>" in compiled_by_pyxform(tmp_path / "retour.xlsx").xform


def test_what_is_lost_is_said_in_english_too(form, tmp_path, capsys):
    out = said(capsys, form, tmp_path / "x.tsv", language="en")[1]
    assert "The code aide_recue becomes aiderecue." in out


def test_a_kind_of_question_that_odk_does_not_know_is_said_with_its_row(tmp_path, capsys):
    rows = [{"type": "text", "name": "a", FR: "A"}, {"type": "hologramme", "name": "b", FR: "B"}]
    book = Workbook((worksheet_of("survey", rows), *BOOK.sheets[1:]))
    (tmp_path / "x.xlsx").write_bytes(write_workbook(book))
    code, out, _ = said(capsys, tmp_path / "x.xlsx", tmp_path / "y.xlsx")
    assert code == 0
    assert "Ligne 3 : Feuille survey" in out
    assert [row["name"] for row in records(tmp_path / "y.xlsx")] == ["a", "b"]


def test_a_workbook_of_answers_is_no_questionnaire(tmp_path, capsys):
    (tmp_path / "x.csv").write_text("age;ville\n12;Rimouski\n", "utf-8")
    assert said(capsys, tmp_path / "x.csv", tmp_path / "x.xlsx")[1].startswith("1 ligne, 2 var")


@real
@pytest.mark.parametrize("name", ["blank-survey", "survey-one-question-two-languages"])
def test_a_real_limesurvey_file_makes_a_form(name, tmp_path, capsys):
    source = SURVEYS / "limesurvey_imex" / f"{name}.lss"
    code, out, _ = said(capsys, source, tmp_path / "x.xlsx")
    assert code == 0
    assert "lignes de questionnaire" in out
    assert records(tmp_path / "x.xlsx")


@real
def test_a_real_survey_of_many_questions_keeps_them_and_pyxform_compiles_it(tmp_path, capsys):
    source = SURVEYS / "limesurvey_dsfr_fr" / "limesurvey_questionnaire_test_rgaa.lss"
    code, out, _ = said(capsys, source, tmp_path / "x.xlsx")
    assert (code, out.splitlines()[0]) == (0, "258 lignes de questionnaire.")
    assert "<h:title>" in compiled_by_pyxform(tmp_path / "x.xlsx").xform
