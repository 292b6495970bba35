"""Filled forms that wait together are answered as each would be alone, once they are on disk."""

import asyncio

import pytest
from tests.web.collection.conducting_world import AT
from tests.web.collection.receiving_world import asked_of, identifier

from croisee_web.collection.models import DeviceKey, Submission
from croisee_web.collection.usecases.devices import make_key
from croisee_web.collection.usecases.intake.grouping import (
    Writer,
    running_writer,
    start_writing,
    stop_writing,
)
from croisee_web.collection.usecases.intake.together import write_together
from croisee_web.config import asgi, waiting

pytestmark = pytest.mark.django_db(transaction=True)
CHANGING = {b"date", b"content-security-policy"}


@pytest.fixture
def asked(settings, tmp_path):
    settings.FILES_ROOT = tmp_path
    settings.ALLOWED_HOSTS = ["localhost"]
    return asked_of()


@pytest.fixture
def key(asked):
    """A device whose first form was received by Django: its door is known."""
    secret = make_key(
        collecting_id=asked.collecting.pk, label="x", case="carrefours", actor=asked.world.lead,
        at=AT,
    ).secret  # fmt: skip
    assert at_once((secret, asked.xml(0)))[0][0] == 201
    Submission.objects.all().delete()
    return secret


@pytest.fixture
def writer():
    yield start_writing()
    stop_writing()


async def asked_for(key, content, method="POST", host=b"localhost", more=()):
    body = (
        b'--x\r\nContent-Disposition: form-data; name="xml_submission_file"; filename="a.xml"\r\n'
        b"\r\n" + content + b"\r\n--x--\r\n"
    )
    scope = {
        "type": "http", "http_version": "1.1", "method": method, "root_path": "",
        "path": f"/openrosa/{key}/submission", "query_string": b"", "scheme": "http",
        "server": ("localhost", 80), "client": ("127.0.0.1", 9), "headers": [
            (b"host", host), (b"content-type", b"multipart/form-data; boundary=x"),
            (b"content-length", str(len(body)).encode()), *more,
        ],
    }  # fmt: skip
    sent = []

    async def receive():
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message):
        sent.append(message)

    await asgi.application(scope, receive, send)
    start, part = sent
    headers = {name: value for name, value in start["headers"] if name not in CHANGING}
    return start["status"], headers, part["body"]


def at_once(*asking):
    async def all_of_them():
        return await asyncio.gather(*(asked_for(*one) for one in asking))

    return asyncio.run(all_of_them())


def test_forms_that_wait_are_answered_as_those_that_a_thread_holds(asked, key):
    contents = [
        asked.xml(1), asked.xml(2), asked.xml(1), asked.xml(1, mot="autre"), b"<data", asked.xml(3),
        asked.xml(4, photo="a.jpg"), asked.xml(5, named="ailleurs"),
    ]  # fmt: skip
    assert running_writer() is None
    waiting._known.clear()
    alone = [at_once((key, content))[0] for content in contents]
    Submission.objects.all().delete()
    start_writing()
    try:
        together = [at_once((key, content))[0] for content in contents]
    finally:
        stop_writing()

    assert together == alone
    assert [status for status, *_rest in together] == [201, 201, 201, 409, 400, 201, 202, 404]
    assert Submission.objects.count() == 5


def test_many_at_once_are_each_told_their_own(asked, key, writer):
    told = at_once(*((key, asked.xml(number)) for number in range(1, 31)), ("non", asked.xml(99)))

    assert [status for status, *_rest in told] == [201] * 30 + [401]
    assert Submission.objects.count() == 30


def test_one_that_could_not_be_written_takes_the_ordinary_way(asked, key, monkeypatch):
    tried = []

    def stumbling(group):
        tried.append(len(group))
        raise RuntimeError

    broken = Writer(stumbling)
    broken.start()
    monkeypatch.setattr(waiting, "running_writer", lambda: broken)
    ((status, _headers, body),) = at_once((key, asked.xml(1)))
    broken.stop()

    assert tried == [1, 1]
    assert (status, b"Merci" in body) == (201, True)
    assert Submission.objects.get().instance_id == identifier(1)


def test_nobody_is_answered_before_the_commit(asked, key, monkeypatch):
    seen = []

    class Watched(Writer):
        def _at_once(self, group):
            found = super()._at_once(group)
            seen.append((Submission.objects.count(), [one.told.done() for one in forms]))
            return found

    forms = []
    take = Watched.take

    def taken(self, form):
        forms.append(form)
        take(self, form)

    monkeypatch.setattr(Watched, "take", taken)
    watched = Watched(write_together)
    watched.start()
    monkeypatch.setattr(waiting, "running_writer", lambda: watched)
    told = at_once((key, asked.xml(1)))
    watched.stop()

    assert told[0][0] == 201
    assert seen == [(1, [False])]


def test_what_closes_between_two_moments_is_seen(asked, key, writer):
    before = at_once((key, asked.xml(1)), (key, asked.xml(2)))
    asked.collecting.study.closed_at = AT
    asked.collecting.study.save()

    after = at_once((key, asked.xml(3)), (key, asked.xml(1)))

    assert [status for status, *_rest in before] == [201, 201]
    assert [status for status, *_rest in after] == [404, 404]


def test_what_depends_on_more_than_the_form_is_asked_of_django(asked, key, writer, monkeypatch):
    taken = []
    take = Writer.take

    def watched(self, sent):
        taken.append(type(sent))
        take(self, sent)

    monkeypatch.setattr(Writer, "take", watched)
    ((plain, *_rest),) = at_once((key, asked.xml(1)))
    by_the_writer = list(taken)
    cookie = [(b"cookie", b"sessionid=abc")]
    ((carried, headers, _body),) = at_once((key, asked.xml(2), "POST", b"localhost", cookie))
    ((elsewhere, *_rest),) = at_once((key, asked.xml(3), "POST", b"ailleurs.example"))

    assert (plain, carried, elsewhere) == (201, 201, 400)
    assert by_the_writer == [waiting.WaitingForm]
    assert waiting.WaitingForm not in taken[1:]
    assert Submission.objects.count() == 2
    assert b"x-frame-options" in headers


def test_a_key_taken_back_opens_nothing_more(asked, key, writer):
    before = at_once((key, asked.xml(1)))
    DeviceKey.objects.update(revoked_at=AT)
    after = at_once((key, asked.xml(2)))

    assert [status for status, *_rest in before + after] == [201, 401]
    assert Submission.objects.count() == 1
