"""The pages of results and exchange, in a real browser."""

from dataclasses import replace

import pytest
from tests.web.entrance import let_in
from tests.web.exchange.conftest import AT
from tests.web.looking import cookies_of, faults_of
from tests.web.report.test_report_computing import computed

from croisee.disclosure import load_release
from croisee_web.analysis.queries import results_of
from croisee_web.disclosure.models import Amendment
from croisee_web.disclosure.vocabulary import AmendmentAct
from croisee_web.exchange.models import Upload
from croisee_web.report.models import Finding
from croisee_web.report.queries.described import text_of
from croisee_web.report.rules import proposal_of
from croisee_web.report.usecases import (
    Wish,
    change_finding,
    propose_amendment,
    publish_sealed,
    seal_results,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_pages_of_results_have_no_fault(small, admin, browser, live_server, client):
    study = f"/etudes/{small.slug}/"
    refused = Upload.objects.create(
        account=admin,
        sha256="0" * 64,
        state="refused",
        sent_at=AT,
        problems=[
            {
                "severity": "refus",
                "file": "cadre.csv",
                "row": 4,
                "column": "organisme",
                "message": ["« x » n’est pas un code.", "“x” is not a code."],
                "remedy": ["Corrigez la cellule.", "Correct the cell."],
            }
        ],
    )
    cookies = cookies_of(let_in(client, admin), live_server.url)
    empty = [f"{study}resultats/", "/importer/", f"/importer/{refused.pk}/", f"{study}exporter/"]
    assert faults_of(browser, live_server.url, empty, cookies=cookies) == []

    seal_results(study_id=small.pk, actor=admin, at=AT, progress=lambda step: None)
    run = computed(small, admin)
    publish_sealed(study_id=small.pk, actor=admin, at=AT)
    case = next(iter(Finding.objects.filter(study=small).first().cases))
    pages = [
        f"{study}resultats/",
        f"{study}sceller/",
        f"{study}reseaux/",
        f"{study}reseaux/{case}/",
        f"/x/{run.release_code}-F-01",
        f"/en{study}resultats/",
        "/resultats/",
    ]
    assert faults_of(browser, live_server.url, pages, cookies=cookies) == []


def test_pages_of_findings_and_after_the_seal_have_no_fault(
    sealed, admin, browser, live_server, client
):
    study = f"/etudes/{sealed.slug}/"
    let_in(client, admin)
    finding = Finding.objects.get(study=sealed, code="C-01")
    change_finding(
        study_id=sealed.pk, finding_id=finding.pk, version=1, actor=admin, at=AT,
        text=replace(text_of(finding), title_fr="Le matériel est là, l’aide manque encore"),
    )  # fmt: skip
    publish_sealed(study_id=sealed.pk, actor=admin, at=AT)
    table = load_release(results_of(study_id=sealed.pk).folder / "equipe" / "release.json").tables
    ready = propose_amendment(
        study_id=sealed.pk, actor=admin, at=AT,
        wish=Wish(AmendmentAct.REMOVE, (table[0].key, "C-02"), "Vu en comité, puis regretté."),
    )  # fmt: skip
    added = proposal_of([(table[0], table[0]), (None, table[1])])
    refused, tried = (
        Amendment.objects.create(
            study=sealed, release_code="2024a", act=act, state=state, reason="Vu en comité.",
            decided_by="Ada", asked_at=AT, decided_at=AT, done_at=AT, codes=["F-01"], **told,
        )
        for act, state, told in (
            ("reedite", "refused", {"message": {"fr": "Trop peu.", "en": "Too few."}}),
            ("corrige", "done", {"proposal": added}),
        )
    )  # fmt: skip
    run = results_of(study_id=sealed.pk).number
    case = sealed.cases.order_by("position").first().code
    pages = [
        f"{study}constats/",
        f"{study}constats/nouveau/",
        f"{study}constats/{finding.pk}/",
        f"{study}constats/{finding.pk}/modifier/",
        f"{study}constats/{finding.pk}/versions/2/",
        f"{study}constats/{Finding.objects.get(code='C-02').pk}/retirer/",
        f"{study}apres-le-sceau/",
        *(f"{study}apres-le-sceau/{act}/" for act in ("retirer", "corriger", "ajouter")),
        *(f"{study}apres-le-sceau/changements/{one.pk}/" for one in (ready, refused, tried)),
        f"{study}resultats/",
        f"{study}resultats/{run}/lire/diffusion/rapport.html",
        f"{study}reseaux/{case}/",
        f"{study}reseaux/{case}/document/{case}.html",
        f"{study}diffuser/",
        "/resultats/",
        f"/en{study}apres-le-sceau/changements/{ready.pk}/",
        f"/en{study}constats/{finding.pk}/",
    ]
    cookies = cookies_of(client, live_server.url)
    assert faults_of(browser, live_server.url, pages, cookies=cookies) == [
        ("console", f"{live_server.url}{study}diffuser/", ONLY_A_BUTTON)
    ]


ONLY_A_BUTTON = (
    "Failed to load resource: the server responded with a status of 405 (Method Not Allowed)"
)
"""What a browser says of the address of a button that somebody opens: it is shown as a page."""


def test_a_document_is_read_in_the_menu_of_its_study_by_the_keyboard(
    sealed, admin, browser, live_server, client
):
    """The frame is filled, its links work inside it, and the way back is a link."""
    let_in(client, admin)
    context = browser.new_context()
    context.add_cookies(cookies_of(client, live_server.url))
    page = context.new_page()
    page.goto(f"{live_server.url}/etudes/{sealed.slug}/resultats/")
    page.get_by_role("link", name="Rapport à l’écran").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/lire/diffusion/rapport*.html")
    assert page.get_by_role("navigation", name="Étude").count() == 1
    frame = page.frame_locator("iframe.document")
    frame.get_by_role("heading", level=1).first.wait_for()
    assert frame.get_by_role("heading", level=1).first.inner_text() != ""
    page.get_by_role("link", name="Ouvrir ce document seul").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/1/diffusion/rapport*.html")
    page.go_back()
    page.get_by_role("main").get_by_role("link", name="Résultats").click()
    page.wait_for_url("**/resultats/")
    context.close()


def test_a_table_is_removed_by_the_keyboard_alone(sealed, admin, browser, live_server, client):
    let_in(client, admin)
    context = browser.new_context()
    context.add_cookies(cookies_of(client, live_server.url))
    page = context.new_page()
    page.goto(f"{live_server.url}/etudes/{sealed.slug}/apres-le-sceau/retirer/")
    page.locator("summary", has_text="Constats").focus()
    page.keyboard.press("Enter")
    page.get_by_label("C-02").focus()
    page.keyboard.press("Space")
    page.get_by_label("Pourquoi").focus()
    page.keyboard.type("Vu en comité.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/changements/*/")
    page.get_by_label("Je sais que ce changement ne se défait pas").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_text("en attente").first.wait_for()
    context.close()

    assert Amendment.objects.get().state == "decided"
