"""The pages about people: the team's, and a participant's own."""

import io
import json
import zipfile
from datetime import UTC, datetime

import pytest
from tests.web.entrance import let_in

from croisee_web.people import vault
from croisee_web.people.models import Consent, ConsentForm, Participant
from croisee_web.people.rules import Held, leaving
from croisee_web.people.usecases import issue_link

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
pytestmark = pytest.mark.django_db
HOME = "/etudes/numerique/participation/"
PDF = b"%PDF-1.7 le formulaire canari"


def _noted(**more):
    form = ConsentForm.objects.get(version="2026-1").pk
    return {"finalite-analyse": "oui", "mode": "oral", "form": form, **more}


@pytest.fixture
def team(client, sample):
    return let_in(client, sample.lead)


@pytest.fixture
def own(client, sample):
    token = issue_link(participant_id=sample.ada.pk, actor=sample.lead, at=AT)
    return client, f"/p/{token}/mes-donnees/"


def test_register_lists_everybody_by_code(team):
    page = team.get(HOME).content.decode()

    assert "2 personnes" in page
    assert page.count("/participation/p-0") == 2


def test_register_of_a_network_lists_its_people_only(team):
    page = team.get(HOME, {"reseau": "quartiers"}).content.decode()

    assert "/participation/p-0" not in page


def test_list_of_people_is_one_click_from_the_register(team):
    page = team.get(HOME).content.decode()

    assert 'href="/etudes/numerique/importer-des-personnes/"' in page


def test_somebody_is_inscribed_from_the_form(team):
    answer = team.post(HOME, {"code": "p-03", "case": "quartiers"})

    assert answer["Location"] == f"{HOME}p-03/"
    assert Participant.objects.get(code="p-03").case.code == "quartiers"


def test_code_with_capitals_is_refused_in_words(team):
    answer = team.post(HOME, {"code": "Ada E.", "case": "quartiers"})

    assert answer.status_code == 422
    assert "Un code s’écrit en minuscules" in answer.content.decode()
    assert Participant.objects.count() == 2


def test_code_taken_is_a_conflict_said_in_words(team):
    answer = team.post(HOME, {"code": "p-01", "case": "quartiers"})

    assert answer.status_code == 409
    assert "a déjà été donné" in answer.content.decode()


def test_no_choice_is_ticked_beforehand(team, own):
    for address in (f"{HOME}p-01/consentement/", own[1] + "consentement/"):
        assert "checked" not in team.get(address).content.decode()


def test_noted_consent_shows_on_the_page(team):
    team.post(f"{HOME}p-01/consentement/", _noted())

    page = team.get(f"{HOME}p-01/").content.decode()

    assert page.count("de vive voix") == 1
    assert list(Consent.objects.values_list("purpose__code", "given")) == [("analyse", True)]


def test_link_is_shown_once(team):
    given = team.post(f"{HOME}p-01/lien/").content.decode()

    assert "/mes-donnees/" in given
    assert "/mes-donnees/" not in team.get(f"{HOME}p-01/").content.decode()


def test_own_page_opens_without_an_account_and_is_not_kept(own):
    client, address = own

    answer = client.get(address)

    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store, private"
    assert answer["X-Robots-Tag"] == "noindex"


def test_somebody_changes_her_choices_herself(own):
    client, address = own

    client.post(f"{address}consentement/", {"finalite-citation": "non"})

    assert "<b>non</b>" in client.get(address).content.decode()


def test_somebody_takes_her_own_data_away(own, monkeypatch):
    client, address = own
    words = Held("Réponses", ({"question": "Aide", "réponse": "=aucune"},))
    monkeypatch.setattr(leaving, "_TELLERS", {"essai": (1, lambda study_id, code: (words,))})

    packed = zipfile.ZipFile(io.BytesIO(client.get(f"{address}paquet.zip").content))

    told = json.loads(packed.read("donnees.json"))
    assert told["held"] == [
        {"what": "Réponses", "lines": [{"question": "Aide", "réponse": "=aucune"}]}
    ]
    assert "Réponses;1;réponse;'=aucune" in packed.read("donnees.csv").decode("utf-8-sig")
    assert "=aucune" in packed.read("a-lire.html").decode()


def test_withdrawal_without_the_box_does_nothing(own):
    client, address = own

    assert client.post(f"{address}retrait/", {}).status_code == 422
    assert Participant.objects.get(code="p-01").withdrawn_on is None


@pytest.mark.django_db(transaction=True)
def test_somebody_withdraws_and_reads_her_receipt(own, sample):
    client, address = own
    identity = {"nom": "Ada Exemple"}
    vault.put(study_id=sample.study.pk, participant="p-01", identity=identity, at=AT)

    answer = client.post(f"{address}retrait/", {"sure": "on"}, follow=True)

    page = answer.content.decode()
    assert "Reçu de retrait" in page
    assert "Nom et coordonnées, dans le coffre" in page
    assert Participant.objects.get(code="p-01").withdrawn_on is not None


def test_false_link_leads_nowhere(client, sample):
    assert client.get("/p/abc/mes-donnees/").status_code == 404


def test_english_page_is_in_english(own):
    client, address = own

    assert '<html lang="en-CA">' in client.get(f"/en{address}").content.decode()
