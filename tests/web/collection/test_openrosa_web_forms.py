"""ODK Web Forms, another team's engine and pages, fills our questionnaires and sends them to us."""

import numpy as np
import pytest
from django.utils import timezone
from tests.third_party.form_page import FormPage
from tests.third_party.web_forms import page_of
from tests.web.collection.answering_world import answering

from croisee.questionnaire.answers import faults_of
from croisee.questionnaire.codebook import answers_of
from croisee.questionnaire.filling import Filling
from croisee.questionnaire.form import CHOSEN, Kind
from croisee.questionnaire.submission import filling_of, read_submission
from croisee.questionnaire.templates import template, templates
from croisee_web.access.models import Account
from croisee_web.collection.models import AnswerSheet, Submission
from croisee_web.collection.usecases.devices import make_key
from croisee_web.instruments.queries import published_form, published_lines

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LANGUAGES = {"fr": "Français (fr)", "en": "English (en)"}
ASKED = {Kind.TEXT, Kind.INTEGER, Kind.DECIMAL, *CHOSEN}
NUMBERS = {
    "Le budget de l’organisme": "60", "Le réseau ou le regroupement": "40",
    "Les bailleurs de fonds": "0", "Les dons": "0", "Les personnes qui travaillent": "0",
    "The organization’s budget": "60", "The network or coalition": "40", "Funders": "0",
    "Donations": "0", "The people who work": "0",
}  # fmt: skip
"""Parts of a budget, which make a hundred."""
QUICK = ("eclair", "fr")


@pytest.fixture(autouse=True)
def _places(settings, tmp_path):
    settings.KEYS_ROOT, settings.FILES_ROOT = tmp_path / "cles", tmp_path / "fichiers"


@pytest.mark.parametrize(
    ("code", "language"),
    [
        pytest.param(
            one.code, language, marks=[] if (one.code, language) == QUICK else pytest.mark.proof
        )
        for one in templates()
        for language in LANGUAGES
    ],
)
def test_web_forms_fills_a_template_and_sends_it(browser, live_server, code, language):
    world = answering(template(code).workbook)
    lead = Account.objects.get(email="lea@exemple.ca")
    key = make_key(
        collecting_id=world.collecting.pk, label="Web Forms", case="carrefours", actor=lead,
        at=timezone.now(),
    )  # fmt: skip

    with page_of(browser, live_server.url, "form") as page:
        filled = FormPage(page, f"/openrosa/{key.secret}")
        filled.read_in(LANGUAGES[language])
        filled.answer_all(NUMBERS)
        sent, again = filled.send(), filled.send_again()
        complaints = page.complaints

    assert (sent["status"], again["status"], complaints) == (201, 201, [])
    received = Submission.objects.get()
    prepared = published_form(world.published.pk)
    at, chance = timezone.now(), np.random.default_rng(1)
    read = filling_of(
        read_submission(bytes(received.content), prepared), prepared, at=at, chance=chance,
        language=LANGUAGES[language],
    )  # fmt: skip
    assert (faults_of(read), read.unread, list(received.flags)) == ([], (), [])
    places = [one for one in read.asked_places() if one.node.kind in ASKED]
    assert filled.said == [
        (read.label(one.address), read.value(one.address).removesuffix(".0")) for one in places
    ]
    assert len(filled.said) > 4
    ours = Filling(prepared, at=at, chance=chance, language=LANGUAGES[language])
    ours.set_many({one.address: read.value(one.address) for one in places})
    lines = published_lines(world.published.pk)
    assert AnswerSheet.objects.get().answers == answers_of(ours, lines)
