"""Sheets typed by hand: with the keyboard alone, through the same door, some of them twice."""

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.web.collection.conducting_world import AT
from tests.web.collection.receiving_world import asked_of
from tests.web.entrance import let_in
from tests.web.looking import cookies_of, faults_of

from croisee_web.collection.models import AnswerSheet, Collecting, HandEntry, Submission
from croisee_web.collection.usecases.by_hand import (
    HandSheet,
    NotTyped,
    decide,
    draw_one,
    enter_again,
    enter_sheet,
)
from croisee_web.collection.usecases.conducting import CollectingRefused
from croisee_web.collection.vocabulary import Way


@pytest.fixture(params=[False, True], ids=["identified", "anonymous"])
def asked(request, db, settings, tmp_path):
    settings.KEYS_ROOT = tmp_path / "cles"
    settings.FILES_ROOT = tmp_path / "fichiers"
    return asked_of(anonymous=request.param)


def sent(**answers):
    return {f"r:/data/{name}": value for name, value in answers.items()}


def enter(asked, seed=7, number="12", way=Way.PAPER, **answers):
    return enter_sheet(
        collecting_id=asked.collecting.pk,
        sheet=HandSheet(sent(**answers), "carrefours", way, seed, AT, number=number),
        actor=asked.world.lead,
        at=AT,
    )


def test_choices_are_typed_by_their_number_or_their_code(asked):
    enter(asked, outil="2", outils="1 papier", heures="12", mot="Merci")
    assert AnswerSheet.objects.get().answers == {
        "outil": "visio", "outils": ["courriel", "papier"], "heures": "12", "mot": "Merci",
    }  # fmt: skip
    row = Submission.objects.get()
    assert (row.way, row.by_hand.number) == (Way.PAPER, "12")


def test_the_same_page_sent_twice_is_one_sheet(asked):
    for _twice in range(2):
        enter(asked, outil="1")
    assert (Submission.objects.count(), HandEntry.objects.count()) == (1, 1)


def test_what_cannot_be_is_said_and_nothing_is_kept(asked):
    with pytest.raises(NotTyped) as refused:
        enter(asked, outil="9", heures="200")
    assert set(refused.value.wrong) == {"/data/outil", "/data/heures"}
    assert Submission.objects.count() == 0


def test_a_sheet_without_its_required_answer_is_kept_as_the_paper_is(asked):
    enter(asked, mot="Rien d’autre")
    assert AnswerSheet.objects.get().answers == {"mot": "Rien d’autre"}
    assert "incomplet" in Submission.objects.get().flags


def test_two_typings_that_differ_are_settled_by_somebody(asked):
    enter(asked, outil="1", heures="12", mot="Merci")
    entry = draw_one(collecting_id=asked.collecting.pk, actor=asked.world.researcher, at=AT)
    common = {
        "collecting_id": asked.collecting.pk, "entry_id": entry.pk,
        "actor": asked.world.researcher, "at": AT,
    }  # fmt: skip
    assert enter_again(sent=sent(outil="2", heures="21", mot="Merci"), **common) == 2
    assert draw_one(collecting_id=asked.collecting.pk, actor=asked.world.lead, at=AT) is None
    with pytest.raises(CollectingRefused):
        decide(kept={"/data/outil": "seconde"}, **common)
    kept = {"/data/outil": "premiere", "/data/heures": "seconde"}
    assert decide(kept=kept, **common) == 1
    assert AnswerSheet.objects.get().answers == {
        "outil": "courriel", "heures": "21", "mot": "Merci",
    }  # fmt: skip
    entry.refresh_from_db()
    assert (entry.differences, entry.decided_by, entry.submission.state) == (
        [], asked.world.researcher.label, "complete",
    )  # fmt: skip


def test_two_typings_that_agree_need_nobody(asked):
    enter(asked, outil="1", heures="12")
    entry = HandEntry.objects.get()
    assert (
        enter_again(
            collecting_id=asked.collecting.pk, entry_id=entry.pk,
            sent=sent(outil="courriel", heures=" 12 "), actor=asked.world.lead, at=AT,
        )
        == 0
    )  # fmt: skip


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_sheet_is_typed_without_the_mouse(asked, client, browser, live_server):
    Collecting.objects.update(opens_on=timezone.localdate(), closes_on=timezone.localdate())
    cookies = cookies_of(let_in(client, asked.world.lead), live_server.url)
    address = reverse("collection:entry", args=["numerique", asked.collecting.pk])
    page = browser.new_context().new_page()
    page.context.add_cookies(cookies)
    page.goto(f"{live_server.url}{address}?moyen=papier&reseau=quartiers")
    for typed in ("31", "2", "1 3", "40", "Bonjour"):
        page.keyboard.type(typed)
        page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=La feuille 31 est reçue.")
    assert page.locator("select[name=case]").input_value() == "quartiers"
    assert AnswerSheet.objects.get().answers["heures"] == "40"
    enter(asked, seed=99, outil="1", heures="3")
    entry = HandEntry.objects.get(number="12")
    enter_again(
        collecting_id=asked.collecting.pk, entry_id=entry.pk, sent=sent(outil="2"),
        actor=asked.world.lead, at=AT,
    )  # fmt: skip
    addresses = [
        address,
        reverse("collection:entry-second", args=["numerique", asked.collecting.pk, entry.pk]),
        reverse("collection:entry-compared", args=["numerique", asked.collecting.pk, entry.pk]),
        reverse("collection:code"),
    ]
    assert faults_of(browser, live_server.url, addresses, cookies=cookies) == []
