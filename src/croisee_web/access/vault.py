"""What keeps second factors and mailed links safe from whoever reads the database alone."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from base64 import urlsafe_b64encode
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.utils.translation import gettext as _

from croisee_web.kit.disk import keep_once
from croisee_web.kit.errors import UseCaseError

KEY_FILE = "acces.cle"
"""In ``KEYS_ROOT``: outside the database, backed up with the other keys."""


class KeyMissing(UseCaseError):
    """A second factor was sealed with a key that is not there."""

    http_status = 503


def seal(text: str) -> str:
    """Return a text that only the key file can open."""
    return Fernet(_derived(b"seal")).encrypt(text.encode()).decode()


def open_sealed(sealed: str) -> str:
    """Return what was sealed.

    Raises:
        KeyMissing: the key file is another one.
    """
    try:
        return Fernet(_derived(b"seal")).decrypt(sealed.encode()).decode()
    except InvalidToken as other:
        raise KeyMissing(
            _(
                "La clé des doubles vérifications manque sur ce site. La personne qui "
                "l’administre peut la remettre depuis la copie des clés."
            )
        ) from other


def new_nonce() -> str:
    """Return what makes one link different from every other."""
    return secrets.token_hex(32)


def link_token(purpose: str, nonce: str) -> str:
    """Return the 256-bit token of a mailed link: the same each time, kept nowhere."""
    made = hmac.new(_derived(b"link"), f"{purpose}:{nonce}".encode(), hashlib.sha256)
    return urlsafe_b64encode(made.digest()).decode().rstrip("=")


def token_digest(token: str) -> str:
    """Return the SHA-256 by which a token is known."""
    return hashlib.sha256(token.encode()).hexdigest()


def code_digest(account_id: int, code: str) -> str:
    """Return the keyed digest of a recovery code: guessing it takes the key file too."""
    made = hmac.new(_derived(b"code"), f"{account_id}:{code}".encode(), hashlib.sha256)
    return made.hexdigest()


def _derived(use: bytes) -> bytes:
    return urlsafe_b64encode(hmac.new(_key(), use, hashlib.sha256).digest())


def _key() -> bytes:
    path = Path(settings.KEYS_ROOT) / KEY_FILE
    return keep_once(path, lambda: secrets.token_hex(32).encode("ascii"))
