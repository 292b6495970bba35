"""The leaflet on paper and on a screen: one sheet, tagged, printed literally."""

import hashlib
import os
import re
import subprocess
import sys
from dataclasses import replace
from io import BytesIO

import pytest
from lxml import etree, html
from pypdf import PdfReader
from tests.library.report.sample_release import (
    draft_sample,
    interviews_only,
    release_of,
    sample_release,
    survey_only,
)
from tests.library.report.sample_study import STUDY
from tests.library.report.sample_tables import TABLES

from croisee.language import Label
from croisee.report.compose_leaflet import compose_leaflet
from croisee.report.leaflet_html import leaflet_html
from croisee.report.leaflet_page import Bar, Chart, LeafletPage, Note
from croisee.report.leaflet_pdf import SIZES, fit, leaflet_pdf
from croisee.report.leaflets import write_leaflets
from croisee.report.qr import public_address, qr_svg

HOSTILE = "#panic(x) *gras* _bas_ $x^2$ @ref <lab> \\ // /* `c` [b] <script>alert(1)</script> &amp;"
LONG = "Une phrase assez longue pour remplir une bonne partie de la ligne du feuillet. " * 4


def read(pdf: bytes) -> PdfReader:
    return PdfReader(BytesIO(pdf))


def words_of(pdf: bytes) -> str:
    return "".join("".join(page.extract_text() for page in read(pdf).pages).split())


def structure(node: object, found: list[dict[str, object]]) -> list[dict[str, object]]:
    """Every structure element of a tagged PDF."""
    node = node.get_object()
    if isinstance(node, list):
        for child in node:
            structure(child, found)
    elif isinstance(node, dict):
        if "/S" in node:
            found.append(node)
        if "/K" in node and not isinstance(node["/K"], int):
            structure(node["/K"], found)
    return found


def sample_pages() -> list[LeafletPage]:
    pages = [
        compose_leaflet(release, case.code, language)
        for release in (sample_release(), draft_sample(), survey_only(), interviews_only())
        for language in ("fr", "en")
        for case in release.study.cases
    ]
    return [fit(page) for page in pages if not page.empty]


def rich_page() -> LeafletPage:
    study = replace(STUDY, address="https://croisee.exemple.ca/numerique")
    return compose_leaflet(release_of(TABLES, study=study), "carrefours", "fr")


def test_every_leaflet_is_one_letter_page():
    for page in sample_pages():
        pages = read(leaflet_pdf(page, on=None)).pages

        assert len(pages) == 1
        assert (float(pages[0].mediabox.width), float(pages[0].mediabox.height)) == (612, 792)


def test_leaflet_pdf_is_tagged_and_speaks_for_its_drawings():
    page = fit(rich_page())

    pdf = read(leaflet_pdf(page, on=STUDY.diffusion.arrest_on))
    root = pdf.trailer["/Root"]
    found = structure(root["/StructTreeRoot"]["/K"], [])
    kinds = {str(element["/S"]) for element in found}
    alternatives = [str(element["/Alt"]) for element in found if "/Alt" in element]

    assert root["/MarkInfo"]["/Marked"]
    assert str(root["/Lang"]) == "fr-CA"
    assert pdf.metadata.title == "Faits saillants\xa0: Réseau des carrefours"
    assert {"/H1", "/H2", "/L", "/LI", "/Figure"} <= kinds
    assert len(alternatives) == 2
    assert any("Soutien sur place\xa0: 31" in text for text in alternatives)
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()


def test_leaflet_of_an_english_page_keeps_words_in_their_language():
    page = compose_leaflet(sample_release(), "carrefours", "en")

    markup = html.fromstring(leaflet_html(page))

    assert markup.get("lang") == "en-CA"
    assert [quote.get("lang") for quote in markup.iter("blockquote")] == ["fr-CA", "fr-CA"]


def test_same_release_gives_the_same_bytes_in_another_process(tmp_path):
    here, there = tmp_path / "here", tmp_path / "there"
    write_leaflets(sample_release(), here, "fr")
    program = (
        "import sys; from pathlib import Path; sys.path.insert(0, '.');"
        "from tests.library.report.sample_release import sample_release;"
        "from croisee.report.leaflets import write_leaflets;"
        f"write_leaflets(sample_release(), Path({str(there)!r}), 'fr')"
    )
    subprocess.run(
        [sys.executable, "-c", program],
        check=True,
        env=os.environ | {"PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo"},
    )

    def digests(folder):
        return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in folder.iterdir()}

    assert len(digests(here)) == 8
    assert digests(here) == digests(there)


def test_hostile_text_is_printed_and_never_run():
    evil = replace(
        rich_page(),
        title=HOSTILE,
        lead=HOSTILE,
        proposals=(Note(HOSTILE, HOSTILE),),
        minority=Note(HOSTILE, HOSTILE),
        sources=(HOSTILE,),
        network=HOSTILE,
    )
    bars = tuple(replace(bar, label=HOSTILE) for bar in evil.charts[0].bars)
    evil = replace(
        evil,
        charts=(replace(evil.charts[0], title=HOSTILE, alt=HOSTILE, bars=bars[:2]),),
        voices=(replace(evil.voices[0], text=HOSTILE, source=HOSTILE),),
        numbers=(replace(evil.numbers[0], value=HOSTILE[:20], caption=HOSTILE),),
    )

    printed = words_of(leaflet_pdf(fit(evil), on=None))
    markup = leaflet_html(evil)
    page = html.fromstring(markup)

    assert "".join(HOSTILE.split()) in printed
    assert page.xpath("//script") == []
    assert "".join(page.xpath("//h1")[0].text.split()) == "".join(HOSTILE.split())
    assert len(page.xpath("//b[contains(., '#panic')]")) == 3


def test_long_texts_shrink_then_the_last_proposal_goes_and_it_is_told():
    page = rich_page()
    heavy = replace(page, proposals=tuple(Note(f"Idée {n}.", LONG) for n in range(1, 10)))

    fitted = fit(heavy)

    assert len(read(leaflet_pdf(fitted, on=None)).pages) == 1
    assert fitted.proposals == heavy.proposals[: len(fitted.proposals)]
    assert 1 <= len(fitted.proposals) < 9
    assert len(fitted.left_out) == 9 - len(fitted.proposals)
    assert re.fullmatch(
        r"Feuillet carrefours : la page dépassait d’environ \d+ lignes ; la proposition "
        r"« Idée 9\. » n’y est pas\.",
        fitted.left_out[0].to("fr"),
    )


def test_medium_texts_shrink_and_lose_nothing():
    page = rich_page()
    ideas = tuple(Note("Idée.", LONG) for _ in "1234")
    fuller = replace(page, lead=LONG[:230], proposals=ideas)

    fitted = fit(fuller)

    assert replace(fitted, size=100) == fuller
    assert fitted.size in SIZES
    assert fitted.size < fit(page).size


@pytest.mark.parametrize("field", ["title", "lead"])
def test_any_length_ends_on_one_page(field):
    page = replace(rich_page(), **{field: "mot " * 3000})

    fitted = fit(page)

    assert len(read(leaflet_pdf(fitted, on=None)).pages) == 1
    assert fitted.left_out != ()


def test_draft_is_marked_on_paper_and_on_screen():
    page = fit(compose_leaflet(draft_sample(), "carrefours", "fr"))
    sealed = fit(compose_leaflet(sample_release(), "carrefours", "fr"))

    assert "Épreuve:ànepasdiffuser" in words_of(leaflet_pdf(page, on=None))
    assert 'class="epreuve"' in leaflet_html(page)
    assert "preuve:à" not in words_of(leaflet_pdf(sealed, on=None))
    assert 'class="epreuve"' not in leaflet_html(sealed)


def test_html_is_self_contained_and_well_formed():
    markup = leaflet_html(rich_page())
    page = html.fromstring(markup)

    assert page.xpath("//@style") == []
    assert page.xpath("//script | //link | //img | //iframe") == []
    assert [href for href in page.xpath("//a/@href") if "//" in href] == []
    assert re.findall(r"url\((?!#)", markup) == []
    assert page.xpath("count(//h1)") == 1
    assert len(markup.encode()) < 60_000
    etree.fromstring(qr_svg("https://exemple.ca", title='a "b" <c>'))


def test_longest_bar_leaves_its_number_room_and_a_code_never_breaks():
    charted = compose_leaflet(sample_release(), "carrefours", "fr")
    wide = Chart("T", (Bar("a", "au moins 19", 0.6, 0.4), Bar("b", "7", 0.2)), "", "", ("F-1",))
    pages = [html.fromstring(leaflet_html(replace(charted, charts=(c,))))
             for c in (charted.charts[0], wide)]  # fmt: skip

    longest = [max(sum(float(svg.get("width")[:-1]) for svg in cell.iter("svg"))
                   for cell in page.iter("td")) for page in pages]  # fmt: skip

    assert longest == pytest.approx([68.0, 92 - 5.0 * len("au moins 19")])
    assert set(pages[0].xpath("//*[@class='nc']/text()")) >= {"F-04", "V-44"}


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("circle", [False, True])
def test_every_code_leads_to_its_provenance_in_the_language_of_the_page(circle, language):
    page = replace(rich_page(), language=language, languages=("fr", "en"))

    shown = html.fromstring(leaflet_html(page, circle=circle))
    there = ("" if circle else "../") + ("provenance" if language == "fr" else "provenance.en")

    assert {*shown.xpath("//*[@class='codes']/a/@href | //figcaption/a/@href")} == {
        f"{there}.html#{code}" for code in ("F-04", "F-09", "F-10", "V-12", "V-44")
    }
    assert shown.xpath("//nav//a/@href")[0] == (
        ("index" if circle else "../rapport") + (".html" if language == "fr" else ".en.html")
    )


def test_files_are_named_by_network_and_language(tmp_path):
    write_leaflets(survey_only(), tmp_path / "a", "fr")
    write_leaflets(survey_only(), tmp_path / "b", "en")

    def names(folder):
        return sorted(path.name for path in (tmp_path / folder).iterdir())

    assert names("a")[:2] == ["carrefours.html", "carrefours.pdf"]
    assert names("b")[:2] == ["carrefours.en.html", "carrefours.en.pdf"]


def test_circle_gets_its_own_leaflet_alone(tmp_path):
    write_leaflets(sample_release(), tmp_path, "fr", audience="cercle:quartiers")

    assert sorted(p.name for p in tmp_path.iterdir()) == ["quartiers.html", "quartiers.pdf"]


def test_empty_parts_are_not_drawn():
    page = html.fromstring(leaflet_html(compose_leaflet(survey_only(), "carrefours", "fr")))

    assert page.xpath("//ol | //aside | //blockquote | //p[@class='chapeau']") == []
    assert [
        node.tag
        for node in page.iter()
        if node.tag in ("p", "li", "td") and not len(node) and not (node.text or "").strip()
    ] == []


@pytest.mark.parametrize("address", ["http://a b", "ftp://x", "recherche@exemple.ca", "", "//x"])
def test_address_that_is_not_one_gives_no_code(address):
    assert public_address(address) == ""


def test_label_of_a_study_in_english_is_used():
    table = replace(TABLES[9], title=Label("Besoins", "Needs here"))
    tables = tuple(table if t.key == table.key else t for t in TABLES)

    page = compose_leaflet(release_of(tables), "carrefours", "en")

    assert page.charts[0].title == "Needs here"
    assert page.title == "Someone who comes back beats one more course"


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1366])
def test_screen_page_passes_axe_and_prints_on_one_page(tmp_path, chromium_path, scheme, width):
    from axe_playwright_python.sync_playwright import Axe
    from playwright.sync_api import sync_playwright

    ideas = tuple(Note("Idée.", LONG) for _ in "123456789")
    full = fit(replace(rich_page(), lead=LONG[:230], proposals=ideas))
    pages = [full, fit(rich_page()), fit(compose_leaflet(survey_only(), "carrefours", "en"))]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path, args=["--no-sandbox"])
        for number, leaflet in enumerate(pages):
            path = tmp_path / f"{number}.html"
            path.write_text(leaflet_html(leaflet), encoding="utf-8")
            page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
            page.goto(path.as_uri())

            found = Axe().run(page).response["violations"]
            wide = page.evaluate("document.documentElement.scrollWidth")
            printed = page.pdf(prefer_css_page_size=True)

            assert [violation["id"] for violation in found] == []
            assert wide <= width
            assert len(read(printed).pages) == 1
        browser.close()
