"""``croisee convert DOSSIER reponses.sav``: the answers of a study for statistical software."""

from __future__ import annotations

import csv
import shutil
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pyreadstat
import pytest

from croisee.cli import main
from croisee.dataset import answers_name, freeze
from croisee.formats.sav import read_sav
from croisee.formats.sav_writing import write_sav
from croisee.language import Label
from croisee.questionnaire.exchanges.labelled_names import renaming_of
from croisee.run.converting_answers import _NEVER_SEEN
from croisee.run.labelled_answers import answers_of
from croisee.study import Diffusion, Instrument, Option, Question, QuestionKind, Study, Subject
from croisee.studyfolder import new_study, read_study

REFERENCE = Path(__file__).parents[3] / "examples" / "etude-de-reference"


def said(capsys, *words, language="fr"):
    code = main(["convert", *map(str, words), "--lang", language])
    told = capsys.readouterr()
    return code, " ".join((told.out + told.err).replace("\u00a0", " ").split())


@pytest.fixture(scope="module")
def frozen(tmp_path_factory):
    folder = read_study(REFERENCE)
    where = tmp_path_factory.mktemp("frozen") / "d"
    with freeze(folder.study, folder.tables, folder.consents, where, at=_NEVER_SEEN) as dataset:
        yield dataset


def test_every_answer_of_the_reference_study_is_counted_the_same_by_another_reader(
    tmp_path, capsys, frozen
):
    code, told = said(capsys, REFERENCE, tmp_path / "r.sav")

    assert (code, "Pour l’équipe seulement" in told) == (0, True)
    waves = frozen.waves()
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted(
        f"r-{instrument}-{edition}.sav" for instrument, edition in waves
    )
    compared = 0
    for instrument, edition in waves:
        path = tmp_path / f"r-{instrument}-{edition}.sav"
        cells, about = pyreadstat.read_sav(str(path), output_format="dict")
        memory = renaming_of(read_sav(path))
        rows = frozen.rows(answers_name(instrument, edition))
        assert cells["respondent"] == [row["respondent"] for row in rows]
        asked = frozen.study.instrument(instrument)
        for name, header in memory.headers.items():
            column = _column(asked, header)
            if column is None:
                continue
            codes = memory.codes.get(name, {})
            ours = Counter(_plain(row[column]) for row in rows)
            theirs = Counter(codes.get(_plain(cell), _plain(cell)) for cell in cells[name])
            assert theirs == ours, (instrument, column)
            compared += 1
        sets = {one.code.replace("-", "_") for one in asked.questions if one.kind == "multiple"}
        assert about.mr_sets.keys() == sets
        names = {header: name for name, header in memory.headers.items()}
        for one in asked.questions:
            if one.kind in {"choix", "ordinal"}:
                labels = [option.label.fr for option in one.options]
                assert list(about.variable_value_labels[names[one.code]].values()) == labels
    assert compared > 50


def _column(instrument, header):
    for one in instrument.questions:
        if header == one.code:
            return f"q_{one.code}"
        if header.startswith(f"{one.code}_") and one.kind in {"multiple", "rang"}:
            return f"q_{one.code}__{header.removeprefix(f'{one.code}_')}"
    return None


def _plain(cell):
    if cell is None or cell == "" or cell != cell:
        return ""
    return str(cell) if isinstance(cell, str) else f"{float(cell):g}"


def test_who_withdrew_is_in_no_file(tmp_path, capsys):
    study = tmp_path / "etude"
    shutil.copytree(REFERENCE, study)
    people = study / "participants.csv"
    with people.open(encoding="utf-8-sig", newline="") as stream:
        lines = list(csv.DictReader(stream, delimiter=";"))
    answers = (study / "reponses" / "profil_2021.csv").read_text(encoding="utf-8-sig")
    who = next(line for line in lines if f"\n{line['code']};" in answers and not line["retrait"])
    assert said(capsys, study, tmp_path / "before.csv")[0] == 0
    who["retrait"] = "2021-06-01"
    with people.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, who.keys(), delimiter=";")
        writer.writeheader()
        writer.writerows(lines)
    assert said(capsys, study, tmp_path / "after.csv")[0] == 0

    def found(name):
        return any(who["code"] in p.read_text("utf-8-sig") for p in tmp_path.glob(f"{name}*.csv"))

    assert (found("before"), found("after")) == (True, False)


def test_nothing_is_written_where_a_file_is(tmp_path, capsys):
    study = tmp_path / "etude"
    new_study(study, "fr")
    waves = {path.stem for path in (study / "reponses").iterdir()}
    assert said(capsys, study, tmp_path / "r.dta")[0] == 0
    before = {path: path.read_bytes() for path in tmp_path.glob("*.dta")}
    code, told = said(capsys, study, tmp_path / "r.dta")

    assert len(before) == len(waves)
    assert (code, "existe déjà" in told) == (2, True)
    assert {path: path.read_bytes() for path in tmp_path.glob("*.dta")} == before


def test_a_folder_to_correct_is_told_in_one_list(tmp_path, capsys):
    (tmp_path / "etude").mkdir()
    (tmp_path / "etude" / "etude.toml").write_text("titre = [", encoding="utf-8")
    code, told = said(capsys, tmp_path / "etude", tmp_path / "r.sav")

    assert (code, "TOML" in told) == (2, True)
    assert list(tmp_path.glob("*.sav")) == []


def test_weights_amounts_and_ranks_keep_their_values(tmp_path):
    order = Question(
        "ordre", Label("Par ordre"), QuestionKind.RANK,
        (Option("a", Label("A")), Option("b", Label("B"))),
    )  # fmt: skip
    amount = Question("somme", Label("Combien ?"), QuestionKind.NUMBER)
    fiche = Instrument("fiche", Label("Fiche"), "m", Subject.PERSON, (order, amount), weighted=True)
    rows = [
        {"respondent": "r-1", "weight": Decimal("1.250000000000"), "q_somme": Decimal("1E+2"),
         "q_ordre__a": 2, "q_ordre__b": 1},
        {"respondent": "r-2", "weight": Decimal("0E-12"), "q_somme": Decimal("-3.5000")},
    ]  # fmt: skip
    study = Study(Label("É"), Label("?"), ("fr",), (), (), (), Diffusion(""))
    table = answers_of(study, fiche, rows, "fr")
    write_sav(tmp_path / "r.sav", table)
    cells, about = pyreadstat.read_sav(str(tmp_path / "r.sav"), output_format="dict")

    assert list(cells["weight"]) == [1.25, 0]
    assert list(cells["somme"]) == [100, -3.5]
    assert [cells["ordre_a"][0], cells["ordre_b"][0]] == [2, 1]
    assert _plain(cells["ordre_a"][1]) == ""
    assert about.column_names_to_labels["weight"] == "Poids"
    assert about.column_names_to_labels["ordre_a"] == "Par ordre — A"
