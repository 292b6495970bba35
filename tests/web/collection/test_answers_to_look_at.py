"""Filled forms that were flagged: seen, decided of, and each decision can be undone."""

import html
import re

import pytest
from django.urls import reverse
from tests.web.collection.conducting_world import AT
from tests.web.collection.receiving_world import asked_of
from tests.web.entrance import let_in
from tests.web.looking import cookies_of, faults_of

from croisee_web.access.models import Assignment
from croisee_web.access.vocabulary import Role
from croisee_web.collection.models import (
    AnswerSheet,
    Collecting,
    DayCount,
    Settlement,
    Submission,
)
from croisee_web.collection.rules.filled import Outcome, Refused
from croisee_web.collection.usecases.repeats import flag_repeats
from croisee_web.collection.vocabulary import ANSWER_SETTLED, ANSWER_UNSETTLED, Way
from croisee_web.journal.models import Entry

pytestmark = pytest.mark.django_db
UNFIT = {"heures": 999}


@pytest.fixture(autouse=True)
def _places(settings, tmp_path):
    settings.KEYS_ROOT, settings.FILES_ROOT = tmp_path / "cles", tmp_path / "fichiers"


@pytest.fixture(params=[False, True], ids=["named", "anonymous"])
def asked(request, client):
    made = asked_of(anonymous=request.param)
    let_in(client, made.world.lead)
    return made


def looked(client, asked, one=None, language="fr"):
    number = asked.collecting.pk
    name, more = ("collection:look", []) if one is None else ("collection:look-one", [one.pk])
    prefix = "" if language == "fr" else f"/{language}"
    answer = client.get(prefix + reverse(name, args=["numerique", number, *more]))
    return html.unescape(answer.content.decode()).replace("\xa0", " ").replace("\u202f", " ")


def decide(client, asked, one, decision, reason="", **answers):
    address = reverse("collection:look-one", args=["numerique", asked.collecting.pk, one.pk])
    sent = {f"r:/data/{name}": value for name, value in answers.items()}
    return client.post(address, {"decision": decision, "reason": reason, **sent})


def everything(asked):
    rows = Submission.objects.filter(collecting=asked.collecting)
    return asked.kept(), sorted(AnswerSheet.objects.values_list("respondent", "answers")), sorted(
        rows.values_list("digest", "way", "receipt_sha256")
    )  # fmt: skip


def only():
    return Submission.objects.get()


def test_a_collection_without_anything_to_look_at_says_so(asked, client):
    asked.receive(1, heures=5)

    assert "Rien à regarder" in looked(client, asked)


def test_a_flagged_answer_is_listed_with_why_and_read_with_its_words(asked, client):
    asked.receive(1, **UNFIT, mot="perle", inconnue="x")

    page = looked(client, asked)
    assert "ne réponse ne convient pas à sa question" in page
    assert "ontient des réponses que le questionnaire ne connaît pas" in page
    one = looked(client, asked, only())
    assert ("Quel outil ?" in one, "Visioconférence" in one, "perle" in one, "999" in one) == (
        True,
    ) * 4
    assert re.findall(r'<td[^>]*>([^<]*) <span class="etq attn">(.+?)</span>', one) == [
        ("999", "Cette réponse ne convient pas.")
    ]
    dashboard = client.get(
        reverse("collection:collecting", args=["numerique", asked.collecting.pk])
    )
    assert reverse("collection:look", args=["numerique", asked.collecting.pk]) in str(
        dashboard.content
    )


def test_accepted_as_it_is_it_counts_and_is_to_look_at_no_more(asked, client):
    asked.receive(1, **UNFIT)
    before = everything(asked)

    assert decide(client, asked, only(), "telle-quelle").status_code == 302

    page = looked(client, asked)
    assert ("Rien à regarder" in page, "Acceptée telle quelle" in page) == (True, True)
    assert AnswerSheet.objects.get().answers["heures"] == "999"
    assert decide(client, asked, only(), "annuler").status_code == 302
    assert everything(asked) == before


def test_set_aside_it_leaves_the_answers_and_comes_back_when_undone(asked, client):
    asked.receive(1, **UNFIT)
    before, day = everything(asked), DayCount.objects.get().count

    assert decide(client, asked, only(), "ecartee").status_code == 422
    assert everything(asked) == before
    decide(client, asked, only(), "ecartee", "Feuille d’essai")

    assert (AnswerSheet.objects.count(), only().state) == (0, "ecartee")
    page = looked(client, asked)
    assert ("Feuille d’essai" in page, "lead" in page, "compte:" in page) == (True, True, False)
    assert asked.receive(1, **UNFIT).outcome is Outcome.ALREADY
    assert DayCount.objects.get().count == day
    decide(client, asked, only(), "annuler")
    assert everything(asked) == before


def test_corrected_by_hand_it_says_what_was_decided_and_what_came_is_kept(asked, client):
    asked.receive(1, **UNFIT, mot="mot", outils="visio papier")
    before = everything(asked)

    wrong = decide(client, asked, only(), "corrigee", "Un zéro de trop", heures="500")
    assert (wrong.status_code, everything(asked)) == (422, before)
    assert "500" in wrong.content.decode()
    decide(client, asked, only(), "corrigee", "Un zéro de trop", heures="9", outils="1 3", mot="")

    answers = {"outil": "visio", "outils": ["courriel", "papier"], "heures": "9"}
    assert AnswerSheet.objects.get().answers == answers
    content = bytes(only().content)
    assert (b"<heures>9</heures>" in content, b"999" in content) == (True, False)
    if asked.collecting.anonymous:
        assert (b"2026-11-22" in content, b"collect:" in content, b"uuid" in content) == (
            False,
        ) * 3
    assert asked.receive(1, **UNFIT, mot="mot", outils="visio papier").outcome is Outcome.ALREADY
    decide(client, asked, only(), "annuler")
    assert everything(asked) == before


def test_without_its_files_a_form_may_be_accepted_then_undone(asked, client):
    told = asked.receive(1, photo="a.jpg", mot="mot")
    before = everything(asked)
    assert "Des fichiers joints manquent" in looked(client, asked)

    decide(client, asked, only(), "telle-quelle")

    assert AnswerSheet.objects.get().answers["mot"] == "mot"
    later = asked.receive(1, photo="a.jpg", mot="mot", files=[("a.jpg", b"A")])
    assert (told.outcome, later.outcome) == (Outcome.AWAITING_FILES, Outcome.ALREADY)
    Submission.objects.get().attachments.update(sha256="", size=0, media_type="")
    decide(client, asked, only(), "annuler")
    assert everything(asked)[1:] == before[1:]
    assert only().state == "attendue"


def test_one_that_disputes_another_is_left_aside_and_changes_nothing(asked, client):
    asked.receive(1, heures=5)
    with pytest.raises(Refused):
        asked.receive(1, heures=6)
    apart = Submission.objects.get(state="double")

    assert "gardée à part" in looked(client, asked, apart)
    assert decide(client, asked, apart, "corrigee", "non", heures="7").status_code == 422
    decide(client, asked, apart, "telle-quelle")

    assert [one["heures"] for one in asked.answers()] == ["5"]
    assert "1 réponse à regarder" in looked(client, asked)


def test_a_decision_is_in_the_journal_and_of_which_answer_only_where_one_has_a_name(asked, client):
    asked.receive(1, **UNFIT)
    number = only().pk

    decide(client, asked, only(), "telle-quelle")
    decide(client, asked, only(), "annuler")

    for act in (ANSWER_SETTLED, ANSWER_UNSETTLED):
        entry = Entry.objects.get(act=act)
        named = {} if asked.collecting.anonymous else {"submission": number}
        how = {"how": "telle-quelle"} if act == ANSWER_SETTLED else {}
        assert entry.details.content == {"collecting": asked.collecting.pk, **named, **how}
        assert entry.actor == asked.world.lead.label


@pytest.mark.parametrize("sent", [{}, {"decision": "autre"}, {"decision": "annuler"}])
def test_no_decision_or_one_to_undo_that_is_not_there_is_said_in_words(asked, client, sent):
    asked.receive(1, **UNFIT)
    address = reverse("collection:look-one", args=["numerique", asked.collecting.pk, only().pk])

    assert client.post(address, sent).status_code == 422


def test_only_who_conducts_and_reads_answers_sees_them(asked, client):
    asked.receive(1, **UNFIT)
    address = reverse("collection:look-one", args=["numerique", asked.collecting.pk, only().pk])
    Assignment.objects.create(
        account=asked.world.stranger, study_id=asked.world.study.pk, role=Role.CODER, given_at=AT
    )

    for account in (asked.world.stranger, asked.world.coordinator, asked.world.facilitator):
        let_in(client, account)
        assert client.get(address).status_code == 403
        assert client.post(address, {"decision": "telle-quelle"}).status_code == 403
    assert Settlement.objects.count() == 0


def pages(asked, n, first=1, **answers):
    for number in range(first, first + n):
        asked.receive(number, way=Way.PAGE, **answers)


def flagged():
    return sum("pareilles" in one.flags for one in Submission.objects.all())


def test_answers_alike_of_one_day_are_flagged_never_removed(asked, client):
    pages(asked, 3, heures=5)
    pages(asked, 1, first=10, heures=6)

    assert flag_repeats(actor="site", at=AT) == 3
    assert (flagged(), AnswerSheet.objects.count()) == (3, 4)
    assert flag_repeats(actor="site", at=AT) == 0
    assert "Des réponses pareilles" in looked(client, asked)


def test_answers_alike_over_several_days_or_few_of_them_are_left_in_peace(asked):
    for day in range(4):
        pages(asked, 2, first=1 + 2 * day, heures=5)
        assert flag_repeats(actor="site", at=AT) == 0
    pages(asked, 3, first=20, heures=5)
    assert (flag_repeats(actor="site", at=AT), flagged()) == (3, 3)


def test_two_answers_with_the_same_sentence_are_flagged(asked):
    pages(asked, 2, mot="Nous manquons de temps pour tout")
    pages(asked, 2, first=5, mot="oui")

    assert (flag_repeats(actor="site", at=AT), flagged()) == (2, 2)


def test_what_is_kept_to_compare_days_is_digests_and_counts_in_no_order(asked):
    pages(asked, 2, heures=5)
    pages(asked, 1, first=5, heures=6)
    flag_repeats(actor="site", at=AT)

    kept = Collecting.objects.get(pk=asked.collecting.pk).alike
    assert (sorted(kept.values()), list(kept)) == ([1, 2], sorted(kept))
    assert all(len(key) == 24 for key in kept)


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_pages_of_answers_to_look_at_have_no_fault(browser, live_server, client):
    made = asked_of()
    let_in(client, made.world.lead)
    made.receive(1, **UNFIT, mot="Une phrase assez longue pour la page, à lire en entier")
    made.receive(2, **UNFIT, photo="a.jpg")
    first = Submission.objects.filter(state="complete").get()
    assert decide(client, made, first, "ecartee", "Essai").status_code == 302
    made.receive(3, **UNFIT, mot="À corriger")
    number = made.collecting.pk
    ones = [reverse("collection:look-one", args=["numerique", number, one.pk])
            for one in Submission.objects.order_by("state")]  # fmt: skip

    seen = [reverse("collection:look", args=["numerique", number]), *ones]
    assert (
        faults_of(browser, live_server.url, seen, cookies=cookies_of(client, live_server.url)) == []
    )
