"""The questionnaires to start from: they compile, they are plain, the gate knows what they ask."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from croisee.questionnaire.asked import Sort
from croisee.questionnaire.compiling import compile_form
from croisee.questionnaire.describing import advice_on, instrument_of, lines_of
from croisee.questionnaire.editing import questions_of
from croisee.questionnaire.plain import notes_on
from croisee.questionnaire.templates import template, templates
from croisee.study import Nature, QuestionKind
from croisee.text import Writing, inclusive_forms

EACH = pytest.mark.parametrize("one", templates(), ids=lambda one: one.code)


def instrument(one):
    return instrument_of(
        lines_of(one.workbook), code=one.code, name=one.name, method="m", subject=one.subject
    )


@EACH
def test_a_template_makes_a_form_without_a_remark(one):
    assert compile_form(one.workbook).remarks == ()


@EACH
@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_template_is_plain_and_whole_in_both_languages(one, language):
    assert notes_on(one.workbook, language) == ()
    assert all(label.to(language) for label in (one.name, one.about))


@EACH
def test_a_template_is_an_instrument_that_nobody_would_advise_upon(one):
    found = instrument(one)
    assert found.subject is one.subject
    assert advice_on(lines_of(one.workbook), one.subject) == ()
    for question in found.questions:
        if question.kind in {QuestionKind.SINGLE, QuestionKind.ORDINAL}:
            assert len(question.cut) == 2, question.code
            assert 2 <= len(question.options) <= 8, question.code
        if question.kind is QuestionKind.TEXT:
            assert question.nature is Nature.SPOKEN, question.code
        if question.nature is Nature.VISIBLE:
            assert question.pooled, question.code


def test_natures_are_those_the_gate_needs():
    natures = {
        (one.code, question.code): question.nature
        for one in templates()
        for question in instrument(one).questions
    }
    sensitive = {key for key, nature in natures.items() if nature is Nature.SENSITIVE}
    assert sensitive == {
        ("individuel", "fatigue"), ("individuel", "limite"), ("evaluation", "respect"),
        ("teletravail", "solitude"),
    }  # fmt: skip
    visible = {key[1] for key, nature in natures.items() if nature is Nature.VISIBLE}
    assert visible == {"age", "genre", "fonction", "anciennete"}


@EACH
def test_what_could_hurt_or_name_someone_may_be_left_unsaid(one):
    for question in instrument(one).questions:
        if question.nature in {Nature.SENSITIVE, Nature.VISIBLE}:
            assert "pnr" in question.missing, question.code
    required = [asked.key for asked in questions_of(one.workbook) if asked.required]
    assert required == ["consentement"]


@EACH
def test_each_question_has_an_identity_of_its_own(one):
    rows = one.workbook.sheet("survey").records()
    asked = [
        row
        for row in rows
        if not re.match(r"note|begin|end", row["type"]) or "croisee::total" in row
    ]
    identities = [row.get("croisee::identite", "") for row in asked]
    assert all(re.fullmatch(r"[a-z2-9]{8}", identity) for identity in identities)
    assert Counter(identities).most_common(1)[0][1] == 1


@EACH
def test_consent_comes_first_and_a_refusal_ends_it(one):
    asked = questions_of(one.workbook)
    assert asked[0].sort is Sort.CONSENT
    outside = [one.key for one in asked if not one.sections]
    assert outside == ["consentement", "refus", "suite"]


@EACH
def test_words_include_everybody(one):
    for asked in questions_of(one.workbook):
        for label in (asked.label, asked.hint, *(choice.label for choice in asked.choices)):
            forms = inclusive_forms(label.fr)
            assert [one for one in forms if one.writing is not Writing.DOUBLET] == []


def test_the_flash_survey_has_seven_questions():
    assert len(instrument(template("eclair")).questions) == 7


def test_the_portrait_asks_who_can_meet_whom_with_which_tool():
    questions = {one.code: one for one in instrument(template("portrait")).questions}
    tools = [option.code for option in questions["visio-organise"].options]
    assert [option.code for option in questions["visio-rejoint"].options] == tools
    assert [option.code for option in questions["visio-paye"].options] == tools


def test_an_unknown_template_is_a_key_error():
    with pytest.raises(KeyError):
        template("absent")
