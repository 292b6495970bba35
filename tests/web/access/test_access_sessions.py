"""Sessions that end, accounts suspended, passwords forgotten."""

import re
from datetime import timedelta

import pytest
from django.core.management import call_command
from tests.web.access.conftest import AT, PASSWORD
from tests.web.access.moments import REAL_NOW

from croisee_web.access.usecases import (
    ask_for_reset,
    end_every_session,
    reset_password,
    suspend_account,
)
from croisee_web.kit.errors import UseCaseError

pytestmark = pytest.mark.django_db
ORIGIN = "https://etudes.exemple.test"


def test_every_session_ends_at_once(account_of, client):
    account = account_of()
    client.post("/connexion/", {"email": account.email, "password": PASSWORD})
    end_every_session(actor=account, at=AT)

    assert client.get("/compte/").status_code == 302


def test_closing_other_sessions_keeps_this_one(account_of, client, django_user_model):
    from django.test import Client

    account_of()
    other = Client()
    for one in (client, other):
        one.post("/connexion/", {"email": "ada@exemple.test", "password": PASSWORD})

    client.post("/compte/sessions/")

    assert (client.get("/compte/").status_code, other.get("/compte/").status_code) == (200, 302)


def test_suspended_account_is_out_at_its_next_page(account_of, client):
    account = account_of()
    admin = account_of("admin@exemple.test", is_administrator=True)
    client.post("/connexion/", {"email": account.email, "password": PASSWORD})
    suspend_account(actor=admin, number=account.pk, at=AT)

    assert client.get("/compte/").status_code == 302
    with pytest.raises(UseCaseError, match="dernière personne"):
        suspend_account(actor=admin, number=admin.pk, at=AT)


def ask(email):
    ask_for_reset(email=email, origin=ORIGIN, machine="10.0.0.1", actor="site", at=REAL_NOW)


def test_forgotten_password_is_replaced_by_a_mailed_link(account_of, letters, client):
    account = account_of()
    other = type(client)()
    other.post("/connexion/", {"email": account.email, "password": PASSWORD})
    ask("ADA@exemple.test")
    call_command("work", until_empty=True)
    link = re.search(rf"{ORIGIN}(/mot-de-passe/\S+)", letters[0].get_content()).group(1)
    new = {"password": "une autre phrase longue", "again": "une autre phrase longue"}

    weak = client.post(link, {"password": "court", "again": "court"}).status_code
    unlike = client.post(link, {**new, "again": "autre chose"}).status_code
    chosen = client.post(link, new).headers["Location"]
    replayed = client.post(link, new).status_code

    account.refresh_from_db()
    assert (weak, unlike, chosen, replayed) == (422, 422, "/connexion/", 410)
    assert account.check_password(new["password"])
    assert other.get("/compte/").status_code == 302


def test_forgotten_password_says_and_does_the_same_for_an_unknown_address(
    account_of, letters, client
):
    account_of()
    from croisee_web.jobs.models import Job

    pages = [
        client.post("/mot-de-passe-oublie/", {"email": email}).content
        for email in ("ada@exemple.test", "personne@exemple.test")
    ]
    asked_for = Job.objects.filter(name="access.reset").count()
    call_command("work", until_empty=True)

    assert (pages[0] == pages[1], asked_for, [mail["To"] for mail in letters]) == (
        True,
        2,
        ["ada@exemple.test"],
    )


def test_forgotten_password_link_lasts_an_hour(account_of, letters):
    account_of()
    ask("ada@exemple.test")
    call_command("work", until_empty=True)
    token = re.search(r"/mot-de-passe/([^/\s]+)", letters[0].get_content()).group(1)

    with pytest.raises(UseCaseError, match="heure"):
        reset_password(
            token=token,
            password="une autre phrase longue",
            actor="site",
            at=REAL_NOW + timedelta(hours=2),
        )
