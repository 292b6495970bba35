"""A morning of ODK Collect, request by request: it takes a form with its list, fills it, sends it.

The order, the headers and the signatures are those of the application: each address is tried
unsigned once, then every request is signed with the same number, counted.
"""

import csv
import hashlib
import io
from http.client import HTTPConnection

import pytest
from lxml import etree
from tests.web.collection.conducting_world import AT
from tests.web.collection.receiving_world import BOOK, asked_of, identifier
from tests.web.collection.test_openrosa import LIST, digest, part

from croisee.formats.xlsform import Worksheet, worksheet_of
from croisee_web.collection.models import Attachment, Submission
from croisee_web.collection.rules import openrosa
from croisee_web.collection.usecases.devices import make_key

pytestmark = pytest.mark.django_db(transaction=True)
PLACES = worksheet_of(
    "external_choices",
    [
        {"list_name": "villes", "name": "r", "label": "Rimouski", "region": "bsl"},
        {"list_name": "villes", "name": "v", "label": "Verdun, « le village »", "region": "mtl"},
    ],
)
SURVEY = [
    *BOOK.sheet("survey").records(),
    {"type": "text", "name": "region", "label": "Quelle région ?"},
    {"type": "select_one_external villes", "name": "ville", "label": "Quelle ville ?",
     "choice_filter": "region=${region}"},
]  # fmt: skip
DATE = "Sun, 22 Nov 2026 15:00:00 GMT"


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.FILES_ROOT = tmp_path


@pytest.fixture
def asked():
    return asked_of(book=BOOK.with_sheet(worksheet_of("survey", SURVEY)).with_sheet(PLACES))


class Collect:
    """The application: signs, counts its signatures, keeps what it was told."""

    def __init__(self, server, key):
        self.server, self.key, self.challenge, self.count = server, key, "", 0
        self.statuses = []

    def ask(self, method, address, body=None, *, media_type=""):
        path = address.removeprefix(f"http://{self.server}")
        answer, content = self._once(method, path, body, media_type)
        if answer.status == 401:
            self.challenge = answer.headers["WWW-Authenticate"]
            answer, content = self._once(method, path, body, media_type)
        assert answer.headers["X-OpenRosa-Version"] == "1.0"
        assert answer.headers["Date"].endswith("GMT")
        return answer, content

    def _once(self, method, path, body, media_type):
        headers = {
            "X-OpenRosa-Version": "1.0", "Date": DATE, "Accept-Encoding": "gzip",
            "User-Agent": "org.odk.collect.android/v2026.1 Dalvik/2.1.0", "Connection": "close",
        }  # fmt: skip
        if media_type:
            headers["Content-Type"] = media_type
        if self.challenge:
            self.count += 1
            headers["Authorization"] = digest(
                self.key, self.challenge, method, path, nc=f"{self.count:08x}"
            )
        connection = HTTPConnection(self.server, timeout=30)
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            self.statuses.append((method, path.rpartition("/")[2], answer.status))
            return answer, answer.read()
        finally:
            connection.close()

    def send(self, address, xml, *files, incomplete=False):
        parts = [part("xml_submission_file", xml, filename="photos_2026-11-22.xml")]
        parts += [part(name, held, filename=name, media_type="image/jpeg") for name, held in files]
        if incomplete:
            parts.append(part("*isIncomplete*", b"yes", media_type="text/plain"))
        body = b"".join(b"--bord\r\n" + one for one in parts) + b"--bord--\r\n"
        return self.ask("POST", address, body, media_type="multipart/form-data; boundary=bord")


def taken_up(live_server, asked):
    """Return the application with the key that the team gave it."""
    key = make_key(
        collecting_id=asked.collecting.pk, label="Téléphone", case="carrefours",
        actor=asked.world.lead, at=AT,
    )  # fmt: skip
    return Collect(live_server.url.removeprefix("http://"), key)


def text_of(content, name, namespace):
    return etree.fromstring(content).findtext(f".//{{{namespace}}}{name}")


def test_a_form_is_taken_with_its_list_filled_and_sent_in_two_turns(live_server, asked):
    collect = taken_up(live_server, asked)
    base = f"http://{collect.server}/openrosa/{collect.key.row.name}"

    _answer, forms = collect.ask("GET", f"{base}/formList")
    _answer, xform = collect.ask("GET", text_of(forms, "downloadUrl", openrosa.FORMS))
    _answer, manifest = collect.ask("GET", text_of(forms, "manifestUrl", openrosa.FORMS))
    answer, media = collect.ask("GET", text_of(manifest, "downloadUrl", openrosa.MANIFEST))
    head, nothing = collect.ask("HEAD", f"{base}/submission?deviceID=collect%3AaBc1")
    xml = asked.xml(region="mtl", ville="v", photo="1732287600.jpg", plan="1732287601.jpg")
    address = head.headers["Location"]
    first, said = collect.send(address, xml, ("1732287600.jpg", b"A" * 9000), incomplete=True)
    second, _said = collect.send(address, xml, ("1732287601.jpg", b"B"))
    again, done = collect.send(address, xml, ("1732287601.jpg", b"B"))

    assert etree.fromstring(forms).findtext("l:xform/l:hash", namespaces=LIST) == (
        f"md5:{hashlib.md5(xform).hexdigest()}"
    )
    assert text_of(manifest, "filename", openrosa.MANIFEST) == "itemsets.csv"
    assert text_of(manifest, "hash", openrosa.MANIFEST) == f"md5:{hashlib.md5(media).hexdigest()}"
    assert answer.headers["Content-Type"].startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(media.decode())))
    assert [row["label"] for row in rows] == ["Rimouski", "Verdun, « le village »"]
    assert (head.status, nothing) == (204, b"")
    assert [one.status for one in (first, second, again)] == [202, 201, 201]
    assert [etree.fromstring(one)[0].get("nature") for one in (said, done)] == (
        ["submit_success"] * 2
    )
    assert collect.statuses[:2] == [("GET", "formList", 401), ("GET", "formList", 200)]
    assert Submission.objects.get().instance_id == identifier(1)
    assert sorted(Attachment.objects.values_list("size", flat=True)) == [1, 9000]
    assert [one["ville"] for one in asked.answers()] == ["v"]


def test_a_form_changed_says_so_and_the_old_one_is_still_received(live_server, asked):
    """Collect compares the hash of the list with the one it has, and offers to update."""
    collect = taken_up(live_server, asked)
    base = f"http://{collect.server}/openrosa/{collect.key.row.name}"
    _answer, before = collect.ask("GET", f"{base}/formList")
    more = [*SURVEY, {"type": "text", "name": "suite", "label": "Suite ?"}]
    longer = Worksheet(
        PLACES.name, PLACES.columns, (*PLACES.rows, ("villes", "m", "Matane", "bsl"))
    )
    asked.publish_again(BOOK.with_sheet(worksheet_of("survey", more)).with_sheet(longer))

    _answer, after = collect.ask("GET", f"{base}/formList?listAllVersions=true")
    old, _said = collect.send(f"{base}/submission", asked.xml(1, ville="v", region="mtl"))

    hashes = [
        {one.text for one in etree.fromstring(content).findall("l:xform/l:hash", LIST)}
        for content in (before, after)
    ]
    assert (len(hashes[1]), hashes[0] < hashes[1]) == (2, True)
    assert old.status == 201
