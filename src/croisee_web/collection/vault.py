"""Keys of invitations, outside the database: what a link's address is made from.

One key a collection (``KEYS_ROOT/etudes/<study>/collectes/<collection>.cle``): it makes each
link's token again, so that a reminder carries the address that the invitation did, and it seals
the addresses to write to. It is destroyed a week after the collection closed: no backup of the
database opens anything any more. One key for the site (``KEYS_ROOT/collecte.cle``): it makes the
digests of short codes and of addresses, which nobody can try one by one without it.

Beside the keys, the ledger of the receipts by which answers were taken back
(``KEYS_ROOT/retraits-recus.jsonl``): digests of codes and their collections, no day and no person.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from pathlib import Path

from django.conf import settings

from croisee_web.kit import disk
from croisee_web.kit.sealing import Cipher, KeyMissing

SITE_KEY = "collecte.cle"
TOKEN_BYTES = 24
CODE_SIGNS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Without O, 0, I and 1, which are mistaken for one another."""
CODE_LENGTH = 10
"""50 bits: with ten thousand cards out, a try in 10¹¹ finds one."""


def new_token(study_id: int, collecting_id: int, link_id: int) -> str:
    """Return a link's token of 192 bits: the same each time while the collection's key lives."""
    made = _made(collecting_key(study_id, collecting_id), f"lien/{link_id}")
    return urlsafe_b64encode(made[:TOKEN_BYTES]).decode()


def new_code(study_id: int, collecting_id: int, link_id: int) -> str:
    """Return the short code of a link's printed card, as it is compared: no dash."""
    made = _made(collecting_key(study_id, collecting_id), f"code/{link_id}")
    return "".join(CODE_SIGNS[byte % 32] for byte in made[:CODE_LENGTH])


def token_digest(token: str) -> str:
    """Return the SHA-256 by which a token is known."""
    return hashlib.sha256(token.encode()).hexdigest()


def code_digest(code: str) -> str:
    """Return the keyed digest by which a short code is known, however it was typed."""
    plain = "".join(sign for sign in code.upper() if sign.isalnum())
    return _made(_site_key(), f"code/{plain}").hex()


def address_digest(study_id: int, address: str) -> str:
    """Return the keyed digest by which a study knows an address."""
    return _made(_site_key(), f"adresse/{study_id}/{address.strip().lower()}").hex()


def leave_token(study_id: int, digest: str) -> str:
    """Return what the end of an unsubscribing address holds: it works for ever, no row behind."""
    told = study_id.to_bytes(8, "big") + bytes.fromhex(digest)
    return urlsafe_b64encode(told + _made(_site_key(), f"quitter/{told.hex()}")[:16]).decode()


def left_by(token: str) -> tuple[int, str] | None:
    """Return the study and the address's digest of an unsubscribing token; ``None``: not ours."""
    try:
        content = urlsafe_b64decode(token.encode("ascii"))
    except (NotBase64, ValueError):
        return None
    told, sign = content[:40], content[40:]
    if len(told) != 40 or not hmac.compare_digest(
        _made(_site_key(), f"quitter/{told.hex()}")[:16], sign
    ):
        return None
    return int.from_bytes(told[:8], "big"), told[8:].hex()


def seal_address(study_id: int, collecting_id: int, address: str) -> bytes:
    """Return an address encrypted with the collection's key."""
    return Cipher(collecting_key(study_id, collecting_id), _about(collecting_id)).seal(address)


def open_address(study_id: int, collecting_id: int, sealed: bytes) -> str:
    """Return an address that was sealed.

    Raises:
        KeyMissing: the collection's key was destroyed, or is another one.
    """
    try:
        key = _path(study_id, collecting_id).read_bytes()
    except FileNotFoundError:
        raise KeyMissing from None
    return Cipher(key, _about(collecting_id)).open(sealed)


def write_in_ledger(collecting_id: int, receipt_sha256: str) -> None:
    """Append a withdrawal by a receipt's code to the ledger, on disk before this returns."""
    disk.append(ledger_path(), f"{json.dumps([collecting_id, receipt_sha256])}\n".encode())


def read_ledger() -> tuple[tuple[int, str], ...]:
    """Return the collection and the digest of each receipt ever used to take answers back.

    A line cut by a crash is left out.
    """
    path, found = ledger_path(), []
    text = path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""
    for line in text.splitlines():
        try:
            collecting_id, digest = json.loads(line)
        except (ValueError, TypeError):
            continue
        if isinstance(collecting_id, int) and isinstance(digest, str) and len(digest) == 64:
            found.append((collecting_id, digest))
    return tuple(found)


def ledger_path() -> Path:
    """Return where the ledger of receipts lies."""
    return Path(settings.KEYS_ROOT) / "retraits-recus.jsonl"


def collecting_key(study_id: int, collecting_id: int) -> bytes:
    """Return a collection's key, made the first time, readable by its owner."""
    return disk.keep_once(_path(study_id, collecting_id), lambda: secrets.token_bytes(32))


def destroy_key(study_id: int, collecting_id: int) -> bool:
    """Destroy a collection's key: written over, then removed. Return whether there was one."""
    path = _path(study_id, collecting_id)
    if not path.is_file():
        return False
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.write(secrets.token_bytes(size))
        file.flush()
        os.fsync(file.fileno())
    disk.remove(path)
    return True


def _path(study_id: int, collecting_id: int) -> Path:
    return (
        Path(settings.KEYS_ROOT) / "etudes" / str(study_id) / "collectes" / f"{collecting_id}.cle"
    )


def _about(collecting_id: int) -> str:
    return f"collecte/{collecting_id}"


def _made(key: bytes, about: str) -> bytes:
    return hmac.new(key, about.encode(), hashlib.sha256).digest()


def _site_key() -> bytes:
    path = Path(settings.KEYS_ROOT) / SITE_KEY
    return disk.keep_once(path, lambda: secrets.token_bytes(32))
