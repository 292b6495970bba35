"""Where the base of a QualCoder project lies: its folder, a zip of it, or the base alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import BadZipFile, ZipFile

from croisee.formats.archive import BROKEN, damaged, open_archive
from croisee.formats.coded.qualcoder_tables import DATABASE
from croisee.formats.refused import FormatRefused
from croisee.formats.sqlite_file import is_sqlite
from croisee.language import phrase

_CHUNK = 1 << 20


def is_qualcoder(path: Path) -> bool:
    """Return whether a folder, a file or a zip is a QualCoder project, by what it holds."""
    if path.is_dir():
        return is_sqlite(path / DATABASE)
    if is_sqlite(path):
        return path.name == DATABASE
    return bool(_members(path))


@contextmanager
def base_of(path: Path) -> Iterator[tuple[Path, str]]:
    """Give the base of a project, unpacked for as long if it is in a zip, and the project’s name.

    Raises:
        FormatRefused: a zip that is damaged, hostile, or holds several projects.
    """
    if path.is_dir():
        yield path / DATABASE, path.name.removesuffix(".qda")
        return
    if is_sqlite(path):
        folder = path.resolve().parent
        yield path, (folder.name if path.name == DATABASE else path.name).removesuffix(".qda")
        return
    with open_archive(path) as archive, TemporaryDirectory() as made:
        found = _members(path)
        if len(found) != 1:
            raise FormatRefused(
                phrase("Cette archive doit contenir un projet QualCoder, pas {n}.", n=len(found)),
                phrase("Faites une archive du seul dossier du projet."),
            )
        base = Path(made, DATABASE)
        try:
            with archive.open(found[0]) as part, base.open("wb") as copy:
                while chunk := part.read(_CHUNK):
                    copy.write(chunk)
        except BROKEN as cause:
            raise damaged() from cause
        inside = found[0].replace("\\", "/").split("/")
        yield base, (inside[-2] if len(inside) > 1 else path.stem).removesuffix(".qda")


def _members(path: Path) -> list[str]:
    """Return the bases of a zip that lie nearest to its top: copies kept below are not it."""
    try:
        with ZipFile(path) as archive:
            names = archive.namelist()
    except (BadZipFile, OSError, ValueError, NotImplementedError):
        return []
    parts = [(name.replace("\\", "/").split("/"), name) for name in names]
    found = [(len(split), name) for split, name in parts if split[-1] == DATABASE]
    least = min((depth for depth, _ in found), default=0)
    return [name for depth, name in found if depth == least]
