"""Cards to print, and the short code typed from one."""

import subprocess

import pytest
from django.urls import reverse
from tests.web.collection.conducting_world import AT, world_of
from tests.web.entrance import let_in

from croisee.report.cards import cards_pdf
from croisee_web.collection.models import AnswerLink
from croisee_web.collection.queries import link_by_token
from croisee_web.collection.usecases.carding import Printed, enter_code, print_cards
from croisee_web.collection.usecases.conducting import CollectingRefused

ORIGIN = "https://croisee.exemple.ca/"


@pytest.fixture
def world(db, settings, tmp_path):
    settings.KEYS_ROOT = tmp_path / "cles"
    settings.PUBLIC_ADDRESS = ""
    return world_of(subject="organisme")


def printed(world, row, number=0, case="carrefours"):
    return print_cards(
        collecting_id=row.pk, printed=Printed(case, number, ORIGIN), actor=world.lead, at=AT
    )


def test_each_card_leads_to_its_own_link_by_its_square_and_by_its_code(world):
    found = printed(world, world.open())
    assert len(found.cards) == 24
    assert found.typed_at == "croisee.exemple.ca/s/"
    card = found.cards[3]
    token = card.address.removeprefix(f"{ORIGIN}p/").rstrip("/")
    assert (link_by_token(token).organisation, card.name) == ("ca-03", "Maison 3")
    assert enter_code(code=card.code.lower(), machine="m", actor="site", at=AT) == token


def test_whoever_answered_gets_no_named_card(world):
    row = world.open()
    printed(world, row)
    AnswerLink.objects.filter(organisation__in=["ca-00", "ca-01"]).update(used=True)
    assert len(printed(world, row).cards) == 22


def test_an_anonymous_collection_prints_no_name(world):
    row = world.open(anonymous=True)
    with pytest.raises(CollectingRefused, match="une carte ne porte aucun nom"):
        printed(world, row)
    found = printed(world, row, 12)
    assert [card.name for card in found.cards] == [""] * 12
    assert len({card.code for card in found.cards}) == 12
    assert set(AnswerLink.objects.values_list("organisation", "participant")) == {("", "")}


def test_cards_are_eight_a_page_in_both_languages_and_always_the_same(world, tmp_path):
    found = printed(world, world.open(anonymous=True), 9)
    content = cards_pdf(found)
    assert content == cards_pdf(found)
    path = tmp_path / "cartes.pdf"
    path.write_bytes(content)
    text = subprocess.run(
        ["pdftotext", "-layout", str(path), "-"],
        capture_output=True, check=True, text=True,
    ).stdout  # fmt: skip
    assert text.count("\f") == 2
    assert text.count("croisee.exemple.ca/s/") == 9
    assert "Flash survey" in text
    assert all(card.code in text for card in found.cards)


def test_a_typed_code_leads_to_the_questionnaire_and_guesses_wait(world, client):
    card = printed(world, world.open()).cards[0]
    address = reverse("collection:code")
    for _guess in range(5):
        missed = client.post(address, {"code": "AAAAA AAAAA"})
        assert missed.status_code == 422
        assert "Ce code n’ouvre rien" in missed.content.decode()
    assert client.post(address, {"code": card.code}).status_code == 429


def test_a_right_code_opens_without_an_account(world, client):
    card = printed(world, world.open()).cards[0]
    answer = client.post(reverse("collection:code"), {"code": f" {card.code.lower()} "})
    assert answer.status_code == 302
    assert f"{ORIGIN.rstrip('/')}{answer.url}" == card.address


def test_the_page_gives_a_pdf(world, client):
    row = world.open()
    let_in(client, world.lead)
    address = reverse("collection:cards", args=["numerique", row.pk])
    given = client.post(address, {"case": "quartiers", "cards": "3"})
    assert given.headers["Content-Type"] == "application/pdf"
    assert given.content.startswith(b"%PDF-")
    assert client.post(address, {"case": "quartiers", "cards": "9000"}).status_code == 422
