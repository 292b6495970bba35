"""Somebody without a mouse: Tab, Enter, Space, arrows and letters, and what each stop shows."""

from playwright.sync_api import TimeoutError as NotInTime
from tests.journeys.tongues import plain
from tests.journeys.walking import LONG, Walker

OVER = "Aller au contenu"
MOST, SMALLEST = 700, 24
"""Tabs before giving up; the least side of a target in pixels (WCAG 2.2, 2.5.8)."""

STOP = """least => {
  const one = document.activeElement;
  if (!one || one === document.body || one === document.documentElement) return null;
  const box = one.getBoundingClientRect(), style = getComputedStyle(one);
  const label = one.labels && one.labels.length ? one.labels[0].innerText : '';
  const within = one.parentElement.closest('p,li,td,th,dd,blockquote,figcaption');
  const sentence = one.tagName === 'A' && within &&
    within.innerText.trim() !== one.innerText.trim() && style.display === 'inline';
  const all = [...document.querySelectorAll('*')];
  return {
    name: one.getAttribute('aria-label') || label || one.innerText || one.value || '',
    place: all.indexOf(one), tag: one.tagName, positive: one.tabIndex > 0,
    seen: box.width > 0 && box.bottom > 0 && box.top < innerHeight &&
      box.right > 0 && box.left < innerWidth,
    shown: (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2) ||
      style.boxShadow !== 'none',
    small: !sentence && Math.min(box.width, box.height) < least,
    size: [Math.round(box.width), Math.round(box.height)],
  };
}"""


class Keys(Walker):
    """One person at her keyboard; ``faults`` is what a stop did not show."""

    def __init__(self, *given, **named):
        super().__init__(*given, **named)
        self.faults, self.toured = [], set()

    def _fault(self, what, stop):
        told = (self.page.url.split("/", 3)[3], what, plain(stop["name"])[:60], stop["size"])
        if told not in self.faults:
            self.faults.append(told)

    def tab(self, key="Tab"):
        """Go to the next stop, and look at it."""
        self.page.keyboard.press(key)
        stop = self._stop()
        if stop is not None:
            for fault in ("positive", "small"):
                if stop[fault]:
                    self._fault(fault, stop)
            for needed in ("seen", "shown"):
                if not stop[needed]:
                    self._fault(f"not {needed}", stop)
        return stop

    def _stop(self):
        """Return where the focus is: in the page, or in the document that it shows."""
        stop = self.page.evaluate(STOP, SMALLEST)
        if stop is not None and stop["tag"] == "IFRAME":
            frame = self.page.query_selector("iframe").content_frame()
            inside = frame.evaluate(STOP, SMALLEST)
            if inside is not None:
                return {**inside, "place": stop["place"] + inside["place"] / 1e6}
        return stop

    def tour(self):
        """Go once through a page, each stop after the last one, and come out of it at the end."""
        before = -1
        for _ in range(MOST):
            stop = self.tab()
            if stop is None or (before >= 0 and plain(stop["name"]) == self.words(OVER)):
                return
            if stop["place"] <= before:
                self._fault("out of order", stop)
            before = stop["place"]
        raise AssertionError(f"a trap: {self.page.url}, {stop}")

    def skip(self):
        """Use the link over the menu: the first stop of every page of the site."""
        stop = self.tab()
        assert plain(stop["name"]) == self.words(OVER), stop
        assert stop["seen"], stop
        self.page.keyboard.press("Enter")
        assert self.page.evaluate("document.activeElement.id") == "contenu"

    def go_to(self, french, *, named=""):
        """Press Tab until what bears these words has the focus."""
        wanted, met = named or self.words(french), []
        for _ in range(MOST):
            stop = self.tab()
            name = "" if stop is None else plain(stop["name"])
            if name == wanted or name.startswith(f"{wanted} ("):
                return
            met.append(name)
        raise AssertionError(f"never reached by Tab: {wanted!r}, {self.page.url}, {met[:60]}")

    def enter(self, french, *, named="", key="Enter"):
        """Reach a link or a button, press it, and look at the page that comes."""
        self.go_to(french, named=named)
        with self.page.expect_navigation():
            self.page.keyboard.press(key)
        self.look()

    def look(self):
        """Look at a page; the first time, go through all of it by Tab."""
        super().look()
        address = self.page.url.split("#")[0]
        if address not in self.toured and f"{self.page.title()}" not in self.toured:
            self.toured |= {address, self.page.title()}
            if self.page.evaluate("document.activeElement === document.body"):
                self.tour()
                self.page.evaluate("document.activeElement.blur()")

    def key_in(self, french, text):
        """Reach a field and type; in a list, the letters choose."""
        self.go_to(french)
        self.page.keyboard.type(text)

    def tick_by_space(self, french):
        self.go_to(french)
        self.page.keyboard.press("Space")

    def give_file(self, french, path):
        """Reach a file field, open its window with Space, choose.

        A machine that is very busy may let the press go by; a person would press again.
        """
        self.go_to(french)
        for last in (False, False, True):
            try:
                with self.page.expect_file_chooser() as window:
                    self.page.keyboard.press("Space")
                break
            except NotInTime:
                if last:
                    raise
        window.value.set_files(str(path))

    def wait_for(self, french, **values):
        self.reads(french, soon=LONG, **values)
        self.look()
