"""A filled form sent alone takes a short way, and is read and answered as by the long one."""

import pytest
from django.http.multipartparser import MultiPartParserError
from django.test import Client, RequestFactory, override_settings
from hypothesis import example, given
from hypothesis import strategies as st
from tests.web.collection.conducting_world import AT
from tests.web.collection.receiving_world import asked_of

from croisee_web.collection.models import Submission
from croisee_web.collection.rules.openrosa import form_alone
from croisee_web.collection.usecases.devices import make_key
from croisee_web.collection.views import openrosa

ALONE = (
    b'--%s\r\nContent-Disposition: form-data; name="xml_submission_file"; filename="%s"\r\n'
    b"%s\r\n%s\r\n--%s--\r\n"
)  # fmt: skip
KIND = "multipart/form-data; boundary={}"


def by_django(kind, body):
    """Return what Django's parser reads: the form and nothing else, else ``None``."""
    request = RequestFactory().post("/", body, content_type=kind)
    try:
        files = [(name, one) for name, found in request.FILES.lists() for one in found]
    except MultiPartParserError:
        return None
    if [name for name, _file in files] != ["xml_submission_file"] or request.POST:
        return None
    return files[0][1].read()


BYTES = st.one_of(
    st.binary(max_size=60),
    st.sampled_from([b"<data/>", b"\r\n--x", b"\r\n--x--\r\n", b"--x\r\n", b"\r\n", b"\r\n--xy"]),
)
HEADERS = st.sampled_from([
    b"", b"Content-Type: text/xml\r\n", b"Content-Type: text/xml; charset=utf-8\r\n",
    b"Content-Type: text/xml\r\nContent-Length: 7\r\n", b"Content-Transfer-Encoding: base64\r\n",
    b'Content-Disposition: form-data; name="autre"\r\n',
])  # fmt: skip


@given(
    st.sampled_from(["x", "x-y_z'", "x y", '"x"', "é"]),
    st.sampled_from([b"a.xml", b"eclair_2026-11-22.xml", b"a b.xml", b"..", b"", b"a/b", b"\xe9"]),
    HEADERS,
    st.lists(BYTES, max_size=3).map(b"".join),
    st.sampled_from([b"", b"reste", b"--x--\r\n"]),
)  # fmt: skip
@example("x", b"a.xml", b"", b"<data/>", b"")
def test_what_is_read_at_once_is_what_django_reads(boundary, name, headers, content, after):
    written = boundary.encode("latin-1")
    body = ALONE % (written, name, headers, content, written) + after

    found = form_alone(KIND.format(boundary), body)

    assert found in {None, by_django(KIND.format(boundary), body)}


@pytest.mark.parametrize(
    ("kind", "headers"),
    [
        ("multipart/form-data; boundary=x", b""),
        ("multipart/form-data; boundary=x", b"Content-Type: text/xml; charset=utf-8\r\n"),
        ("multipart/form-data;boundary=x", b"Content-Type: text/xml\r\nContent-Length: 7\r\n"),
    ],
)
def test_what_applications_send_is_read_at_once(kind, headers):
    body = ALONE % (b"x", b"eclair_2026-11-22.xml", headers, b"<data/>", b"x")

    assert form_alone(kind, body) == b"<data/>"


@pytest.fixture
def asked(settings, tmp_path):
    settings.FILES_ROOT = tmp_path
    return asked_of()


@pytest.fixture
def key(asked):
    return make_key(
        collecting_id=asked.collecting.pk, label="x", case="carrefours", actor=asked.world.lead,
        at=AT,
    ).secret  # fmt: skip


def post(client, address, content, **headers):
    body = ALONE % (b"x", b"a.xml", b"", content, b"x")
    return client.post(address, body, content_type=KIND.format("x"), **headers)


CHANGING = {"Date", "Location", "Content-Length", "Content-Language", "Content-Security-Policy"}


@pytest.mark.django_db
def test_the_short_way_answers_with_every_header_of_the_long_one(client, asked, key):
    short = post(client, f"/openrosa/{key}/submission", asked.xml(1))
    long = post(client, f"/en/openrosa/{key}/submission", asked.xml(2))

    assert (short.status_code, long.status_code) == (201, 201)
    assert (short.headers["Content-Language"], long.headers["Content-Language"]) == ("fr", "en")
    assert set(long.headers) - {"Vary"} == set(short.headers)
    for name in set(short.headers) - CHANGING:
        assert short.headers[name] == long.headers[name]
    for answer in (short, long):
        policy = answer.headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'; script-src 'nonce-")
        assert int(answer.headers["Content-Length"]) == len(answer.content)
    assert b"Merci" in short.content
    assert b"Thank" in long.content


@pytest.mark.django_db
def test_the_short_way_opens_to_no_other_key_name_or_size(client, asked, key):
    address = f"/openrosa/{key}/submission"

    assert post(client, "/openrosa/inconnue/submission", asked.xml(1)).status_code == 401
    assert post(client, address, asked.xml(1), HTTP_HOST="ailleurs.example").status_code == 400
    with override_settings(UPLOAD_LIMIT=100):
        assert post(client, address, asked.xml(1)).status_code == 413
    with override_settings(SECURE_SSL_REDIRECT=True):
        assert post(Client(), address, asked.xml(1)).status_code == 301
    assert Submission.objects.count() == 0


@pytest.mark.django_db
def test_a_base_that_takes_nothing_more_is_told_as_everywhere(client, asked, key, monkeypatch):
    def full(_filled, *, at):
        raise OSError(28, "No space left on device", str(at))

    def broken(_filled, *, at):
        raise RuntimeError(at)

    monkeypatch.setattr(openrosa, "receive", full)
    told = post(client, f"/openrosa/{key}/submission", asked.xml(1))
    monkeypatch.setattr(openrosa, "receive", broken)
    other = post(Client(raise_request_exception=False), f"/openrosa/{key}/submission", asked.xml(1))

    assert (told.status_code, other.status_code) == (503, 500)
    assert "n’est pas gardé" in told.content.decode()
