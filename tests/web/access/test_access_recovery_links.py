"""From the request to the mailed link that replaces a lost second factor."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command
from django.test import Client
from tests.web.access.conftest import PASSWORD
from tests.web.access.moments import LONG_AGO, REAL_NOW
from tests.web.access.recovering import ORIGIN, asked, linked, mailed_token, replaced
from tests.web.entrance import let_in

from croisee_web.access.models import Recovery
from croisee_web.access.queries import (
    OldRecovery,
    factors_of,
    guarantors_of,
    recovery_of,
)
from croisee_web.access.rules import code_at, step_of
from croisee_web.access.usecases import (
    TooManyTries,
    WrongCode,
    WrongPassword,
    ask_for_recovery,
    check_code,
    refuse_recovery,
)
from croisee_web.jobs.models import Job
from croisee_web.journal.models import Entry

pytestmark = pytest.mark.django_db


def test_two_persons_and_the_password_replace_a_lost_factor(people, letters, client):
    ada, lea, max_ = people
    client.post("/connexion/secours/", {"email": "ADA@exemple.test"})
    call_command("work", until_empty=True)
    asked_of = sorted(mail["To"] for mail in letters)
    other = let_in(Client(), ada)
    for who in (lea, max_):
        page = let_in(Client(), who)
        number = Recovery.objects.get().pk
        code = code_at(who.secret, step_of(datetime.now(UTC)))  # noqa: TID251
        page.post(f"/compte/demandes-de-secours/{number}/", {"code": code})
    call_command("work", until_empty=True)
    link = f"/connexion/secours/{mailed_token(letters)}/"

    shown = client.get(link)
    secret = client.session["new-application"]
    code = code_at(secret, step_of(datetime.now(UTC)))  # noqa: TID251
    codes = client.post(link, {"code": code, "password": PASSWORD}).content.decode()
    call_command("work", until_empty=True)

    assert asked_of == ["ada@exemple.test", "lea@exemple.test", "max@exemple.test"]
    assert sorted(mail["To"] for mail in letters[-3:]) == asked_of
    assert (shown.status_code, codes.count("<code>")) == (200, 10)
    assert other.get("/compte/").status_code == 302
    assert [factor.added_at > REAL_NOW for factor in factors_of(account=ada).all] == [True]
    with pytest.raises(WrongCode):
        check_code(actor=ada, code=ada.codes[0], at=REAL_NOW)
    assert [entry.act for entry in Entry.objects.filter(act__startswith="access.recovery")] == [
        "access.recovery.asked",
        "access.recovery.confirmed",
        "access.recovery.confirmed",
        "access.recovery.done",
    ]


def test_asking_says_and_does_the_same_for_an_unknown_address(people, account_of, client):
    account_of("sans@exemple.test", name="Sans double vérification")

    pages = {
        client.post("/connexion/secours/", {"email": email}).content
        for email in ("ada@exemple.test", "personne@exemple.test", "sans@exemple.test")
    }
    jobs = Job.objects.filter(name="access.recovery").count()
    call_command("work", until_empty=True)

    assert (len(pages), jobs) == (1, 3)
    assert [row.account.email for row in Recovery.objects.all()] == ["ada@exemple.test"]


def test_asking_too_often_waits(people):
    given = {"email": "ada@exemple.test", "origin": ORIGIN, "machine": "10.0.0.1"}
    for _ in range(5):
        ask_for_recovery(**given, actor="site", at=REAL_NOW)

    with pytest.raises(TooManyTries):
        ask_for_recovery(**given, actor="site", at=REAL_NOW)


def test_refusal_is_told_to_everyone_concerned(people, letters):
    ada, lea, _max = people
    refuse_recovery(actor=lea, number=asked(ada).pk, at=REAL_NOW)
    call_command("work", until_empty=True)

    assert {mail["To"] for mail in letters if "refusée" in mail["Subject"]} == {
        "ada@exemple.test",
        "lea@exemple.test",
        "max@exemple.test",
    }


def test_request_falls_when_the_account_signs_in_with_its_factor(people, letters):
    ada, _lea, _max = people
    token = linked(people, letters)
    later = REAL_NOW + timedelta(minutes=3)
    check_code(actor=ada, code=code_at(ada.secret, step_of(later)), at=later)

    with pytest.raises(OldRecovery):
        replaced(token, later)
    assert factors_of(account=ada).all[0].added_at == LONG_AGO


def test_link_serves_once_and_for_two_hours(people, letters, client):
    token = linked(people, letters)

    with pytest.raises(OldRecovery, match="temps"):
        replaced(token, REAL_NOW + timedelta(hours=2))
    replaced(token)
    with pytest.raises(OldRecovery, match="déjà servi"):
        replaced(token)
    assert client.get(f"/connexion/secours/{token}/").status_code == 410


@pytest.mark.parametrize("token", ["x", "A" * 43, "é", "a" * 5000])
def test_guessed_link_opens_nothing(people, client, token):
    asked(people[0])

    assert client.get(f"/connexion/secours/{token}/").status_code == 410


def test_link_is_refused_until_it_has_served(people, letters):
    _ada, lea, _max = people
    token = linked(people, letters)
    refuse_recovery(actor=lea, number=Recovery.objects.get().pk, at=REAL_NOW)

    with pytest.raises(OldRecovery):
        replaced(token)


def test_link_is_nothing_without_the_password_or_with_a_wrong_code(people, letters):
    ada = people[0]
    token = linked(people, letters)

    with pytest.raises(WrongPassword):
        replaced(token, password="une autre phrase longue")
    with pytest.raises(WrongCode):
        replaced(token, code="000000")

    assert factors_of(account=ada).all[0].added_at == LONG_AGO
    assert factors_of(account=ada).codes == 10
    assert recovery_of(token=token, at=REAL_NOW).account == ada


def test_link_is_nowhere_in_the_base(people, letters):
    token = linked(people, letters)
    kept = str(list(Recovery.objects.values())) + str(list(Job.objects.values()))

    assert (len(token) * 6 >= 128, token in kept) == (True, False)


def test_suspended_account_is_not_let_in(people, letters):
    ada = people[0]
    token = linked(people, letters)
    type(ada).objects.filter(pk=ada.pk).update(is_active=False)

    with pytest.raises(OldRecovery):
        replaced(token)


def test_page_tells_who_could_help_and_when_nobody_could(people):
    ada, _lea, max_ = people

    pages = {
        who: let_in(Client(), who).get("/compte/double-verification/").content.decode()
        for who in (ada, max_)
    }

    assert "Lea, Max" in pages[ada]
    assert "Moins de deux personnes" in pages[max_]
    assert guarantors_of(account_id=max_.pk) == ()
