"""Answers exported by ODK tools, brought in; ours, exported as they do."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook
from tests.library.questionnaire.generated_forms import (
    AT,
    FR,
    answered,
    prepared_of,
    workbook_of,
    workbooks,
)

from croisee.formats import Table, read_table, write_csv, write_sheets
from croisee.questionnaire.exchanges.odk import odk_tables, read_odk
from croisee.questionnaire.exchanges.workbook import NUMBERS, write_answers
from croisee.questionnaire.submission import read_submission, same_submission

QUICK = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
CHILDREN = workbook_of(
    [
        {"type": "begin_group", "name": "vous", FR: "Vous"},
        {"type": "text", "name": "nom", FR: "Votre nom"},
        {"type": "select_multiple outils", "name": "outils", FR: "Vos outils"},
        {"type": "end_group"},
        {"type": "begin_repeat", "name": "enfants", FR: "Enfants"},
        {"type": "integer", "name": "age", FR: "Âge"},
        {"type": "end_repeat"},
        {"type": "select_one ouinon", "name": "accord", FR: "D’accord ?"},
    ],
    {"outils": ["courriel", "visio"], "ouinon": ["oui", "non"]},
)


def values(one):
    return read_submission(one.submission).values


@QUICK
@given(drawn=st.data(), sheets=st.booleans())
def test_what_is_exported_comes_back_the_same(tmp_path_factory, drawn, sheets):
    folder = tmp_path_factory.mktemp("odk")
    prepared, made = drawn.draw(answered(drawn.draw(workbooks())))
    tables = odk_tables([read_submission(one) for one in made], prepared)
    if sheets:
        paths = [folder / "export.xlsx"]
        counted = {
            node.path.strip("/").partition("/")[2]
            for node in prepared.form.walk()
            if node.kind in NUMBERS
        }
        assert write_answers(paths[0], tables, counted) == ()
    else:
        paths = [folder / f"{one.name}.csv" for one in tables]
        for path, one in zip(paths, tables, strict=True):
            write_csv(path, one.header, one.rows)
    brought = read_odk(paths, prepared, at=AT)
    assert brought.troubles == ()
    assert brought.ignored == ()
    assert len(brought.entered) == len(made)
    for one, other in zip(brought.entered, made, strict=True):
        assert same_submission(one.submission, other)


def test_a_kobo_export_in_labels_with_a_sheet_for_its_repeat(tmp_path):
    path = tmp_path / "kobo.xlsx"
    write_sheets(
        path,
        [
            Table(
                "Essai",
                ("vous/nom", "vous/outils", "vous/outils/courriel", "vous/outils/visio", "accord",
                 "_id", "_uuid", "_submission_time", "_index"),
                (
                    ("Ana", "Choix 0 : courriel Choix 1 : visio", 1, 1, "Choix 1 : non", 41,
                     "0d0e7b1c-2a74-4f6f-9c0c-6a4f2f2f9f11", "2026-11-20T10:00:00", 1),
                    ("Béa", "", "", "", "oui", 42, "0d0e7b1c-2a74-4f6f-9c0c-6a4f2f2f9f12",
                     "2026-11-20T10:00:00", 2),
                ),
            ),
            Table("enfants", ("age", "_index", "_parent_table_name", "_parent_index"),
                  ((4, 1, "Essai", 1), (7, 2, "Essai", 1), (9, 3, "Essai", 77))),
        ],
    )  # fmt: skip
    brought = read_odk([path], prepared_of(CHILDREN), at=AT)
    first, second = brought.entered
    assert values(first) == {
        "/data/vous/nom": "Ana",
        "/data/vous/outils": "courriel visio",
        "/data/enfants[1]/age": "4",
        "/data/enfants[2]/age": "7",
        "/data/accord": "non",
        "/data/meta/instanceID": "uuid:0d0e7b1c-2a74-4f6f-9c0c-6a4f2f2f9f11",
    }
    assert values(second) == {
        "/data/vous/nom": "Béa",
        "/data/accord": "oui",
        "/data/meta/instanceID": "uuid:0d0e7b1c-2a74-4f6f-9c0c-6a4f2f2f9f12",
    }
    assert [(one.sheet, one.row) for one in brought.troubles] == [("enfants", 4)]
    assert first.facts == {
        "id": "41",
        "instance_id": "0d0e7b1c-2a74-4f6f-9c0c-6a4f2f2f9f11",
        "submitted": "2026-11-20T10:00:00",
    }


def test_a_central_export_with_dashes_and_labels_as_headers(tmp_path):
    main, times = tmp_path / "Essai.csv", tmp_path / "Essai-enfants.csv"
    main.write_text(
        "SubmissionDate,vous-nom,vous-outils/visio,D’accord ?,KEY,SubmitterName,reste\n"
        "2026-11-20T10:00:00Z,Ana,1,Choix 0 : OUI,uuid:k1,ligne,?\n",
        encoding="utf-8",
    )
    times.write_text("age,PARENT_KEY,KEY\n4,uuid:k1,uuid:k1/enfants[1]\n", encoding="utf-8")
    brought = read_odk([main, times], prepared_of(CHILDREN), at=AT)
    assert values(brought.entered[0]) == {
        "/data/vous/nom": "Ana",
        "/data/vous/outils": "visio",
        "/data/enfants/age": "4",
        "/data/accord": "oui",
        "/data/meta/instanceID": "uuid:k1",
    }
    assert (brought.troubles, brought.ignored) == ((), ("reste",))


def test_each_cell_that_cannot_be_read_is_said_with_its_place(tmp_path):
    path = tmp_path / "export.csv"
    path.write_text(
        "vous/nom,vous/outils,vous/outils/courriel,accord,enfants[1]/age\n"
        "Ana,courriel,0,peut-être,4\n"
        "Béa,,,oui,quatre\n",
        encoding="utf-8",
    )
    brought = read_odk([path], prepared_of(CHILDREN), at=AT)
    assert [(one.file, one.row, one.column, one.misread) for one in brought.troubles] == [
        ("export.csv", 2, "vous/outils", True),
        ("export.csv", 2, "accord", True),
        ("export.csv", 3, "enfants[1]/age", True),
    ]
    assert brought.troubles[1].message.to("fr") == (
        "« peut-être » n’est pas un choix de cette question."
    )
    assert [sorted(values(one)) for one in brought.entered] == [
        ["/data/enfants/age", "/data/meta/instanceID", "/data/vous/nom"],
        ["/data/accord", "/data/meta/instanceID", "/data/vous/nom"],
    ]


def test_the_same_file_brought_twice_is_the_same_answers(tmp_path):
    path = tmp_path / "export.csv"
    path.write_text("vous/nom,accord\nAna,oui\nAna,oui\n", encoding="utf-8")
    prepared = prepared_of(CHILDREN)
    first, again = (read_odk([path], prepared, at=AT) for _ in range(2))
    assert first == again
    assert len({one.instance_id for one in first.entered}) == 2


def test_an_answer_to_a_question_that_is_not_asked_is_said_and_left_out(tmp_path):
    book = workbook_of(
        [
            {"type": "select_one ouinon", "name": "a", FR: "A"},
            {"type": "text", "name": "b", FR: "B", "relevant": "${a} = 'oui'", "default": "rien"},
            {"type": "calculate", "name": "c", "calculation": "1 + 1"},
        ],
        {"ouinon": ["oui", "non"]},
    )
    path = tmp_path / "export.csv"
    path.write_text("a,b,c\nnon,mot,2\noui,,3\n", encoding="utf-8")
    brought = read_odk([path], prepared_of(book), at=AT)
    assert [(one.row, one.column, one.misread) for one in brought.troubles] == [
        (2, "b", False),
        (3, "c", False),
    ]
    assert [
        {key: value for key, value in values(one).items() if "meta" not in key}
        for one in brought.entered
    ] == [{"/data/a": "non", "/data/c": "2"}, {"/data/a": "oui", "/data/c": "2"}]


def test_a_number_a_spreadsheet_would_rewrite_stays_a_text(tmp_path):
    written = ("12", "-3", "0", "3.5", "0.1", "007", "3.50", "1e5", "-0", "9" * 16, "", "1.10")
    table = Table("a", ("n", "mot"), tuple((one, one) for one in written))
    write_answers(tmp_path / "a.xlsx", [table], {"n"})
    with CalamineWorkbook.from_path(tmp_path / "a.xlsx") as book:
        _header, *rows = book.get_sheet_by_index(0).to_python()
    assert [row[0] for row in rows if isinstance(row[0], float)] == [12.0, -3.0, 0.0, 3.5, 0.1]
    assert all(isinstance(row[1], str) for row in rows)
    read = [cells["n"] for _line, cells in read_table(tmp_path / "a.xlsx").rows]
    assert read == [one for one in written if one]
