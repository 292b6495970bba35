"""The platform's tests: a site of their own, and a real browser."""

from tests.web import site_for_tests  # noqa: F401, I001 -- first: it sets Django up

import pytest
from django.db import connections
from django.utils import translation
from tests.browsing import watched


@pytest.fixture(autouse=True)
def _in_french():
    """Each test begins in French: a page asked in English leaves its thread in English."""
    with translation.override("fr"):
        yield


@pytest.fixture
def browser(chromium_path, monkeypatch):
    """A real Chromium; what the policy of a page refused fails the test."""
    # Playwright's event loop makes Django believe that its tests are asynchronous.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    with watched(chromium_path) as chromium:
        yield chromium
        # What a test asked of the base while the loop ran went through a connection of its own.
        connections.close_all()
