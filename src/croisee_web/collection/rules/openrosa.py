"""What applications such as ODK Collect and Enketo speak: OpenRosa 1.0, as XML and headers.

Source: ODK documentation, « Form List API », « Form Manifest API », « Form Submission API »,
« HTTP Request API », « Authentication API »; RFC 7616 (Digest), RFC 7617 (Basic).
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import re
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from xml.sax.saxutils import escape

from django.utils.crypto import salted_hmac
from lxml import etree

VERSION = "1.0"
REALM = "Croisee"
FORMS = "http://openrosa.org/xforms/xformsList"
MANIFEST = "http://openrosa.org/xforms/xformsManifest"
RESPONSE = "http://openrosa.org/http/response"
NONCE_LIFE = timedelta(hours=12)
"""How long an application may sign with the same number before it asks for another."""
SENT_AS = "xml_submission_file"
SMALL = 65_536
"""The largest request read by :func:`form_alone`, in bytes."""
_ONE_PART = re.compile(
    rb"--([\w'-]{1,70})\r\n"
    rb'Content-Disposition: form-data; name="xml_submission_file"; filename="[\w. -]{0,200}\w"\r\n'
    rb"(?:Content-(?:Type|Length): [\w/;=. -]{1,100}\r\n){0,2}"
    rb"\r\n(.*)\r\n--([\w'-]{1,70})--\r\n",
    re.DOTALL | re.ASCII,
)
_MULTIPART = re.compile(r"multipart/form-data; ?boundary=([\w'-]{1,70})", re.ASCII)
_PART = re.compile(r'([A-Za-z0-9_-]+)=(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))')


@dataclass(frozen=True, slots=True)
class ListedForm:
    """One form as the list shows it: where to take it, and what says that it changed."""

    form_id: str
    version: str
    name: str
    md5: str
    address: str
    manifest: str


@dataclass(frozen=True, slots=True)
class MediaFile:
    """A file that goes with a form."""

    name: str
    content: bytes

    @property
    def md5(self) -> str:
        """What says that it changed: OpenRosa asks for MD5, which protects nothing here."""
        return md5_of(self.content)


def md5_of(content: bytes) -> str:
    """Return the MD5 that OpenRosa asks for, to tell that something changed."""
    return hashlib.md5(content, usedforsecurity=False).hexdigest()


def form_list(forms: Iterable[ListedForm]) -> bytes:
    """Return the list of forms as XML."""
    root = _root(FORMS, "xforms")
    for form in forms:
        one = etree.SubElement(root, f"{{{FORMS}}}xform")
        for name, text in (
            ("formID", form.form_id),
            ("name", form.name),
            ("version", form.version),
            ("hash", f"md5:{form.md5}"),
            ("downloadUrl", form.address),
            ("manifestUrl", form.manifest),
        ):
            if text:
                etree.SubElement(one, f"{{{FORMS}}}{name}").text = text
    return _written(root)


def manifest(files: Iterable[tuple[MediaFile, str]]) -> bytes:
    """Return the files that go with a form, each with its address, as XML."""
    root = _root(MANIFEST, "manifest")
    for file, address in files:
        one = etree.SubElement(root, f"{{{MANIFEST}}}mediaFile")
        etree.SubElement(one, f"{{{MANIFEST}}}filename").text = file.name
        etree.SubElement(one, f"{{{MANIFEST}}}hash").text = f"md5:{file.md5}"
        etree.SubElement(one, f"{{{MANIFEST}}}downloadUrl").text = address
    return _written(root)


def response(message: str, nature: str) -> bytes:
    """Return what the application shows to who sent a form."""
    return (
        "<?xml version='1.0' encoding='utf-8'?>\n"
        f'<OpenRosaResponse xmlns="{RESPONSE}"><message nature="{nature}">{escape(message)}'
        "</message></OpenRosaResponse>"
    ).encode()


def _root(namespace: str, name: str) -> etree._Element:
    return etree.fromstring(f'<{name} xmlns="{namespace}"/>')


def _written(root: etree._Element) -> bytes:
    return etree.tostring(root, encoding="utf-8", xml_declaration=True)


def basic_secret(header: str) -> tuple[str, str]:
    """Return the name and the secret of ``Authorization: Basic``, two "" where there are none."""
    scheme, _space, given = header.partition(" ")
    if scheme.lower() != "basic":
        return "", ""
    try:
        name, _colon, secret = base64.b64decode(given, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return "", ""
    return name, secret


def digest_parts(header: str) -> dict[str, str]:
    """Return what ``Authorization: Digest`` says, {} where it is another scheme."""
    scheme, _space, given = header.partition(" ")
    if scheme.lower() != "digest":
        return {}
    return {name.lower(): quoted or bare for name, quoted, bare in _PART.findall(given)}


def ha1_of(name: str, secret: str) -> str:
    """Return what HTTP's Digest keeps of a secret (RFC 7616 §3.4.2, algorithm MD5)."""
    return md5_of(f"{name}:{REALM}:{secret}".encode())


def nonce_at(at: datetime) -> str:
    """Return the number an application signs with; it bears its moment."""
    moment = f"{int(at.timestamp()):x}"
    return f"{moment}.{salted_hmac('openrosa nonce', moment, algorithm='sha256').hexdigest()}"


def is_fresh(nonce: str, at: datetime) -> bool:
    """Return whether we gave this number, not long ago."""
    moment, _point, _signature = nonce.partition(".")
    try:
        given = datetime.fromtimestamp(int(moment, 16), at.tzinfo)
    except (ValueError, OverflowError, OSError):
        return False
    return hmac.compare_digest(nonce.encode(), nonce_at(given).encode()) and (
        timedelta(0) <= at - given + timedelta(minutes=5) <= NONCE_LIFE
    )


def signs(parts: Mapping[str, str], ha1: str, method: str) -> bool:
    """Return whether a signature is right for this secret and this method (RFC 7616 §3.4.1)."""
    asked = md5_of(f"{method}:{parts.get('uri', '')}".encode())
    if parts.get("qop") == "auth":
        middle = ":".join(parts.get(name, "") for name in ("nonce", "nc", "cnonce", "qop"))
    else:
        middle = parts.get("nonce", "")
    expected = md5_of(f"{ha1}:{middle}:{asked}".encode())
    return hmac.compare_digest(expected.encode(), parts.get("response", "").encode())


def challenges(at: datetime, *, stale: bool, secure: bool) -> str:
    """Return ``WWW-Authenticate``: Digest; Basic too where nobody can listen."""
    again = ", stale=true" if stale else ""
    digest = f'Digest realm="{REALM}", qop="auth", algorithm=MD5, nonce="{nonce_at(at)}"{again}'
    return f'{digest}, Basic realm="{REALM}", charset="UTF-8"' if secure else digest


def form_alone(content_type: str, body: bytes) -> bytes | None:
    """Return the filled form of a request that is one part, written as applications write it.

    ``None`` for any other request: Django's parser reads those, more slowly. What both read is
    the same (``tests/web/collection/test_openrosa_requests.py``).
    """
    asked = _MULTIPART.fullmatch(content_type)
    found = _ONE_PART.fullmatch(body) if asked is not None else None
    if asked is None or found is None:
        return None
    boundary = asked[1].encode("ascii")
    if not boundary == found[1] == found[3] or b"--" + boundary in found[2]:
        return None
    return found[2]


def settings_code(address: str, project: str) -> str:
    """Return what ODK Collect reads in a QR code to be set up at once.

    Source: ODK documentation, « Configuring Collect with QR codes »: JSON, zlib, base64.
    """
    told = {
        "general": {"server_url": address, "autosend": "wifi_and_cellular"},
        "admin": {},
        "project": {"name": project},
    }
    return base64.b64encode(zlib.compress(json.dumps(told).encode(), 9)).decode("ascii")
