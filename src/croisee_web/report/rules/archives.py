"""A published report as one file: read without any server, signed by the site."""

from __future__ import annotations

import hashlib
import shutil
import zipfile
from pathlib import Path

from croisee_web.kit.disk import make_folder, put_in_place
from croisee_web.report.rules.files import ARCHIVE, PUBLIC_KEY, SIGNATURE, SIGNED, copy_shown
from croisee_web.report.vault import signer

_DAY = (2000, 1, 1, 0, 0, 0)
"""The date of every file of an archive: the same report gives the same bytes."""


def put_on_show(source: Path, target: Path, comment: str) -> int:
    """Copy the files that may be shown, with their archive; they appear together, for good.

    Returns how many there are, the archive not counted.

    Raises:
        NotShown: one of them may not be; the target is as it was.
    """
    partial = target.with_name(f".{target.name}.partiel")
    shutil.rmtree(partial, ignore_errors=True)
    make_folder(partial)
    try:
        count = copy_shown(source, partial)
        write_archive(partial, comment)
        put_in_place(partial, target)
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    return count


def write_archive(folder: Path, comment: str) -> None:
    """Write, in a publication's folder, its archive, the signature and the key that checks it.

    The archive holds every file of the folder and ``SHA256SUMS``; it opens by its
    ``index.html``, from a disk, without the network. The same files give the same archive.
    """
    names = sorted(
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and path.name not in SIGNED
    )
    sums = []
    archive = folder / ARCHIVE
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as opened:
        for name in names:
            content = (folder / name).read_bytes()
            sums.append(f"{hashlib.sha256(content).hexdigest()}  {name}")
            _add(opened, name, content)
        _add(opened, "SHA256SUMS", ("\n".join(sums) + "\n").encode())
    key = signer()
    (folder / SIGNATURE).write_text(key.signature_text(archive, comment), encoding="utf-8")
    (folder / PUBLIC_KEY).write_text(key.public_text(), encoding="utf-8")


def _add(opened: zipfile.ZipFile, name: str, content: bytes) -> None:
    part = zipfile.ZipInfo(name, _DAY)
    part.compress_type, part.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
    opened.writestr(part, content)
