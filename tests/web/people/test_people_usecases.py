"""Inscribing, consenting, opening an identity, withdrawing."""

from datetime import UTC, date, datetime, timedelta

import pytest

from croisee.dataset import Consent as Allowed
from croisee.language import Label
from croisee.study import Purpose as Described
from croisee_web.access.queries import NotAllowed
from croisee_web.journal.models import Entry
from croisee_web.kit.errors import NotFound
from croisee_web.people import vault
from croisee_web.people.models import Consent, Participant, PersonalLink, Purpose
from croisee_web.people.queries import (
    AlreadyWithdrawn,
    accepted_purposes,
    consents,
    participant_cards,
    participant_of_token,
    participant_rows,
    receipt_page,
)
from croisee_web.people.rules import Removal, ShownForm, leaving
from croisee_web.people.usecases import (
    Belonging,
    ChangedMeanwhile,
    CodeTaken,
    add_participant,
    change_participant,
    issue_link,
    open_identity,
    reapply_withdrawals,
    record_consent,
    withdraw,
    write_people,
)
from croisee_web.people.vocabulary import ConsentMode, WithdrawalWay

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
TODAY = date(2026, 11, 22)
FORM = ShownForm(ConsentMode.WRITTEN, "2026-1")
pytestmark = pytest.mark.django_db


def _withdraw(sample, person=None, way=WithdrawalWay.TEAM):
    return withdraw(
        participant_id=(person or sample.ada).pk, way=way, actor=sample.lead, on=TODAY, at=AT
    )


def _consent(sample, answers, at=AT, person=None):
    record_consent(
        participant_id=(person or sample.ada).pk,
        answers=answers,
        form=FORM,
        at=at,
        actor=sample.researcher,
    )


def _acts():
    return list(Entry.objects.order_by("pk").values_list("act", flat=True))


def test_added_participant_is_in_the_register_and_the_journal(sample):
    add_participant(
        study_id=sample.study.pk, code="p-03", belonging=Belonging("quartiers"),
        actor=sample.researcher, at=AT,
    )  # fmt: skip

    cards = participant_cards(study_id=sample.study.pk, viewer=sample.researcher)

    assert [card.code for card in cards] == ["p-01", "p-02", "p-03"]
    assert _acts() == ["people.participant.added"]


def test_code_is_given_once_even_after_a_withdrawal(sample):
    _withdraw(sample)

    with pytest.raises(CodeTaken):
        add_participant(
            study_id=sample.study.pk, code="p-01", belonging=Belonging("quartiers"),
            actor=sample.lead, at=AT,
        )  # fmt: skip


def test_study_does_not_exist_for_a_stranger(sample):
    with pytest.raises(NotFound):
        participant_cards(study_id=sample.study.pk, viewer=sample.stranger)


def test_researcher_may_not_see_identities(sample):
    with pytest.raises(NotAllowed):
        open_identity(participant_id=sample.ada.pk, actor=sample.researcher, at=AT)


def test_second_of_two_parallel_changes_is_told(sample):
    def change(organisation):
        change_participant(
            participant_id=sample.ada.pk, version=1, actor=sample.researcher, at=AT,
            belonging=Belonging("quartiers", organisation=organisation),
        )  # fmt: skip

    change("a")

    with pytest.raises(ChangedMeanwhile):
        change("b")

    assert Participant.objects.get(pk=sample.ada.pk).organisation == "a"


def test_nothing_is_accepted_until_somebody_says_so(sample):
    assert accepted_purposes(study_id=sample.study.pk) == {"p-01": (), "p-02": ()}
    assert consents(study_id=sample.study.pk)["p-01"] == Allowed(False, False)


def test_latest_answer_to_a_purpose_counts(sample):
    _consent(sample, {"analyse": True, "citation": True})
    _consent(sample, {"citation": False}, at=AT + timedelta(days=1))

    assert accepted_purposes(study_id=sample.study.pk)["p-01"] == ("analyse",)
    assert consents(study_id=sample.study.pk)["p-01"] == Allowed(True, False)


def test_link_opens_the_page_of_one_person_and_keeps_no_token(sample):
    token = issue_link(participant_id=sample.ada.pk, actor=sample.researcher, at=AT)

    assert participant_of_token(token=token).code == "p-01"
    assert token not in str(list(PersonalLink.objects.values_list("token_sha256")))
    with pytest.raises(NotFound):
        participant_of_token(token=token[:-1])


def test_withdrawal_empties_the_line_and_keeps_the_code(sample):
    _consent(sample, {"analyse": True})

    _withdraw(sample)

    person = Participant.objects.get(pk=sample.ada.pk)
    assert (person.code, person.organisation, person.withdrawn_on) == ("p-01", "", TODAY)
    assert Consent.objects.filter(participant=person).count() == 0
    assert consents(study_id=sample.study.pk)["p-01"].stands is False


def test_link_still_leads_to_the_receipt_after_a_withdrawal(sample):
    token = issue_link(participant_id=sample.ada.pk, actor=sample.lead, at=AT)

    receipt = _withdraw(sample)

    assert participant_of_token(token=token).withdrawn is True
    assert receipt_page(study_id=sample.study.pk, participant="p-01").number == receipt.pk


def test_withdrawal_destroys_the_identity_and_its_key(sample):
    identity = {"nom": "Ada Exemple"}
    vault.put(study_id=sample.study.pk, participant="p-01", identity=identity, at=AT)
    kept = bytes(vault.SealedIdentity.objects.get().sealed)

    _withdraw(sample)
    vault.SealedIdentity.objects.create(
        study_id=sample.study.pk, participant="p-01", sealed=kept, sealed_at=AT
    )

    with pytest.raises(vault.KeyMissing):
        vault.take(study_id=sample.study.pk, participant="p-01")


def test_withdrawal_runs_every_eraser_once_and_writes_the_receipt(sample, monkeypatch):
    calls = []

    def eraser(study_id, code, at):
        calls.append((study_id, code))
        return (Removal("Tours de parole", 3), Removal("Tableaux", 2, "arrêtés"))

    monkeypatch.setattr(leaving, "_ERASERS", {"essai": (1, eraser)})

    receipt = _withdraw(sample)
    again = _withdraw(sample)

    assert calls == [(sample.study.pk, "p-01")]
    assert again.pk == receipt.pk
    assert receipt.lines[:2] == [["Tours de parole", 3, ""], ["Tableaux", 2, "arrêtés"]] or (
        receipt.lines[:2] == [("Tours de parole", 3, ""), ("Tableaux", 2, "arrêtés")]
    )
    assert _acts() == ["people.participant.withdrawn"]


def test_nothing_can_be_added_to_somebody_who_withdrew(sample):
    _withdraw(sample)

    with pytest.raises(AlreadyWithdrawn):
        _consent(sample, {"analyse": True})


def test_failed_withdrawal_is_finished_from_the_ledger(sample, monkeypatch):
    def failing(study_id, code, at):
        raise RuntimeError("power cut")

    monkeypatch.setattr(leaving, "_ERASERS", {"essai": (1, failing)})
    with pytest.raises(RuntimeError):
        _withdraw(sample)
    monkeypatch.setattr(leaving, "_ERASERS", {})
    assert Participant.objects.get(pk=sample.ada.pk).withdrawn_on is None

    assert reapply_withdrawals(at=AT) == 1
    assert reapply_withdrawals(at=AT) == 0
    assert Participant.objects.get(pk=sample.ada.pk).withdrawn_on == TODAY


def test_written_people_come_back_as_the_freeze_reads_them(sample):
    Participant.objects.all().delete()
    Purpose.objects.all().delete()
    purposes = (
        Described("analyse", Label("Analyser", "Analyse"), "analyse"),
        Described("citation", Label("Citer", "Quote"), "citation"),
    )
    row = {"case": "carrefours", "component": "", "organisation": "maison", "quote": False}
    rows = [{"participant": "p-10", **row}, {"participant": "p-11", **row}]

    write_people(
        study_id=sample.study.pk,
        purposes=purposes,
        rows=rows,
        accepted={"p-10": ("analyse",), "p-11": ()},
        consents={"p-10": Allowed(True, False), "p-11": Allowed(False, False, TODAY)},
        actor=sample.lead,
        at=AT,
    )

    assert consents(study_id=sample.study.pk) == {
        "p-10": Allowed(True, False),
        "p-11": Allowed(False, False, TODAY),
    }
    assert participant_rows(study_id=sample.study.pk)[0] == rows[0]
    assert [line.participant for line in vault.read_ledger()] == ["p-11"]


def test_cards_take_the_same_queries_for_one_or_many(sample, django_assert_num_queries):
    add_participant(
        study_id=sample.study.pk, code="p-03", belonging=Belonging("quartiers"),
        actor=sample.lead, at=AT,
    )  # fmt: skip
    for case in ("quartiers", ""):
        with django_assert_num_queries(6):
            participant_cards(study_id=sample.study.pk, viewer=sample.lead, case=case)
