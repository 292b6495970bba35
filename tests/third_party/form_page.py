"""Somebody at ODK Web Forms: reads each question that appears, and answers it."""

from __future__ import annotations

from playwright.sync_api import expect

TEXT = "Du temps, et l’été « ensemble »."
KIND = """box => {
  const asked = box.querySelector("input, textarea");
  if (box.querySelector(".rank-control")) return "rank";
  if (!asked) return "note";
  if (asked.getAttribute("role") === "spinbutton") return "number";
  return ["radio", "checkbox"].includes(asked.type) ? asked.type : "text";
}"""


class FormPage:
    """One form open in Web Forms. ``said`` has what was answered: (question, value)."""

    def __init__(self, page, server: str) -> None:
        self.page = page
        page.evaluate("server => start(server)", server)
        page.locator(".question-container").first.wait_for()
        self.said: list[tuple[str, str]] = []

    def read_in(self, language: str) -> None:
        """Choose a language of the form by its name."""
        self.page.get_by_role("combobox").first.click()
        self.page.get_by_role("option", name=language).click()

    def answer_all(self, numbers: dict[str, str]) -> None:
        """Answer each question, those that appear on the way included.

        The first choice of each list, « 2 » or what ``numbers`` says, the last item first.
        """
        met: set[str] = set()
        while True:
            boxes = self.page.locator(".question-container")
            names = [box.get_attribute("id") for box in boxes.all()]
            new = next((name for name in names if name not in met), None)
            if new is None:
                return
            met.add(new)
            self._answer(self.page.locator(f'[id="{new}"]'), numbers)

    def _answer(self, box, numbers: dict[str, str]) -> None:
        kind = box.evaluate(KIND)
        if kind == "note":
            return
        label = box.locator(".control-text label").first.inner_text().strip("* \n")
        self.said.append((label, getattr(self, f"_{kind}")(box, numbers.get(label, ""))))

    def _radio(self, box, _given: str) -> str:
        box.locator("label.value-option").first.click()
        return str(box.locator("input:checked").get_attribute("value"))

    def _checkbox(self, box, _given: str) -> str:
        return self._radio(box, "")

    def _number(self, box, given: str) -> str:
        field = box.locator("input").first
        field.press_sequentially(given or "2")  # it reads keys, not what is pasted
        field.blur()
        return given or "2"

    def _text(self, box, _given: str) -> str:
        field = box.locator("input, textarea").first
        field.fill(TEXT)
        field.blur()
        return TEXT

    def _rank(self, box, _given: str) -> str:
        box.get_by_role("button", name="Rank items").click()
        items = box.locator(".rank-option")
        for place in range(items.count() - 1, 0, -1):
            items.nth(place).locator("button").first.click()
        return " ".join(str(one.get_attribute("id")) for one in items.all())

    def send(self) -> dict[str, object]:
        """Press « Send »; return what the server answered: ``status`` and ``body``."""
        self.page.get_by_role("button", name="Send").click()
        shown = self.page.locator(".validation-message:visible")
        expect(shown).to_have_count(0)
        self.page.wait_for_function("window.sent", timeout=20_000)
        return dict(self.page.evaluate("window.sent"))

    def send_again(self) -> dict[str, object]:
        """Send the same filled form once more, as a client does that heard nothing."""
        return dict(self.page.evaluate("window.again()"))
