"""LimeSurvey: its structure, its answers, and what is lost of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.library.questionnaire.generated_forms import (
    AT,
    FR,
    prepared_of,
    workbook_of,
    workbooks,
)

from croisee.formats import FormatRefused
from croisee.formats.xlsform import worksheet_of
from croisee.questionnaire.compiling import compile_form
from croisee.questionnaire.exchanges.blank import empty_filling
from croisee.questionnaire.exchanges.limesurvey import read_limesurvey
from croisee.questionnaire.exchanges.limesurvey_answers import read_limesurvey_answers
from croisee.questionnaire.exchanges.limesurvey_out import write_limesurvey
from croisee.questionnaire.form import Kind
from croisee.questionnaire.submission import read_submission

EN = "label::English (en)"
HEADER = (
    "class\ttype/scale\tname\trelevance\ttext\thelp\tlanguage\tvalidation\tmandatory\tother"
    "\tmin_answers\tmax_answers\tnum_value_int_only\trandom_order\texclude_all_others"
    "\tequals_num_value"
)
LINES = [
    "S\t\tlanguage\t\tfr",
    "S\t\tadditional_languages\t\ten",
    "SL\t\tsurveyls_title\t\tOutils des organismes\t\tfr",
    "SL\t\tsurveyls_title\t\tTools\t\ten",
    "SL\t\tsurveyls_welcometext\t\t<p>Bonjour <b>à vous</b></p>\t\tfr",
    "G\t1\tVous\t\tQuelques questions\t\tfr",
    "Q\tL\tmode\t1\tComment travaillez-vous&nbsp;?\tUne seule réponse\tfr\t\tY\tY",
    "A\t0\tTT\t\tEn télétravail\t\tfr",
    "A\t0\tBU\t\tAu bureau\t\tfr",
    'Q\tM\toutils\tmode.NAOK == "TT"\tVos outils\t\tfr\t\tN\tY\t1\t2\t\t1\tV9',
    "SQ\t0\tC1\t\tCourriel\t\tfr",
    "SQ\t0\tV9\t\tVisioconférence\t\tfr",
    'Q\tN\theures\toutils_C1.NAOK == "Y" and !is_empty(mode)\tHeures\t\tfr\t\t\t\t\t\t1',
    "Q\tR\trang\t1\tVotre ordre\t\tfr\t\tY",
    "A\t0\ta\t\tArgent\t\tfr",
    "A\t0\tb\t\tTemps\t\tfr",
    "Q\tF\taccord\t1\tÊtes-vous d’accord ?\t\tfr",
    "SQ\t0\tp1\t1\tLe bruit nuit\t\tfr",
    "SQ\t0\tp2\t1\tLe temps manque\t\tfr",
    "A\t0\to\t\tOui\t\tfr",
    "A\t0\tn\t\tNon\t\tfr",
    "Q\tK\tpart\t1\tPartagez cent points\t\tfr\t\tN\t\t\t\t\t\t\t100",
    "SQ\t0\tx\t1\tLogiciels\t\tfr",
    "SQ\t0\ty\t1\tFormation\t\tfr",
    "Q\tT\tmot\tcount(that.outils) > 1\tDites-en plus, {mode.shown}\t\tfr",
    "G\t1\tYou\t\tA few questions\t\ten",
    "Q\tL\tmode\t1\tHow do you work?\tOnly one\ten\t\tY\tY",
    "A\t0\tTT\t\tAt home\t\ten",
]


def structure(folder: Path, lines=LINES) -> Path:
    path = folder / "limesurvey_survey_1.txt"
    path.write_text("\n".join([HEADER, *lines]) + "\n", encoding="utf-8-sig")
    return path


@pytest.fixture
def imported(tmp_path):
    return read_limesurvey(structure(tmp_path))


def test_a_structure_becomes_a_questionnaire_in_its_languages(imported):
    rows = {
        row.get("name", row["type"]): row for row in imported.workbook.sheet("survey").records()
    }
    assert [(name, row["type"]) for name, row in rows.items() if "end" not in name] == [
        ("accueil_texte", "note"),
        ("groupe_1", "begin_group"),
        ("groupe_1_texte", "note"),
        ("mode", "select_one mode"),
        ("mode_other", "text"),
        ("outils", "select_multiple outils"),
        ("outils_other", "text"),
        ("heures", "integer"),
        ("rang", "rank rang"),
        ("accord", "begin_group"),
        ("accord_p1", "select_one accord"),
        ("accord_p2", "select_one accord"),
        ("part", "begin_group"),
        ("part_x", "integer"),
        ("part_y", "integer"),
        ("mot", "text"),
    ]
    assert rows["accueil_texte"][FR] == "Bonjour à vous"
    assert (rows["mode"][FR], rows["mode"][EN]) == (
        "Comment travaillez-vous\u00a0?",
        "How do you work?",
    )
    assert (rows["mode"]["hint::Français (fr)"], rows["mode"]["required"]) == (
        "Une seule réponse",
        "yes",
    )
    assert rows["outils"]["relevant"] == "${mode} = 'TT'"
    assert rows["outils"]["constraint"] == (
        "count-selected(.) >= 1 and count-selected(.) <= 2 and "
        "(not(selected(., 'V9')) or count-selected(.) = 1)"
    )
    assert rows["heures"]["relevant"] == "selected(${outils}, 'C1') and not(${mode} = '')"
    assert (rows["part"]["appearance"], rows["part"]["croisee::total"]) == ("croisee-budget", "100")
    assert rows["part_y"]["constraint"] == "coalesce(${part_x}, 0) + . = 100"
    assert rows["mot"][FR] == "Dites-en plus, ${mode}"
    assert compile_form(imported.workbook).remarks == ()


def test_what_is_lost_is_listed_question_by_question(imported):
    assert [(one.question, one.what.to("fr")) for one in imported.losses] == [
        ("outils", "L’ordre au hasard n’est pas repris."),
        (
            "mot",
            "La condition « count(that.outils) > 1 » n’est pas reprise : tout le monde répond.",
        ),
    ]
    rows = {row.get("name", ""): row for row in imported.workbook.sheet("survey").records()}
    assert rows["mot"]["limesurvey::relevance"] == "count(that.outils) > 1"
    assert rows["outils"]["limesurvey::random_order"] == "1"


def test_answers_in_codes_and_in_full_texts_are_the_same(imported, tmp_path):
    prepared = prepared_of(imported.workbook)
    header = (
        '"id","submitdate","lastpage","startlanguage","mode","mode[other]","outils[C1]","outils[V9]",'
        '"outils[other]","heures","rang[1]","rang[2]","accord[p1]","accord[p2]","part[x]","part[y]","mot"'
    )
    codes, texts = tmp_path / "codes.csv", tmp_path / "textes.csv"
    codes.write_text(
        f"{header}\n"
        '"7","2026-11-20 10:00:00","2","fr","TT","","Y","","Tableau","35.0000000000","b","a",'
        '"o","n","40","60","=mot"\n',
        encoding="utf-8",
    )
    texts.write_text(
        f"{header}\n"
        '"7","2026-11-20 10:00:00","2","fr","En télétravail","","Oui","Non","Tableau","35","Temps",'
        '"Argent","Oui","Non","40","60","\'=mot"\n',
        encoding="utf-8",
    )
    first, second = (read_limesurvey_answers(path, prepared, at=AT) for path in (codes, texts))
    values = read_submission(first.entered[0].submission).values
    assert (first.troubles, second.troubles, first.ignored) == ((), (), ())
    assert {name: value for name, value in values.items() if "meta" not in name} == {
        "/data/groupe_1/mode": "TT",
        "/data/groupe_1/outils": "C1 -oth-",
        "/data/groupe_1/outils_other": "Tableau",
        "/data/groupe_1/heures": "35",
        "/data/groupe_1/rang": "b a",
        "/data/groupe_1/accord/accord_p1": "o",
        "/data/groupe_1/accord/accord_p2": "n",
        "/data/groupe_1/part/part_x": "40",
        "/data/groupe_1/part/part_y": "60",
        "/data/groupe_1/mot": "=mot",
    }
    assert second.entered[0].submission == first.entered[0].submission
    assert first.entered[0].facts == {
        "id": "7",
        "submitted": "2026-11-20 10:00:00",
        "language": "fr",
    }


def test_the_vv_export_is_read_by_its_second_line(imported, tmp_path):
    path = tmp_path / "vvexport_1.csv"
    path.write_text(
        "Numéro\tDate\tMode\tOutils\tMot\n"
        "id\tsubmitdate\tmode\toutils_C1\tmot\n"
        "3\t2026-11-20\tTT\tY\t{quote}Oui{newline}non{lbrace}\n"
        "4\t{question_not_shown}\tXX\t{question_not_shown}\t\n",
        encoding="utf-8",
    )
    brought = read_limesurvey_answers(path, prepared_of(imported.workbook), at=AT)
    values = read_submission(brought.entered[0].submission).values
    assert values["/data/groupe_1/mot"] == '"Oui\nnon{'
    wrong = [(one.row, one.column, one.misread) for one in brought.troubles if one.misread]
    assert wrong == [(4, "mode", True)]


@pytest.mark.parametrize(
    "content",
    [
        b"<?xml version='1.0'?><!DOCTYPE d [<!ENTITY a 'x'>]><document>&a;</document>",
        b"<?xml version='1.0'?><document><LimeSurveyDocType>Group</LimeSurveyDocType></document>",
        b"<document>",
        b"un\tdeux\n1\t2\n",
        b'class\ttype/scale\n"G\t',
        b"\x00\x01",
        b"",
    ],
)
def test_a_file_that_is_no_structure_is_refused(tmp_path, content):
    path = tmp_path / "x.lss"
    path.write_bytes(content)
    with pytest.raises(FormatRefused):
        read_limesurvey(path)


@pytest.mark.parametrize(
    "name",
    [
        "limesurvey_dsfr_fr/limesurvey_questionnaire_test_rgaa.lss",
        "limesurvey_imex/survey-one-question-two-languages.lss",
        "limesurvey_imex/blank-survey.lss",
    ],
)
def test_real_surveys_compile_and_say_what_they_lose(real_data, name):
    imported = read_limesurvey(real_data / "survey" / name)
    assert compile_form(imported.workbook).remarks == ()
    for one in imported.losses:
        assert one.what.to("fr").endswith(".")


def asked_of(book):
    """What a workbook asks: kind, label, choices in order; signs that codes lose aside."""
    form = prepared_of(book)
    empty = empty_filling(form)
    return [
        (
            node.name.replace("_", ""),
            node.kind,
            empty.say(node.label),
            [(code, empty.say(words)) for code, words in empty.every_choice(node.path)],
        )
        for node in form.form.walk()
        if node.kind not in {Kind.GROUP, Kind.CALCULATED}
    ]


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(book=workbooks(nested=False), data=st.data())
def test_a_structure_exported_asks_the_same_when_it_comes_back(tmp_path, book, data):
    rows = book.sheet("survey").records()
    for place, row in enumerate(rows[1:], 1):
        before = rows[data.draw(st.integers(0, place - 1))]
        if before["type"].startswith("select_one") and data.draw(st.booleans()):
            row["relevant"] = (
                f"${{{before['name']}}} = '{data.draw(st.sampled_from(['oui', '1']))}'"
            )
    book = book.with_sheet(worksheet_of("survey", rows))
    exported = write_limesurvey(book)
    path = tmp_path / "out.txt"
    path.write_bytes(exported.content)
    back = read_limesurvey(path)
    assert (exported.losses, exported.renamed) == ((), ())
    assert [one.what.to("fr") for one in back.losses] == [
        "Le nombre de rangs permis n’est pas repris : tout se classe."
        for row in rows
        if row["type"].startswith("rank")
    ]
    assert asked_of(back.workbook) == asked_of(book)
    kept = {row["name"]: row for row in back.workbook.sheet("survey").records() if row.get("name")}
    assert [kept[row["name"]].get("relevant") for row in rows] == [
        row.get("relevant") for row in rows
    ]


def test_what_limesurvey_cannot_say_is_listed(tmp_path):
    rows = [
        {"type": "integer", "name": "combien_etes_vous", FR: "Combien {êtes-vous} <ici> ?",
         "constraint": ". >= 1 and . <= 9"},
        {"type": "select_one avis", "name": "avis", FR: "Avis", "constraint": "string(.) != 'x'"},
        {"type": "calculate", "name": "double", "calculation": "${combien_etes_vous} * 2"},
        {"type": "begin_repeat", "name": "postes", FR: "Postes"},
        {"type": "text", "name": "titre", FR: "Titre de ${avis}"},
        {"type": "end_repeat"},
        {"type": "text", "name": "mot", FR: "Un mot, ${avis}",
         "relevant": "count-selected(${avis}) > 1"},
    ]  # fmt: skip
    exported = write_limesurvey(workbook_of(rows, {"avis": ["favorable", "non"]}))
    assert [(one.question, one.what.to("fr")) for one in exported.losses] == [
        ("avis", "La contrainte « string(.) != 'x' » n’y est pas."),
        ("double", "LimeSurvey n’a pas de question « calculate »."),
        ("postes", "LimeSurvey n’a pas de bloc répété : la question n’y est pas."),
        ("titre", "LimeSurvey n’a pas de bloc répété : la question n’y est pas."),
        (
            "mot",
            "La condition « count-selected(${avis}) > 1 » n’est pas reprise : tout le monde répond.",  # noqa: E501
        ),
    ]
    assert exported.renamed == (
        ("combien_etes_vous", "combienetesvous"),
        ("avis/favorable", "favor"),
    )
    path = tmp_path / "out.txt"
    path.write_bytes(exported.content)
    back = {
        row.get("name"): row for row in read_limesurvey(path).workbook.sheet("survey").records()
    }
    assert back["combienetesvous"][FR] == "Combien {êtes-vous} <ici> ?"
    assert back["combienetesvous"]["constraint"] == ". >= 1 and . <= 9"
    assert back["mot"][FR] == "Un mot, ${avis}"


def test_no_cell_of_a_structure_is_live_in_a_spreadsheet():
    rows = [{"type": "text", "name": "q", FR: "=1+1", "hint::Français (fr)": "@cmd"}]
    content = write_limesurvey(workbook_of(rows, {})).content.decode("utf-8-sig")
    assert "\t'=1+1\t'@cmd\t" in content
    assert "\t=1+1" not in content
