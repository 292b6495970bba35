"""SPSS and Stata files as study folders: labels, missing values, order, the same counts."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

import pyreadstat
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.conftest import REAL_DATA
from tests.library.run.test_convert_collections import said

from croisee.cli import main
from croisee.formats.labelled import Content, Labelled, Measure, Multiple, Value, Variable
from croisee.formats.sav_writing import write_sav
from croisee.formats.stata_writing import write_dta
from croisee.run.converting import convert
from croisee.study import QuestionKind
from croisee.studyfolder import read_study

SURVEYS = REAL_DATA / "survey"
real = pytest.mark.skipif(not SURVEYS.is_dir(), reason="the real data are not beside the project")
TABLE = Labelled(
    "Jardin",
    (
        Variable("accord", "Êtes-vous d’accord ?", values=(
            Value("1", "Pas du tout"), Value("2", "Un peu"), Value("3", "Tout à fait"),
            Value("-9", "Ne sait pas", missing=True), Value("9", "Autre chose")),
            measure=Measure.ORDINAL, missing=(("-9", "-9"),)),
        Variable("visio", "Visioconférence", values=(Value("1", "Oui"), Value("0", "Non"))),
        Variable("mail", "Courrier", values=(Value("1", "Oui"), Value("0", "Non"))),
        Variable("heures", "Combien d’heures ?", measure=Measure.SCALE,
                 missing=(("99", "99"),), decimals=1),
        Variable("v7", "Quel est votre nom ?", Content.TEXT),
        Variable("v8", "Autre remarque", Content.TEXT),
        Variable("v9", "Un mot", Content.TEXT),
    ),
    (Multiple("outils", "Quels outils ?", ("visio", "mail"), "1"),),
    (
        ("1", "1", "0", "2.5", "Aurélie Tremblay", "Chloé Gagnon", "rien"),
        ("-9", "0", "0", "99", "Bo Diallo", "Ève Roy", "plus d’eau"),
        ("9", "", "", "", "Chloé Gagnon", "", "un banc"),
    ),
)  # fmt: skip


def rows_of(study):
    (path,) = (study / "reponses").iterdir()
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream, delimiter=";"))


@pytest.mark.parametrize(("ending", "write"), [(".sav", write_sav), (".zsav", write_sav)])
def test_a_file_of_spss_makes_a_study_that_runs_and_names_nobody(ending, write, tmp_path, capsys):
    write(tmp_path / f"jardin{ending}", TABLE)
    code, out, _ = said(capsys, tmp_path / f"jardin{ending}", tmp_path / "etude")
    assert (code, out.splitlines()[0]) == (0, "4 questions, 3 réponses.")
    assert "cela peut dire qui répond : v7, v8" in out  # the words of one, the answers of the other
    read = read_study(tmp_path / "etude")
    assert not read.refused
    accord, outils, heures, _ = read.study.instruments[0].questions
    assert (accord.kind, [one.code for one in accord.options]) == (
        QuestionKind.ORDINAL, ["1", "2", "3", "9"],
    )  # fmt: skip
    assert [one.label.fr for one in accord.options][-1] == "Autre chose"
    assert (outils.kind, outils.label.fr) == (QuestionKind.MULTIPLE, "Quels outils ?")
    assert (heures.kind, heures.label.fr) == (QuestionKind.NUMBER, "Combien d’heures ?")
    names = ("accord", "outils__visio", "outils__mail", "heures", "v9")
    found = rows_of(tmp_path / "etude")
    assert [tuple(row[name].replace(",", ".") for name in names) for row in found] == [
        ("1", "oui", "non", "2.5", "rien"),
        ("", "", "", "", "plus d’eau"),
        ("9", "", "", "", "un banc"),
    ]
    assert main(["run", str(tmp_path / "etude"), "--out", str(tmp_path / "resultats")]) == 0


def test_a_file_of_stata_makes_a_study_too(tmp_path, capsys):
    plain = Labelled("Jardin", TABLE.variables[1:2], (), (("1",), ("0",), ("1",)))
    write_dta(tmp_path / "jardin.dta", plain)
    assert said(capsys, tmp_path / "jardin.dta", tmp_path / "etude")[0] == 0
    assert [row["visio"] for row in rows_of(tmp_path / "etude")] == ["1", "0", "1"]


@pytest.mark.parametrize(
    "content", [b"", b"$FL2", b"$FL2@(#) SPSS DATA FILE" + b"\0" * 400, b"PK\3\4"]
)
@pytest.mark.parametrize("ending", [".sav", ".dta"])
def test_a_damaged_file_is_refused_in_a_sentence_and_nothing_is_written(
    content, ending, tmp_path, capsys
):
    (tmp_path / f"x{ending}").write_bytes(content)
    code, _, err = said(capsys, tmp_path / f"x{ending}", tmp_path / "etude")
    assert code != 0
    assert "lisible" in err or "abîmé" in err
    assert [one.name for one in tmp_path.iterdir()] == [f"x{ending}"]


CELLS = st.sampled_from(["", "1", "2", "3", "-8"])


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(CELLS, st.sampled_from(["", "0", "4", "7.5"])), min_size=1, max_size=12))
def test_any_answers_are_counted_as_the_file_has_them(rows):
    choice = Variable("choix", "Choix ?", values=(
        Value("1", "A"), Value("2", "B"), Value("3", "C"), Value("-8", "Refus", missing=True)),
        missing=(("-8", "-8"),))  # fmt: skip
    number = Variable("nombre", "Combien ?", measure=Measure.SCALE, decimals=1)
    with TemporaryDirectory() as place:
        folder = Path(place)
        write_sav(folder / "x.sav", Labelled("X", (choice, number), (), tuple(rows)))
        convert(folder / "x.sav", folder / "etude")
        found = rows_of(folder / "etude")
    assert [row["choix"] for row in found] == [one if one != "-8" else "" for one, _ in rows]
    assert [row["nombre"].replace(",", ".") for row in found] == [one for _, one in rows]


REAL_FILES = sorted(
    path for path in SURVEYS.rglob("*") if path.suffix.lower() in {".sav", ".zsav", ".dta"}
)


@real
@pytest.mark.parametrize("path", REAL_FILES, ids=lambda path: path.name)
def test_counts_of_real_files_are_those_of_another_reader(path, tmp_path):
    convert(path, tmp_path / "etude")
    read = read_study(tmp_path / "etude")
    assert not read.refused
    reader = pyreadstat.read_dta if path.suffix == ".dta" else pyreadstat.read_sav
    frame, _ = reader(str(path), output_format="dict", apply_value_formats=False)
    rows = rows_of(tmp_path / "etude")
    assert len(rows) == len(next(iter(frame.values())))
    columns = {name.lower().strip("_@").replace(".", "-").replace("_", "-"): cells
               for name, cells in frame.items()}  # fmt: skip
    compared = 0
    for question in read.study.instruments[0].questions:
        cells = columns.get(question.code)
        if cells is None or question.kind not in {QuestionKind.SINGLE, QuestionKind.ORDINAL}:
            continue
        theirs = Counter(
            str(int(cell)) if isinstance(cell, float | int) else cell
            for cell in cells if cell is not None and cell == cell and cell != ""
        )  # fmt: skip
        assert Counter(row[question.code] for row in rows if row[question.code]) == theirs
        compared += 1
    if path.name in {"sample.sav", "simple_alltypes.sav", "ordered_category.sav"}:
        assert compared
