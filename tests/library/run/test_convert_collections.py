"""``croisee convert`` between a collection made elsewhere and a study folder."""

from __future__ import annotations

import csv
import zipfile
from contextlib import suppress
from decimal import Decimal
from pathlib import Path
from tempfile import NamedTemporaryFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyxform.xls2xform import convert as compiled_by_pyxform
from tests.conftest import REAL_DATA
from tests.library.questionnaire.test_exchange_limesurvey_archive import STRUCTURE

from croisee.cli import main
from croisee.formats import Table, write_sheets
from croisee.formats.xlsform import Workbook, read_workbook, worksheet_of, write_workbook
from croisee.language import Label
from croisee.questionnaire.describing import instrument_of, lines_of, workbook_of
from croisee.run.converting import ConversionRefused, convert
from croisee.study import Instrument, Option, Question, QuestionKind, Subject
from croisee.studyfolder import read_study

SURVEYS = REAL_DATA / "survey"
real = pytest.mark.skipif(not SURVEYS.is_dir(), reason="the real data are not beside the project")
REFERENCE = Path("examples/etude-de-reference")
FR = "label::Français (fr)"
BOOK = Workbook(
    (
        worksheet_of("survey", [
            {"type": "start", "name": "debut", FR: ""},
            {"type": "text", "name": "prenom", FR: "Votre prénom ?"},
            {"type": "geopoint", "name": "ou", FR: "Où êtes-vous ?"},
            {"type": "begin_group", "name": "vie", FR: "Vie"},
            {"type": "select_one on", "name": "aide", FR: "De l’aide ?"},
            {"type": "select_multiple outils", "name": "outils", FR: "Avec quoi ?",
             "constraint": "count-selected(.) <= 2"},
            {"type": "decimal", "name": "heures", FR: "Heures ?", "relevant": "${aide} = 'o'"},
            {"type": "end_group", "name": "", FR: ""},
            {"type": "begin_repeat", "name": "enfants", FR: "Enfants"},
            {"type": "integer", "name": "age", FR: "Âge ?"},
            {"type": "end_repeat", "name": "", FR: ""},
        ]),
        worksheet_of("choices", [
            {"list_name": "on", "name": "o", FR: "Oui"},
            {"list_name": "on", "name": "n", FR: "Non"},
            {"list_name": "outils", "name": "tel", FR: "Téléphone"},
            {"list_name": "outils", "name": "ordi", FR: "Ordinateur"},
        ]),
        worksheet_of("settings", [{"form_title": "Éclair", "form_id": "eclair",
                                   "default_language": "Français (fr)"}]),
    )
)  # fmt: skip
CENTRAL = (
    "SubmissionDate,debut,prenom,ou-Latitude,ou-Longitude,vie-aide,vie-outils,vie-heures,KEY\n"
    "2026-11-02T10:00:00Z,2026-11-02T09:58:00Z,Aurélie,48.4,-68.5,o,tel ordi,2.5,uuid:a1\n"
    "2026-11-03T10:00:00Z,2026-11-03T09:58:00Z,Bastien,48.5,-68.6,n,tel,,uuid:b2\n"
    "2026-11-04T10:00:00Z,2026-11-04T09:58:00Z,Chloé,48.6,-68.7,o,,3,uuid:c3\n"
)
CENTRAL_CHILDREN = (
    "age,PARENT_KEY,KEY\n4,uuid:a1,uuid:a1/enfants[1]\n9,uuid:a1,uuid:a1/enfants[2]\n"
)
KOBO = (
    "_id;_uuid;_submission_time;vie/aide;vie/outils;vie/outils/tel;vie/outils/ordi;vie/heures;ou\n"
    "11;u1;2026-11-02T10:00:00;o;tel ordi;1;1;2.5;48.4 -68.5 0 0\n"
    "12;u2;2026-11-03T10:00:00;n;tel;1;0;;48.5 -68.6 0 0\n"
    "13;u3;2026-11-04T10:00:00;o;;;;3;48.6 -68.7 0 0\n"
)
LABELLED = (
    "_id;De l’aide ?;Avec quoi ?/Téléphone;Avec quoi ?/Ordinateur;Heures ?\n"
    "11;Oui;1;1;2.5\n12;Non;1;0;\n13;Oui;;;3\n"
)
EXPECTED = [("1", "o", "oui", "oui", "2,5"), ("2", "n", "oui", "non", ""), ("3", "o", "", "", "3")]


@pytest.fixture
def form(tmp_path):
    (tmp_path / "eclair.xlsx").write_bytes(write_workbook(BOOK))
    return tmp_path / "eclair.xlsx"


def said(capsys, *words, language="fr"):
    code = main(["convert", *map(str, words), "--lang", language])
    told = capsys.readouterr()
    return code, told.out.replace("\xa0", " "), told.err.replace("\xa0", " ")


def rows_of(study):
    with (study / "reponses" / "eclair_1.csv").open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream, delimiter=";"))


def told_by(rows):
    names = ("repondant", "aide", "outils__tel", "outils__ordi", "heures")
    return [tuple(row[name].replace(".", ",") for name in names) for row in rows]


def test_a_question_named_as_a_column_of_ours_keeps_its_answers(tmp_path, capsys):
    """« weight » in a form of health, « organisation » in any: answers were lost with them."""
    names = ("weight", "organisation", "q_weight")
    book = Workbook((
        worksheet_of("survey", [{"type": "integer", "name": name, FR: f"{name} ?"}
                                for name in names]),
        worksheet_of("settings", [{"form_title": "Éclair", "form_id": "eclair",
                                   "default_language": "Français (fr)"}]),
    ))  # fmt: skip
    (tmp_path / "eclair.xlsx").write_bytes(write_workbook(book))
    (tmp_path / "r.csv").write_text("weight,organisation,q_weight,KEY\n71,3,5,uuid:a\n", "utf-8")
    code, _, err = said(capsys, tmp_path / "r.csv", tmp_path / "etude")
    assert (code, err) == (0, "")
    (row,) = rows_of(tmp_path / "etude")
    assert (row["q-weight"], row["q-organisation"], row["q-weight-2"]) == ("71", "3", "5")
    read = read_study(tmp_path / "etude")
    assert [one.message.to("fr") for one in read.problems if one.column in row] == []


def test_a_form_becomes_a_study_that_can_be_run(form, tmp_path, capsys):
    code, out, _ = said(capsys, form, tmp_path / "etude")
    assert (code, out.splitlines()[0]) == (0, "3 questions, 0 réponse.")
    assert "cela peut dire qui répond : prenom, ou" in out
    assert "Les questions d’un bloc répété ne sont pas dans un livre de codes : enfants" in out
    assert "quand une question se pose : heures" in out
    assert "contraintes" not in out  # the bound of the choices is kept
    read = read_study(tmp_path / "etude")
    assert not read.refused
    assert [(one.code, one.kind, one.at_most) for one in read.study.instruments[0].questions] == [
        ("aide", QuestionKind.SINGLE, None),
        ("outils", QuestionKind.MULTIPLE, 2),
        ("heures", QuestionKind.NUMBER, None),
    ]
    assert main(["run", str(tmp_path / "etude"), "--out", str(tmp_path / "resultats")]) == 0


@pytest.mark.parametrize("export", [KOBO, LABELLED], ids=["paths", "labels"])
def test_an_export_of_kobo_comes_with_its_form(export, form, tmp_path, capsys):
    (tmp_path / "export.csv").write_text(export, "utf-8")
    code, out, _ = said(capsys, tmp_path / "export.csv", tmp_path / "etude")
    assert (code, out.splitlines()[0]) == (0, "3 questions, 3 réponses.")
    assert told_by(rows_of(tmp_path / "etude")) == EXPECTED
    assert "Pour l’équipe seulement" in out
    assert not read_study(tmp_path / "etude").refused


def test_an_archive_of_odk_central_keeps_its_rows_and_nobodys_name_or_place(form, tmp_path, capsys):
    with zipfile.ZipFile(tmp_path / "eclair.csv.zip", "w") as archive:
        archive.writestr("eclair-enfants.csv", CENTRAL_CHILDREN)
        archive.writestr("eclair.csv", CENTRAL)
    code, out, _ = said(capsys, tmp_path / "eclair.csv.zip", tmp_path / "etude")
    assert (code, out.splitlines()[0]) == (0, "3 questions, 3 réponses.")
    assert told_by(rows_of(tmp_path / "etude")) == EXPECTED
    whole = "".join(
        one.read_text("utf-8-sig") for one in (tmp_path / "etude").rglob("*") if one.is_file()
    )
    for kept_nowhere in ("Aurélie", "48.4", "uuid", "2026-11-02"):
        assert kept_nowhere not in whole
    assert main(["run", str(tmp_path / "etude"), "--out", str(tmp_path / "resultats")]) == 0


def test_a_cell_that_is_no_answer_is_said_with_its_line_and_the_rest_is_read(
    form, tmp_path, capsys
):
    (tmp_path / "export.csv").write_text(KOBO.replace(";n;", ";peut-etre;"), "utf-8")
    code, out, _ = said(capsys, tmp_path / "export.csv", tmp_path / "etude")
    assert code == 0
    assert "Ligne 3 : export.csv, colonne vie/aide" in out
    assert [row["aide"] for row in rows_of(tmp_path / "etude")] == ["o", "", "o"]


def test_answers_without_their_form_or_with_two_are_refused(form, tmp_path, capsys):
    alone = tmp_path / "seul"
    alone.mkdir()
    (alone / "export.csv").write_text(KOBO, "utf-8")
    code, _, err = said(capsys, alone / "export.csv", tmp_path / "etude")
    assert code != 0
    assert "n’ont pas leur questionnaire à côté" in err
    (alone / "a.xlsx").write_bytes(form.read_bytes())
    (alone / "b.xlsx").write_bytes(form.read_bytes())
    assert "a.xlsx, b.xlsx" in said(capsys, alone / "export.csv", tmp_path / "etude")[2]
    assert not (tmp_path / "etude").exists()


@pytest.mark.parametrize("name", ["../dehors.csv", "/tmp/dehors.csv"])
def test_an_archive_that_leaves_its_folder_writes_nothing(name, form, tmp_path, capsys):
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        archive.writestr(name, CENTRAL)
    code, _, err = said(capsys, tmp_path / "x.zip", tmp_path / "etude")
    assert code != 0
    assert "chemin qui sort de lui-même" in err
    assert not (tmp_path / "etude").exists()


def test_a_half_archive_is_refused_in_one_sentence(form, tmp_path, capsys):
    with zipfile.ZipFile(tmp_path / "x.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("eclair.csv", CENTRAL)
    whole = (tmp_path / "x.zip").read_bytes()
    (tmp_path / "x.zip").write_bytes(whole[: len(whole) // 2])
    code, _, err = said(capsys, tmp_path / "x.zip", tmp_path / "etude")
    assert code != 0
    assert "abîmé" in err
    assert not (tmp_path / "etude").exists()


def test_every_fault_of_a_form_is_said_with_its_row_and_column(tmp_path, capsys):
    rows = [
        {"type": "text", "name": "a", FR: "A"},
        {"type": "hologramme", "name": "b", FR: "B"},
        {"type": "text", "name": "a", FR: "Encore"},
        {"type": "text", "name": "c", FR: "C", "relevant": "${inconnue} = 1"},
    ]
    book = Workbook((worksheet_of("survey", rows), *BOOK.sheets[1:]))
    (tmp_path / "x.xlsx").write_bytes(write_workbook(book))
    code, _, err = said(capsys, tmp_path / "x.xlsx", tmp_path / "etude")
    assert code != 0
    told = " ".join(err.split())
    assert "ligne 3, colonne type" in told
    assert "ligne 4, colonne name" in told
    assert "ligne 5, colonne relevant" in told
    assert not (tmp_path / "etude").exists()


def test_a_folder_already_there_is_left_as_it_is(form, tmp_path, capsys):
    (tmp_path / "etude").mkdir()
    (tmp_path / "etude" / "note.txt").write_text("à moi", "utf-8")
    assert said(capsys, form, tmp_path / "etude")[0] != 0
    assert [one.name for one in (tmp_path / "etude").iterdir()] == ["note.txt"]


@pytest.mark.parametrize("name", ["eclair", "evaluation", "individuel", "profil"])
def test_a_codebook_goes_to_a_form_and_comes_back_the_same(name, tmp_path, capsys):
    source = REFERENCE / "instruments" / f"{name}.csv"
    code, out, _ = said(capsys, source, tmp_path / "x.xlsx", language="en")
    assert code == 0
    assert "The English title is not in a form." in out
    assert compiled_by_pyxform(tmp_path / "x.xlsx").xform
    assert said(capsys, tmp_path / "x.xlsx", tmp_path / "etude")[0] == 0
    theirs = read_study(REFERENCE).study.instrument(name).questions
    ours = read_study(tmp_path / "etude").study.instrument(name).questions
    assert [one.code for one in ours] == [one.code for one in theirs]
    for one, other in zip(ours, theirs, strict=True):
        assert (one.label, one.kind, one.options, one.groupings, one.cut, one.at_most) == (
            other.label, other.kind, other.options, other.groupings, other.cut, other.at_most
        )  # fmt: skip


CODES = st.from_regex(r"[a-z][a-z0-9]{0,6}(-[a-z0-9]{1,4})?", fullmatch=True)
WORDS = st.text('aéÀ’ç«»œ "<&-.?', min_size=1, max_size=20).map(
    lambda text: " ".join(("Mot " + text).split())
)
LABELS = st.builds(Label, WORDS, WORDS)


@st.composite
def instruments(draw):
    questions = []
    for code in draw(st.lists(CODES, min_size=1, max_size=6, unique=True)):
        kind = draw(st.sampled_from(list(QuestionKind)))
        codes = draw(st.lists(CODES, min_size=2, max_size=5, unique=True))
        options = tuple(Option(one, draw(LABELS)) for one in codes)
        chosen = kind not in {QuestionKind.NUMBER, QuestionKind.TEXT}
        most = draw(st.none() | st.integers(1, 5)) if kind is QuestionKind.MULTIPLE else None
        step = draw(st.sampled_from(["1", "0.5"])) if kind is QuestionKind.NUMBER else "1"
        questions.append(
            Question(code, draw(LABELS), kind, options if chosen else (), at_most=most,
                     step=Decimal(step))
        )  # fmt: skip
    return Instrument("essai", Label("Essai"), "sondage", Subject.PERSON, tuple(questions))


@settings(max_examples=25, deadline=None)
@given(instruments())
def test_any_codebook_written_as_a_form_is_compiled_by_pyxform_and_read_back(instrument):
    content = write_workbook(workbook_of(instrument))
    assert compiled_by_pyxform(content).xform
    book = _read(content)
    again = instrument_of(
        lines_of(book), code="essai", name=instrument.name, method="sondage", subject=Subject.PERSON
    )
    assert again == instrument


def _read(content):
    with NamedTemporaryFile(suffix=".xlsx") as stream:
        stream.write(content)
        stream.flush()
        return read_workbook(Path(stream.name))


def _form(path, *rows):
    path.write_bytes(write_workbook(Workbook((worksheet_of("survey", list(rows)),))))
    return path


def test_a_form_of_which_nothing_can_enter_says_why_of_each(tmp_path, capsys):
    source = _form(
        tmp_path / "x.xlsx",
        {"type": "text", "name": "prenom", "label": "Prénom ?"},
        {"type": "note", "name": "merci", "label": "Merci"},
        {"type": "begin_repeat", "name": "r", "label": "Enfants"},
        {"type": "integer", "name": "age", "label": "Âge ?"},
        {"type": "end_repeat"},
    )
    code, _, err = said(capsys, source, tmp_path / "etude")
    assert code != 0
    told = " ".join(err.split())
    assert "peut dire qui répond (prenom); est dans un bloc répété; est une note" in told
    assert "se calcule" not in told


def test_what_pyxform_refuses_in_english_is_said_in_the_reader_s_language(tmp_path, capsys):
    ages = {"type": "integer", "name": "age", "label": "Âge ?"}
    mute = _form(tmp_path / "a.xlsx", ages, {"type": "geopoint", "name": "ici", "label": ""})
    assert "ligne 3, colonne label : « ici » n’a ni libellé" in said(
        capsys, mute, tmp_path / "etude")[2]  # fmt: skip
    empty = _form(tmp_path / "b.xlsx", ages, {"type": "calculate", "name": "c", "label": ""})
    assert "ligne 3, colonne calculation : Cette ligne est un calcul" in said(
        capsys, empty, tmp_path / "etude")[2]  # fmt: skip


def test_a_list_of_choices_is_neither_a_form_nor_answers(form, tmp_path, capsys):
    (tmp_path / "fruits.csv").write_text("name_key,name\nmango,Mangue\n", "utf-8")
    code, _, err = said(capsys, tmp_path / "fruits.csv", tmp_path / "etude")
    assert (code != 0, "liste de choix" in err) == (True, True)


def test_a_form_whose_only_sheet_has_another_name_is_read(tmp_path, capsys):
    rows = [{"type": "integer", "name": "age", "label": "Âge ?"}]
    table = Table("Feuille1", ("type", "name", "label"), tuple(tuple(one.values()) for one in rows))
    write_sheets(tmp_path / "x.xlsx", [table])
    assert said(capsys, tmp_path / "x.xlsx", tmp_path / "etude")[0] == 0
    assert [one.code for one in read_study(tmp_path / "etude").study.instruments[0].questions] == [
        "age"
    ]


REAL_FORMS = sorted(
    path
    for folder in ("pyxform_forms", "onadata_forms", "odk_central")
    for path in (SURVEYS / folder).rglob("*")
    if path.suffix.lower() in {".xls", ".xlsx", ".xlsm", ".csv"}
)


@real
@pytest.mark.parametrize("path", REAL_FORMS, ids=lambda path: path.name)
def test_a_real_form_makes_a_study_that_check_accepts_or_is_refused_with_a_sentence(path, tmp_path):
    out = tmp_path / "etude"
    with suppress(ConversionRefused):
        convert(path, out)
    if out.exists():
        read = read_study(out)
        assert not read.refused
        assert read.study.instruments[0].questions
    assert [one for one in tmp_path.iterdir() if one.name.startswith(".")] == []


@real
def test_a_form_of_unknown_kinds_of_questions_says_each_with_its_row(tmp_path):
    path = next(one for one in REAL_FORMS if one.name == "unknown_question_type.xls")
    with pytest.raises(ConversionRefused) as refused:
        convert(path, tmp_path / "etude")
    told = refused.value.message.to("fr")
    assert [row for row in (2, 3, 52) if f"ligne {row}, colonne type" in told] == [2, 3, 52]


@real
def test_a_real_limesurvey_survey_becomes_a_study(tmp_path, capsys):
    source = SURVEYS / "limesurvey_dsfr_fr" / "limesurvey_questionnaire_test_rgaa.lss"
    assert said(capsys, source, tmp_path / "etude")[0] == 0
    assert not read_study(tmp_path / "etude").refused


def test_a_workbook_of_kobo_with_a_sheet_for_a_repeat_gives_its_people(form, tmp_path, capsys):
    main_sheet = Table(
        "eclair",
        ("prenom", "vie/aide", "vie/outils", "vie/heures", "_id", "_index", "_submitted_by"),
        (("Aurélie", "o", "tel ordi", 2.5, 7, 1, "poste"), ("Bo", "n", "tel", "", 8, 2, "poste")),
    )
    children = Table("enfants", ("age", "_index", "_parent_index"), ((4, 1, 1), (9, 2, 1)))
    write_sheets(tmp_path / "export.xlsx", [main_sheet, children])
    code, out, _ = said(capsys, tmp_path / "export.xlsx", tmp_path / "etude")
    assert (code, out.splitlines()[0]) == (0, "3 questions, 2 réponses.")
    assert told_by(rows_of(tmp_path / "etude")) == EXPECTED[:2]


def test_answers_of_limesurvey_come_with_the_structure_beside_them(tmp_path, capsys):
    (tmp_path / "enquete.lss").write_text(STRUCTURE, "utf-8")
    (tmp_path / "results.csv").write_text(
        '"id","submitdate","token","ipaddr","aide","outils[SQ001]","outils[SQ002]","heures"\n'
        '"1","2026-11-02 10:00:00","jeton","203.0.113.5","A1","Y","","2.5"\n',
        "utf-8",
    )
    code, out, _ = said(capsys, tmp_path / "results.csv", tmp_path / "etude")
    assert (code, out.splitlines()[0]) == (0, "4 questions, 1 réponse.")
    (written,) = (tmp_path / "etude" / "reponses").iterdir()
    assert written.read_text("utf-8-sig").splitlines()[1] == "1;reseau;;;a1;oui;non;2.5;"


@pytest.mark.parametrize("name", ["bombe.zip", "bombe.lsa"])
def test_an_archive_that_would_fill_the_memory_writes_nothing(name, form, tmp_path, capsys):
    with zipfile.ZipFile(tmp_path / name, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.lss" if name.endswith("lsa") else "a.csv", b"0" * 30_000_000)
    code, _, err = said(capsys, tmp_path / name, tmp_path / "etude")
    assert code != 0
    assert "démesuré" in err
    assert not (tmp_path / "etude").exists()
