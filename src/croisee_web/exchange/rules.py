"""A study folder packed and unpacked; a zip is hostile until it has been read."""

from __future__ import annotations

import zipfile
from pathlib import Path

from croisee.formats import FormatRefused
from croisee.formats.archive import BROKEN, damaged, open_archive
from croisee.formats.bounds import MAX_UNPACKED
from croisee.language import phrase
from croisee_web.kit.disk import put_in_place

STUDY_FILES = ("etude.toml", "study.toml")
_CHUNK = 1 << 20


def unpack(archive: Path, folder: Path) -> Path:
    """Unpack a zip in an empty folder and return where its study file lies.

    That is the folder itself, or the only folder in it. Bombs, encrypted files, links and
    paths that lead outside are refused before anything of them is written; what a file weighs
    is counted as it is written, whatever the zip says of itself.

    Raises:
        FormatRefused: with what to do.
    """
    written = 0
    try:
        with open_archive(archive) as opened:
            for part in opened.infolist():
                target = folder / part.filename.replace("\\", "/")
                if _is_link(part):
                    raise _has_links()
                if part.is_dir():
                    target.mkdir(parents=True, exist_ok=True)
                    continue
                target.parent.mkdir(parents=True, exist_ok=True)
                with opened.open(part) as source, target.open("wb") as file:
                    while chunk := source.read(_CHUNK):
                        written += len(chunk)
                        if written > MAX_UNPACKED:
                            raise damaged()
                        file.write(chunk)
    except (*BROKEN, ValueError) as cause:
        if isinstance(cause, FormatRefused):
            raise
        raise damaged() from cause
    return _root(folder)


def _is_link(part: zipfile.ZipInfo) -> bool:
    kind = (part.external_attr >> 16) & 0o170000
    return kind not in {0, 0o100000, 0o040000}


def _has_links() -> FormatRefused:
    return FormatRefused(
        phrase("Le fichier contient un lien, ou un fichier d’un genre inconnu."),
        phrase("Compressez le dossier d’étude lui-même, sans raccourci."),
    )


def _root(folder: Path) -> Path:
    for place in (folder, *sorted(path for path in folder.iterdir() if path.is_dir())):
        if any((place / name).is_file() for name in STUDY_FILES):
            return place
    raise FormatRefused(
        phrase("Il manque etude.toml, le seul fichier obligatoire."),
        phrase("Compressez le dossier qui contient etude.toml."),
    )


def pack(folder: Path, archive: Path) -> None:
    """Write a zip of a folder's files, in order; it appears complete or not at all."""
    partial = archive.with_name(f".{archive.name}.partiel")
    with zipfile.ZipFile(partial, "w", zipfile.ZIP_DEFLATED) as opened:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                opened.write(path, path.relative_to(folder).as_posix())
    put_in_place(partial, archive)
