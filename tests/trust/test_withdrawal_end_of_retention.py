"""Everything personal is of one of three kinds; each destroyed at its end, nothing is left.

The same words are planted as for a withdrawal. What was published stays: it could be.
"""

from datetime import date, timedelta

import pytest
from django.core.management import call_command
from tests.trust.canaries import hits_in_files, hits_in_rows
from tests.trust.test_withdrawal_canaries import (
    AT,
    FILES,
    TABLES,
    TODAY,
    database_files,
    lead,
    person,
    site,
    study,
)

from croisee_web.access.models import SecondFactor
from croisee_web.jobs.models import Job
from croisee_web.people import vault
from croisee_web.people.models import Destruction
from croisee_web.people.rules import leaving
from croisee_web.people.usecases import destroy
from croisee_web.study.models import Retention
from croisee_web.study.vocabulary import Covered

__all__ = ["lead", "person", "site", "study"]
pytestmark = pytest.mark.django_db(transaction=True)
PUBLISHED = next(one for one in FILES if one.startswith("published_root"))
OF_REGISTER = {
    "people_consent", "people_participant", "study_memberlist", "study_organisation",
}  # fmt: skip
"""Tables that the register's end empties; the others are emptied by the end of words."""


@pytest.fixture
def ended(person, lead):
    SecondFactor.objects.create(account=lead, kind="totp", name="codes", added_at=AT)
    for kind in Covered:
        Retention.objects.create(
            study_id=person.study_id, what=kind.label, covers=kind, fate="destroy",
            until=TODAY - timedelta(days=1),
        )  # fmt: skip
    return person


def end(person, lead, *kinds):
    for kind in kinds:
        destroy(study_id=person.study_id, covers=kind, actor=lead, at=AT)


def test_words_end_and_only_the_register_still_says_something(ended, lead, site):
    end(ended, lead, Covered.WORDS)

    left = set(hits_in_rows())
    assert left <= OF_REGISTER
    assert {"people_consent", "people_participant"} <= left
    assert hits_in_files(site) == [str(site / PUBLISHED)]


def test_identities_end_and_words_stay(ended, lead, site):
    end(ended, lead, Covered.IDENTITIES)

    assert vault.known(ended.study_id) == frozenset()
    assert list((site / "files_root" / "preuves" / str(ended.study_id)).iterdir()) == []
    assert [one for one in TABLES if one not in hits_in_rows()] == []


def test_nothing_is_left_when_the_three_kinds_have_ended(ended, lead, site):
    assert hits_in_rows() != []
    end(ended, lead, *Covered)
    Job.objects.filter(state="waiting").exclude(name="people.clean_pages").delete()
    call_command("work", until_empty=True)

    assert hits_in_rows() == []
    assert hits_in_files(site) == [str(site / PUBLISHED)]
    assert hits_in_files(*database_files()) == []
    assert Destruction.objects.count() == len(Covered)
    assert set(Retention.objects.values_list("done_on", flat=True)) == {date(2026, 11, 22)}


@pytest.mark.parametrize("left_out", ["report", "results", "corpus", "collection"])
def test_what_a_slice_does_not_destroy_stays(ended, lead, site, monkeypatch, left_out):
    kept = {name: one for name, one in leaving._DESTROYERS.items() if name != left_out}
    monkeypatch.setattr(leaving, "_DESTROYERS", kept)
    erasers = {name: one for name, one in leaving._ERASERS.items() if name != left_out}
    monkeypatch.setattr(leaving, "_ERASERS", erasers)

    end(ended, lead, *Covered)

    assert hits_in_rows() != [] or hits_in_files(site) != [str(site / PUBLISHED)]
