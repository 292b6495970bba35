"""What a browser may load, remember and show elsewhere: as little as our pages need."""

from __future__ import annotations

import secrets
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
"""What every page may load: our own style sheet and images. No script."""

FIXED = {
    "Permissions-Policy": (
        "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=(), "
        "publickey-credentials-get=(self), publickey-credentials-create=(self)"
    ),
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
}
TOO_LARGE = 413


def policy(nonce: str) -> str:
    """Return the policy of one answer: a script or a style runs if it carries this nonce."""
    return POLICY.replace(
        "style-src 'self'", f"script-src 'nonce-{nonce}'; style-src 'self' 'nonce-{nonce}'"
    )


class HeadersMiddleware:
    """First of all: it sees every answer, static files and refusals included.

    A view may set a policy of its own. Whoever carries a session is shown nothing that a shared
    machine would keep. A body larger than ``UPLOAD_LIMIT`` is refused before it is read.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let the rest answer, and add the headers on the way out."""
        nonce = secrets.token_urlsafe(16)
        request.csp_nonce = nonce  # type: ignore[attr-defined]
        response = _too_large() if _length(request) > settings.UPLOAD_LIMIT else None
        if response is None:
            response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", policy(nonce))
        for name, value in FIXED.items():
            response.headers.setdefault(name, value)
        carried = settings.SESSION_COOKIE_NAME in request.COOKIES
        if carried and not request.path.startswith(settings.STATIC_URL):
            response.headers["Cache-Control"] = "no-store, private"
        return response


def _length(request: HttpRequest) -> int:
    given = str(request.META.get("CONTENT_LENGTH") or "0")
    return int(given) if given.isascii() and given.isdigit() else 0


def _too_large() -> HttpResponse:
    text = _("Ce fichier est trop lourd : %(n)d Mo au plus. Coupez-le, puis recommencez.") % {
        "n": settings.UPLOAD_LIMIT // 1_000_000
    }
    return HttpResponse(render_to_string("kit/bare.html", {"text": text}), status=TOO_LARGE)
