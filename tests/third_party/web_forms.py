"""Clients other people wrote, brought by npm for the tests: ODK Web Forms and its engine.

Nothing of them is kept here. ``npm ci`` lays the versions of ``package-lock.json`` in ``build``
the first time; where there is no npm, or nothing to bring them from, the tests say so and skip.
"""

from __future__ import annotations

import fcntl
import hashlib
import mimetypes
import shutil
import subprocess
from contextlib import contextmanager
from pathlib import Path

import pytest

HERE = Path(__file__).parent
BUILD = HERE.parent.parent / "build" / "third_party"
LISTS = ("package.json", "package-lock.json")
BROUGHT_IN = 300
"""Seconds given to npm."""
FOLDER = "/clients-des-autres/"
"""Where a page finds the packages: an address that no page of ours has."""


def packages():
    """Return the folder of the packages, brought once; skip the test where they cannot be."""
    wanted = hashlib.sha256(b"".join((HERE / name).read_bytes() for name in LISTS)).hexdigest()
    BUILD.mkdir(parents=True, exist_ok=True)
    with (BUILD / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        brought = BUILD / "brought"
        if not brought.is_file() or brought.read_text() != wanted:
            _bring()
            brought.write_text(wanted)
    return BUILD / "node_modules"


def _bring():
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("no npm on this machine: other people's clients cannot be brought")
    for name in LISTS:
        shutil.copy(HERE / name, BUILD / name)
    try:
        subprocess.run(
            [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"],
            cwd=BUILD, check=True, timeout=BROUGHT_IN, stdin=subprocess.DEVNULL,
        )  # fmt: skip
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as cause:
        pytest.skip(f"npm could not bring other people's clients: {cause}")


@contextmanager
def page_of(browser, url, name, *, at=None, language="fr"):
    """Open ``name``.html of this folder as a page of the site at ``url``, packages beside it.

    The clock stands still at ``at`` (aware), in UTC. What the page complains of is in
    ``page.complaints``.
    """
    root = packages()
    context = browser.new_context(locale=f"{language}-CA", timezone_id="UTC")
    page = context.new_page()
    page.complaints = []
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    if at is not None:
        page.clock.set_fixed_time(at)

    def give(route, request):
        asked = request.url.partition(FOLDER)[2]
        path = HERE / asked if asked == f"{name}.html" else (root / asked).resolve()
        known = path.is_file() and path.is_relative_to(root if path.parent != HERE else HERE)
        if not known:
            route.fulfill(status=404, body="")
            return
        route.fulfill(path=path, content_type=mimetypes.guess_type(path)[0] or "text/plain")

    page.route(f"{url}{FOLDER}**", give)
    try:
        page.goto(f"{url}{FOLDER}{name}.html")
        page.wait_for_function("window.ready")
        yield page
    finally:
        context.close()
