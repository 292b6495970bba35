"""The pages in a real browser: style sheet loaded, policy obeyed, nothing for axe to say."""

import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from tests.library.report.sample_release import release_of, sample_release

from croisee.report import write_report
from croisee_web.report.usecases import publish_results

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
CANVAS = {"light": "rgb(255, 255, 255)", "dark": "rgb(22, 24, 28)"}
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def published(results_of, tmp_path):
    """Publish what the renderers write, not a stand-in: its styles meet the site's policy."""
    folder = results_of()
    shutil.rmtree(folder / "diffusion")
    write_report(_sealed(), folder)
    return publish_results(folder=folder, actor="Ada", at=AT)


def _sealed():
    return release_of(sample_release().tables, code="2026a", sealed_on=date(2026, 11, 15))


@pytest.mark.parametrize("width", [1366, 360])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_is_styled_fits_and_breaks_no_policy(
    live_server, published, browser, width, scheme
):
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page, complaints = context.new_page(), []
    page.on("console", lambda message: complaints.append(message.text))
    wide = []
    for address in ("/", "/en/", f"/rapports/{published.slug}/rapport.html"):
        page.goto(f"{live_server.url}{address}")
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wide.append(address)

    page.goto(live_server.url)
    canvas = page.evaluate("getComputedStyle(document.body).backgroundColor")

    assert (canvas, wide, complaints) == (CANVAS[scheme], [], [])


def test_a_published_page_keeps_its_own_style(live_server, published, browser):
    page = browser.new_page()
    page.goto(f"{live_server.url}/rapports/{published.slug}/rapport.html")

    sheets = page.evaluate("[...document.styleSheets].map(sheet => sheet.cssRules.length > 0)")

    assert sheets == [True]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_the_sites_own_pages(live_server, published, browser, scheme):
    context = browser.new_context(color_scheme=scheme, bypass_csp=True)
    page, found = context.new_page(), []
    for address in ("/", "/en/", "/nulle-part"):
        page.goto(f"{live_server.url}{address}")
        found += [violation["id"] for violation in Axe().run(page).response["violations"]]

    assert found == []


def test_axe_is_able_to_find_something(browser):
    page = browser.new_page()
    page.set_content("<html><title>x</title><img src=x><p>y")

    assert Axe().run(page).response["violations"] != []


def test_every_link_of_the_site_and_of_a_report_leads_somewhere(live_server, published, browser):
    page, seen, lost = browser.new_page(), set(), []
    to_see = [f"{live_server.url}/"]
    while to_see:
        address = to_see.pop().partition("#")[0]
        if address in seen or not address.startswith(live_server.url):
            continue
        seen.add(address)
        answer = page.request.get(address)
        if answer.status != 200:
            lost.append(address)
        elif "html" in answer.headers["content-type"]:
            page.goto(address)
            to_see += page.evaluate(
                "[...document.querySelectorAll('a[href],img[src]')].map(x => x.href || x.src)"
            )

    assert (lost, Path(published.slug).name != "", len(seen) > 10) == ([], True, True)
