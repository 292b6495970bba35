"""The pages of questionnaires, without JavaScript, as somebody goes through them."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.web.entrance import let_in
from tests.web.instruments.conftest import AT, workbook

from croisee.formats.xlsform import write_workbook
from croisee.questionnaire.editing import questions_of
from croisee.questionnaire.templates import template
from croisee_web.access.models import Assignment
from croisee_web.access.vocabulary import Role
from croisee_web.collection.models import AnswerSheet
from croisee_web.instruments.models import PublishedVersion, Questionnaire
from croisee_web.instruments.rules import book_of
from croisee_web.instruments.usecases import publish
from croisee_web.study.models import Case, Method, Study


@pytest.fixture
def lead(account_with):
    return account_with(Role.LEAD)


@pytest.fixture
def as_lead(client, lead):
    return let_in(client, lead)


def address(name, *more):
    return reverse(f"instruments:{name}", args=["veille", *more])


def labels(code="eclair"):
    book = book_of(Questionnaire.objects.get(code=code).workbook)
    return [one.label.fr for one in questions_of(book)]


def test_an_empty_study_offers_the_templates(as_lead, study):
    page = as_lead.get(address("list"))
    assert page.status_code == 200
    for code in ("eclair", "individuel", "evaluation", "portrait", "teletravail", "formation"):
        assert f'value="{code}"' in page.content.decode()
    assert "Importer un questionnaire" in page.content.decode()


def test_a_template_is_one_button_from_its_editor(as_lead, study):
    Method.objects.all().delete()
    answer = as_lead.post(address("start"), {"modele": "eclair"}, follow=True)
    assert answer.status_code == 200
    row = Questionnaire.objects.get()
    assert book_of(row.workbook) == template("eclair").workbook
    assert (row.method.kind, row.subject) == ("sondage", template("eclair").subject.value)
    for one in questions_of(template("eclair").workbook)[:3]:
        assert one.label.fr[:20] in answer.content.decode().replace("\u202f", " ")


def test_a_question_is_added_changed_moved_removed_and_the_last_change_undone(
    as_lead, questionnaire
):
    form = as_lead.get(address("question-add", "eclair"), {"genre": "choix", "apres": "outil"})
    assert form.status_code == 200
    sent = {
        "version": 1,
        "label_fr": "Où travaillez-vous ?",
        "hint_fr": "",
        "reponses-TOTAL_FORMS": 3,
        "reponses-INITIAL_FORMS": 0,
        "reponses-0-fr": "Au bureau",
        "reponses-1-fr": "À distance",
        "reponses-0-rank": 2,
        "reponses-1-rank": 1,
    }
    add = f"{address('question-add', 'eclair')}?genre=choix&apres=outil"
    assert as_lead.post(add, sent).status_code == 302
    questionnaire.refresh_from_db()
    outil, added, heures = questions_of(book_of(questionnaire.workbook))
    assert [one.label.fr for one in added.choices] == ["À distance", "Au bureau"]
    assert added.identity
    changed = {
        "version": 2,
        "label_fr": "Où êtes-vous ?",
        "reponses-TOTAL_FORMS": 2,
        "reponses-INITIAL_FORMS": 2,
        "reponses-0-code": added.choices[0].code,
        "reponses-0-fr": "À distance",
        "reponses-1-code": added.choices[1].code,
        "reponses-1-fr": "Au bureau ou ailleurs",
    }
    assert as_lead.post(address("question", "eclair", added.key), changed).status_code == 302
    assert labels()[1] == "Où êtes-vous ?"
    move = address("question-move", "eclair", added.key)
    assert as_lead.post(move, {"version": 3, "vers": "haut"}).status_code == 302
    assert labels()[0] == "Où êtes-vous ?"
    remove = address("question-remove", "eclair", heures.key)
    assert as_lead.post(remove, {"version": 4}).status_code == 302
    assert len(labels()) == 2
    assert as_lead.post(address("undo", "eclair"), {"version": 5}).status_code == 302
    assert len(labels()) == 3
    assert as_lead.post(address("undo", "eclair"), {"version": 6}).status_code == 302
    assert len(labels()) == 2
    assert outil.label.fr in labels()


@pytest.mark.parametrize("sort", [
    "choix", "plusieurs", "echelle", "classement", "entier", "decimal", "texte", "date", "budget",
    "position", "accord", "note", "section",
])  # fmt: skip
def test_every_common_question_is_added_without_a_script_and_publishes(
    as_lead, questionnaire, sort, lead
):
    add = f"{address('question-add', 'eclair')}?genre={sort}"
    page = as_lead.get(add).content.decode()
    sent = {"version": 1, "label_fr": "Que pensez-vous de cela ?", "hint_fr": "Lisez ceci."}
    if "reponses-TOTAL_FORMS" in page:
        sent |= {"reponses-TOTAL_FORMS": 3, "reponses-INITIAL_FORMS": 0}
        sent |= {"reponses-0-fr": "Oui tout à fait", "reponses-1-fr": "Non jamais"}
    if 'name="total"' in page:
        sent["total"] = "100 000"
    answer = as_lead.post(add, sent)
    assert answer.status_code == 302, answer.content.decode()
    assert "Que pensez-vous de cela ?" in labels()
    publish(questionnaire_id=questionnaire.pk, actor=lead, at=AT)
    preview = as_lead.get(address("preview", "eclair"))
    assert preview.status_code == 200


def test_somebody_who_edits_an_older_questionnaire_is_told(as_lead, questionnaire):
    Questionnaire.objects.update(version=9)
    before = Questionnaire.objects.get().workbook
    sent = {"version": 1, "label_fr": "Mes mots à moi", "low": "", "high": ""}
    answer = as_lead.post(address("question", "eclair", "heures"), sent)
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Mes mots à moi" in page
    assert "avant vous" in page
    assert 'name="version" value="9"' in page
    for name in ("question-move", "question-remove"):
        answer = as_lead.post(address(name, "eclair", "heures"), {"version": 1, "vers": "haut"})
        assert answer.status_code == 409
    assert as_lead.post(address("undo", "eclair"), {"version": 1}).status_code == 409
    assert Questionnaire.objects.get().workbook == before


def test_a_condition_is_chosen_in_words_and_taken_away(as_lead, questionnaire):
    where = f"{address('condition', 'eclair', 'heures')}?selon=outil"
    assert "Visioconférence" in as_lead.get(where).content.decode()
    sent = {"version": 1, "how": "si", "codes": ["visio"]}
    assert as_lead.post(where, sent).status_code == 302
    page = as_lead.get(address("edit", "eclair")).content.decode()
    assert "a pour réponse" in page
    (record,) = [
        one
        for one in book_of(Questionnaire.objects.get().workbook).sheet("survey").records()
        if one["name"] == "heures"
    ]
    assert record["relevant"] == "${outil} = 'visio'"
    shown = as_lead.get(address("preview", "eclair"), {"question": "heures"}).content.decode()
    assert "heures par semaine" in shown
    assert as_lead.post(where, {"version": 2, "retirer": "1"}).status_code == 302
    assert "a pour réponse" not in as_lead.get(address("edit", "eclair")).content.decode()


def test_the_preview_goes_page_by_page_and_keeps_nothing(as_lead, questionnaire):
    at = address("preview", "eclair")
    first = as_lead.get(at)
    assert first.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in first.headers["Content-Security-Policy"]
    assert "Question 1 sur 2" in first.content.decode()
    empty = as_lead.post(at, {"page": "/data/outil", "bouton": ""})
    assert "Choisissez une réponse" in empty.content.decode()
    gone_on = as_lead.post(at, {"page": "/data/outil", "/data/outil": "visio", "bouton": ""})
    assert gone_on["Location"] == f"{at}?etape=2"
    assert "Question 2 sur 2" in as_lead.get(gone_on["Location"]).content.decode()
    assert not AnswerSheet.objects.exists()


def test_a_questionnaire_goes_out_as_xlsform_and_comes_back_with_no_loss(as_lead, questionnaire):
    before = Questionnaire.objects.get().workbook
    file = as_lead.get(address("workbook", "eclair"))
    sent = SimpleUploadedFile("eclair.xlsx", file.content)
    answer = as_lead.post(address("import"), {"file": sent, "subject": "personne"})
    assert answer.status_code == 302, answer.content.decode()
    assert Questionnaire.objects.order_by("pk").last().workbook == before
    sent = SimpleUploadedFile("eclair.xlsx", file.content)
    same = as_lead.post(address("replace", "eclair"), {"file": sent, "version": 1})
    assert same.status_code == 302
    assert Questionnaire.objects.get(code="eclair").version == 1


def test_what_we_do_not_read_is_kept(as_lead, study):
    book = workbook(("text", "a", "Dites-nous", {"media::image": "a.png", "note à nous": "x"}))
    sent = SimpleUploadedFile("q.xlsx", write_workbook(book))
    as_lead.post(address("import"), {"file": sent, "subject": "personne", "name_fr": "Le mien"})
    row = Questionnaire.objects.get()
    assert row.name_fr == "Le mien"
    kept = book_of(row.workbook).sheet("survey")
    assert kept.columns == (*book.sheet("survey").columns, "croisee::identite")
    assert [line[:-1] for line in kept.rows] == list(book.sheet("survey").rows)


def test_a_faulty_file_is_refused_with_every_place(as_lead, study):
    book = workbook(
        ("select_one absente", "a", "Choix"), ("integer", "b", "Nombre", {"relevant": "${z} > 1"})
    )
    sent = SimpleUploadedFile("q.xlsx", write_workbook(book))
    answer = as_lead.post(address("import"), {"file": sent, "subject": "personne"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "survey, ligne 2, colonne type" in page
    assert "survey, ligne 3, colonne relevant" in page
    assert not Questionnaire.objects.exists()


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04rien", b"\xd0\xcf\x11\xe0", b"%PDF-1.7", b"a;b"]
)
def test_a_hostile_file_is_refused_in_words(as_lead, study, content):
    sent = SimpleUploadedFile("q.xlsx", content)
    answer = as_lead.post(address("import"), {"file": sent, "subject": "personne"})
    assert answer.status_code == 422
    assert not Questionnaire.objects.exists()


def test_publishing_shows_what_to_look_at_then_the_version(as_lead, questionnaire):
    page = as_lead.get(address("publish", "eclair")).content.decode()
    assert "2026-114" in page
    assert "Publier la version 1" in page
    answer = as_lead.post(address("publish", "eclair"), {"version": 1}, follow=True)
    assert "Version 1" in answer.content.decode()
    assert PublishedVersion.objects.count() == 1
    assert "Rien n’a changé depuis" in as_lead.get(address("publish", "eclair")).content.decode()


def test_a_version_two_says_what_changed(as_lead, questionnaire, lead, study):
    first = publish(questionnaire_id=questionnaire.pk, actor=lead, at=AT)
    case = Case.objects.create(study=study, code="nord", position=0, name_fr="Nord")
    for number in range(12):
        AnswerSheet.objects.create(
            instrument=first.instrument, edition="2018", case=case, respondent=f"r{number}",
            answers={"heures": "3"},
        )  # fmt: skip
    page = as_lead.get(address("question", "eclair", "heures")).content.decode()
    assert "Cette question a 12 réponses. Créer une version 2" in page.replace("\u202f", " ")
    sent = {"version": 1, "label_fr": "Combien d’heures par mois ?", "low": "", "high": ""}
    as_lead.post(address("question", "eclair", "heures"), sent)
    check = as_lead.get(address("publish", "eclair")).content.decode()
    assert "Combien d’heures par mois" in check
    as_lead.post(address("publish", "eclair"), {"version": 2})
    seen = as_lead.get(address("differences", "eclair", 2)).content.decode()
    assert "De la version 1 à la version 2" in seen
    assert "Combien d’heures par semaine" in seen


def test_a_question_of_the_bank_keeps_its_identity(as_lead, questionnaire, lead, study):
    as_lead.post(address("start"), {"modele": "eclair"})
    started = Questionnaire.objects.exclude(pk=questionnaire.pk).get()
    publish(questionnaire_id=started.pk, actor=lead, at=AT)
    source = next(
        one for one in questions_of(book_of(started.workbook)) if one.sort.value == "plusieurs"
    )
    words = source.label.fr.split()[3]
    page = as_lead.get(address("bank"), {"cherche": words, "pour": "eclair"}).content.decode()
    assert source.label.fr.split("?")[0].strip() in page.replace("\u202f", " ")
    sent = {"pour": "eclair", "question": f"modele:eclair:{source.key}"}
    assert as_lead.post(address("borrow"), sent).status_code == 302
    added = questions_of(book_of(Questionnaire.objects.get(pk=questionnaire.pk).workbook))[-1]
    assert (added.identity, added.label, added.choices) == (
        source.identity, source.label, source.choices,
    )  # fmt: skip
    assert as_lead.post(address("borrow"), sent).status_code == 409


def test_another_study_is_not_in_the_bank(
    as_lead, questionnaire, lead, account_with, client, study
):
    questionnaire.workbook[0][2][0][2] = "CANARI DE CETTE ÉTUDE"
    questionnaire.save()
    publish(questionnaire_id=questionnaire.pk, actor=lead, at=AT)
    seen = as_lead.get(address("bank"), {"cherche": "canari"}).content.decode()
    assert "CANARI DE CETTE ÉTUDE" in seen
    other = Study.objects.create(slug="autre", title_fr="Autre", created_at=AT)
    stranger = account_with()
    Assignment.objects.create(account=stranger, study_id=other.pk, role=Role.LEAD, given_at=AT)
    Assignment.objects.create(account=stranger, study_id=study.pk, role=Role.CODER, given_at=AT)
    theirs = reverse("instruments:bank", args=["autre"])
    page = let_in(client, stranger).get(theirs, {"cherche": "canari"})
    assert page.status_code == 200
    assert "CANARI" not in page.content.decode()


def test_a_reader_of_english_reads_it_all_in_english(as_lead, study):
    as_lead.post(address("start"), {"modele": "eclair"})
    english = as_lead.get(f"/en{address('edit', 'eclair')}")
    assert english.status_code == 200
    first = questions_of(template("eclair").workbook)[0]
    assert first.label.en[:20] in english.content.decode()


def test_only_who_edits_the_study_sees_the_questionnaires(client, questionnaire, account_with):
    let_in(client, account_with(Role.CODER))
    assert client.get(address("list")).status_code == 403
    assert client.get(address("edit", "eclair")).status_code == 403


def test_a_page_of_the_list_makes_the_same_queries_whatever_the_number(
    as_lead, questionnaire, django_assert_max_num_queries
):
    as_lead.get(address("list"))
    with django_assert_max_num_queries(30) as one:
        as_lead.get(address("list"))
    for turn in range(3):
        as_lead.post(address("start"), {"modele": "eclair", "n": turn})
    with django_assert_max_num_queries(30) as four:
        as_lead.get(address("list"))
    assert len(one) == len(four)
