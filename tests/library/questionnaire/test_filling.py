"""A form filled: conditions, calculations, repeats, choices that depend on answers."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pytest
from pyxform.xls2xform import convert

from croisee.formats import FormatRefused
from croisee.questionnaire.answers import faults_of, typed
from croisee.questionnaire.expressions import ExpressionRefused, parse
from croisee.questionnaire.filling import Filling
from croisee.questionnaire.form import Kind
from croisee.questionnaire.sheet import prepare
from croisee.questionnaire.submission import filling_of, read_submission, submission_of
from croisee.questionnaire.xform import read_form

AT = datetime(2026, 11, 22, 15, 30, tzinfo=UTC)


def form(survey, choices=(), **settings):
    compiled = convert(
        {
            "survey": [dict(row) for row in survey],
            "choices": [dict(row) for row in choices],
            "settings": [{"form_id": "essai", "form_title": "Essai", **settings}],
        }
    )
    return prepare(read_form(compiled.xform.encode()))


def filled(prepared, **more):
    return Filling(prepared, at=AT, chance=np.random.default_rng(7), **more)


def row(kind, name, label="", **more):
    return {"type": kind, "name": name, "label": label or name, **more}


def test_a_question_is_asked_when_its_condition_holds():
    sheet = filled(
        form([row("integer", "salariees"), row("text", "noms", relevant="${salariees} > 2")])
    )
    assert [step[0].address for step in sheet.steps()] == ["/data/salariees"]
    sheet.set("/data/salariees", "3")
    sheet.set("/data/noms", "Ana")
    assert [step[0].address for step in sheet.steps()] == ["/data/salariees", "/data/noms"]
    sheet.set("/data/salariees", "1")
    assert (sheet.asked("/data/noms"), sheet.value("/data/noms")) == (False, "Ana")


def test_what_is_not_asked_reads_as_empty():
    sheet = filled(
        form(
            [
                row("integer", "a"),
                row("integer", "b", relevant="${a} > 0"),
                row("calculate", "c", calculation="coalesce(${b}, 'rien')"),
            ]
        )
    )
    sheet.set_many({"/data/a": "1", "/data/b": "5"})
    assert sheet.value("/data/c") == "5"
    sheet.set("/data/a", "0")
    assert sheet.value("/data/c") == "rien"


def test_choices_follow_an_answer_and_keep_their_names():
    sheet = filled(
        form(
            [
                row("select_one regions", "region"),
                row("select_one villes", "ville", choice_filter="region=${region}"),
                row("calculate", "dite", calculation="jr:choice-name(${ville}, '${ville}')"),
            ],
            [
                {"list_name": "regions", "name": "bsl", "label": "Bas-Saint-Laurent"},
                {"list_name": "regions", "name": "mtl", "label": "Montréal"},
                {"list_name": "villes", "name": "r", "label": "Rimouski", "region": "bsl"},
                {"list_name": "villes", "name": "v", "label": "Verdun", "region": "mtl"},
            ],
        )
    )
    assert sheet.choices("/data/ville") == []
    sheet.set("/data/region", "bsl")
    assert sheet.choices("/data/ville") == [("r", "Rimouski")]
    sheet.set("/data/ville", "r")
    assert sheet.value("/data/dite") == "Rimouski"


def test_the_form_counts_its_repeats_and_what_is_inside():
    prepared = form(
        [
            row("integer", "n"),
            row("begin_repeat", "poste", repeat_count="${n}"),
            row("decimal", "heures"),
            {"type": "end_repeat"},
            row("calculate", "total", calculation="sum(${heures})"),
        ]
    )
    sheet = filled(prepared)
    assert sheet.steps()[1:] == []
    sheet.set("/data/n", "2")
    sheet.set_many({"/data/poste[1]/heures": "21.5", "/data/poste[2]/heures": "7"})
    assert sheet.value("/data/total") == "28.5"
    again = filled(prepared, values=sheet.values())
    assert again.values() | {"/data/meta/instanceID": ""} == sheet.values() | {
        "/data/meta/instanceID": ""
    }
    sheet.set("/data/n", "1")
    assert sheet.value("/data/total") == "21.5"


def test_a_repeat_asked_by_hand_comes_back_with_its_answers():
    prepared = form([row("begin_repeat", "outil"), row("text", "nom"), {"type": "end_repeat"}])
    sheet = filled(prepared)
    assert sheet.add_repeat("/data/outil")
    sheet.set_many({"/data/outil[1]/nom": "a", "/data/outil[2]/nom": "b"})
    again = filled(prepared, values=sheet.values())
    assert again.value("/data/outil[2]/nom") == "b"
    again.remove_repeat("/data/outil[1]")
    assert again.values()["/data/outil/nom"] == "b"


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("round(2.675, 1)", "2.7"),
        ("round(-2.5)", "-3"),
        ("if(1 > 2, 'a', 'b')", "b"),
        ("today() - date('2026-11-20')", "2"),
        ("today() > date('2026-11-20')", "true"),
        ("format-date(today(), '%e %b %Y')", "22 nov. 2026"),
        ("string('' + 1)", "NaN"),
        ("selected('a b c', 'b') and not(selected('ab', 'a'))", "true"),
        ("concat('a', 1, true())", "a1true"),
        ("substr('bonjour', 3)", "jour"),
        ("regex('G1R 2B5', '[A-Z][0-9][A-Z] ?[0-9][A-Z][0-9]')", "true"),
        ("regex('xG1R', 'G1R')", "false"),
        ("min(3, 1, 2) + max(3, 1, 2)", "4"),
        ("int(7 div 2)", "3"),
        ("count-selected('a b')", "2"),
        ("selected-at('a b', 1)", "b"),
        ("join('-', 'a', 'b')", "a-b"),
        ("number('2026-11-22') - number('2026-11-21')", "1"),
        ("digest('abc', 'MD5', 'hex')", "900150983cd24fb0d6963f7d28e17f72"),
        ("weighted-checklist(2, 3, true(), 2, false(), 5)", "true"),
        ("boolean-from-string('1')", "true"),
        ("ends-with('table', 'ble')", "true"),
        ("string-length('été')", "3"),
        ("pow(2, 10) mod 1000", "24"),
    ],
)
def test_functions_of_odk(expression, value):
    sheet = filled(form([row("text", "q"), row("calculate", "c", calculation=expression)]))
    assert sheet.value("/data/c") == value


@pytest.mark.parametrize(
    "expression",
    ["1 +", "foo(1)", "((1)", "round()", "pulldata('a', 'b', 'c', 'd')", "", "a b", "it's"],
)
def test_an_expression_nobody_can_compute_is_refused(expression):
    with pytest.raises(ExpressionRefused):
        parse(expression)


def test_a_pattern_that_would_run_for_ever_does_not():
    sheet = filled(form([row("text", "q", constraint="regex(., '(a+)+$')")]))
    sheet.set("/data/q", "a" * 40 + "b")
    place = sheet.sheet.place("/data/q")
    assert not sheet.holds(place.node.constraint, place.element)


def test_a_submission_says_what_is_asked_and_is_read_again():
    prepared = form(
        [
            row("integer", "a"),
            row("text", "b", relevant="${a} > 3"),
            row("begin_repeat", "r"),
            row("text", "t"),
            {"type": "end_repeat"},
        ],
        version="4",
    )
    sheet = filled(prepared)
    sheet.add_repeat("/data/r")
    sheet.set_many({"/data/a": "5", "/data/b": "oui", "/data/r[1]/t": "x", "/data/r[2]/t": "y"})
    sheet.set("/data/a", "2")
    content = submission_of(sheet)
    received = read_submission(content, prepared)
    assert (received.form_id, received.version) == ("essai", "4")
    assert received.instance_id.startswith("uuid:")
    assert received.values == {
        "/data/a": "2",
        "/data/r[1]/t": "x",
        "/data/r[2]/t": "y",
        "/data/meta/instanceID": received.instance_id,
    }
    again = filling_of(received, prepared, at=AT, chance=np.random.default_rng(9))
    assert again.unread == ()
    assert submission_of(again) == content


def test_what_a_form_does_not_know_is_said():
    prepared = form([row("integer", "a")])
    received = read_submission(b"<data id='essai'><a>1</a><z>2</z></data>", prepared)
    again = filling_of(received, prepared, at=AT, chance=np.random.default_rng(9))
    assert (again.value("/data/a"), again.unread) == ("1", ("/data/z",))


@pytest.mark.parametrize(
    "content", [b"", b"<a", b"<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>", b"\x00\xff"]
)
def test_a_hostile_submission_is_refused(content):
    with pytest.raises(FormatRefused):
        read_submission(content)


@pytest.mark.parametrize(
    ("kind", "written", "kept"),
    [
        (Kind.INTEGER, " 1 234 ", "1234"),
        (Kind.DECIMAL, "3,50", "3.50"),
        (Kind.DECIMAL, "trois", "trois"),
        (Kind.DATE, "22/11/2026", "2026-11-22"),
        (Kind.DATE, "31/02/2026", "31/02/2026"),
        (Kind.TIME, "14 h 30", "14:30:00"),
        (Kind.MULTIPLE, "b  a", "b a"),
        (Kind.TEXT, " l’été ", "l’été"),
    ],
)
def test_what_is_typed_becomes_a_value(kind, written, kept):
    assert typed(kind, written) == kept


def test_each_fault_is_said_where_it_is():
    sheet = filled(
        form(
            [
                row("text", "nom", required="yes"),
                row("integer", "age", constraint=". < 120", constraint_message="Moins de 120."),
                row("select_one oui", "a"),
                row("rank oui", "r"),
                row("date", "jour"),
            ],
            [
                {"list_name": "oui", "name": "o", "label": "Oui"},
                {"list_name": "oui", "name": "n", "label": "Non"},
            ],
        )
    )
    sheet.set_many({"/data/age": "130", "/data/a": "z", "/data/r": "o o", "/data/jour": "hier"})
    assert [(fault.address, fault.words) for fault in faults_of(sheet)] == [
        ("/data/nom", ""),
        ("/data/age", "Moins de 120."),
        ("/data/a", ""),
        ("/data/r", ""),
        ("/data/jour", ""),
    ]
    sheet.set_many(
        {
            "/data/nom": "Ana",
            "/data/age": "30",
            "/data/a": "o",
            "/data/r": "n o",
            "/data/jour": "2026-11-22",
        }
    )
    assert faults_of(sheet) == []


def test_a_question_may_have_an_accent_in_its_name():
    sheet = filled(form([row("text", "âge"), row("text", "été", relevant="${âge} = 'é'")]))
    sheet.set("/data/âge", "é")
    assert sheet.asked("/data/été")
