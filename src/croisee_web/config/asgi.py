"""The one port: event streams will be answered here natively, every other request by Django's
WSGI application in a thread pool.

Django runs four times faster in a thread pool than under its own ASGI handler. A request crosses
to its thread once and its answer comes back once: a small body is read before, and an answer that
is no stream is sent after. Measured by ``benchmarks/intake.py``.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from functools import partial
from io import BytesIO
from typing import Any, cast
from urllib.parse import quote

from a2wsgi.wsgi import Body, build_environ

from croisee_web.config.wsgi import application as pages_by_wsgi

# Django is set up by now.
from croisee_web.config.waiting import waiting_form  # isort: skip

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

THREADS = int(os.environ.get("CROISEE_THREADS", "8"))
HTTPS = os.environ.get("CROISEE_HTTPS") == "1"
SMALL = 65_536
"""A body up to this many bytes is read whole before a thread is taken: who sends slowly holds none.

A larger one is read by its thread as Django asks for it, and never held whole.
"""
_ASCII = "".join(map(chr, range(128)))
_threads = ThreadPoolExecutor(THREADS, thread_name_prefix="pages")


async def application(scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
    """Answer one request."""
    if scope["type"] == "lifespan":
        await _live(receive, send)
        return
    # A query with raw bytes would stop the front before Django can refuse it in words.
    query = scope.get("query_string", b"")
    scope["query_string"] = quote(query, safe=_ASCII).encode("ascii") if query else b""
    if HTTPS:
        scope["client"] = _behind_the_proxy(scope)
    loop = asyncio.get_running_loop()

    async def read() -> Message:
        # granian's own `receive` is no coroutine function: every body would be a 500 without this.
        return await receive()

    def say(message: Message) -> None:
        """Send a part of an answer from its thread."""
        asyncio.run_coroutine_threadsafe(_sent(send, message), loop).result()

    large = _length(scope) > SMALL
    whole = b"" if large else await _whole(scope, receive)
    body: Any = Body(loop, cast("Any", read)) if large else BytesIO(whole)
    environ: Any = build_environ(cast("Any", scope), body)
    form = None if large else waiting_form(environ, whole)
    messages = None if form is None else await form.answered()
    if messages is None:
        answer = partial(_answered, environ, say)
        messages = await loop.run_in_executor(_threads, copy_context().run, answer)
        if form is not None:
            form.learn(messages)
    for message in messages:
        await send(message)


async def _sent(send: Send, message: Message) -> None:
    await send(message)


def _length(scope: MutableMapping[str, Any]) -> int:
    """Return the announced length of a body, 0 where there is none: Django then reads nothing."""
    for name, value in scope.get("headers", ()):
        if name == b"content-length":
            return int(value) if value.isdigit() else 0
    return 0


async def _whole(scope: MutableMapping[str, Any], receive: Receive) -> bytes:
    """Return a small body, or what came of it before the connection broke."""
    left, pieces = _length(scope), []
    while left > 0:
        message = await receive()
        pieces.append(message.get("body", b""))
        left = left - len(pieces[-1]) if message.get("more_body", False) else 0
    return b"".join(pieces)


def _answered(environ: dict[str, Any], say: Callable[[Message], None]) -> list[Message]:
    """Have Django answer, in a thread; return what is left to send: nothing of a stream."""
    begun: list[Message] = []

    def start(status: str, headers: list[tuple[str, str]], _error: object = None) -> None:
        named = [
            (name.strip().encode("latin-1").lower(), value.strip().encode("latin-1"))
            for name, value in headers
        ]
        begun[:] = [{"type": "http.response.start", "status": int(status[:3]), "headers": named}]

    answer: Iterable[bytes] = pages_by_wsgi(environ, start)
    try:
        if not getattr(answer, "streaming", True):
            return [*begun, _part(b"".join(answer))]
        say(begun[0])
        for piece in answer:
            say(_part(piece, more=True))
        say(_part(b""))
        return []
    finally:
        getattr(answer, "close", lambda: None)()


def _part(content: bytes, *, more: bool = False) -> Message:
    return {"type": "http.response.body", "body": content, "more_body": more}


async def _live(receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return


def _behind_the_proxy(scope: MutableMapping[str, Any]) -> tuple[str, int] | None:
    """Return where a request comes from, as our own proxy saw it: the last one it added."""
    for name, value in scope.get("headers", []):
        if name.lower() == b"x-forwarded-for":
            return value.decode("latin-1").rpartition(",")[2].strip(), 0
    client: tuple[str, int] | None = scope.get("client")
    return client
