"""The pages of a study: what they show, to whom, in how many queries."""

import re
from datetime import date

import pytest
from django.urls import reverse
from tests.web.entrance import let_in

from croisee_web.access.vocabulary import Role
from croisee_web.study.models import (
    Activity,
    Case,
    Decision,
    Edition,
    Meeting,
)


def at(name, *args):
    return reverse(f"study:{name}", args=["veille", *args])


# Networks


def test_network_is_added_with_a_code_proposed_then_edited(client, study, lead):
    let_in(client, lead)
    forms = {
        f"{name}-{key}": value
        for name in ("components", "memberships")
        for key, value in (("TOTAL_FORMS", "0"), ("INITIAL_FORMS", "0"))
    }

    client.post(at("case-add"), {"name_fr": "Les Carrefours d’été", **forms})
    twice = client.post(at("case-add"), {"name_fr": "Les Carrefours d’été", **forms})

    assert list(Case.objects.values_list("code", "short_fr")) == [
        ("les-carrefours-d-ete", "Les Carrefours d’été")
    ]
    assert twice.status_code == 409
    assert "est déjà pris" in twice.content.decode()


def test_second_writer_of_a_network_sees_both_writings(client, study, network, lead):
    network("carrefours", territory_fr="Laval", version=2)
    let_in(client, lead)
    forms = {
        f"{name}-{key}": value
        for name in ("components", "memberships")
        for key, value in (("TOTAL_FORMS", "0"), ("INITIAL_FORMS", "0"))
    }
    sent = {"name_fr": "Carrefours", "territory_fr": "Gatineau", "version": 1, **forms}

    late = client.post(at("case-edit", "carrefours"), sent)

    page = late.content.decode()
    assert late.status_code == 409
    assert "Laval" in page
    assert 'value="Gatineau"' in page
    assert 'name="version" value="2"' in page
    assert Case.objects.get().territory_fr == "Laval"


# Parts, activities


def rows(part, *told, kept=0):
    sent = {f"{part}-TOTAL_FORMS": len(told), f"{part}-INITIAL_FORMS": kept}
    for place, one in enumerate(told):
        sent |= {f"{part}-{place}-{name}": value for name, value in one.items()}
    return sent


def test_editions_are_edited_in_one_page(client, study, edition, lead):
    row = edition("2020")
    let_in(client, lead)

    done = client.post(
        at("editions"),
        rows(
            "editions",
            {"id": row.pk, "version": 1, "name_fr": "Une", "position": 0},
            {"code": "2024", "name_fr": "Deux", "start": "2024-01-01", "end": "2024-12-31"},
            {},
            kept=1,
        ),
    )

    assert done.status_code == 302
    kept = Edition.objects.order_by("position").values_list("code", "name_fr", "end")
    assert list(kept) == [("2020", "Une", None), ("2024", "Deux", date(2024, 12, 31))]


def test_a_row_is_moved_by_its_button_and_what_was_typed_is_kept(client, study, edition, lead):
    first, second = edition("2020"), edition("2022")
    let_in(client, lead)
    page = client.get(at("editions")).content.decode()
    typed = rows(
        "editions",
        {"id": first.pk, "version": 1, "name_fr": "Une"},
        {"id": second.pk, "version": 1, "name_fr": "2022"},
        {},
        kept=2,
    )

    for button, number, order in (
        ("haut", second.pk, ["2022", "2020"]),
        ("haut", second.pk, ["2022", "2020"]),  # the first stays
        ("bas", second.pk, ["2020", "2022"]),
        ("bas", "9" * 30, ["2020", "2022"]),
    ):
        now = {**typed, "editions-0-version": Edition.objects.get(pk=first.pk).version}
        assert client.post(at("editions"), {**now, button: number}).status_code == 302
        assert list(Edition.objects.order_by("position").values_list("code", flat=True)) == order

    assert Edition.objects.get(pk=first.pk).name_fr == "Une"
    assert (page.count('name="haut"'), page.count('name="bas"')) == (1, 1)
    assert "Rang" not in page


def test_row_that_ends_before_it_starts_is_told(client, study, lead):
    let_in(client, lead)

    answer = client.post(
        at("editions"),
        rows("editions", {"code": "x", "start": "2024-02-01", "end": "2024-01-01"}),
    )

    assert answer.status_code == 422
    assert "La fin est avant le début." in answer.content.decode()
    assert not Edition.objects.exists()


def test_rows_sent_beside_one_added_meanwhile_land_on_their_own(client, study, edition, lead):
    first = edition("2020")
    let_in(client, lead)
    edition("2019", position=0)  # comes before, after the page was opened
    Edition.objects.filter(pk=first.pk).update(position=1)

    client.post(
        at("editions"),
        rows(
            "editions",
            {"id": first.pk, "version": 1, "name_fr": "Renommée", "position": 1},
            kept=1,
        ),
    )

    names = Edition.objects.order_by("code").values_list("code", "name_fr")
    assert list(names) == [("2019", "2019"), ("2020", "Renommée")]


@pytest.mark.parametrize(
    "sent", [{}, {"editions-TOTAL_FORMS": "x"}, {"editions-TOTAL_FORMS": "9" * 9}]
)
def test_rows_sent_broken_are_answered(client, study, edition, lead, sent):
    edition("2020")
    let_in(client, lead)

    assert client.post(at("editions"), sent).status_code in {302, 422}


def activity(case, method, **told):
    return {"case_id": case.pk, "method_id": method.pk, "edition": "2022", **told}


def test_activities_are_edited_in_one_page(client, study, network, method, edition, lead):
    edition("2022")
    case, survey, talk = network(), method("eclair"), method("entretiens")
    row = Activity.objects.create(
        study=study, case=case, method=survey, edition="2022", state="prevue", unit_en="visits"
    )
    let_in(client, lead)

    done = client.post(
        at("activities"),
        rows(
            "activites",
            activity(
                case, survey, id=row.pk, version=1, done="7", state="en cours", unit_en="visits"
            ),
            activity(case, talk, planned="8"),
            kept=2,
        ),
    )

    assert done.status_code == 302
    kept = Activity.objects.order_by("pk").values_list("planned", "done", "state", "unit_en")
    assert list(kept) == [(None, 7, "en cours", "visits"), (8, None, "prevue", "")]


def test_activity_without_a_state_is_taken_out(client, study, filled, lead):
    row = Activity.objects.first()
    let_in(client, lead)

    client.post(
        at("activities"),
        rows(
            "activites",
            activity(row.case, row.method, id=row.pk, version=1, state=""),
            kept=1,
        ),
    )

    assert not Activity.objects.filter(pk=row.pk).exists()
    assert Activity.objects.count() == 3


def test_second_writer_of_an_activity_sees_the_first_one_s_number(client, study, filled, lead):
    row = Activity.objects.first()
    Activity.objects.filter(pk=row.pk).update(done=9, version=2)
    let_in(client, lead)
    sent = rows(
        "activites",
        activity(row.case, row.method, id=row.pk, version=1, done="5", state="en cours"),
        kept=1,
    )

    late = client.post(at("activities"), sent)
    again = client.post(at("activities"), {**sent, "activites-0-version": 2})

    assert late.status_code == 409
    assert set(re.findall(r"a écrit\W+(\d+)", late.content.decode())) == {"9", "12"}
    assert again.status_code == 302
    assert Activity.objects.get(pk=row.pk).done == 5


# Committee


def test_decisions_are_searched_whatever_their_accents(client, study, account_with):
    Decision.objects.create(
        study=study,
        decided_on=date(2022, 5, 1),
        decided_by="Le comité",
        text="Élargir",
        searchable="elargir le comite",
    )
    let_in(client, account_with(Role.COMMITTEE))

    assert "Élargir" in client.get(at("decisions"), {"cherche": "COMITE elargir"}).content.decode()
    assert "Aucune décision" in client.get(at("decisions"), {"cherche": "fermer"}).content.decode()


@pytest.mark.parametrize("many", [1, 3])
def test_meetings_make_as_many_queries(client, study, lead, many, django_assert_num_queries):
    for day in range(1, many + 1):
        Meeting.objects.create(study=study, held_on=date(2022, 5, day), title=f"Rencontre {day}")
    let_in(client, lead)

    # session, account; study, roles twice; roles, members, meetings
    with django_assert_num_queries(8):
        page = client.get(at("meetings"))

    assert page.content.decode().count('scope="row"') == many


def test_meeting_is_written_then_its_minutes(client, study, account_with):
    let_in(client, account_with(Role.COMMITTEE))
    client.post(at("meeting-add"), {"held_on": "2022-06-02", "title": "Deuxième"})
    row = Meeting.objects.get()

    client.post(
        at("meeting-edit", row.pk),
        {"held_on": "2022-06-02", "title": "Deuxième", "minutes": "Adopté.", "version": 1},
    )

    assert Meeting.objects.values_list("title", "minutes", "version").get() == (
        "Deuxième",
        "Adopté.",
        2,
    )


# Every page


PAGES = (
    "home", "description", "cases", "case-add", "editions", "methods", "sizes", "activities",
    "certificates", "retention", "meetings", "committee", "meeting-add", "decisions",
    "decision-add", "milestones", "context",
)  # fmt: skip


@pytest.mark.parametrize("language", ["", "/en"])
@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_empty_and_filled_in_both_languages(
    client, study, lead, page, language, request
):
    let_in(client, lead)
    address = language + at(page)

    empty = client.get(address)
    request.getfixturevalue("filled")
    filled = client.get(address)

    assert (empty.status_code, filled.status_code) == (200, 200)
    assert filled.content.decode().count("<h1") == 1
    assert filled.content.decode().count('class="btn p"') <= 1


@pytest.mark.parametrize("page", PAGES)
def test_every_page_is_closed_to_strangers(client, study, account_with, page):
    assert client.get(at(page)).status_code == 302
    let_in(client, account_with())
    assert client.get(at(page)).status_code == 404
