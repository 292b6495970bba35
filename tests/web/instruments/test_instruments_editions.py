"""Starting edition 2022 from edition 2018, in one act."""

import pytest
from django.urls import reverse
from tests.web.entrance import let_in
from tests.web.instruments.conftest import AT

from croisee.language import Label
from croisee.questionnaire.crosswalk import Verdict, compare
from croisee_web.access.queries import NotAllowed
from croisee_web.access.vocabulary import Role
from croisee_web.instruments.models import Questionnaire
from croisee_web.instruments.rules import book_of, grid_of
from croisee_web.instruments.usecases import NewEdition, publish, start_edition
from croisee_web.instruments.vocabulary import Carried
from croisee_web.kit.errors import NotFound
from croisee_web.study.models import Case, Edition, FrameSize, Organisation
from croisee_web.study.usecases import CodeTaken

NEW = NewEdition("2022", Label("Édition 2022", "2022 edition"), "2018")


@pytest.fixture
def lead(account_with):
    return account_with(Role.LEAD)


@pytest.fixture
def frames(study):
    case = Case.objects.create(study=study, code="nord", position=0, name_fr="Nord")
    for code, edition in (("o-1", "2018"), ("o-2", "2018"), ("o-3", ""), ("o-4", "2013")):
        Organisation.objects.create(study=study, case=case, code=code, name=code, edition=edition)
    FrameSize.objects.create(study=study, case=case, edition="2018", size=40, source="liste")
    return case


def started(study, lead, carried=Carried.COPIED, frames=True):
    return start_edition(
        study_id=study.pk,
        edition=NEW,
        carried={"eclair": carried},
        frames=frames,
        actor=lead,
        at=AT,
    )


def test_a_copy_asks_what_was_published_last_and_stays_comparable(study, questionnaire, lead):
    published = publish(questionnaire_id=questionnaire.pk, actor=lead, at=AT)
    questionnaire.workbook = grid_of(book_of(questionnaire.workbook))
    questionnaire.workbook[0][2][0][2] = "Un brouillon que personne n’a vu"
    questionnaire.save()
    done = started(study, lead)
    assert done.questionnaires == ("eclair-2022",)
    copy = Questionnaire.objects.get(code="eclair-2022")
    asked = book_of(published.workbook)
    assert [one.verdict for one in compare(asked, book_of(copy.workbook))] == [
        Verdict.COMPARABLE, Verdict.COMPARABLE,
    ]  # fmt: skip
    assert [one.new.identity for one in compare(asked, book_of(copy.workbook))] == [
        "abcd2345", "efgh6789",
    ]  # fmt: skip
    assert publish(questionnaire_id=copy.pk, actor=lead, at=AT).form_id == "eclair-2022"
    assert list(Edition.objects.order_by("position").values_list("code", flat=True)) == [
        "2018", "2022",
    ]  # fmt: skip


def test_frames_of_the_source_come_along_and_stay_where_they_were(study, lead, frames):
    done = started(study, lead)
    assert (done.questionnaires, done.members, done.sizes) == ((), 2, 1)
    named = Organisation.objects.order_by("edition", "code").values_list("edition", "code")
    assert list(named) == [
        ("", "o-3"), ("2013", "o-4"), ("2018", "o-1"), ("2018", "o-2"),
        ("2022", "o-1"), ("2022", "o-2"),
    ]  # fmt: skip
    assert FrameSize.objects.get(edition="2022").size == 40


def test_what_is_left_is_not_copied(study, questionnaire, lead, frames):
    done = started(study, lead, Carried.LEFT, frames=False)
    assert (done.questionnaires, done.members, done.sizes) == ((), 0, 0)
    assert Questionnaire.objects.count() == 1


def test_an_edition_is_started_once_and_from_one_that_is_there(study, questionnaire, lead):
    started(study, lead)
    with pytest.raises(CodeTaken):
        started(study, lead)
    assert Questionnaire.objects.count() == 2
    with pytest.raises(NotFound):
        start_edition(
            study_id=study.pk,
            edition=NewEdition("2030", Label(""), "1999"),
            carried={},
            frames=True,
            actor=lead,
            at=AT,
        )


def test_only_who_edits_the_study_starts_an_edition(study, account_with):
    with pytest.raises(NotAllowed):
        started(study, account_with(Role.CODER))


def test_the_page_says_what_is_copied(client, study, questionnaire, lead, frames):
    let_in(client, lead)
    where = reverse("instruments:edition", args=["veille"])
    page = client.get(where).content.decode()
    assert "2 membres dans ses listes" in page
    sent = {"code": "2022", "name_fr": "2022", "source": "2018", "frames": "on"}
    assert client.post(where, sent).status_code == 422
    answer = client.post(where, {**sent, "carried-eclair": "copie"}, follow=True)
    assert "1 questionnaire est copié" in answer.content.decode()
    assert "2 membres sont repris. 1 nombre déclaré est repris." in answer.content.decode()
