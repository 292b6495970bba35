"""Plain texts, whole."""

from __future__ import annotations

from pathlib import Path

from croisee.formats.bounds import decode, read_bytes


def read_text(path: Path) -> str:
    r"""Return a text file in NFC, with ``\n`` line ends. Raises :class:`FormatRefused`."""
    return decode(read_bytes(path)).replace("\r\n", "\n").replace("\r", "\n")
