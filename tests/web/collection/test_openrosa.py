"""What ODK Collect and Enketo ask of us, request by request, and what they are answered."""

import base64
import hashlib
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from lxml import etree
from tests.web.collection.conducting_world import AT
from tests.web.collection.receiving_world import BOOK, asked_of, identifier
from tests.web.entrance import let_in
from tests.web.looking import cookies_of, faults_of

from croisee.formats.xlsform import worksheet_of
from croisee_web.access.queries import NotAllowed
from croisee_web.collection.models import Attachment, DeviceKey, Submission
from croisee_web.collection.rules import openrosa
from croisee_web.collection.usecases.conducting import CollectingRefused
from croisee_web.collection.usecases.devices import make_key, revoke_key
from croisee_web.journal.models import Entry

pytestmark = pytest.mark.django_db
LIST = {"l": openrosa.FORMS}
COLLECT = {
    "HTTP_X_OPENROSA_VERSION": "1.0",
    "HTTP_USER_AGENT": "org.odk.collect.android/v2026.1 Dalvik/2.1.0",
    "HTTP_DATE": "Sun, 22 Nov 2026 15:00:00 GMT",
}


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.FILES_ROOT = tmp_path


@pytest.fixture
def asked():
    return asked_of()


@pytest.fixture
def key(asked):
    return made(asked)


def made(asked, case="carrefours"):
    return make_key(
        collecting_id=asked.collecting.pk, label="Téléphone de Rimouski", case=case,
        actor=asked.world.lead, at=AT,
    )  # fmt: skip


def address(key, page="submission"):
    return f"/openrosa/{key}/{page}"


def part(name, content, *, filename=None, media_type="text/xml"):
    named = f'; filename="{filename}"' if filename else ""
    head = f'Content-Disposition: form-data; name="{name}"{named}\r\nContent-Type: {media_type}'
    return head.encode() + b"\r\n\r\n" + content + b"\r\n"


def post(client, key, content, *files, incomplete=False, **headers):
    """Send a form as ODK Collect does: the XML first, then files, each named by its own name."""
    parts = [part("xml_submission_file", content, filename="eclair_2026.xml")]
    parts += [part(name, bytes_, filename=name, media_type="image/jpeg") for name, bytes_ in files]
    if incomplete:
        parts.append(part("*isIncomplete*", b"yes", media_type="text/plain"))
    body = b"".join(b"--limite\r\n" + one for one in parts) + b"--limite--\r\n"
    return client.post(
        address(key), body, content_type="multipart/form-data; boundary=limite",
        **{**COLLECT, **headers},
    )  # fmt: skip


def message(answer):
    root = etree.fromstring(answer.content)
    assert root.tag == f"{{{openrosa.RESPONSE}}}OpenRosaResponse"
    return root[0].get("nature"), root[0].text


def test_collect_takes_the_list_then_the_form_then_its_files(client, asked, key):
    answer = client.get(address(key.secret, "formList"), **COLLECT)

    (form,) = etree.fromstring(answer.content).findall("l:xform", LIST)
    told = {one.tag.rpartition("}")[2]: one.text for one in form}
    published = asked.collecting.published
    assert (told["formID"], told["version"], told["name"]) == (
        published.form_id, published.form_version, "Photos",
    )  # fmt: skip
    xform = client.get(told["downloadUrl"], **COLLECT)
    assert xform.content == bytes(published.xform)
    assert told["hash"] == f"md5:{hashlib.md5(xform.content).hexdigest()}"
    manifest = client.get(told["manifestUrl"], **COLLECT)
    assert etree.fromstring(manifest.content).tag == f"{{{openrosa.MANIFEST}}}manifest"
    for one in (answer, xform, manifest):
        assert one.headers["X-OpenRosa-Version"] == "1.0"
        assert one.headers["Content-Type"].startswith("text/xml")
        assert one.headers["Date"].endswith("GMT")


def test_collect_asks_where_to_send_then_sends_in_several_turns(client, asked, key):
    content = asked.xml(photo="a.jpg", plan="b.jpg")

    head = client.head(f"{address(key.secret)}?deviceID=collect%3A1", **COLLECT)
    first = post(client, key.secret, content, ("a.jpg", b"A"), incomplete=True)
    again = post(client, key.secret, content, ("a.jpg", b"A"), incomplete=True)
    second = post(client, key.secret, content, ("b.jpg", b"B"))
    third = post(client, key.secret, content, ("b.jpg", b"B"))

    assert (head.status_code, head.content) == (204, b"")
    assert head.headers["Location"] == f"http://testserver{address(key.secret)}"
    assert head.headers["X-OpenRosa-Accept-Content-Length"] == "10000000"
    assert [one.status_code for one in (first, again, second, third)] == [202, 202, 201, 201]
    assert message(first) == (
        "submit_success", "Réponses reçues. Fichiers encore attendus : b.jpg.",
    )  # fmt: skip
    assert message(second) == ("submit_success", "Réponses reçues. Merci.")
    assert Submission.objects.get().instance_id == identifier(1)
    assert sorted(Attachment.objects.values_list("name", "size")) == [("a.jpg", 1), ("b.jpg", 1)]


def test_collect_corrects_a_form_that_it_sent(client, asked, key):
    post(client, key.secret, asked.xml(1, heures="1"))

    answer = post(client, key.secret, asked.xml(2, corrects=1, heures="2"))

    assert answer.status_code == 201
    assert [one["heures"] for one in asked.answers()] == ["2"]


def test_another_form_under_the_same_number_is_a_conflict_in_words(client, asked, key):
    post(client, key.secret, asked.xml(1, heures="1"))

    answer = post(client, key.secret, asked.xml(1, heures="2"))

    assert answer.status_code == 409
    assert message(answer)[0] == "submit_error"
    assert "gardée à part" in message(answer)[1]


def test_enketo_sends_the_xml_as_a_field_or_alone(client, asked, key):
    first = client.post(
        address(key.secret), {"xml_submission_file": asked.xml(1).decode()}, **COLLECT
    )
    second = client.post(address(key.secret), asked.xml(2), content_type="text/xml", **COLLECT)

    assert (first.status_code, second.status_code) == (201, 201)
    assert Submission.objects.count() == 2


def test_every_version_is_listed_when_asked_and_one_form_by_its_name(client, asked, key):
    newer = asked.publish_again(longer_book())

    every = client.get(f"{address(key.secret, 'formList')}?listAllVersions=true", **COLLECT)
    other = client.get(f"{address(key.secret, 'formList')}?formID=autre", **COLLECT)

    versions = etree.fromstring(every.content).findall("l:xform/l:version", LIST)
    assert [one.text for one in versions] == [
        asked.collecting.published.form_version, newer.form_version,
    ]  # fmt: skip
    assert len(etree.fromstring(other.content)) == 0


def longer_book():
    records = [*BOOK.sheet("survey").records(), {"type": "text", "name": "s", "label": "Suite ?"}]
    return BOOK.with_sheet(worksheet_of("survey", records))


def digest(key, challenge, method, uri, *, secret=None, nc="00000001"):
    """Answer a challenge as RFC 7616 says, computed here on its own."""
    parts = openrosa.digest_parts(challenge)

    def md5(text):
        return hashlib.md5(text.encode()).hexdigest()

    ha1 = md5(f"{key.row.name}:{parts['realm']}:{secret or key.secret}")
    ha2 = md5(f"{method}:{uri}")
    response = md5(f"{ha1}:{parts['nonce']}:{nc}:abc:auth:{ha2}")
    return (
        f'Digest username="{key.row.name}", realm="{parts["realm"]}", nonce="{parts["nonce"]}", '
        f'uri="{uri}", qop=auth, nc={nc}, cnonce="abc", response="{response}", algorithm=MD5'
    )


def test_collect_signs_with_digest_after_a_first_refusal(client, asked, key):
    uri = address(key.row.name)

    refused = client.head(uri, **COLLECT)
    signed = digest(key, refused.headers["WWW-Authenticate"], "HEAD", uri)
    accepted = client.head(uri, HTTP_AUTHORIZATION=signed, **COLLECT)
    signed = digest(key, refused.headers["WWW-Authenticate"], "POST", uri, nc="00000002")
    sent = post(client, key.row.name, asked.xml(), HTTP_AUTHORIZATION=signed)

    assert (refused.status_code, accepted.status_code, sent.status_code) == (401, 204, 201)
    assert refused.headers["WWW-Authenticate"].startswith('Digest realm="Croisee", qop="auth"')
    assert "Basic" not in refused.headers["WWW-Authenticate"]


def test_a_signature_that_is_not_right_opens_nothing(client, key):
    uri = address(key.row.name, "formList")
    challenge = client.get(uri, **COLLECT).headers["WWW-Authenticate"]
    wrong = [
        digest(key, challenge, "GET", uri, secret="autre"),
        digest(key, challenge, "POST", uri),
        digest(key, challenge, "GET", uri).replace('cnonce="abc"', 'cnonce="abd"'),
        "Digest", "Digest username", "Basic", "Basic ???", "Bearer x",
        "Basic " + base64.b64encode(f"{key.row.name}:autre".encode()).decode(),
        f'Digest username="{key.row.name}", response=""',
    ]  # fmt: skip

    for header in wrong:
        assert client.get(uri, HTTP_AUTHORIZATION=header, **COLLECT).status_code == 401
    assert client.get(address("inconnu", "formList"), **COLLECT).status_code == 401


def test_a_signature_with_an_old_number_is_asked_again(client, key):
    uri = address(key.row.name, "formList")
    old = openrosa.nonce_at(AT - timedelta(days=365))
    signed = digest(key, f'Digest realm="Croisee", nonce="{old}"', "GET", uri)

    answer = client.get(uri, HTTP_AUTHORIZATION=signed, **COLLECT)

    assert answer.status_code == 401
    assert "stale=true" in answer.headers["WWW-Authenticate"]


def test_a_signature_for_another_address_opens_nothing(client, key):
    uri = address(key.row.name, "formList")
    challenge = client.get(uri, **COLLECT).headers["WWW-Authenticate"]
    signed = digest(key, challenge, "GET", address(key.row.name, "autre"))

    assert client.get(uri, HTTP_AUTHORIZATION=signed, **COLLECT).status_code == 401


def test_basic_is_taken_and_offered_only_where_nobody_listens(client, key):
    uri = address(key.row.name, "formList")
    given = base64.b64encode(f"{key.row.name}:{key.secret}".encode()).decode()

    opened = client.get(uri, HTTP_AUTHORIZATION=f"Basic {given}", secure=True, **COLLECT)
    offered = client.get(uri, secure=True, **COLLECT)

    assert opened.status_code == 200
    assert 'Basic realm="Croisee"' in offered.headers["WWW-Authenticate"]


def test_a_key_taken_back_sends_nothing_more_and_what_it_sent_stays(client, asked, key):
    post(client, key.secret, asked.xml(1))

    revoke_key(collecting_id=asked.collecting.pk, key_id=key.row.pk, actor=asked.world.lead, at=AT)

    assert post(client, key.secret, asked.xml(2)).status_code == 401
    assert Submission.objects.count() == 1
    acts = list(Entry.objects.order_by("-pk").values_list("act", flat=True)[:1])
    assert acts == ["collection.key.revoked"]


def test_a_key_is_for_a_network_that_is_asked_and_for_those_who_conduct(asked):
    with pytest.raises(CollectingRefused):
        made(asked, case="")
    with pytest.raises(CollectingRefused):
        made(asked, case="ailleurs")
    with pytest.raises(NotAllowed):
        make_key(
            collecting_id=asked.collecting.pk, label="x", case="carrefours",
            actor=asked.world.coordinator, at=AT,
        )  # fmt: skip


@pytest.mark.parametrize(
    "body",
    [b"", b"--limite\r\n", b"--limite--\r\n", b"n'importe quoi",
     b"--limite\r\n" + part("xml_submission_file", b"<data", filename="a.xml") + b"--limite--",
     b"--limite\r\n" + part("autre", b"x") + b"--limite--\r\n"],
)  # fmt: skip
def test_what_is_no_submission_is_refused_in_words(key, body):
    answer = Client().post(
        address(key.secret), body, content_type="multipart/form-data; boundary=limite"
    )

    assert answer.status_code == 400
    assert message(answer)[0] == "submit_error"


def test_other_methods_and_forms_of_others_are_refused(client, asked, key):
    number = asked.world.published.pk

    assert client.get(address(key.secret)).status_code == 405
    assert client.put(address(key.secret)).status_code == 405
    for page in ("openrosa-form", "openrosa-manifest"):
        given = {"key": key.secret, "number": number}
        assert client.get(reverse(f"collection:{page}", kwargs=given)).status_code == 404
    given = {"key": key.secret, "number": asked.collecting.published_id, "name": "itemsets.csv"}
    assert client.get(reverse("collection:openrosa-media", kwargs=given)).status_code == 404


@pytest.fixture
def team_page(client, asked):
    let_in(client, asked.world.lead)
    return f"/etudes/numerique/collecte/{asked.collecting.pk}/appareils/"


def test_the_lead_makes_a_key_sees_it_once_and_takes_it_back(client, asked, team_page):
    made = client.post(team_page, {"label": "Tablette", "case": "quartiers"})
    shown = made.content.decode()
    key = DeviceKey.objects.get()
    address_told = re.search(r"<code>(http://testserver/openrosa/[^<]+)</code>", shown)[1]

    again = client.get(team_page).content.decode()
    forms = Client().get(f"{address_told}/formList")
    client.post(f"{team_page}{key.pk}/retirer/")

    assert (made.status_code, forms.status_code, "<svg" in shown) == (200, 200, True)
    assert address_told.rpartition("/")[2] not in again
    assert "Tablette" in again
    assert Client().get(f"{address_told}/formList").status_code == 401


def test_a_key_needs_a_network_where_no_form_says_it(client, team_page):
    answer = client.post(team_page, {"label": "Tablette", "case": ""})

    assert answer.status_code == 422
    assert DeviceKey.objects.count() == 0


@pytest.mark.parametrize("keys", [1, 3])
def test_the_page_of_devices_makes_as_many_queries_whatever_their_number(
    client, asked, team_page, keys, django_assert_num_queries
):
    for _number in range(keys):
        made(asked)

    with django_assert_num_queries(17):
        answer = client.get(team_page)

    assert answer.content.decode().count("Retirer la clé") == keys


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_page_of_devices_is_right_wide_and_narrow(
    browser, live_server, client, asked, team_page
):
    made(asked)

    assert faults_of(
        browser, live_server.url, [team_page],
        cookies=cookies_of(let_in(client, asked.world.lead), live_server.url),
    ) == []  # fmt: skip
