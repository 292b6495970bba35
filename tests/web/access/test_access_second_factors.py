import re
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection
from tests.web.access.conftest import AT, PASSWORD

from croisee_web.access.models import RecoveryCode, SecondFactor
from croisee_web.access.queries import (
    SecondFactorNeeded,
    cases_with,
    factors_of,
    may_see_identities,
    needs_second_factor,
    require,
    verbs_in,
)
from croisee_web.access.rules import code_at, matching_step, new_secret, step_of
from croisee_web.access.usecases import (
    TooManyTries,
    WrongCode,
    add_application,
    check_code,
    new_codes,
    remove_factor,
)
from croisee_web.access.vault import KeyMissing
from croisee_web.access.vocabulary import STRONG, VERBS, Role, Verb

pytestmark = pytest.mark.django_db
RFC_SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
"""« 12345678901234567890 » in base 32: the secret of RFC 6238, appendix B."""
LATER = AT + timedelta(minutes=5)


@pytest.fixture
def protected(account_of):
    """An account with an application of codes, its secret and its recovery codes."""
    account, secret = account_of(), new_secret()
    codes = add_application(actor=account, secret=secret, code=code_at(secret, step_of(AT)), at=AT)
    return account, secret, codes


@pytest.mark.parametrize(
    ("seconds", "digits"),
    [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (20000000000, "353130")],
)
def test_codes_are_those_of_rfc_6238(seconds, digits):
    assert code_at(RFC_SECRET, seconds // 30) == digits


def test_code_holds_for_its_half_minute_and_its_neighbours():
    steps = range(-2, 3)
    now = step_of(AT)

    held = [matching_step(RFC_SECRET, code_at(RFC_SECRET, now + n), AT, -1) for n in steps]

    assert held == [None, now - 1, now, now + 1, None]


def test_application_is_added_only_with_a_right_code(account_of):
    account = account_of()

    with pytest.raises(WrongCode):
        add_application(actor=account, secret=new_secret(), code="000000", at=AT)

    assert SecondFactor.objects.count() == 0


def test_code_serves_once(protected):
    account, secret, _codes = protected
    code = code_at(secret, step_of(LATER))

    first = check_code(actor=account, code=code, at=LATER)
    with pytest.raises(WrongCode):
        check_code(actor=account, code=code, at=LATER)

    assert first == "totp"


def test_the_code_that_added_the_application_does_not_sign_in(protected):
    account, secret, _codes = protected

    with pytest.raises(WrongCode):
        check_code(actor=account, code=code_at(secret, step_of(AT)), at=AT)


def test_code_of_an_earlier_half_minute_is_refused_after_a_later_one(protected):
    account, secret, _codes = protected
    now = step_of(LATER)
    check_code(actor=account, code=code_at(secret, now + 1), at=LATER)

    with pytest.raises(WrongCode):
        check_code(actor=account, code=code_at(secret, now), at=LATER)


def test_recovery_code_serves_once_however_it_is_written(protected):
    account, _secret, codes = protected

    how = check_code(actor=account, code=codes[3].lower().replace("-", " "), at=LATER)
    with pytest.raises(WrongCode):
        check_code(actor=account, code=codes[3], at=LATER)

    assert (how, factors_of(account=account).codes) == ("code", 9)


def test_recovery_code_of_somebody_else_is_refused(protected, account_of):
    _account, _secret, codes = protected
    other = account_of("bea@exemple.test")

    with pytest.raises(WrongCode):
        check_code(actor=other, code=codes[0], at=LATER)


def test_new_codes_replace_the_old_ones(protected):
    account, _secret, codes = protected
    fresh = new_codes(actor=account, at=LATER)

    with pytest.raises(WrongCode):
        check_code(actor=account, code=codes[0], at=LATER)

    assert (len(fresh), len({*fresh, *codes})) == (10, 20)


def test_guessed_codes_are_refused_unread_after_a_few(protected):
    account, secret, _codes = protected
    for _ in range(6):
        with pytest.raises((WrongCode, TooManyTries)):
            check_code(actor=account, code="000000", at=LATER)

    with pytest.raises(TooManyTries):
        check_code(actor=account, code=code_at(secret, step_of(LATER)), at=LATER)


def test_database_holds_neither_the_secret_nor_a_code(protected):
    _account, secret, codes = protected

    kept = str(list(SecondFactor.objects.values())) + str(list(RecoveryCode.objects.values()))

    assert [word in kept for word in (secret, *codes)] == [False] * 11


def test_secrets_do_not_open_with_another_key(protected, settings, tmp_path):
    account, _secret, _codes = protected
    settings.KEYS_ROOT = tmp_path / "autres"

    with pytest.raises(KeyMissing):
        check_code(actor=account, code="123456", at=LATER)


def test_removing_the_last_factor_removes_the_recovery_codes(protected):
    account, _secret, _codes = protected

    remove_factor(actor=account, number=factors_of(account=account).all[0].id, at=LATER)

    assert (factors_of(account=account).all, RecoveryCode.objects.count()) == ((), 0)


def test_verbs_that_show_names_wait_for_a_second_factor(account_of, role_of):
    account = account_of()
    role_of(account, Role.LEAD)

    held = verbs_in(account=account, study_id=1)
    with pytest.raises(SecondFactorNeeded):
        require(actor=account, verb=Verb.SEE_IDENTITIES, study_id=1)

    assert VERBS[Role.LEAD] - held == STRONG
    assert cases_with(account=account, study_id=1, verb=Verb.SEE_IDENTITIES) == (False, ())
    assert (
        needs_second_factor(account=account),
        may_see_identities(account=account, study_id=1),
    ) == (True, False)


def test_verbs_that_show_names_count_with_a_second_factor(protected, role_of):
    account, _secret, _codes = protected
    role_of(account, Role.LEAD)

    assert verbs_in(account=account, study_id=1) == VERBS[Role.LEAD]
    assert (
        needs_second_factor(account=account),
        may_see_identities(account=account, study_id=1),
    ) == (False, True)


def test_verbs_take_one_query(protected, role_of, django_assert_num_queries):
    account, _secret, _codes = protected
    role_of(account, Role.LEAD)
    role_of(account, Role.COORDINATOR, case="nord")

    with django_assert_num_queries(1):
        verbs_in(account=account, study_id=1)


@pytest.mark.django_db(transaction=True)
def test_one_code_sent_by_many_at_once_opens_one_session(protected):
    account, secret, _codes = protected
    code, start, outcomes = code_at(secret, step_of(LATER)), Barrier(4), []

    def enter():
        start.wait()
        try:
            outcomes.append(check_code(actor=account, code=code, at=LATER))
        except (WrongCode, TooManyTries) as refusal:
            outcomes.append(type(refusal).__name__)
        finally:
            connection.close()

    threads = [Thread(target=enter) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["WrongCode", "WrongCode", "WrongCode", "totp"]


def enter(client):
    return client.post("/connexion/", {"email": "ada@exemple.test", "password": PASSWORD})


def test_password_alone_opens_nothing_for_a_protected_account(client, protected):
    answer = enter(client)

    assert answer.headers["Location"] == "/connexion/verification/"
    assert client.get("/compte/").status_code == 302


def test_second_step_without_a_password_leads_to_the_door(client):
    answer = client.post("/connexion/verification/", {"code": "123456"})

    assert answer.headers["Location"] == "/connexion/"


def test_second_step_opens_the_session_under_a_new_key(client, protected):
    _account, _secret, codes = protected
    client.post(
        "/connexion/", {"email": "ada@exemple.test", "password": PASSWORD, "next": "/compte/"}
    )
    before = client.session.session_key

    wrong = client.post("/connexion/verification/", {"code": "000000"})
    right = client.post("/connexion/verification/", {"code": codes[0]})

    assert (wrong.status_code, right.headers["Location"]) == (422, "/compte/")
    assert client.session.session_key != before
    assert client.get("/compte/").status_code == 200


def test_application_is_added_from_the_account_page(client, account_of):
    account = account_of()
    enter(client)
    page = client.get("/compte/double-verification/application/").content.decode()
    secret = client.session["new-application"]

    from datetime import UTC, datetime

    now = datetime.now(UTC)  # noqa: TID251 -- the page reads the clock
    answer = client.post(
        "/compte/double-verification/application/", {"code": code_at(secret, step_of(now))}
    )

    shown = answer.content.decode().count("<li><code>")
    assert ("<svg" in page, shown, factors_of(account=account).application) == (True, 10, True)


def test_delicate_change_asks_for_the_password_when_it_was_given_long_ago(client, account_of):
    account_of()
    enter(client)
    session = client.session
    session["session-began"] -= 11 * 60
    session.save()

    asked = client.get("/compte/mot-de-passe/")
    wrong = client.post(asked.headers["Location"], {"password": "non", "next": "/compte/"})
    right = client.post(asked.headers["Location"], {"password": PASSWORD, "next": "/compte/"})

    assert asked.headers["Location"] == "/compte/confirmer/?next=%2Fcompte%2Fmot-de-passe%2F"
    assert (wrong.status_code, right.headers["Location"]) == (422, "/compte/")
    assert client.get("/compte/mot-de-passe/").status_code == 200


@pytest.mark.parametrize("answer", ["", "{}", "[]", '{"rawId": "x"}', "pas du JSON", "null", "1"])
def test_passkey_answers_that_mean_nothing_are_refused_in_words(client, answer):
    client.get("/connexion/cle/")

    refused = client.post("/connexion/cle/", {"answer": answer})

    assert (refused.status_code, "Recommencez" in refused.content.decode()) == (422, True)


def test_passkey_page_runs_one_script_of_ours(client):
    answer = client.get("/connexion/cle/")

    nonce = re.search(r"script-src 'nonce-([\w-]+)';", answer.headers["Content-Security-Policy"])
    scripts = re.findall(r"<script.*?</script>", answer.content.decode(), re.DOTALL)
    assert scripts == [
        f'<script src="/statique/access/passkey.js" nonce="{nonce.group(1)}" defer></script>'
    ]
