from datetime import timedelta

import pytest
from django.test import Client
from tests.web.entrance import let_in
from tests.web.looking import cookies_of, faults_of
from tests.web.upkeep.conftest import AT

from croisee_web.access.vocabulary import ROLE_GIVEN
from croisee_web.jobs.models import Job
from croisee_web.jobs.usecases import ask, fail, finish, renew, take_next
from croisee_web.journal.usecases import record
from croisee_web.kit.errors import UseCaseError
from croisee_web.upkeep.queries import PAGE, journal_page
from croisee_web.upkeep.rules import ENTRY_LASTS, write_entry_link


def _page(account, address, language=""):
    return let_in(Client(), account).get(f"{language}{address}")


def test_journal_of_a_study_names_who_did_what(site):
    page = _page(site.lead, "/etudes/numerique/journal/").content.decode()

    assert ("Lea" in page, "a donné un rôle" in page, "personne P-07" in page) == (True,) * 3
    assert "La console du serveur" not in page
    assert "person P-07" in _page(site.lead, "/etudes/numerique/journal/", "/en").content.decode()


def test_journal_says_roles_in_words(site):
    told = {"actor": site.lead.label, "at": AT, "study_id": site.study.pk}
    record(act=ROLE_GIVEN, **told, role="coordinator")

    french = _page(site.lead, "/etudes/numerique/journal/").content.decode()
    english = _page(site.lead, "/etudes/numerique/journal/", "/en").content.decode()

    assert "rôle Coordination d’un réseau" in french
    assert "role Coordination of a network" in english


def test_journal_of_a_study_is_for_those_who_may_read_it(site):
    assert _page(site.coder, "/etudes/numerique/journal/").status_code == 403
    assert _page(site.coder, "/etudes/numerique/journal.csv").status_code == 403
    assert _page(site.administrator, "/etudes/numerique/journal/").status_code == 404


def test_journal_of_the_site_shows_acts_without_their_details(site):
    page = _page(site.administrator, "/admin-croisee/journal/").content.decode()
    table = b"".join(_page(site.administrator, "/admin-croisee/journal.csv")).decode()

    assert ("La console du serveur" in page, "Lea" in page, "P-07" in page) == (True, True, False)
    assert "P-07" not in table
    assert _page(site.lead, "/admin-croisee/journal/").status_code == 404


def test_journal_is_filtered_by_person_and_act_and_read_page_by_page(site):
    for _turn in range(PAGE):
        record(act=ROLE_GIVEN, actor=site.coder.label, at=AT, study_id=site.study.pk)
    mine = journal_page(viewer=site.lead, study_id=site.study.pk, actor=site.lead.label)
    first = journal_page(viewer=site.lead, study_id=site.study.pk)
    rest = journal_page(viewer=site.lead, study_id=site.study.pk, before=first.older)

    assert [line.who for line in mine.lines] == ["Lea"]
    assert (len(first.lines), len(rest.lines), rest.older) == (PAGE, 1, None)
    assert journal_page(viewer=site.lead, study_id=site.study.pk, act="x.y.z").lines == ()


@pytest.mark.parametrize("wrong", ["abc", "-1", "9" * 30, "²", ""])
def test_journal_page_number_that_is_none_shows_the_first_page(site, wrong):
    assert _page(site.lead, f"/etudes/numerique/journal/?avant={wrong}").status_code == 200


def test_journal_makes_as_many_queries_for_three_acts_as_for_one(site, django_assert_num_queries):
    for number in (1, 3):
        with django_assert_num_queries(5):
            journal_page(viewer=site.lead, study_id=site.study.pk)
        for _turn in range(number):
            record(act=ROLE_GIVEN, actor=site.coder.label, at=AT, study_id=site.study.pk)


def test_journal_table_holds_no_live_formula(site):
    site.lead.name = "=1+1"
    site.lead.save()

    table = b"".join(_page(site.lead, "/etudes/numerique/journal.csv")).decode()

    assert ";'=1+1;" in table
    assert ";=1+1" not in table


def test_job_is_shown_to_whoever_asked_for_it(site):
    job = ask(job="jobs.forget", actor=site.lead.label, at=AT)
    address = f"/travaux/{job.pk}/"

    page = _page(site.lead, address)
    assert (page.status_code, page.headers["Refresh"]) == (200, "4")
    assert _page(site.coder, address).status_code == 404
    assert _page(site.lead, "/travaux/999999/").status_code == 404


def test_job_done_leads_to_its_result_and_reloads_no_more(site):
    job = ask(job="jobs.forget", actor=site.lead.label, at=AT) and take_next(actor="w", at=AT)
    renew(job=job, actor="w", at=AT, leads_to="/etudes/numerique/")
    finish(job=job, actor="w", at=AT)

    page = _page(site.lead, f"/travaux/{job.pk}/")

    assert "Refresh" not in page.headers
    assert 'href="/etudes/numerique/">Voir le résultat' in page.content.decode()


def test_job_that_stopped_says_why_and_is_asked_again(site):
    job = ask(job="jobs.forget", actor=site.lead.label, at=AT) and take_next(actor="w", at=AT)
    fail(job=job, actor="w", at=AT, cause=UseCaseError("Il manque le registre."))
    client = let_in(Client(), site.lead)

    assert "Il manque le registre." in client.get(f"/travaux/{job.pk}/").content.decode()
    client.post(f"/travaux/{job.pk}/relancer/")

    assert Job.objects.get(pk=job.pk).state == "waiting"


def test_entry_link_signs_in_once(site, settings):
    from django.utils import timezone

    token = write_entry_link(site.lead.pk, timezone.now())
    kept = (settings.HOME / "entree.json").read_text()
    client = Client()

    assert token not in kept
    assert client.get("/entrer/guessed/").status_code == 404
    assert client.get(f"/entrer/{token}/").url == "/etudes/"
    assert client.get("/etudes/").status_code == 200
    assert Client().get(f"/entrer/{token}/").status_code == 404


def test_entry_link_too_old_leads_nowhere(site):
    from django.utils import timezone

    token = write_entry_link(site.lead.pk, timezone.now() - ENTRY_LASTS - timedelta(seconds=1))

    assert Client().get(f"/entrer/{token}/").status_code == 404


def test_health_page_says_one_word(site):
    answer = Client().get("/sante/")

    assert (answer.status_code, answer.content, answer["Cache-Control"][:9]) == (
        200,
        b"ok\n",
        "max-age=0",
    )


@pytest.mark.browser
def test_pages_of_upkeep_have_no_fault(site, live_server, browser):
    waiting = ask(job="jobs.forget", actor=site.lead.label, at=AT)
    renewed = take_next(actor="w", at=AT)
    renew(job=renewed, actor="w", at=AT, step={"fr": "Calcul", "en": "Work"}, done=2, of=5)
    cookies = cookies_of(let_in(Client(), site.lead), live_server.url)
    found = faults_of(
        browser,
        live_server.url,
        ["/etudes/numerique/journal/", f"/travaux/{waiting.pk}/", "/en/etudes/numerique/journal/"],
        cookies=cookies,
    )
    administrator = cookies_of(let_in(Client(), site.administrator), live_server.url)

    assert found == []
    assert (
        faults_of(browser, live_server.url, ["/admin-croisee/journal/"], cookies=administrator)
        == []
    )
