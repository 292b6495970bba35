"""Where a collection stands: for the team, for a network's coordinator, for the committee."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st
from tests.web.collection.conducting_world import AT, without_list
from tests.web.collection.receiving_world import asked_of

from croisee_web.access.models import Account, Assignment
from croisee_web.access.queries import NotAllowed
from croisee_web.access.vocabulary import Role
from croisee_web.collection.models import AnswerLink
from croisee_web.collection.queries.conducted import collectings, dashboard
from croisee_web.collection.queries.reminders import reminders
from croisee_web.collection.queries.silent import silent_ones
from croisee_web.collection.rules.counted import (
    REGION_LEAST,
    Asked,
    Region,
    counted,
    curve_of,
    regions_told,
)
from croisee_web.collection.usecases.linking import Wanted, make_links
from croisee_web.collection.vocabulary import LinkFor
from croisee_web.disclosure.models import Policy
from croisee_web.kit.errors import NotFound
from croisee_web.study.queries.home import study_home
from croisee_web.study.queries.naming import study_ref


@pytest.fixture
def asked(db, settings, tmp_path):
    settings.KEYS_ROOT = tmp_path / "cles"
    settings.FILES_ROOT = tmp_path / "fichiers"
    return asked_of(subject="organisme", open_link=False)


def answer(asked, *codes, at=AT):
    """Answer by the links of these organisations."""
    made = make_links(
        collecting_id=asked.collecting.pk, actor=asked.world.lead, at=AT,
        wanted=Wanted(LinkFor.ORGANISATIONS),
    )  # fmt: skip
    asked.tokens = {**getattr(asked, "tokens", {}), **{one.organisation: t for one, t in made}}
    for number, code in enumerate(codes):
        asked.receive(number + 100 * len(codes) + at.day, token=asked.tokens[code], case="", at=at)


def seen(asked, viewer=None, at=AT):
    return dashboard(
        study_id=asked.world.study.pk, collecting_id=asked.collecting.pk,
        viewer=viewer or asked.world.lead, at=at,
    )  # fmt: skip


def lines(page):
    return [(one.name, one.shown, one.rate, one.goal, one.missing) for one in page.networks]


def test_each_network_is_counted_against_its_frame_and_its_goal(asked):
    answer(asked, "ca-00", "ca-01", "ca-03", "qu-00")
    page = seen(asked)
    assert lines(page) == [
        ("Carrefours", "3 sur 24", "13 %", "But : 20 réponses", 17),
        ("Quartiers", "1 sur 6", "", "", 0),
    ]
    assert (page.networks[0].width, page.networks[0].goal_at) == (13, 83)
    assert (page.links, page.used, page.left) == (30, 4, "Encore 12 jours")


def test_a_network_without_a_list_is_counted_without_a_rate(asked):
    without_list(asked.world, "quartiers", 40)
    assert lines(seen(asked))[1] == ("Quartiers", "0 sur 40", "0 %", "", 0)
    asked.world.study.frame_sizes.all().delete()
    page = seen(asked)
    assert lines(page)[1] == ("Quartiers", "0 réponse", "", "", 0)
    assert page.networks[1].base == "On ne sait pas combien ont été sollicités."


def test_regions_are_exact_for_the_team_and_three_at_least_outside(asked):
    members = asked.world.study.organisations.filter(case__code="carrefours").order_by("code")
    small = members.filter(code__in=["ca-00", "ca-01"])
    small.update(region="Nord")
    answer(asked, "ca-00", "ca-02", "ca-03")
    assert [(one.name, one.answered, one.base) for one in seen(asked).coverage[0].regions] == [
        ("Estrie", 1, 7), ("Laurentides", 0, 7), ("Nord", 1, 2), ("Outaouais", 1, 8),
    ]  # fmt: skip
    told = seen(asked, asked.world.coordinator).coverage[0].regions
    assert [(one.name, one.answered, one.base) for one in told] == [
        ("Estrie", 1, 7), ("Outaouais", 1, 8), ("", 1, 9),
    ]  # fmt: skip


def test_the_map_says_what_the_table_says_and_nothing_more(asked):
    members = asked.world.study.organisations.filter(case__code="carrefours").order_by("code")
    members.filter(code__in=["ca-00", "ca-01"]).update(region="Laval")
    answer(asked, "ca-00", "ca-02", "ca-03")
    for viewer in (asked.world.lead, asked.world.coordinator):
        told = seen(asked, viewer).coverage[0]
        assert {(one.name, one.answered, one.base) for one in told.drawn.tiles if one.base} == {
            (one.name, one.answered, one.base) for one in told.regions if one.name
        }
        assert (len(told.drawn.tiles), "Laval" in {one.name for one in told.regions}) == (
            17, viewer == asked.world.lead,
        )  # fmt: skip
    places = {(one.x, one.y) for one in told.drawn.tiles}
    assert len(places) == 17


def test_a_region_from_elsewhere_leaves_the_table_alone(asked):
    asked.world.study.organisations.filter(code="ca-00").update(region="Acadie")
    answer(asked, "ca-02")
    assert seen(asked).coverage[0].drawn is None


@given(
    st.lists(
        st.tuples(st.integers(0, 9), st.integers(1, 9)).map(lambda pair: (min(pair), pair[1])),
        max_size=8,
    )
)
def test_no_region_is_told_of_fewer_than_three_even_by_subtraction(sizes):
    regions = [Region(f"R{n}", answered, of) for n, (answered, of) in enumerate(sizes)]
    told = regions_told(regions)
    assert all(one.base >= REGION_LEAST for one in told)
    if told:
        assert sum(one.base for one in told) == sum(one.base for one in regions)
        assert sum(one.answered for one in told) == sum(one.answered for one in regions)


def test_outside_the_team_participation_only_and_of_ones_own_network(asked):
    answer(asked, "ca-00", "qu-00")
    page = seen(asked, asked.world.coordinator)
    assert lines(page) == [("Carrefours", "1 sur 24", "4 %", "But : 20 réponses", 19)]
    assert (page.curve, page.posted, page.looked, page.may_conduct, page.may_see_silent) == (
        None, None, (), False, False,
    )  # fmt: skip
    with pytest.raises(NotAllowed):
        silent_ones(
            study_id=asked.world.study.pk, collecting_id=asked.collecting.pk,
            viewer=asked.world.coordinator,
        )  # fmt: skip


def test_a_collection_of_other_networks_is_not_there_for_a_coordinator(asked):
    asked.collecting.cases.filter(case__code="carrefours").delete()
    with pytest.raises(NotFound):
        seen(asked, asked.world.coordinator)
    told = collectings(study_id=asked.world.study.pk, viewer=asked.world.coordinator, at=AT)
    assert told == ()


def test_participation_that_is_delicate_is_banded_outside_the_team(asked):
    Policy.objects.create(study=asked.world.study, participation="confidentielle")
    answer(asked, "ca-00")
    assert lines(seen(asked, asked.world.coordinator)) == [
        ("Carrefours", "Moins de 10", "", "But : 20 réponses", 0)
    ]
    assert seen(asked, asked.world.coordinator).coverage == ()
    assert lines(seen(asked))[0][1] == "1 sur 24"
    assert (
        collectings(study_id=asked.world.study.pk, viewer=asked.world.coordinator, at=AT)[
            0
        ].answered
        is None
    )


def test_who_is_silent_is_told_in_an_identified_collection_only(asked):
    answer(asked, "ca-00")
    told = silent_ones(
        study_id=asked.world.study.pk, collecting_id=asked.collecting.pk,
        viewer=asked.world.facilitator,
    )  # fmt: skip
    assert len(told) == 29
    assert (told[0].code, told[0].name, told[0].region) == ("ca-01", "Maison 1", "Laurentides")
    asked.collecting.anonymous = True
    asked.collecting.save()
    with pytest.raises(NotFound, match="cette collecte est anonyme"):
        silent_ones(
            study_id=asked.world.study.pk, collecting_id=asked.collecting.pk,
            viewer=asked.world.lead,
        )  # fmt: skip
    assert seen(asked).may_see_silent is False


def test_an_anonymous_collection_tells_the_team_no_small_region_either(db, settings, tmp_path):
    settings.KEYS_ROOT, settings.FILES_ROOT = tmp_path / "cles", tmp_path / "fichiers"
    asked = asked_of(subject="organisme", open_link=False, anonymous=True)
    asked.world.study.organisations.filter(code="ca-00").update(region="Nord")
    answer(asked, "ca-00")
    told = seen(asked).coverage[0].regions
    assert [(one.name, one.answered, one.base) for one in told] == [
        ("Laurentides", 0, 8), ("Outaouais", 0, 8), ("", 1, 8),
    ]  # fmt: skip


def test_what_the_page_costs_does_not_grow(asked):
    def queries():
        with CaptureQueriesContext(
            connection,
        ) as found:
            seen(asked)
        return len(found)

    answer(asked, "ca-00")
    one = queries()
    answer(asked, *(f"ca-{n:02}" for n in range(1, 12)))
    assert queries() == one


def test_the_home_of_the_study_counts_what_came_in(asked):
    answer(asked, "ca-00", "ca-01")
    study = study_ref(slug="numerique", viewer=asked.world.lead, verb="see-study")
    home = study_home(study=study, viewer=asked.world.lead, at=AT, on=date(2026, 11, 22))
    assert [row.cells[0][1].shown for row in home.rows] == ["2 sur 24", "0 sur 6"]


def test_a_collection_about_to_close_is_recalled_three_days_before(asked):
    answer(asked, "ca-00")
    study = asked.world.study
    assert list(reminders(study.pk, study.slug, date(2026, 11, 30))) == []
    (told,) = reminders(study.pk, study.slug, date(2026, 12, 1))
    assert (told.word, told.about, told.text) == (
        "Ferme dans 3 jours", "Photos", "29 liens n’ont pas encore servi.",
    )  # fmt: skip
    assert list(reminders(study.pk, study.slug, date(2026, 12, 5))) == []


def test_the_list_makes_the_same_queries_for_one_and_three(asked):
    def queries():
        with CaptureQueriesContext(connection) as found:
            collectings(study_id=asked.world.study.pk, viewer=asked.world.lead, at=AT)
        return len(found)

    one = queries()
    asked.world.open()
    asked.world.open()
    assert queries() == one


def test_the_curve_goes_up_day_after_day_and_says_itself():
    first, second, third = (date(2026, 11, day) for day in (20, 21, 22))
    days = {("a", first): 2, ("a", third): 3, ("b", second): 1}
    networks = [("a", "Carrefours", 1), ("b", "Quartiers", 2)]
    curve = curve_of(networks, days, first, date(2026, 11, 24))
    assert curve.rows == ((first, (2, 0)), (second, (2, 1)), (third, (5, 1)))
    assert curve.words == (
        "Réponses reçues au 22 novembre 2026. Carrefours : 5 réponses, Quartiers : 1 réponse."
    )
    assert [n for _at, n in curve.ticks] == [0, 1, 2, 3, 4, 5]
    assert curve_of([("a", "Carrefours", 1)], {}, date(2026, 11, 20), date(2026, 11, 24)) is None


@given(st.integers(0, 500), st.integers(0, 500) | st.none(), st.integers(1, 500) | st.none())
def test_a_bar_never_leaves_its_frame_and_a_rate_is_of_twenty_at_least(answered, base, goal):
    told = counted(Asked("a", "A", answered, base, goal), 1)
    assert told.width is None or 0 <= told.width <= 100
    assert told.goal_at is None or 0 <= told.goal_at <= 100
    assert not told.rate or (base >= 20 and answered <= base)


def test_more_answers_than_members_are_no_part_of_them():
    told = counted(Asked("a", "A", 3, 2, None), 1)

    assert told.shown == "3 réponses"
    assert told.base == (
        "2 membres de la base. "
        "Plus de réponses que de membres : le lien ouvert a pu servir plusieurs fois."
    )


def test_somebody_of_no_role_learns_nothing(asked):
    nobody = Account.objects.create(email="x@exemple.ca", name="x", created_at=AT)
    with pytest.raises(NotFound):
        seen(asked, nobody)
    Assignment.objects.create(
        account=nobody, study_id=asked.world.study.pk, role=Role.COMMITTEE, given_at=AT
    )
    assert seen(asked, nobody).team is False
    assert AnswerLink.objects.count() == 0


def test_days_are_counted_until_the_closing(asked):
    assert seen(asked, at=AT + timedelta(days=12)).left == "Ferme ce soir"
    assert seen(asked, at=AT + timedelta(days=13)).left == "Fermée"
