"""SPSS files: ours, written and read again; those of others, made into a questionnaire."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pyreadstat
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

from croisee.formats import FormatRefused
from croisee.formats.labelled import Content, Labelled, Measure, Multiple, Value, Variable
from croisee.formats.sav import read_sav
from croisee.formats.sav_writing import write_sav
from croisee.questionnaire.codebook import answers_of
from croisee.questionnaire.compiling import compile_form
from croisee.questionnaire.describing import lines_of
from croisee.questionnaire.exchanges.labelled_in import (
    questionnaire_of_labelled,
    read_labelled_answers,
)
from croisee.questionnaire.exchanges.labelled_out import labelled_of
from croisee.questionnaire.submission import filling_of, read_submission

QUICK = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def said(content, prepared):
    """What a submission answers; decimals as numbers: « 3.50 » is 3.5."""
    found = read_submission(content).values
    kinds = {path: node.kind for path, node in prepared.nodes.items()}
    return {
        path: Decimal(value) if kinds[path] == "decimal" else value for path, value in found.items()
    }


@QUICK
@given(drawn=st.data())
def test_answers_written_for_spss_come_back_the_same(tmp_path_factory, drawn):
    path = tmp_path_factory.mktemp("sav") / "x.sav"
    book = drawn.draw(workbooks(nested=False, name="q-{place}.é"))
    prepared, made = drawn.draw(answered(book))
    table, losses = labelled_of([read_submission(one) for one in made], prepared)
    write_sav(path, table)
    brought = read_labelled_answers(read_sav(path), prepared, file="x.sav", at=AT)
    assert (losses, brought.troubles, brought.ignored) == ((), (), ())
    assert [said(one.submission, prepared) for one in brought.entered] == [
        said(one, prepared) for one in made
    ]


def test_a_repeat_is_left_out_of_spss_and_said():
    book = workbook_of(
        [
            {"type": "begin_repeat", "name": "enfants", FR: "Enfants"},
            {"type": "integer", "name": "age", FR: "Âge"},
            {"type": "end_repeat"},
            {"type": "text", "name": "nom", FR: "Nom"},
        ],
        {},
    )
    table, losses = labelled_of([], prepared_of(book))
    assert [one.name for one in table.variables] == ["nom", "meta_instanceID"]
    assert [(one.question, one.what.to("fr")) for one in losses] == [
        ("enfants/age", "La question est dans un bloc répété : elle n’y est pas.")
    ]


def test_labels_missing_values_and_sets_are_read_by_another_program(tmp_path):
    path = tmp_path / "x.sav"
    book = workbook_of(
        [
            {"type": "select_one avis", "name": "avis", FR: "Êtes-vous d’accord ?",
             "appearance": "croisee-echelle", "croisee::sans_reponse": "nsp"},
            {"type": "select_multiple outils", "name": "outils", FR: "Vos outils"},
        ],
        {"avis": ["oui", "non", "nsp"], "outils": ["visio", "mail"]},
    )  # fmt: skip
    prepared = prepared_of(book)
    xml = (
        '<data id="essai"><avis>nsp</avis><outils>mail</outils>'
        "<meta><instanceID>uuid:a</instanceID></meta></data>"
    )
    table, losses = labelled_of([read_submission(xml.encode())], prepared, lines=lines_of(book))
    write_sav(path, table)
    cells, about = pyreadstat.read_sav(str(path), output_format="dict", user_missing=True)
    assert losses == ()
    assert {name: list(column) for name, column in cells.items()} == {
        "avis": [3.0],
        "outils_visio": [0.0],
        "outils_mail": [1.0],
        "meta_instanceID": ["uuid:a"],
    }
    assert about.column_names_to_labels["avis"] == "Êtes-vous d’accord ?"
    assert about.variable_value_labels["avis"] == {
        1.0: "Choix 0 : oui",
        2.0: "Choix 1 : non",
        3.0: "Choix 2 : nsp",
    }
    assert about.missing_ranges == {"avis": [{"lo": 3.0, "hi": 3.0}]}
    assert about.variable_measure["avis"] == "ordinal"
    assert about.mr_sets == {
        "outils": {
            "type": "D",
            "is_dichotomy": True,
            "counted_value": 1,
            "label": "Vos outils",
            "variable_list": ["outils_visio", "outils_mail"],
        }
    }


TABLE = Labelled(
    "Enquête sur les outils",
    (
        Variable("sexe", "Sexe", values=(Value("1", "Femme"), Value("2", "Homme"))),
        Variable("acc.1", "D’accord ?", measure=Measure.ORDINAL, missing=(("9", "9"),),
                 values=(Value("1", "Pas du tout"), Value("4", "Tout à fait"),
                         Value("9", "Refus", missing=True))),
        Variable("@age", "Âge", measure=Measure.SCALE, missing=(("999", "999"),),
                 values=(Value("999", "Refus", missing=True),)),
        Variable("t_a", "Téléphone"),
        Variable("t_b", "Ordinateur à soi"),
        Variable("mot", "Un mot", Content.TEXT),
        Variable("jour", "Jour", Content.DATE, measure=Measure.SCALE),
    ),
    (Multiple("t", "Vos appareils", ("t_a", "t_b")),),
    (
        ("1", "3", "35", "1", "0", "été", "2026-11-22"),
        ("2", "9", "999", "0", "1", "x" * 400, ""),
        ("", "", "", "", "", "", ""),
    ),
)  # fmt: skip


def test_an_spss_file_of_others_becomes_a_questionnaire_and_its_answers(tmp_path):
    path = tmp_path / "autre.sav"
    write_sav(path, TABLE)
    table = read_sav(path)
    imported = questionnaire_of_labelled(table)
    rows = {row["name"]: row for row in imported.workbook.sheet("survey").records()}
    assert {name: row["type"] for name, row in rows.items()} == {
        "sexe": "select_one sexe",
        "acc.1": "select_one acc.1",
        "age": "integer",
        "t": "select_multiple t",
        "mot": "text",
        "jour": "date",
    }
    assert rows["acc.1"]["croisee::sans_reponse"] == "9"
    assert [(one.question, one.what.to("fr")) for one in imported.losses] == [
        ("acc.1", "Des valeurs sans libellé deviennent des choix (3)."),
        ("age", "Les libellés des valeurs ne sont pas repris : c’est un nombre."),
    ]
    prepared = prepared_of(imported.workbook)
    brought = read_labelled_answers(table, prepared, file=path.name, at=AT)
    assert (brought.troubles, brought.ignored) == ((), ())
    lines = lines_of(imported.workbook)
    answers = []
    for one in brought.entered:
        received = read_submission(one.submission)
        filling = filling_of(received, prepared, at=AT, chance=np.random.default_rng(0))
        answers.append(answers_of(filling, lines))
    assert answers == [
        {"sexe": "1", "acc-1": "3", "age": "35", "t": ["a"], "mot": "été", "jour": "2026-11-22"},
        {"sexe": "2", "t": ["b"], "mot": "x" * 400},
        {},
    ]


@pytest.mark.parametrize(
    "content", [b"", b"$FL2", b"$FL2" + bytes(400), b"PK\x03\x04", b"$FL3x" * 99]
)
def test_a_file_that_is_not_of_spss_is_refused(tmp_path, content):
    path = tmp_path / "x.sav"
    path.write_bytes(content)
    with pytest.raises(FormatRefused):
        read_sav(path)


def test_a_damaged_file_is_refused_or_read_and_nothing_else(tmp_path):
    path = tmp_path / "x.sav"
    write_sav(path, TABLE)
    whole = path.read_bytes()
    refused = 0
    for place in range(0, len(whole), 61):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :])
        try:
            read_sav(path)
        except FormatRefused:
            refused += 1
    assert refused > 0


def test_real_files_of_spss_become_questionnaires(real_data):
    paths = sorted((real_data / "survey").glob("*sav*/*.sav"))
    assert len(paths) > 10
    for path in paths:
        table = read_sav(path)
        imported = questionnaire_of_labelled(table)
        compile_form(imported.workbook)
        brought = read_labelled_answers(table, prepared_of(imported.workbook), file="x", at=AT)
        assert [one for one in brought.troubles if one.misread] == []
        assert len(brought.entered) == len(table.rows)
