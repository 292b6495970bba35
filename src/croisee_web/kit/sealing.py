"""Sealing a content with a key: AES-256-GCM (NIST SP 800-38D, 2007).

A 96-bit random nonce stands before each sealed content. What it is about is authenticated with
it: a sealed content moved elsewhere does not open.
"""

from __future__ import annotations

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_NONCE = 12


class KeyMissing(Exception):
    """The key that sealed this was destroyed, or was not restored with the database."""


class Cipher:
    """Seals and opens texts with one key; ``about`` is authenticated with each."""

    def __init__(self, key: bytes, about: str) -> None:
        self._key = AESGCM(key)
        self._about = about.encode()

    def seal(self, text: str) -> bytes:
        """Return a text encrypted, its nonce first."""
        return self.seal_bytes(text.encode())

    def open(self, sealed: bytes) -> str:
        """Return the text that was sealed.

        Raises:
            KeyMissing: another key sealed it, or its bytes changed.
        """
        return self.open_bytes(sealed).decode()

    def seal_bytes(self, content: bytes) -> bytes:
        """Return a content encrypted, its nonce first."""
        nonce = secrets.token_bytes(_NONCE)
        return nonce + self._key.encrypt(nonce, content, self._about)

    def open_bytes(self, sealed: bytes) -> bytes:
        """Return the content that was sealed.

        Raises:
            KeyMissing: another key sealed it, or its bytes changed.
        """
        try:
            return self._key.decrypt(sealed[:_NONCE], sealed[_NONCE:], self._about)
        except InvalidTag as unopened:
            raise KeyMissing from unopened
