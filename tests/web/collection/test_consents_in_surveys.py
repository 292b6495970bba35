"""A consent given in a questionnaire is in the register of who gave it, and of nobody else."""

import pytest
from django.utils import timezone
from tests.web.collection.answering_person import Person, words
from tests.web.collection.answering_world import YES_NO, answering, book, row

from croisee.questionnaire.templates import template, templates
from croisee_web.collection.models import AnswerLink, Submission
from croisee_web.journal.models import Entry
from croisee_web.people.models import Consent, Participant, Purpose
from croisee_web.people.usecases import note_survey_consents
from croisee_web.people.vocabulary import CONSENT_RECORDED, AgeGroup, ConsentMode
from croisee_web.study.models import Case

pytestmark = pytest.mark.django_db
ASKS = book(
    [
        row("begin_group", "accord", "Votre accord", "Your consent", appearance="croisee-consent"),
        row("select_one oui_non", "analyse", "Peut-on analyser vos réponses ?", "May we analyse?"),
        row("select_one oui_non", "citation", "Peut-on vous citer ?", "May we quote you?"),
        row("select_one oui_non", "autre", "Acceptez-vous le reste ?", "And the rest?"),
        row("end_group", ""),
        row("text", "q", "Votre outil ?", "Your tool?"),
    ],
    YES_NO,
)


@pytest.fixture(autouse=True)
def _places(settings, tmp_path):
    settings.KEYS_ROOT, settings.FILES_ROOT = tmp_path / "cles", tmp_path / "fichiers"


def sent(client, *, anonymous=False, age="", code="p-01", **said):
    """Have somebody answer by her own link, and send; return her line of the register."""
    world = answering(ASKS, cases=("carrefours",), anonymous=anonymous)
    case = Case.objects.get(study=world.study)
    person = Participant.objects.create(
        study=world.study, case=case, code="p-01", age_group=age, created_at=timezone.now()
    )
    for place, purpose in enumerate(("analyse", "citation")):
        Purpose.objects.create(
            study=world.study, code=purpose, position=place, name_fr=purpose, role=purpose
        )
    AnswerLink.objects.filter(pk=world.link.pk).update(participant=code, organisation="")
    one = Person(client, world.own)
    one.begin()
    one.answer(**{f"/data/accord/{name}": value for name, value in said.items()})
    one.skip()
    one.send()
    assert Submission.objects.count() == 1
    return person


def noted():
    rows = Consent.objects.order_by("purpose__code").select_related("purpose", "participant")
    return [(one.participant.code, one.purpose.code, one.given) for one in rows]


def test_what_a_questionnaire_asks_is_noted_by_purpose_with_its_wording_day_and_way(client):
    sent(client, analyse="oui", citation="non", autre="oui")

    assert noted() == [("p-01", "analyse", True), ("p-01", "citation", False)]
    one = Consent.objects.first()
    published = Submission.objects.get().published
    assert one.form_version == f"{published.form_id} {published.form_version}"[:60]
    assert (one.mode, one.language) == (ConsentMode.CLICK, "fr")
    assert one.recorded_at.date() == timezone.now().date()
    assert Entry.objects.filter(act=CONSENT_RECORDED).get().details.content["purposes"] == 2


def test_what_is_passed_is_no_answer(client):
    sent(client, analyse="", citation="non")

    assert noted() == [("p-01", "citation", False)]


@pytest.mark.parametrize("code", ["", "o-12"])
def test_a_link_that_is_nobodys_of_the_register_notes_nothing(client, code):
    sent(client, code=code, analyse="oui", citation="oui")

    assert noted() == []


def test_an_anonymous_collection_tells_the_register_nothing(client):
    sent(client, anonymous=True, analyse="oui", citation="non")

    assert (noted(), Entry.objects.filter(act=CONSENT_RECORDED).count()) == ([], 0)


def test_a_minor_refuses_by_herself_and_accepts_with_her_parent_only(client):
    sent(client, age=AgeGroup.UNDER_14, analyse="oui", citation="non")

    assert noted() == [("p-01", "citation", False)]


def test_the_same_answer_to_the_same_wording_is_noted_once_and_another_one_again(client):
    person = sent(client, analyse="oui", citation="non")
    wording = Consent.objects.first().form_version

    def again(said, version=wording):
        return note_survey_consents(
            study_id=person.study_id, participant="p-01", answers={"analyse": said},
            wording=version, language="fr", actor=None, at=timezone.now(),
        )  # fmt: skip

    assert [again(True), again(False), again(False), again(False, "suite v2")] == [0, 1, 0, 1]
    assert person.consents.count() == 4


GUARDED = book(
    [
        row("begin_group", "accord", "Votre accord", "Your consent", appearance="croisee-consent"),
        row("select_one oui_non", "dit", "Acceptez-vous ?", "Do you agree?", required="yes"),
        row("end_group", ""),
        row("begin_group", "suite", relevant="${dit} = 'oui'"),
        row("text", "q", "Votre outil ?", "Your tool?"),
        row("text", "r", "Et un autre ?", "And another?"),
        row("end_group", ""),
    ],
    YES_NO,
)


def test_a_consent_says_how_many_questions_may_follow_and_not_one_of_one(client):
    one = Person(client, answering(GUARDED, cases=("carrefours",)).own)
    one.begin()
    assert "Question 1 sur 3 au plus" in words(one.page)
    one.answer(**{"/data/accord/dit": "oui"})
    assert "Question 2 sur 3" in words(one.page)
    assert "au plus" not in words(one.page)


@pytest.mark.parametrize("one", templates(), ids=lambda one: one.code)
@pytest.mark.parametrize(
    ("before", "said", "told"),
    [(None, "oui", [("p-01", "a-1", True)]), (None, "non", []),
     (True, "non", [("p-01", "a-1", True)]), (False, "oui", [("p-01", "a-1", False)])],
)  # fmt: skip
def test_a_template_says_yes_to_the_analysis_by_itself(client, one, before, said, told):
    """Whatever the purpose is called. A refusal heard before is not undone by answering."""
    person = by_her_link(client, one.workbook, before=before, analyses=1)
    person.answer(**{"/data/consentement/accord": said})
    finish(person)

    assert noted() == told


def test_two_purposes_of_analysis_are_not_guessed_between(client):
    person = by_her_link(client, template("eclair").workbook, before=None, analyses=2)
    person.answer(**{"/data/consentement/accord": "oui"})
    finish(person)

    assert noted() == []


def by_her_link(client, workbook, *, before, analyses):
    world = answering(workbook, cases=("carrefours",))
    case = Case.objects.get(study=world.study)
    her = Participant.objects.create(
        study=world.study, case=case, code="p-01", created_at=timezone.now()
    )
    for n in range(analyses):
        purpose = Purpose.objects.create(
            study=world.study, code=f"a-{n + 1}", position=n, name_fr="Analyser", role="analyse"
        )
    if before is not None:
        Consent.objects.create(
            participant=her, purpose=purpose, given=before, form_version="v", language="fr",
            mode=ConsentMode.CLICK, recorded_at=timezone.now(),
        )  # fmt: skip
    AnswerLink.objects.filter(pk=world.link.pk).update(participant="p-01", organisation="")
    one = Person(client, world.own)
    one.begin()
    return one


def finish(person):
    """Pass every question, and send."""
    while "verifier" not in person.at:
        person.skip()
    person.send()
    assert Submission.objects.count() == 1
