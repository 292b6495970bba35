"""Answers collected elsewhere come in by one file, once; what is not right in it is said."""

import io
import zipfile
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from tests.web.collection.conducting_world import AT
from tests.web.collection.receiving_world import asked_of
from tests.web.entrance import let_in
from tests.web.looking import cookies_of, faults_of

from croisee.formats import write_xlsx
from croisee.formats.labelled import Content, Labelled, Value, Variable
from croisee.formats.sav_writing import write_sav
from croisee_web.collection.models import AnswerSheet, Bringing, Submission
from croisee_web.collection.rules.brought import brought_root
from croisee_web.collection.usecases.bringing import (
    erase_brought,
    forget_brought,
    receive_brought,
    take_in_brought,
)
from croisee_web.collection.vocabulary import ANSWERS_BROUGHT, BringingState, Way
from croisee_web.jobs.rules import Interrupted
from croisee_web.journal.models import Entry

KOBO = (
    "outil;outils;outils/courriel;outils/visio;outils/papier;heures;mot;_uuid;_index\n"
    "visio;courriel visio;1;1;0;12;Merci;11111111-1111-4111-8111-111111111111;1\n"
    "courriel;;;;;beaucoup;;22222222-2222-4222-8222-222222222222;2\n"
)
OPEN_FOR_LONG = date(2099, 12, 4)
"""The page reads the clock: an answer after the last day is counted as late."""


@pytest.fixture(params=[False, True], ids=["identified", "anonymous"])
def asked(request, db, settings, tmp_path):
    settings.KEYS_ROOT = tmp_path / "cles"
    settings.FILES_ROOT = tmp_path / "fichiers"
    return asked_of(anonymous=request.param, closes_on=OPEN_FOR_LONG)


@pytest.fixture
def named(db, settings, tmp_path):
    settings.KEYS_ROOT = tmp_path / "cles"
    settings.FILES_ROOT = tmp_path / "fichiers"
    return asked_of(closes_on=OPEN_FOR_LONG)


@pytest.fixture
def hand(client):
    """Bring a file as its page takes it, and let the worker work."""

    def given(asked, name, content, case="carrefours", source="", receive=True):
        let_in(client, asked.world.researcher)
        address = reverse("collection:bring", args=["numerique", asked.collecting.pk])
        content = content.encode() if isinstance(content, str) else content
        sent = client.post(address, {"file": SimpleUploadedFile(name, content), "source": source})
        assert sent.status_code == 302, sent.content.decode()
        call_command("work", until_empty=True)
        if receive:
            assert client.post(sent.url, {"case": case}).status_code == 302
            call_command("work", until_empty=True)
        return client.get(sent.url).content.decode().replace("\u202f", " ").replace("\xa0", " ")

    return given


def last():
    return Bringing.objects.order_by("-pk").first()


def counts():
    report = last().report
    return tuple(report[key] for key in ("received", "already", "apart", "refused", "flagged"))


def test_a_file_says_what_it_holds_before_anything_is_received(named, hand):
    page = hand(named, "kobo.csv", KOBO, receive=False)
    assert Submission.objects.count() == 0
    assert (last().state, last().source, last().told["rows"]) == (BringingState.READY, "odk", 2)
    (trouble,) = last().told["troubles"]
    assert (trouble["row"], trouble["column"], trouble["misread"]) == (3, "heures", True)
    assert "ligne 3" in page
    assert "colonne heures" in page
    assert "2 réponses dans ce fichier" in page
    assert "de quel réseau elles viennent" in page


def test_answers_come_in_by_the_one_door_and_the_file_goes(asked, hand):
    page = hand(asked, "kobo.csv", KOBO)
    assert counts() == (2, 0, 0, 0, 0)
    assert sorted(one["outil"] for one in asked.answers()) == ["courriel", "visio"]
    assert {one.way for one in Submission.objects.all()} == {Way.IMPORTED}
    assert {one.case.code for one in AnswerSheet.objects.all()} == {"carrefours"}
    assert list(brought_root().glob("*")) == []
    assert "C’est fini" in page
    assert last().told == {"rows": 2}
    (entry,) = Entry.objects.filter(act=ANSWERS_BROUGHT)
    assert entry.details.content["added"] == 2


def test_the_same_file_twice_changes_nothing(asked, hand):
    hand(asked, "kobo.csv", KOBO)
    before = asked.kept()
    hand(asked, "encore.csv", KOBO)
    assert counts() == (0, 2, 0, 0, 0)
    assert asked.kept() == before


def test_a_row_that_another_answer_contradicts_is_kept_apart_and_said(named, hand):
    hand(named, "kobo.csv", KOBO)
    page = hand(named, "kobo.csv", KOBO.replace("Merci", "Non merci"))
    assert counts() == (0, 1, 1, 0, 0)
    assert "kobo.csv" in page
    assert "celle-ci est à part" in page


def test_each_format_is_recognised_and_gives_the_same_answers(named, hand, tmp_path):
    xlsx = tmp_path / "a.xlsx"
    write_xlsx(xlsx, ("outil", "heures", "_uuid"), [("visio", "3", "a" * 8)])
    sav = tmp_path / "a.sav"
    table = Labelled(
        "Photos",
        (
            Variable("outil", "Quel outil ?", Content.TEXT),
            Variable("heures", "Heures", Content.NUMBER, (Value("99", "nsp", True),)),
            Variable("cas", "Réseau", Content.TEXT),
        ),
        rows=(("visio", "3", "quartiers"),),
    )
    write_sav(sav, table)
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as opened:
        opened.writestr("dossier/reponses.csv", "outil,heures,instanceID\nvisio,3,uuid:z\n")
    lime = "id,submitdate,lastpage,outil,heures\n5,2026-11-20 10:00:00,1,visio,3\n"
    folder = "repondant;cas;outil;heures\nr1;Quartiers;visio;3\n"
    for name, content, source, case in (
        ("a.csv", KOBO.splitlines()[0] + "\nvisio;;;;;3;;33333333-3333-4333-8333-333333333333;1\n",
         "odk", "carrefours"),
        ("a.xlsx", xlsx.read_bytes(), "odk", "carrefours"),
        ("a.zip", archive.getvalue(), "odk", "carrefours"),
        ("lime.csv", lime, "limesurvey", "carrefours"),
        ("reponses.csv", folder, "dossier", "quartiers"),
        ("a.sav", sav.read_bytes(), "sav", "quartiers"),
    ):  # fmt: skip
        Submission.objects.all().delete()
        AnswerSheet.objects.all().delete()
        hand(named, name, content)
        assert (name, last().source, last().state) == (name, source, BringingState.DONE)
        assert (name, named.answers()) == (name, [{"outil": "visio", "heures": "3"}])
        assert AnswerSheet.objects.get().case.code == case


def test_a_network_that_is_not_asked_is_said_before_and_refused_after(named, hand):
    content = "repondant;cas;outil\nr1;Ailleurs;visio\nr2;carrefours;visio\n"
    page = hand(named, "r.csv", content, receive=False)
    assert "n’interroge pas ce réseau" in page
    assert "ligne 2" in page
    hand(named, "r.csv", content)
    assert counts() == (1, 0, 0, 1, 0)


def test_a_network_must_be_chosen_where_a_row_says_none(named, hand, client):
    hand(named, "kobo.csv", KOBO, receive=False)
    address = reverse("collection:brought", args=["numerique", named.collecting.pk, last().pk])
    assert client.post(address, {"case": ""}).status_code == 422
    assert client.post(address, {"case": "ailleurs"}).status_code == 422
    assert last().state == BringingState.READY


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", b""),
        ("a.csv", b"\x00\x01\x02\xff" * 100),
        ("a.sav", b"$FL2" + b"\x00" * 400),
        ("a.xlsx", b"PK\x03\x04" + b"x" * 300),
        ("a.zip", b"PK\x03\x04" + b"x" * 300),
        ("a.csv", b'outil\n"jamais referme\n'),
    ],
)
def test_a_hostile_file_is_refused_in_words_and_removed(named, hand, client, name, content):
    if not content:
        let_in(client, named.world.lead)
        address = reverse("collection:bring", args=["numerique", named.collecting.pk])
        sent = client.post(address, {"file": SimpleUploadedFile(name, content)})
        assert sent.status_code == 422
        return
    page = hand(named, name, content, receive=False)
    assert last().state == BringingState.REFUSED
    assert "Rien n’est reçu" in page
    assert list(brought_root().glob("*")) == []


def test_a_zip_that_leads_outside_writes_nothing_there(named, hand, tmp_path):
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as opened:
        opened.writestr("../../dehors.csv", "outil\nvisio\n")
    hand(named, "a.zip", archive.getvalue(), receive=False)
    assert last().state == BringingState.REFUSED
    assert list(tmp_path.rglob("dehors*")) == []


@pytest.mark.django_db(transaction=True)
def test_a_file_may_be_dropped_by_who_reads_answers(named, hand, client):
    hand(named, "kobo.csv", KOBO, receive=False)
    address = reverse("collection:brought", args=["numerique", named.collecting.pk, last().pk])
    let_in(client, named.world.facilitator)
    assert client.get(address).status_code == 403
    assert client.post(address, {"retirer": "1"}).status_code == 403
    let_in(client, named.world.lead)
    assert client.post(address, {"retirer": "1"}).status_code == 302
    assert (Bringing.objects.count(), list(brought_root().glob("*"))) == (0, [])


@pytest.mark.django_db(transaction=True)
def test_a_file_that_waits_goes_after_a_week_and_when_somebody_leaves(named, hand):
    hand(named, "kobo.csv", KOBO, receive=False)
    sent_at = last().sent_at
    assert forget_brought(actor="site", at=sent_at + timedelta(days=6)) == 0
    assert forget_brought(actor="site", at=sent_at + timedelta(days=8)) == 1
    hand(named, "kobo.csv", KOBO, receive=False)
    assert [one.count for one in erase_brought(named.world.study.pk, "p-1", AT)] == [1]
    assert (Bringing.objects.count(), list(brought_root().glob("*"))) == (0, [])


def test_a_job_stopped_halfway_goes_on_where_it_was(named, hand):
    rows = "".join(f"visio;;;;;{n};;00000000-0000-4000-8000-{n:012};{n}\n" for n in range(1, 46))
    hand(named, "kobo.csv", f"{KOBO.splitlines()[0]}\n{rows}", receive=False)
    row = last()
    take_in_brought(bringing_id=row.pk, case="carrefours", actor=named.world.researcher, at=AT)

    def stop(done, of):
        assert (done, of) == (20, 45)
        raise Interrupted

    with pytest.raises(Interrupted):
        receive_brought(bringing_id=row.pk, actor="w", at=AT, now=lambda: AT, progress=stop)
    assert Submission.objects.count() == 20
    call_command("work", until_empty=True)
    assert (Submission.objects.count(), counts()) == (45, (45, 0, 0, 0, 0))


def test_a_file_removed_while_it_is_received_stops_there(named, hand):
    rows = "".join(f"visio;;;;;{n};;00000000-0000-4000-8000-{n:012};{n}\n" for n in range(1, 46))
    hand(named, "kobo.csv", f"{KOBO.splitlines()[0]}\n{rows}", receive=False)
    row = last()
    take_in_brought(bringing_id=row.pk, case="carrefours", actor=named.world.researcher, at=AT)
    receive_brought(
        bringing_id=row.pk,
        actor="w",
        at=AT,
        now=lambda: AT,
        progress=lambda *_far: erase_brought(named.world.study.pk, "p-1", AT),
    )
    assert (Submission.objects.count(), Bringing.objects.count()) == (20, 0)


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_pages_of_files_are_readable_everywhere(named, hand, client, browser, live_server):
    hand(named, "kobo.csv", KOBO)
    done = last().pk
    hand(named, "faux.sav", b"$FL2" + b"\x00" * 400, receive=False)
    refused = last().pk
    hand(named, "kobo.csv", KOBO, receive=False)
    one = ["numerique", named.collecting.pk]
    addresses = [
        reverse("collection:bring", args=one),
        reverse("collection:take", args=one),
        *(reverse("collection:brought", args=[*one, pk]) for pk in (done, refused, last().pk)),
        reverse("collection:collecting", args=one),
        f"/en{reverse('collection:brought', args=[*one, last().pk])}",
    ]
    cookies = cookies_of(let_in(client, named.world.lead), live_server.url)
    assert faults_of(browser, live_server.url, addresses, cookies=cookies) == []


def test_what_is_wrong_in_an_spss_file_is_told_by_the_number_of_its_case(named, hand, tmp_path):
    """As the data view of SPSS numbers them: from 1, no header."""
    table = Labelled(
        "Photos",
        (Variable("outil", "", Content.TEXT), Variable("heures", "", Content.NUMBER),
         Variable("cas", "", Content.TEXT)),
        rows=(("visio", "3", "quartiers"), ("visio", "999", "quartiers"),
              ("fax", "4", "quartiers"), ("visio", "5", "ailleurs")),
    )  # fmt: skip
    write_sav(tmp_path / "a.sav", table)
    page = hand(named, "a.sav", (tmp_path / "a.sav").read_bytes(), receive=False)
    told = [(one["row"], one["column"]) for one in last().told["troubles"]]
    assert sorted(told) == [(2, "heures"), (3, "outil"), (3, "outil"), (4, "")]
    assert all(f"ligne {number}" in page for number in (2, 3, 4))
    hand(named, "a.sav", (tmp_path / "a.sav").read_bytes())
    assert [(one["row"], one["file"]) for one in last().report["why"]] == [(4, "a.sav")]
