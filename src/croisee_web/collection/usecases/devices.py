"""Giving a device a key to a collection, and taking it back."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from croisee_web.access.models import Account
from croisee_web.collection.models import DeviceKey
from croisee_web.collection.queries.held import locked_collecting
from croisee_web.collection.rules.openrosa import ha1_of
from croisee_web.collection.usecases.conducting import CollectingRefused
from croisee_web.collection.usecases.receiving import CASE_QUESTION
from croisee_web.collection.vault import token_digest
from croisee_web.collection.vocabulary import KEY_MADE, KEY_REVOKED
from croisee_web.instruments.queries import published_form
from croisee_web.journal.usecases import record
from croisee_web.kit.errors import NotFound

_SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"


@dataclass(frozen=True, slots=True)
class MadeKey:
    """A key, and its secret: told once, kept nowhere."""

    row: DeviceKey
    secret: str


@transaction.atomic
def make_key(*, collecting_id: int, label: str, case: str, actor: Account, at: datetime) -> MadeKey:
    """Make a key that a device sends with, for one network, or for the one each form says.

    Raises:
        NotFound, NotAllowed: the actor does not conduct this study's collections.
        CollectingRefused: no such network, or nothing would say for which network a form is.
    """
    collecting = locked_collecting(collecting_id, actor)
    networks = {one.case.code: one.case for one in collecting.cases.select_related("case")}
    asks = any(
        node.name == CASE_QUESTION for node in published_form(collecting.published_id).form.walk()
    )
    if case not in networks and (case or (len(networks) > 1 and not asks)):
        raise CollectingRefused(_("Choisissez le réseau pour lequel cet appareil envoie."))
    secret = secrets.token_urlsafe(24)
    name = "".join(secrets.choice(_SIGNS) for _place in range(10))
    row = DeviceKey.objects.create(
        collecting=collecting,
        case=networks.get(case),
        label=label,
        name=name,
        secret_sha256=token_digest(secret),
        digest_ha1=ha1_of(name, secret),
        made_at=at,
        made_by=actor.label,
    )
    record(
        act=KEY_MADE,
        actor=actor.label,
        at=at,
        study_id=collecting.study_id,
        collecting=collecting.pk,
        key=row.pk,
    )
    return MadeKey(row, secret)


@transaction.atomic
def revoke_key(*, collecting_id: int, key_id: int, actor: Account, at: datetime) -> None:
    """Take a key back: what it sends afterwards is refused. What it sent stays.

    Raises:
        NotFound, NotAllowed: the actor does not conduct this study's collections; no such key.
    """
    collecting = locked_collecting(collecting_id, actor)
    row = DeviceKey.objects.filter(pk=key_id, collecting=collecting).first()
    if row is None:
        raise NotFound
    if row.revoked_at is not None:
        return
    row.revoked_at = at
    row.save(update_fields=["revoked_at"])
    record(
        act=KEY_REVOKED,
        actor=actor.label,
        at=at,
        study_id=collecting.study_id,
        collecting=collecting.pk,
        key=row.pk,
    )
