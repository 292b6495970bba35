"""Who is invited into a study, and which roles she holds there."""

import re
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from tests.web.access.conftest import AT, PASSWORD
from tests.web.entrance import let_in

from croisee_web.access.models import Account, Assignment, Invitation
from croisee_web.access.queries import (
    NotAllowed,
    OldInvitation,
    invitations_of,
    members_of,
    studies_of,
    verbs_in,
)
from croisee_web.access.rules import Letter
from croisee_web.access.usecases import (
    AlreadyThere,
    LastLead,
    NotARole,
    cancel_invitation,
    give_role,
    invite,
    join,
    join_with_new_account,
    resend_invitation,
    take_role,
)
from croisee_web.access.vault import link_token
from croisee_web.access.vocabulary import Role, Verb
from croisee_web.journal.models import Entry
from croisee_web.kit.errors import NotFound

pytestmark = pytest.mark.django_db
ORIGIN = "https://etudes.exemple.test"


def offered(study, lead, email="bea@exemple.test", role=Role.CODER, case="", at=AT, **more):
    return invite(email=email, role=role, study_id=study.pk, case=case, actor=lead, at=at, **more)


def token_of(invitation):
    invitation.refresh_from_db()
    return link_token("invitation", invitation.nonce)


def accepted(invitation, at=AT):
    return join_with_new_account(
        token=token_of(invitation),
        name="Béa",
        password=PASSWORD,
        language="fr",
        actor="site",
        at=at,
    )


def acts():
    return list(Entry.objects.order_by("pk").values_list("act", flat=True))


def test_invitation_is_received_by_mail_and_opens_an_account(study, lead, letters, client):
    offered(study, lead, letter=Letter("fr", ORIGIN), at=timezone.now())
    call_command("work", until_empty=True)
    mail = letters[0]
    link = re.search(rf"{ORIGIN}(/invitation/\S+)", mail.get_content()).group(1)

    page = client.get(link).content.decode()
    answer = client.post(
        link, {"name": "Béa", "language": "fr", "password": PASSWORD, "again": PASSWORD}
    )

    account = Account.objects.get(email="bea@exemple.test")
    assert (mail["To"], mail["Subject"].strip(), len(letters)) == (
        "bea@exemple.test",
        "Invitation à l’étude «\u00a0Accès et usages\u00a0»",
        1,
    )
    assert ("Accès et usages" in page, "Codage" in page) == (True, True)
    assert answer.headers["Location"] == f"/etudes/{study.slug}/"
    assert studies_of(account=account) == (study.pk,)
    assert client.get("/compte/").status_code == 200


def test_invitation_of_a_coordinator_names_her_network_and_leads_to_it(
    study, lead, letters, client
):
    letter = Letter("fr", ORIGIN)
    now = timezone.now()
    offered(study, lead, role=Role.COORDINATOR, case="nord", letter=letter, at=now)
    call_command("work", until_empty=True)
    text = letters[0].get_content()
    link = re.search(rf"{ORIGIN}(/invitation/\S+)", text).group(1)

    page = client.get(link).content.decode()
    answer = client.post(
        link, {"name": "Béa", "language": "fr", "password": PASSWORD, "again": PASSWORD}
    )

    assert "Coordination d’un réseau (Nord)" in text
    assert "Nord" in page
    assert answer.headers["Location"] == f"/etudes/{study.slug}/reseaux/nord/"


def test_invitation_speaks_the_language_that_was_chosen(study, lead, letters):
    offered(study, lead, letter=Letter("en", ORIGIN))
    call_command("work", until_empty=True)

    assert f"{ORIGIN}/en/invitation/" in letters[0].get_content()


def test_invitation_keeps_no_token_in_the_base(study, lead, letters):
    made = offered(study, lead)
    token = token_of(made)
    from croisee_web.jobs.models import Job

    kept = str(list(Invitation.objects.values())) + str(list(Job.objects.values()))

    assert (len(token) * 6 >= 128, token in kept) == (True, False)


def test_invitation_serves_once_and_says_so(study, lead, client):
    made = offered(study, lead)
    accepted(made)

    replayed = client.get(f"/invitation/{token_of(made)}/")
    with pytest.raises(OldInvitation, match="déjà servi"):
        accepted(made)

    assert (replayed.status_code, "déjà servi" in replayed.content.decode()) == (410, True)


@pytest.mark.parametrize("token", ["x", "A" * 43, "é", "a" * 5000])
def test_invitation_of_a_guessed_token_is_a_page_not_found(client, token):
    assert client.get(f"/invitation/{token}/").status_code == 404


def test_invitation_ends_after_two_weeks(study, lead):
    made = offered(study, lead)

    with pytest.raises(OldInvitation, match="plus valable"):
        accepted(made, at=AT + timedelta(days=14))


def test_invitation_cancelled_opens_nothing(study, lead):
    made = offered(study, lead)
    cancel_invitation(actor=lead, study_id=study.pk, number=made.pk, at=AT)

    with pytest.raises(OldInvitation, match="annulée"):
        accepted(made)
    assert invitations_of(study_id=study.pk) == ()


def test_invitation_sent_again_leaves_the_first_link_dead(study, lead):
    made = offered(study, lead)
    old = token_of(made)
    resend_invitation(actor=lead, study_id=study.pk, number=made.pk, at=AT)

    with pytest.raises(NotFound):
        join(token=old, actor=lead, at=AT)
    assert accepted(made).email == "bea@exemple.test"


def test_invitation_is_accepted_with_the_account_one_has(study, lead, account_of, client):
    bea = account_of("bea@exemple.test", name="Béa")
    made = offered(study, lead, at=timezone.now())
    link = f"/invitation/{token_of(made)}/"

    asked = client.get(link).content.decode()
    client.post("/connexion/", {"email": bea.email, "password": PASSWORD, "next": link})
    client.post(link)

    assert "Se connecter" in asked
    assert verbs_in(account=bea, study_id=study.pk) == {
        Verb.SEE_STUDY,
        Verb.READ_CORPUS,
        Verb.CODE,
        Verb.READ_RESULTS,
        Verb.SEE_PARTICIPANTS,
    }


def test_invitation_does_not_open_a_second_account_at_an_address(study, lead, account_of):
    account_of("BEA@exemple.test")

    with pytest.raises(AlreadyThere):
        accepted(offered(study, lead))


def test_invite_refuses_what_is_there_already(study, lead, account_of, role_of):
    bea = account_of("bea@exemple.test")
    role_of(bea, Role.CODER, study.pk)
    offered(study, lead, "caro@exemple.test")

    for email in ("Bea@exemple.test", "CARO@exemple.test"):
        with pytest.raises(AlreadyThere):
            offered(study, lead, email)


@pytest.mark.parametrize(
    ("role", "case"),
    [("coordinator", ""), ("coordinator", "ouest"), ("lead", "nord"), ("opening", ""), ("x", "")],
)
def test_invite_refuses_a_role_that_does_not_hold(study, lead, role, case):
    with pytest.raises(NotARole):
        offered(study, lead, role=role, case=case)


@pytest.mark.parametrize("role", [role for role in Role if role != Role.LEAD])
def test_only_who_manages_access_invites(study, lead, account_of, role_of, role):
    other = account_of("autre@exemple.test")
    role_of(other, role, study.pk, case="nord" if role == Role.COORDINATOR else "")

    with pytest.raises(NotAllowed):
        offered(study, other)


def test_nobody_invites_into_a_study_she_is_not_in(study, lead, account_of):
    with pytest.raises(NotFound):
        offered(study, account_of("autre@exemple.test", is_administrator=True))


def test_role_is_given_once_and_taken_back(study, lead):
    bea = accepted(offered(study, lead))
    for _ in range(2):
        give_role(
            actor=lead,
            account_id=bea.pk,
            role=Role.COORDINATOR,
            study_id=study.pk,
            case="nord",
            at=AT,
        )
    given = Assignment.objects.get(account=bea, role=Role.COORDINATOR)

    take_role(actor=lead, number=given.pk, study_id=study.pk, at=AT)

    assert acts() == [
        "access.account.invited",
        "access.account.joined",
        "access.role.given",
        "access.role.taken",
    ]
    assert [held.role for held in members_of(study_id=study.pk)[0].roles] == [Role.CODER]


def test_role_of_another_study_is_not_taken_from_here(study, lead, account_of, role_of):
    elsewhere = role_of(account_of(), Role.CODER, study.pk + 1)

    with pytest.raises(NotFound):
        take_role(actor=lead, number=elsewhere.pk, study_id=study.pk, at=AT)


def test_last_lead_stays(study, lead, account_of, role_of):
    only = Assignment.objects.get(account=lead)
    suspended = account_of("absente@exemple.test", is_active=False)
    role_of(suspended, Role.LEAD, study.pk)

    with pytest.raises(LastLead):
        take_role(actor=lead, number=only.pk, study_id=study.pk, at=AT)
    role_of(account_of("bea@exemple.test"), Role.LEAD, study.pk)
    take_role(actor=lead, number=only.pk, study_id=study.pk, at=AT)

    assert not Assignment.objects.filter(pk=only.pk).exists()


@pytest.mark.parametrize("people", [1, 3])
def test_team_page_makes_as_many_queries_however_many_people(
    study, lead, account_of, role_of, client, django_assert_num_queries, people
):
    for number in range(people):
        role_of(account_of(f"p{number}@exemple.test"), Role.CODER, study.pk)
        offered(study, lead, f"q{number}@exemple.test")
    let_in(client, lead)

    with django_assert_num_queries(9):  # session, account, study and verbs (3), the page's four
        page = client.get("/etudes/acces-et-usages/equipe/").content.decode()

    assert page.count("@exemple.test</h3>") == people


def test_mail_that_cannot_leave_is_tried_again(study, lead, settings):
    from croisee_web.jobs.models import Job

    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    made = offered(study, lead, at=timezone.now())

    call_command("work", until_empty=True)

    made.refresh_from_db()
    waiting = Job.objects.get(name="access.invitation")
    assert (made.sent_at, waiting.state, waiting.attempts) == (None, "waiting", 1)
