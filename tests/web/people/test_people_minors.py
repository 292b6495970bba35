"""Minors: who may accept for them, what each link shows, who may withdraw them."""

import json
import zipfile
from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.web.entrance import let_in

from croisee.dataset import AgeGroup as Age
from croisee.dataset import Assent as Said
from croisee.dataset import Consent as Allowed
from croisee.dataset import WhoConsented
from croisee.formats import Line
from croisee_web.people.models import Consent, ConsentForm, Participant, PersonalLink, Receipt
from croisee_web.people.queries import accepted_purposes, consents, form_in_force
from croisee_web.people.queries.incoming import read_people
from croisee_web.people.rules import Held, ShownForm, leaving, why_not
from croisee_web.people.usecases import (
    Belonging,
    NoMinor,
    ParentNeeded,
    change_participant,
    import_people,
    issue_link,
    record_consent,
    withdraw,
    write_people,
)
from croisee_web.people.vocabulary import (
    AgeGroup,
    Answerer,
    Assent,
    ConsentMode,
    WithdrawalWay,
    YouthRule,
)

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
TODAY = date(2026, 11, 22)
CHILD, YOUTH = AgeGroup.UNDER_14, AgeGroup.FROM_14_TO_17
HERS = "/etudes/numerique/participation/p-01/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def child(sample):
    return aged(sample, CHILD)


def aged(sample, group):
    Participant.objects.filter(pk=sample.ada.pk).update(age_group=group)
    sample.ada.refresh_from_db()
    return sample


def accept(sample, by=Answerer.PARENT, assent=Assent.GIVEN, actor=None, **answers):
    return record_consent(
        participant_id=sample.ada.pk,
        answers=answers or {"analyse": True},
        form=ShownForm(ConsentMode.WRITTEN, "2026-1", by=by, assent=assent),
        at=AT,
        actor=actor or sample.lead,
    )


def counted(sample):
    return accepted_purposes(study_id=sample.study.pk)["p-01"]


@pytest.mark.parametrize(
    ("age", "by", "assent", "youth", "said"),
    [
        (CHILD, "person", "", "alone", "Sous 14 ans"),
        (CHILD, "person", Assent.GIVEN, "both", "Sous 14 ans"),
        (CHILD, "parent", "", "both", "Notez ce que la jeune personne en dit"),
        (CHILD, "parent", Assent.REFUSED, "both", "ne veut pas"),
        (CHILD, "parent", Assent.TOO_YOUNG, "both", ""),
        (CHILD, "parent", Assent.GIVEN, "alone", ""),
        (YOUTH, "person", "", "alone", ""),
        (YOUTH, "person", "", "both", "aussi l’accord d’un parent"),
        (YOUTH, "parent", Assent.GIVEN, "both", ""),
        (YOUTH, "parent", Assent.TOO_YOUNG, "both", "dit elle-même"),
        (YOUTH, "parent", Assent.REFUSED, "alone", "ne veut pas"),
        (AgeGroup.ADULT, "person", "", "both", ""),
        ("", "person", "", "both", ""),
    ],
)
def test_who_may_accept_follows_the_age_and_the_form(age, by, assent, youth, said):
    told = why_not(age=age, by=by, assent=assent, youth=youth)

    assert (said in told) if said else told == ""


@given(
    by=st.sampled_from(Answerer.values),
    assent=st.sampled_from(["", *Assent.values]),
    youth=st.sampled_from(YouthRule.values),
)
def test_no_child_is_ever_accepted_for_without_a_parent_or_against_her(by, assent, youth):
    allowed = why_not(age=CHILD, by=by, assent=assent, youth=youth) == ""

    assert allowed == (by == Answerer.PARENT and assent in {Assent.GIVEN, Assent.TOO_YOUNG})


def test_consent_without_the_parent_is_refused_in_words_and_not_kept(child):
    with pytest.raises(ParentNeeded, match="Sous 14 ans"):
        accept(child, by=Answerer.PERSON, assent="")

    assert Consent.objects.count() == 0


def test_parent_s_consent_counts_and_says_who_answered(child):
    accept(child)

    assert counted(child) == ("analyse",)
    assert consents(study_id=child.study.pk)["p-01"] == Allowed(
        True, False, None, WhoConsented(Age.UNDER_14, True, Said.GIVEN)
    )


def test_either_may_refuse_on_any_day(child):
    accept(child)

    accept(child, by=Answerer.PERSON, assent="", analyse=False)

    assert counted(child) == ()


def test_what_a_child_accepted_alone_counts_no_more_once_her_age_is_known(sample):
    accept(sample, by=Answerer.PERSON, assent="")
    assert counted(sample) == ("analyse",)

    change_participant(
        participant_id=sample.ada.pk, version=1, actor=sample.lead, at=AT,
        belonging=Belonging("carrefours", age_group=CHILD),
    )  # fmt: skip

    assert counted(sample) == ()
    assert not consents(study_id=sample.study.pk)["p-01"].stands


def test_a_parent_consents_to_one_purpose_a_child_had_accepted_another(sample):
    accept(sample, by=Answerer.PERSON, assent="", citation=True)
    aged(sample, CHILD)
    accept(sample)

    assert counted(sample) == ("analyse",)
    assert consents(study_id=sample.study.pk)["p-01"].stands


@pytest.mark.parametrize(("rule", "allowed"), [("alone", True), ("both", False)])
def test_from_14_to_17_the_form_says_whether_a_parent_is_needed(sample, rule, allowed):
    aged(sample, YOUTH)
    ConsentForm.objects.update(youth=rule)

    if allowed:
        accept(sample, by=Answerer.PERSON, assent="")
    else:
        with pytest.raises(ParentNeeded, match="parent"):
            accept(sample, by=Answerer.PERSON, assent="")

    assert (counted(sample) == ("analyse",)) is allowed


def test_team_notes_a_parent_s_answer_on_the_page(child, client):
    team = let_in(client, child.lead)
    asked = team.get(f"{HERS}consentement/").content.decode()
    assert "Qui a répondu" in asked
    sent = {
        "finalite-analyse": "oui", "mode": "oral", "form": ConsentForm.objects.get().pk,
        "by": "person",
    }  # fmt: skip
    refused = team.post(f"{HERS}consentement/", sent)

    answer = team.post(
        f"{HERS}consentement/", {**sent, "by": "parent", "assent": Assent.TOO_YOUNG.value}
    )

    assert refused.status_code == 409
    assert "Sous 14 ans" in refused.content.decode()
    assert answer.status_code == 302
    page = team.get(HERS).content.decode()
    assert "trop jeune pour le dire" in page


def test_adult_s_form_asks_nothing_of_parents(sample, client):
    page = let_in(client, sample.lead).get(f"{HERS}consentement/").content.decode()

    assert "Qui a répondu" not in page


def test_link_for_a_parent_is_for_a_minor(sample):
    with pytest.raises(NoMinor, match="moins de 18 ans"):
        issue_link(participant_id=sample.ada.pk, actor=sample.lead, at=AT, holder=Answerer.PARENT)
    assert PersonalLink.objects.count() == 0


def link_of(sample, holder):
    token = issue_link(participant_id=sample.ada.pk, actor=sample.lead, at=AT, holder=holder)
    return f"/p/{token}/mes-donnees/"


@pytest.fixture
def links(child):
    return {holder: link_of(child, holder) for holder in Answerer.values}


def test_child_cannot_accept_on_her_page_and_her_parent_can(child, links, client):
    refused = client.post(f"{links['person']}consentement/", {"finalite-analyse": "oui"})
    silent = client.post(f"{links['parent']}consentement/", {"finalite-analyse": "oui"})
    accepted = client.post(
        f"{links['parent']}consentement/",
        {"finalite-analyse": "oui", "assent": Assent.GIVEN.value},
    )

    assert (refused.status_code, silent.status_code, accepted.status_code) == (409, 409, 302)
    assert "Sous 14 ans" in refused.content.decode()
    assert list(Consent.objects.values_list("by", "assent", "given")) == [
        ("parent", Assent.GIVEN.value, True)
    ]


def test_child_refuses_herself_after_her_parent_accepted(child, links, client):
    accept(child)

    answer = client.post(f"{links['person']}consentement/", {"finalite-analyse": "non"})

    assert answer.status_code == 302
    assert counted(child) == ()


@pytest.mark.parametrize(("group", "reads"), [(CHILD, True), (YOUTH, False)])
def test_parent_reads_what_a_child_gave_and_not_what_a_youth_did(
    sample, client, monkeypatch, group, reads
):
    aged(sample, group)
    words = Held("Réponses", ({"réponse": "canari"},))
    monkeypatch.setattr(leaving, "_TELLERS", {"essai": (1, lambda study_id, code: (words,))})
    own, parent = (link_of(sample, one) for one in (Answerer.PERSON, Answerer.PARENT))

    assert "canari" in client.get(own).content.decode()
    assert ("canari" in client.get(parent).content.decode()) is reads
    package = client.get(f"{parent}paquet.zip")
    assert package.status_code == (200 if reads else 404)
    if reads:
        told = json.loads(zipfile.ZipFile(BytesIO(package.content)).read("donnees.json"))
        assert told["held"][0]["lines"] == [{"réponse": "canari"}]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("holder", "way"), [("person", "own-page"), ("parent", "parent-page")])
def test_either_withdraws_and_both_read_the_receipt(child, links, client, holder, way):
    client.post(f"{links[holder]}retrait/", {"sure": "on"})

    assert Receipt.objects.get().way == way
    person = Participant.objects.get(pk=child.ada.pk)
    assert (person.withdrawn_on is not None, person.age_group) == (True, "")
    for link in links.values():
        assert "Reçu de retrait" in client.get(link).content.decode()
        assert client.get(f"{link}recu-retrait.pdf").content[:5] == b"%PDF-"


@pytest.mark.django_db(transaction=True)
def test_team_receives_a_parent_s_withdrawal(child, client):
    team = let_in(client, child.lead)

    assert team.post(f"{HERS}retrait/", {"sure": "on"}).status_code == 422
    team.post(f"{HERS}retrait/", {"sure": "on", "by": "parent"})

    assert Receipt.objects.get().way == "team-parent"


def test_each_reads_the_form_written_for_them(child):
    for audience in ("parents", "youth"):
        ConsentForm.objects.create(
            study=child.study, version="2026-1", language="fr", audience=audience,
            brief=audience, text=".", published_at=AT,
        )  # fmt: skip
    told = {"study_id": child.study.pk, "language": "fr"}

    assert form_in_force(**told, age=CHILD, holder="parent").brief == "parents"
    assert form_in_force(**told, age=CHILD, holder="person").brief == "youth"
    assert form_in_force(**told, age=AgeGroup.ADULT, holder="person").brief == "En deux mots."


LIST = (
    ("code", "case", "age_group", "consented_by", "assent", "consent_analyse"),
    ("p-10", "carrefours", "under 14", "parent", "yes", "yes"),
    ("p-11", "carrefours", "moins de 14 ans", "personne", "", "oui"),
    ("p-12", "carrefours", "14-17", "", "", "non"),
    ("p-13", "carrefours", "moins de 14 ans", "parent", "non", "oui"),
    ("p-14", "carrefours", "douze", "parent", "oui", "oui"),
    ("p-15", "carrefours", "", "", "", "yes"),
)


def grid(*rows) -> tuple[Line, ...]:
    return tuple(enumerate(rows, 1))


def test_list_in_english_says_ages_and_who_consented(sample):
    report = read_people(study_id=sample.study.pk, lines=grid(*LIST))

    assert [(line.code, line.verdict.value) for line in report.lines] == [
        ("p-10", "new"), ("p-11", "refused"), ("p-12", "new"), ("p-13", "refused"),
        ("p-14", "refused"), ("p-15", "new"),
    ]  # fmt: skip
    first = report.people[0]
    assert (first.age_group, first.by, first.assent) == (CHILD, Answerer.PARENT, Assent.GIVEN)
    assert report.unread == ()


def test_list_is_imported_with_who_consented(sample):
    people = read_people(study_id=sample.study.pk, lines=grid(*LIST[:2], LIST[6])).people
    form = ShownForm(ConsentMode.WRITTEN, "2026-1")

    import_people(study_id=sample.study.pk, people=people, form=form, actor=sample.lead, at=AT)

    assert set(Consent.objects.values_list("participant__code", "by", "assent")) == {
        ("p-10", "parent", Assent.GIVEN.value), ("p-15", "person", ""),
    }  # fmt: skip
    assert accepted_purposes(study_id=sample.study.pk)["p-10"] == ("analyse",)


def test_list_of_youths_follows_the_form_that_they_read(sample):
    rows = (LIST[0], ("p-16", "carrefours", "14-17", "", "", "yes"))
    people = read_people(study_id=sample.study.pk, lines=grid(*rows)).people

    with pytest.raises(ParentNeeded):
        import_people(
            study_id=sample.study.pk, people=people, actor=sample.lead, at=AT,
            form=ShownForm(ConsentMode.WRITTEN, "2026-1"),
        )  # fmt: skip
    assert not Participant.objects.filter(code="p-16").exists()


@pytest.mark.parametrize("length", [60, 61, 80])
def test_codes_of_a_list_are_as_long_as_a_study_folder_allows(sample, length):
    code = "p" * length
    report = read_people(study_id=sample.study.pk, lines=grid(LIST[0], (code, "carrefours")))

    assert [person.code for person in report.people] == [code]


def test_who_consented_comes_from_a_folder_and_goes_back(sample):
    who = WhoConsented(Age.UNDER_14, True, Said.TOO_YOUNG)
    given = Allowed(True, False, None, who)
    row = {
        "participant": "p-10", "case": "carrefours", "component": "", "organisation": "",
        "quote": False,
    }  # fmt: skip
    write_people(
        study_id=sample.study.pk, purposes=(), rows=[row], accepted={"p-10": ("analyse",)},
        consents={"p-10": given}, actor=sample.lead, at=AT,
    )  # fmt: skip

    assert consents(study_id=sample.study.pk)["p-10"] == given


@pytest.mark.django_db(transaction=True)
def test_withdrawn_minor_keeps_no_age(child):
    withdraw(
        participant_id=child.ada.pk, way=WithdrawalWay.TEAM_PARENT, actor=child.lead,
        on=TODAY, at=AT,
    )  # fmt: skip

    assert Participant.objects.get(pk=child.ada.pk).age_group == ""
