"""The end of a retention: every kind has a date, what is past is recalled, and destroyed."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from tests.journeys.reading import words_of_pdf
from tests.web.entrance import let_in

from croisee_web.access.models import SecondFactor
from croisee_web.access.queries import NotAllowed, SecondFactorNeeded
from croisee_web.jobs.models import Job
from croisee_web.journal.models import Entry
from croisee_web.people import vault
from croisee_web.people.models import Consent, Destruction, Participant, PersonalLink
from croisee_web.people.queries.ending import kinds_kept
from croisee_web.people.queries.reminders import reminders
from croisee_web.people.rules import Proof, Removal, ShownForm, leaving
from croisee_web.people.usecases import (
    NotYet,
    destroy,
    issue_link,
    look_at_dates,
    reapply_withdrawals,
    record_consent,
)
from croisee_web.people.vocabulary import ConsentMode
from croisee_web.study.models import Retention
from croisee_web.study.vocabulary import Covered

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
TODAY = date(2026, 11, 22)
YESTERDAY = TODAY - timedelta(days=1)
HOME = "/etudes/numerique/ethique/fin-de-conservation/"
pytestmark = pytest.mark.django_db(transaction=True)


def keep(sample, covers, until=YESTERDAY, fate="destroy", **more):
    return Retention.objects.create(
        study=sample.study, what=f"Ligne {covers}", covers=covers, until=until, fate=fate, **more
    )


def end(sample, covers=Covered.IDENTITIES, actor=None):
    return destroy(study_id=sample.study.pk, covers=covers, actor=actor or sample.lead, at=AT)


@pytest.fixture
def filled(sample):
    vault.put(study_id=sample.study.pk, participant="p-01", identity={"nom": "Ada"}, at=AT)
    record_consent(
        participant_id=sample.ada.pk, answers={"analyse": True}, at=AT, actor=sample.lead,
        form=ShownForm(ConsentMode.ORAL, "2026-1", proof=Proof("a.pdf", "", b"%PDF-1")),
    )  # fmt: skip
    issue_link(participant_id=sample.ada.pk, actor=sample.lead, at=AT)
    return sample


def kinds(sample):
    return {
        one.covers: one
        for one in kinds_kept(study_id=sample.study.pk, viewer=sample.lead, on=TODAY)
    }


def test_every_kind_is_told_its_end_or_that_it_has_none(sample):
    keep(sample, "identities", TODAY)
    keep(sample, "words")

    found = kinds(sample)

    assert [(one.missing, one.past) for one in found.values()] == [
        (False, False), (False, True), (True, False),
    ]  # fmt: skip
    told = [one for one in reminders(sample.study.pk, "numerique", TODAY) if one.rank == 32]
    assert [one.text for one in told] == ["1 sorte de renseignements n’a pas de date de fin."]


@pytest.mark.parametrize(
    ("until", "fate", "said"),
    [(TODAY, "destroy", "jusqu’au 22 novembre 2026"), (YESTERDAY, "anonymise", "autre chose")],
)
def test_nothing_is_destroyed_before_its_day_nor_against_the_calendar(filled, until, fate, said):
    keep(filled, "identities", until, fate)

    with pytest.raises(NotYet, match=said):
        end(filled)

    assert vault.take(study_id=filled.study.pk, participant="p-01") == {"nom": "Ada"}
    assert vault.read_destructions() == ()


def test_nothing_is_destroyed_without_a_line_of_the_calendar(filled):
    with pytest.raises(NotYet, match="calendrier"):
        end(filled)


def test_longest_line_counts(filled):
    keep(filled, "identities")
    keep(filled, "identities", TODAY + timedelta(days=30))

    with pytest.raises(NotYet):
        end(filled)


def test_identities_go_with_their_keys_and_proofs_and_the_rest_stays(filled, settings):
    line = keep(filled, "identities", basis="Certificat 2026-1")
    older = bytes(vault.SealedIdentity.objects.get().sealed)

    made = end(filled)

    assert vault.SealedIdentity.objects.count() == PersonalLink.objects.count() == 0
    assert [path for path in settings.FILES_ROOT.rglob("*") if path.is_file()] == []
    assert list(Consent.objects.values_list("given", "proof_sha256")) == [(True, "")]
    vault.SealedIdentity.objects.create(
        study_id=filled.study.pk, participant="p-01", sealed=older, sealed_at=AT
    )
    with pytest.raises(vault.KeyMissing):
        vault.take(study_id=filled.study.pk, participant="p-01")
    line.refresh_from_db()
    assert line.done_on == TODAY
    assert (made.by, made.people, made.basis) == (filled.lead.name, 2, "Certificat 2026-1")
    assert Entry.objects.filter(act="people.retention.destroyed").count() == 1
    assert kinds(filled)["identities"].missing is False


def test_register_keeps_codes_and_nothing_else(filled):
    keep(filled, "register")

    made = end(filled, Covered.REGISTER)

    assert Consent.objects.count() == 0
    assert set(Participant.objects.values_list("code", "organisation", "age_group")) == {
        ("p-01", "", ""), ("p-02", "", ""),
    }  # fmt: skip
    standing = {what: count for what, count, stands in made.lines if stands}
    assert standing == {"Codes et jours de retrait": 2}


def test_words_go_by_every_eraser_for_everybody_and_by_what_replaces_one(sample, monkeypatch):
    keep(sample, "words")
    calls = []

    def eraser(study_id, code, at):
        calls.append(code)
        return (Removal("Tours de parole", 3),)

    def at_end(study_id, at):
        calls.append("tout")
        return (Removal("Questionnaires", 7), Removal("Rapports publics", 1, "diffusés"))

    monkeypatch.setattr(leaving, "_ERASERS", {"un": (1, eraser), "deux": (2, eraser)})
    monkeypatch.setattr(leaving, "_DESTROYERS", {"deux": at_end})

    made = end(sample, Covered.WORDS)

    assert calls == ["p-01", "p-02", "tout"]
    assert [tuple(line) for line in made.lines] == [
        ("Tours de parole", 6, ""), ("Questionnaires", 7, ""), ("Rapports publics", 1, "diffusés"),
    ]  # fmt: skip


def test_destroying_asks_for_the_lead_s_second_factor(filled):
    keep(filled, "identities")
    SecondFactor.objects.all().delete()

    with pytest.raises((NotAllowed, SecondFactorNeeded)):
        end(filled)
    with pytest.raises(NotAllowed):
        end(filled, actor=filled.researcher)
    assert vault.known(filled.study.pk) == {"p-01"}


def test_older_copy_of_the_base_is_destroyed_again(filled):
    keep(filled, "identities")
    end(filled)
    Destruction.objects.all().delete()
    Retention.objects.update(done_on=None)
    vault.put(study_id=filled.study.pk, participant="p-01", identity={"nom": "Ada"}, at=AT)

    reapply_withdrawals(at=AT)

    assert vault.known(filled.study.pk) == frozenset()
    assert Retention.objects.get().done_on == TODAY
    assert Destruction.objects.count() == 1
    reapply_withdrawals(at=AT)
    assert Destruction.objects.count() == 1


def test_what_comes_after_a_destruction_is_not_destroyed_with_it(filled):
    keep(filled, "identities")
    end(filled)
    vault.put(study_id=filled.study.pk, participant="p-02", identity={"nom": "Bo"}, at=AT)

    reapply_withdrawals(at=AT + timedelta(days=1))

    assert vault.known(filled.study.pk) == {"p-02"}


def test_leads_are_told_once_of_what_is_past_its_day(sample):
    keep(sample, "identities", TODAY)
    keep(sample, "words")

    assert look_at_dates(actor="site", at=AT) == 1
    assert look_at_dates(actor="site", at=AT) == 0

    assert [(one.to, "Ligne words" in one.body) for one in mail.outbox] == [
        (["lea@exemple.ca"], True)
    ]
    assert Entry.objects.filter(act="people.retention.past").count() == 1


def test_daily_job_looks_at_dates(sample):
    keep(sample, "words")
    Job.objects.all().delete()

    call_command("work", until_empty=True)

    assert Retention.objects.get().told_on is not None


def test_destruction_from_its_pages_gives_a_certificate(filled, client, tmp_path):
    keep(filled, "identities")
    team = let_in(client, filled.lead)
    assert f'href="{HOME}identities/"' in team.get(HOME).content.decode()
    assert "Certificat nº" not in team.get(HOME).content.decode()
    assert team.post(f"{HOME}identities/", {}).status_code == 422
    assert team.post(f"{HOME}words/", {"sure": "on"}).status_code == 409
    assert team.get(f"{HOME}ailleurs/").status_code == 404
    assert vault.known(filled.study.pk) == {"p-01"}

    assert team.post(f"{HOME}identities/", {"sure": "on"})["Location"] == HOME

    number = Destruction.objects.get().pk
    address = f"{HOME}certificats/{number}.pdf"
    assert f'href="{address}"' in team.get(HOME).content.decode()
    path = tmp_path / "certificat.pdf"
    path.write_bytes(team.get(address).content)
    words = words_of_pdf(path)
    for word in ("Certificat de destruction", "Preuves de consentement", filled.lead.name):
        assert word in words
    assert "p-01" not in words
    assert "Ada" not in words
