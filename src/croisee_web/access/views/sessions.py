"""The clock of sessions: each request asks whether its session still holds."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from croisee_web.access.http import keep_session


class SessionMiddleware:
    """End a session that was left alone, or that has lasted a working day."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let the view answer, as nobody once the session is over."""
        carried = settings.SESSION_COOKIE_NAME in request.COOKIES
        if carried and request.user.is_authenticated and not keep_session(request, timezone.now()):
            logout(request)
            messages.info(request, _("Votre session est terminée. Connectez-vous pour continuer."))
        return self.get_response(request)
