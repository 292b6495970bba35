"""The files of a study folder, found by name whatever the case or the Unicode form."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from croisee.formats import FormatRefused, Sheet, read_table
from croisee.language import phrase
from croisee.studyfolder.layout import Layout
from croisee.studyfolder.problems import Place, Problems
from croisee.studyfolder.table import Table

_TABLES = (".csv", ".xlsx")
_IGNORED = ("lisezmoi", "readme")
_IGNORED_NAMES = {"thumbs.db", "desktop.ini"}
_IGNORED_FOLDERS = {"registre", "registry"}
_MOST_FILES = 200_000


class Folder:
    """A study folder being read: what it holds, what has been used, what is wrong with it."""

    def __init__(self, root: Path, problems: Problems) -> None:
        self.root = root
        self.problems = problems
        self.files: dict[str, Path] = {}
        self.folders: set[str] = set()
        self._used: set[str] = set()
        self._walk()

    def _walk(self) -> None:
        real = self.root.resolve()
        for here, folders, names in os.walk(self.root, followlinks=False):
            place = Path(here).relative_to(self.root)
            folders[:] = sorted(name for name in folders if not _ignored(place / name))
            self.folders |= {_key(place / name) for name in folders}
            for name in sorted(names):
                if _ignored(place / name) or len(self.files) >= _MOST_FILES:
                    continue
                path = Path(here) / name
                if path.is_symlink() and not path.resolve().is_relative_to(real):
                    self.problems.refuse(
                        Place(_key(place / name)),
                        (
                            phrase("Ce lien mène hors du dossier d’étude."),
                            phrase("Remplacez le lien par le fichier lui-même."),
                        ),
                    )
                    continue
                self.files[_key(place / name)] = path

    def find(self, names: tuple[str, ...], endings: tuple[str, ...]) -> str | None:
        """Return the key of the one file that has one of these names; refuse several."""
        wanted = [f"{name}{ending}" for name in names for ending in endings]
        lowered = {key.lower(): key for key in self.files}
        found = [lowered[word] for word in wanted if word in lowered]
        self._used.update(found)
        for word in wanted:
            if word in {folder.lower() for folder in self.folders}:
                self._used.add(word)
                self.problems.refuse(
                    Place(word),
                    (
                        phrase("Ceci est un dossier ; un fichier est attendu sous ce nom."),
                        phrase("Renommez ce dossier, ou retirez-le."),
                    ),
                )
        if len(found) > 1:
            self.problems.refuse(
                Place(found[1]),
                (
                    phrase("Ce tableau existe deux fois : « {first} » aussi.", first=found[0]),
                    phrase("Gardez un seul des deux fichiers."),
                ),
            )
        return found[0] if found else None

    def under(self, names: tuple[str, ...]) -> Iterator[tuple[str, PurePosixPath]]:
        """Yield (key, path inside) for each file of a folder, in order of name."""
        for key in sorted(self.files):
            first, _, rest = key.partition("/")
            if rest and first.lower() in names:
                yield key, PurePosixPath(rest)

    def use(self, key: str) -> Path:
        """Return the path of a file, and remember that somebody reads it."""
        self._used.add(key)
        return self.files[key]

    def table(self, layout: Layout, key: str | None = None) -> Table | None:
        """Return a table of the folder if it is there; say what is wrong with its columns."""
        key = key or self.find(layout.names, _TABLES)
        sheet = self.sheet(key) if key else None
        return Table.of(key, sheet, layout, self.problems) if key and sheet else None

    def sheet(self, key: str) -> Sheet | None:
        """Return a table as read, or ``None`` once the refusal has been noted."""
        try:
            sheet = read_table(self.use(key))
        except FormatRefused as refused:
            self.refused(key, refused)
            return None
        for remark in sheet.remarks:
            place = Place(key, remark.line, remark.column)
            self.problems.refuse(place, (remark.message, remark.remedy))
        return sheet

    def refused(self, key: str, refused: FormatRefused) -> None:
        """Note that a file cannot be read."""
        self.problems.refuse(Place(key, refused.line), (refused.message, refused.remedy))

    def warn_of_the_rest(self, known: tuple[str, ...]) -> None:
        """Warn of each file nobody read."""
        for key in self.files:
            if key not in self._used:
                near = self.problems.near(key.rpartition(".")[0], known)
                self.problems.warn(
                    Place(key),
                    (
                        phrase("Ce fichier n’est pas lu."),
                        phrase("Son nom devrait-il être « {near} » ?", near=near)
                        if near
                        else phrase("Retirez-le, ou vérifiez son nom et son dossier."),
                    ),
                )


def _key(path: Path) -> str:
    text = path.as_posix().encode("utf-8", "replace").decode("utf-8")
    return unicodedata.normalize("NFC", text)


def _ignored(path: Path) -> bool:
    name = path.name.lower()
    return (
        name.startswith((".", "~$", *_IGNORED))
        or name in _IGNORED_NAMES
        or (len(path.parts) == 1 and name in _IGNORED_FOLDERS)
    )
