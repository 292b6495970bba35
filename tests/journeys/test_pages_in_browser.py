"""Every page a run writes, opened in a browser: axe, widths, keyboard, nothing fetched."""

import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from lxml import html

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("journey")]

PAGES = [
    "diffusion/index.html",
    "diffusion/rapport.html",
    "diffusion/methode.html",
    "diffusion/methode.en.html",
    "diffusion/provenance.html",
    "diffusion/feuillets/carrefours.html",
    "diffusion/feuillets/tables-famille.en.html",
    "cercles/quartiers/index.html",
    "cercles/quartiers/provenance.html",
    "cercles/quartiers/quartiers.html",
    "equipe/verification.html",
    "equipe/relectures/candidats.html",
    "equipe/relectures/candidats/0001.html",
]
LONG = {"diffusion/rapport.html", "diffusion/provenance.html"}
"""Read by axe wide in both themes; the others are read wide and narrow in both."""
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
WIDE, NARROW = 1366, 360


@pytest.fixture(scope="module")
def browser(chromium_path):
    from tests.browsing import watched

    with watched(chromium_path, args=["--no-sandbox"]) as launched:
        yield launched


@pytest.fixture(params=["light", "dark"])
def window(request, browser):
    """A window in one theme, and what its pages asked for beyond themselves."""
    context = browser.new_context(
        viewport={"width": WIDE, "height": 900}, color_scheme=request.param
    )
    page = context.new_page()
    page.asked = []
    page.theme = request.param
    page.on("request", lambda sent: page.asked.append(sent.url))
    yield page
    context.close()


def opened(window, path: Path, width: int) -> None:
    window.set_viewport_size({"width": width, "height": 900})
    window.goto(path.as_uri())
    window.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")


def violations(window) -> list[tuple[str, list[str]]]:
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(window, options=RULES).response["violations"]
    return [(one["id"], [node["html"][:160] for node in one["nodes"]][:3]) for one in found]


@pytest.mark.parametrize("name", PAGES)
def test_page_is_open_to_everyone(journey, window, name):
    path = journey.draft / name

    opened(window, path, NARROW)
    overflow = window.evaluate("document.documentElement.scrollWidth") - NARROW
    found = [] if name in LONG else violations(window)
    opened(window, path, WIDE)
    found += violations(window)

    assert (overflow, found) == (0, [])
    assert {url.partition("#")[0] for url in window.asked} == {path.as_uri()}


def test_axe_is_seen_to_find(window):
    """The control: a page with a pale text and a picture without words."""
    window.set_content(
        "<html><title>t</title><body><p style='color:#ccc;background:#fff'>pâle</p>"
        "<img src='data:image/gif;base64,R0lGODlhAQABAAAAACw='>"
        "<nav aria-label='Un'>1</nav><nav aria-label='Un'>2</nav></body></html>"
    )

    assert {"color-contrast", "image-alt", "html-has-lang", "landmark-unique"} <= {
        rule for rule, _ in violations(window)
    }


def pages_of(results: Path) -> list[Path]:
    return sorted(results.rglob("*.html"))


def test_no_page_holds_a_script_or_fetches_anything(journey):
    """Whatever could act or fetch; links are followed by people, they fetch nothing."""
    active = re.compile(
        r"<script|<iframe|<object|<embed|<link[^>]+stylesheet|\son[a-z]+\s*=|javascript:|@import"
        r"|url\(\s*['\"]?(?!data:|#)|<(?:img|source|image)[^>]+(?:src|href)\s*=\s*['\"](?!data:|#)",
        re.IGNORECASE,
    )
    written = pages_of(journey.draft)

    guilty = [
        (page.relative_to(journey.draft).as_posix(), found.group())
        for page in written
        for found in [active.search(page.read_text(encoding="utf-8"))]
        if found
    ]

    assert len(written) > 20
    assert active.search('<img alt="" src="https://exemple.ca/point.gif">')
    assert guilty == []


@pytest.mark.parametrize("name", ["rapport.html", "methode.en.html", "provenance.html"])
def test_first_key_leads_to_the_content(journey, browser, name):
    page = browser.new_page()
    page.goto((journey.draft / "diffusion" / name).as_uri())

    page.keyboard.press("Tab")
    seen = page.evaluate("document.activeElement.getBoundingClientRect().top >= 0")
    page.keyboard.press("Enter")
    target = page.evaluate("decodeURIComponent(location.hash)")
    page.keyboard.press("Tab")
    inside = page.evaluate("document.querySelector('main').contains(document.activeElement)")
    page.close()

    assert (seen, inside) == (True, True)
    assert target.startswith("#")


def test_every_link_inside_the_results_leads_somewhere(journey):
    trees = {page: html.fromstring(page.read_bytes()) for page in pages_of(journey.draft)}
    anchors = {page: set(tree.xpath("//@id")) for page, tree in trees.items()}
    followed, broken = 0, []
    for page, tree in trees.items():
        for href in tree.xpath("//a/@href"):
            if re.match(r"[a-z]+:", href):
                continue
            followed += 1
            file, _, anchor = href.partition("#")
            target = (page.parent / unquote(file)).resolve() if file else page
            known = anchors.get(target)
            if not target.exists() or (anchor and known is not None and anchor not in known):
                broken.append((page.relative_to(journey.draft).as_posix(), href))

    assert followed > 500
    assert broken == []
