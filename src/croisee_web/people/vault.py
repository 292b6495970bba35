"""The vault: what links a participant's code to a person. No foreign key leads here.

Only the people slice imports this module; no ORM path can reach a name. Keys are files
outside the database (``KEYS_ROOT``): one a study, one a participant, the second sealed by
the first. Destroying a participant's key destroys what it seals, in every backup of the
database. Texts are sealed by :class:`croisee_web.kit.sealing.Cipher`: the study's number and
the participant's code are authenticated with each.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from croisee_web.kit import disk
from croisee_web.kit.sealing import Cipher
from croisee_web.kit.sealing import KeyMissing as KeyMissing


class SealedIdentity(models.Model):
    """A person's name and contacts, encrypted with a key of her own, kept outside the database."""

    study_id = models.PositiveBigIntegerField(_("étude"))
    participant = models.CharField(_("code"), max_length=80)
    sealed = models.BinaryField(_("contenu chiffré"))
    sealed_at = models.DateTimeField(_("déposé le"))

    class Meta:
        app_label = "people"
        constraints = [
            models.UniqueConstraint(
                fields=["study_id", "participant"], name="identity_once_a_participant"
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


def study_cipher(study_id: int) -> Cipher:
    """Return the cipher of a study; its key is made the first time, readable by its owner."""
    return Cipher(_study_key(study_id), f"etude/{study_id}")


def put(*, study_id: int, participant: str, identity: dict[str, str], at: datetime) -> None:
    """Seal somebody's name and contacts, in place of what was there."""
    about = f"etude/{study_id}/{participant}"
    key = _participant_key(study_id, participant, make=True)
    sealed = Cipher(key, about).seal(json.dumps(identity, ensure_ascii=False, sort_keys=True))
    SealedIdentity.objects.update_or_create(
        study_id=study_id,
        participant=participant,
        defaults={"sealed": sealed, "sealed_at": at},
    )


def take(*, study_id: int, participant: str) -> dict[str, str] | None:
    """Return somebody's name and contacts; ``None`` when none were put. One SQL query.

    Raises:
        KeyMissing: the key was destroyed or not restored.
    """
    row = SealedIdentity.objects.filter(study_id=study_id, participant=participant).first()
    if row is None:
        return None
    key = _participant_key(study_id, participant, make=False)
    text = Cipher(key, f"etude/{study_id}/{participant}").open(bytes(row.sealed))
    found: dict[str, str] = json.loads(text)
    return found


def known(study_id: int) -> frozenset[str]:
    """Return the codes of whose identity is in the vault. One SQL query; no key is read."""
    rows = SealedIdentity.objects.filter(study_id=study_id)
    return frozenset(rows.values_list("participant", flat=True))


def remove(*, study_id: int, participant: str) -> bool:
    """Remove a sealed identity; return whether there was one. The key stays until destroyed."""
    return bool(
        SealedIdentity.objects.filter(study_id=study_id, participant=participant).delete()[0]
    )


def put_file(*, study_id: int, participant: str, content: bytes) -> str:
    """Keep a file encrypted with somebody's own key; return the digest it is found by.

    The digest is the encrypted file's: it says nothing of the content.
    """
    key = _participant_key(study_id, participant, make=True)
    sealed = Cipher(key, f"preuve/{study_id}/{participant}").seal_bytes(content)
    digest = hashlib.sha256(sealed).hexdigest()
    disk.keep(_file(study_id, digest), sealed)
    return digest


def take_file(*, study_id: int, participant: str, digest: str) -> bytes:
    """Return the content of a file kept for somebody.

    Raises:
        KeyMissing: the file or its key was destroyed, or not restored.
    """
    try:
        sealed = _file(study_id, digest).read_bytes()
    except FileNotFoundError:
        raise KeyMissing from None
    key = _participant_key(study_id, participant, make=False)
    return Cipher(key, f"preuve/{study_id}/{participant}").open_bytes(sealed)


def remove_file(*, study_id: int, digest: str) -> None:
    """Remove a kept file; one that is not there is no fault."""
    disk.remove(_file(study_id, digest))


def _file(study_id: int, digest: str) -> Path:
    return Path(settings.FILES_ROOT) / "preuves" / str(study_id) / digest


def destroy_key(*, study_id: int, participant: str) -> None:
    """Destroy a participant's key: what it sealed can be read nowhere, backups included."""
    path = _participant_path(study_id, participant)
    if path.is_file():
        size = path.stat().st_size
        with path.open("r+b") as file:
            file.write(secrets.token_bytes(size))
            file.flush()
            os.fsync(file.fileno())
        disk.remove(path)


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One withdrawal, as the ledger keeps it: no name, a code."""

    study_id: int
    participant: str
    on: date


def write_in_ledger(line: LedgerLine) -> None:
    """Append a withdrawal to the ledger, on disk before anything is removed.

    The ledger lies beside the keys, outside the database: a backup restored later is
    brought up to date with it.
    """
    _append(ledger_path(), line.study_id, line.participant, line.on)


@dataclass(frozen=True, slots=True)
class DestroyedLine:
    """What was destroyed at the end of its retention, as its own ledger keeps it."""

    study_id: int
    covers: str
    on: date


def write_destruction(line: DestroyedLine) -> None:
    """Append a destruction to its ledger, as a withdrawal to hers: no backup undoes it."""
    _append(destructions_path(), line.study_id, line.covers, line.on)


def read_destructions() -> tuple[DestroyedLine, ...]:
    """Return every destruction ever done, oldest first. A line cut by a crash is left out."""
    return tuple(DestroyedLine(*line) for line in _read(destructions_path()))


def destructions_path() -> Path:
    """Return where the ledger of destructions lies."""
    return Path(settings.KEYS_ROOT) / "destructions.jsonl"


def _append(path: Path, study_id: int, what: str, on: date) -> None:
    text = json.dumps([study_id, what, on.isoformat()])
    disk.append(path, f"{text}\n".encode())


def read_ledger() -> tuple[LedgerLine, ...]:
    """Return every withdrawal ever received, oldest first. A line cut by a crash is left out."""
    return tuple(LedgerLine(*line) for line in _read(ledger_path()))


def _read(path: Path) -> list[tuple[int, str, date]]:
    if not path.is_file():
        return []
    lines = []
    for text in path.read_text(encoding="utf-8").splitlines():
        try:
            study_id, what, on = json.loads(text)
            lines.append((int(study_id), str(what), date.fromisoformat(on)))
        except (ValueError, TypeError):
            continue
    return lines


def ledger_path() -> Path:
    """Return where the ledger of withdrawals lies."""
    return Path(settings.KEYS_ROOT) / "retraits.jsonl"


def _study_key(study_id: int) -> bytes:
    path = _folder(study_id) / "etude.cle"
    return _read_or_make(path, make=True, fresh=lambda: AESGCM.generate_key(256))


def _participant_key(study_id: int, participant: str, *, make: bool) -> bytes:
    cipher = Cipher(_study_key(study_id), f"cle/{study_id}/{participant}")
    wrapped = _read_or_make(
        _participant_path(study_id, participant),
        make=make,
        fresh=lambda: cipher.seal_bytes(AESGCM.generate_key(256)),
    )
    return cipher.open_bytes(wrapped)


def _folder(study_id: int) -> Path:
    return Path(settings.KEYS_ROOT) / "etudes" / str(study_id)


def _participant_path(study_id: int, participant: str) -> Path:
    return _folder(study_id) / "personnes" / f"{participant}.cle"


def _read_or_make(path: Path, *, make: bool, fresh: Callable[[], bytes]) -> bytes:
    """Return a key; make it once, durably, when it may be made."""
    if make:
        return disk.keep_once(path, fresh)
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise KeyMissing from None
