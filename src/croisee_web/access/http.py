"""What a view says of who may open it. A view that says nothing fails the build.

Each decorator leaves ``view.audience``: the authorisation matrix reads it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from croisee_web.access.models import Account
from croisee_web.access.vocabulary import Verb
from croisee_web.kit.errors import NotFound

View = Callable[..., HttpResponseBase]


class SignedInRequest(HttpRequest):
    """A request whose ``user`` is an account."""

    user: Account


def open_to_all(view: View) -> View:
    """Declare a page that anybody may open."""
    view.audience = "all"  # type: ignore[attr-defined]
    return view


def signed_in(view: View) -> View:
    """Declare a page for whoever has an account; lead the others to the sign-in page."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not isinstance(request.user, Account):
            return redirect(f"{settings.LOGIN_URL}?{urlencode({'next': request.get_full_path()})}")
        return view(request, *args, **kwargs)

    guarded.audience = "signed-in"  # type: ignore[attr-defined]
    return guarded


def administrators(view: View) -> View:
    """Declare a page for the site's administrators; for others it does not exist."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_administrator:  # type: ignore[union-attr]
            raise NotFound(_("Il n’y a rien à cette adresse. Le lien a peut-être changé."))
        return view(request, *args, **kwargs)

    declared = signed_in(guarded)
    declared.audience = "administrators"  # type: ignore[attr-defined]
    return declared


def in_study(*verbs: Verb, by_network: bool = False) -> Callable[[View], View]:
    """Declare what a page of a study needs; the use case or query checks it again.

    ``by_network``: the verb may be held for one network only.
    """

    def declare(view: View) -> View:
        declared = signed_in(view)
        declared.audience = ("study", verbs, by_network)  # type: ignore[attr-defined]
        return declared

    return declare
