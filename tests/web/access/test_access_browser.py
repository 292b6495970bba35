"""The doors and the team's pages, in a real browser."""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect
from tests.web.access.conftest import AT, DEVICE, PASSWORD
from tests.web.entrance import let_in
from tests.web.looking import cookies_of, faults_of

from croisee_web.access.models import Invitation, Opening, SecondFactor
from croisee_web.access.queries import factors_of
from croisee_web.access.rules import code_at, new_secret, step_of, write_first_steps
from croisee_web.access.usecases import add_application, ask_opening, invite
from croisee_web.access.vault import link_token
from croisee_web.access.vocabulary import Role
from croisee_web.study.models import Case, Study

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def study(db):
    made = Study.objects.create(slug="acces-et-usages", title_fr="Accès et usages", created_at=AT)
    Case.objects.create(study=made, code="nord", position=0, name_fr="Nord", short_fr="Nord")
    return made


def sign_in(window, url, email="ada@exemple.test"):
    window.goto(f"{url}/connexion/")
    window.get_by_label("Adresse de courriel").fill(email)
    window.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
    with window.expect_navigation():
        window.keyboard.press("Enter")


def test_passkey_is_made_and_signs_in_alone(live_server, window, account_of):
    account = account_of()
    sign_in(window, live_server.url)
    window.goto(f"{live_server.url}/compte/double-verification/cle/")
    window.get_by_label("Nom de cette clé").fill("téléphone")
    window.get_by_role("button", name="Créer la clé").click()
    expect(window.get_by_role("heading", name="Codes de secours")).to_be_visible()
    made = factors_of(account=account).all
    window.get_by_role("button", name="Se déconnecter").click()

    window.get_by_role("link", name="Utiliser une clé d’accès").click()
    window.get_by_role("button", name="Utiliser ma clé").click()
    expect(window.get_by_role("link", name="Ada")).to_be_visible()

    used = factors_of(account=account).all[0].last_used_at
    assert ([factor.name for factor in made], used is not None) == (["téléphone"], True)
    assert window.complaints == []


def test_passkey_is_the_second_step_of_a_password(live_server, window, account_of):
    account_of()
    sign_in(window, live_server.url)
    window.goto(f"{live_server.url}/compte/double-verification/cle/")
    window.get_by_role("button", name="Créer la clé").click()
    expect(window.get_by_role("heading", name="Codes de secours")).to_be_visible()
    window.get_by_role("button", name="Se déconnecter").click()

    sign_in(window, live_server.url)
    expect(window.get_by_role("heading", name="Double vérification")).to_be_visible()
    window.get_by_role("link", name="Utiliser une clé d’accès").click()
    window.get_by_role("button", name="Utiliser ma clé").click()

    expect(window.get_by_role("link", name="Ada")).to_be_visible()


def test_passkey_of_another_device_opens_nothing(live_server, window, account_of):
    account = account_of()
    sign_in(window, live_server.url)
    window.goto(f"{live_server.url}/compte/double-verification/cle/")
    window.get_by_role("button", name="Créer la clé").click()
    expect(window.get_by_role("heading", name="Codes de secours")).to_be_visible()
    window.get_by_role("button", name="Se déconnecter").click()
    SecondFactor.objects.filter(account=account).delete()

    window.goto(f"{live_server.url}/connexion/cle/")
    window.get_by_role("button", name="Utiliser ma clé").click()

    expect(window.get_by_role("alert").first).to_contain_text("n’a pas pu être vérifiée")


def test_passkey_signature_replayed_opens_nothing(live_server, window, account_of, client):
    account_of()
    sign_in(window, live_server.url)
    window.goto(f"{live_server.url}/compte/double-verification/cle/")
    window.get_by_role("button", name="Créer la clé").click()
    expect(window.get_by_role("heading", name="Codes de secours")).to_be_visible()
    window.get_by_role("button", name="Se déconnecter").click()
    sent = []
    window.on("request", lambda request: sent.append(request.post_data_json))
    window.goto(f"{live_server.url}/connexion/cle/")
    window.get_by_role("button", name="Utiliser ma clé").click()
    expect(window.get_by_role("link", name="Ada")).to_be_visible()
    answer = next(one["answer"] for one in sent if one and "answer" in one)

    client.get("/connexion/cle/", headers={"host": "localhost"})
    replayed = client.post("/connexion/cle/", {"answer": answer}, headers={"host": "localhost"})

    assert replayed.status_code == 422


def test_passkey_refused_by_the_person_is_said_on_the_page(live_server, window, account_of):
    account_of()
    window.device.send("WebAuthn.removeVirtualAuthenticator", {"authenticatorId": window.key})
    refusing = {**DEVICE, "isUserVerified": False}
    window.device.send("WebAuthn.addVirtualAuthenticator", {"options": refusing})

    window.goto(f"{live_server.url}/connexion/cle/")
    window.get_by_role("button", name="Utiliser ma clé").click()

    expect(window.locator("#cle-manquee")).to_be_visible()
    expect(window.locator("#cle-manquee")).to_be_focused()


def test_application_of_codes_is_the_second_step_by_keyboard_alone(live_server, window, account_of):
    account, secret = account_of(), new_secret()
    add_application(actor=account, secret=secret, code=code_at(secret, step_of(AT)), at=AT)
    window.goto(f"{live_server.url}/connexion/?next=/compte/")

    expect(window.get_by_label("Adresse de courriel")).to_be_focused()
    window.keyboard.type("ada@exemple.test")
    window.keyboard.press("Tab")
    window.keyboard.type(PASSWORD)
    window.keyboard.press("Enter")
    expect(window.get_by_label("Code")).to_be_focused()
    now = datetime.now(UTC)  # noqa: TID251 -- the page reads the clock
    window.keyboard.type(code_at(secret, step_of(now)))
    window.keyboard.press("Enter")

    expect(window.get_by_role("heading", name="Mon compte")).to_be_visible()
    assert window.complaints == []


def test_first_steps_by_keyboard_alone(live_server, window):
    token = write_first_steps()
    window.goto(f"{live_server.url}/premier-pas/{token}/")

    window.get_by_label("Votre nom").focus()
    for written in ("Ada", "ada@exemple.test", None, PASSWORD, PASSWORD):
        if written:
            window.keyboard.type(written)
        window.keyboard.press("Tab")
    window.keyboard.press("Enter")

    expect(window.get_by_role("link", name="Ada")).to_be_visible()


def test_pages_are_open_to_everyone(live_server, browser, account_of, role_of, study, client):
    account, secret = account_of(is_administrator=True), new_secret()
    role_of(account, Role.LEAD, study.pk)
    other = account_of("bea@exemple.test", name="Béa")
    role_of(other, Role.COORDINATOR, study.pk, case="nord")
    add_application(actor=account, secret=secret, code=code_at(secret, step_of(AT)), at=AT)
    told = {"study_id": study.pk, "actor": account, "at": datetime.now(UTC)}  # noqa: TID251
    made = invite(email="caro@exemple.test", role=Role.CODER, case="", **told)
    ask_opening(reason="Une participante demande d’être rappelée.", hours=4, **told)
    let_in(client, account)
    factor = factors_of(account=account).all[0].id
    token = link_token("invitation", Invitation.objects.get(pk=made.pk).nonce)
    team = "/etudes/acces-et-usages/equipe/"
    inside = [
        "/compte/",
        "/en/compte/",
        "/compte/mot-de-passe/",
        "/compte/confirmer/",
        "/compte/double-verification/",
        "/compte/double-verification/application/",
        "/compte/double-verification/cle/",
        f"/compte/double-verification/{factor}/retirer/",
        team,
        f"/en{team}",
        f"{team}inviter/",
        f"{team}{other.pk}/roles/",
        f"{team}acces-exceptionnel/",
        "/administration/comptes/",
        "/administration/acces-exceptionnels/",
        f"/invitation/{token}/",
    ]
    outside = [
        "/connexion/",
        "/en/connexion/",
        "/connexion/cle/",
        "/mot-de-passe-oublie/",
        f"/premier-pas/{write_first_steps()}/",
        f"/invitation/{token}/",
    ]

    url = live_server.url
    found = faults_of(browser, url, inside, cookies=cookies_of(client, url))
    found += faults_of(browser, url, outside)

    assert Opening.objects.count() == 1
    assert found == []
