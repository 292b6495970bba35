"""Keys of devices, and the forms that each may take."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.db import connection

from croisee_web.access.models import Account
from croisee_web.access.queries import require
from croisee_web.access.vocabulary import Verb
from croisee_web.collection.models import Collecting, DeviceKey
from croisee_web.collection.queries.moment import once
from croisee_web.collection.rules.openrosa import (
    MediaFile,
    basic_secret,
    digest_parts,
    is_fresh,
    signs,
)
from croisee_web.collection.vault import token_digest
from croisee_web.instruments.models import PublishedVersion
from croisee_web.kit.errors import NotFound
from croisee_web.study.queries import reader_language
from croisee_web.study.queries.naming import said


@dataclass(frozen=True, slots=True)
class Device:
    """A key that opens: the collection it sends to, the network it sends for (« » : each form)."""

    key_id: int
    collecting_id: int
    case: str


@dataclass(frozen=True, slots=True)
class ToldKey:
    """A key as its page shows it. Nothing of its secret is known."""

    id: int
    label: str
    name: str
    case: str
    made_at: datetime
    revoked: bool


@dataclass(frozen=True, slots=True)
class TakenForm:
    """A published version as applications take it."""

    published_id: int
    form_id: str
    version: str
    name: str
    xform: bytes
    media: tuple[MediaFile, ...]


@dataclass(frozen=True, slots=True)
class Knock:
    """How a device comes: the key in its address, what it signs, and for which request."""

    key: str
    header: str
    method: str
    path: str


def device_of(knock: Knock, at: datetime) -> tuple[Device | None, bool]:
    """Return the device that an address or a signature names, and whether it is to sign again.

    The key is the secret itself, or a name that HTTP's Basic or Digest then proves. Two SQL
    queries at most.
    """
    key, header = knock.key, knock.header
    digest = token_digest(key)
    opened = once(("device", digest), lambda: _opened_by(digest))
    if opened is not None:
        return opened, False
    name, secret = basic_secret(header)
    if name:
        row = _opened().filter(name=name, secret_sha256=token_digest(secret)).first()
        return (_device(row) if row is not None and name == key else None), False
    parts = digest_parts(header)
    if parts.get("username", "") != key or urlsplit(parts.get("uri", "")).path != knock.path:
        return None, False
    row = _opened().filter(name=key).first()
    if row is None or not signs(parts, row.digest_ha1, knock.method):
        return None, False
    fresh = is_fresh(parts.get("nonce", ""), at)
    return (_device(row) if fresh else None), not fresh


def _opened_by(digest: str) -> Device | None:
    """Return the device whose secret has this digest; a statement written once."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT collection_devicekey.id, collecting_id, study_case.code "
            "FROM collection_devicekey LEFT JOIN study_case ON study_case.id = case_id "
            "WHERE secret_sha256 = %s AND revoked_at IS NULL",
            [digest],
        )
        found = cursor.fetchone()
    return None if found is None else Device(found[0], found[1], found[2] or "")


def _opened() -> Any:
    return DeviceKey.objects.select_related("case").filter(revoked_at=None)


def _device(row: DeviceKey) -> Device:
    return Device(row.pk, row.collecting_id, row.case.code if row.case is not None else "")


def forms_of(collecting_id: int, *, every_version: bool = False) -> tuple[TakenForm, ...]:
    """Return the version asked now, or every one that is still received. Two SQL queries."""
    collecting = Collecting.objects.select_related("published__questionnaire").get(pk=collecting_id)
    now = collecting.published
    rows = (
        PublishedVersion.objects.filter(questionnaire=now.questionnaire).order_by("number")
        if every_version
        else [now]
    )
    name = said(now.questionnaire.name_fr, now.questionnaire.name_en)
    return tuple(
        TakenForm(
            row.pk, row.form_id, row.form_version, name, bytes(row.xform), media_of(row.workbook)
        )
        for row in rows
    )


def form_of(collecting_id: int, published_id: int) -> TakenForm:
    """Return one version. Two SQL queries.

    Raises:
        NotFound: it is of another questionnaire, or there is none.
    """
    for form in forms_of(collecting_id, every_version=True):
        if form.published_id == published_id:
            return form
    raise NotFound


def media_of(workbook: list[Any]) -> tuple[MediaFile, ...]:
    """Return the files that go with a form: the choices it keeps outside, if it has some."""
    sheets: Mapping[str, tuple[list[str], list[list[str]]]] = {
        str(name).strip().lower(): (columns, rows) for name, columns, rows in workbook
    }
    if "external_choices" not in sheets:
        return ()
    columns, rows = sheets["external_choices"]
    written = io.StringIO(newline="")
    csv.writer(written, quoting=csv.QUOTE_ALL).writerows(
        [columns, *(row for row in rows if any(row))]
    )
    return (MediaFile("itemsets.csv", written.getvalue().encode()),)


def keys_of(*, study_id: int, collecting_id: int, viewer: Account) -> tuple[ToldKey, ...]:
    """Return the keys of a collection, the newest first. One SQL query.

    Raises:
        NotFound, NotAllowed: the reader does not conduct this study's collections.
    """
    require(actor=viewer, verb=Verb.EDIT_STUDY, study_id=study_id)
    rows = (
        DeviceKey.objects.select_related("case")
        .filter(collecting_id=collecting_id, collecting__study_id=study_id)
        .order_by("-made_at", "-pk")
    )
    english = reader_language() == "en"
    return tuple(
        ToldKey(
            row.pk,
            row.label,
            row.name,
            ""
            if row.case is None
            else (english and row.case.short_en) or row.case.short_fr or row.case.name_fr,
            row.made_at,
            row.revoked_at is not None,
        )
        for row in rows
    )
