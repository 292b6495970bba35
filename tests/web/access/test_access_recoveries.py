"""Two persons confirm that somebody who lost every second factor is herself; what attackers try."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from tests.web.access.moments import LONG_AGO, REAL_NOW
from tests.web.access.recovering import ORIGIN, asked, confirm
from tests.web.entrance import let_in

from croisee_web.access.models import Assignment, Recovery, SecondFactor
from croisee_web.access.queries import (
    recoveries_for,
)
from croisee_web.access.rules import code_at, step_of
from croisee_web.access.usecases import (
    FactorProof,
    TooManyTries,
    TooRecent,
    WrongCode,
    check_code,
    confirm_recovery,
    open_recovery,
    refuse_recovery,
)
from croisee_web.access.vocabulary import OPENING, Role
from croisee_web.jobs.models import Job
from croisee_web.kit.errors import NotFound, UseCaseError

pytestmark = pytest.mark.django_db


def test_asking_twice_opens_one_and_a_refusal_holds_for_a_day(people):
    ada, lea, _max = people
    first = asked(ada)
    assert asked(ada).pk == first.pk
    refuse_recovery(actor=lea, number=first.pk, at=REAL_NOW)

    open_recovery(number=ada.pk, origin=ORIGIN, actor="site", at=REAL_NOW + timedelta(hours=23))
    assert Recovery.objects.count() == 1
    assert asked(ada, REAL_NOW + timedelta(hours=25)).pk != first.pk


def test_one_person_is_not_two(people):
    ada, lea, _max = people
    waiting = asked(ada)

    assert confirm(lea, waiting) is False
    with pytest.raises(UseCaseError, match="autre personne"):
        confirm(lea, waiting, REAL_NOW + timedelta(minutes=5))
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
def test_other_roles_confirm_nothing(people, steady, role_of, role):
    other = steady("autre")
    role_of(other, role, 1, case="nord" if role == Role.COORDINATOR else "")

    with pytest.raises(NotFound):
        confirm(other, asked(people[0]))


def test_lead_of_another_study_confirms_nothing_and_sees_nothing(people, steady, role_of):
    other, guest = steady("autre"), people[0]
    role_of(other, Role.LEAD, 2)
    role_of(guest, OPENING, 2, until=REAL_NOW + timedelta(hours=1))
    waiting = asked(guest)

    with pytest.raises(NotFound):
        confirm(other, waiting)
    assert recoveries_for(viewer=other, at=REAL_NOW) == ()
    page = let_in(Client(), other).get(f"/compte/demandes-de-secours/{waiting.pk}/")
    assert page.status_code == 404


def test_role_or_factor_of_less_than_a_day_confirms_nothing(people, steady, role_of):
    waiting = asked(people[0])
    hour = REAL_NOW - timedelta(hours=23)
    named = steady("nommee", is_administrator=True, administrator_since=hour)
    unknown = steady("sans-date", is_administrator=True)
    led = steady("lead")
    role_of(led, Role.LEAD, 1).given_at = hour
    Assignment.objects.filter(account=led).update(given_at=hour)
    taken = steady("prise", since=hour, is_administrator=True, administrator_since=LONG_AGO)

    for who in (named, unknown, led, taken):
        with pytest.raises(TooRecent):
            confirm(who, waiting)
    assert confirm(named, waiting, REAL_NOW + timedelta(hours=2)) is False


def test_first_word_falls_with_the_role_that_gave_it(people, steady):
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
    for code in ("000000", code_at(max_.secret, step_of(REAL_NOW)), ""):
        with pytest.raises(WrongCode):
            confirm_recovery(
                actor=lea, number=waiting.pk, proof=FactorProof(code=code), at=REAL_NOW, origin=""
            )
    used = code_at(lea.secret, step_of(REAL_NOW))
    check_code(actor=lea, code=used, at=REAL_NOW)
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
            confirm_recovery(actor=lea, number=waiting.pk, proof=guess, at=REAL_NOW)

    with pytest.raises(TooManyTries):
        confirm_recovery(actor=lea, number=waiting.pk, proof=guess, at=REAL_NOW)


def test_request_falls_when_a_recovery_code_serves(people):
    ada, lea, _max = people
    waiting = asked(ada)
    check_code(actor=ada, code=ada.codes[0], at=REAL_NOW + timedelta(minutes=1))

    with pytest.raises(NotFound):
        confirm(lea, waiting, REAL_NOW + timedelta(minutes=2))


def test_request_is_over_after_three_days(people):
    ada, lea, _max = people
    waiting = asked(ada)

    with pytest.raises(NotFound, match="terminée"):
        confirm(lea, waiting, REAL_NOW + timedelta(days=3))
    assert asked(ada, REAL_NOW + timedelta(days=3)).pk != waiting.pk


@pytest.mark.django_db(transaction=True)
def test_two_who_confirm_at_once_send_one_link(people, steady):
    ada, lea, max_ = people
    more = steady("eve", is_administrator=True, administrator_since=LONG_AGO)
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


@pytest.mark.parametrize("number", [1, 3])
def test_list_makes_one_query_and_one_for_each_request(
    people, steady, role_of, number, django_assert_num_queries
):
    for n in range(number):
        other = steady(f"p{n}")
        role_of(other, Role.CODER, 1)
        asked(other)

    with django_assert_num_queries(1 + number):
        assert len(recoveries_for(viewer=people[1], at=REAL_NOW)) == number


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
    SecondFactor.objects.filter(account=ada).update(added_at=REAL_NOW + timedelta(minutes=1))

    assert recoveries_for(viewer=people[1], at=REAL_NOW + timedelta(minutes=2)) == ()
