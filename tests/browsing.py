"""A real Chromium that watches every page it opens: what a policy refused fails the test."""

from contextlib import contextmanager

from playwright.sync_api import sync_playwright

TELL = """document.addEventListener("securitypolicyviolation", (event) => {
    console.error("refused by the policy: " + event.violatedDirective + " " + event.blockedURI
        + " on " + document.location.pathname);
});"""
SIGNS = ("Content Security Policy", "Content-Security-Policy", "refused by the policy")


@contextmanager
def watched(chromium_path, **options):
    """Give a Chromium; whatever a page's policy refused is told when it closes.

    Contexts with ``bypass_csp`` (axe needs it) are left out: nothing is refused there.

    Raises:
        AssertionError: something was refused, on any page of any context.
    """
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path, **options)
        refused = []
        _watch(browser, refused)
        yield browser
        browser.close()
    assert refused == [], refused


def _watch(browser, refused):
    opened = browser.new_context

    def new_context(**options):
        context = opened(**options)
        if not options.get("bypass_csp"):
            context.add_init_script(TELL)
            context.on("console", lambda message: _note(message.text, refused))
        return context

    def new_page(**options):
        return new_context(**options).new_page()

    browser.new_context, browser.new_page = new_context, new_page


def _note(text, refused):
    if any(sign in text for sign in SIGNS):
        refused.append(text)
