"""Answers kept on a telephone: the network cut, the tab killed, the clock gone on by a day."""

import gzip
import os
import re
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import Error as PlaywrightError
from tests.web.collection.answering_world import answering
from tests.web.collection.test_answering_browser import ONE_PAGE, TWELVE, WHOLE, pass_all, weight

from croisee_web.collection.models import AnswerSheet, Draft, Submission

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
STATIC = Path("src/croisee_web/collection/static/collection")
KILLS = 50 if os.environ.get("CROISEE_PROOF") else 20


@pytest.fixture(autouse=True)
def _places(settings, tmp_path):
    settings.KEYS_ROOT, settings.FILES_ROOT = tmp_path / "cles", tmp_path / "fichiers"


CONTROLLED = """() => new Promise((done, fail) => {
  const look = () => navigator.serviceWorker.controller ? done() : setTimeout(look, 50);
  setTimeout(() => fail(new Error('no worker holds this page after 30 s')), 30000);
  look();
})"""
"""Not ``wait_for_function``: it evaluates a text, which the policy of these pages refuses."""


class Phone:
    """A telephone with a browser of its own, whose network comes and goes."""

    def __init__(self, browser, url, door):
        self.context = browser.new_context(viewport={"width": 360, "height": 740})
        self.url, self.door = url, door
        self.page = self.context.new_page()

    def open(self, address=""):
        self.page.goto(f"{self.url}{address or self.door}")

    def begin(self):
        self.open()
        self.page.get_by_role("button", name="Commencer").click()
        self.page.locator("html[data-garde]").wait_for(state="attached")
        self.page.evaluate(CONTROLLED)

    def cut(self):
        self.context.set_offline(True)

    def back(self):
        self.context.set_offline(False)

    def kill(self):
        """Kill the tab as the system would, and open the same address in another one."""
        address = self.page.url
        with suppress(PlaywrightError):  # the tab that would answer is dead
            self.page.goto("chrome://crash")
        self.page.close()
        self.page = self.context.new_page()
        self.page.goto(address)

    def heading(self, words):
        self.page.get_by_role("heading", name=words).wait_for(timeout=60_000)

    def choose(self, words, press="Continuer"):
        self.page.get_by_text(words, exact=True).click()
        self.press(press)

    def write(self, words):
        self.page.locator("main input.i, main textarea").fill(words)
        self.press("Continuer")

    def press(self, words):
        self.page.get_by_role("button", name=words).click()

    def state(self, words):
        self.page.locator("#etat", has_text=words).wait_for()


def flash_to_the_end(phone):
    phone.choose("Une personne payée de l’extérieur")
    phone.heading("Qu’est-ce qui vous manque le plus")
    phone.choose("Du temps")
    phone.heading("Combien de personnes")
    phone.write("4")
    phone.heading("Quel outil vous aide")
    phone.write("Le téléphone")
    phone.heading("Autre chose")
    phone.press("Passer cette question")
    phone.heading("Vérifiez vos réponses")


ANSWERED = {
    "aide": "payee", "manque": ["temps"], "personnes": "4", "outil": "Le téléphone",
}  # fmt: skip


def test_with_a_network_the_script_changes_nothing_of_the_journey(browser, live_server):
    phone = Phone(browser, live_server.url, answering().own)
    phone.begin()

    flash_to_the_end(phone)
    phone.press("Envoyer mes réponses")
    phone.heading("Merci. Vos réponses sont reçues.")

    assert [one.answers for one in AnswerSheet.objects.all()] == [ANSWERED]


@pytest.mark.parametrize("door", ["own", "open"])
def test_answers_written_without_network_leave_when_it_comes_back(browser, live_server, door):
    world = answering(cases=("carrefours",))
    phone = Phone(browser, live_server.url, getattr(world, door))
    phone.begin()
    phone.cut()

    flash_to_the_end(phone)
    phone.state("Gardé dans ce téléphone.")
    assert "Du temps" in phone.page.inner_text("main")
    phone.press("Envoyer mes réponses")
    phone.state("Gardé dans ce téléphone.")
    assert Submission.objects.count() == 0
    phone.back()
    phone.heading("Merci. Vos réponses sont reçues.")

    assert [one.answers for one in AnswerSheet.objects.all()] == [ANSWERED]
    assert re.search(r"[0-9A-Z]{4}(-[0-9A-Z]{4}){3}", phone.page.inner_text("main"))
    assert left_on(phone) == []


LEFT = """async () => {
  const late = new Promise(
    (_, fail) => setTimeout(() => fail(new Error('unread after 30 s')), 30000));
  return Promise.race([late, read()]);
  async function read() {
  const found = [...Object.values(localStorage), ...Object.values(sessionStorage)];
  for (const { name } of await indexedDB.databases()) {
    const base = await new Promise((done) => {
      const asking = indexedDB.open(name); asking.onsuccess = () => done(asking.result); });
    for (const store of base.objectStoreNames) {
      const rows = await new Promise((done) => {
        const asking = base.transaction(store).objectStore(store).getAll();
        asking.onsuccess = () => done(asking.result); });
      found.push(...rows.map((row) => new TextDecoder("latin1").decode(row)));
    }
  }
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      const text = await (await cache.match(request)).text();
      if (!/\\.js$/.test(request.url)) found.push(`cache ${request.url} ${text}`);
    }
  }
  return found.filter((one) => !/^cache .*\\/hors-ligne\\/ /.test(one));
  }
}"""


def left_on(phone):
    """Return what could be read on the telephone, beside the page that is the same for all."""
    return phone.page.evaluate(LEFT)


def test_what_waits_on_the_telephone_is_sealed_and_the_address_is_written_nowhere(
    browser, live_server
):
    world = answering()
    phone = Phone(browser, live_server.url, world.own)
    phone.begin()
    phone.cut()
    phone.choose("Une personne payée de l’extérieur")
    phone.heading("Qu’est-ce qui vous manque le plus")

    kept = left_on(phone)

    assert len(kept) == 1, "something waits: the test could see it"
    for word in ("payee", "aide", world.token, "personne"):
        assert word not in kept[0]
    cached = phone.page.evaluate(
        "caches.open('croisee').then((one) => one.keys()).then((all) => all.map((one) => one.url))"
    )
    assert world.token not in " ".join(cached)


def test_a_page_that_opened_before_its_worker_is_held_all_the_same(browser, live_server):
    """A page that loads while the worker begins is not its own: it was left without it for good."""
    phone = Phone(browser, live_server.url, answering().own)
    phone.begin()
    network = phone.context.new_cdp_session(phone.page)
    network.send("Network.enable")
    network.send("Network.setBypassServiceWorker", {"bypass": True})

    phone.page.reload()

    phone.page.evaluate(CONTROLLED)


def test_everything_goes_from_the_telephone_in_one_tap(browser, live_server):
    phone = Phone(browser, live_server.url, answering().own)
    phone.begin()
    phone.cut()
    phone.choose("Une personne payée de l’extérieur")
    phone.press("Tout effacer de ce téléphone")
    phone.heading("Tout est effacé de ce téléphone")

    assert left_on(phone) == []


@pytest.mark.proof
def test_a_tab_killed_again_and_again_loses_and_doubles_nothing(browser, live_server):
    phone = Phone(browser, live_server.url, answering(TWELVE).own)
    phone.begin()
    phone.cut()

    for turn in range(KILLS):
        number = turn % 12 + 1
        phone.heading(f"Que pensez-vous de l’outil numéro {number}")
        phone.choose(f"Une réponse possible, la {turn % 5 + 1}")
        phone.heading(f"numéro {number + 1}" if number < 12 else "Vérifiez vos réponses")
        phone.kill()
        if number == 12:
            phone.open(f"{phone.door}1/")
    expected = {f"q{turn % 12 + 1}": f"c{turn % 5 + 1}" for turn in range(KILLS)}
    phone.open(f"{phone.door}verifier/")
    phone.press("Envoyer mes réponses")
    # « Gardé » already stood there; what tells that the sending is kept is the button that goes.
    phone.page.get_by_role("button", name="Envoyer mes réponses").wait_for(state="detached")
    phone.state("Gardé dans ce téléphone.")
    phone.kill()
    phone.back()
    phone.heading("Merci. Vos réponses sont reçues.")

    assert [one.answers for one in AnswerSheet.objects.all()] == [expected]
    assert (Submission.objects.count(), Draft.objects.count()) == (1, 0)


def test_a_day_later_the_answers_are_still_there(browser, live_server):
    phone = Phone(browser, live_server.url, answering().own)
    phone.begin()
    phone.cut()
    phone.choose("Une personne payée de l’extérieur")
    phone.heading("Qu’est-ce qui vous manque le plus")
    phone.page.close()

    phone.page = phone.context.new_page()
    phone.page.clock.install()
    phone.open()
    phone.page.clock.fast_forward("24:00:00")
    phone.page.reload()
    phone.heading("Qu’est-ce qui vous manque le plus")
    phone.open(f"{phone.door}1/")
    phone.heading("Qui vous aide")
    assert phone.page.get_by_label("Une personne payée de l’extérieur").is_checked()


def test_an_answer_lost_on_its_way_back_is_sent_again_and_counts_once(browser, live_server):
    phone = Phone(browser, live_server.url, answering().own)
    phone.begin()
    flash_to_the_end(phone)
    lost = []

    def lose(route):
        route.fetch()
        lost.append(route.request.url)
        route.abort()

    phone.page.route("**/verifier/", lose, times=1)
    with phone.page.expect_event("requestfailed"):  # what is kept was said kept before, too
        phone.press("Envoyer mes réponses")
    phone.state("Gardé dans ce téléphone.")
    assert (len(lost), Submission.objects.count()) == (1, 1)
    phone.page.evaluate("dispatchEvent(new Event('online'))")
    phone.heading("Merci. Vos réponses sont reçues.")

    assert Submission.objects.count() == 1


def test_the_whole_of_it_weighs_little_with_its_script_and_worker(client):
    world = answering(TWELVE, consent=True)
    first = weight(client.get(world.own))
    client.post(world.own)
    begun = weight(client.get(f"{world.own}1/"))
    asked_by_script = {"headers": {"Croisee-Page": "1"}}
    steps = [
        weight(client.get(f"{world.own}{number}/", **asked_by_script)) for number in range(2, 13)
    ]
    bundle = client.get(f"{world.own}hors-ligne/")
    assert len(bundle.json()["pages"]) == 12
    pass_all(client, world)
    last = weight(client.get(f"{world.own}verifier/", **asked_by_script))
    script = len(gzip.compress((STATIC / "hors-ligne.js").read_bytes(), 9))
    others = [weight(client.get(address)) for address in ("/hors-ligne/", "/hors-ligne.js")]

    assert first + script <= ONE_PAGE
    whole = first + begun + sum(steps) + weight(bundle) + last + script + sum(others)
    assert whole <= WHOLE, whole


def test_an_empty_answer_without_network_is_heard_as_to_be_seen_again(browser, live_server):
    phone = Phone(browser, live_server.url, answering(cases=("carrefours",)).own)
    phone.begin()
    phone.cut()
    phone.press("Continuer")
    said = phone.page.get_by_role("alert").locator("p").inner_text()
    radios = phone.page.get_by_role("radiogroup")

    assert radios.get_attribute("aria-invalid") == "true"
    named = radios.get_attribute("aria-describedby").split()[0]
    assert phone.page.locator(f"[id='{named}']").inner_text() == said
    phone.choose("Une personne payée de l’extérieur")
    phone.heading("Qu’est-ce qui vous manque le plus")
    assert phone.page.locator("[aria-invalid]").count() == 0
