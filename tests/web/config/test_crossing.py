"""A request crosses to a thread and back: whole, cut, small, large, streamed."""

import asyncio

import pytest
from django.contrib.staticfiles import finders

from croisee_web.config import asgi, wsgi


def answered(path, pieces=(), *, method="POST", announced=None, query=b""):
    """Ask the application as granian does; return the status, the headers, the parts sent."""
    body = b"".join(pieces)
    length = len(body) if announced is None else announced
    scope = {
        "type": "http", "http_version": "1.1", "method": method, "path": path, "root_path": "",
        "query_string": query, "scheme": "http", "server": ("localhost", 80),
        "client": ("127.0.0.1", 9), "headers": [
            (b"host", b"localhost"), (b"content-type", b"application/x-www-form-urlencoded"),
            (b"content-length", str(length).encode()),
        ],
    }  # fmt: skip
    waiting, sent = list(pieces), []

    async def receive():
        if not waiting:
            return {"type": "http.disconnect"}
        piece = waiting.pop(0)
        more = bool(waiting) or len(body) < length
        return {"type": "http.request", "body": piece, "more_body": more}

    async def send(message):
        sent.append(message)

    asyncio.run(asgi.application(scope, receive, send))
    start, *parts = sent
    assert [one["type"] for one in parts] == ["http.response.body"] * len(parts)
    assert [one["more_body"] for one in parts][-1] is False
    return start["status"], dict(start["headers"]), [one["body"] for one in parts]


@pytest.fixture
def echoed(monkeypatch):
    """What Django would read of a body, in the place of Django."""
    read = []

    def pages(environ, start_response):
        try:
            read.append(environ["wsgi.input"].read())
        except ConnectionResetError:
            read.append("cut")
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [b"a", b"b"]

    def guarded(environ, start_response):
        monkeypatch.setattr(wsgi, "_pages", pages)
        return wsgi.application(environ, start_response)

    monkeypatch.setattr(asgi, "pages_by_wsgi", guarded)
    return read


@pytest.mark.parametrize("size", [1, asgi.SMALL, asgi.SMALL + 1, 3 * asgi.SMALL])
def test_a_body_arrives_whole_in_whatever_pieces(echoed, size):
    whole = bytes(one % 251 for one in range(size))
    pieces = [whole[at : at + 7000] for at in range(0, size, 7000)]

    status, _headers, parts = answered("/", pieces)

    assert (status, b"".join(parts)) == (200, b"ab")
    assert echoed == [whole]


@pytest.mark.parametrize("announced", [asgi.SMALL, 3 * asgi.SMALL])
def test_a_body_that_is_cut_is_not_taken_for_whole(echoed, announced):
    answered("/", [b"x" * 100], announced=announced)

    assert echoed == ["cut"]


@pytest.mark.django_db(transaction=True)
def test_a_page_is_sent_at_once_and_a_file_in_several_parts():
    status, headers, parts = answered("/sante/", method="GET")
    file = finders.find("kit/site.css") or finders.find("kit/croisee.svg")
    name = "/statique/kit/" + file.rpartition("/")[2]
    found, _told, pieces = answered(name, method="GET")

    assert (status, len(parts)) == (200, 1)
    assert int(headers[b"content-length"]) == len(parts[0])
    with open(file, "rb") as content:  # noqa: PTH123
        assert (found, b"".join(pieces)) == (200, content.read())
    assert len(pieces) > 1
