"""Plain language: what is said of a questionnaire, and how long it takes."""

from __future__ import annotations

import pytest

from croisee.formats.xlsform import Workbook, worksheet_of
from croisee.questionnaire.plain import (
    Flaw,
    Minutes,
    estimated_minutes,
    notes_on,
    sentences_of,
    words_of,
)

FR, EN = "label::Français (fr)", "label::English (en)"


def book(*rows, choices=()):
    return Workbook((worksheet_of("survey", list(rows)), worksheet_of("choices", list(choices))))


def flaws(workbook, language="fr"):
    return [(note.key, note.flaw, note.text) for note in notes_on(workbook, language)]


def words(count):
    return " ".join(["Mot", *["mot"] * (count - 1)]) + "."


def test_a_sentence_is_long_past_fifteen_words():
    asked = [
        {"type": "text", "name": f"q{count}", FR: f"Bonjour. {words(count)}"}
        for count in (15, 16, 20, 21, 25, 26)
    ]
    assert flaws(book(*asked)) == [
        ("q16", Flaw.LONG, words(16)),
        ("q20", Flaw.LONG, words(20)),
        ("q21", Flaw.TOO_LONG, words(21)),
        ("q25", Flaw.TOO_LONG, words(25)),
        ("q26", Flaw.FAR_TOO_LONG, words(26)),
    ]


def test_an_acronym_is_explained_once_and_for_all():
    asked = book(
        {"type": "note", "name": "a", FR: "Le CLSC vous aide-t-il ?"},
        {"type": "note", "name": "b", FR: "Le centre de services (CLSC) est-il loin ?"},
        {"type": "note", "name": "c", FR: "Le CLSC ouvre-t-il ? Les TIC (outils numériques) ?"},
        {"type": "note", "name": "d", FR: "Les TIC, la TV, Louis XIV, le O.N.U. et l’ONU ?"},
        {"type": "note", "name": "e", FR: "RÉPONDEZ À TOUT"},
        {"type": "note", "name": "f", FR: "Écrivez à A.B.C@exemple.ca ou ${NOM}."},
    )
    assert flaws(asked) == [
        ("a", Flaw.ACRONYM, "CLSC"),
        ("d", Flaw.ACRONYM, "O.N.U."),
        ("d", Flaw.ACRONYM, "ONU"),
    ]


def test_what_one_language_lacks_is_said_in_that_language_only():
    asked = book(
        {"type": "select_one on", "name": "a", FR: "Aide ?", EN: "Help?"},
        {"type": "text", "name": "b", FR: "Un mot"},
        choices=[
            {"list_name": "on", "name": "oui", FR: "Oui", EN: "Yes"},
            {"list_name": "on", "name": "non", FR: "Non"},
        ],
    )
    assert flaws(asked) == []
    assert flaws(asked, "en") == [
        ("a", Flaw.UNTRANSLATED, "Non"),
        ("b", Flaw.UNTRANSLATED, "Un mot"),
    ]
    assert flaws(book({"type": "text", "name": "b", FR: "Un mot"}), "en") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Oui ? Non !", ["Oui ?", "Non !"]),
        ("Une ligne\nUne autre", ["Une ligne", "Une autre"]),
        ("<b>Gras</b> … fin", ["<b>Gras</b> … fin"]),
        ("Voyez p. ex. ceci.", ["Voyez p. ex. ceci."]),
        ("« Oui. » Élan", ["« Oui.", "Élan"]),
        ("", []),
        ("?", []),
    ],
)
def test_sentences_end_where_somebody_would_stop(text, expected):
    assert sentences_of(text) == expected


def test_a_word_has_a_letter_or_a_digit():
    assert words_of("L’équipe a-t-elle 3 outils – ou « … » ?") == [
        "L’équipe", "a-t-elle", "3", "outils", "ou", "…",
    ]  # fmt: skip


def test_time_counts_reading_and_acting():
    choice = {"type": "select_one on", "name": "a", FR: " ".join(["mot"] * 10)}
    options = [{"list_name": "on", "name": str(n), FR: "deux mots"} for n in range(5)]
    ten = book(*({**choice, "name": f"q{n}"} for n in range(10)), choices=options)
    seconds = 10 * (20 * 60 / 184 + 3)
    assert 90 < seconds < 120
    assert estimated_minutes(ten, "fr") == Minutes(2, 2)


def test_time_says_what_a_condition_may_add_but_not_that_of_a_consent():
    accord = [
        {"type": "begin_group", "name": "g", "appearance": "croisee-consent"},
        {"type": "select_one on", "name": "accord", FR: "Oui ?"},
        {"type": "end_group"},
    ]
    rest = [
        {"type": "begin_group", "name": "suite", "relevant": "${accord} = 'oui'"},
        {"type": "text", "name": "a", FR: "A"},
        {"type": "begin_group", "name": "plus", "relevant": "${a} != ''"},
        {"type": "text", "name": "b", FR: "B"},
        {"type": "text", "name": "c", FR: "C"},
        {"type": "end_group"},
        {"type": "end_group"},
    ]
    options = [{"list_name": "on", "name": "oui", FR: "Oui"}]
    minutes = estimated_minutes(book(*accord, *rest, choices=options), "fr")
    assert minutes == Minutes(1, 3)
    assert minutes.said().to("fr") == "De 1 à 3 minutes"
    assert Minutes(1, 1).said().to("fr") == "Environ 1 minute"


@pytest.mark.parametrize(
    "column", ["media::image", "media::image::Français (fr)", "audio", "Media:Video"]
)
def test_a_file_that_a_form_names_is_not_shown_and_that_is_said(column):
    rows = [
        {"type": "text", "name": "mot", "label": "Que voyez-vous ?", column: "rue.png"},
        {"type": "text", "name": "suite", "label": "Et après ?", "image_note": "rien"},
    ]
    notes = notes_on(Workbook((worksheet_of("survey", rows),)), "fr")

    assert [(one.key, one.row, one.flaw, one.text) for one in notes] == [
        ("mot", 2, Flaw.NOT_SHOWN, "rue.png")
    ]
