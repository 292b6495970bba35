"""What identifies somebody does not enter a study folder: by its code, its words, its answers."""

from __future__ import annotations

import csv

import pytest
from tests.library.run.test_convert_collections import said

from croisee.formats.xlsform import Workbook, worksheet_of, write_workbook
from croisee.questionnaire.codebook import Line
from croisee.questionnaire.form import Kind
from croisee.run.identifying import asks_who, says_who
from croisee.studyfolder import read_study
from croisee.text.written_in import written_in

ASKED = (
    "Votre nom ?", "Quel est votre nom complet ?", "Prénom et nom", "Nom de l’enfant", "Name",
    "What is your name?", "Name of the respondent", "Mother's name", "What is the child's name?",
    "Numéro de téléphone", "What's your phone number?", "Votre courriel", "Email address",
    "Code postal", "Comment vous appelez-vous ?", "Numéro d’assurance sociale", "Qui êtes-vous ?",
    "Laissez vos coordonnées", "How can we reach you?", "Nom de votre conjoint", "Téléphone",
)  # fmt: skip
NOT_ASKED = (
    "Quel est le nom de votre organisme ?", "Nom du projet", "Au nom de qui parlez-vous ?",
    "Name three things you like", "What is the name of your organization?", "Le nombre d’heures",
    "Que pensez-vous du téléphone ?", "Utilisez-vous le courriel ?", "En quelle année ?",
    "Combien de téléphones avez-vous ?", "Décrivez vos besoins", "Nom du médicament",
)  # fmt: skip


def line(label, kind=Kind.TEXT, code="q1"):
    return Line("/data/q1", kind, code, (("question", code), ("libelle", label)))


@pytest.mark.parametrize("label", ASKED)
def test_a_name_asked_under_an_unsuspected_code_is_seen_in_the_wording(label):
    assert asks_who(line(label))
    assert not asks_who(line(label, Kind.SINGLE))


@pytest.mark.parametrize("label", NOT_ASKED)
def test_what_has_a_name_and_is_nobody_is_kept(label):
    assert not asks_who(line(label))


def test_a_day_is_left_out_where_it_is_a_birth():
    assert asks_who(line("Quelle est votre date de naissance ?", Kind.DATE))
    assert asks_who(line("Date of birth", Kind.DATE))
    assert not asks_who(line("Date de votre visite", Kind.DATE))


@pytest.mark.parametrize(
    ("cells", "seen"),
    [
        (["Aurélie Tremblay", "Bo Diallo", "Chloé"], True),
        (["418 555-1234", "(418) 555-9876", ""], True),
        (["a@exemple.org", "b@exemple.org"], True),
        (["G0L 1A0", "G5L 3A1"], True),
        (["48.44964 -68.52396 0 0", "48.5123 -68.6012 0 4.9"], True),
        (["f3d8a0de-0c2c-4a8b-9a33-2a7b53a0a7ef"] * 2, True),
        (["Aurélie Tremblay"], False),  # one answer tells nothing of a question
        (["le vélo", "le bus, avec Aurélie", "rien"], False),
        (["Saint-Denis", "Sainte-Anne", "Rimouski"], False),
        (["oui", "non", ""], False),
        ([], False),
    ],
)
def test_answers_that_are_names_or_numbers_of_people_are_seen(cells, seen):
    assert says_who(cells) is seen


EN = "label::English (en)"


def test_a_form_in_english_makes_a_study_in_english_without_what_was_answered_of_people(
    tmp_path, capsys
):
    survey = [
        {"type": "text", "name": "q1", EN: "Who should the box be for?"},
        {"type": "text", "name": "q2", EN: "How can we reach you?"},
        {"type": "integer", "name": "q3", EN: "How many hours?"},
    ]
    called = {"form_title": "Boxes", "form_id": "boxes", "default_language": "English (en)"}
    book = Workbook((worksheet_of("survey", survey), worksheet_of("settings", [called])))
    (tmp_path / "boxes.xlsx").write_bytes(write_workbook(book))
    rows = "_id,_uuid,q1,q2,q3\n1,u1,Aurélie Tremblay,Tuesdays,4\n2,u2,Bo Diallo,never,2\n"
    (tmp_path / "export.csv").write_text(rows, "utf-8")
    code, out, _ = said(capsys, tmp_path / "export.csv", tmp_path / "study", language="en")
    assert code == 0
    assert "q2, q1" in out
    read = read_study(tmp_path / "study")
    assert not read.refused
    assert read.study.languages == ("en",)
    assert [one.code for one in read.study.instruments[0].questions] == ["q3"]
    with (tmp_path / "study" / "reponses" / "boxes_1.csv").open(encoding="utf-8-sig") as stream:
        assert [row["q3"] for row in csv.DictReader(stream, delimiter=";")] == ["4", "2"]
    whole = "".join(
        one.read_text("utf-8-sig") for one in (tmp_path / "study").rglob("*") if one.is_file()
    )
    assert "Tremblay" not in whole
    assert "Sondage" not in whole


@pytest.mark.parametrize(
    ("texts", "language"),
    [
        (["How old are you?", "What is your work?"], "en"),
        (["Quel âge avez-vous ?"], "fr"),
        (["Age", "Q1"], None),
        ([], None),
    ],
)
def test_the_language_of_questions_is_told_by_their_small_words(texts, language):
    assert written_in(texts) == language
