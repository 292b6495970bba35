"""``croisee convert`` from answers in XML, a file each, and their form, to a study folder."""

from __future__ import annotations

import csv
import zipfile

import pytest

from croisee.cli import main
from croisee.formats.xlsform import Workbook, worksheet_of, write_workbook
from croisee.questionnaire.compiling import compile_form
from croisee.run.converting import ConversionRefused, convert
from croisee.studyfolder import read_study

BOOK = Workbook(
    (
        worksheet_of("survey", [
            {"type": "text", "name": "prenom", "label": "Votre prénom ?"},
            {"type": "select_one on", "name": "aide", "label": "De l’aide ?"},
            {"type": "decimal", "name": "heures", "label": "Heures ?"},
        ]),
        worksheet_of("choices", [
            {"list_name": "on", "name": "o", "label": "Oui"},
            {"list_name": "on", "name": "n", "label": "Non"},
        ]),
        worksheet_of("settings", [{"form_title": "Éclair", "form_id": "eclair"}]),
    )
)  # fmt: skip


def submission(number, aide, heures, *, form="eclair", corrects=0, root="data"):
    deprecated = f"<orx:deprecatedID>uuid:{corrects}</orx:deprecatedID>" if corrects else ""
    return (
        f'<?xml version="1.0"?><{root} xmlns:orx="http://openrosa.org/xforms" id="{form}">'
        f"<formhub><uuid>abc</uuid></formhub><prenom>Aurélie</prenom><aide>{aide}</aide>"
        f"<heures>{heures}</heures><orx:meta><orx:instanceID>uuid:{number}</orx:instanceID>"
        f"{deprecated}</orx:meta></{root}>"
    )


@pytest.fixture
def collected(tmp_path):
    """A folder as Collect and Briefcase keep it: a form, and a folder for each answer."""
    place = tmp_path / "collecte"
    for number, (aide, heures) in enumerate((("o", 2.5), ("n", 0), ("o", 4)), 1):
        one = place / "instances" / f"uuid{number}"
        one.mkdir(parents=True)
        (one / "submission.xml").write_text(submission(number, aide, heures))
        (one / "photo.jpg").write_bytes(b"\xff\xd8")
    (place / "formulaire.xml").write_bytes(compile_form(BOOK).xml)
    return place


def rows(study):
    with next((study / "reponses").iterdir()).open(encoding="utf-8-sig") as stream:
        return [(one["aide"], one["heures"]) for one in csv.DictReader(stream, delimiter=";")]


def told(source, result):
    return " ".join(one.to("fr") for one in convert(source, result))


def test_a_folder_of_answers_becomes_a_study(collected, tmp_path, capsys):
    assert main(["convert", str(collected), str(tmp_path / "etude")]) == 0
    printed = capsys.readouterr().out
    assert "2 questions, 3 réponses" in printed
    assert "prenom" in printed
    assert rows(tmp_path / "etude") == [("o", "2.5"), ("n", "0"), ("o", "4")]
    assert not read_study(tmp_path / "etude").refused
    everything = b"".join(
        one.read_bytes() for one in (tmp_path / "etude").rglob("*") if one.is_file()
    )
    assert "Aurélie".encode() not in everything


def test_the_same_answers_in_a_zip_and_one_alone(collected, tmp_path):
    archive = tmp_path / "export.zip"
    with zipfile.ZipFile(archive, "w") as written:
        for one in sorted(collected.rglob("submission.xml")):
            written.write(one, one.relative_to(collected))
    (tmp_path / "formulaire.xlsx").write_bytes(write_workbook(BOOK))
    told(archive, tmp_path / "du-zip")
    assert rows(tmp_path / "du-zip") == [("o", "2.5"), ("n", "0"), ("o", "4")]
    (tmp_path / "seule.xml").write_text(submission(9, "n", 1))
    told(tmp_path / "seule.xml", tmp_path / "une")
    assert rows(tmp_path / "une") == [("n", "1")]


def test_what_is_not_counted_is_said_with_its_file(collected, tmp_path):
    wrong = {
        "corrige.xml": submission(4, "n", 3, corrects=2),
        "double.xml": submission(3, "o", 4),
        "autre-dire.xml": submission(1, "n", 9),
        "ailleurs.xml": submission(5, "o", 1, form="autre"),
        "casse.xml": submission(6, "o", 1)[:-9],
        "entite.xml": '<!DOCTYPE d [<!ENTITY x "y">]>' + submission(7, "o", 1).partition("?>")[2],
        "chiffre.xml": '<data id="eclair" encrypted="yes"><base64EncryptedKey>Zm9v'
        "</base64EncryptedKey><encryptedXmlFile>s.enc</encryptedXmlFile></data>",
        "faux.xml": submission(8, "peut-être", "beaucoup"),
    }
    for name, content in wrong.items():
        (collected / "instances" / name).write_text(content)
    printed = told(collected, tmp_path / "etude")
    for name in wrong:
        assert name in printed or name in {"corrige.xml", "autre-dire.xml"}
    assert "corrige celle-ci" in printed
    assert "chiffrée" in printed
    assert "autre questionnaire : autre" in printed
    assert sorted(rows(tmp_path / "etude")) == sorted(
        [("n", "9"), ("n", "3"), ("o", "4"), ("", "")]
    )


def test_a_folder_without_its_form_or_with_two_is_refused(collected, tmp_path):
    form = collected / "formulaire.xml"
    content = form.read_bytes()
    form.unlink()
    with pytest.raises(ConversionRefused) as refused:
        told(collected, tmp_path / "etude")
    assert "questionnaire à côté" in refused.value.message.to("fr")
    form.write_bytes(content)
    (collected / "second.xlsx").write_bytes(write_workbook(BOOK))
    with pytest.raises(ConversionRefused) as refused:
        told(collected, tmp_path / "etude")
    assert "formulaire.xml, second.xlsx" in refused.value.message.to("fr")
    assert not (tmp_path / "etude").exists()


def test_a_form_that_leaves_its_name_to_the_server(tmp_path):
    unnamed = Workbook(BOOK.sheets[:2])
    (tmp_path / "formulaire.xlsx").write_bytes(write_workbook(unnamed))
    (tmp_path / "reponses").mkdir()
    for number in (1, 2):
        one = submission(number, "o", number, form="mon_sondage", root="mon_sondage")
        (tmp_path / "reponses" / f"{number}.xml").write_text(one)
    told(tmp_path / "reponses", tmp_path / "etude")
    assert rows(tmp_path / "etude") == [("o", "1"), ("o", "2")]


def test_links_are_not_followed(collected, tmp_path):
    (tmp_path / "dehors.xml").write_text(submission(10, "o", 8))
    (collected / "instances" / "lien.xml").symlink_to(tmp_path / "dehors.xml")
    told(collected, tmp_path / "etude")
    assert ("o", "8") not in rows(tmp_path / "etude")


def test_real_forms_and_their_answers(real_data, tmp_path):
    forms = real_data.joinpath(
        "survey", "onadata_forms", "onadata", "apps", "api", "tests", "fixtures", "forms"
    )
    for name, answers in (("contributions", 6), ("tutorial", 5), ("cascading", 4)):
        told(forms / name, tmp_path / name)
        with next((tmp_path / name / "reponses").iterdir()).open() as stream:
            assert len(stream.readlines()) == answers + 1
