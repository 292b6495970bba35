"""Answering without JavaScript: each kind of question, mistakes, going back, sending once."""

import html
import re
from datetime import timedelta

import pytest
from django.test import Client
from tests.web.collection.answering_person import (
    Person,
    hidden,
    receipt_in,
    through_flash,
    words,
)
from tests.web.collection.answering_world import (
    EVERY_KIND,
    FLASH,
    another_link,
    answering,
    book,
    row,
    today,
)

from croisee.questionnaire.templates import template
from croisee_web.collection.models import AnswerSheet, Draft, DraftFile, Submission
from croisee_web.study.models import Case

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _places(settings, tmp_path):
    settings.KEYS_ROOT, settings.FILES_ROOT = tmp_path / "cles", tmp_path / "fichiers"


def test_what_conditions_may_hide_is_counted_beforehand(client):
    world = answering(template("eclair").workbook)

    assert "Au plus 8 questions, une par page." in words(client.get(world.own))


def test_a_flash_survey_is_answered_checked_sent_and_counted_once(client):
    world = answering()
    person = Person(client, world.own)

    assert "Au plus 5 questions" in words(person.page)
    checked = through_flash(person)
    assert "Une personne payée de l’extérieur" in words(checked)
    assert "Du temps, Un deuxième écran" in words(checked)
    assert "Pas de réponse" in words(checked)
    received = person.send()

    assert "Merci. Vos réponses sont reçues." in words(received)
    sheet = AnswerSheet.objects.get()
    assert sheet.answers == {
        "aide": "payee", "manque": ["temps", "ecran"], "personnes": "4", "outil": "Le téléphone",
    }  # fmt: skip
    assert (Submission.objects.count(), Draft.objects.count()) == (1, 0)


def test_sending_twice_or_reloading_gives_the_same_code_and_counts_once(client):
    world = answering()
    person = Person(client, world.own)
    through_flash(person)
    sent = {"recu": hidden(person.page, "recu")}

    first, second = (client.post(f"{world.own}verifier/", sent) for _ in range(2))

    assert receipt_in(first) == receipt_in(second) == sent["recu"]
    assert (Submission.objects.count(), AnswerSheet.objects.count()) == (1, 1)
    assert "déjà reçues" in words(client.get(world.own))
    assert "déjà reçues" in words(client.post(f"{world.own}1/", {"page": "/data/aide"}))
    assert client.post(f"{world.own}verifier/", {"recu": "0000-0000-0000-0000"}).status_code == 409


def test_a_page_left_empty_says_so_beside_the_field_and_at_the_top(client):
    person = Person(client, answering().own)
    person.begin()

    page = person.answer()

    told = "Choisissez une réponse, ou passez la question."
    assert (page.status_code, words(page).count(told)) == (422, 2)
    assert 'href="#q0o0"' in page.content.decode()
    assert "<title>À revoir" in page.content.decode().replace("\u00a0", " ")
    assert "erreur" not in words(page).lower()


def test_what_is_not_right_is_shown_again_as_typed_and_not_kept(client):
    person = Person(client, answering().own)
    person.begin()
    person.skip()
    person.skip()

    page = person.answer(**{"/data/personnes": "beaucoup"})

    assert 'value="beaucoup"' in page.content.decode()
    assert words(page).count("Écrivez un nombre entier, par exemple 12.") == 2
    assert 'value="beaucoup"' not in client.get(person.at).content.decode()


def test_a_change_on_the_last_page_leads_back_there(client):
    person = Person(client, answering().own)
    through_flash(person)

    person.go(
        html.unescape(re.search(r'href="([^"]*/3/\?verifier=1)"', person.page.content.decode())[1])
    )
    page = person.answer(**{"/data/personnes": "1", "verifier": "1"})

    assert "Vérifiez vos réponses" in words(page)
    assert "Quel outil" not in words(page)


def test_answers_come_back_by_the_link_in_another_browser_and_another_language(client):
    world = answering()
    person = Person(client, world.own)
    person.begin()
    person.answer(**{"/data/aide": "payee"})

    again = Person(Client(), f"/en{world.own}")
    assert "Go on with my answers" in words(again.page)
    again.begin()
    assert "What do you lack most?" in words(again.page)
    again.go(f"/en{world.own}1/")
    assert re.search(r'value="payee" id="q0o1" checked', again.page.content.decode())


def test_two_tabs_and_the_back_button_write_over_nothing_else(client):
    world = answering()
    person = Person(client, world.own)
    person.begin()
    first_tab = client.get(f"{world.own}1/")
    second_tab = client.get(f"{world.own}2/")

    client.post(f"{world.own}2/", {"page": hidden(second_tab, "page"), "/data/manque": "temps"})
    client.post(f"{world.own}1/", {"page": hidden(first_tab, "page"), "/data/aide": "equipe"})
    client.post(f"{world.own}3/", {"page": hidden(first_tab, "page"), "/data/aide": "personne"})

    assert 'value="temps" id="q0o0" checked' in client.get(f"{world.own}2/").content.decode()
    assert 'value="personne" id="q0o2" checked' in client.get(f"{world.own}1/").content.decode()


def test_an_open_link_asks_the_network_and_each_start_is_an_answer_of_its_own(client):
    world = answering()
    person = Person(client, world.open)

    assert "Choisissez votre réseau" in words(person.begin())
    for network in ("quartiers", "carrefours"):
        person = Person(client, world.open)
        person.begin(reseau=network)
        person.answer(**{"/data/aide": "payee"})
        for _ in range(3):
            person.skip()
        assert "Merci" in words(person.send())
        assert "déjà reçues" in words(client.get(person.at.replace("verifier/", "")))

    assert sorted(AnswerSheet.objects.values_list("case__code", flat=True)) == [
        "carrefours", "quartiers",
    ]  # fmt: skip


def test_answers_are_taken_back_with_the_code_however_it_is_typed(client):
    person = Person(client, answering().own)
    through_flash(person)
    code = receipt_in(person.send())

    wrong = client.post("/retrait/", {"code": "0000-1111-2222-3333"})
    assert (wrong.status_code, AnswerSheet.objects.count()) == (422, 1)
    gone = client.post("/retrait/", {"code": code.lower().replace("-", " ").replace("0", "o")})

    assert "Vos réponses sont retirées" in words(gone)
    assert (Submission.objects.count(), AnswerSheet.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("dates", "told"),
    [
        ((-30, -3), "a fermé le"),
        ((3, 30), "ouvre le"),
    ],
)
def test_outside_its_days_a_link_says_so_and_takes_nothing(client, dates, told):
    world = answering(
        opens_on=today() + timedelta(days=dates[0]), closes_on=today() + timedelta(days=dates[1])
    )

    for address in (world.own, world.open, f"{world.own}1/", f"{world.own}verifier/"):
        assert told in words(client.get(address))
    assert client.post(world.own).status_code == 409
    assert Draft.objects.count() == 0


def test_an_unknown_link_is_one_page_whatever_was_tried(client):
    world = answering()
    # One link in sixty-four ends with an x: « another » must be another.
    near = world.token[:-1] + ("y" if world.token.endswith("x") else "x")
    tried = [f"/p/{near}/", "/p/x/", "/p/x/3/", "/s/rien/", "/s/rien/x/verifier/"]

    answers = [client.get(address) for address in tried]

    assert {answer.status_code for answer in answers} == {404}
    assert len({words(answer).replace("English", "") for answer in answers}) == 1


def test_pages_are_kept_out_of_caches_engines_and_other_sites(client):
    world = answering()
    for address in (world.own, f"{world.own}1/", world.open, "/retrait/", "/p/inconnu/"):
        headers = client.get(address).headers
        assert headers["Cache-Control"] == "no-store, private"
        assert headers["X-Robots-Tag"] == "noindex"
        assert headers["Referrer-Policy"] == "no-referrer"
        assert "Set-Cookie" not in headers
    assert not client.cookies


def test_a_draft_opens_with_its_address_only(client):
    world = answering()
    person = Person(client, world.own)
    person.begin()
    person.answer(**{"/data/aide": "payee"})

    sealed = bytes(Draft.objects.get().sealed)

    assert b"payee" not in sealed
    assert world.token.encode() not in sealed + Draft.objects.get().place.encode()
    other, _link = another_link(world.collecting, Case.objects.last())
    assert 'payee" id="q0o1" checked' not in client.get(f"/p/{other}/1/").content.decode()


def test_everything_is_erased_when_asked(client):
    person = Person(client, answering().own)
    through_flash(person)

    page = client.post(f"{person.door}effacer/")

    assert "Tout est effacé" in words(page)
    assert (Draft.objects.count(), Submission.objects.count()) == (0, 0)


def picture():
    from django.core.files.uploadedfile import SimpleUploadedFile

    return SimpleUploadedFile("Chez Ada.PNG", b"\x89PNG\r\n\x1a\n" + b"x" * 50, "image/png")


def test_every_kind_of_question_is_asked_answered_and_read_again(client):
    world = answering(EVERY_KIND)
    person = Person(client, world.own)
    person.begin()
    assert "Votre accord" in words(person.page)
    person.answer(**{"/data/accord/accepte": "oui", "/data/accord/citer": "non"})
    assert "Voici la suite." in words(person.page)
    person.answer()
    for given in (
        {"/data/seul": "oui"},
        {"/data/outils": ["courriel", "texto"]},
        {"/data/ans": "12"},
        {"/data/heures": "3,5"},
        {"/data/note_sur": "7"},
        {"/data/aise": "moyen"},
        {"/data/ordre|courriel": "2", "/data/ordre|visio": "1", "/data/ordre|texto": "3"},
        {"/data/mot": "Moins de réunions"},
        {"/data/jour": "2026-11-22"},
        {"/data/heure": "14:30"},
        {"/data/partage/materiel": "150 000", "/data/partage/cours": "50000"},
        {"/data/avis_sur/pour": "oui", "/data/avis_sur/raison": "Pour se comprendre"},
        {"/data/poste[1]/marque": "Rouge"},
        {"/data/poste[1]/age": "3"},
    ):
        page = person.answer(**given)
        assert page.status_code == 200, (given, words(page))
    person.press("bouton", "ajouter")
    assert "Un ordinateur (2)" in words(person.page)
    person.answer(**{"/data/poste[2]/marque": "Bleue"})
    person.skip()
    assert "1. Rouge 2. Bleue" in re.sub(" Enlever [12]. (Rouge|Bleue)", "", words(person.page))
    person.answer()
    person.answer(**{"/data/photo": picture()})
    assert DraftFile.objects.count() == 1
    person.answer(**{"/data/lieu": "45.5, -73.5"})
    checked = words(person.answer(**{"/data/lu": "OK"}))

    ranked = "1. La visioconférence 2. Le courriel 3. Les textos"
    for said in ("3,5", ranked, "14:30", "Un fichier est joint.", "45.5 -73.5", "150000", "Pour"):
        assert said in checked
    assert "Merci" in words(person.send())
    content = bytes(Submission.objects.get().content)
    assert content.count(b"<poste>") == 2
    assert b"<ordre>visio courriel texto</ordre>" in content
    assert Submission.objects.get().attachments.get().sha256
    assert DraftFile.objects.count() == 0


def test_a_time_of_a_repeat_is_taken_away(client):
    world = answering(
        book([
            row("begin_repeat", "poste", "Un ordinateur", "A computer"),
            row("text", "marque", "Quelle marque ?", "Which make?"),
            row("end_repeat", ""),
            row("text", "mot", "Autre chose ?", "Anything else?"),
        ])
    )  # fmt: skip
    person = Person(client, world.own)
    person.begin()
    person.answer(**{"/data/poste[1]/marque": "Rouge"})
    person.press("bouton", "ajouter")
    person.answer(**{"/data/poste[2]/marque": "Bleue"})

    person.press("retirer", "/data/poste[1]")

    assert "1. Bleue" in words(person.page)
    assert "Rouge" not in words(person.page)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"/data/ordre|courriel": "1", "/data/ordre|visio": "1", "/data/ordre|texto": "2"},
         "Donnez un rang différent à chaque réponse."),
        ({"/data/partage/materiel": "150000"}, "Il reste 50 000 à répartir."),
        ({"/data/partage/materiel": "250000"}, "Vous avez réparti 50 000 de trop."),
        ({"/data/lieu": "chez moi"}, "Écrivez la latitude, puis la longitude"),
        ({"/data/ans": "900"}, "Cette réponse ne convient pas."),
    ],
)  # fmt: skip
def test_each_mistake_says_what_to_do(client, given, told):
    world = answering(EVERY_KIND)
    person = Person(client, world.own)
    person.begin()
    key = next(iter(given)).partition("|")[0]
    while not hidden(person.page, "page") or not key.startswith(hidden(person.page, "page")):
        person.answer() if "Passer" not in words(person.page) else person.skip()

    page = person.answer(**given)

    assert (page.status_code, told in words(page)) == (422, True)


def test_a_question_that_must_be_answered_is_not_passed(client):
    world = answering(book([row("text", "nom", "Votre outil ?", "Your tool?", required="yes")]))
    person = Person(client, world.own)

    person.begin()
    assert "Passer" not in words(person.page)
    assert person.skip().status_code == 422
    assert "Vérifiez vos réponses" in words(person.answer(**{"/data/nom": "x"}))


def test_the_questions_shown_by_an_answer_of_the_same_page_are_asked_before_going_on(client):
    world = answering(
        book([
            row("begin_group", "g", "Vous", "You", appearance="field-list"),
            row("integer", "n", "Combien ?", "How many?"),
            row("text", "noms", "Leurs noms d’outils ?", "Their tools?", relevant="${n} > 1"),
            row("end_group", ""),
        ])
    )  # fmt: skip
    person = Person(client, world.own)
    person.begin()

    page = person.answer(**{"/data/g/n": "3"})

    assert "Leurs noms" in words(page)
    assert "Vérifiez" in words(person.answer(**{"/data/g/n": "3", "/data/g/noms": "x"}))


def test_consent_comes_first_and_refusing_never_blocks(client):
    world = answering(
        book(
            [
                row("text", "q", "Votre outil ?", "Your tool?"),
                row("begin_group", "accord", "Votre accord", "Your consent",
                    appearance="croisee-consent"),
                row("acknowledge", "citer", "On peut citer mes mots.", "I may be quoted."),
                row("end_group", ""),
            ]
        ),
        consent=True,
    )  # fmt: skip
    person = Person(client, world.own)
    assert "Vous pouvez refuser." in words(person.page)
    person.begin()
    assert "On peut citer mes mots." in words(person.page)
    assert "Votre outil" in words(person.skip())
    assert "Vérifiez" in words(person.skip())
    assert "Merci" in words(person.send())


def test_flash_is_a_form_of_five_questions():
    assert len(FLASH.sheet("survey").rows) == 5
