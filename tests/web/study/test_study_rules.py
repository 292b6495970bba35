"""What a study asks of its team today, and how its cells read."""

from dataclasses import replace
from datetime import date

import pytest

from croisee_web.access.vocabulary import VERBS, Role
from croisee_web.study.rules import reminders
from croisee_web.study.rules.ethics import Period, why_closed
from croisee_web.study.rules.reminders import (
    Reminder,
    add_reminders,
    arrest_near,
    certificate,
    destruction_near,
    frame_missing,
    invitations_pending,
    meeting_soon,
    most_pressing,
    no_network,
    reminders_of,
    under_half,
)
from croisee_web.study.rules.state import Standing, Wave, Work, phase_of, under_way

TODAY = date(2026, 11, 22)
WORK = Work("a", "Quartiers", "eclair", "Sondage-éclair", "2026", "en cours", 11, 27, survey=True)
CLOSING = replace(WORK, ends_on=date(2026, 11, 24))
CALM = Standing(TODAY, "veille", cases=1, certificates=1)


@pytest.fixture(autouse=True)
def this_slice_alone(monkeypatch):
    """Rules of this slice, without those that the slices above register."""
    monkeypatch.setattr(reminders, "_SOURCES", [])


def told(rule, **values):
    return [(one.word, one.about, one.text) for one in rule(replace(CALM, **values))]


def test_study_without_a_network_asks_for_one():
    assert told(no_network) == []
    assert told(no_network, cases=0)[0][:2] == ("Pour commencer", "Vos réseaux")


@pytest.mark.parametrize(
    ("left", "word"),
    [(0, "Ferme aujourd’hui"), (2, "Ferme dans 2 jours"), (14, "Ferme dans 14 jours")],
)
def test_survey_under_half_of_an_edition_that_closes_is_recalled(left, word):
    end = date.fromordinal(TODAY.toordinal() + left)

    assert told(under_half, works=[replace(WORK, ends_on=end)]) == [
        (word, "Sondage-éclair, Quartiers", "il manque 3 réponses pour atteindre la moitié.")
    ]


@pytest.mark.parametrize(
    "work",
    [
        replace(WORK, done=14),
        replace(WORK, state="faite"),
        replace(WORK, survey=False),
        replace(WORK, aim=None),
    ],
)
def test_survey_that_is_well_under_way_is_not(work):
    assert told(under_half, works=[replace(work, ends_on=date(2026, 11, 24))]) == []


def test_survey_that_closes_later_or_closed_already_asks_nothing():
    for end in (date(2026, 12, 7), date(2026, 11, 21), None):
        assert told(under_half, works=[replace(WORK, ends_on=end)]) == []


def test_certificate_that_ends_soon_or_is_missing_is_recalled_while_there_is_work():
    soon = {"works": [WORK], "certified_until": date(2026, 12, 22)}
    closed = {"works": [WORK], "why_closed": "Aucun certificat."}

    assert told(certificate, **soon)[0][0] == "Dans 30 jours"
    assert told(certificate, **closed)[0][:2] == ("Fermé", "Aucun certificat.")
    assert told(certificate, **{**soon, "certified_until": date(2026, 12, 23)}) == []
    assert told(certificate, **{**soon, "certified_until": None}) == []
    assert told(certificate, **{**closed, "works": [replace(WORK, state="faite")]}) == []


def test_networks_without_a_frame_are_told_together():
    one = [("a", "Quartiers")]

    assert told(frame_missing) == []
    assert told(frame_missing, frameless=one)[0][1] == "Quartiers"
    assert told(frame_missing, frameless=[*one, ("b", "Tables")])[0][1] == (
        "Quartiers et 1 autre réseau"
    )


def test_dates_that_come_are_told_and_those_far_are_not():
    assert told(arrest_near, arrest_on=date(2026, 12, 22))[0][0] == "Dans 30 jours"
    assert told(arrest_near, arrest_on=date(2026, 11, 23))[0][0] == "Demain"
    assert told(arrest_near, arrest_on=TODAY)[0][0] == "Aujourd’hui"
    assert told(arrest_near, arrest_on=date(2026, 12, 23)) == []
    assert told(arrest_near, arrest_on=date(2026, 11, 21)) == []
    assert told(meeting_soon, meeting_on=date(2026, 12, 3), meeting_id=4)[0][1] == (
        "Rencontre du 3 décembre"
    )
    assert told(meeting_soon, meeting_on=date(2026, 12, 7), meeting_id=4) == []
    assert told(destruction_near, destroy_on=date(2026, 12, 22), destroy_what="Sons")[0][1] == (
        "Sons"
    )
    assert told(destruction_near, destroy_on=date(2026, 12, 23), destroy_what="Sons") == []


def test_invitations_pending_are_counted():
    assert told(invitations_pending) == []
    assert told(invitations_pending, invitations=2)[0][2] == (
        "2 personnes invitées n’ont pas encore répondu."
    )


def test_at_most_three_reminders_the_most_pressing_first():
    busy = replace(
        CALM,
        works=[CLOSING, replace(CLOSING, case="b", case_name="Tables")],
        why_closed="Aucun certificat.",
        frameless=[("a", "x")],
        invitations=1,
    )
    lead = frozenset(map(str, VERBS[Role.LEAD]))

    kept = most_pressing(reminders_of(busy, 1), lead, None)

    assert [one.word for one in kept] == ["Fermé", "Ferme dans 2 jours", "Ferme dans 2 jours"]


def test_coordinator_is_reminded_of_her_own_network_only():
    busy = replace(
        CALM,
        works=[CLOSING, replace(CLOSING, case="b", case_name="Tables")],
        why_closed="Aucun certificat.",
    )
    verbs = frozenset(map(str, VERBS[Role.COORDINATOR]))

    kept = most_pressing(reminders_of(busy, 1), verbs, frozenset({"b"}))
    delicate = replace(busy, delicate=True)

    assert [one.about for one in kept] == ["Sondage-éclair, Tables"]
    assert most_pressing(reminders_of(delicate, 1), verbs, frozenset({"b"})) == ()


def test_slice_above_adds_its_own_reminders():
    asked = []

    def failed_job(study_id, slug, on):
        asked.append((study_id, slug, on))
        yield Reminder(3, "attn", "Arrêté", "Calcul", "", "Voir", "/", "see-study")

    add_reminders(failed_job)
    add_reminders(failed_job)

    assert [one.about for one in reminders_of(CALM, 7)] == ["Calcul"]
    assert asked == [(7, "veille", TODAY)]


# Phase, edition, certificates


@pytest.mark.parametrize(
    ("states", "arrest", "closed", "phase"),
    [
        ([], None, False, "preparer"),
        (["prevue", "sans objet"], None, False, "preparer"),
        (["faite", "prevue"], None, False, "recueillir"),
        (["en cours"], date(2020, 1, 1), False, "recueillir"),
        (["faite", "sans objet"], None, False, "comprendre"),
        (["faite"], date(2026, 11, 23), False, "comprendre"),
        (["faite"], date(2026, 11, 22), False, "rendre"),
        (["en cours"], None, True, "agir"),
        (["faite", ""], date(2026, 11, 22), False, "rendre"),
    ],
)
def test_phase_follows_the_activities_and_the_arrest_date(states, arrest, closed, phase):
    works = [replace(WORK, state=state) for state in states]

    assert phase_of(replace(CALM, works=works, arrest_on=arrest, closed=closed)) == phase


def test_date_of_release_tomorrow_comes_before_a_survey_that_closes():
    busy = replace(CALM, works=[CLOSING], arrest_on=date(2026, 11, 23))
    lead = frozenset(map(str, VERBS[Role.LEAD]))

    assert [one.word for one in most_pressing(reminders_of(busy, 1), lead, None)] == [
        "Demain",
        "Ferme dans 2 jours",
    ]


def test_edition_under_way_is_the_one_the_day_is_in_else_the_last_begun():
    old, now = Wave("2020", date(2020, 1, 1), date(2020, 6, 1)), Wave("2026", TODAY, None)
    later = Wave("2030", date(2030, 1, 1), None)

    assert under_way([old, now, later], TODAY) == now
    assert under_way([old, later], TODAY) == old
    assert under_way([later], TODAY) == later
    assert under_way([], TODAY) is None


def test_collection_is_open_between_the_dates_of_a_certificate():
    year = [Period(date(2026, 1, 1), date(2026, 12, 31))]

    assert why_closed(year, TODAY) == ""
    assert why_closed(year, date(2026, 12, 31)) == ""
    assert why_closed([Period(None, None)], TODAY) == ""
    assert "31 décembre 2026" in why_closed(year, date(2027, 1, 1))
    assert "1er janvier 2026" in why_closed(year, date(2025, 12, 31))
    assert why_closed([], TODAY).startswith("Aucun certificat")
