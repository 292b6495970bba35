"""Hostile submissions from a seeded generator: never a 500, never an answer lost, nothing outside.

Two hundred in ``make test``, ten thousand in ``make proof``: what ODK Collect sends, bent, cut,
swollen, doubled, renamed, in other encodings, with entities, bombs and ways out of the folder.
"""

import numpy as np
import pytest
from django.db import transaction
from django.test import Client
from lxml import etree
from tests.web.collection.conducting_world import AT
from tests.web.collection.receiving_world import asked_of

from croisee_web.collection.models import Attachment, Submission
from croisee_web.collection.usecases.devices import make_key
from croisee_web.collection.usecases.intake.attaching import attachment_path

pytestmark = pytest.mark.django_db
REFUSED = {400, 404, 409, 410, 413}
NAMES = [
    "../../../etc/passwd", "..\\..\\x.jpg", "/etc/cron.d/x", "a\x00.jpg", "a" * 5000, "", ".",
    "..", "CON", "a.jpg:flux", "\u202egpj.exe", "xml_submission_file", "é" * 300, "%2e%2e%2fx",
    "a\r\nb: c", "=cmd|' /C calc'!A0", "<script>alert(1)</script>.svg", "' OR 1=1 --",
    "photo.jpg", "*isIncomplete*",
]  # fmt: skip
XML = [
    b'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><data id="photos">&x;</data>',
    b'<!DOCTYPE d [<!ENTITY a "aaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]><data>&b;&b;&b;</data>',
    b'<!DOCTYPE d [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x"> %p;]><data/>',
    b'<data xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="/etc/passwd"/></data>',
    b"<data>" + b"<a>" * 5000 + b"</a>" * 5000 + b"</data>",
    b"<data " + b" ".join(b'a%d="x"' % n for n in range(3000)) + b"/>",
    b"\xff\xfe<\x00d\x00/\x00>\x00", b"\xef\xbb\xbf<data/>", b"<data/>\x00", b"", b"PK\x03\x04",
    b"\x1f\x8b\x08",
    b'<?xml version="1.0" encoding="UTF-7"?><data/>', b'<?xml-stylesheet href="x"?><data/>',
    b"<data><![CDATA[</data><script>]]></data>", b"{}", b"<html><body/></html>",
]  # fmt: skip
VALUES = [
    "", " ", "x" * 200_000, "\u202e", "𝟙", "NaN", "-1e308", "9" * 400, "2026-02-30", "visio visio",
    "=1+1", "<b>", "&amp;", "]]>", "a\tb\nc", "\U0001f600" * 50, "../x", "None", "0x10", "٣",
]  # fmt: skip


@pytest.fixture
def door(settings, tmp_path):
    settings.FILES_ROOT = tmp_path / "fichiers"
    asked = asked_of()
    key = make_key(
        collecting_id=asked.collecting.pk, label="x", case="carrefours", actor=asked.world.lead,
        at=AT,
    )  # fmt: skip
    return asked, f"/openrosa/{key.secret}/submission", tmp_path


class Generator:
    """Draws hostile requests; the same seed draws the same ones."""

    def __init__(self, asked, seed):
        self.asked, self.rng = asked, np.random.default_rng(seed)

    def one_of(self, found):
        return found[int(self.rng.integers(len(found)))]

    def chance(self, share):
        return self.rng.random() < share

    def xml(self, number):
        if self.chance(0.15):
            return self.one_of(XML)
        named = {name: self.one_of(VALUES) for name in ("outil", "outils", "heures", "mot")
                 if self.chance(0.4)}  # fmt: skip
        if self.chance(0.3):
            named["photo"] = self.one_of(NAMES).replace("\x00", "")
        content = self.asked.xml(
            int(self.rng.integers(40)) if self.chance(0.5) else number,
            corrects=int(self.rng.integers(40)) if self.chance(0.1) else 0,
            **{key: _readable(value) for key, value in named.items()},
        )
        return self.bent(content) if self.chance(0.3) else content

    def bent(self, content):
        """Cut, flip, double or swell some bytes."""
        held = bytearray(content)
        for _turn in range(int(self.rng.integers(1, 6))):
            at = int(self.rng.integers(len(held))) if held else 0
            how = int(self.rng.integers(4))
            if how == 0:
                del held[at:]
            elif how == 1 and held:
                held[at] = int(self.rng.integers(256))
            elif how == 2:
                held[at:at] = held[at : at + 40]
            else:
                held[at:at] = self.rng.bytes(int(self.rng.integers(1, 30)))
        return bytes(held)

    def request(self, number):
        parts = [_part("xml_submission_file", self.xml(number), "a.xml")]
        for _file in range(int(self.rng.integers(0, 4))):
            name = self.one_of(NAMES)
            parts.append(_part(name, self.rng.bytes(int(self.rng.integers(0, 200))), name))
        if self.chance(0.1):
            parts.append(parts[0])
        if self.chance(0.1):
            parts = parts[1:]
        body = b"".join(b"--x\r\n" + part for part in parts) + b"--x--\r\n"
        if self.chance(0.2):
            body = self.bent(body)
        kind = "multipart/form-data; boundary=x"
        if self.chance(0.1):
            kind = self.one_of(["text/xml", "application/json", "multipart/form-data", "", "x/y; z",
                                "multipart/form-data; boundary=" + "y" * 500])  # fmt: skip
        return body, kind


def _readable(text):
    return "".join(one for one in text if one.isprintable() or one in "\t\n")


def _part(name, content, filename):
    head = f'Content-Disposition: form-data; name="{name}"; filename="{filename}"\r\n\r\n'
    return head.encode("utf-8", "surrogatepass") + content + b"\r\n"


def sent(door, number, seed):
    """Send hostile requests; return what went wrong, each with its number."""
    asked, address, root = door
    client, wrong = Client(raise_request_exception=False), []
    generator = Generator(asked, seed)
    asked.receive(1001, mot="perle", photo="a.jpg", files=[("a.jpg", b"perle")])
    pearl = bytes(Submission.objects.get().content)
    for place in range(number):
        body, kind = generator.request(place + 2000)
        with transaction.atomic():
            answer = client.post(address, body, content_type=kind)
        if answer.status_code not in REFUSED | {201, 202}:
            wrong.append((place, "status", answer.status_code))
        elif etree.fromstring(answer.content)[0].text in {"", None}:
            wrong.append((place, "no words", answer.status_code))
    row = Submission.objects.get(instance_id__endswith=f"{1001:012x}")
    if bytes(row.content) != pearl or row.sheet is None:
        wrong.append((None, "the answer that was there", row.state))
    folder = attachment_path(asked.world.study.pk, "00").parents[2]
    wrong += [(None, "outside", path) for path in root.rglob("*") if path.is_file()
              and folder not in path.parents]  # fmt: skip
    wrong += [
        (None, "a name that leads elsewhere", one.name)
        for one in Attachment.objects.all()
        if "/" in one.name or "\\" in one.name or len(one.name) > 200
    ]
    return wrong


def test_hostile_submissions_are_refused_in_words_or_received_whole(door):
    assert sent(door, 200, seed=20261122) == []


@pytest.mark.proof
def test_ten_thousand_hostile_submissions_lose_nothing(door):
    assert sent(door, 10_000, seed=1) == []
