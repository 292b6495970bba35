"""Questionnaires as workbooks: what is read is what was written."""

from __future__ import annotations

import io
import unicodedata
import zipfile
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from croisee.formats import FormatRefused
from croisee.formats.xlsform import (
    Workbook,
    Worksheet,
    read_workbook,
    worksheet,
    worksheet_of,
    write_workbook,
)

CELL = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Cn")), max_size=20
).map(lambda text: unicodedata.normalize("NFC", text))
GRID = st.lists(st.lists(CELL, min_size=1, max_size=5), min_size=1, max_size=6)


@given(survey=GRID, other=GRID)
def test_what_is_written_is_read_again(tmp_path_factory, survey, other):
    book = Workbook((worksheet("survey", survey), worksheet("Ma feuille", other)))
    path = tmp_path_factory.mktemp("classeur") / "questionnaire.xlsx"
    path.write_bytes(write_workbook(book))
    assert read_workbook(path) == book


def test_cells_are_what_a_person_would_type(tmp_path):
    path = tmp_path / "q.xlsx"
    with xlsxwriter.Workbook(path) as written:
        sheet = written.add_worksheet("Survey")
        sheet.write_row(0, 0, ["type", "name", "required", "label"])
        sheet.write_row(2, 0, ["integer", "age", True, 12.5])
    found = read_workbook(path).sheet("survey")
    assert found.rows == (("", "", "", ""), ("integer", "age", "TRUE", "12.5"))
    assert found.records() == [
        {},
        {"type": "integer", "name": "age", "required": "TRUE", "label": "12.5"},
    ]


def test_a_style_to_the_end_of_the_sheet_takes_no_room(tmp_path):
    path = tmp_path / "q.xlsx"
    with xlsxwriter.Workbook(path) as written:
        sheet = written.add_worksheet("survey")
        sheet.write_row(0, 0, ["type", "name"])
        sheet.write_blank(1_048_575, 16_383, None, written.add_format({"bold": True}))
    assert read_workbook(path) == Workbook((Worksheet("survey", ("type", "name")),))


def test_a_value_at_the_end_of_the_sheet_is_refused(tmp_path):
    path = tmp_path / "q.xlsx"
    with xlsxwriter.Workbook(path) as written:
        sheet = written.add_worksheet("survey")
        sheet.write_row(0, 0, ["type", "name"])
        sheet.write_string(1_048_575, 16_383, "x")
    with pytest.raises(FormatRefused, match="1048576 lignes"):
        read_workbook(path)


def test_the_csv_of_xlsform(tmp_path):
    path = tmp_path / "q.csv"
    path.write_text(
        '"survey",,\n,"type","name"\n,"text","nom"\n"choices",,\n,"list_name","name"\n,"a","b"\n',
        encoding="utf-8",
    )
    book = read_workbook(path)
    assert book.sheet("survey").records() == [{"type": "text", "name": "nom"}]
    assert book.sheet("choices").records() == [{"list_name": "a", "name": "b"}]


@pytest.mark.parametrize("name", ["a/b", "", "x" * 32])
def test_a_sheet_no_spreadsheet_would_name(name):
    with pytest.raises(FormatRefused):
        write_workbook(Workbook((Worksheet(name, ("type",)),)))


def test_a_workbook_of_something_else(tmp_path):
    path = tmp_path / "liste.xlsx"
    path.write_bytes(
        write_workbook(
            Workbook((worksheet_of("Membres", [{"nom": "A"}]), worksheet_of("B", [{"c": "d"}])))
        )
    )
    with pytest.raises(FormatRefused, match="survey"):
        read_workbook(path)


def test_no_formula_is_ever_written():
    book = Workbook((worksheet("survey", [["type", "label"], ["note", '=HYPERLINK("http://x")']]),))
    content = write_workbook(book)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert all(
            b"<f>" not in archive.read(name) and b"hyperlink" not in archive.read(name).lower()
            for name in archive.namelist()
            if "worksheets" in name
        )


def test_every_real_form_is_read_and_written_back(tmp_path: Path, real_data: Path):
    forms = [
        path
        for folder in ("survey/pyxform_forms", "survey/onadata_forms")
        for path in (real_data / folder).rglob("*")
        if path.suffix.lower() in {".xls", ".xlsx", ".xlsm"}
    ]
    assert len(forms) > 50
    for form in forms:
        book = read_workbook(form)
        again = tmp_path / "again.xlsx"
        again.write_bytes(write_workbook(book))
        assert read_workbook(again) == book, form.name
