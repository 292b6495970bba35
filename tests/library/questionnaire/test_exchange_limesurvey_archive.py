"""Archives of LimeSurvey: structure and answers in, nobody's invitation."""

from __future__ import annotations

import zipfile

import pytest
from tests.conftest import REAL_DATA

from croisee.cli import main
from croisee.formats import FormatRefused
from croisee.formats.lsa import read_lsa
from croisee.run.converting import convert
from croisee.studyfolder import read_study


def table(name, *rows):
    cells = ["".join(f"<{key}>{value}</{key}>" for key, value in row.items()) for row in rows]
    return f"<{name}><rows>{''.join(f'<row>{row}</row>' for row in cells)}</rows></{name}>"


def question(qid, kind, code, order, parent="0"):
    return {"qid": qid, "sid": "7", "gid": "1", "type": kind, "title": code,
            "question_order": order, "parent_qid": parent, "mandatory": "N"}  # fmt: skip


STRUCTURE = (
    "<?xml version='1.0' encoding='UTF-8'?><document><LimeSurveyDocType>Survey</LimeSurveyDocType>"
    "<DBVersion>400</DBVersion><languages><language>fr</language></languages>"
    + table("surveys", {"sid": "7", "language": "fr"})
    + table("surveys_languagesettings", {"surveyls_language": "fr", "surveyls_title": "Éclair"})
    + table("groups", {"gid": "1", "sid": "7", "group_order": "1"})
    + table("group_l10ns", {"gid": "1", "group_name": "Vie", "language": "fr"})
    + table("questions", question("3", "L", "aide", "1"), question("4", "M", "outils", "2"),
            question("5", "N", "heures", "3"), question("31", "S", "mots", "4"))
    + table("subquestions", question("41", "M", "SQ001", "1", "4"),
            question("42", "M", "SQ002", "2", "4"))
    + table("question_l10ns", *(
        {"qid": qid, "question": text, "language": "fr"}
        for qid, text in (("3", "De l’aide ?"), ("4", "Avec quoi ?"), ("5", "Heures ?"),
                          ("31", "Un mot ?"), ("41", "Téléphone"), ("42", "Ordinateur"))))
    + table("answers", {"aid": "1", "qid": "3", "code": "A1", "sortorder": "1", "scale_id": "0"},
            {"aid": "2", "qid": "3", "code": "A2", "sortorder": "2", "scale_id": "0"})
    + table("answer_l10ns", {"aid": "1", "answer": "Oui", "language": "fr"},
            {"aid": "2", "answer": "Non", "language": "fr"})
    + "</document>"
)  # fmt: skip


def response(number, token, aide, first, second, heures, mots):
    return {"id": number, "token": token, "submitdate": "2026-11-02 10:00:00", "lastpage": "1",
            "startlanguage": "fr", "ipaddr": "203.0.113.9", "_7X1X3": aide, "_7X1X4SQ001": first,
            "_7X1X4SQ002": second, "_7X1X5": heures, "_7X1X31": mots}  # fmt: skip


ANSWERS = (
    "<?xml version='1.0' encoding='UTF-8'?><document>"
    "<LimeSurveyDocType>Responses</LimeSurveyDocType>"
    + table("responses", response("1", "jetonA", "A1", "Y", "", "2.5000000000", "Bonjour"),
            response("2", "jetonB", "A2", "", "Y", "", "Merci"),
            response("5", "jetonC", "A1", "Y", "Y", "3.0000000000", ""))
    + "</document>"
)  # fmt: skip
TOKENS = "<document>" + table("tokens", {"tid": "1", "firstname": "Aurélie", "token": "jetonA"})


def archive(folder, *, answers=ANSWERS, structure=STRUCTURE, more=()):
    path = folder / "survey_archive_7.lsa"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as written:
        written.writestr("survey_7.lss", structure)
        if answers is not None:
            written.writestr("survey_7_responses.lsr", answers)
        written.writestr("survey_7_tokens.lst", TOKENS)
        for name in more:
            written.writestr(name, STRUCTURE)
    return path


def test_an_archive_gives_its_answers_by_question_and_never_its_people(tmp_path):
    read = read_lsa(archive(tmp_path))
    assert read.header == (
        "id", "submitdate", "lastpage", "startlanguage", "aide", "outils[SQ001]", "outils[SQ002]",
        "heures", "mots",
    )  # fmt: skip
    assert [(row["id"], row["aide"], row["mots"]) for _, row in read.rows] == [
        ("1", "A1", "Bonjour"), ("2", "A2", "Merci"), ("5", "A1", ""),
    ]  # fmt: skip
    assert read.unopened == ("survey_7_tokens.lst",)


def test_an_archive_becomes_a_study_that_can_be_run(tmp_path, capsys):
    out = tmp_path / "etude"
    assert main(["convert", str(archive(tmp_path)), str(out)]) == 0
    told = capsys.readouterr().out.replace("\xa0", " ")
    assert told.startswith("4 questions, 3 réponses.")
    assert "ne sont jamais lus : survey_7_tokens.lst" in told
    study = read_study(out)
    assert not study.refused
    (wave,) = (one for name, one in study.tables.items() if name.startswith("answers"))
    assert wave["q_aide"].to_pylist() == ["a1", "a2", "a1"]
    assert wave["q_outils__sq001"].to_pylist() == [True, False, True]
    assert [None if one is None else float(one) for one in wave["q_heures"].to_pylist()] == [
        2.5, None, 3.0,
    ]  # fmt: skip
    whole = "".join(one.read_text("utf-8-sig") for one in out.rglob("*") if one.is_file())
    for nowhere in ("jeton", "Aurélie", "203.0"):
        assert nowhere not in whole
    assert main(["run", str(out), "--out", str(tmp_path / "resultats")]) == 0


def test_answers_cut_in_the_middle_are_kept_up_to_there_and_it_is_said(tmp_path, capsys):
    torn = ANSWERS[: ANSWERS.index("jetonC")]
    out = tmp_path / "etude"
    assert main(["convert", str(archive(tmp_path, answers=torn)), str(out)]) == 0
    told = capsys.readouterr().out.replace("\xa0", " ")
    assert told.startswith("4 questions, 2 réponses.")
    assert "Ligne 3 : survey_archive_7.lsa" in told
    assert "la suite est abîmée" in told


def test_an_archive_without_answers_gives_its_questionnaire(tmp_path):
    told = convert(archive(tmp_path, answers=None), tmp_path / "x.xlsx")
    assert (tmp_path / "x.xlsx").is_file()
    assert any("survey_7_tokens.lst" in one.to("en") for one in told)


@pytest.mark.parametrize("structure", ["<document>", "<!DOCTYPE a [<!ENTITY b 'c'>]><document/>"])
def test_a_structure_that_cannot_be_read_is_refused(tmp_path, structure):
    with pytest.raises(FormatRefused):
        read_lsa(archive(tmp_path, structure=structure))


def test_an_archive_of_two_surveys_or_that_leaves_its_folder_is_refused(tmp_path):
    with pytest.raises(FormatRefused, match="un seul questionnaire"):
        read_lsa(archive(tmp_path, more=("survey_8.lss",)))
    with pytest.raises(FormatRefused, match="sort de lui-même"):
        read_lsa(archive(tmp_path, more=("../x.txt",)))


@pytest.mark.skipif(not REAL_DATA.is_dir(), reason="the real data are not beside the project")
def test_a_real_structure_in_an_archive_is_the_same_questionnaire(tmp_path):
    source = REAL_DATA / "survey/limesurvey_dsfr_fr/limesurvey_questionnaire_test_rgaa.lss"
    with zipfile.ZipFile(tmp_path / "a.lsa", "w") as written:
        written.writestr("survey_1.lss", source.read_bytes())
    convert(source, tmp_path / "one.xlsx")
    convert(tmp_path / "a.lsa", tmp_path / "two.xlsx")
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()
