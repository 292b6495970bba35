"""Every second factor lost: two persons, a mailed link, the password. And what attackers try."""

import re
from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test import Client
from tests.web.access.conftest import PASSWORD
from tests.web.entrance import let_in

from croisee_web.access.models import Assignment, Recovery, SecondFactor
from croisee_web.access.queries import (
    OldRecovery,
    factors_of,
    guarantors_of,
    recoveries_for,
    recovery_of,
)
from croisee_web.access.rules import code_at, new_secret, step_of
from croisee_web.access.usecases import (
    FactorProof,
    NewApplication,
    TooManyTries,
    TooRecent,
    WrongCode,
    WrongPassword,
    add_application,
    ask_for_recovery,
    check_code,
    confirm_recovery,
    open_recovery,
    recover,
    refuse_recovery,
    send_recovery_link,
)
from croisee_web.access.vocabulary import OPENING, Role
from croisee_web.jobs.models import Job
from croisee_web.journal.models import Entry
from croisee_web.kit.errors import NotFound, UseCaseError

pytestmark = pytest.mark.django_db
NOW = datetime.now(UTC)  # noqa: TID251 -- the pages read the clock
LONG_AGO = NOW - timedelta(days=30)
ORIGIN = "https://etudes.exemple.test"


@pytest.fixture
def strong(account_of):
    """Return a maker of accounts that have had a second factor for a month, and their secrets."""

    def make(name, *, since=LONG_AGO, **more):
        account, secret = (
            account_of(f"{name}@exemple.test", name=name.title(), **more),
            new_secret(),
        )
        code = code_at(secret, step_of(since))
        account.codes = add_application(actor=account, secret=secret, code=code, at=since)
        account.secret = secret
        return account

    return make


@pytest.fixture
def people(strong, role_of):
    """Ada has lost everything; Léa leads her study, Max administers the site."""
    ada, lea = strong("ada"), strong("lea")
    max_ = strong("max", is_administrator=True, administrator_since=LONG_AGO)
    role_of(ada, Role.RESEARCHER, 1)
    role_of(lea, Role.LEAD, 1)
    Assignment.objects.update(given_at=LONG_AGO)
    return ada, lea, max_


def asked(account, at=NOW):
    open_recovery(number=account.pk, origin=ORIGIN, actor="site", at=at)
    return Recovery.objects.get(account=account, ended_at=None)


def confirm(who, recovery, at=NOW):
    proof = FactorProof(code=code_at(who.secret, step_of(at)))
    return confirm_recovery(actor=who, number=recovery.pk, proof=proof, at=at, origin=ORIGIN)


def replaced(token, at=NOW, password=PASSWORD, code=None):
    secret = new_secret()
    application = NewApplication(secret, code or code_at(secret, step_of(at)))
    return recover(
        token=token, password=password, machine="10.0.0.1", application=application,
        actor="site", at=at,
    )  # fmt: skip


def mailed_token(letters):
    return re.search(r"/connexion/secours/([^/\s]+)/", letters[-1].get_content()).group(1)


def linked(people, letters):
    """Return the token of the link that two confirmations have sent."""
    ada, lea, max_ = people
    waiting = asked(ada)
    confirm(lea, waiting)
    confirm(max_, waiting)
    send_recovery_link(number=waiting.pk, origin=ORIGIN, actor="x", at=NOW)
    return mailed_token(letters)


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
    assert [factor.added_at > NOW for factor in factors_of(account=ada).all] == [True]
    with pytest.raises(WrongCode):
        check_code(actor=ada, code=ada.codes[0], at=NOW)
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
        ask_for_recovery(**given, actor="site", at=NOW)

    with pytest.raises(TooManyTries):
        ask_for_recovery(**given, actor="site", at=NOW)


def test_asking_twice_opens_one_and_a_refusal_holds_for_a_day(people):
    ada, lea, _max = people
    first = asked(ada)
    assert asked(ada).pk == first.pk
    refuse_recovery(actor=lea, number=first.pk, at=NOW)

    open_recovery(number=ada.pk, origin=ORIGIN, actor="site", at=NOW + timedelta(hours=23))
    assert Recovery.objects.count() == 1
    assert asked(ada, NOW + timedelta(hours=25)).pk != first.pk


def test_refusal_is_told_to_everyone_concerned(people, letters):
    ada, lea, _max = people
    refuse_recovery(actor=lea, number=asked(ada).pk, at=NOW)
    call_command("work", until_empty=True)

    assert {mail["To"] for mail in letters if "refusée" in mail["Subject"]} == {
        "ada@exemple.test",
        "lea@exemple.test",
        "max@exemple.test",
    }


def test_one_person_is_not_two(people):
    ada, lea, _max = people
    waiting = asked(ada)

    assert confirm(lea, waiting) is False
    with pytest.raises(UseCaseError, match="autre personne"):
        confirm(lea, waiting, NOW + timedelta(minutes=5))
    with pytest.raises(IntegrityError), transaction.atomic():
        Recovery.objects.filter(pk=waiting.pk).update(second_by=lea)
    assert Job.objects.filter(name="access.recovery-link").count() == 0


def test_nobody_confirms_for_herself(people):
    _ada, _lea, max_ = people
    waiting = asked(max_)

    with pytest.raises(NotFound):
        confirm(max_, waiting)
    with pytest.raises(IntegrityError), transaction.atomic():
        Recovery.objects.filter(pk=waiting.pk).update(first_by=max_)


@pytest.mark.parametrize("role", [role for role in Role if role != Role.LEAD])
def test_other_roles_confirm_nothing(people, strong, role_of, role):
    other = strong("autre")
    role_of(other, role, 1, case="nord" if role == Role.COORDINATOR else "")

    with pytest.raises(NotFound):
        confirm(other, asked(people[0]))


def test_lead_of_another_study_confirms_nothing_and_sees_nothing(people, strong, role_of):
    other, guest = strong("autre"), people[0]
    role_of(other, Role.LEAD, 2)
    role_of(guest, OPENING, 2, until=NOW + timedelta(hours=1))
    waiting = asked(guest)

    with pytest.raises(NotFound):
        confirm(other, waiting)
    assert recoveries_for(viewer=other, at=NOW) == ()
    page = let_in(Client(), other).get(f"/compte/demandes-de-secours/{waiting.pk}/")
    assert page.status_code == 404


def test_role_or_factor_of_less_than_a_day_confirms_nothing(people, strong, role_of):
    waiting = asked(people[0])
    hour = NOW - timedelta(hours=23)
    named = strong("nommee", is_administrator=True, administrator_since=hour)
    unknown = strong("sans-date", is_administrator=True)
    led = strong("lead")
    role_of(led, Role.LEAD, 1).given_at = hour
    Assignment.objects.filter(account=led).update(given_at=hour)
    taken = strong("prise", since=hour, is_administrator=True, administrator_since=LONG_AGO)

    for who in (named, unknown, led, taken):
        with pytest.raises(TooRecent):
            confirm(who, waiting)
    assert confirm(named, waiting, NOW + timedelta(hours=2)) is False


def test_first_word_falls_with_the_role_that_gave_it(people, strong):
    ada, lea, max_ = people
    waiting = asked(ada)
    confirm(lea, waiting)
    Assignment.objects.filter(account=lea).delete()

    assert confirm(max_, waiting) is False
    waiting.refresh_from_db()
    assert (waiting.first_by, waiting.second_by) == (max_, None)


def test_confirmation_takes_ones_own_code_once(people):
    ada, lea, max_ = people
    waiting = asked(ada)
    for code in ("000000", code_at(max_.secret, step_of(NOW)), ""):
        with pytest.raises(WrongCode):
            confirm_recovery(
                actor=lea, number=waiting.pk, proof=FactorProof(code=code), at=NOW, origin=""
            )
    used = code_at(lea.secret, step_of(NOW))
    check_code(actor=lea, code=used, at=NOW)
    with pytest.raises(WrongCode):
        confirm(lea, waiting)

    waiting.refresh_from_db()
    assert waiting.first_by is None


def test_guessed_codes_are_counted_even_when_refused(people):
    ada, lea, _max = people
    waiting = asked(ada)
    guess = FactorProof(code="000000")
    for _ in range(5):
        with pytest.raises(WrongCode):
            confirm_recovery(actor=lea, number=waiting.pk, proof=guess, at=NOW)

    with pytest.raises(TooManyTries):
        confirm_recovery(actor=lea, number=waiting.pk, proof=guess, at=NOW)


def test_request_falls_when_the_account_signs_in_with_its_factor(people, letters):
    ada, _lea, _max = people
    token = linked(people, letters)
    later = NOW + timedelta(minutes=3)
    check_code(actor=ada, code=code_at(ada.secret, step_of(later)), at=later)

    with pytest.raises(OldRecovery):
        replaced(token, later)
    assert factors_of(account=ada).all[0].added_at == LONG_AGO


def test_request_falls_when_a_recovery_code_serves(people):
    ada, lea, _max = people
    waiting = asked(ada)
    check_code(actor=ada, code=ada.codes[0], at=NOW + timedelta(minutes=1))

    with pytest.raises(NotFound):
        confirm(lea, waiting, NOW + timedelta(minutes=2))


def test_request_is_over_after_three_days(people):
    ada, lea, _max = people
    waiting = asked(ada)

    with pytest.raises(NotFound, match="terminée"):
        confirm(lea, waiting, NOW + timedelta(days=3))
    assert asked(ada, NOW + timedelta(days=3)).pk != waiting.pk


def test_link_serves_once_and_for_two_hours(people, letters, client):
    token = linked(people, letters)

    with pytest.raises(OldRecovery, match="temps"):
        replaced(token, NOW + timedelta(hours=2))
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
    refuse_recovery(actor=lea, number=Recovery.objects.get().pk, at=NOW)

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
    assert recovery_of(token=token, at=NOW).account == ada


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


@pytest.mark.django_db(transaction=True)
def test_two_who_confirm_at_once_send_one_link(people, strong):
    ada, lea, max_ = people
    more = strong("eve", is_administrator=True, administrator_since=LONG_AGO)
    waiting, together, said = asked(ada), Barrier(3), []

    def answer(who):
        together.wait()
        try:
            said.append(confirm(who, waiting))
        except UseCaseError as refusal:
            said.append(str(refusal))
        finally:
            connection.close()

    threads = [Thread(target=answer, args=[who]) for who in (lea, max_, more)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    waiting.refresh_from_db()
    assert sorted(map(str, said))[1:] == ["False", "True"]
    assert "déjà confirmé" in min(map(str, said))
    assert waiting.first_by_id != waiting.second_by_id
    assert Job.objects.filter(name="access.recovery-link").count() == 1


def test_page_tells_who_could_help_and_when_nobody_could(people):
    ada, _lea, max_ = people

    pages = {
        who: let_in(Client(), who).get("/compte/double-verification/").content.decode()
        for who in (ada, max_)
    }

    assert "Lea, Max" in pages[ada]
    assert "Moins de deux personnes" in pages[max_]
    assert guarantors_of(account_id=max_.pk) == ()


@pytest.mark.parametrize("number", [1, 3])
def test_list_makes_one_query_and_one_for_each_request(
    people, strong, role_of, number, django_assert_num_queries
):
    for n in range(number):
        other = strong(f"p{n}")
        role_of(other, Role.CODER, 1)
        asked(other)

    with django_assert_num_queries(1 + number):
        assert len(recoveries_for(viewer=people[1], at=NOW)) == number


def test_page_of_a_request_says_where_it_stands(people):
    ada, lea, max_ = people
    waiting = asked(ada)
    address = f"/compte/demandes-de-secours/{waiting.pk}/"
    page = let_in(Client(), lea)

    before = page.get(address).content.decode()
    wrong = page.post(address, {"code": "000000"})
    confirm(max_, waiting)
    half = page.get("/compte/demandes-de-secours/").content.decode()
    told = page.get("/compte/").content.decode()
    refused = page.post(address, {"refuse": "1"}).headers["Location"]

    assert ("Deux personnes doivent confirmer" in before, wrong.status_code) == (True, 422)
    assert "Max a confirmé" in half
    assert "attend votre réponse" in told
    assert (refused, page.get(address).status_code) == ("/compte/demandes-de-secours/", 404)


def test_factor_added_meanwhile_ends_the_request(people):
    ada = people[0]
    asked(ada)
    SecondFactor.objects.filter(account=ada).update(added_at=NOW + timedelta(minutes=1))

    assert recoveries_for(viewer=people[1], at=NOW + timedelta(minutes=2)) == ()
