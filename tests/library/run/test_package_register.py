"""A package leaves a trace: a later withdrawal or removal says which packages to take back."""

from __future__ import annotations

import csv
import json
import shutil
from datetime import UTC, datetime, timedelta

import pytest

from croisee.cli import main
from croisee.disclosure import Register, deposits
from croisee.run import seal_study
from croisee.run.package import package_study
from croisee.studyfolder import new_study, read_study

LATE = datetime(2099, 1, 1, tzinfo=UTC)
PLACE = "Entrepôt inventé"


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


def said(capsys, *words):
    code = main([*map(str, words), "--lang", "fr"])
    told = capsys.readouterr()
    return code, " ".join(
        (told.out + told.err).replace("\u00a0", " ").replace("\u202f", " ").split()
    )


def lines(path):
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream, delimiter=";"))


def quotes_by_person(out):
    found = lines(out / "equipe" / "consentements.csv")
    return {one["code"]: one["extraits"].split(", ") for one in found if one["extraits"]}


def withdraw(study, code):
    rows = lines(study / "participants.csv")
    write(study, [{**row, "retrait": "2099-02-01"} if row["code"] == code else row for row in rows])


def write(study, rows):
    with (study / "participants.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, rows[0].keys(), delimiter=";")
        writer.writeheader()
        writer.writerows(rows)


def test_a_package_is_in_the_register_without_a_word_or_a_name(study, tmp_path):
    done = package_study(study, tmp_path / "depot", at=LATE, place=PLACE)
    register = Register.open(study / "registre")
    (one,) = deposits(register)

    public = json.loads(
        (tmp_path / "depot" / "depot-2024a" / "diffusion" / "release.json").read_text("utf-8")
    )
    assert (one.release, one.place, one.at) == ("2024a", PLACE, LATE.isoformat())
    assert {code for code, _ in one.quotes} == {q["code"] for q in public["quotes"]} != set()
    assert set(one.tables) == {table["key"] for table in public["tables"]} != set()
    kept = (study / "registre" / "diffusions" / "2024a" / "depots.csv").read_text("utf-8")
    kept += (study / "registre" / "journal.csv").read_text("utf-8")
    secret = {*read_study(study).consents, *(q["text"] for q in public["quotes"])}
    marks = set(kept.replace(",", " ").replace("/", " ").split())
    assert not secret & marks
    assert not [text for text in secret if " " in text and text in kept]
    assert done.earlier == ()


def test_the_same_package_for_the_same_place_is_one_package(study, tmp_path):
    for day, place in enumerate((PLACE, PLACE, "Un autre", f"  {PLACE} ")):
        package_study(study, tmp_path / "depot", at=LATE + timedelta(days=day), place=place)
    found = deposits(Register.open(study / "registre"))

    assert [(one.place, one.at) for one in found] == [
        (PLACE, LATE.isoformat()),
        ("Un autre", (LATE + timedelta(days=2)).isoformat()),
    ]
    assert len({one.digest for one in found}) == 1
    assert found[0].quotes == found[1].quotes != ()


def test_a_withdrawal_says_what_to_take_back_until_a_clean_package_replaces_it(
    study, tmp_path, capsys
):
    package_study(study, tmp_path / "depot", at=LATE, place=PLACE)
    who, codes = max(quotes_by_person(tmp_path / "depot").items(), key=lambda one: len(one[1]))
    _, before = said(capsys, "run", study, "--out", tmp_path / "avant")
    assert "Dépôt préparé" not in before

    withdraw(study, who)
    _, told = said(capsys, "run", study, "--out", tmp_path / "apres")
    theirs = f"{len(codes)} extraits qu’il porte" if len(codes) > 1 else "1 extrait qu’il porte est"
    assert f"Dépôt préparé le 31 décembre 2098, pour {PLACE}" in told
    assert theirs in told
    assert "deaccession" in told
    receipt = (tmp_path / "apres" / "equipe" / "recus" / f"{who}.fr.txt").read_text("utf-8")
    assert PLACE in receipt
    assert f"avait {len(codes)} extrait" in receipt.replace("\u00a0", " ")
    others = (tmp_path / "apres" / "equipe" / "recus").glob("*.fr.txt")
    assert [path.name for path in others if PLACE in path.read_text("utf-8")] == [f"{who}.fr.txt"]
    page = (tmp_path / "apres" / "equipe" / "verification.html").read_text("utf-8")
    assert PLACE in page
    public = [p for p in (tmp_path / "apres" / "diffusion").rglob("*") if p.is_file()]
    assert public
    assert not [p for p in public if PLACE.encode() in p.read_bytes()]

    _, again = said(capsys, "package", study, "--out", tmp_path / "depot", "--to", PLACE)
    assert theirs in again
    text = (tmp_path / "depot" / "depot-2024a" / "diffusion" / "release.json").read_text("utf-8")
    assert not {quote["code"] for quote in json.loads(text)["quotes"]} & set(codes)
    _, after = said(capsys, "run", study, "--out", tmp_path / "apres")
    assert "Dépôt préparé" not in after


def test_what_is_removed_names_the_packages_that_hold_it(study, tmp_path, capsys):
    package_study(study, tmp_path / "depot", at=LATE, place=PLACE)
    (one,) = deposits(Register.open(study / "registre"))
    key = one.tables[0]
    by = ("--by", "Une chercheuse", "--reason", "Essai")
    code, told = said(capsys, "amend", study, "--remove", key, *by)

    assert code == 0
    assert f"Un dépôt l’a encore : le 31 décembre 2098, pour {PLACE}" in told
    _, again = said(capsys, "run", study, "--out", tmp_path / "apres")
    printed = Register.open(study / "registre").code_of("F", key)
    assert f"Retiré depuis : {printed}" in again
    assert "extrait qu’il porte" not in again
    package_study(study, tmp_path / "depot", at=LATE + timedelta(days=1), place=PLACE)
    assert key not in deposits(Register.open(study / "registre"))[1].tables


def test_a_package_without_words_has_none_to_take_back(study, tmp_path, capsys):
    """Somebody refuses the deposit of her words: none is in it, so none is to be called back."""
    toml = study / "etude.toml"
    text = toml.read_text("utf-8")
    asked = '[[finalites]]\ncode = "depot"\nnom = "Déposer mes propos"\nrole = "autre"\n\n'
    toml.write_text(text.replace("[[finalites]]", f"{asked}[[finalites]]", 1), encoding="utf-8")
    (study / "depot.toml").write_text('finalite = "depot"\n', encoding="utf-8")
    rows = lines(study / "participants.csv")
    write(study, [{**row, "consent_depot": "non"} for row in rows])
    assert package_study(study, tmp_path / "depot", at=LATE).withheld
    (one,) = deposits(Register.open(study / "registre"))
    assert one.quotes == ()
    _, told = said(capsys, "run", study, "--out", tmp_path / "apres")
    assert "Dépôt préparé" not in told
