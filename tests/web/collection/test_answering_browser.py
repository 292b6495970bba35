"""The pages of somebody who answers, looked at: widths, themes, weight, sentences, keyboard."""

import gzip
import html
import re

import pytest
from django.test import Client
from tests.web.collection.answering_world import EVERY_KIND, answering, book, choices, row
from tests.web.looking import faults_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _places(settings, tmp_path):
    settings.KEYS_ROOT, settings.FILES_ROOT = tmp_path / "cles", tmp_path / "fichiers"


def addresses(world, pages):
    """Return each page that somebody who answers may meet."""
    steps = [f"{world.own}{number}/" for number in range(1, pages + 1)]
    return [world.own, world.open, *steps, f"{world.own}plus-tard/", f"{world.own}droits/",
            "/retrait/", "/p/inconnu/"]  # fmt: skip


def pass_all(client, world):
    """Go past every page, so that the last one shows the answers."""
    client.post(world.own)
    for _ in range(60):
        answer = client.get(f"{world.own}verifier/")
        if answer.status_code == 200:
            return answer
        page = html.unescape(
            re.search(r'name="page" value="([^"]*)"', client.get(answer.url).content.decode())[1]
        )
        client.post(answer.url, {"page": page, "bouton": "passer"})
    raise AssertionError("the end is never reached")


def test_pages_look_right_in_both_languages_widths_and_themes(browser, live_server, client):
    world = answering(EVERY_KIND, consent=True)
    pass_all(client, world)
    unknown = "/p/inconnu/"  # its 404 is told by the browser's console
    met = [one for one in addresses(world, 20) if one != unknown]
    seen = [*met, f"{world.own}verifier/", f"/en{world.own}1/", f"/en{world.own}"]

    assert faults_of(browser, live_server.url, seen) == []


@pytest.mark.parametrize("stripped", [False, True])
def test_pages_hold_at_320_pixels_and_without_what_old_browsers_lack(
    browser, live_server, client, stripped
):
    world = answering(EVERY_KIND, consent=True)
    pass_all(client, world)
    context = browser.new_context(viewport={"width": 320, "height": 640}, device_scale_factor=2)
    page, found = context.new_page(), []

    for address in [*addresses(world, 20), f"{world.own}verifier/"]:
        page.goto(f"{live_server.url}{address}")
        if stripped:
            page.evaluate(STRIP)
        found += [(address, one) for one in page.evaluate(CROWDED)]

    assert found == []


STRIP = """() => { for (const sheet of document.styleSheets) {
  for (let at = sheet.cssRules.length - 1; at >= 0; at--)
    if (/:has\\(|@layer|@container|grid|&/.test(sheet.cssRules[at].cssText)) sheet.deleteRule(at);
} }"""
CROWDED = """() => {
  const found = [];
  if (document.documentElement.scrollWidth > innerWidth) found.push("too wide");
  const met = "a,button,label.o,input.i,select,textarea,h1,summary";
  const boxes = [...document.querySelectorAll(met)]
    .filter((one) => one.offsetParent !== null)
    .map((one) => [one, one.getBoundingClientRect()]);
  for (const [one, a] of boxes) for (const [other, b] of boxes)
    if (one !== other && !one.contains(other) && !other.contains(one)
        && a.left < b.right - 1 && b.left < a.right - 1
        && a.top < b.bottom - 1 && b.top < a.bottom - 1)
      found.push(one.textContent.slice(0, 20) + " / " + other.textContent.slice(0, 20));
  return found;
}"""


def test_the_control_of_crowding_sees_what_overlaps(browser):
    page = browser.new_page()
    page.set_content('<a style="position:absolute">Un mot</a><a style="position:absolute">Deux</a>')

    assert page.evaluate(CROWDED) != []


TWELVE = book(
    [
        row("select_one avis", f"q{number}", f"Que pensez-vous de l’outil numéro {number} ?",
            f"What do you think of tool number {number}?")
        for number in range(1, 13)
    ],
    choices("avis", *((f"c{n}", f"Une réponse possible, la {n}", f"A possible answer, {n}")
                      for n in range(1, 6))),
)  # fmt: skip
ONE_PAGE, WHOLE = 10_000, 30_000


def weight(answer):
    """Return what an answer weighs, compressed."""
    return len(gzip.compress(answer.content, 9))


def test_a_survey_of_twelve_questions_weighs_little(client):
    world = answering(TWELVE, consent=True)
    weights = [weight(client.get(world.own))]
    weights += [weight(client.get(f"{world.own}{number}/")) for number in range(1, 13)]
    weights.append(weight(pass_all(client, world)))

    assert max(weights) <= ONE_PAGE
    assert sum(weights) <= WHOLE, sum(weights)


MOST_WORDS = 15


def sentences(page):
    """Return the sentences of a page: each ends with its sign, or with its own box."""
    text = re.sub(r"<(style|script|select).*?</\1>|<head.*?</head>", "", page, flags=re.DOTALL)
    text = re.sub(
        r"</?(p|h1|h2|label|dt|dd|dl|div|li|button|a|legend|br|summary)\b[^>]*>", "\n", text
    )
    plain = html.unescape(re.sub(r"<[^>]+>", " ", text))
    return [one.strip() for one in re.split(r"[.?!:;\n]+", plain) if one.strip()]


@pytest.mark.parametrize("tongue", ["", "/en"])
def test_sentences_of_participants_are_short(tongue):
    client, world = Client(), answering(EVERY_KIND)
    pass_all(client, world)
    own = f"{tongue}{world.own}"
    seen = (*addresses(world, 20), f"{world.own}verifier/")
    pages = [client.get(f"{tongue}{address}") for address in seen]
    pages.append(client.post(f"{own}1/", {"page": "/data/accord"}))
    pages.append(client.post(f"{tongue}/retrait/", {"code": "x"}))
    last = client.get(f"{own}verifier/").content.decode()
    receipt = re.search(r'name="recu" value="([^"]+)"', last)[1]
    pages.append(client.post(f"{own}verifier/", {"recu": receipt}))
    pages += [client.get(own), client.post(f"{own}effacer/")]

    said = [one for page in pages for one in sentences(page.content.decode())]

    assert [one for one in said if len(one.split()) > MOST_WORDS] == []
    assert len(said) > 200


def test_the_whole_survey_is_answered_with_the_keyboard_alone(browser, live_server):
    world = answering(TWELVE)
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{live_server.url}{world.own}")
    _press(page, "Commencer")

    for number in range(1, 13):
        page.get_by_role("heading", name=re.compile(f"Que pensez-vous.* {number}\\b")).wait_for()
        _reach(page, page.get_by_role("radio").first)
        page.keyboard.press("Space")
        page.keyboard.press("ArrowDown")
        assert page.get_by_role("radiogroup").get_by_role("radio").nth(1).is_checked(), number
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
    page.get_by_role("heading", name="Vérifiez vos réponses").wait_for()
    _press(page, "Envoyer mes réponses")

    page.get_by_role("heading", name="Merci. Vos réponses sont reçues.").wait_for()


def _press(page, name):
    _reach(page, page.get_by_role("button", name=name))
    page.keyboard.press("Enter")


def _reach(page, wanted):
    """Press Tab until something has the focus; nothing else brings it there."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if wanted.evaluate("one => one === document.activeElement"):
            return
    raise AssertionError(f"never reached: {wanted}")
