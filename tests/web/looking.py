"""Looking at a page as somebody would: both widths, both themes, axe, the keyboard, the policy."""

import itertools
import os
from pathlib import Path

from axe_playwright_python.base import AXE_SCRIPT as AXE

WIDTHS, SCHEMES = (1366, 360), ("light", "dark")


def looks():
    """Return the widths and themes to look at: each one once, or crossed when asked for.

    ``make test`` sees every page wide in the light and narrow in the dark; ``make proof``, with
    ``CROISEE_LOOKS=all``, and whoever wants pictures see the four.
    """
    if os.environ.get("CROISEE_LOOKS") == "all" or os.environ.get("CROISEE_PICTURES"):
        return list(itertools.product(WIDTHS, SCHEMES))
    return list(zip(WIDTHS, SCHEMES, strict=True))


def faults_of(browser, url, addresses, *, cookies=(), where=None):
    """Return what is wrong with pages: too wide, refused by the policy, or found by axe.

    A page is opened once, then turned: the width and the theme change under it as they do in a
    hand. ``where``: a folder for pictures, when somebody wants to look (``CROISEE_PICTURES``).
    """
    folder = where or os.environ.get("CROISEE_PICTURES")
    context = browser.new_context(viewport={"width": WIDTHS[0], "height": 900})
    context.add_cookies(list(cookies))
    page, found = context.new_page(), []
    page.on("console", lambda message: found.append(("console", page.url, message.text)))
    for address in addresses:
        page.goto(f"{url}{address}")
        page.evaluate(AXE)
        for width, scheme in looks():
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme)
            found += [(width, scheme, *fault, address) for fault in _faults(page)]
            if folder:
                name = address.strip("/").replace("/", "_") or "accueil"
                picture = Path(folder) / f"{name}-{width}-{scheme}.png"
                page.screenshot(path=str(picture), full_page=True)
    context.close()
    return found


def cookies_of(client, url):
    """Return the cookies of a test client, for a browser."""
    return [{"name": key, "value": one.value, "url": url} for key, one in client.cookies.items()]


def _faults(page):
    wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    violations = page.evaluate("axe.run({resultTypes: ['violations']}).then(r => r.violations)")
    return [
        *([("too wide",)] if wide else []),
        *((one["id"], one["nodes"][0]["html"][:120]) for one in violations),
    ]
