"""Forms that pyxform and onadata test themselves with, from the file to an answer received.

Each is imported through the pages, published, collected, taken by a device and answered; what our
pages cannot hold is refused when it comes in, with its reason. Nothing ends on a fault of ours.
"""

import html
import re
from datetime import timedelta

import numpy as np
import pytest
from django.test import Client
from django.utils import timezone
from lxml import etree
from tests.third_party.engines import drawn_answer
from tests.web.collection.answering_world import answering
from tests.web.entrance import let_in

from croisee.questionnaire.filling import Filling
from croisee.questionnaire.form import Kind
from croisee.questionnaire.sheet import prepare
from croisee.questionnaire.submission import submission_of
from croisee.questionnaire.xform import read_form
from croisee_web.access.models import Account
from croisee_web.collection.models import Collecting, Submission
from croisee_web.collection.rules import openrosa
from croisee_web.collection.usecases.conducting import Plan, open_collecting
from croisee_web.collection.usecases.devices import make_key
from croisee_web.instruments.models import PublishedVersion

pytestmark = pytest.mark.django_db
FOLDERS = ("survey/pyxform_forms", "survey/onadata_forms")
ENDINGS = {".xls", ".xlsx", ".xlsm", ".csv"}
SKIPPED = {Kind.GROUP, Kind.REPEAT, Kind.CALCULATED, Kind.NOTE, Kind.FILE}
NUMBERS = (b"351746052009472", b"5145550199", b"5145550188")
"""Numbers that somebody could be found by."""
STUDY = "/etudes/numerique"
FLAGS = {"tutorial.xlsx": {"inconnus", "incomplet"}, "cascading.xlsx": {"inconnus"}}
"""Each says the identifier its first server gave the form; one in tutorial has no age."""


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.KEYS_ROOT, settings.FILES_ROOT = tmp_path / "cles", tmp_path / "fichiers"


@pytest.fixture
def world():
    return answering()


@pytest.fixture
def lead(world):
    return Account.objects.get(email="lea@exemple.ca")


def forms_of(real_data):
    every = [path for folder in FOLDERS for path in (real_data / folder).rglob("*")]
    return sorted(path for path in every if path.suffix.lower() in ENDINGS)


def refusals(answer):
    """Return the reasons a page gives, as somebody reads them."""
    said = re.findall(r'<(?:li|td|p)[^>]*class="[^"]*"[^>]*>(.*?)</', answer.content.decode())
    return [html.unescape(one) for one in said]


def imported(client, path):
    """Give a file to the import page; return the page of the questionnaire, "" if refused."""
    with path.open("rb") as file:
        answer = client.post(
            f"{STUDY}/instruments/importer/",
            {"file": file, "name_fr": path.name[:60], "name_en": "", "subject": "personne"},
        )
    assert answer.status_code in {302, 422}, path.name
    if answer.status_code == 422:
        assert len("".join(refusals(answer))) > 20, path.name
        return ""
    return answer.headers["Location"]


def published(client, page):
    """Publish a questionnaire from its page; return what people answer, ``None`` if refused."""
    shown = client.get(f"{page}publier/")
    version = re.search(r'name="version" value="(\d+)"', shown.content.decode())[1]
    answer = client.post(f"{page}publier/", {"version": version})
    if answer.status_code != 302:
        assert answer.status_code == 422
        assert len("".join(refusals(answer))) > 20
        return None
    return PublishedVersion.objects.latest("pk")


def collected(world, lead, version, *, anonymous=False):
    """Open a collection of a version; return it with the address of a device's key."""
    at = timezone.now()
    day = at.date()
    plan = Plan(
        version.pk, "2026", {"carrefours": None}, day - timedelta(days=1),
        day + timedelta(days=9), anonymous=anonymous, open_link=True,
    )  # fmt: skip
    row = open_collecting(study_id=world.study.pk, plan=plan, actor=lead, at=at)
    key = make_key(collecting_id=row.pk, label="D", case="carrefours", actor=lead, at=at)
    return Collecting.objects.get(pk=row.pk), f"/openrosa/{key.secret}"


def filled(xform, seed):
    """Answer a form as somebody would, drawn from a seed."""
    rng = np.random.default_rng(seed)
    filling = Filling(prepare(read_form(xform)), at=timezone.now(), chance=rng)
    for one in filling.asked_places():
        asked = one.address in {place.address for place in filling.asked_places()}
        if asked and one.node.kind not in SKIPPED and not one.node.readonly:
            filling.set(one.address, drawn_answer(rng, filling, one))
    return submission_of(filling)


def sent(device, address, content):
    answer = device.post(
        f"{address}/submission", content, content_type="text/xml", HTTP_X_OPENROSA_VERSION="1.0"
    )
    message = etree.fromstring(answer.content)[0]
    return answer.status_code, message.get("nature"), message.text


@pytest.mark.proof
def test_every_real_form_is_refused_with_reasons_or_answered(client, world, lead, real_data):
    let_in(client, lead)
    device, told = Client(), {"imported": 0, "published": 0, "received": 0}
    for path in forms_of(real_data):
        page = imported(client, path)
        version = published(client, page) if page else None
        told["imported"] += bool(page)
        if version is None:
            continue
        told["published"] += 1
        _row, address = collected(world, lead, version)
        listed = etree.fromstring(device.get(f"{address}/formList").content)
        xform = device.get(listed.findtext(f".//{{{openrosa.FORMS}}}downloadUrl"))
        status, nature, said = sent(device, address, filled(xform.content, 1))
        assert (status, nature) == (201, "submit_success"), (path.name, said)
        told["received"] += 1
    assert told == {"imported": 62, "published": 42, "received": 42}


@pytest.mark.parametrize("name", FLAGS)
def test_answers_of_real_devices_are_received_or_refused_in_words(
    client, world, lead, real_data, name
):
    """Sent as they are, then under the name and the version that the list of forms tells."""
    let_in(client, lead)
    (path,) = [one for one in forms_of(real_data) if one.name == name]
    version = published(client, imported(client, path))
    row, address = collected(world, lead, version)
    device = Client()
    answers = sorted((path.parent / "instances").glob("*.xml"))
    statuses = []
    for one in answers:
        root = etree.fromstring(one.read_bytes())
        root.set("id", version.form_id)
        root.set("version", version.form_version)
        renamed = etree.tostring(root)
        root.tag = "data"
        statuses.append(
            [sent(device, address, xml)[:2] for xml in (one.read_bytes(), renamed,
                                                        etree.tostring(root))]
        )  # fmt: skip

    unknown = (404, "submit_error")
    assert statuses == [[unknown, unknown, (201, "submit_success")]] * len(answers)
    kept = Submission.objects.filter(collecting=row).select_related("sheet")
    assert [len(one.sheet.answers) > 0 for one in kept] == [True] * len(answers)
    assert {flag for one in kept for flag in one.flags} == FLAGS[name]


def test_a_form_of_another_root_is_another_form(client, world, lead):
    """Nothing would be read of it: « received » would be a lie."""
    row, address = collected(world, lead, world.published)
    content = filled(bytes(world.published.xform), 3)
    other = content.replace(b"<data ", b"<autre ").replace(b"</data>", b"</autre>")

    status, nature, said = sent(client, address, other)

    assert (status, nature, "ne connaît pas" in said) == (404, "submit_error", True)
    assert not Submission.objects.filter(collecting=row).exists()
    assert sent(client, address, content)[0] == 201


@pytest.mark.parametrize("anonymous", [False, True])
def test_what_a_form_does_not_know_is_not_kept_where_answers_are_anonymous(
    client, world, lead, anonymous
):
    """A telephone's number could be there; elsewhere it stays, with a flag."""
    row, address = collected(world, lead, world.published, anonymous=anonymous)
    content = filled(bytes(world.published.xform), 3)
    added = b"<imei>351746052009472</imei><vous><tel>5145550199</tel></vous></data>"
    content = content.replace(b"</data>", added).replace(b"<aide>", b'<aide de="5145550188">')

    assert sent(client, address, content)[0] == 201

    kept = Submission.objects.get(collecting=row)
    found = [number in bytes(kept.content) for number in NUMBERS]
    assert (found, kept.flags) == ([not anonymous] * 3, ["inconnus"])
