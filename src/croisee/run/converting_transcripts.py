"""``croisee convert`` for a folder of transcripts of any kind: a study folder, ready to run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from croisee.formats import write_csv
from croisee.formats.refused import FormatRefused
from croisee.formats.transcripts import read_transcript
from croisee.language import Label, Phrase, phrase, phrases
from croisee.study import Case, Diffusion, Edition, Method, MethodKind, Study
from croisee.studyfolder import StudyExists, StudyFolder, write_study
from croisee.text import Notice, folded_label, is_team

_CASE, _EDITION, _INTERVIEW, _GROUP = "reseau", "1", "entretien", "groupe"
_STUDIES = ("etude.toml", "study.toml")
_LONGEST_ENDING = 6


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
    return not any((source / name).is_file() for name in _STUDIES) and bool(_files(source))


def convert_transcripts(source: Path, result: Path) -> tuple[Phrase, Sequence[Notice]]:
    """Write a study folder of the transcripts of a folder; what is not one is said and left.

    Files keep their bytes under neutral names, for theirs often name somebody; which is which is
    said. Each is an interview until somebody writes otherwise. Nobody is registered and no consent
    is supposed.

    Raises:
        FormatRefused: no file of the folder is a transcript.
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
    listed = "\n".join(f"  {one.name} : {one.source.name}" for one in read)
    named = Notice(
        phrase("Sous quels noms :\n{listed}\n", listed=listed),
        phrase("Gardez cette liste hors du dossier : un nom de fichier nomme souvent quelqu’un."),
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
        ),
        phrase("Remplissez participants.csv et locuteurs.csv, puis : croisee check."),
    )
    done = phrases("{n} verbatim rangé.", "{n} verbatims rangés.", len(read))
    return done, (*notices, named, kinds, steps)


def _files(source: Path) -> list[Path]:
    found = (one for one in source.iterdir() if not one.name.startswith((".", "~")))
    return sorted(one for one in found if one.is_file() and not one.is_symlink())


def _transcripts(source: Path) -> tuple[list[_Read], list[Notice]]:
    read: list[_Read] = []
    notices: list[Notice] = []
    for file in _files(source):
        try:
            turns = read_transcript(file).turns
        except FormatRefused as refused:
            said = phrase("{file} n’est pas repris. {message}", file=file.name,
                          message=refused.message)  # fmt: skip
            notices.append(Notice(said, refused.remedy))
            continue
        if not turns:
            said = phrase("{file} n’est pas repris : ce document ne contient aucun texte.",
                          file=file.name)  # fmt: skip
            notices.append(Notice(said, phrase("Vérifiez que c’est le bon fichier.")))
            continue
        labels = {one.speaker for one in turns if one.speaker and not is_team(one.speaker)}
        name = f"verbatim-{len(read) + 1:02}{_ending(file)}"
        read.append(_Read(file, name, frozenset(map(folded_label, labels))))
    return read, notices


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
