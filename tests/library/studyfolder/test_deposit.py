"""``depot.toml``: read, refused by its line, written back; and no word of it in the Dataset."""

from __future__ import annotations

import pytest

from croisee.language import Label
from croisee.studyfolder import left_in_the_folder, new_study, read_study
from croisee.studyfolder.deposit import SUBJECTS, Author, Deposit, is_orcid

WRITTEN = """sujet = "sciences sociales"
licence = "cc-by-4.0"
description = "Ce que disent deux réseaux."
description_en = "What two networks say."
mots_cles = ["outils", "réseaux"]
conditions_en = "With care."
conditions = "Avec soin."
finalite = "citation"

[[auteurs]]
nom = "Lanoue, Odile"
affiliation = "Université inventée"
orcid = "https://orcid.org/0000-0002-1825-0097"

[[auteurs]]
nom = "Réseau des potagers"
"""


@pytest.fixture
def study(tmp_path):
    new_study(tmp_path / "etude", "fr")
    return tmp_path / "etude"


def read(study, text, name="depot.toml"):
    (study / name).write_text(text, encoding="utf-8")
    return read_study(study)


def test_a_deposit_is_read_and_changes_nothing_else(study):
    before = read_study(study)
    after = read(study, WRITTEN)

    assert after.problems == before.problems
    assert after.study == before.study
    assert after.deposit == Deposit(
        (
            Author("Lanoue, Odile", "Université inventée", "0000-0002-1825-0097"),
            Author("Réseau des potagers"),
        ),
        Label("Ce que disent deux réseaux.", "What two networks say."),
        "Social Sciences",
        ("outils", "réseaux"),
        (),
        "CC-BY-4.0",
        Label("Avec soin.", "With care."),
        "citation",
    )


def test_a_site_says_that_it_does_not_keep_it(study):
    before, after = read_study(study), read(study, WRITTEN)

    def left(folder):
        return {p.file for p in left_in_the_folder((), (), (), folder.deposit)}

    assert (left(before), left(after)) == (set(), {"depot.toml"})


def test_a_folder_without_the_file_says_nothing(study):
    assert read_study(study).deposit == Deposit()


def test_english_names_are_read(study):
    text = 'subject = "Law"\nlicense = "CC0-1.0"\nkeywords = "tools"\n[[authors]]\nname = "A, B"\n'
    found = read(study, text, "deposit.toml").deposit

    assert found == Deposit((Author("A, B"),), Label(""), "Law", ("tools",), licence="CC0-1.0")


@pytest.mark.parametrize(
    ("text", "row", "words"),
    [
        ('sujet = "Cuisine"', 1, "Cuisine"),
        ('\nlicence = "à moi"', 2, "à moi"),
        ('finalite = "inconnue"', 1, "inconnue"),
        ('[[auteurs]]\nnom = "A, B"\norcid = "0000-0002-1825-0098"', 3, "ORCID"),
        ("[[auteurs]]\naffiliation = 'x'", 1, "nom"),
        ("licence = [", None, "TOML"),
    ],
)
def test_what_is_wrong_is_refused_by_its_line(study, text, row, words):
    found = [p for p in read(study, text).problems if p.file == "depot.toml"]

    assert [(p.severity, p.row) for p in found] == [("refus", row)]
    assert words in found[0].message.to("fr")


@pytest.mark.parametrize(
    ("orcid", "valid"),
    [
        ("0000-0002-1825-0097", True),
        ("0000-0002-1694-233X", True),
        ("0000-0002-1825-0079", False),
        ("0000-0002-1825-009", False),
        ("", False),
    ],
)
def test_an_orcid_is_verified_by_its_last_sign(orcid, valid):
    """The two published by ORCID: « Structure of the ORCID Identifier »."""
    assert is_orcid(orcid) is valid


def test_the_subjects_are_the_fourteen_of_dataverse():
    assert len(SUBJECTS) == len(set(SUBJECTS.values())) == 14
