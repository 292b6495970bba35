"""A questionnaire as the study knows it, and a study's codebook as a questionnaire."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from croisee.formats.xlsform import Workbook, worksheet_of
from croisee.language import Label
from croisee.questionnaire.describing import (
    InstrumentRefused,
    advice_on,
    instrument_of,
    lines_of,
    workbook_of,
)
from croisee.study import Instrument, Nature, Option, Question, QuestionKind, Subject
from croisee.studyfolder import read_study

REFERENCE = read_study(Path("examples/etude-de-reference")).study
FR = "label::Français (fr)"


def described(instrument, book):
    return instrument_of(
        lines_of(book),
        code=instrument.code,
        name=instrument.name,
        method=instrument.method,
        subject=instrument.subject,
    )


@pytest.mark.parametrize("instrument", REFERENCE.instruments, ids=lambda one: one.code)
def test_an_instrument_survives_its_questionnaire(instrument):
    assert described(instrument, workbook_of(instrument)) == instrument


def test_what_a_study_rarely_says_survives_too():
    options = tuple(Option(code, Label(code.upper())) for code in ("1-an", "2-ans", "3-ans"))
    instrument = Instrument(
        "i",
        Label("I"),
        "m",
        Subject.ORGANISATION,
        (
            Question(
                "1a", Label("Un"), QuestionKind.ORDINAL, options, Nature.FACT,
                Subject.PERSON, groupings=((("1-an", "2-ans"), ("3-ans",)),),
                cut=(("1-an", "2-ans"), ("3-ans",)), pooled=True, missing=("nsp", "99"),
            ),
            Question(
                "b", Label("Deux", "Two"), QuestionKind.MULTIPLE, options,
                subject=Subject.ORGANISATION, common=("1-an",), exactly=2, at_least=1, at_most=3,
            ),
            Question(
                "c", Label("Trois"), QuestionKind.NUMBER, subject=Subject.ORGANISATION,
                unit="heures", step=Decimal("0.25"), classes=(Decimal("1.5"), Decimal(20)),
            ),
            Question("d", Label("Quatre"), QuestionKind.RANK, options,
                     subject=Subject.ORGANISATION),
        ),
    )  # fmt: skip
    assert described(instrument, workbook_of(instrument)) == instrument


def form(*rows, choices=()):
    return Workbook(
        (
            worksheet_of("survey", list(rows)),
            worksheet_of("choices", list(choices)),
            worksheet_of("settings", [{"form_id": "f", "default_language": "Français (fr)"}]),
        )
    )


YES_NO = tuple(
    {"list_name": "on", "name": code, FR: label}
    for code, label in (("non", "Non"), ("oui", "Oui | bien sûr"), ("nsp", "Je ne sais pas"))
)


def test_everything_the_codebook_refuses_is_said_with_its_place():
    book = form(
        {"type": "note", "name": "accueil", FR: "Bonjour"},
        {"type": "select_one on", "name": "aide", FR: "Aide", "croisee::coupe": "non / peut-etre"},
        {"type": "begin_group", "name": "plus", FR: "Plus"},
        {"type": "integer", "name": "aide", FR: "Heures", "croisee::pas": "0",
         "croisee::nature": "privée"},
        {"type": "end_group"},
        choices=YES_NO,
    )  # fmt: skip
    with pytest.raises(InstrumentRefused) as refused:
        instrument_of(lines_of(book), code="f", name=Label("F"), method="m", subject=Subject.PERSON)
    assert [(fault.sheet, fault.row, fault.column) for fault in refused.value.faults] == [
        ("survey", 3, "croisee::coupe"),
        ("survey", 5, "croisee::nature"),
        ("survey", 5, "croisee::pas"),
    ]


@pytest.mark.parametrize("column", ["croisee::sans_reponse", "croisee::Missing"])
def test_a_choice_that_means_no_answer_is_no_option_and_no_answer(column):
    book = form(
        {"type": "select_one on", "name": "aide", FR: "Aide", column: "nsp"},
        {"type": "select_multiple on", "name": "outils", FR: "Outils",
         column: "nsp", "constraint": "count-selected( . )<=2"},
        choices=YES_NO,
    )  # fmt: skip
    lines = lines_of(book)
    instrument = instrument_of(lines, code="f", name=Label("F"), method="m", subject=Subject.PERSON)
    options = (Option("non", Label("Non")), Option("oui", Label("Oui / bien sûr")))
    assert [(one.options, one.missing, one.at_most) for one in instrument.questions] == [
        (options, ("nsp",), None),
        (options, ("nsp",), 2),
    ]


def test_a_consent_is_no_question_of_the_codebook():
    book = form(
        {"type": "begin_group", "name": "accord", FR: "", "appearance": "croisee-consent"},
        {"type": "select_one on", "name": "participer", FR: "Acceptez-vous ?"},
        {"type": "end_group"},
        {"type": "text", "name": "fonction", FR: "Votre fonction"},
        {"type": "select_one on", "name": "salaire", FR: "Votre salaire vous suffit-il ?"},
        choices=YES_NO,
    )
    lines = lines_of(book)
    assert [(line.code, line.row) for line in lines] == [("fonction", 5), ("salaire", 6)]
    assert [(one.row, one.column) for one in advice_on(lines, Subject.PERSON)] == [
        (6, "croisee::nature")
    ]


def test_two_names_that_make_one_code_get_a_number():
    long = "n" * 90
    book = form(
        {"type": "text", "name": "q_1", FR: "A"},
        {"type": "text", "name": "q-1", FR: "B"},
        {"type": "text", "name": long, FR: "C"},
        {"type": "text", "name": f"{long}b", FR: "D"},
    )
    assert [line.code for line in lines_of(book)] == ["q-1", "q-1-2", "n" * 80, f"{'n' * 78}-2"]
