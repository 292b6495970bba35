"""``croisee package``: what may leave is there, what may not is not, what is missing is told."""

from __future__ import annotations

import csv
import hashlib
import json
import re
import shutil
import subprocess
import zipfile
from datetime import UTC, datetime

import pytest
from lxml import etree
from tests.library.formats.ddi_models import faults

from croisee.cli import main
from croisee.formats.ddi import read_ddi
from croisee.run import OutputRefused, seal_study
from croisee.run.package import package_study
from croisee.studyfolder import new_study, read_study

LATE = datetime(2099, 1, 1, tzinfo=UTC)
DEPOSIT = """sujet = "Sciences sociales"
licence = "CC-BY-4.0"
mots_cles = ["outils"]

[[auteurs]]
nom = "Lanoue, Odile"
"""


@pytest.fixture(scope="module")
def sealed(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sealed") / "etude"
    new_study(folder, "fr")
    seal_study(folder, by="Une chercheuse", at=LATE)
    return folder


@pytest.fixture
def study(sealed, tmp_path):
    folder = tmp_path / "etude"
    shutil.copytree(sealed, folder)
    return folder


def said(capsys, *words, language="fr"):
    code = main(["package", *map(str, words), "--lang", language])
    told = capsys.readouterr()
    return code, " ".join((told.out + told.err).replace("\u00a0", " ").split())


def lines(path):
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream, delimiter=";"))


def test_a_draft_is_not_deposited_and_nothing_is_written(tmp_path, capsys):
    new_study(tmp_path / "etude", "fr")
    code, told = said(capsys, tmp_path / "etude", "--out", tmp_path / "depot")

    assert (code, "croisee seal" in told) == (2, True)
    assert not (tmp_path / "depot").exists()


def test_what_the_study_does_not_say_is_listed_with_where_to_write_it(study, tmp_path, capsys):
    code, told = said(capsys, study, "--out", tmp_path / "depot")

    assert code == 0
    assert "le sujet. À écrire dans depot.toml, « sujet »" in told
    root = tmp_path / "depot" / "depot-2024a"
    assert not (root / "metadonnees" / "dataverse.json").exists()
    missing = lines(tmp_path / "depot" / "equipe" / "a-completer.csv")
    assert [one["cle"] for one in missing if one["exige_par_dataverse"] == "oui"] == ["sujet"]


def test_the_package_is_whole_and_another_program_verifies_it(study, tmp_path):
    (study / "depot.toml").write_text(DEPOSIT, encoding="utf-8")
    done = package_study(study, tmp_path / "depot", at=LATE)
    root = tmp_path / "depot" / "depot-2024a"

    files = sorted(p.relative_to(root).as_posix() for p in root.rglob("*") if p.is_file())
    with zipfile.ZipFile(done.archive) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == [f"{root.name}/{name}" for name in files]
        for name in files:
            assert archive.read(f"{root.name}/{name}") == (root / name).read_bytes()
    sums = dict(
        reversed(line.split("  ", 1)) for line in (root / "SHA256SUMS").read_text().splitlines()
    )
    assert sums.keys() == set(files) - {"SHA256SUMS"}
    assert sums["tableaux.csv"] == hashlib.sha256((root / "tableaux.csv").read_bytes()).hexdigest()
    if shutil.which("sha256sum"):
        subprocess.run(["sha256sum", "--quiet", "-c", "SHA256SUMS"], cwd=root, check=True)
    dataset = json.loads((root / "metadonnees" / "dataverse.json").read_text("utf-8"))
    fields = dataset["datasetVersion"]["metadataBlocks"]["citation"]["fields"]
    assert {f["typeName"]: f["value"] for f in fields}["subject"] == ["Social Sciences"]


def test_the_description_asks_what_the_codebooks_ask(study, tmp_path):
    package_study(study, tmp_path / "depot", at=LATE)
    root = tmp_path / "depot" / "depot-2024a"
    about, table = read_ddi(root / "metadonnees" / "ddi.xml")
    asked = {
        f"{one.code}.{question.code}": question
        for one in read_study(study).study.instruments
        for question in one.questions
    }

    assert about.identifier == "2024a"
    assert faults(etree.parse(root / "metadonnees" / "ddi.xml").getroot()) == []
    single = {one.name: one for one in table.variables if one.name in asked}
    several = {one.name for one in table.multiples}
    assert single.keys() | several == asked.keys()
    for name, variable in single.items():
        said_options = [(v.code, v.label) for v in variable.values]
        assert said_options == [(o.code, o.label.fr) for o in asked[name].options]
    names = {path.stem for path in (root / "livre-de-codes").glob("*.csv")}
    assert names == {name.partition(".")[0] for name in asked}


def test_every_column_of_every_table_has_its_meaning_in_two_languages(study, tmp_path):
    package_study(study, tmp_path / "depot", at=LATE)
    root = tmp_path / "depot" / "depot-2024a"
    told = lines(root / "dictionnaire.csv")
    tables = [p for p in root.rglob("*.csv") if p.name != "dictionnaire.csv"]

    assert len(tables) > 10
    for path in tables:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            header = next(csv.reader(stream, delimiter=";"))
        here = [one for one in told if path in {*root.glob(one["fichier"])}]
        names = "colonne_en" if path.name.endswith(".en.csv") else "colonne"
        assert {one[names] for one in here} == set(header), path.name
    assert all(one["sens"] and one["sens_en"] and one["sens"] != one["sens_en"] for one in told)


def test_the_licence_has_its_page_where_one_is_chosen(study, tmp_path):
    package_study(study, tmp_path / "none", at=LATE)
    (study / "depot.toml").write_text(DEPOSIT, encoding="utf-8")
    package_study(study, tmp_path / "some", at=LATE)
    none, some = (tmp_path / name / "depot-2024a" for name in ("none", "some"))

    assert not (none / "LICENCE.txt").exists()
    assert "LICENCE.txt" not in (none / "LISEZMOI.txt").read_text("utf-8")
    page = (some / "LICENCE.txt").read_text("utf-8")
    assert "CC BY 4.0" in page
    assert "https://creativecommons.org/licenses/by/4.0/" in page
    assert "LICENCE.txt" in (some / "LISEZMOI.txt").read_text("utf-8")
    assert "LICENCE.txt" in (some / "SHA256SUMS").read_text("utf-8")


def test_the_guide_is_there_with_its_options(study, tmp_path):
    package_study(study, tmp_path / "depot", at=LATE)
    rows = lines(tmp_path / "depot" / "depot-2024a" / "guide.csv")
    themes = read_study(study).study.themes

    assert {row["theme"] for row in rows} == {one.code for one in themes} != set()
    assert "guide.csv" in (tmp_path / "depot" / "depot-2024a" / "LISEZMOI.txt").read_text("utf-8")
    written = {(row["theme"], row["option"]) for row in rows if row["option"]}
    assert written == {(one.code, option.code) for one in themes for option in one.options} != set()


def test_nobody_is_in_it(study, tmp_path):
    """No code of a person or of an organisation's answer, no raw table, no name to mask."""
    folder = read_study(study)
    package_study(study, tmp_path / "depot", at=LATE)
    root = tmp_path / "depot" / "depot-2024a"

    secret = {*folder.consents, *(entry.text for entry in folder.registry)}
    secret |= {row["organisation"] for row in folder.tables["organisations"].to_pylist()}
    texts = [p.read_text("utf-8") for p in root.rglob("*") if p.suffix in {".csv", ".xml", ".json",
             ".html", ".txt", ".bib", ".svg"}]  # fmt: skip
    found = {one for one in secret for text in texts if _is_word(one, text)}
    assert (len(secret) > 20, found) == (True, set())
    assert not any(p.suffix in {".sav", ".parquet", ".xlsx"} for p in root.rglob("*"))


def _is_word(word, text):
    return re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", text) is not None


def test_the_same_study_gives_the_same_bytes(study, tmp_path):
    first = package_study(study, tmp_path / "a", at=LATE)
    second = package_study(study, tmp_path / "b", at=datetime(2100, 5, 5, tzinfo=UTC))

    assert first.archive.read_bytes() == second.archive.read_bytes()


def quoted(out):
    found = lines(out / "equipe" / "consentements.csv")
    return {one["code"]: one["extraits"] for one in found if one["extraits"]}


def withdraw(study, code, column="retrait", value="2099-02-01"):
    path = study / "participants.csv"
    rows = lines(path)
    for row in rows:
        if row["code"] == code:
            row[column] = value
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, rows[0].keys(), delimiter=";")
        writer.writeheader()
        writer.writerows(rows)


def test_a_withdrawal_after_the_seal_reaches_the_package_and_numbers_stand(study, tmp_path):
    package_study(study, tmp_path / "before", at=LATE)
    who, codes = next(iter(quoted(tmp_path / "before").items()))
    withdraw(study, who)
    package_study(study, tmp_path / "after", at=LATE)

    gone = codes.split(", ")
    text = (tmp_path / "after" / "depot-2024a" / "diffusion" / "release.json").read_text("utf-8")
    shown = {quote["code"] for quote in json.loads(text)["quotes"]}
    assert gone
    assert not shown & set(gone)
    assert who not in quoted(tmp_path / "after")
    tables = [
        sorted((p.name, p.read_bytes()) for p in (tmp_path / where).rglob("figures/*.csv"))
        for where in ("before", "after")
    ]
    assert tables[0] == tables[1] != []


def test_words_stay_out_when_a_person_quoted_did_not_accept_the_deposit(study, tmp_path, capsys):
    """The study asks for a deposit apart; it names the purpose, and one person says no."""
    toml = study / "etude.toml"
    text = toml.read_text("utf-8")
    asked = '[[finalites]]\ncode = "depot"\nnom = "Déposer mes propos"\nrole = "autre"\n\n'
    toml.write_text(text.replace("[[finalites]]", f"{asked}[[finalites]]", 1), encoding="utf-8")
    (study / "depot.toml").write_text('finalite = "depot"\n', encoding="utf-8")
    path = study / "participants.csv"
    rows = [{**row, "consent_depot": "oui"} for row in lines(path)]

    def write():
        with path.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, rows[0].keys(), delimiter=";")
            writer.writeheader()
            writer.writerows(rows)

    write()
    assert package_study(study, tmp_path / "all", at=LATE).withheld == ()
    before = quoted(tmp_path / "all")
    who = next(iter(before))
    next(row for row in rows if row["code"] == who)["consent_depot"] = "non"
    write()
    code, told = said(capsys, study, "--out", tmp_path / "some")
    root = tmp_path / "some" / "depot-2024a"

    assert (code, "Sans paroles" in told) == (0, True)
    assert f"croisee amend --remove {before[who]}" in told
    assert {p.suffix for p in (root / "diffusion").rglob("*") if p.is_file()} == {".csv"}
    quotes = json.loads(
        (tmp_path / "all" / "depot-2024a" / "diffusion" / "release.json").read_text("utf-8")
    )["quotes"]
    whole = "\n".join(p.read_text("utf-8") for p in root.rglob("*") if p.is_file())
    assert quotes
    assert not [one for one in quotes if one["text"] in whole]
    assert "Aucune parole" in (root / "LISEZMOI.txt").read_text("utf-8")


def test_results_of_a_run_are_not_replaced_by_a_package(study, tmp_path):
    (tmp_path / "resultats").mkdir()
    (tmp_path / "resultats" / "LISEZMOI.txt").write_text("à nous", encoding="utf-8")

    with pytest.raises(OutputRefused, match="existe déjà"):
        package_study(study, tmp_path / "resultats", at=LATE)
    assert (tmp_path / "resultats" / "LISEZMOI.txt").read_text("utf-8") == "à nous"
