"""A new study folder: an example of every file, to be replaced by one's own."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from croisee.language import Language, Phrase, phrase

_EXAMPLES = Path(__file__).parent / "example"


class StudyExists(ValueError):
    """The folder asked for already holds something; ``message`` says what to do."""

    def __init__(self, message: Phrase) -> None:
        super().__init__(message.to("fr"))
        self.message = message


def new_study(path: Path, language: Language) -> None:
    """Write an example study (French names, or English ones) in a new or empty folder.

    The example passes :func:`croisee.studyfolder.read_study` and can be run. It appears
    complete or not at all. Raises :class:`StudyExists`.
    """
    try:
        full = path.exists() and (not path.is_dir() or any(path.iterdir()))
        if not full:
            _write(path, _EXAMPLES / language)
    except OSError as cause:
        raise StudyExists(
            phrase("Le dossier {folder} ne peut pas être écrit.", folder=str(path))
        ) from cause
    if full:
        raise StudyExists(taken(path))


def taken(path: Path) -> Phrase:
    """Return why a folder cannot receive a study."""
    return phrase(
        "{folder} contient déjà quelque chose. Choisissez un autre nom.", folder=str(path)
    )


def _write(path: Path, example: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    building = Path(tempfile.mkdtemp(prefix=f".{path.name}-", dir=path.parent))
    try:
        shutil.copytree(example, building, dirs_exist_ok=True, copy_function=shutil.copyfile)
        building.chmod(0o755)
        if path.exists():
            path.rmdir()
        building.rename(path)
    except BaseException:
        shutil.rmtree(building, ignore_errors=True)
        raise
