"""A collection is opened within its certificate, changed, closed, reopened; its links."""

from datetime import UTC, date, datetime, timedelta

import pytest
from tests.web.collection.conducting_world import AT, participants, world_of

from croisee_web.access.queries import NotAllowed
from croisee_web.collection import vault
from croisee_web.collection.models import AnswerLink, Collecting, Submission
from croisee_web.collection.queries import (
    collecting_by_slug,
    collecting_told,
    is_open,
    link_by_code,
    link_by_token,
)
from croisee_web.collection.queries.plans import choices_of
from croisee_web.collection.rules import openness
from croisee_web.collection.usecases import (
    CollectingRefused,
    Wanted,
    change_collecting,
    close_collecting,
    make_links,
    open_collecting,
    reopen_collecting,
)
from croisee_web.collection.usecases.linking import token_of
from croisee_web.collection.vocabulary import LinkFor, Openness
from croisee_web.journal.models import Entry
from croisee_web.kit.errors import NotFound
from croisee_web.people.queries.allowing import CollectionClosed
from croisee_web.study.models import Activity, Case, Edition
from croisee_web.study.usecases.description import ChangedSince


@pytest.fixture
def world(db, settings, tmp_path):
    settings.KEYS_ROOT = tmp_path / "cles"
    return world_of()


def test_opening_asks_networks_and_says_so_in_the_activity_table(world):
    row = world.open()
    assert dict(row.cases.values_list("case__code", "goal")) == {
        "carrefours": 20,
        "quartiers": None,
    }
    assert set(
        Activity.objects.values_list("case__code", "method__code", "edition", "state", "start")
    ) == {
        ("carrefours", "eclair", "2026", "en cours", "2026-11-20"),
        ("quartiers", "eclair", "2026", "en cours", "2026-11-20"),
    }
    entry = Entry.objects.latest("pk")
    assert entry.act == "collection.collecting.opened"
    assert entry.details.content == {
        "collecting": row.pk,
        "version": world.published.pk,
        "cases": 2,
    }


def test_first_collection_of_a_study_makes_its_first_edition(world):
    Edition.objects.all().delete()
    offered = choices_of(study_id=world.study.pk, viewer=world.lead, on=date(2027, 3, 1))
    row = world.open(edition="2027")

    assert offered.editions == (("2027", "2027"),)
    assert (row.edition, list(Edition.objects.values_list("code", "name_fr"))) == (
        "2027",
        [("2027", "2027")],
    )
    assert choices_of(study_id=world.study.pk, viewer=world.lead, on=AT.date()).editions == (
        ("2027", "2027"),
    )


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"published_id": 999_999}, "Choisissez un questionnaire publié."),
        ({"edition": "1999"}, "Choisissez une édition de l’étude."),
        ({"goals": {}}, "Choisissez au moins un réseau de l’étude."),
        ({"goals": {"ailleurs": 3}}, "Choisissez au moins un réseau de l’étude."),
        ({"goals": {"carrefours": 0}}, "Un but est d’au moins une réponse, ou reste vide."),
        (
            {"closes_on": date(2026, 11, 19)},
            "La collecte ferme le jour où elle ouvre, ou après.",
        ),
    ],
)
def test_what_cannot_be_opened_is_said(world, changed, told):
    with pytest.raises(CollectingRefused) as refused:
        world.open(**changed)
    assert str(refused.value) == told
    assert not Collecting.objects.exists()


def test_no_day_of_a_collection_is_outside_the_certificates(world):
    with pytest.raises(CollectionClosed, match="ne couvre le 1er janvier 2100"):
        world.open(closes_on=date(2100, 1, 5))
    with pytest.raises(CollectionClosed, match="a pris fin le 31 décembre 2099"):
        world.open(opens_on=date(2100, 1, 2), closes_on=date(2100, 1, 5))


def test_only_who_edits_the_study_opens(world):
    for account in (world.coordinator, world.facilitator):
        with pytest.raises(NotAllowed):
            open_collecting(study_id=world.study.pk, plan=world.plan(), actor=account, at=AT)
    with pytest.raises(NotFound):
        open_collecting(study_id=world.study.pk, plan=world.plan(), actor=world.stranger, at=AT)


@pytest.mark.parametrize(
    ("at", "state"),
    [
        (datetime(2026, 11, 20, 4, 59, tzinfo=UTC), Openness.COMING),
        (datetime(2026, 11, 20, 5, 0, tzinfo=UTC), Openness.OPEN),
        (datetime(2026, 12, 5, 4, 59, 59, tzinfo=UTC), Openness.OPEN),
        (datetime(2026, 12, 5, 5, 0, tzinfo=UTC), Openness.CLOSED),
    ],
)
def test_days_are_those_of_the_study_and_the_last_one_is_whole(world, at, state):
    told = collecting_told(world.open().pk)
    assert is_open(told, at).state is state


def test_what_is_open_says_until_when(world):
    told = collecting_told(world.open().pk)
    assert is_open(told, AT).words == "Vous pouvez répondre jusqu’au 4 décembre 2026."
    assert is_open(told, AT - timedelta(days=5)).words == "Ce sondage ouvre le 20 novembre 2026."
    assert is_open(told, AT + timedelta(days=30)).words == "Ce sondage a fermé le 4 décembre 2026."


def test_a_certificate_taken_back_pauses_the_collection(world):
    told = collecting_told(world.open().pk)
    world.study.certificates.all().delete()
    assert is_open(told, AT).state is Openness.PAUSED


def test_closing_by_hand_then_reopening_before_the_seal(world, monkeypatch):
    row = world.open()
    close_collecting(collecting_id=row.pk, actor=world.lead, at=AT)
    assert is_open(collecting_told(row.pk), AT).words == "Ce sondage a fermé le 22 novembre 2026."
    again = reopen_collecting(
        collecting_id=row.pk, closes_on=date(2026, 12, 11), actor=world.lead, at=AT
    )
    assert (again.closed_at, again.closes_on) == (None, date(2026, 12, 11))
    monkeypatch.setattr(openness, "_SEALS", [lambda *_of: "2026a"])
    close_collecting(collecting_id=row.pk, actor=world.lead, at=AT)
    with pytest.raises(CollectingRefused, match="La diffusion 2026a est scellée"):
        reopen_collecting(
            collecting_id=row.pk, closes_on=date(2026, 12, 11), actor=world.lead, at=AT
        )


def test_two_who_change_at_once_do_not_overwrite_each_other(world):
    row = world.open()
    changed = world.plan(goals={"carrefours": 15})
    change_collecting(collecting_id=row.pk, version=1, plan=changed, actor=world.lead, at=AT)
    assert dict(row.cases.values_list("case__code", "goal")) == {"carrefours": 15}
    with pytest.raises(ChangedSince):
        change_collecting(
            collecting_id=row.pk, version=1, plan=changed, actor=world.researcher, at=AT
        )


def test_the_promise_of_anonymity_holds_once_a_link_is_made(world):
    row = world.open()
    make_links(collecting_id=row.pk, actor=world.lead, at=AT, wanted=Wanted(LinkFor.ORGANISATIONS))
    for changed, told in (
        ({"anonymous": True}, "la promesse d’anonymat ne change plus"),
        ({"goals": {"carrefours": 20}}, "ne se retire pas de la collecte"),
    ):
        with pytest.raises(CollectingRefused, match=told):
            change_collecting(
                collecting_id=row.pk, version=1, plan=world.plan(**changed), actor=world.lead,
                at=AT,
            )  # fmt: skip


def test_an_open_link_leads_to_its_collection_and_can_be_taken_away(world):
    row = world.open(open_link=True)
    assert collecting_by_slug(row.open_slug).id == row.pk
    slug = row.open_slug
    change_collecting(
        collecting_id=row.pk, version=1, plan=world.plan(open_link=False), actor=world.lead, at=AT
    )
    assert collecting_by_slug(slug) is None
    assert collecting_by_slug("") is None


def test_a_link_for_each_organisation_of_the_frame_and_none_twice(world):
    row = world.open()
    wanted = Wanted(LinkFor.ORGANISATIONS)
    links = make_links(collecting_id=row.pk, actor=world.lead, at=AT, wanted=wanted)
    assert len(links) == 30
    assert make_links(collecting_id=row.pk, actor=world.lead, at=AT, wanted=wanted) == ()
    link, token = links[0]
    assert link_by_token(token).organisation == link.organisation
    assert link_by_token(token).case.name == "Carrefours"
    assert link_by_token(token + "x") is None
    assert not AnswerLink.objects.filter(token_sha256=token).exists()


def test_a_questionnaire_about_people_has_a_link_for_each_participant(world):
    people = participants(world)
    people[0].withdrawn_on = date(2026, 11, 21)
    people[0].save()
    row = world.open()
    links = make_links(collecting_id=row.pk, actor=world.lead, at=AT)
    assert sorted(link.participant for link, _token in links) == ["p-ca-01", "p-ca-02"]


def test_links_without_a_name_are_as_many_as_asked(world):
    row = world.open(anonymous=True)
    wanted = Wanted(LinkFor.NAMELESS, {"carrefours": 5, "quartiers": 3, "ailleurs": 9})
    links = make_links(collecting_id=row.pk, actor=world.lead, at=AT, wanted=wanted)
    assert [(link.organisation, link.participant) for link, _token in links] == [("", "")] * 8


def test_a_token_is_made_again_and_a_lost_key_makes_new_ones(world):
    row = world.open()
    link, token = make_links(
        collecting_id=row.pk, actor=world.lead, at=AT, wanted=Wanted(LinkFor.ORGANISATIONS)
    )[0]
    assert token_of(link=link, study_id=world.study.pk, actor="worker", at=AT) == token
    assert vault.destroy_key(world.study.pk, row.pk) is True
    assert link_by_token(token).id == link.pk
    other = token_of(link=link, study_id=world.study.pk, actor="worker", at=AT)
    assert other != token
    assert (link_by_token(token), link_by_token(other).id) == (None, link.pk)


def test_a_short_code_opens_its_link_however_it_is_typed(world):
    row = world.open()
    link, _token = make_links(
        collecting_id=row.pk, actor=world.lead, at=AT, wanted=Wanted(LinkFor.ORGANISATIONS)
    )[0]
    code = vault.new_code(world.study.pk, row.pk, link.pk)
    assert link_by_code(f" {code[:5].lower()} - {code[5:]}").id == link.pk
    assert link_by_code("") is None


def test_answers_keep_their_network_in_the_collection(world):
    row = world.open()
    case = Case.objects.get(study=world.study, code="quartiers")
    Submission.objects.create(
        collecting=row, published=world.published, case=case, instance_id="x", content=b"",
        digest="", way="page",
    )  # fmt: skip
    with pytest.raises(CollectingRefused, match="ne se retire pas de la collecte"):
        change_collecting(
            collecting_id=row.pk, version=1, plan=world.plan(goals={"carrefours": 1}),
            actor=world.lead, at=AT,
        )  # fmt: skip
