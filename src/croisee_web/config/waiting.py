"""Filled forms that wait together: the thread that writes answers reads them too, and answers all.

A form crosses from the event loop to that thread, and its answer comes back with those of the
others, once they are on disk: no thread is held for each, none waits for another.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, MutableMapping
from contextvars import Context, copy_context
from typing import Any

from django.utils.translation import override

from croisee_web.collection.usecases.intake.filed import Incoming, Written
from croisee_web.collection.usecases.intake.grouping import running_writer
from croisee_web.collection.views.device_door import may_wait
from croisee_web.collection.views.openrosa import LATER, told_in_xml

Message = MutableMapping[str, Any]
Answer = Callable[[dict[str, Any]], list[Message]]
_REPLACED = {b"content-length", b"location"}
_ready: deque[tuple[asyncio.Future[list[Message] | None], list[Message] | None]] = deque()


async def answered_together(
    environ: dict[str, Any], body: bytes, answer: Answer
) -> list[Message] | None:
    """Return what is answered to a filled form sent alone, once it is on disk.

    ``None`` for any other request, and where the form could not be written: the ordinary way
    then takes it from its beginning.
    """
    writer = running_writer() if environ["REQUEST_METHOD"] == "POST" else None
    if writer is None or not may_wait(environ["PATH_INFO"], environ.get("CONTENT_TYPE", ""), body):
        return None
    if len(body) != int(environ["CONTENT_LENGTH"]):
        return None  # cut on its way
    loop = asyncio.get_running_loop()
    told: asyncio.Future[list[Message] | None] = loop.create_future()
    writer.take(_Form(environ, answer, loop, told))
    return await told


class _Form:
    """A filled form that waits for its answer."""

    def __init__(
        self,
        environ: dict[str, Any],
        answer: Answer,
        loop: asyncio.AbstractEventLoop,
        told: asyncio.Future[list[Message] | None],
    ) -> None:
        self.environ, self.answer, self.loop, self.told = environ, answer, loop, told
        self.context: Context = copy_context()
        self.messages: list[Message] = []
        self.given: list[Incoming] = []

    def read(self) -> Incoming | None:
        """Have the whole of Django read the request, up to what is to be written."""
        self.environ[LATER] = self.given
        self.messages = self.context.run(self.answer, self.environ)
        return self.given[0] if self.given else None

    def tell(self, outcome: Written | BaseException | None) -> None:
        """Send back what is answered; the event loop is woken once for many."""
        messages: list[Message] | None = self.messages
        if isinstance(outcome, Written):
            messages = self._finished(outcome)
        elif outcome is not None:
            messages = None
        _ready.append((self.told, messages))
        if len(_ready) == 1:
            self.loop.call_soon_threadsafe(_send_back)

    def _finished(self, outcome: Written) -> list[Message]:
        """Write what became of the form in the answer that was waiting for it."""
        with override(self.given[0].language):
            content, status = told_in_xml(outcome.told)
        start, part = self.messages
        received = status < 300
        kept = [
            (name, value)
            for name, value in start["headers"]
            if name not in _REPLACED or (received and name == b"location")
        ]
        length = (b"content-length", str(len(content)).encode("ascii"))
        return [
            {**start, "status": status, "headers": [*kept, length]},
            {**part, "body": content},
        ]


def _send_back() -> None:
    while _ready:
        told, messages = _ready.popleft()
        if not told.done():
            told.set_result(messages)
