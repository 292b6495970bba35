"""Somebody at a browser: clicks what is seen, by its words, and looks at every page passed."""

import os
import re
from pathlib import Path

from playwright.sync_api import expect
from tests.journeys.tongues import foreign, in_tongue, plain

SOON, LONG = 20_000, 240_000
"""How long a page, and a computation, are waited for (ms)."""
TALLEST = 2400
"""Of a picture, in pixels: a report is far longer."""
DEVICE = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
    "hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip


class Walker:
    """One person, her window, her language; ``complaints`` is what her pages did wrong.

    Every name given to a method is the site's French sentence; it is sought in her language.
    """

    def __init__(self, browser, language, *, name, width=1366, scripts=True):
        self.language, self.name = language, name
        context = browser.new_context(
            viewport={"width": width, "height": 768},
            locale=f"{language}-CA",
            accept_downloads=True,
            java_script_enabled=scripts,
        )
        context.set_default_timeout(SOON)
        self.page = context.new_page()
        self.complaints, self.seen = [], {}
        self.page.on("console", lambda said: self._complain(said.type, said.text))
        self.page.on("pageerror", lambda error: self._complain("error", str(error)))
        self.pictures = os.environ.get("CROISEE_PICTURES")

    def _complain(self, kind, text):
        # A refusal that the walk asks for is told by the browser too.
        if kind in {"error", "warning"} and "the server responded with a status of 4" not in text:
            self.complaints.append((self.page.url, text))

    def words(self, french, **values):
        return plain(in_tongue(french, self.language, **values))

    def key_holder(self):
        """Give her a device that keeps passkeys."""
        device = self.page.context.new_cdp_session(self.page)
        device.send("WebAuthn.enable")
        device.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
        return self

    def arrive(self, address):
        """Open an address that a mail, a paper or a terminal gave."""
        answer = self.page.goto(address)
        self.look()
        return answer.status

    def status_of(self, address):
        """Return how the site answers an address that she only guesses."""
        return self.page.context.request.get(address).status

    def led_to(self, address):
        """Return the page where an address that she only guesses leads her."""
        found = self.page.context.request.get(address).url
        return re.sub(r"^https?://[^/]+(/en)?|\?.*$", "", found)

    def look(self):
        """Keep what this page did wrong: words of the other language, a page too wide."""
        self.page.wait_for_load_state()
        address = re.sub(r"https?://[^/]+", "", self.page.url)
        if address in self.seen and not self.pictures:
            return
        for frame in self.page.frames:
            if not frame.evaluate("document.documentElement.lang").startswith(self.language):
                self.complaints.append((address, "a page in another language"))
            for text in foreign(frame, self.language):
                self.complaints.append((address, f"not in her language: {text}"))
        if self.page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            self.complaints.append((address, "too wide"))
        self.seen[address] = self.page.title()
        if self.pictures:
            self._draw(address)

    def _draw(self, address):
        number = len(self.seen)
        name = re.sub(r"[^\w-]+", "_", address.strip("/"))[-60:]
        for width in (1366, 360):
            for scheme in ("light", "dark"):
                self.page.set_viewport_size({"width": width, "height": 768})
                self.page.emulate_media(color_scheme=scheme)
                path = Path(self.pictures) / f"{self.name}-{number:02}-{name}-{width}-{scheme}.png"
                tall = self.page.evaluate("document.documentElement.scrollHeight")
                seen = {"x": 0, "y": 0, "width": width, "height": min(tall, TALLEST)}
                self.page.screenshot(path=str(path), full_page=True, clip=seen)
        self.page.set_viewport_size({"width": 1366, "height": 768})
        self.page.emulate_media(color_scheme="light")

    def _then(self, found):
        with self.page.expect_navigation():
            found.click()
        self.look()

    def link(self, french, within=None, *, exact=True):
        place = self.page if within is None else within
        return place.get_by_role("link", name=self.words(french), exact=exact)

    def follow(self, french, within=None):
        self._then(self.link(french, within).first)

    def follow_named(self, name, within=None):
        """Click a link that bears what a study or a person is called, not a word of the site."""
        place = self.page if within is None else within
        self._then(place.get_by_role("link", name=name, exact=True).first)

    def menu(self, french):
        """Click a page of the study's menu."""
        self.follow(french, self.page.get_by_role("navigation", name=self.words("Étude")))

    def press(self, french, within=None):
        place = self.page if within is None else within
        name = self.words(french)
        self._then(place.get_by_role("button", name=name, exact=True).first)

    def press_saying(self, french, **values):
        """Click a button whose words say a number."""
        self._then(self.page.get_by_role("button", name=self.words(french, **values), exact=True))

    def press_one_of(self, french):
        """Click the first of several buttons that begin alike and end with what they are of."""
        self._then(self.page.get_by_role("button", name=self.words(french)).first)

    def press_several(self, one, many, count):
        """Click a button whose words say how many."""
        name = plain(in_tongue(one, self.language, many=many, count=count, n=count))
        self._then(self.page.get_by_role("button", name=name, exact=True))

    def field(self, french):
        """Find a field by its label, whatever it says after it (« facultatif »)."""
        pattern = re.compile(rf"^{re.escape(self.words(french))}( \(.*\))?$")
        return self.page.get_by_label(pattern).first

    def write(self, french, text):
        self.field(french).fill(text)

    def choose(self, french, option):
        self.field(french).select_option(label=option)

    def tick(self, french):
        self.field(french).check()

    def give(self, french, path):
        self.field(french).set_input_files(str(path))

    def reads(self, french, *, soon=SOON, **values):
        """Wait until the page says a sentence of the site."""
        self.reads_text(self.words(french, **values), soon=soon)

    def reads_text(self, text, *, soon=SOON):
        expect(self.page.locator("main")).to_contain_text(text, timeout=soon)

    def reads_no_more(self, french, *, soon=LONG):
        """Wait until the page no longer says a sentence of the site."""
        words = self.words(french)
        expect(self.page.locator("main")).not_to_contain_text(words, timeout=soon)

    @property
    def document(self):
        """The report or the leaflet that the page shows within it."""
        return self.page.frame_locator("iframe.document")

    def document_text(self):
        return plain(self.document.locator("body").inner_text())

    def text(self):
        return plain(self.page.locator("main").inner_text())

    def file_behind(self, french):
        """Keep the file of a link as « save as » would; it may also say which report it is of."""
        address = self.link(french, exact=False).first.evaluate("link => link.href")
        return self.page.context.request.get(address).body()
