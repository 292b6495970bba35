"""Lists as networks keep them, through the page: what somebody tired reads, and can act on."""

import unicodedata
from datetime import date

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.web.entrance import let_in

from croisee_web.study.models import Organisation


@pytest.fixture
def shown(client, study, network, lead):
    """Send a list to a network; return the words of the page it leads to."""
    network("carrefours")
    let_in(client, lead)
    upload = reverse("study:list-upload", args=["veille", "carrefours"])

    def sent(name, raw, seen=""):
        file = SimpleUploadedFile(name, raw if isinstance(raw, bytes) else raw.encode())
        answer = client.post(upload, {"file": file, "edition": ""})
        if answer.status_code == 302:
            answer = client.get(answer.url, {"voir": seen})
        return answer.content.decode().replace("\xa0", " ").replace("\u202f", " ")

    return sent


@pytest.fixture
def workbook(tmp_path):
    """Return the bytes of a workbook: each sheet by its name, its rows."""

    def made(**sheets):
        path = tmp_path / "liste.xlsx"
        with xlsxwriter.Workbook(path) as book:
            day = book.add_format({"num_format": "yyyy-mm-dd"})
            for name, rows in sheets.items():
                sheet = book.add_worksheet(name)
                for number, row in enumerate(rows):
                    for column, cell in enumerate(row):
                        if isinstance(cell, date):
                            sheet.write_datetime(number, column, cell, day)
                        else:
                            sheet.write(number, column, cell)
        return path.read_bytes()

    return made


def test_workbook_of_several_sheets_says_which_one_is_read(shown, workbook):
    several = workbook(
        Lisez_moi=[["Voir l’onglet Membres"]], Membres=[["Nom"], ["Le Phare"]], Archives=[["Nom"]]
    )
    alone = workbook(Membres=[["Nom", "Région"], ["Le Phare", "Nord"]])

    said = "Le classeur a plusieurs feuilles : « Lisez_moi » est lue, pas Membres, Archives."
    assert said in shown("liste.xlsx", several)
    assert "plusieurs feuilles" not in shown("liste.xlsx", alone)


def test_column_taken_for_the_name_is_said(shown):
    page = shown("liste.csv", "Région;Ville\nNord;Amos\nSud;Laval\n")

    assert "Colonnes lues : Nom : « Ville », Région : « Région »." in page


def test_titles_without_a_line_under_them_are_told(shown):
    assert "Il n’y a aucune ligne sous les titres." in shown("liste.csv", "Nom;Région\n")


def test_old_workbook_is_answered_with_what_to_do(shown):
    page = shown("liste.xls", bytes.fromhex("d0cf11e0a1b11ae1"))

    assert "puis enregistrez-le en .xlsx." in page


def test_workbook_without_anything_is_told(shown, workbook):
    assert "la liste est sur la première feuille" in shown("liste.xlsx", workbook(Feuille=[]))


def test_list_too_long_is_told_and_nothing_is_kept(shown):
    lines = "".join(f"Maison {n}\n" for n in range(20_001))

    assert "lignes ou 200 colonnes." in shown("liste.csv", f"Nom\n{lines}")
    assert not Organisation.objects.exists()


@pytest.mark.parametrize("seen", ["acceptee"])
def test_accents_of_either_form_and_windows_letters_are_one_name(shown, seen):
    name = "Maison d’été"
    mixed = f"Nom;Région\n{name};Nord\n{unicodedata.normalize('NFD', name)};Nord\n"

    assert shown("a.csv", mixed, "refusee").count("Ce nom est déjà à la ligne 2.") == 1
    assert "École « Là-bas »" in shown("b.csv", "Nom\nÉcole « Là-bas »\n".encode("cp1252"), seen)


def test_day_in_place_of_a_code_is_to_be_looked_at(shown, workbook):
    page = shown("liste.xlsx", workbook(A=[["Code", "Nom"], [date(2026, 1, 3), "Maison Janvier"]]))

    assert "Le tableur a peut-être pris ce texte pour une date." in page
    assert "Garder : c’est un membre à part" in page


def test_total_and_second_title_are_no_members(shown):
    page = shown("a.csv", "Nom;Région\nLe Phare;Nord\nTotal général : 1;\nNom;Région\n", "refusee")

    assert page.count("C’est un total, pas un membre.") == 1
    assert page.count("Les titres des colonnes sont répétés.") == 1


def test_second_writer_of_a_member_sees_both_writings(client, study, network, lead):
    row = Organisation.objects.create(
        study=study, case=network(), code="phare", name="Le Phare", region="Nord", version=2
    )
    let_in(client, lead)
    address = reverse("study:member-edit", args=["veille", "carrefours", row.pk])
    sent = {"name": "Le Phare", "region": "Sud", "edition": "", "version": 1}

    late = client.post(address, sent)
    again = client.post(address, {**sent, "version": 2})

    page = late.content.decode()
    assert late.status_code == 409
    assert "L’autre personne a écrit" in page
    assert "Nord" in page
    assert 'value="Sud"' in page
    assert 'name="version" value="2"' in page
    assert again.status_code == 302
    assert Organisation.objects.get().region == "Sud"
