"""Zip files (XLSX, DOCX) looked at before anything inside is believed."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO

from croisee.formats.bounds import MAX_PARTS, MAX_RATIO, MAX_UNPACKED, check_size
from croisee.formats.refused import FormatRefused
from croisee.language import Phrase, phrase

_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_CHUNK = 1 << 20
_SMALL = 1 << 20
_DECLARATION = re.compile(rb"""<\?xml[^>]*encoding\s*=\s*["']([^"']*)["']""")
_PLAIN = {b"utf-8", b"utf8", b"us-ascii", b"ascii", b"iso-8859-1", b"windows-1252"}
_XML_ENDINGS = (".xml", ".rels", ".vml", ".qde", ".qdc")
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError)
"""What reading a damaged zip may raise."""


@contextmanager
def open_archive(path: Path) -> Iterator[zipfile.ZipFile]:
    """Open a zip that is not a bomb, names no outside path and is not encrypted.

    Only the directory of the archive is read here; see :func:`check_parts` for its contents.
    Raises :class:`FormatRefused`.
    """
    check_size(path)
    try:
        archive = zipfile.ZipFile(path)
    except (*BROKEN, ValueError, KeyError, IndexError, UnicodeDecodeError) as cause:
        raise _not_an_archive(path) from cause
    with archive:
        _check_directory(archive)
        yield archive


def _not_an_archive(path: Path) -> FormatRefused:
    with path.open("rb") as stream:
        old = stream.read(4) == _OLD_OFFICE
    if old:
        return FormatRefused(
            phrase("Le fichier a un mot de passe, ou vient d’un ancien format (.xls, .doc)."),
            phrase("Ouvrez-le et enregistrez-le en .xlsx ou .docx, sans mot de passe."),
        )
    return damaged()


def damaged() -> FormatRefused:
    """Return the refusal of a file that is not the XLSX or DOCX its name says."""
    return FormatRefused(
        phrase("Le fichier est abîmé, ou n’est pas du type que dit son nom."),
        phrase("Ouvrez-le dans le logiciel qui l’a écrit, puis enregistrez-le de nouveau."),
    )


def _check_directory(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    if any(part.flag_bits & 0x1 for part in parts):
        raise FormatRefused(
            phrase("Le fichier est protégé par un mot de passe."),
            phrase("Enregistrez-le sans mot de passe."),
        )
    if any(_outside(part.filename) for part in parts):
        raise _dangerous(phrase("Le fichier contient un chemin qui sort de lui-même."))
    sizes = sum(part.file_size for part in parts)
    swollen = any(
        part.file_size > _SMALL and part.file_size > MAX_RATIO * max(1, part.compress_size)
        for part in parts
    )
    if sizes > MAX_UNPACKED or swollen or len(parts) > MAX_PARTS:
        raise _dangerous(phrase("Le fichier devient démesuré une fois décompressé."))


def _outside(name: str) -> bool:
    slashed = name.replace("\\", "/")
    return (
        slashed.startswith("/")
        or ".." in PurePosixPath(slashed).parts
        or bool(re.match(r"[A-Za-z]:", slashed))
    )


def _dangerous(message: Phrase) -> FormatRefused:
    return FormatRefused(
        message,
        phrase("N’ouvrez pas ce fichier ; demandez-en une copie à la personne qui l’a écrit."),
    )


def check_parts(archive: zipfile.ZipFile) -> None:
    """Read every XML part once: refuse document types, entities and odd encodings.

    Streaming, one megabyte at a time. A part longer than its directory says fails its
    checksum here, so that a reader written in another language never meets it.
    """
    for part in archive.infolist():
        if part.filename.lower().endswith(_XML_ENDINGS):
            _check_part(archive, part)


def _check_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    try:
        with archive.open(part) as stream:
            check_plain_part(stream)
    except BROKEN as cause:
        raise damaged() from cause


def check_plain_part(stream: IO[bytes]) -> None:
    """Read XML once, in a zip or not: refuse document types, entities and odd encodings."""
    before = b""
    while chunk := stream.read(_CHUNK):
        if not before:
            _check_start(chunk[:200])
        window = before + chunk
        if b"<!DOCTYPE" in window or b"<!ENTITY" in window:
            raise _dangerous(phrase("Le fichier déclare des entités XML."))
        before = window[-16:]


def _check_start(start: bytes) -> None:
    declared = _DECLARATION.search(start)
    odd = declared is not None and declared.group(1).lower() not in _PLAIN
    if odd or b"\x00" in start or start.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _dangerous(phrase("Une partie du fichier n’est pas en UTF-8."))
