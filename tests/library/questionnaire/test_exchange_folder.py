"""Answers written in the study folder's manner come in, and ours go out so."""

from __future__ import annotations

import zipfile

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.library.questionnaire.generated_forms import (
    AT,
    FR,
    answered,
    prepared_of,
    workbook_of,
    workbooks,
)

from croisee.formats import Table, read_tables, write_csv, write_sheets
from croisee.questionnaire.describing import lines_of
from croisee.questionnaire.exchanges.folder import folder_table, read_folder_answers
from croisee.questionnaire.submission import read_submission

BOOK = workbook_of(
    [
        {"type": "select_one avis", "name": "Avis_1", FR: "Avis", "croisee::question": "avis"},
        {"type": "select_multiple outils", "name": "outils", FR: "Outils"},
        {"type": "rank outils", "name": "rangs", FR: "Rangs"},
        {"type": "decimal", "name": "heures", FR: "Heures"},
    ],
    {"avis": ["Oui_1", "non"], "outils": ["mail", "visio"]},
)


def answers(content):
    return {path: value for path, value in read_submission(content).values.items()
            if "meta" not in path}  # fmt: skip


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(drawn=st.data(), sheets=st.booleans())
def test_answers_written_come_back_the_same(tmp_path_factory, drawn, sheets):
    folder = tmp_path_factory.mktemp("reponses")
    book = drawn.draw(workbooks(nested=False, name="Q_{place}"))
    prepared, made = drawn.draw(answered(book))
    lines = lines_of(book)
    table = folder_table(
        [(read_submission(one), {"case": "nord"}) for one in made], prepared, lines, name="e_2026"
    )
    path = folder / ("e_2026.xlsx" if sheets else "e_2026.csv")
    if sheets:
        write_sheets(path, [table])
    else:
        write_csv(path, table.header, table.rows)
    brought = read_folder_answers(path, prepared, lines, at=AT)
    assert (brought.troubles, brought.ignored) == ((), ())
    assert [answers(one.submission) for one in brought.entered] == [answers(one) for one in made]
    assert [one.facts for one in brought.entered] == [
        {"respondent": str(place), "case": "nord"} for place in range(1, len(made) + 1)
    ]


def test_a_choice_called_no_is_not_ticked_by_no(tmp_path):
    book = workbook_of(
        [{"type": "select_multiple avis", "name": "avis", FR: "Avis"}], {"avis": ["oui", "non"]}
    )
    path = tmp_path / "e_2026.csv"
    path.write_text("repondant;cas;avis__oui;avis__non\nr1;nord;oui;non\nr2;nord;non;oui\n")

    brought = read_folder_answers(path, prepared_of(book), lines_of(book), at=AT)

    assert [answers(one.submission) for one in brought.entered] == [
        {"/data/avis": "oui"},
        {"/data/avis": "non"},
    ]


def test_codes_of_the_codebook_and_labels_are_read(tmp_path):
    path = tmp_path / "e_2026.csv"
    path.write_text(
        "repondant;cas;avis;outils;rangs;heures;autre\n"
        "r1;nord;oui-1;mail | visio;visio > mail;3,5;x\n"
        "r2;sud;Choix 1 : NON;aucun;;;\n"
        "r3;sud;bof;;;beaucoup;\n",
        encoding="utf-8",
    )
    brought = read_folder_answers(path, prepared_of(BOOK), lines_of(BOOK), at=AT)
    assert [answers(one.submission) for one in brought.entered] == [
        {
            "/data/Avis_1": "Oui_1",
            "/data/outils": "mail visio",
            "/data/rangs": "visio mail",
            "/data/heures": "3.5",
        },
        {"/data/Avis_1": "non"},
        {},
    ]
    assert brought.ignored == ("autre",)
    assert [(one.row, one.column, one.message.to("fr")) for one in brought.troubles] == [
        (4, "Avis_1", "« bof » n’est pas un choix de cette question."),
        (4, "heures", "Écrivez un nombre, par exemple 3,5."),
    ]


LIVE = ("=1+1", "+1+cmd", "-1+cmd", "@SUM(1)", "\tx", "=HYPERLINK(1)", "'=1")


@pytest.mark.parametrize("live", LIVE)
def test_no_cell_nor_header_nor_name_of_a_sheet_is_live(tmp_path, live):
    path, csv = tmp_path / "x.xlsx", tmp_path / "x.csv"
    write_sheets(path, [Table(live, (f"{live} h",), ((live,),)), Table(live, ("a",), ((live,),))])
    write_csv(csv, (f"{live} h",), ((live,),))
    names = list(read_tables(path))
    assert len(names) == 2
    for name in names:
        assert not name.startswith(("=", "+", "-", "@", "\t", "'="))
    with zipfile.ZipFile(path) as archive:
        for part in archive.namelist():
            assert b"<f>" not in archive.read(part)
    for line in csv.read_text(encoding="utf-8-sig").splitlines():
        assert not line.lstrip('"').startswith(("=", "+", "-", "@", "\t", "\r"))


def test_another_reader_finds_texts_and_no_formula(tmp_path):
    path = tmp_path / "x.xlsx"
    write_sheets(path, [Table("Réponses", ("q", "n"), tuple((live, 2.5) for live in LIVE))])
    sheet = openpyxl.load_workbook(path)["Réponses"]
    cells = [[(cell.value, cell.data_type) for cell in row] for row in sheet.iter_rows(min_row=2)]
    assert cells == [[(live, "s"), (2.5, "n")] for live in LIVE]
