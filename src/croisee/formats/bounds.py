"""How large a file may be, and how a text is decoded."""

from __future__ import annotations

import codecs
import unicodedata
from pathlib import Path

from croisee.formats.refused import FormatRefused
from croisee.language import phrase

MAX_BYTES = 200 * 1024 * 1024 - 1
"""A file of 200 MiB or more is refused before its first byte is read."""
MAX_UNPACKED = 1024 * 1024 * 1024
MAX_RATIO = 200
MAX_ROWS = 1_000_000
MAX_CELLS = 50_000_000
MAX_PARTS = 10_000


def check_size(path: Path) -> int:
    """Return the size of a regular file, in bytes.

    Raises:
        FormatRefused: not a file (a folder, a pipe), unreadable, or 200 MB and more.
    """
    try:
        regular, size = path.is_file(), path.stat().st_size
    except (OSError, ValueError) as cause:
        raise _unreadable() from cause
    if not regular:
        raise FormatRefused(
            phrase("Ceci n’est pas un fichier."),
            phrase("Remplacez le dossier ou le lien par un fichier de ce nom."),
        )
    if size > MAX_BYTES:
        raise FormatRefused(
            phrase("Le fichier pèse {size} Mo ; la limite est de 200 Mo.", size=-(-size >> 20)),
            phrase("Découpez le fichier, ou retirez ce qui ne sert pas à l’étude."),
        )
    return size


def _unreadable() -> FormatRefused:
    return FormatRefused(
        phrase("Le fichier ne peut pas être ouvert."),
        phrase("Fermez-le dans l’autre logiciel et vérifiez que vous avez le droit de le lire."),
    )


def read_bytes(path: Path) -> bytes:
    """Return the bytes of a file of acceptable size. Raises :class:`FormatRefused`."""
    check_size(path)
    try:
        return path.read_bytes()
    except OSError as cause:
        raise _unreadable() from cause


def decode(raw: bytes) -> str:
    """Return the text of UTF-8 (with or without BOM) or Windows-1252 bytes, in NFC.

    Line ends are left as they are. UTF-16 with a BOM (« texte Unicode » of a spreadsheet) and
    UTF-32 with one are read too. Bytes that are no text are refused with their line.
    """
    text = _decoded(raw)
    if "\x00" in text:
        raise FormatRefused(
            phrase("Le fichier contient des octets qui ne sont pas du texte."),
            phrase("Ouvrez-le dans le logiciel qui l’a écrit, puis enregistrez-le en UTF-8."),
            text.count("\n", 0, text.index("\x00")) + 1,
        )
    return unicodedata.normalize("NFC", text)


def _decoded(raw: bytes) -> str:
    try:
        if raw.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):  # before: it begins as 16
            return raw.decode("utf-32")
        if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return raw.decode("utf-16")
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        return raw.decode("cp1252")
    except UnicodeDecodeError as cause:
        raise FormatRefused(
            phrase("L’encodage du texte n’est ni UTF-8 ni Windows-1252."),
            phrase("Enregistrez le fichier en UTF-8."),
            raw.count(b"\n", 0, cause.start) + 1,
        ) from cause
