"""The list of studies and the home of one: what they show, to whom, in how many queries."""

import re
from datetime import date

import pytest
from django.urls import reverse
from tests.web.entrance import let_in

from croisee_web.access.vocabulary import Role
from croisee_web.collection.models import AnswerSheet
from croisee_web.disclosure.models import Policy
from croisee_web.fieldwork.models import Session
from croisee_web.instruments.models import Instrument
from croisee_web.journal.usecases import record
from croisee_web.study.models import Activity, Certificate, FrameSize, Organisation, Study


def at(name, *args):
    return reverse(f"study:{name}", args=["veille", *args])


# The list, a new study


def test_empty_list_leads_whoever_may_to_a_new_study(client, account_with):
    let_in(client, account_with(is_administrator=True))
    assert reverse("study:create") in client.get(reverse("study:list")).content.decode()

    let_in(client, account_with())
    page = client.get(reverse("study:list")).content.decode()
    assert reverse("study:create") not in page
    assert "Une personne responsable vous invitera" in page


def test_study_is_created_from_its_title(client, account_with):
    let_in(client, account_with(is_administrator=True))

    done = client.post(
        reverse("study:create"), {"title_fr": "Accès", "languages": ["fr"]}, follow=True
    )

    assert done.redirect_chain == [("/etudes/acces/", 302)]
    assert "un fichier de membres suffit" in done.content.decode()


def test_study_is_not_created_without_a_title_nor_by_anybody(client, account_with):
    let_in(client, account_with(is_administrator=True))
    refused = client.post(reverse("study:create"), {"languages": ["fr"]})
    let_in(client, account_with())
    closed = client.post(reverse("study:create"), {"title_fr": "x", "languages": ["fr"]})

    assert (refused.status_code, closed.status_code) == (422, 403)
    assert "Titre" in refused.content.decode()
    assert Study.objects.values_list("slug", flat=True).get() == "veille"


# Home


@pytest.mark.parametrize("networks", [1, 3])
@pytest.mark.parametrize("role", [Role.LEAD, Role.RESEARCHER])
def test_home_makes_as_many_queries_however_large_the_study(
    client,
    study,
    network,
    method,
    edition,
    account_with,
    networks,
    role,
    django_assert_max_num_queries,
    django_assert_num_queries,
):
    edition("2022")
    kinds = [method(f"m{n}") for n in range(networks)]
    for place in range(networks):
        case = network(f"c{place}")
        Organisation.objects.bulk_create(
            Organisation(study=study, case=case, code=f"o{n}") for n in range(50 * networks)
        )
        for one in kinds:
            Activity.objects.create(study=study, case=case, method=one, state="en cours", done=4)
    let_in(client, account_with(role))
    client.get(at("home"))

    # session, account; study, roles twice; roles, study, editions, networks, methods, lists,
    # sizes, regions, activities, certificates, meeting, retention, invitations, last act, policy;
    # answers, sessions, verbatims; reminders of the other slices
    with django_assert_max_num_queries(40) as asked:
        page = client.get(at("home"))

    assert page.status_code == 200
    assert page.content.decode().count('scope="row"') == networks
    with django_assert_num_queries(len(asked)):
        client.get(at("home"))


def test_home_shows_counts_aims_and_what_does_not_apply(client, study, filled, lead):
    Activity.objects.filter(case=filled[1], method__code="eclair").update(
        state="sans objet", reason_fr="Pas de membres"
    )
    let_in(client, lead)

    page = client.get(at("home")).content.decode()

    assert page.count("4 sur 12") == 3
    assert "Sans objet" in page
    assert "Pas de membres" in page
    assert page.count('aria-current="step"') == 1


def test_coordinator_reads_the_counts_of_her_network_as_the_team_does(
    client, study, filled, account_with
):
    let_in(client, account_with(Role.COORDINATOR, case="quartiers"))

    page = client.get(at("home")).content.decode()

    assert "Quartiers" in page
    assert "Carrefours" not in page
    assert page.count("4 sur 12") == 2
    assert "Moins de" not in page


def test_coordinator_of_a_study_where_taking_part_is_telling_reads_no_small_count(
    client, study, filled, account_with
):
    Policy.objects.create(study=study, participation="confidentielle")
    Activity.objects.filter(method__code="eclair").update(planned=None)
    for case in filled:
        FrameSize.objects.create(study=study, case=case, size=64)
    let_in(client, account_with(Role.COORDINATOR, case="quartiers"))
    hers = client.get(at("home")).content.decode()
    let_in(client, account_with(Role.RESEARCHER))
    team = client.get(at("home")).content.decode()

    assert "Moins de 10 sur 64" in hers
    assert "4 sur" not in hers
    assert team.count("4 sur 64") == 2
    assert team.count("4 sur 12") == 2


def test_coordinator_sees_no_other_network_s_members(client, study, filled, account_with):
    Organisation.objects.create(study=study, case=filled[0], code="phare", name="Le Phare")
    let_in(client, account_with(Role.COORDINATOR, case="quartiers"))

    assert client.get(at("members", "quartiers")).status_code == 200
    assert client.get(at("members", "carrefours")).status_code == 403
    assert "Carrefours" not in client.get(at("cases")).content.decode()


def test_home_of_another_study_does_not_exist_for_a_stranger(client, study, account_with):
    let_in(client, account_with())

    assert client.get(at("home")).status_code == 404


def test_home_recalls_the_invitations_of_nobody_without_failing(client, study, filled, lead):
    Certificate.objects.create(
        study=study, position=0, board="CER", number="1", end=date(2020, 1, 1)
    )
    let_in(client, lead)

    page = client.get(at("home")).content.decode()

    assert "Le certificat d’éthique a pris fin le" in page
    assert "janvier" in page
    assert page.count('class="etq attn"') >= 1


# What was received


@pytest.fixture
def received(study, filled):
    """Return a way to make answers to the survey, and sessions of interviews."""
    survey, talk = (
        Activity.objects.filter(method__code=code).earliest("pk").method
        for code in ("eclair", "entretiens")
    )
    asked = Instrument.objects.create(
        study=study, code="q", position=0, name_fr="Q", method=survey, subject="organisme"
    )

    def made(answers=0, sessions=0, case=filled[0], edition="2022", each=1):
        AnswerSheet.objects.bulk_create(
            AnswerSheet(
                instrument=asked, edition=edition, respondent=f"r{edition}{case.pk}-{n}", case=case,
                organisation=f"o{n // each}",
            )
            for n in range(answers)
        )  # fmt: skip
        Session.objects.bulk_create(
            Session(study=study, code=f"s{case.pk}-{n}", method=talk, case=case, edition=edition)
            for n in range(sessions)
        )

    return made


def test_matrix_counts_what_was_received_and_says_when_the_team_wrote_otherwise(
    client, study, filled, received, lead
):
    received(answers=3, sessions=4)
    let_in(client, lead)

    page = client.get(at("home")).content.decode()

    assert page.count("3 sur 12") == 1
    assert page.count("3 reçues, 4 déclarées") == 1
    assert page.count("4 sur 12") == 3
    assert page.count("déclaré</span>") == 2  # the other network's cells
    assert "au dossier" not in page


def test_answers_of_people_are_counted_by_organisation_where_the_team_counts_so(
    client, study, filled, received, lead
):
    Activity.objects.filter(method__code="eclair").update(done=3)
    received(answers=6, each=2)
    received(answers=4, each=2, case=filled[1])
    type(filled[0]).objects.filter(pk=filled[1].pk).update(code="tables")
    Activity.objects.first().method.__class__.objects.filter(code="eclair").update(
        subject="personne"
    )
    let_in(client, lead)

    page = client.get(at("home")).content.decode()

    assert page.count("3 sur 12") == 1
    assert page.count("6 reçues") == 1
    assert page.count("4 sur 12") == 3
    assert page.count("4 reçues, 3 déclarées") == 1


def test_what_came_in_without_being_planned_is_told(client, study, filled, received, lead):
    Activity.objects.filter(method__code="eclair", case=filled[1]).delete()
    Activity.objects.filter(method__code="eclair").update(state="prevue", done=None)
    received(answers=2)
    received(answers=5, case=filled[1])
    let_in(client, lead)

    page = client.get(at("home")).content.decode()

    assert page.count("Non prévu") == 1
    assert page.count("Prévu<") == 0
    assert "2 sur 12" in page


def test_home_shows_the_last_edition_that_has_something_unless_one_is_asked_for(
    client, study, filled, edition, lead
):
    edition("2024", name_fr="Édition 2024", start=date(2024, 1, 1))
    let_in(client, lead)

    together = client.get(at("home")).content.decode()
    alone = client.get(at("home"), {"edition": "2024"}).content.decode()
    unknown = client.get(at("home"), {"edition": "x"}).content.decode()

    assert together.count("4 sur 12") == 4
    assert together.count('<code class="petit doux">2022</code>') == 4
    assert alone.count("rien de prévu") == 4
    assert unknown.count("4 sur 12") == 4
    phases = [re.findall(r'<ol class="phases".*?</ol>', page) for page in (together, alone)]
    assert phases[0] == phases[1] != []


def test_last_act_is_dated_and_leads_those_who_may_to_the_journal(
    client, study, filled, lead, account_with
):
    record(act="study.case.changed", actor=lead.label, at=study.created_at, study_id=study.pk)
    let_in(client, lead)
    leads = client.get(at("home")).content.decode()
    let_in(client, account_with(Role.RESEARCHER))
    others = client.get(at("home")).content.decode()

    assert "Dernier acte noté : 1er juin 2022, 8 h" in leads.replace("\xa0", " ")
    assert reverse("upkeep:journal", args=["veille"]) in leads
    assert "1er juin 2022" in others.replace("\xa0", " ")
    assert reverse("upkeep:journal", args=["veille"]) not in others


def test_numbers_lead_whoever_may_edit_to_where_they_come_from(
    client, study, filled, received, lead, account_with
):
    received(answers=3)
    let_in(client, lead)
    leads = client.get(at("home")).content.decode()
    there = client.get(at("activities"), {"edition": "2022"}).content.decode()
    let_in(client, account_with(Role.CODER))
    others = client.get(at("home")).content.decode()

    assert f"{at('activities')}?edition=2022#reseau-carrefours" in leads
    assert 'id="reseau-carrefours"' in there
    assert there.count("3 reçues") == 1
    assert at("activities") not in others
