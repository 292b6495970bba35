"""What looks at pages sees: a policy's refusal, a page too wide, what axe finds, in each look."""

import http.server
import threading

import pytest
from tests.browsing import watched
from tests.web.looking import faults_of, looks

FAULTS = """<!doctype html><html lang="fr"><title>t</title><meta charset="utf-8">
<style>@media (max-width: 400px) { div { width: 900px } }
@media (prefers-color-scheme: dark) { p { color: #777; background: #666 } }</style>
<main><h1>Titre</h1><div>Large</div><p>Pâle</p></main>"""
"""Too wide for a telephone only; too pale in the dark only."""


class _Page(http.server.BaseHTTPRequestHandler):
    """A page whose policy lets no style run; one has a style."""

    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Security-Policy", "default-src 'none'")
        self.end_headers()
        style = "<style>p{color:red}</style>" if "faulty" in self.path else ""
        self.wfile.write(f"<!doctype html><title>t</title>{style}<p>mot</p>".encode())

    def log_message(self, *_given):
        """Say nothing."""


@pytest.fixture
def address():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Page)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def _look(chromium_path, address):
    with watched(chromium_path) as browser:
        page = browser.new_page()
        page.goto(address)
        page.wait_for_timeout(200)


@pytest.mark.browser
def test_page_that_breaks_its_own_policy_fails_the_test(chromium_path, address):
    _look(chromium_path, f"{address}/sound")

    with pytest.raises(AssertionError, match="style-src"):
        _look(chromium_path, f"{address}/faulty")


@pytest.mark.browser
def test_each_look_at_a_page_finds_its_own_faults(browser, tmp_path):
    (tmp_path / "page.html").write_text(FAULTS, encoding="utf-8")
    (tmp_path / "sound.html").write_text(FAULTS.replace("@media", "@media print and"), "utf-8")

    found = faults_of(browser, tmp_path.as_uri(), ["/page.html", "/sound.html"])

    narrow = {(width, scheme, "too wide") for width, scheme in looks() if width == 360}
    dark = {(width, scheme, "color-contrast") for width, scheme in looks() if scheme == "dark"}
    assert {one[:3] for one in found} == narrow | dark
    assert {one[-1] for one in found} == {"/page.html"}
