"""A workbook compiled, or refused with everything wrong and where it is."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from croisee.formats import FormatRefused
from croisee.formats.xlsform import Workbook, read_workbook, worksheet_of
from croisee.questionnaire.compiling import FormRefused, compile_form
from croisee.questionnaire.filling import Filling
from croisee.questionnaire.sheet import prepare
from croisee.questionnaire.xform import read_form

AT = datetime(2026, 11, 22, 15, 30, tzinfo=UTC)


def book(survey, choices=(), settings=()):
    sheets = {"survey": survey, "choices": choices, "settings": settings}
    return Workbook(tuple(worksheet_of(name, list(rows)) for name, rows in sheets.items()))


def places(workbook):
    with pytest.raises(FormRefused) as refused:
        compile_form(workbook)
    return [(fault.sheet, fault.row, fault.column) for fault in refused.value.faults]


def test_everything_wrong_is_said_at_once():
    wrong = book(
        [
            {"type": "text", "name": "a", "label": "A"},
            {"type": "texte", "name": "b", "label": "B"},
            {"type": "select_one oui", "name": "c", "label": "C"},
            {"type": "text", "name": "d e", "label": "D"},
            {"type": "integer", "name": "f", "label": "F", "relevant": "${zz} > 1"},
            {"type": "integer", "name": "g", "label": "G", "constraint": ". > (1"},
            {"type": "text", "name": "a", "label": "A"},
            {"type": "integer", "name": "h", "label": "H", "constraint": "foo(.)"},
            {"type": "begin_group", "name": "i", "label": "I"},
        ],
        [
            {"list_name": "non", "name": "o", "label": "Oui"},
            {"list_name": "non", "name": "o", "label": "Oui"},
            {"list_name": "non", "label": "Rien"},
        ],
    )
    assert places(wrong) == [
        ("choices", 3, "name"),
        ("choices", 4, "name"),
        ("survey", 3, "type"),
        ("survey", 4, "type"),
        ("survey", 5, "name"),
        ("survey", 6, "relevant"),
        ("survey", 7, "constraint"),
        ("survey", 8, "name"),
        ("survey", 9, "constraint"),
        ("survey", 10, "type"),
    ]


@pytest.mark.parametrize(
    "rows",
    [
        [
            {"type": "calculate", "name": "a", "calculation": "${b} + 1"},
            {"type": "calculate", "name": "b", "calculation": "${a} + 1"},
        ],
        [{"type": "text", "name": "a", "label": "A", "relevant": "${a} = 'x'"}],
    ],
)
def test_a_circle_is_refused(rows):
    assert [place[0] for place in places(book(rows))] == ["survey"]


@pytest.mark.parametrize("rows", [[], [{"type": "", "name": "x"}]])
def test_a_workbook_that_asks_nothing_is_refused(rows):
    assert places(book(rows)) == [("survey", None, "type")]


def test_curled_quotes_of_a_word_processor_are_read():
    compiled = compile_form(
        book(
            [
                {"type": "text", "name": "a", "label": "L’été"},
                {"type": "text", "name": "b", "label": "B", "relevant": "${a} = ‘oui’"},
            ]
        )
    )
    assert b"/data/a  = 'oui'" in compiled.xml
    assert "L’été" in compiled.xml.decode()


def test_every_real_form_that_pyxform_takes_is_taken(real_data: Path):
    stricter = {"bad_calc.xlsx", "pull_data.xlsx", "extra_columns.xls"}
    refused = {
        "calculate_without_calculation.xls",
        "duplicate_columns.xlsx",
        "fruits.csv",
        "gps.csv",
        "group_name_test.xls",
        "include.csv",
        "include.xls",
        "include.xlsx",
        "include_json.csv",
        "include_json.xls",
        "include_json.xlsx",
        "unknown_question_type.xls",
    }
    found = set()
    for folder in ("survey/pyxform_forms", "survey/onadata_forms"):
        for path in (real_data / folder).rglob("*"):
            if path.suffix.lower() not in {".xls", ".xlsx", ".xlsm", ".csv"}:
                continue
            try:
                read_form(compile_form(read_workbook(path)).xml)
            except (FormRefused, FormatRefused):
                found.add(path.name)
    assert found == stricter | refused


def test_choices_kept_outside_the_form_are_put_inside():
    """No page of ours, nor Web Forms, looks them up beside it."""
    outside = [
        {"list_name": "villes", "name": "r", "label": "Rimouski", "region": "bsl"},
        {"list_name": "villes", "name": "v", "label": "Verdun", "region": "mtl"},
    ]
    asked = [
        {"type": "select_one regions", "name": "region", "label": "Région ?"},
        {"type": "select_one_external villes", "name": "ville", "label": "Ville ?",
         "choice_filter": "region=${region}"},
    ]  # fmt: skip
    regions = [{"list_name": "regions", "name": name, "label": name} for name in ("bsl", "mtl")]
    book = Workbook(
        (
            worksheet_of("survey", asked),
            worksheet_of("choices", regions),
            worksheet_of("external_choices", outside),
        )
    )
    filling = Filling(
        prepare(read_form(compile_form(book).xml)), at=AT, chance=np.random.default_rng(1)
    )

    filling.set("/data/region", "mtl")

    assert filling.choices("/data/ville") == [("v", "Verdun")]
