"""Days and moments, as they are said in each language."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.template import Context, Template
from django.utils import timezone, translation

MOMENT = datetime(2026, 12, 1, 13, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fr", "1er décembre 2026 / 1er décembre 2026, 8 h 05 / 1er décembre 2026, 8 h"),
        ("en", "December 1, 2026 / December 1, 2026, 8:05 a.m. / December 1, 2026, 8:00 a.m."),
    ],
)
def test_days_and_moments_are_said_in_the_zone_and_the_language_of_the_page(language, said):
    page = Template("{% load days %}{{ day|jour }} / {{ at|moment }} / {{ sharp|moment }}")
    values = {"day": date(2026, 12, 1), "at": MOMENT, "sharp": MOMENT.replace(minute=0)}

    with translation.override(language), timezone.override(ZoneInfo("America/Toronto")):
        assert page.render(Context(values)) == said
