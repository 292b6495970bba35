"""The pages of a lost second factor and of the site's administration, in a real browser."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from playwright.sync_api import expect
from tests.web.access.conftest import PASSWORD
from tests.web.access.moments import LONG_AGO, REAL_NOW
from tests.web.access.recovering import asked, confirm
from tests.web.entrance import let_in
from tests.web.looking import cookies_of, faults_of

from croisee_web.access.models import Assignment, Recovery, SecondFactor
from croisee_web.access.rules import code_at, step_of
from croisee_web.access.usecases import (
    send_recovery_link,
)
from croisee_web.access.vocabulary import Role

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def known(steady, role_of):
    """Return a maker of accounts with an old second factor and an old role in a study."""

    def make(name, role, **more):
        account = steady(name, **more)
        role_of(account, role)
        Assignment.objects.update(given_at=LONG_AGO)
        return account

    return make


def linked(recovery, letters):
    send_recovery_link(number=recovery.pk, origin="", actor="x", at=REAL_NOW)
    return letters[-1].get_content().partition("/connexion/secours/")[2].partition("/")[0]


def test_pages_of_recovery_are_open_to_everyone(live_server, browser, known, letters):
    ada, lea = known("ada", Role.RESEARCHER), known("lea", Role.LEAD)
    runs = {"is_administrator": True, "administrator_since": LONG_AGO}
    max_, waiting = known("max", Role.CODER, **runs), asked(ada)
    half = asked(known("bea", Role.CODER))
    confirm(max_, half)
    done = known("caro", Role.CODER)
    whole = asked(done)
    confirm(lea, whole)
    Recovery.objects.filter(pk=whole.pk).update(second_by=max_, second_at=REAL_NOW)
    token, url = linked(whole, letters), live_server.url
    inside = [
        "/compte/",
        "/compte/double-verification/",
        "/compte/demandes-de-secours/",
        "/en/compte/demandes-de-secours/",
        *(f"/compte/demandes-de-secours/{one.pk}/" for one in (waiting, half, whole)),
        "/administration/comptes/",
        f"/administration/comptes/{ada.pk}/administration/",
        f"/administration/comptes/{max_.pk}/administration/",
    ]
    outside = [
        "/connexion/",
        "/connexion/secours/",
        "/en/connexion/secours/",
        f"/connexion/secours/{token}/",
    ]

    found = faults_of(browser, url, inside, cookies=cookies_of(let_in(Client(), max_), url))
    found += faults_of(browser, url, outside)

    assert found == []


def test_passkey_confirms_for_somebody_else(live_server, window, known, account_of, role_of):
    lea, waiting = account_of("lea@exemple.test", name="Léa"), asked(known("ada", Role.CODER))
    role_of(lea, Role.LEAD)
    Assignment.objects.update(given_at=LONG_AGO)
    url = live_server.url
    window.context.add_cookies(cookies_of(let_in(Client(), lea), url))
    window.goto(f"{url}/compte/double-verification/cle/")
    window.get_by_role("button", name="Créer la clé").click()
    expect(window.get_by_role("heading", name="Codes de secours")).to_be_visible()
    SecondFactor.objects.filter(account=lea).update(added_at=LONG_AGO)

    window.goto(f"{url}/compte/demandes-de-secours/{waiting.pk}/")
    window.get_by_role("button", name="Confirmer avec ma clé").click()

    expect(window.get_by_text("Il faut encore une autre personne")).to_be_visible()
    waiting.refresh_from_db()
    assert (waiting.first_by, window.complaints) == (lea, [])


def test_link_is_followed_by_keyboard_alone(live_server, window, known, letters):
    ada, lea = known("ada", Role.CODER), known("lea", Role.LEAD)
    waiting = asked(ada)
    confirm(lea, waiting)
    Recovery.objects.filter(pk=waiting.pk).update(second_by=known("max", Role.LEAD).pk)
    window.goto(f"{live_server.url}/connexion/secours/{linked(waiting, letters)}/")
    secret = window.locator(".etapes code").inner_text().replace(" ", "")

    window.get_by_label("Les six chiffres").focus()
    window.keyboard.type(code_at(secret, step_of(datetime.now(UTC))))  # noqa: TID251
    window.keyboard.press("Tab")
    window.keyboard.type(PASSWORD)
    window.keyboard.press("Enter")

    expect(window.get_by_role("heading", name="Codes de secours")).to_be_visible()
    assert window.complaints == []
