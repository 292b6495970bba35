"""What every template knows of the site."""

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, str]:
    """Return where the source of the site is offered, as the AGPL asks."""
    del request
    return {"source_url": settings.SOURCE_URL}
