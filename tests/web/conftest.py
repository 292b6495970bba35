"""The platform's tests: a site of their own, and a real browser."""

from tests.web import site_for_tests  # noqa: F401, I001 -- first: it sets Django up

import pytest
from django.utils import translation
from playwright.sync_api import sync_playwright


@pytest.fixture(autouse=True)
def _in_french():
    """Each test begins in French: a page asked in English leaves its thread in English."""
    with translation.override("fr"):
        yield


@pytest.fixture
def browser(chromium_path, monkeypatch):
    """A real Chromium."""
    # Playwright's event loop makes Django believe that its tests are asynchronous.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=chromium_path)
        yield chromium
        chromium.close()
