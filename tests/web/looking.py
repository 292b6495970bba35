"""Looking at a page as somebody would: both widths, both themes, axe, the keyboard, the policy."""

import itertools
import os
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe

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

    ``where``: a folder for pictures, when somebody wants to look (``CROISEE_PICTURES``).
    """
    found = []
    folder = where or os.environ.get("CROISEE_PICTURES")
    for width, scheme in looks():
        found += _seen(browser, url, addresses, cookies, (width, scheme, folder))
        found += _by_axe(browser, url, addresses, cookies, (width, scheme))
    return found


def cookies_of(client, url):
    """Return the cookies of a test client, for a browser."""
    return [{"name": key, "value": one.value, "url": url} for key, one in client.cookies.items()]


def _seen(browser, url, addresses, cookies, how):
    width, scheme, folder = how
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    context.add_cookies(list(cookies))
    page, found = context.new_page(), []
    page.on("console", lambda message: found.append((width, scheme, "console", message.text)))
    for address in addresses:
        page.goto(f"{url}{address}")
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append((width, scheme, "too wide", address))
        if folder:
            name = address.strip("/").replace("/", "_") or "accueil"
            path = Path(folder) / f"{name}-{width}-{scheme}.png"
            page.screenshot(path=str(path), full_page=True)
    context.close()
    return found


def _by_axe(browser, url, addresses, cookies, how):
    width, scheme = how
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True
    )
    context.add_cookies(list(cookies))
    page, found = context.new_page(), []
    for address in addresses:
        page.goto(f"{url}{address}")
        found += [
            (width, scheme, violation["id"], address, violation["nodes"][0]["html"][:120])
            for violation in Axe().run(page).response["violations"]
        ]
    context.close()
    return found
