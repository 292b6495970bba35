"""Names shown for a few hours: one person asks, another one answers."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from tests.web.access.moments import REAL_NOW
from tests.web.entrance import let_in

from croisee_web.access.models import Assignment, Opening
from croisee_web.access.queries import (
    NotAllowed,
    SecondFactorNeeded,
    may_see_identities,
    studies_of,
    verbs_in,
)
from croisee_web.access.usecases import (
    TwoPersons,
    answer_opening,
    ask_opening,
    end_opening,
)
from croisee_web.access.vocabulary import Role, Verb
from croisee_web.journal.models import Entry
from croisee_web.kit.errors import UseCaseError

pytestmark = pytest.mark.django_db
WHY = "Une participante demande d’être rappelée d’urgence."


def acts():
    return list(Entry.objects.order_by("pk").values_list("act", flat=True))


@pytest.fixture
def asked(study, lead, strong):
    """An administrator who asks to see the names of a study for four hours."""
    who = strong("admin", is_administrator=True)
    opening = ask_opening(actor=who, study_id=study.pk, reason=WHY, hours=4, at=REAL_NOW)
    return who, opening


def test_opening_takes_two_persons(asked, study):
    who, opening = asked

    with pytest.raises(TwoPersons):
        answer_opening(actor=who, number=opening.pk, granted=True, at=REAL_NOW)

    assert may_see_identities(account=who, study_id=study.pk) is False


def test_opening_shows_the_names_and_little_else_until_its_end(asked, study, lead):
    who, opening = asked
    answer_opening(actor=lead, number=opening.pk, granted=True, at=REAL_NOW)

    held = verbs_in(account=who, study_id=study.pk)

    assert held == {Verb.SEE_STUDY, Verb.SEE_PARTICIPANTS, Verb.SEE_IDENTITIES, Verb.OPENED}
    Assignment.objects.filter(account=who).update(until=REAL_NOW - timedelta(seconds=1))
    assert verbs_in(account=who, study_id=study.pk) == frozenset()
    assert studies_of(account=who) == ()


def test_opening_refused_shows_nothing(asked, study, lead):
    who, opening = asked
    answer_opening(actor=lead, number=opening.pk, granted=False, at=REAL_NOW)

    with pytest.raises(UseCaseError, match="déjà répondu"):
        answer_opening(actor=lead, number=opening.pk, granted=True, at=REAL_NOW)

    assert may_see_identities(account=who, study_id=study.pk) is False


def test_opening_ends_before_its_time_when_asked(asked, study, lead):
    who, opening = asked
    answer_opening(actor=lead, number=opening.pk, granted=True, at=REAL_NOW)
    end_opening(actor=lead, number=opening.pk, at=REAL_NOW)

    assert may_see_identities(account=who, study_id=study.pk) is False


def test_opening_is_journalled_and_told_to_who_manages_the_access(asked, study, lead, letters):
    _who, opening = asked
    answer_opening(actor=lead, number=opening.pk, granted=True, at=REAL_NOW)
    call_command("work", until_empty=True)

    assert acts()[-2:] == ["access.opening.asked", "access.opening.granted"]
    assert [(mail["To"], WHY in mail.get_content()) for mail in letters] == [
        ("lead@exemple.test", True)
    ]


def test_opening_is_not_asked_without_a_second_factor(study, lead):
    with pytest.raises(SecondFactorNeeded):
        ask_opening(actor=lead, study_id=study.pk, reason=WHY, hours=4, at=REAL_NOW)


@pytest.mark.parametrize(("reason", "hours"), [("", 4), ("court", 4), (WHY, 3), (WHY, 9999)])
def test_opening_takes_a_reason_and_an_offered_duration(asked, study, reason, hours):
    who, _opening = asked

    with pytest.raises(UseCaseError, match="pourquoi"):
        ask_opening(actor=who, study_id=study.pk, reason=reason, hours=hours, at=REAL_NOW)


@pytest.mark.parametrize("role", [role for role in Role if role != Role.LEAD])
def test_opening_is_not_for_other_roles(study, strong, role_of, role):
    who = strong("autre")
    role_of(who, role, study.pk, case="nord" if role == Role.COORDINATOR else "")

    with pytest.raises(NotAllowed):
        ask_opening(actor=who, study_id=study.pk, reason=WHY, hours=4, at=REAL_NOW)


def test_database_refuses_an_opening_answered_by_who_asked(asked):
    from django.db import IntegrityError, transaction

    who, opening = asked

    with pytest.raises(IntegrityError), transaction.atomic():
        Opening.objects.filter(pk=opening.pk).update(answered_by=who)


def test_opening_pages_ask_answer_and_end(asked, study, lead, client):
    _who, opening = asked
    let_in(client, lead)
    address = f"/etudes/acces-et-usages/equipe/acces-exceptionnel/{opening.pk}/"

    shown = client.get("/etudes/acces-et-usages/equipe/").content.decode()
    client.post(address, {"answer": "grant"})
    under_way = client.get("/etudes/acces-et-usages/equipe/").content.decode()
    client.post(address, {"answer": "end"})
    after = client.get("/etudes/acces-et-usages/equipe/").content.decode()

    assert ["Approuver" in page for page in (shown, under_way, after)] == [True, False, False]
    assert ["Mettre fin à l’accès" in page for page in (shown, under_way, after)] == [
        False,
        True,
        False,
    ]
