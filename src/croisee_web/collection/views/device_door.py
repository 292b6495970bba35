"""The shortest way to what applications send all day: a filled form.

A device has no session, no cookie, no page and no form of ours to forge. Its answers still bear
every header of the site, its requests still have a bounded size and a name of ours, and its key is
asked for by the same view. Measured by ``benchmarks/intake.py``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import override

from croisee_web.collection.queries.devices import Knock, device_of
from croisee_web.collection.rules.filled import Filled
from croisee_web.collection.rules.openrosa import form_alone
from croisee_web.collection.usecases.receiving import SHORT, Incoming, incoming
from croisee_web.collection.views.openrosa import submission
from croisee_web.collection.vocabulary import Way
from croisee_web.kit.refusals import RefusalMiddleware

_SENT_TO = re.compile(r"/openrosa/([^/]+)/submission")
"""As ``collection.urls`` writes it, in the language of the site."""


def sent_alone(path: str, content_type: str, body: bytes) -> tuple[str, bytes] | None:
    """Return the key and the filled form of a request that is one, short and alone, or ``None``."""
    found = _SENT_TO.fullmatch(path) if len(body) <= SHORT else None
    content = form_alone(content_type, body) if found is not None else None
    return None if found is None or content is None else (found[1], content)


def read_alone(knock: Knock, content: bytes) -> Incoming | None:
    """Read a filled form that was sent alone, to be written. ``None``: the key opens nothing.

    Raises:
        Refused, NotFound: what :func:`croisee_web.collection.usecases.receiving.incoming` says.
    """
    at = timezone.now()
    device, _stale = device_of(knock, at)
    if device is None:
        return None
    return incoming(Filled(device.collecting_id, content, Way.OPENROSA, case=device.case), at=at)


class DeviceDoorMiddleware:
    """After what guards every answer, before what only pages need."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.refusals = RefusalMiddleware(get_response)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Receive what a device sends; let the rest answer everything else."""
        found = _SENT_TO.fullmatch(request.path_info) if request.method == "POST" else None
        if found is None:
            return self.get_response(request)
        request.get_host()  # raises for a name that is not this site's
        with override(settings.LANGUAGE_CODE):
            answer = self._received(request, found[1])
        answer.headers["Content-Language"] = settings.LANGUAGE_CODE
        answer.headers["Content-Length"] = str(len(answer.content))
        return answer

    def _received(self, request: HttpRequest, key: str) -> HttpResponse:
        try:
            return cast("HttpResponse", submission(request, key=key))
        except Exception as error:
            told = self.refusals.process_exception(request, error)
            if told is None:
                raise
            return told
