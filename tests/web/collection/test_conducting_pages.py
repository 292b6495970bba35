"""The team's pages of a collection in a real browser, and what each person is shown."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.web.collection.conducting_world import world_of
from tests.web.collection.receiving_world import asked_of
from tests.web.entrance import let_in
from tests.web.looking import cookies_of, faults_of

from croisee_web.collection.models import AnswerLink, Collecting, DayCount, Invitation
from croisee_web.collection.usecases.inviting import Pasted, write_addresses
from croisee_web.collection.usecases.linking import Wanted, make_links
from croisee_web.collection.vocabulary import InvitationState, LinkFor
from croisee_web.study.models import Case, Certificate


@pytest.fixture
def asked(db, settings, tmp_path):
    """A collection under way today, with answers of several days."""
    settings.KEYS_ROOT = tmp_path / "cles"
    settings.FILES_ROOT = tmp_path / "fichiers"
    made = asked_of(subject="organisme", open_link=True)
    today = timezone.localdate()
    Certificate.objects.update(start=today - timedelta(days=60), end=today + timedelta(days=60))
    Collecting.objects.update(
        opens_on=today - timedelta(days=9), closes_on=today + timedelta(days=3)
    )
    links = make_links(
        collecting_id=made.collecting.pk, actor=made.world.lead, at=timezone.now(),
        wanted=Wanted(LinkFor.ORGANISATIONS),
    )  # fmt: skip
    for number, (_link, token) in enumerate(links[:11]):
        made.receive(number + 1, token=token, case="", at=timezone.now())
    for case, days in (("carrefours", ((8, 2), (6, 4), (1, 3))), ("quartiers", ((7, 1), (3, 1)))):
        for ago, n in days:
            DayCount.objects.create(
                collecting=made.collecting, case=Case.objects.get(code=case),
                day=today - timedelta(days=ago), count=n,
            )  # fmt: skip
    write_addresses(
        collecting_id=made.collecting.pk,
        pasted=Pasted("carrefours", "ca-12;a@exemple.ca\nca-13;b@exemple.ca\nc@exemple.ca"),
        actor=made.world.lead,
        at=timezone.now(),
    )
    Invitation.objects.filter(link__organisation="ca-12").update(
        state=InvitationState.REFUSED, refusal="550"
    )
    Invitation.objects.filter(link__organisation="ca-13").update(state=InvitationState.SENT)
    return made


def at(name, *parts):
    return reverse(f"collection:{name}", args=["numerique", *parts])


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_pages_of_a_collection_are_readable_everywhere(asked, client, browser, live_server):
    number = asked.collecting.pk
    addresses = [
        at("list"), at("collecting-open"), at("collecting", number),
        at("collecting-change", number), at("silent", number), at("inviting", number),
        at("letter", number, "rappel"), reverse("collection:leave", args=["jeton"]),
        f"/en{at('collecting', number)}",
    ]  # fmt: skip
    cookies = cookies_of(let_in(client, asked.world.lead), live_server.url)
    assert faults_of(browser, live_server.url, addresses, cookies=cookies) == []


def test_a_coordinator_sees_her_network_and_nothing_to_conduct(asked, client):
    let_in(client, asked.world.coordinator)
    page = client.get(at("collecting", asked.collecting.pk)).content.decode()
    assert "11 sur 24" in page
    for hidden in ("Quartiers", "Jour après jour", "Fermer la collecte", "/s/", "Inviter", "ca-0"):
        assert hidden not in page


def test_opening_from_an_empty_study_needs_the_screen_alone(db, settings, tmp_path, client):
    settings.KEYS_ROOT = tmp_path / "cles"
    world = world_of()
    let_in(client, world.lead)
    today = timezone.localdate()
    Certificate.objects.update(start=today, end=today + timedelta(days=60))
    assert "Aucune collecte." in client.get(at("list")).content.decode()
    form = client.get(at("collecting-open")).context["form"]
    sent = {name: value for name, value in form.initial.items() if value is not True}
    sent |= {name: "on" for name, value in form.initial.items() if value is True}
    sent |= {"published": world.published.pk, "edition": "2026", "open_link": "ouvert"}
    refused = client.post(at("collecting-open"), sent)
    assert refused.status_code == 422
    assert list(refused.context["form"].errors) == ["anonymous"]
    made = client.post(at("collecting-open"), {**sent, "anonymous": "oui", "but-carrefours": "12"})
    row = Collecting.objects.get()
    assert made.url == at("collecting", row.pk)
    assert (row.anonymous, row.open_slug is not None) == (True, True)
    page = client.get(made.url).content.decode()
    assert f"/s/{row.open_slug}/" in page


def test_nothing_to_publish_yet_leads_to_the_questionnaires(db, settings, tmp_path, client):
    settings.KEYS_ROOT = tmp_path / "cles"
    world = world_of()
    world.published.questionnaire.delete()
    let_in(client, world.lead)
    page = client.get(at("collecting-open"))
    assert page.status_code == 200
    assert "Publiez d’abord un questionnaire" in page.content.decode()


def test_closing_then_the_first_results_then_reopening(asked, client):
    let_in(client, asked.world.lead)
    number = asked.collecting.pk
    assert client.post(at("close", number)).status_code == 302
    page = client.get(at("collecting", number)).content.decode()
    assert reverse("report:results", args=["numerique"]) in page
    yesterday = (timezone.localdate() - timedelta(days=1)).isoformat()
    assert client.post(at("reopen", number), {"closes_on": yesterday}).status_code == 422
    later = (timezone.localdate() + timedelta(days=5)).isoformat()
    assert client.post(at("reopen", number), {"closes_on": later}).status_code == 302
    assert Collecting.objects.get(pk=number).closed_at is None


def test_who_comes_second_is_told_and_overwrites_nothing(asked, client):
    let_in(client, asked.world.lead)
    number = asked.collecting.pk
    form = client.get(at("collecting-change", number)).context["form"]
    sent = {
        name: value
        for name, value in form.initial.items()
        if value is not None and value is not True
    }
    sent |= {name: "on" for name, value in form.initial.items() if value is True}
    assert client.post(at("collecting-change", number), {**sent, "but-carrefours": 5}).url
    late = client.post(at("collecting-change", number), {**sent, "but-carrefours": 9})
    assert late.status_code == 409
    assert Collecting.objects.get().cases.get(case__code="carrefours").goal == 5


def test_links_are_given_once_in_an_identified_collection_only(asked, client):
    let_in(client, asked.world.lead)
    number = asked.collecting.pk
    AnswerLink.objects.filter(organisation="qu-00").delete()
    given = client.post(at("links-file", number))
    told = given.content.decode("utf-8-sig")
    assert "qu-00" in told
    assert "/p/" in told
    assert client.post(at("links-file", number)).status_code == 302
    Collecting.objects.update(anonymous=True)
    assert client.post(at("links-file", number)).status_code == 422


def test_an_open_link_is_the_first_thing_shown_until_it_closes(asked, client):
    let_in(client, asked.world.lead)
    where = reverse("collection:collecting", args=(asked.world.study.slug, asked.collecting.pk))
    shown = client.get(where).content.decode()
    address = f"/s/{asked.collecting.open_slug}/"

    assert 0 < shown.index(address) < shown.index('id="reseaux"')
    client.post(reverse("collection:close", args=(asked.world.study.slug, asked.collecting.pk)))
    assert address not in client.get(where).content.decode()
