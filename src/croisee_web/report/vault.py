"""The site's signing key, and signatures that minisign checks. Nothing here is an identity.

Format: https://jedisct1.github.io/minisign/ (algorithm « ED »: Ed25519 over the BLAKE2b-512
of the file; RFC 8032, RFC 7693). The key is made once under ``KEYS_ROOT``, readable by its
owner; the public part is served and printed with each archive.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings

from croisee_web.kit.disk import keep_once

_KEY_ID, _SEED = 8, 32
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Signer:
    """A key and its number."""

    number: bytes
    key: Ed25519PrivateKey

    def public_text(self) -> str:
        """Return the public key as minisign writes it, in two lines."""
        public = self.key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        told = base64.b64encode(b"Ed" + self.number + public).decode()
        name = self.number[::-1].hex().upper()
        return f"untrusted comment: minisign public key {name}\n{told}\n"

    def signature_text(self, path: Path, comment: str) -> str:
        """Return the ``.minisig`` of a file; ``comment`` is signed too, on one line."""
        whole = hashlib.blake2b()
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                whole.update(chunk)
        signature = self.key.sign(whole.digest())
        told = " ".join(comment.split())
        both = self.key.sign(signature + told.encode())
        return (
            "untrusted comment: signature from croisee\n"
            f"{base64.b64encode(b'ED' + self.number + signature).decode()}\n"
            f"trusted comment: {told}\n"
            f"{base64.b64encode(both).decode()}\n"
        )


def signer() -> Signer:
    """Return the site's signing key, made the first time."""
    path = Path(settings.KEYS_ROOT) / "signature.cle"
    kept = keep_once(path, lambda: secrets.token_bytes(_KEY_ID + _SEED))
    return Signer(kept[:_KEY_ID], Ed25519PrivateKey.from_private_bytes(kept[_KEY_ID:]))
