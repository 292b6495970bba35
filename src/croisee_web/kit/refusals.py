"""Turn any refusal into a page, once for every view."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from croisee_web.kit.errors import NotFound, UseCaseError


class RefusalMiddleware:
    """Show a :class:`UseCaseError` in words; let every other exception be a 500."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let the view answer."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer a refusal with its own status and text."""
        if not isinstance(error, UseCaseError):
            return None
        told = {"text": str(error), "address": error.address}
        return render(request, "kit/refusal.html", told, status=error.http_status)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer an address that leads nowhere with a way back."""
    del exception
    text = _("Il n’y a rien à cette adresse. Le lien a peut-être changé.")
    return render(request, "kit/refusal.html", {"text": text}, status=NotFound.http_status)
