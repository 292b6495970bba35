"""A tar of files, encrypted by age, with the digest of each inside; wholly checked when opened.

age authenticates every block and the end of the file: a wrong key, a cut or a changed bit is
refused while it is read. With a passphrase, the archive begins with an age identity that the
passphrase opens; for recipients (``age1…``) it is an ordinary age file.
"""

from __future__ import annotations

import hashlib
import json
import os
import tarfile
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import Any

import pyrage
from django.utils.translation import gettext as _

from croisee_web.kit.disk import put_in_place
from croisee_web.kit.errors import UseCaseError

MARK = b"croisee-archive 1\n"
MANIFEST = "manifest.json"
_CHUNK = 1 << 20


class ArchiveRefused(UseCaseError):
    """An archive that is not whole, not ours, or not opened by this key. Nothing was changed."""


@dataclass(frozen=True, slots=True)
class Keyring:
    """What an archive is sealed for, or opened by: a passphrase, or age keys."""

    passphrase: str = ""
    recipients: tuple[str, ...] = ()
    identity: str = ""


def seal_archive(
    target: Path, entries: Iterable[tuple[str, Path]], about: dict[str, Any], ring: Keyring
) -> None:
    """Write an archive whole or not at all: ``entries`` are (name inside, file).

    ``about`` is kept in the manifest, beside the size and SHA-256 of each file.
    """
    partial = target.with_name(f".{target.name}.partiel")
    header, recipients = _locks(ring)
    read_end, write_end = os.pipe()
    failures: list[BaseException] = []

    def write() -> None:
        try:
            with os.fdopen(write_end, "wb") as pipe:
                _write_tar(pipe, entries, about)
        except BaseException as failure:  # noqa: BLE001 -- raised again below
            failures.append(failure)

    writer = threading.Thread(target=write)
    try:
        with partial.open("xb") as out, os.fdopen(read_end, "rb") as pipe:
            partial.chmod(0o600)
            out.write(header)
            out.flush()
            writer.start()
            pyrage.encrypt_io(pipe, out, recipients)
            writer.join()
            if failures:
                raise failures[0]
        put_in_place(partial, target)
    finally:
        partial.unlink(missing_ok=True)


def open_archive(archive: Path, folder: Path, ring: Keyring) -> dict[str, Any]:
    """Decrypt and check a whole archive in a folder of its own; return what it says of itself.

    Raises:
        ArchiveRefused: wrong key, cut, changed, or not an archive of ours.
    """
    folder.mkdir(mode=0o700)
    plain = folder / ".tar"
    refused = ArchiveRefused(
        _("%(name)s ne s’ouvre pas : autre clé, ou fichier abîmé. Rien n’a été changé.")
        % {"name": archive.name}
    )
    try:
        with archive.open("rb") as source, plain.open("xb") as out:
            pyrage.decrypt_io(source, out, [_key(source, ring)])
        about = _read_tar(plain, folder)
    except (
        pyrage.DecryptError,
        pyrage.IdentityError,
        tarfile.TarError,
        ValueError,
        KeyError,
    ) as no:
        raise refused from no
    except OSError as no:
        if no.errno is not None:  # a disk that fails, not an archive
            raise
        raise refused from no
    finally:
        plain.unlink(missing_ok=True)
    return about


def _locks(ring: Keyring) -> tuple[bytes, list[Any]]:
    if ring.recipients:
        try:
            return b"", [pyrage.x25519.Recipient.from_str(it) for it in ring.recipients]
        except pyrage.RecipientError as wrong:
            raise ArchiveRefused(
                _("Une clé de destinataire commence par age1 ; celle-ci ne se lit pas.")
            ) from wrong
    identity = pyrage.x25519.Identity.generate()
    sealed = pyrage.passphrase.encrypt(str(identity).encode(), ring.passphrase)
    return MARK + f"{len(sealed)}\n".encode() + sealed, [identity.to_public()]


def _key(source: Any, ring: Keyring) -> Any:
    """Return the identity that opens an archive; the reader is left at its encrypted part."""
    if source.read(len(MARK)) != MARK:
        source.seek(0)
        return pyrage.x25519.Identity.from_str(ring.identity.strip())
    length = int(source.readline(12))
    if not 0 < length < 10_000:
        raise ValueError(length)
    opened = pyrage.passphrase.decrypt(source.read(length), ring.passphrase)
    return pyrage.x25519.Identity.from_str(opened.decode())


def _write_tar(pipe: Any, entries: Iterable[tuple[str, Path]], about: dict[str, Any]) -> None:
    files: dict[str, list[Any]] = {}
    with tarfile.open(fileobj=pipe, mode="w|", format=tarfile.PAX_FORMAT) as tar:
        for name, path in entries:
            digest = hashlib.sha256()
            with path.open("rb") as source:
                size = os.fstat(source.fileno()).st_size
                member = tarfile.TarInfo(name)
                member.size, member.mode = size, 0o600
                tar.addfile(member, _Hashed(source, digest))
            files[name] = [size, digest.hexdigest()]
        manifest = json.dumps({**about, "files": files}, sort_keys=True).encode()
        member = tarfile.TarInfo(MANIFEST)
        member.size = len(manifest)
        tar.addfile(member, BytesIO(manifest))


class _Hashed:
    """A file that is hashed as it is read."""

    def __init__(self, source: Any, digest: Any) -> None:
        self.source, self.digest = source, digest

    def read(self, size: int = -1) -> bytes:
        found: bytes = self.source.read(size)
        self.digest.update(found)
        return found


def _read_tar(plain: Path, folder: Path) -> dict[str, Any]:
    about: dict[str, Any] = {}
    found: dict[str, list[Any]] = {}
    with tarfile.open(plain, "r:") as tar:
        for member in tar:
            source = tar.extractfile(member)
            if source is None or not _is_safe(member.name):
                raise ValueError(member.name)
            if member.name == MANIFEST:
                about = json.loads(source.read())
                continue
            target = folder / member.name
            target.parent.mkdir(parents=True, exist_ok=True)
            digest = hashlib.sha256()
            with target.open("xb") as out:
                for chunk in _chunks(source):
                    digest.update(chunk)
                    out.write(chunk)
            found[member.name] = [member.size, digest.hexdigest()]
    if not about or about["files"] != found:
        raise ValueError(MANIFEST)
    return about


def _chunks(source: Any) -> Iterator[bytes]:
    while chunk := source.read(_CHUNK):
        yield chunk


def _is_safe(name: str) -> bool:
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts and name != ".tar"
