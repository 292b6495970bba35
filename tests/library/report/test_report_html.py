"""HTML pages: self-contained, strict, readable without sight, in both themes, on a phone."""

import gzip
import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from lxml import html as lxml_html
from tests.library.report.sample_release import (
    bare,
    draft_sample,
    interviews_only,
    release_of,
    sample_release,
    survey_only,
)
from tests.library.report.sample_study import STUDY
from tests.library.report.sample_survey_tables import AIDE
from tests.library.report.sample_tables import TABLES

from croisee.language import Label
from croisee.report.compose_method import compose_method
from croisee.report.compose_provenance import compose_provenance
from croisee.report.compose_report import compose_report
from croisee.report.html import Surroundings, render_html
from croisee.report.on_screen import as_said, on_screen
from croisee.report.told import in_quotes

RELEASES = {
    "whole": sample_release,
    "draft": draft_sample,
    "survey": survey_only,
    "interviews": interviews_only,
    "bare": bare,
}
PAGES = {"rapport": compose_report, "methode": compose_method, "provenance": compose_provenance}


@pytest.fixture(scope="module")
def pages():
    """Every page of every sample, in French."""
    return {
        (release, page): render_html(compose(make(), "fr"))
        for release, make in RELEASES.items()
        for page, compose in PAGES.items()
    }


@pytest.fixture(params=RELEASES)
def release_name(request):
    return request.param


@pytest.fixture(params=PAGES)
def page(request, release_name, pages):
    return pages[release_name, request.param]


def test_page_has_nothing_a_strict_policy_refuses(page):
    tree = lxml_html.fromstring(page)
    refused = [
        f"{element.tag} {name}"
        for element in tree.iter()
        if isinstance(element.tag, str)
        for name in element.attrib
        if name == "style" or name.startswith("on")
    ]
    fetched = tree.xpath("//script | //link | //img | //iframe | //object | //*[@src]")

    assert (refused, fetched) == ([], [])
    assert not re.search(r"url\(|@import|javascript:", page)


def test_headings_are_in_order(page):
    levels = [int(h.tag[1]) for h in lxml_html.fromstring(page).xpath("//h1|//h2|//h3|//h4|//h5")]

    jumps = [(a, b) for a, b in pairwise(levels) if b > a + 1]
    assert (levels[0], levels.count(1), jumps) == (1, 1, [])


def test_identifiers_are_unique_and_inner_links_lead_somewhere(page):
    tree = lxml_html.fromstring(page)
    ids = tree.xpath("//@id")
    wanted = [href[1:] for href in tree.xpath("//a/@href") if href.startswith("#")]

    assert len(ids) == len(set(ids))
    assert [anchor for anchor in wanted if anchor not in ids] == []


def test_figure_has_drawings_alternative_table_and_source(pages):
    tree = lxml_html.fromstring(pages["whole", "rapport"])
    lame = [
        figure.get("id")
        for figure in tree.xpath("//figure[@class='carte']")
        if len(figure.xpath("./svg[@role='img'][string-length(@aria-label) > 10]")) != 2
        or not figure.xpath(".//details//table/caption")
        or figure.get("id") not in figure.xpath("string(./p[@class='pied-figure'])")
        or f"provenance.html#{figure.get('id')}" not in figure.xpath(".//a/@href")
    ]

    assert lame == []


def test_every_code_of_the_report_has_its_anchor_in_provenance(pages):
    report = lxml_html.fromstring(pages["whole", "rapport"])
    ids = set(lxml_html.fromstring(pages["whole", "provenance"]).xpath("//@id"))
    led = {href.split("#")[1] for href in report.xpath("//a/@href") if "provenance.html#" in href}

    assert led - ids == set()
    assert {"F-09", "V-44"} <= led


@pytest.mark.parametrize("name", PAGES)
def test_draft_is_seen_at_the_head_at_the_foot_and_on_paper(pages, name):
    draft, sealed = pages["draft", name], pages["whole", name]

    assert lxml_html.fromstring(draft).xpath("count(//aside[@class='epreuve'])") == 1
    assert len(re.findall("Épreuve\u00a0: à ne pas diffuser", draft)) == 2
    assert 'class="filigrane"' in draft
    assert "preuve\u00a0: à ne pas" not in sealed
    assert "filigrane" not in sealed.split("</style>")[1]


def test_hostile_texts_stay_texts():
    evil = '<script>alert(1)</script>" onload="x'
    study = replace(STUDY, title=Label(evil), contact=evil)
    table = replace(AIDE, title=Label(evil), source=Label(evil))
    release = release_of((table,), study=study, findings=())

    page = render_html(compose_report(release, "fr"))

    tree = lxml_html.fromstring(page)
    assert tree.xpath("//script | //*[@onload]") == []
    assert "alert(1)" in tree.xpath("string(//h1)")


def test_typography_is_french_in_french_and_english_in_english(pages):
    english = render_html(compose_report(sample_release(), "en"))

    assert 'lang="fr-CA"' in pages["whole", "rapport"]
    assert 'lang="en-CA"' in english
    assert "67\u00a0%" in pages["whole", "rapport"]
    assert "«\u00a0Je veux quelqu’un" in pages["whole", "rapport"]


def test_reports_hold_their_weight(pages):
    weights = {key: len(gzip.compress(page.encode())) for key, page in pages.items()}

    assert {key: weight for key, weight in weights.items() if weight > 150_000} == {}
    assert weights["whole", "methode"] < 10_000


def test_equal_releases_give_equal_pages(pages):
    again = render_html(compose_report(release_of(TABLES), "fr"))

    assert again == pages["whole", "rapport"]


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 1366])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(tmp_path: Path, chromium_path, pages, name, scheme, width):
    from axe_playwright_python.sync_playwright import Axe
    from playwright.sync_api import sync_playwright

    path = tmp_path / f"{name}.html"
    path.write_text(pages["draft", name], encoding="utf-8")

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium_path, args=["--no-sandbox"])
        window = browser.new_page(
            viewport={"width": width, "height": 900},
            color_scheme=scheme,
            java_script_enabled=True,
        )
        window.goto(path.as_uri())
        window.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        found = [
            (violation["id"], [node["html"][:120] for node in violation["nodes"]][:3])
            for violation in Axe().run(window).response["violations"]
        ]
        overflow = window.evaluate("document.documentElement.scrollWidth")
        browser.close()

    assert (found, overflow) == ([], width)


def test_page_in_another_language_leads_to_its_own_neighbours():
    around = Surroundings(provenance="provenance.en.html", suffix=".en", home="index.en.html")

    tree = lxml_html.fromstring(render_html(compose_report(sample_release(), "en"), around))

    hrefs = set(tree.xpath("//a/@href"))
    assert {"provenance.en.html#F-09", "figures/F-09.en.csv", "index.en.html"} <= hrefs


@pytest.mark.parametrize(
    ("text", "language", "shown"),
    [
        ("1er besoin, 2e rang", "fr", "1<sup>er</sup> besoin, 2<sup>e</sup> rang"),
        ("2e edition", "en", "2e edition"),
        ("c12e, 12e-9 et 3,2e", "fr", "c12e, 12e-9 et 3,2e"),
        ("voir F-07 et <V-12>", "fr",
         'voir <span class="nc">F-07</span> et &lt;<span class="nc">V-12</span>&gt;'),
    ],
)  # fmt: skip
def test_ordinals_are_raised_and_codes_stay_whole(text, language, shown):
    assert on_screen(text, language) == shown


def test_a_short_form_in_a_quote_is_seen_as_typed_and_heard_in_full():
    said = lxml_html.fragment_fromstring(
        as_said(in_quotes("Les élu∙e∙s (oui) partent ?", "fr"), "fr"), create_parent="p"
    )

    hidden = [one.text for one in said.xpath(".//*[@aria-hidden='true']")]
    full = [one.text for one in said.xpath(".//*[@class='vh']")]
    shown = "".join(said.xpath(".//text()[not(parent::*[@class='vh'])]"))
    assert (hidden, full) == (["élu∙e∙s"], ["élues et élus"])
    assert shown == "«\u00a0Les élu∙e∙s (oui) partent\u202f?\u00a0»"
