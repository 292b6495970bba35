"""``croisee convert`` for a folder of transcripts of any kind: a study folder, ready to run."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from croisee.formats import write_csv
from croisee.formats.refused import FormatRefused
from croisee.formats.transcripts import read_transcript
from croisee.language import Label, Phrase, phrase, phrases
from croisee.study import Case, Diffusion, Edition, Method, MethodKind, Study
from croisee.studyfolder import StudyExists, StudyFolder, write_study
from croisee.text import Notice, folded_label, is_team
from croisee.text.transcripts import without_controls

_CASE, _EDITION, _INTERVIEW, _GROUP = "reseau", "1", "entretien", "groupe"
_STUDIES = ("etude.toml", "study.toml")
_LONGEST_ENDING = 6
_MANY = 2000
"""Files of a folder: beyond, somebody named the wrong one."""


@dataclass(frozen=True, slots=True)
class _Read:
    """One file of the folder that is a transcript, and what it will be called."""

    source: Path
    name: str
    people: frozenset[str]
    """Folded labels that are none of the team's."""


def is_transcripts_folder(source: Path, result: Path) -> bool:
    """Return whether a folder of files, no study itself, is to become a study folder."""
    if result.suffix or not source.is_dir():
        return False
    if any((source / name).is_file() for name in _STUDIES):
        return False
    return next(_files(source, []), None) is not None


def convert_transcripts(source: Path, result: Path) -> tuple[Phrase, Sequence[Notice]]:
    """Write a study folder of the transcripts of a folder; what is not one is said and left.

    Its sub-folders are read too; hidden files and links are not. Files keep their bytes under
    neutral names, for theirs often name somebody; which is which is said. Each is an interview
    until somebody writes otherwise. Nobody is registered and no consent is supposed.

    Raises:
        FormatRefused: no file of the folder is a transcript, or it has over 2,000 files.
        StudyExists: there is something at ``result``.
    """
    read, notices = _transcripts(source)
    if not read:
        raise FormatRefused(
            phrase("Aucun fichier de ce dossier n’est un verbatim."),
            phrase("Donnez un dossier de .vtt, .srt, .docx, .rtf, .txt…"),
        )
    _write(read, result)
    labels = len({label for one in read for label in one.people})
    listed = "\n".join(f"  {one.name} : {_told(one.source, source)}" for one in read)
    named = Notice(
        phrase("Gardez ce qui suit hors du dossier : un nom de fichier nomme souvent quelqu’un."),
        phrase("Sous quels noms :\n{listed}", listed=listed),
    )
    kinds = Notice(
        phrase("Chacun est rangé comme un entretien."),
        phrase("Si c’était un groupe, écrivez groupe dans documents.csv."),
    )
    steps = Notice(
        phrases(
            "{n} voix n’est reliée à personne, et aucun consentement n’est supposé.",
            "{n} voix ne sont reliées à personne, et aucun consentement n’est supposé.",
            labels,
        )
        if labels
        else phrase("Aucune voix n’est nommée, et aucun consentement n’est supposé."),
        phrase("Remplissez participants.csv et locuteurs.csv, puis : croisee check."),
    )
    done = phrases("{n} verbatim rangé.", "{n} verbatims rangés.", len(read))
    return done, (*notices, named, kinds, steps)


def _files(source: Path, unread: list[str]) -> Iterator[Path]:
    """Yield the files under a folder in the order of their paths; note the folders kept shut."""

    def note(error: OSError) -> None:
        unread.append(str(error.filename))

    for folder, inside, names in os.walk(source, onerror=note):
        inside[:] = sorted(one for one in inside if not one.startswith((".", "~")))
        for name in sorted(names):
            file = Path(folder, name)
            if not name.startswith((".", "~")) and file.is_file() and not file.is_symlink():
                yield file


def _told(file: Path, source: Path) -> str:
    """Return a path as it can be shown: names are bytes, and may hold a terminal's commands."""
    name = os.fsencode(file.relative_to(source)).decode(errors="replace")
    return without_controls(name.replace("\n", " "))


def _transcripts(source: Path) -> tuple[list[_Read], list[Notice]]:
    unread: list[str] = []
    files = list(islice(_files(source, unread), _MANY + 1))
    if len(files) > _MANY:
        raise FormatRefused(
            phrase("Ce dossier compte plus de {n} fichiers, sous-dossiers compris.", n=_MANY),
            phrase("Donnez le dossier des seuls verbatims, ou plusieurs, un à la fois."),
        )
    read: list[_Read] = []
    notices: list[Notice] = [
        Notice(
            phrase("Le dossier {folder} n’a pas pu être ouvert.", folder=folder),
            phrase("Vérifiez que vous avez le droit de le lire."),
        )
        for folder in unread
    ]
    for file in files:
        taken = _one(file, _told(file, source), len(read) + 1)
        if isinstance(taken, Notice):
            notices.append(taken)
        else:
            read.append(taken)
    return read, notices


def _one(file: Path, told: str, number: int) -> _Read | Notice:
    """Return what a file is as a transcript, or why it is none."""
    try:
        turns = read_transcript(file).turns
    except FormatRefused as refused:
        said = phrase("{file} n’est pas repris. {message}", file=told, message=refused.message)
        return Notice(said, refused.remedy)
    except OSError:
        said = phrase("{file} n’est pas repris : il n’a pas pu être ouvert.", file=told)
        return Notice(said, phrase("Vérifiez que vous avez le droit de le lire."))
    if not turns:
        said = phrase("{file} n’est pas repris : ce document ne contient aucun texte.", file=told)
        return Notice(said, phrase("Vérifiez que c’est le bon fichier."))
    labels = {one.speaker for one in turns if one.speaker and not is_team(one.speaker)}
    name = f"verbatim-{number:02}{_ending(file)}"
    return _Read(file, name, frozenset(map(folded_label, labels)))


def _ending(file: Path) -> str:
    ending = file.suffix.lower()
    plain = ending[1:].isascii() and ending[1:].isalnum() and len(ending) <= _LONGEST_ENDING
    return ending if plain else ".txt"


def _write(read: Sequence[_Read], result: Path) -> None:
    """Write the study folder; it appears complete or not at all."""
    name = Label("Réseau")
    study = Study(
        title=Label("Verbatims"),
        question=Label("Verbatims"),
        languages=("fr",),
        cases=(Case(_CASE, name, name),),
        editions=(Edition(_EDITION, Label("Édition 1")),),
        methods=(
            Method(_INTERVIEW, Label("Entretien"), MethodKind.INTERVIEW),
            Method(_GROUP, Label("Groupe"), MethodKind.FOCUS_GROUP),
        ),
        diffusion=Diffusion("diffusion"),
    )
    result.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=f".{result.name}-", dir=result.parent) as building:
        root = Path(building, "etude")
        write_study(StudyFolder(root, (), study), root)
        (root / "documents").mkdir(exist_ok=True)
        for one in read:
            (root / "documents" / one.name).write_bytes(one.source.read_bytes())
        write_csv(
            root / "documents.csv",
            ("fichier", "cas", "methode", "edition"),
            [(one.name, _CASE, _INTERVIEW, _EDITION) for one in read],
        )
        if result.is_dir() and not any(result.iterdir()):
            result.rmdir()
        if result.exists():
            raise StudyExists(phrase("Ce dossier existe déjà : {folder}.", folder=str(result)))
        root.chmod(0o755)
        root.rename(result)
