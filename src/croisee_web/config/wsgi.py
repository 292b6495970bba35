"""The door for a WSGI server: ``granian --interface wsgi croisee_web.config.wsgi``."""

import os
from collections.abc import Iterable
from typing import Any

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "croisee_web.config.settings")
_pages = get_wsgi_application()


class WholeBody:
    """The body of a request: cut before its announced end, it is refused, never taken for whole.

    A server says nothing when a connection breaks in the middle of what is sent; half a
    photograph would then be kept for a photograph.
    """

    def __init__(self, stream: Any, length: int) -> None:
        self._stream, self._left = stream, length

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes. Raises :class:`ConnectionResetError` where the body is cut."""
        found: bytes = self._stream.read(size)
        self._left -= len(found)
        self._check(short=size < 0 or len(found) < size)
        return found

    def readline(self, size: int = -1) -> bytes:
        """Return the next line. Raises :class:`ConnectionResetError` where the body is cut."""
        found: bytes = self._stream.readline(size)
        self._left -= len(found)
        self._check(short=not found.endswith(b"\n") and (size < 0 or len(found) < size))
        return found

    def _check(self, *, short: bool) -> None:
        if short and self._left > 0:
            raise ConnectionResetError


def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """Answer one request."""
    length = str(environ.get("CONTENT_LENGTH") or "0")
    if length.isascii() and length.isdigit() and int(length):
        environ["wsgi.input"] = WholeBody(environ["wsgi.input"], int(length))
    return _pages(environ, start_response)
