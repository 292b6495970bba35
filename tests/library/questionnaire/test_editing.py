"""A questionnaire changed one act at a time."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest
from tests.library.questionnaire.editing_samples import YES_NO, chance, sample

from croisee.formats.xlsform import Workbook, Worksheet, worksheet_of
from croisee.language import Label
from croisee.questionnaire.asked import IDENTITY, Asked, Choice, Sort
from croisee.questionnaire.compiling import compile_form
from croisee.questionnaire.conditions import Condition, Limits
from croisee.questionnaire.describing import lines_of
from croisee.questionnaire.editing import (
    moved,
    new_workbook,
    next_name,
    question_of,
    questions_of,
    with_choices,
    with_identities,
    with_question,
    without_question,
)
from croisee.questionnaire.holding import EditRefused
from croisee.questionnaire.templates import template, templates

FR, EN = "label::Français (fr)", "label::English (en)"


def added(book, asked, after=None):
    return with_question(book, asked, chance=chance(), after=after)


@pytest.mark.parametrize("sort", [one for one in Sort if one is not Sort.OTHER])
def test_a_question_of_each_sort_is_read_as_it_was_asked(sort):
    book = added(new_workbook("f", Label("F")), Asked(Sort.TEXT, Label("Avant ?", "Before?")))
    book = added(book, sample(sort))
    if sort is Sort.SECTION:
        book = added(book, Asked(Sort.NOTE, Label("Dedans", "Inside")), after="q2")
    read = question_of(book, "q2")
    expected = sample(sort)
    assert (read.sort, read.label, read.hint, read.required, read.columns, read.total) == (
        expected.sort, expected.label, expected.hint, expected.required, expected.columns,
        expected.total,
    )  # fmt: skip
    assert read.limits in {expected.limits, Limits(), None}
    if expected.limits:
        assert read.limits == expected.limits
    if expected.choices:
        assert [one.label for one in read.choices] == [one.label for one in YES_NO]
    compile_form(book)


def test_each_sort_keeps_its_meaning_in_the_codebook():
    book = new_workbook("f", Label("F"))
    for sort in Sort:
        if sort not in {Sort.OTHER, Sort.SECTION, Sort.NOTE, Sort.CONSENT}:
            book = added(book, sample(sort))
    assert [(line.code, dict(line.cells)["type"]) for line in lines_of(book)] == [
        ("q1", "choix"),
        ("q2", "ordinal"),
        ("q3", "multiple"),
        ("q4", "rang"),
        ("q5", "nombre"),
        ("q6", "nombre"),
        ("q7", "texte"),
        ("q8", "texte"),
        ("q9-oui", "nombre"),
        ("q9-non-merci", "nombre"),
        ("q10-position", "choix"),
        ("q10-pourquoi", "texte"),
    ]


@pytest.mark.parametrize("one", templates(), ids=lambda one: one.code)
def test_writing_every_question_as_it_is_changes_nothing(one):
    book = one.workbook
    for asked in questions_of(book):
        book = with_question(book, asked, chance=chance())
    assert book == one.workbook
    assert with_identities(book, chance=chance()) == book


@pytest.mark.parametrize("one", templates(), ids=lambda one: one.code)
def test_every_question_of_a_template_is_one_the_editor_knows(one):
    assert {asked.sort for asked in questions_of(one.workbook)} & {Sort.OTHER} == set()
    expressions = [
        asked.key
        for asked in questions_of(one.workbook)
        if asked.relevant and asked.condition is None
    ]
    assert set(expressions) <= {"respect", "droit_pourquoi", "lien_pourquoi"}


def test_only_what_differs_is_written():
    book = Workbook(
        (
            Worksheet(
                "survey",
                ("type", "name", "label", "media::image", "relevance", "note interne"),
                (
                    ("select_one on", "aide", "Aide ?", "a.png", "", "à revoir"),
                    ("range", "note", "Note", "", "${aide}='oui'", ""),
                    ("", "", "", "", "", "rien"),
                    ("text", "mot", "Un mot", "", "string-length(${aide}) > 2", ""),
                ),
            ),
            Worksheet("choices", ("list name", "value", "label", "pays"),
                      (("on", "oui", "Oui", "QC"), ("on", "non", "Non", "ON"))),
            Worksheet("essai", ("x",), (("1",),)),
        )
    )  # fmt: skip
    asked = questions_of(book)
    assert [(one.key, one.sort) for one in asked] == [
        ("aide", Sort.SINGLE), ("note", Sort.OTHER), ("mot", Sort.TEXT),
    ]  # fmt: skip
    assert asked[1].condition == Condition("aide", ("oui",))
    assert (asked[2].condition, asked[2].relevant) == (None, "string-length(${aide}) > 2")
    changed = replace(
        asked[0],
        label=Label("Une aide ?", "Any help?"),
        choices=(asked[0].choices[1], Choice("oui", Label("Oui !"))),
    )
    after = with_question(book, changed, chance=chance())
    ours = (IDENTITY,)
    survey = after.sheet("survey")
    assert survey.columns == (*book.sheet("survey").columns, EN, *ours)
    assert survey.rows[0][:7] == ("select_one on", "aide", "Une aide ?", "a.png", "", "à revoir",
                                  "Any help?")  # fmt: skip
    assert [row[:6] for row in survey.rows[1:]] == list(book.sheet("survey").rows[1:])
    assert after.sheet("choices").rows == (("on", "non", "Non", "ON"), ("on", "oui", "Oui !", "QC"))
    assert after.sheet("essai") == book.sheet("essai")


def test_a_name_is_never_given_twice():
    book = new_workbook("f", Label("F"))
    for _ in range(3):
        book = added(book, sample(Sort.TEXT))
    book = without_question(book, "q3")
    assert next_name(book) == "q4"
    book = added(without_question(book, "q2"), sample(Sort.TEXT))
    assert [one.key for one in questions_of(book)] == ["q1", "q4"]
    for name in ("q1", "q2", "q3", "1a", "été"):
        with pytest.raises(EditRefused):
            added(book, replace(sample(Sort.TEXT), name=name))


def test_the_code_of_a_choice_taken_away_is_not_given_again():
    book = added(new_workbook("f", Label("F")), sample(Sort.SINGLE))
    kept = question_of(book, "q1").choices
    assert [one.code for one in kept] == ["oui", "non-merci"]
    renamed = (replace(kept[0], label=Label("Oui, volontiers", "Gladly")), Choice("", Label("Oui")))
    book = with_choices(book, "q1", renamed)
    assert [(one.code, one.label.fr) for one in question_of(book, "q1").choices] == [
        ("oui", "Oui, volontiers"), ("oui-2", "Oui"),
    ]  # fmt: skip
    with pytest.raises(EditRefused):
        with_choices(book, "q1", (Choice("a", Label("A")), Choice("a", Label("B"))))


def test_an_identity_is_given_once_and_kept_by_a_rewording():
    book = added(new_workbook("f", Label("F")), sample(Sort.SINGLE))
    before = question_of(book, "q1")
    reworded = with_question(
        book, replace(before, label=Label("Tout autre chose ?")), chance=np.random.default_rng(9)
    )
    assert len(before.identity) == 8
    assert question_of(reworded, "q1").identity == before.identity
    borrowed = added(book, replace(sample(Sort.SINGLE), identity="dela8nqu"))
    assert question_of(borrowed, "q2").identity == "dela8nqu"


def test_a_list_that_others_use_is_left_to_them():
    book = template("individuel").workbook
    before = question_of(book, "aisance")
    fewer = with_choices(book, "materiel", before.choices[:3])
    assert question_of(fewer, "aisance") == before
    assert len(question_of(fewer, "materiel").choices) == 3
    compile_form(fewer)


def test_a_question_that_another_waits_for_stays():
    book = template("portrait").workbook
    with pytest.raises(EditRefused) as refused:
        without_question(book, "acces_moyen")
    assert refused.value.message.to("fr") == (
        "« Quel service en ligne garde vos dossiers ? » dépend de « acces_moyen », "
        "qui n’y serait plus."
    )
    asked = question_of(book, "acces_moyen")
    with pytest.raises(EditRefused):
        with_choices(book, "acces_moyen", asked.choices[1:])
    with pytest.raises(EditRefused):
        moved(book, "acces_moyen", down=True)
    later = replace(asked, condition=Condition("plan", ("oui",)))
    with pytest.raises(EditRefused):
        with_question(book, later, chance=chance())


def test_a_condition_is_written_as_its_question_is_answered():
    book = template("portrait").workbook
    asked = question_of(book, "copies")
    on_several = replace(asked, condition=Condition("acces_moyen", ("ligne", "cle"), negated=True))
    on_one = replace(asked, condition=Condition("connexion_type", ("fibre",)))
    written = [
        question_of(with_question(book, one, chance=chance()), "copies")
        for one in (on_several, on_one)
    ]
    assert [one.relevant for one in written] == [
        "not(selected(${acces_moyen}, 'ligne') or selected(${acces_moyen}, 'cle'))",
        "${connexion_type} = 'fibre'",
    ]
    assert [one.condition for one in written] == [on_several.condition, on_one.condition]
    held = with_question(book, on_one, chance=chance())
    cleared = with_question(held, replace(written[1], condition=None), chance=chance())
    assert question_of(cleared, "copies").relevant == ""


def test_the_frame_of_a_section_goes_and_its_questions_stay_asked_as_they_were():
    book = without_question(template("eclair").workbook, "suite")
    conditions = {one.key: one.condition for one in questions_of(book)}
    accord = Condition("accord", ("oui",))
    assert conditions["equipement"] == conditions["commentaire"] == accord
    assert all(one.sections == () for one in questions_of(book))
    compile_form(book)


def test_a_question_goes_in_and_out_of_sections():
    book = new_workbook("f", Label("F"))
    book = added(book, sample(Sort.TEXT))
    book = added(book, Asked(Sort.SECTION, Label("Partie", "Part")))
    book = added(book, sample(Sort.NOTE), after="q2")
    seen = [tuple((one.key, one.sections) for one in questions_of(book))]
    for _ in range(4):
        book = moved(book, "q1", down=True)
        seen.append(tuple((one.key, one.sections) for one in questions_of(book)))
    note = ("q3", ("q2",))
    assert seen == [
        (("q1", ()), ("q2", ()), note),
        (("q2", ()), ("q1", ("q2",)), note),
        (("q2", ()), note, ("q1", ("q2",))),
        (("q2", ()), note, ("q1", ())),
        (("q2", ()), note, ("q1", ())),
    ]
    for place in (2, 1, 0, 0):
        book = moved(book, "q1", down=False)
        assert tuple((one.key, one.sections) for one in questions_of(book)) == seen[place]


def test_a_budget_adds_up_whatever_its_parts():
    book = added(new_workbook("f", Label("F")), sample(Sort.BUDGET))
    asked = question_of(book, "q1")
    book = with_question(
        book,
        replace(asked, choices=(*asked.choices[1:], Choice("", Label("Dons", "Gifts"))),
                total=Decimal(50)),
        chance=chance(),
    )  # fmt: skip
    grid = [record for record in book.sheet("survey").records() if record["type"] == "integer"]
    assert [(one["name"], one["constraint"], one.get("required", "")) for one in grid] == [
        ("q1_non_merci", ". >= 0 and . <= 50", ""),
        ("q1_dons", ". >= 0 and . + coalesce(${q1_non_merci}, 0) = 50", "${q1_non_merci} != ''"),
    ]
    assert {one["croisee::nature"] for one in grid} == {"ordinaire"}
    compile_form(book)


def test_a_row_that_shares_its_name_is_found_by_its_line():
    book = Workbook(
        (
            worksheet_of(
                "survey",
                [
                    {"type": "begin_group", "name": "a", "label": "A"},
                    {"type": "text", "name": "mot", "label": "Un"},
                    {"type": "end_group"},
                    {"type": "begin_repeat", "name": "b", "label": "B"},
                    {"type": "text", "name": "mot", "label": "Deux"},
                    {"type": "end_repeat"},
                ],
            ),
        )
    )
    assert [(one.key, one.sort, one.sections) for one in questions_of(book)] == [
        ("a", Sort.SECTION, ()),
        ("mot", Sort.TEXT, ("a",)),
        ("b", Sort.OTHER, ()),
        ("#6", Sort.TEXT, ("b",)),
    ]
    after = with_question(
        book, replace(question_of(book, "#6"), label=Label("Trois")), chance=chance()
    )
    assert [one.label.fr for one in questions_of(after)] == ["A", "Un", "B", "Trois"]


def test_what_is_not_there_or_cannot_become_is_refused():
    book = template("eclair").workbook
    with pytest.raises(EditRefused):
        without_question(book, "absente")
    with pytest.raises(EditRefused):
        with_question(book, replace(question_of(book, "aide"), sort=Sort.BUDGET), chance=chance())
    with pytest.raises(EditRefused):
        added(book, Asked(Sort.OTHER, Label("X")))


def test_a_text_becomes_a_choice_and_back():
    book = added(new_workbook("f", Label("F")), sample(Sort.TEXT))
    asked = question_of(book, "q1")
    single = with_question(book, replace(asked, sort=Sort.SCALE, choices=YES_NO), chance=chance())
    compile_form(single)
    assert question_of(single, "q1").identity == asked.identity
    again = with_question(
        single, replace(question_of(single, "q1"), sort=Sort.TEXT, choices=()), chance=chance()
    )
    assert again.sheet("choices").rows == ()
    assert question_of(again, "q1") == asked
