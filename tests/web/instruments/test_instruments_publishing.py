from datetime import UTC, datetime

import pytest
from tests.web.instruments.conftest import AT, FR, TOOLS, workbook

from croisee.formats.xlsform import Workbook
from croisee_web.access.queries import NotAllowed
from croisee_web.access.vocabulary import Role
from croisee_web.collection.models import AnswerSheet
from croisee_web.instruments.models import Instrument, PublishedVersion, Question
from croisee_web.instruments.queries import instruments_of, published_form, published_lines
from croisee_web.instruments.rules import book_of, grid_of
from croisee_web.instruments.usecases import QuestionnaireRefused, publish
from croisee_web.journal.models import Entry
from croisee_web.kit.errors import NotFound
from croisee_web.study.models import Case
from croisee_web.study.usecases import ChangedSince


@pytest.fixture
def lead(account_with):
    return account_with(Role.LEAD)


def redrafted(questionnaire, book: Workbook):
    questionnaire.workbook = grid_of(book)
    questionnaire.version += 1
    questionnaire.save()


def answer(study, published, **answers):
    case, _made = Case.objects.get_or_create(
        study=study, code="nord", defaults={"position": 0, "name_fr": "Nord"}
    )
    AnswerSheet.objects.create(
        instrument=published.instrument,
        edition="2018",
        respondent=f"r{AnswerSheet.objects.count()}",
        case=case,
        answers=answers,
    )


def test_publishing_freezes_the_form_and_writes_the_instrument(study, questionnaire, lead):
    published = publish(questionnaire_id=questionnaire.pk, actor=lead, at=AT)
    assert (published.number, published.form_id, published.form_version) == (1, "eclair", "1")
    assert published.certificate == "2026-114"
    (instrument,) = instruments_of(study.pk)
    assert [(one.code, one.kind.value) for one in instrument.questions] == [
        ("outil", "choix"),
        ("heures", "nombre"),
    ]
    assert [option.code for option in instrument.questions[0].options] == ["courriel", "visio"]
    assert published_form(published.pk).form.title == "Sondage-éclair"
    assert [(line.path, line.code, line.options) for line in published_lines(published.pk)] == [
        ("/data/outil", "outil", (("courriel", "courriel"), ("visio", "visio"))),
        ("/data/heures", "heures", ()),
    ]
    assert Entry.objects.get().act == "instruments.questionnaire.published"


def test_a_draft_changed_later_leaves_the_published_version_alone(study, questionnaire, lead):
    published = publish(questionnaire_id=questionnaire.pk, actor=lead, at=AT)
    redrafted(questionnaire, workbook(("text", "autre", "Autre chose ?")))
    published.refresh_from_db()
    survey = book_of(published.workbook).sheet("survey")
    assert [record["name"] for record in survey.records()] == ["outil", "heures"]
    assert [one.code for one in instruments_of(study.pk)[0].questions] == ["outil", "heures"]


def test_every_fault_is_said_with_its_sheet_row_and_column(questionnaire, lead):
    redrafted(
        questionnaire,
        workbook(
            ("select_one absente", "outil", "Quel outil ?"),
            ("text", "pourquoi", "Pourquoi ?", {"relevant": "${autre} = 1"}),
        ),
    )
    with pytest.raises(QuestionnaireRefused) as refused:
        publish(questionnaire_id=questionnaire.pk, actor=lead, at=AT)
    assert [(one.sheet, one.row, one.column) for one in refused.value.faults] == [
        ("survey", 2, "type"),
        ("survey", 3, "relevant"),
    ]
    assert not PublishedVersion.objects.exists()
    assert not Instrument.objects.exists()


def test_a_version_two_keeps_the_first_and_the_rows_of_the_codebook(study, questionnaire, lead):
    first = publish(questionnaire_id=questionnaire.pk, actor=lead, at=AT)
    answer(study, first, outil="visio", heures="3")
    before = dict(Question.objects.values_list("code", "pk"))
    redrafted(
        questionnaire,
        workbook(
            ("select_one outils", "outil", "Quel outil utilisez-vous surtout ?"),
            ("text", "pourquoi", "Pourquoi ?"),
            choices=(*TOOLS, ("outils", "clavardage", "Clavardage")),
        ),
    )
    second = publish(questionnaire_id=questionnaire.pk, actor=lead, at=AT)
    assert (second.number, second.form_version) == (2, "2")
    (instrument,) = instruments_of(study.pk)
    assert [one.code for one in instrument.questions] == ["outil", "pourquoi", "heures"]
    after = dict(Question.objects.values_list("code", "pk"))
    assert {code: after[code] for code in before} == before
    assert [line.code for line in published_lines(first.pk)] == ["outil", "heures"]
    assert published_form(first.pk).form.version == "1"


@pytest.mark.parametrize(
    ("rows", "choices", "said"),
    [
        (("text", "outil", "Quel outil ?"), (), "maintenant un texte"),
        (("select_one outils", "outil", "Outil ?"), TOOLS[:1], "« Visioconférence » a disparu"),
        (
            ("select_one outils", "outil", "Quel outil ?"),
            (TOOLS[0], ("outils", "visio", "Jamais")),
            "voulait dire « Visioconférence »",
        ),
    ],
)  # fmt: skip
def test_what_answers_mean_is_never_changed(study, questionnaire, lead, rows, choices, said):
    first = publish(questionnaire_id=questionnaire.pk, actor=lead, at=AT)
    answer(study, first, outil="visio")
    redrafted(questionnaire, workbook(rows, choices=choices))
    with pytest.raises(QuestionnaireRefused, match=said):
        publish(questionnaire_id=questionnaire.pk, actor=lead, at=AT)
    assert PublishedVersion.objects.count() == 1


def test_before_any_answer_everything_may_change(study, questionnaire, lead):
    publish(questionnaire_id=questionnaire.pk, actor=lead, at=AT)
    redrafted(questionnaire, workbook(("text", "outil", "Quel outil ?")))
    publish(questionnaire_id=questionnaire.pk, actor=lead, at=AT)
    (instrument,) = instruments_of(study.pk)
    assert [(one.code, one.kind.value) for one in instrument.questions] == [("outil", "texte")]


def test_the_draft_published_is_the_one_that_was_seen(questionnaire, lead):
    with pytest.raises(ChangedSince):
        publish(questionnaire_id=questionnaire.pk, actor=lead, at=AT, version=7)
    assert not PublishedVersion.objects.exists()


def test_only_who_edits_the_study_publishes(questionnaire, account_with):
    with pytest.raises(NotAllowed):
        publish(questionnaire_id=questionnaire.pk, actor=account_with(Role.CODER), at=AT)
    with pytest.raises(NotFound):
        publish(questionnaire_id=questionnaire.pk, actor=account_with(), at=AT)


def test_outside_the_certificates_a_version_bears_none(questionnaire, lead):
    before = datetime(2026, 1, 1, 4, 59, tzinfo=UTC)  # the day before, in Toronto
    published = publish(questionnaire_id=questionnaire.pk, actor=lead, at=before)
    assert published.certificate == ""


def test_a_version_written_by_its_author_is_kept_unless_it_was_taken(questionnaire, lead):
    book = workbook(("text", "outil", "Quel outil ?"), version="2026-A", form_id="maison")
    redrafted(questionnaire, book)
    first = publish(questionnaire_id=questionnaire.pk, actor=lead, at=AT)
    second = publish(questionnaire_id=questionnaire.pk, actor=lead, at=AT)
    assert [(one.form_id, one.form_version) for one in (first, second)] == [
        ("maison", "2026-A"),
        ("maison", "2"),
    ]
    assert FR in book_of(second.workbook).sheet("survey").columns
