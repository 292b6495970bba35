"""Turn any refusal into a page, once for every view."""

from __future__ import annotations

import errno
import sys
from collections.abc import Callable

from django.core.exceptions import DisallowedHost
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, UnreadablePostError
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _

from croisee_web.kit.errors import NotFound, UseCaseError

CANNOT_WRITE = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO, errno.EFBIG, errno.EACCES}
_SAID_BY_THE_BASE = (
    "disk",
    "readonly",
    "read-only",
    "no space",
    "locked",
    "unable to open",
    "could not extend",
    "connection",
)
"""Words by which SQLite and PostgreSQL say that they cannot write, or cannot be reached."""
UNAVAILABLE = 503


class RefusalMiddleware:
    """Show a :class:`UseCaseError` in words, and a disk that takes nothing more; else a 500.

    A method that an address does not take is answered by a page too.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let the view answer."""
        response = self.get_response(request)
        if isinstance(response, HttpResponseNotAllowed) and not response.content:
            return not_allowed(request, response.headers["Allow"])
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer a refusal with its own status and text."""
        if isinstance(error, UseCaseError):
            told = {"text": str(error), "address": error.address}
            return render(request, "kit/refusal.html", told, status=error.http_status)
        if isinstance(error, UnreadablePostError):
            return bad_request(request, error)
        return nothing_kept() if cannot_write(error) else None


def not_allowed(request: HttpRequest, allowed: str) -> HttpResponse:
    """Answer an address that only a button sends to, or a page that takes nothing, with a way back.

    The way is told from here (« ../ »): the page is the same whatever the study, existing or not.
    """
    read = request.method in {"GET", "HEAD"}
    if read:
        text = _(
            "Cette adresse reçoit ce qu’un bouton envoie : elle ne s’ouvre pas. Rien n’a changé. "
            "Revenez à la page du bouton, puis appuyez dessus."
        )
    else:
        text = _("Cette page se lit et ne reçoit rien. Rien n’a changé.")
    back = "?" if not read and "GET" in allowed else page_above(request.path)
    page = render(request, "kit/refusal.html", {"text": text, "back": back}, status=405)
    page.headers["Allow"] = allowed
    return page


def page_above(path: str) -> str:
    """Return the way from an address to the nearest one above it that is a page about the same.

    A page about the same names nothing that the address does not: « preuves » is no person.
    """
    parts, ending = path.strip("/").split("/"), path.endswith("/")
    about = resolve(path).kwargs.items()
    for up in range(1, len(parts) + 1):
        try:
            above = resolve("/".join(["", *parts[: len(parts) - up], ""]))
        except Resolver404:
            continue
        if above.kwargs.items() <= about:
            return "../" * (up if ending else up - 1) or "./"
    return "/"


def cannot_write(error: BaseException | None) -> bool:
    """Return whether the server could not write: full or read-only disk, a base held too long."""
    if isinstance(error, OSError):
        return error.errno in CANNOT_WRITE
    if isinstance(error, DatabaseError):
        return any(words in str(error).lower() for words in _SAID_BY_THE_BASE)
    return False


def nothing_kept() -> HttpResponse:
    """Say that what was sent is not kept: never an acknowledgement without durable data."""
    text = _(
        "Le serveur n’arrive pas à écrire. Ce que vous venez d’envoyer n’est pas gardé. "
        "Réessayez dans un moment, ou prévenez l’équipe du site."
    )
    page = render_to_string("kit/bare.html", {"text": text})
    return HttpResponse(page, status=UNAVAILABLE, headers={"Retry-After": "60"})


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer an address that leads nowhere with a way back."""
    del exception
    text = str(NotFound())
    return render(request, "kit/refusal.html", {"text": text}, status=NotFound.http_status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer a request that no browser of ours makes, in words; nothing of it is repeated."""
    del request
    if isinstance(exception, DisallowedHost):
        text = _(
            "Ce site n’est pas servi à cette adresse. Vérifiez le lien. "
            "À l’équipe du site : ajoutez ce nom à CROISEE_HOSTS."
        )
    else:
        text = _("Cette demande n’a pas la forme attendue. Revenez en arrière, puis recommencez.")
    return HttpResponse(render_to_string("kit/bare.html", {"text": text}), status=400)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form that comes from elsewhere, or from a page opened long ago."""
    del reason
    text = _("Cette page est restée ouverte trop longtemps. Rechargez-la, puis recommencez.")
    return render(request, "kit/refusal.html", {"text": text}, status=403)


def unable(request: HttpRequest) -> HttpResponse:
    """Answer what nothing else caught; say so when it is the disk or the base."""
    del request
    if cannot_write(sys.exc_info()[1]):
        return nothing_kept()
    return HttpResponse(render_to_string("500.html"), status=500)
