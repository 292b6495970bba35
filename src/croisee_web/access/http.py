"""What a view says of who may open it, and how a session begins and ends.

A view that says nothing fails the build: each decorator leaves ``view.audience``, which the
authorisation matrix reads.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Any, Protocol

from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.urls import reverse, translate_url
from django.utils.cache import patch_cache_control
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import override

from croisee_web.access.models import Account
from croisee_web.access.rules import SESSION_IDLE, SESSION_WHOLE
from croisee_web.access.vocabulary import Verb
from croisee_web.kit.errors import NotFound

View = Callable[..., HttpResponseBase]
BACKEND = "django.contrib.auth.backends.ModelBackend"
BEGAN, SEEN, CONFIRMED = "session-began", "session-seen", "password-confirmed"
WAITING, CEREMONY, SECRET = "waiting-for-second-factor", "passkey-ceremony", "new-application"
"""What a session remembers."""


class NamedStudy(Protocol):
    """A study as its pages show it: what the slice above calls a ``StudyRef``."""

    @property
    def id(self) -> int:
        """Its number."""

    @property
    def slug(self) -> str:
        """Its address."""

    @property
    def title(self) -> str:
        """Its title, in the reader's language."""

    @property
    def verbs(self) -> frozenset[Verb]:
        """What the reader may do in it."""


_FINDER: list[Callable[..., NamedStudy]] = []


def studies_are_found_by(finder: Callable[..., NamedStudy]) -> None:
    """Tell this slice how a study is found; called once by that slice's ``AppConfig.ready``."""
    _FINDER[:] = [finder]


def named_study(*, slug: str, viewer: Account, verb: Verb) -> NamedStudy:
    """Return a study for somebody who may do ``verb`` in it.

    Raises:
        NotFound, NotAllowed: as the slice that knows studies says it.
    """
    return _FINDER[0](slug=slug, viewer=viewer, verb=verb)


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
            wanted = urlencode({"next": request.get_full_path()})
            return redirect(f"{reverse('access:sign-in')}?{wanted}")
        response = view(request, *args, **kwargs)
        if isinstance(response, HttpResponse):
            patch_cache_control(response, no_store=True, private=True)
        return response

    guarded.audience = "signed-in"  # type: ignore[attr-defined]
    return guarded


def administrators(view: View) -> View:
    """Declare a page for the site's administrators; for others it does not exist."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_administrator:  # type: ignore[union-attr]
            raise NotFound
        return view(request, *args, **kwargs)

    declared = signed_in(guarded)
    declared.audience = "administrators"  # type: ignore[attr-defined]
    return declared


def in_study(
    *verbs: Verb, by_network: bool = False, to_send: Verb | None = None
) -> Callable[[View], View]:
    """Declare what a page of a study needs; the use case or query checks it again.

    ``by_network``: the verb may be held for one network only. ``to_send``: what its form
    needs besides, when reading takes less than writing.
    """

    def declare(view: View) -> View:
        declared = signed_in(view)
        declared.audience = ("study", verbs, by_network)  # type: ignore[attr-defined]
        declared.to_send = to_send  # type: ignore[attr-defined]
        return declared

    return declare


def sent(request: HttpRequest) -> QueryDict | None:
    """Return what a form is filled with: what was sent, even nothing; none when only read."""
    return request.POST if request.method == "POST" else None


def machine(request: HttpRequest) -> str:
    """Return where a request comes from, as far as counting tries needs it."""
    return str(request.META.get("REMOTE_ADDR", ""))


def site_name(request: HttpRequest) -> str:
    """Return the host a passkey is made for: no port, one of ``ALLOWED_HOSTS``."""
    return request.get_host().rpartition(":")[0] or request.get_host()


def begin_session(request: HttpRequest, account: Account, at: datetime) -> None:
    """Open a session under a new key: one fixed beforehand leads nowhere."""
    request.session.flush()
    login(request, account, backend=BACKEND)
    request.session[BEGAN] = request.session[SEEN] = at.timestamp()


def end_session(request: HttpRequest) -> HttpResponse:
    """Close a session, and have the browser forget what it showed."""
    logout(request)
    response = redirect("access:sign-in")
    response.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return response


def keep_session(request: HttpRequest, at: datetime) -> bool:
    """Return whether a session still holds at ``at``, and note that it was used.

    It ends 30 minutes after its last page, and 12 hours after it was opened whatever happens.
    Written once a minute at most: a page read does not cost a write.
    """
    began, seen = request.session.get(BEGAN), request.session.get(SEEN)
    if began is None or seen is None:
        return False
    now = at.timestamp()
    if now - seen >= SESSION_IDLE.total_seconds() or now - began >= SESSION_WHOLE.total_seconds():
        return False
    if now - seen >= timedelta(minutes=1).total_seconds():
        request.session[SEEN] = now
    return True


def after_sign_in(request: HttpRequest, account: Account, wanted: str) -> HttpResponse:
    """Lead somebody where she was going, in the language of her account."""
    safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    with override(account.language):
        home = reverse("study:list")
    return redirect(translate_url(wanted, account.language) if safe and wanted else home)
