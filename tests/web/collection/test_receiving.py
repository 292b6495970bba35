"""A filled form is received once, whole, and nothing that was sent is lost."""

import hashlib
import unicodedata
from datetime import timedelta

import pytest
from django.utils import translation
from tests.web.collection.conducting_world import AT, participants
from tests.web.collection.receiving_world import BOOK, asked_of, identifier

from croisee.formats.xlsform import worksheet_of
from croisee_web.collection.models import (
    AnswerLink,
    AnswerSheet,
    Attachment,
    DayCount,
    Draft,
    GoneSubmission,
    Submission,
)
from croisee_web.collection.rules.drafts import place_of
from croisee_web.collection.rules.filled import Outcome, Refused, Why
from croisee_web.collection.usecases.intake.attaching import attachment_path, remove_unheld
from croisee_web.collection.usecases.linking import make_links
from croisee_web.collection.usecases.receiving import remove_by_receipt
from croisee_web.collection.vocabulary import (
    ANSWER_DISPUTED,
    ANSWER_RECEIVED,
    ANSWER_REFUSED,
    SubmissionState,
    Way,
)
from croisee_web.journal.models import Entry
from croisee_web.people.usecases import withdraw
from croisee_web.people.vocabulary import WithdrawalWay
from croisee_web.study.models import Case

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.FILES_ROOT = tmp_path


@pytest.fixture
def asked():
    return asked_of()


def refused(asked, number=1, **given):
    with pytest.raises(Refused) as told:
        asked.receive(number, **given)
    return told.value


def acts():
    return list(Entry.objects.order_by("pk").values_list("act", flat=True))


def states():
    return dict(Submission.objects.values_list("instance_id", "state"))


def test_a_filled_form_becomes_answers_a_count_of_the_day_and_an_entry(asked):
    told = asked.receive(heures="12", outils="visio papier", mot="Été")

    assert told.outcome is Outcome.RECEIVED
    row = Submission.objects.get(pk=told.submission_id)
    assert row.sheet.answers == {
        "outil": "visio", "outils": ["visio", "papier"], "heures": "12", "mot": "Été",
    }  # fmt: skip
    assert (row.state, row.way, row.flags) == (SubmissionState.WHOLE, Way.OPENROSA, [])
    assert row.case.code == row.sheet.case.code == "carrefours"
    assert [(one.case.code, one.count) for one in DayCount.objects.all()] == [("carrefours", 1)]
    assert acts()[-1] == ANSWER_RECEIVED


def test_the_same_form_sent_again_changes_nothing(asked):
    asked.receive(heures="12")
    before, entries = asked.kept(), acts()

    assert asked.receive(heures="12").outcome is Outcome.ALREADY
    spaced = asked.xml(heures="12").replace(b"><", b">\n  <")
    assert asked.receive(content=spaced).outcome is Outcome.ALREADY

    assert (asked.kept(), acts()) == (before, entries)


def test_another_form_under_the_same_number_is_kept_aside_and_both_are_seen(asked):
    asked.receive(heures="12")

    told = refused(asked, heures="13")

    assert (told.why, told.http_status) == (Why.ALREADY_ANSWERED, 409)
    first, second = Submission.objects.order_by("-state")
    assert {first.state, second.state} == {SubmissionState.WHOLE, SubmissionState.DISPUTED}
    assert {bytes(first.content), bytes(second.content)} == {
        asked.xml(heures="12"), asked.xml(heures="13"),
    }  # fmt: skip
    assert first.flags == second.flags == ["double"]
    assert [one["heures"] for one in asked.answers()] == ["12"]
    assert refused(asked, heures="13").why is Why.ALREADY_ANSWERED
    assert Submission.objects.count() == 2
    assert acts().count(ANSWER_DISPUTED) == 1


@pytest.mark.parametrize(
    "order", [(1, 2, 3), (1, 3, 2), (2, 1, 3), (2, 3, 1), (3, 1, 2), (3, 2, 1)]
)
def test_corrections_end_alike_in_whatever_order_they_come(asked, order):
    for number in order:
        asked.receive(number, corrects=number - 1, heures=str(number))

    assert states() == {
        identifier(1): SubmissionState.REPLACED,
        identifier(2): SubmissionState.REPLACED,
        identifier(3): SubmissionState.WHOLE,
    }
    assert [one["heures"] for one in asked.answers()] == ["3"]
    assert sum(DayCount.objects.values_list("count", flat=True)) == 1


def test_two_corrections_of_one_form_are_not_both_counted(asked):
    asked.receive(1)
    assert asked.receive(2, corrects=1, heures="2").outcome is Outcome.REPLACED

    assert refused(asked, 3, corrects=1, heures="3").why is Why.ALREADY_ANSWERED

    assert [one["heures"] for one in asked.answers()] == ["2"]
    assert sorted(one.flags for one in Submission.objects.all()) == [[], ["double"], ["double"]]


def test_files_are_on_disk_and_those_awaited_may_come_later(asked):
    told = asked.receive(photo="a.jpg", plan="b.jpg", files=[("a.jpg", b"A")])

    assert (told.outcome, told.missing) == (Outcome.AWAITING_FILES, ("b.jpg",))
    assert asked.answers() == []
    assert asked.receive(photo="a.jpg", plan="b.jpg").missing == ("b.jpg",)
    last = asked.receive(photo="a.jpg", plan="b.jpg", files=[("b.jpg", b"B")])
    assert last.outcome is Outcome.RECEIVED
    assert len(asked.answers()) == 1
    for name, content in (("a.jpg", b"A"), ("b.jpg", b"B")):
        one = Attachment.objects.get(name=name)
        assert one.sha256 == hashlib.sha256(content).hexdigest()
        assert attachment_path(asked.world.study.pk, one.sha256).read_bytes() == content
    assert sum(DayCount.objects.values_list("count", flat=True)) == 1


def test_files_that_are_alike_are_two_files_of_one_content(asked):
    asked.receive(photo="a.jpg", plan="b.jpg", files=[("a.jpg", b"A"), ("b.jpg", b"A")])

    assert sorted(Attachment.objects.values_list("name", flat=True)) == ["a.jpg", "b.jpg"]
    assert Attachment.objects.values("sha256").distinct().count() == 1


@pytest.mark.parametrize(("said", "sent"), [("NFC", "NFD"), ("NFD", "NFC"), ("NFD", "NFD")])
def test_an_accented_name_is_one_name_in_both_unicode_forms(asked, said, sent):
    name = "été d’Émilie.jpg"

    told = asked.receive(
        photo=unicodedata.normalize(said, name),
        files=[(unicodedata.normalize(sent, name), b"A")],
    )

    assert told.outcome is Outcome.RECEIVED
    assert list(Attachment.objects.values_list("name", flat=True)) == [name]


def test_another_content_under_the_name_of_a_file_never_replaces_it(asked):
    asked.receive(photo="a.jpg", files=[("a.jpg", b"A")])

    assert refused(asked, photo="a.jpg", files=[("a.jpg", b"B")]).why is Why.ALREADY_ANSWERED

    contents = {
        one.name: attachment_path(asked.world.study.pk, one.sha256).read_bytes()
        for one in Attachment.objects.all()
    }
    other = hashlib.sha256(b"B").hexdigest()[:16]
    assert contents == {"a.jpg": b"A", f"a.jpg#{other}": b"B"}
    assert Submission.objects.get().flags == ["double"]


def test_a_file_that_no_answer_names_is_kept_and_flagged(asked):
    asked.receive(files=[("intrus.jpg", b"A")])

    assert Submission.objects.get().flags == ["fichiers"]
    assert Attachment.objects.get().name == "intrus.jpg"


def test_what_the_form_does_not_know_stays_in_what_was_sent_and_is_flagged(asked):
    asked.receive(1, inconnue="perle", heures="douze", outils="visio martien")
    asked.receive(2, heures="999")
    asked.receive(3, outil="")

    rows = {one.instance_id: one for one in Submission.objects.select_related("sheet")}
    assert rows[identifier(1)].flags == ["a-verifier", "inconnus"]
    assert b"perle" in bytes(rows[identifier(1)].content)
    assert set(rows[identifier(1)].sheet.answers) & {"heures", "outils"} == set()
    assert (rows[identifier(2)].flags, rows[identifier(2)].sheet.answers["heures"]) == (
        ["a-verifier"], "999",
    )  # fmt: skip
    assert rows[identifier(3)].flags == ["incomplet"]


def test_who_answers_a_page_is_told_what_to_mend_and_nothing_is_written(asked):
    told = refused(asked, way=Way.PAGE, heures="999", outil="")

    assert told.why is Why.WRONG_ANSWERS
    assert len(told.problems) == 2
    assert Submission.objects.count() == 0


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"content": b"pas du XML"}, Why.UNREADABLE),
        ({"content": b" "}, Why.UNREADABLE),
        ({"content": b'<!DOCTYPE a [<!ENTITY b "c">]><data id="photos">&b;</data>'},
         Why.UNREADABLE),
        ({"named": "autre"}, Why.UNKNOWN_FORM),
        ({"version": "jamais"}, Why.UNKNOWN_FORM),
        ({"case": ""}, Why.UNKNOWN_CASE),
        ({"case": "ailleurs"}, Why.UNKNOWN_CASE),
    ],
)  # fmt: skip
def test_what_cannot_be_received_is_refused_in_words(asked, given, why):
    told = refused(asked, **given)

    assert told.why is why
    assert told.problems[0]
    assert Submission.objects.count() == 0
    with translation.override("en"):
        assert str(told)


def test_a_form_filled_in_an_older_version_is_still_taken(asked):
    older = asked.xml(1, heures="5")
    survey = BOOK.sheet("survey")
    records = [*survey.records(), {"type": "text", "name": "suite", "label": "Et la suite ?"}]
    newer = asked.publish_again(BOOK.with_sheet(worksheet_of("survey", records)))
    asked.collecting.published = newer
    asked.collecting.save()

    asked.receive(content=older)
    asked.receive(2, suite="oui")

    assert sorted(one.published.number for one in Submission.objects.all()) == [1, 2]
    assert sorted(one.get("suite", "") for one in asked.answers()) == ["", "oui"]


def test_a_form_without_a_number_is_known_by_its_content(asked):
    assert asked.receive(0, heures="1").outcome is Outcome.RECEIVED
    assert asked.receive(0, heures="1").outcome is Outcome.ALREADY
    assert asked.receive(0, heures="2").outcome is Outcome.RECEIVED


def test_a_personal_link_serves_once_and_its_draft_is_forgotten(asked):
    people = participants(asked.world, 2)
    (link, token), _other = make_links(
        collecting_id=asked.collecting.pk, actor=asked.world.lead, at=AT
    )
    Draft.objects.create(collecting=asked.collecting, place=place_of(token), sealed=b"x")

    asked.receive(1, token=token, way=Way.PAGE)
    assert asked.receive(1, token=token, way=Way.PAGE).outcome is Outcome.ALREADY
    assert refused(asked, 2, token=token, way=Way.PAGE).why is Why.ALREADY_ANSWERED

    link.refresh_from_db()
    assert (link.used, Draft.objects.count()) == (True, 0)
    assert AnswerSheet.objects.get().respondent in {one.code for one in people}
    assert states()[identifier(1)] == SubmissionState.WHOLE
    assert sum(DayCount.objects.values_list("count", flat=True)) == 1


def test_an_unknown_token_is_refused_where_there_is_no_open_link():
    asked = asked_of(open_link=False)

    assert refused(asked, token="inconnu").why is Why.UNKNOWN_LINK


def test_what_comes_after_the_closing_is_received_and_flagged(asked):
    late = AT + timedelta(days=40)

    asked.receive(1, at=late)
    asked.receive(2, at=late, way=Way.PHONE)
    told = refused(asked, 3, at=late, way=Way.PAGE)

    assert [one.flags for one in Submission.objects.all()] == [["hors-delai"]] * 2
    assert told.why is Why.CLOSED


def test_a_page_begun_before_the_closing_may_be_sent_the_day_after(asked):
    asked.collecting.closed_at = AT
    asked.collecting.save()

    asked.receive(1, at=AT + timedelta(hours=20), way=Way.PAGE)

    assert Submission.objects.get().flags == ["hors-delai"]
    told = refused(asked, 2, at=AT + timedelta(hours=60), way=Way.PAGE)
    assert told.why is Why.CLOSED


def test_the_code_of_a_receipt_takes_answers_back_for_good(
    asked, django_capture_on_commit_callbacks
):
    asked.receive(1, receipt="7K2M", photo="a.jpg", files=[("a.jpg", b"A")])
    asked.receive(2, receipt="AUTRE", photo="a.jpg", files=[("a.jpg", b"B")])
    gone = attachment_path(asked.world.study.pk, hashlib.sha256(b"A").hexdigest())
    assert gone.exists()

    with django_capture_on_commit_callbacks(execute=True):
        assert remove_by_receipt(collecting_id=asked.collecting.pk, receipt="7K2M", at=AT)

    assert not gone.exists()
    assert states() == {identifier(2): SubmissionState.WHOLE}
    assert len(asked.answers()) == GoneSubmission.objects.count() == 1
    assert refused(asked, 1, photo="a.jpg").why is Why.WITHDRAWN
    assert acts()[-1] == ANSWER_REFUSED
    assert not remove_by_receipt(collecting_id=asked.collecting.pk, receipt="7K2M", at=AT)
    assert not remove_by_receipt(collecting_id=asked.collecting.pk, receipt="", at=AT)


def test_a_file_that_two_answers_hold_stays_for_the_other(
    asked, django_capture_on_commit_callbacks
):
    asked.receive(1, receipt="7K2M", photo="a.jpg", files=[("a.jpg", b"A")])
    asked.receive(2, photo="z.jpg", files=[("z.jpg", b"A")])

    with django_capture_on_commit_callbacks(execute=True):
        remove_by_receipt(collecting_id=asked.collecting.pk, receipt="7K2M", at=AT)

    path = attachment_path(asked.world.study.pk, hashlib.sha256(b"A").hexdigest())
    assert path.read_bytes() == b"A"


def test_whoever_withdraws_takes_her_filled_forms_and_her_link_with_her(asked):
    person, _other = participants(asked.world, 2)
    links = make_links(collecting_id=asked.collecting.pk, actor=asked.world.lead, at=AT)
    tokens = {link.participant: token for link, token in links}
    for number, token in enumerate(tokens.values(), 1):
        asked.receive(number, token=token, way=Way.PAGE)

    withdraw(
        participant_id=person.pk, way=WithdrawalWay.TEAM, actor=asked.world.lead,
        on=AT.date(), at=AT,
    )  # fmt: skip

    assert {one.respondent for one in AnswerSheet.objects.all()} == set(tokens) - {person.code}
    assert {one.link.participant for one in Submission.objects.all()} == set(tokens) - {person.code}
    assert not AnswerLink.objects.filter(participant=person.code).exists()
    back = refused(asked, 1 + list(tokens).index(person.code), token=tokens[person.code])
    assert back.why is Why.WITHDRAWN


def test_files_that_no_answer_holds_are_removed_a_day_later(asked):
    asked.receive(1, photo="a.jpg", files=[("a.jpg", b"held")])
    with pytest.raises(Refused):
        asked.receive(2, case="ailleurs", photo="a.jpg", files=[("a.jpg", b"unheld")])

    assert remove_unheld(at=AT - timedelta(days=365)) == 0
    assert remove_unheld(at=AT + timedelta(days=3650)) == 1
    held = attachment_path(asked.world.study.pk, hashlib.sha256(b"held").hexdigest())
    assert held.exists()


def test_an_organisation_answers_once_whichever_way():
    asked = asked_of(subject="organisme")
    links = make_links(collecting_id=asked.collecting.pk, actor=asked.world.lead, at=AT)
    link, token = links[0]

    asked.receive(1, token=token, way=Way.PAGE)

    sheet = AnswerSheet.objects.get()
    assert (sheet.respondent, sheet.organisation) == (link.organisation, link.organisation)
    assert sheet.case == Case.objects.get(pk=link.case_id)
