from datetime import UTC, datetime, timedelta

import pytest
from tests.web.access.conftest import AT, PASSWORD
from tests.web.access.counting_hasher import worked

from croisee_web.access.models import Account, Tries
from croisee_web.access.usecases import TooManyTries, WrongPassword, sign_in
from croisee_web.access.views import sessions as session_views

pytestmark = pytest.mark.django_db


def attempt(email="ada@exemple.test", password="à côté", machine="10.0.0.1", at=AT):
    return sign_in(email=email, password=password, machine=machine, actor="site", at=at)


def signed_in(client, email="ada@exemple.test", **extra):
    return client.post("/connexion/", {"email": email, "password": PASSWORD, **extra})


def test_sign_in_ignores_capitals_and_spaces(account_of):
    account = account_of()

    assert attempt(" Ada@Exemple.TEST ", PASSWORD) == account


def test_sign_in_says_the_same_of_a_wrong_password_and_of_an_unknown_address(account_of):
    account_of()

    said = set()
    for email in ("ada@exemple.test", "personne@exemple.test"):
        with pytest.raises(WrongPassword) as refusal:
            attempt(email)
        said.add((str(refusal.value), refusal.value.http_status))

    assert len(said) == 1


@pytest.mark.parametrize("email", ["ada@exemple.test", "personne@exemple.test"])
def test_sign_in_computes_as_much_for_an_unknown_address(account_of, settings, email):
    settings.PASSWORD_HASHERS = ["tests.web.access.counting_hasher.CountingHasher"]
    account_of()
    worked.clear()

    with pytest.raises(WrongPassword):
        attempt(email)

    assert len(worked) == 1


def test_sign_in_refuses_a_suspended_account(account_of):
    account_of(is_active=False)

    with pytest.raises(WrongPassword):
        attempt(password=PASSWORD)


def test_ten_thousand_guesses_on_one_account_are_refused_before_the_password(account_of):
    account_of()
    looked_at, start = 0, AT
    for number in range(10_000):
        try:
            attempt(at=start + timedelta(seconds=number // 10))
        except WrongPassword:
            looked_at += 1
        except TooManyTries:
            pass

    with pytest.raises(TooManyTries):
        attempt(password=PASSWORD, at=start + timedelta(seconds=1000))
    assert looked_at <= 16


def test_guesses_from_many_machines_wait_too_and_the_owner_does_not(account_of):
    account = account_of()
    attempt(password=PASSWORD, machine="192.0.2.7")
    looked_at = 0
    for number in range(2_000):
        try:
            attempt(machine=f"10.0.{number // 250}.{number % 250}", at=AT)
        except WrongPassword:
            looked_at += 1
        except TooManyTries:
            pass

    assert looked_at == 50
    assert attempt(password=PASSWORD, machine="192.0.2.7") == account


def test_thirty_people_behind_one_machine_are_never_kept_waiting(account_of):
    everyone = [account_of(f"personne{number}@exemple.test") for number in range(30)]

    for account in everyone:
        for _ in range(3):
            with pytest.raises(WrongPassword):
                attempt(account.email)
    entered = [attempt(account.email, PASSWORD) for account in everyone]

    assert entered == everyone


def test_a_wait_is_said_whether_or_not_the_account_exists(account_of):
    account_of()
    said = set()
    for email in ("ada@exemple.test", "personne@exemple.test"):
        for _ in range(6):
            with pytest.raises((WrongPassword, TooManyTries)) as refusal:
                attempt(email)
        said.add((type(refusal.value), str(refusal.value)))

    assert said == {(TooManyTries, "Trop d’essais. Attendez 1 min, puis réessayez.")}


def test_tries_keep_neither_address_nor_machine(account_of):
    account_of()
    with pytest.raises(WrongPassword):
        attempt()

    kept = str(list(Tries.objects.values()))

    assert ("ada" in kept, "10.0.0" in kept, Tries.objects.count()) == (False, False, 2)


def test_missed_tries_are_forgotten_after_a_day(account_of):
    account = account_of()
    for _ in range(6):
        with pytest.raises((WrongPassword, TooManyTries)):
            attempt()

    assert attempt(password=PASSWORD, at=AT + timedelta(hours=24)) == account


def test_page_leads_where_one_was_going(client, account_of):
    account_of()

    asked = client.get("/compte/")
    answer = signed_in(client, next="/compte/")

    assert asked.headers["Location"] == "/connexion/?next=%2Fcompte%2F"
    assert answer.headers["Location"] == "/compte/"


@pytest.mark.parametrize(
    "wanted", ["https://exemple.invalid/", "//exemple.invalid", "javascript:1"]
)
def test_page_never_leads_to_another_site(client, account_of, wanted):
    account_of()

    assert signed_in(client, next=wanted).headers["Location"] == "/etudes/"


def test_page_speaks_the_language_of_the_account(client, account_of):
    account_of(language="en")

    assert signed_in(client).headers["Location"] == "/en/etudes/"
    client.post("/deconnexion/")
    assert signed_in(client, next="/compte/").headers["Location"] == "/en/compte/"


def test_page_keeps_what_was_written_and_says_what_to_correct(client):
    answer = client.post("/connexion/", {"email": "ada@exemple.test", "password": "non"})

    page = answer.content.decode()
    assert (answer.status_code, 'value="ada@exemple.test"' in page, "À corriger" in page) == (
        422,
        True,
        True,
    )


def test_session_takes_a_new_key_at_sign_in(client, account_of):
    account_of()
    client.get("/connexion/")
    session = client.session
    session["posé"] = "avant"
    session.save()
    fixed = session.session_key

    signed_in(client)

    assert client.session.session_key != fixed
    assert "posé" not in client.session


def test_sign_out_ends_the_session_on_the_server_and_clears_the_browser(client, account_of):
    account_of()
    signed_in(client)
    kept = client.cookies["sessionid"].value

    answer = client.post("/deconnexion/")
    client.cookies["sessionid"] = kept

    assert answer.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert client.get("/compte/").status_code == 302


def test_door_is_in_the_language_of_the_page_that_led_to_it(client, account_of):
    shut = client.get("/en/etudes/").headers["Location"]
    account_of()
    signed_in(client)

    out = client.post("/en/deconnexion/").headers["Location"]

    assert (shut, out) == ("/en/connexion/?next=%2Fen%2Fetudes%2F", "/en/connexion/")


def test_sign_out_takes_a_post(client, account_of):
    account_of()
    signed_in(client)

    assert client.get("/deconnexion/").status_code == 405


class Clock:
    """Stands for the clock of the session's edge: the time is what the test says."""

    def __init__(self):
        self.at = datetime.now(UTC) + timedelta(seconds=5)  # noqa: TID251 -- sessions expire by it

    def now(self):
        return self.at


@pytest.fixture
def clock(monkeypatch):
    made = Clock()
    monkeypatch.setattr(session_views, "timezone", made)
    return made


def test_session_ends_when_left_alone_for_half_an_hour(client, account_of, clock):
    account_of()
    signed_in(client)
    answers = []
    for minutes in (29, 29, 31):
        clock.at += timedelta(minutes=minutes)
        answers.append(client.get("/compte/").status_code)

    assert answers == [200, 200, 302]


def test_session_ends_after_a_working_day_whatever_happens(client, account_of, clock):
    account_of()
    signed_in(client)
    answers = []
    for _ in range(49):
        clock.at += timedelta(minutes=15)
        answers.append(client.get("/compte/").status_code)

    assert answers.index(302) == 47  # twelve hours


def test_page_of_an_account_is_kept_by_no_cache(client, account_of):
    account_of()
    signed_in(client)

    assert "no-store" in client.get("/compte/").headers["Cache-Control"]


def test_first_steps_open_the_only_first_account(client):
    from croisee_web.access.rules import write_first_steps

    token = write_first_steps()
    told = {
        "name": "Ada",
        "email": "ada@exemple.test",
        "language": "fr",
        "password": PASSWORD,
        "again": PASSWORD,
    }

    guessed = client.get("/premier-pas/devine/").status_code
    weak = client.post(
        f"/premier-pas/{token}/", {**told, "password": "motdepasse", "again": "motdepasse"}
    )
    opened = client.post(f"/premier-pas/{token}/", told)
    client.logout()
    again = client.post(f"/premier-pas/{token}/", {**told, "email": "bea@exemple.test"})

    assert (guessed, weak.status_code, opened.status_code) == (404, 422, 302)
    assert [(a.email, a.is_administrator) for a in Account.objects.all()] == [
        ("ada@exemple.test", True)
    ]
    assert again.status_code in {404, 409}
