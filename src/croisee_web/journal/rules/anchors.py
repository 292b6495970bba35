"""The head of the chain, signed and kept outside the database.

Whoever holds the database alone can rewrite the whole chain so that it holds together; she
cannot sign the heads it had. The key and the anchors lie in ``KEYS_ROOT``, backed up apart.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from django.conf import settings

from croisee_web.kit.disk import append, keep_once

KEY, ANCHORS = "journal.pem", "journal-ancres.txt"


@dataclass(frozen=True, slots=True)
class Anchor:
    """The digest that the chain had at a length, signed that day."""

    at: datetime
    length: int
    digest: str

    def statement(self) -> bytes:
        """Return what is signed."""
        moment = self.at.astimezone(UTC).isoformat(timespec="seconds")
        return f"croisee journal {moment} {self.length} {self.digest}".encode()


def append_anchor(anchor: Anchor) -> None:
    """Sign an anchor and write it on disk before returning."""
    line = anchor.statement() + b" " + b64encode(_key().sign(anchor.statement())) + b"\n"
    append(_folder() / ANCHORS, line)


def read_anchors() -> tuple[tuple[Anchor, ...], int]:
    """Return the anchors that this site's key signed, oldest first, and the number of other lines.

    A line that is not signed by the key proves nothing: it is counted, and ``verify`` says it.
    """
    path = _folder() / ANCHORS
    if not path.is_file():
        return (), 0
    public = _key().public_key()
    kept, foreign = [], 0
    for line in path.read_bytes().splitlines():
        statement, _, signature = line.rpartition(b" ")
        try:
            public.verify(b64decode(signature, validate=True), statement)
            moment, length, digest = statement.decode("ascii").split()[2:]
        except (InvalidSignature, ValueError):
            foreign += 1
            continue
        kept.append(Anchor(datetime.fromisoformat(moment), int(length), digest))
    return tuple(kept), foreign


def _folder() -> Path:
    return Path(settings.KEYS_ROOT)


def _key() -> Ed25519PrivateKey:
    """Return the site's anchor key, made once, readable by its owner only."""
    path = _folder() / KEY
    key = load_pem_private_key(keep_once(path, _new_key), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise TypeError(path.name)
    return key


def _new_key() -> bytes:
    return Ed25519PrivateKey.generate().private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
    )
