"""Filled forms that wait together: the thread that writes answers reads them too, and answers all.

Django answers the first form of a device whole. Those that follow at the same address, short and
alone, ask nothing else of it: the writer checks the key, reads and writes, and the answer bears
the headers of the first. No thread is held for each, none waits for another. Whatever is not
plainly received takes the ordinary way from its beginning. Measured by ``benchmarks/intake.py``.
"""

from __future__ import annotations

import asyncio
import secrets
from collections import deque
from collections.abc import MutableMapping
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.utils.http import http_date
from django.utils.translation import override

from croisee_web.collection.queries.devices import Knock
from croisee_web.collection.rules.filled import Acknowledgement, Outcome
from croisee_web.collection.usecases.intake.filed import Incoming, Told, Written
from croisee_web.collection.usecases.intake.grouping import running_writer
from croisee_web.collection.views.device_door import read_alone, sent_alone
from croisee_web.collection.views.openrosa import told_in_xml
from croisee_web.kit.headers import policy

Message = MutableMapping[str, Any]
Headers = list[tuple[bytes, bytes]]
_MOST_DOORS = 1024
_known: dict[tuple[str, ...], Headers] = {}
"""The headers of what Django answered, by all that they depend on in a request."""
_OF_ONE_ANSWER = {b"date", b"content-length", b"content-security-policy"}
_ready: deque[tuple[asyncio.Future[list[Message] | None], list[Message] | None]] = deque()


class WaitingForm:
    """A filled form that waits for its answer."""

    def __init__(self, environ: dict[str, Any], key: str, content: bytes) -> None:
        self.key, self.content = key, content
        self.path = str(environ["PATH_INFO"])
        self.signed = str(environ.get("HTTP_AUTHORIZATION", ""))
        self._door = (
            self.path,
            str(environ.get("HTTP_HOST", "")),
            str(environ.get("wsgi.url_scheme", "")),
            str(environ.get("HTTP_X_FORWARDED_PROTO", "")),
        )
        self.loop = asyncio.get_running_loop()
        self.told: asyncio.Future[list[Message] | None] = self.loop.create_future()

    async def answered(self) -> list[Message] | None:
        """Return what is answered, once the form is on disk.

        ``None`` where Django answered nobody at this door yet, and where the form was not
        received: the ordinary way then takes it.
        """
        writer = running_writer() if self._door in _known else None
        if writer is None:
            return None
        writer.take(self)
        return await self.told

    def learn(self, messages: list[Message]) -> None:
        """Keep the headers of what Django answered, if it received the form."""
        if messages and messages[0]["status"] == 201:
            if len(_known) >= _MOST_DOORS:
                _known.clear()
            headers = messages[0]["headers"]
            _known[self._door] = [one for one in headers if one[0] not in _OF_ONE_ANSWER]

    def read(self) -> Incoming | None:
        """Read the form; called by the writer. ``None`` where the key opens nothing."""
        return read_alone(Knock(self.key, self.signed, "POST", self.path), self.content)

    def tell(self, outcome: Written | BaseException | None) -> None:
        """Send back what is answered; the event loop is woken once for many."""
        _ready.append((self.told, self._answer(outcome) if isinstance(outcome, Written) else None))
        if len(_ready) == 1:
            self.loop.call_soon_threadsafe(_send_back)

    def _answer(self, outcome: Written) -> list[Message] | None:
        headers = _known.get(self._door)
        if headers is None:
            return None
        content, status = _told(outcome.told)
        if status >= 300:
            headers = [one for one in headers if one[0] != b"location"]
        own = [
            (b"date", http_date().encode("ascii")),
            (b"content-length", str(len(content)).encode("ascii")),
            (b"content-security-policy", policy(secrets.token_urlsafe(16)).encode("ascii")),
        ]
        return [
            {"type": "http.response.start", "status": status, "headers": [*headers, *own]},
            {"type": "http.response.body", "body": content, "more_body": False},
        ]


def waiting_form(environ: dict[str, Any], body: bytes) -> WaitingForm | None:
    """Return the short filled form that a request is, ``None`` for any other request.

    A cookie, or a body cut on its way, asks for Django.
    """
    if environ["REQUEST_METHOD"] != "POST" or "HTTP_COOKIE" in environ:
        return None
    announced = str(environ.get("CONTENT_LENGTH", ""))
    if not announced.isdecimal() or len(body) != int(announced):
        return None
    found = sent_alone(environ["PATH_INFO"], environ.get("CONTENT_TYPE", ""), body)
    return None if found is None else WaitingForm(environ, *found)


def _told(told: Told) -> tuple[bytes, int]:
    if isinstance(told, Acknowledgement) and told.outcome is not Outcome.AWAITING_FILES:
        return _acknowledged(told.outcome)
    with override(settings.LANGUAGE_CODE):
        return told_in_xml(told)


@lru_cache(maxsize=len(Outcome))
def _acknowledged(outcome: Outcome) -> tuple[bytes, int]:
    """Return what everybody is told whose form was received alike."""
    with override(settings.LANGUAGE_CODE):
        return told_in_xml(Acknowledgement(outcome, 0))


def _send_back() -> None:
    while _ready:
        told, messages = _ready.popleft()
        if not told.done():
            told.set_result(messages)
