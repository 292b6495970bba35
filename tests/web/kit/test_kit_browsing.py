"""The watched browser sees what a policy refuses: a test that opens such a page fails."""

import http.server
import threading

import pytest
from tests.browsing import watched


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
