"""Answers are taken away in each format; an anonymous file leads to nobody; no cell executes."""

import csv
import io
import re
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from python_calamine import CalamineWorkbook
from tests.web.collection.conducting_world import AT
from tests.web.collection.receiving_world import asked_of, identifier
from tests.web.entrance import let_in

from croisee.formats import read_table
from croisee.formats.sav import read_sav
from croisee_web.access.models import Assignment
from croisee_web.access.vocabulary import Role
from croisee_web.collection.models import AnswerSheet, Bringing, Submission
from croisee_web.collection.usecases.taking import take_out
from croisee_web.collection.vocabulary import ANSWERS_TAKEN
from croisee_web.journal.models import Entry

TRAP = '=HYPERLINK("http://exemple.test";"x")'


@pytest.fixture
def sites(settings, tmp_path):
    settings.KEYS_ROOT = tmp_path / "cles"
    settings.FILES_ROOT = tmp_path / "fichiers"


@pytest.fixture
def named(db, sites):
    return asked_of()


@pytest.fixture
def nameless(db, sites):
    return asked_of(anonymous=True)


def taken(asked, how):
    """Return the files of an export, by name."""
    found = take_out(
        study_id=asked.world.study.pk, collecting_id=asked.collecting.pk, how=how,
        actor=asked.world.researcher, at=AT,
    )  # fmt: skip
    with zipfile.ZipFile(io.BytesIO(found.content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def unpacked(content):
    """Return the bytes of a file, those of its parts where it is a workbook."""
    if content[:2] != b"PK":
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return b"".join(archive.read(name) for name in archive.namelist())


def rows_of(content):
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


def test_each_format_holds_every_answer_and_says_what_it_loses(named, tmp_path):
    named.receive(1, outils="courriel papier", heures=12, mot="Merci")
    named.receive(2, case="quartiers", outil="papier")
    odk = taken(named, "odk")
    assert set(odk) == {"photos-2026.csv", "lisez-moi.txt"}
    by_case = {row["cas"]: row for row in rows_of(odk["photos-2026.csv"])}
    assert by_case["carrefours"]["outils/papier"] == "1"
    assert by_case["carrefours"]["_uuid"] == identifier(1).removeprefix("uuid:")
    assert (by_case["quartiers"]["outil"], by_case["quartiers"]["heures"]) == ("papier", "")
    (first, _second) = sorted(
        rows_of(taken(named, "dossier")["photos-2026.csv"]), key=lambda row: row["cas"]
    )
    assert (first["cas"], first["outils__papier"], first["mot"]) == ("carrefours", "oui", "Merci")
    path = tmp_path / "a.sav"
    path.write_bytes(taken(named, "sav")["photos-2026.sav"])
    table = read_sav(path)
    labels = {one.name: one.label for one in table.variables}
    assert (labels["outil"], labels["cas"]) == ("Quel outil ?", "Réseau")
    assert len(table.rows) == 2
    ddi = taken(named, "ddi")["photos-2026.xml"].decode()
    assert "Combien d’heures ?" in ddi
    assert "Merci" not in ddi
    assert "ODK" in odk["lisez-moi.txt"].decode()


@pytest.mark.parametrize("how", ["odk", "odk-xlsx"])
def test_what_is_taken_as_odk_comes_back_and_changes_nothing(named, client, how):
    named.receive(1, outils="courriel papier", heures=12, mot="=1+1")
    named.receive(2, case="quartiers", outil="papier", mot="deux\nlignes ; et « guillemets »")
    before = named.kept()
    let_in(client, named.world.researcher)
    found = take_out(
        study_id=named.world.study.pk, collecting_id=named.collecting.pk, how=how,
        actor=named.world.researcher, at=AT,
    )  # fmt: skip
    sent = client.post(
        reverse("collection:bring", args=["numerique", named.collecting.pk]),
        {"file": SimpleUploadedFile(found.name, found.content)},
    )
    call_command("work", until_empty=True)
    client.post(sent.url)
    call_command("work", until_empty=True)
    report = Bringing.objects.get().report
    assert (report["received"], report["already"], report["apart"]) == (0, 2, 0)
    assert named.kept() == before


def test_no_cell_of_an_export_begins_a_formula(named):
    for number, trap in enumerate((TRAP, "+1+1", "-1+1", "@SUM(A1)", "\t=1"), 1):
        named.receive(number, mot=trap)
    for how in ("odk", "dossier"):
        for name, content in taken(named, how).items():
            if name.endswith(".csv"):
                cells = [cell for row in rows_of(content) for cell in row.values()]
                assert [cell for cell in cells if cell[:1] in "=+@\t\r" and cell] == []
                assert any(cell.startswith("'=HYPERLINK") for cell in cells)


def test_a_workbook_holds_what_the_csv_holds_and_its_numbers_are_numbers(named, tmp_path):
    named.receive(1, outils="courriel papier", heures=12, mot=TRAP)
    named.receive(2, case="quartiers", outil="papier", mot="007")
    for how, name in (("odk", "photos-2026"), ("dossier", "photos-2026")):
        (tmp_path / "a.csv").write_bytes(taken(named, how)[f"{name}.csv"])
        files = taken(named, f"{how}-xlsx")
        assert set(files) == {f"{name}.xlsx", "lisez-moi.txt"}
        (tmp_path / "a.xlsx").write_bytes(files[f"{name}.xlsx"])
        csv_rows, rows = (
            sorted(
                (cells for _line, cells in read_table(tmp_path / one).rows), key=lambda c: c["cas"]
            )
            for one in ("a.csv", "a.xlsx")
        )
        drawn = {"repondant"} if how == "dossier" else set()
        assert [{**one, **dict.fromkeys(drawn, "")} for one in rows] == [
            {**one, **dict.fromkeys(drawn, "")} for one in csv_rows
        ]
        with CalamineWorkbook.from_path(tmp_path / "a.xlsx") as book:
            header, *lines = book.get_sheet_by_index(0).to_python()
        kept = [dict(zip(header, line, strict=True)) for line in lines]
        assert sorted(str(one["heures"]) for one in kept) == ["", "12.0"]
        assert sorted(one["mot"] for one in kept) == ["007", TRAP]


def test_an_answer_no_cell_can_hold_is_said(named):
    named.receive(1, mot="x" * 40_000)
    files = taken(named, "odk-xlsx")
    assert "1 réponse de plus de 32 767 signes est coupée" in (
        files["lisez-moi.txt"].decode("utf-8-sig").replace("\u202f", " ").replace("\xa0", " ")
    )
    assert "est coupée" not in taken(named, "odk")["lisez-moi.txt"].decode("utf-8-sig")


def test_an_anonymous_export_leads_to_no_link_time_or_device(nameless):
    for number in range(1, 31):
        nameless.receive(number, mot=f"mot {number}")
    keys = {str(pk) for pk in Submission.objects.values_list("pk", flat=True)}
    kept = set(Submission.objects.values_list("instance_id", flat=True))
    codes = set(AnswerSheet.objects.values_list("respondent", flat=True))
    orders, numbers = set(), []
    for how in ("odk", "odk-xlsx", "dossier", "dossier-xlsx", "sav", "ddi"):
        for name, content in taken(nameless, how).items():
            text = unpacked(content).decode("utf-8-sig", errors="replace")
            leaks = [one for one in (*keys, *kept, *codes) if one in text]
            leaks += [one for one in ("2026-11-22", "collect:", "10:00", "uuid:") if one in text]
            assert (how, name, leaks) == (how, name, [])
    for _time in range(2):
        rows = rows_of(taken(nameless, "odk")["photos-2026.csv"])
        orders.add(tuple(row["mot"] for row in rows))
        assert {(row["repondant"], row["organisme"]) for row in rows} == {("", "")}
        numbers.append({row["_uuid"] for row in rows})
    order = taken(nameless, "odk-xlsx")["photos-2026.xlsx"]
    orders.add(tuple(re.findall(r"mot [0-9]+", unpacked(order).decode(errors="replace"))))
    assert [len(one) for one in orders] == [30, 30, 30]
    assert (len(numbers[0]), numbers[0] & numbers[1]) == (30, set())


def test_an_identified_export_would_lead_there(named):
    """The control of the test above: what is searched for is found where it is."""
    named.receive(1)
    text = taken(named, "odk")["photos-2026.csv"].decode("utf-8-sig")
    book = unpacked(taken(named, "odk-xlsx")["photos-2026.xlsx"]).decode(errors="replace")
    for said in (text, book):
        assert AnswerSheet.objects.get().respondent in said
        assert identifier(1).removeprefix("uuid:") in said
        assert "2026-11-22" in said


def test_who_reads_answers_takes_them_and_the_journal_says_it(named, client):
    named.receive(1)
    address = reverse("collection:take", args=["numerique", named.collecting.pk])
    Assignment.objects.create(
        account=named.world.stranger, study_id=named.world.study.pk, role=Role.CODER, given_at=AT
    )
    let_in(client, named.world.stranger)
    page = client.get(address).content.decode()
    assert "1 réponse complète" in page.replace("\u202f", " ").replace("\xa0", " ")
    answer = client.post(address, {"format": "sav"})
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/zip")
    (entry,) = Entry.objects.filter(act=ANSWERS_TAKEN)
    assert (entry.details.content["how"], entry.details.content["rows"]) == ("sav", 1)
    assert client.post(address, {"format": "autre"}).status_code == 422
    let_in(client, named.world.facilitator)
    assert client.post(address, {"format": "sav"}).status_code == 403
    let_in(client, named.world.coordinator)
    assert client.get(address).status_code == 403
