"""Some of these tests run on a site."""

from tests.web import site_for_tests  # noqa: F401 -- sets Django up
