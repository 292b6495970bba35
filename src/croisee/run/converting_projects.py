"""``croisee convert`` for coded projects: to and from a study folder, and between formats."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from croisee.formats.coded import (
    CodedProject,
    is_commented,
    is_qualcoder,
    read_commented,
    read_qualcoder,
    read_refi,
    read_taguette,
    write_commented,
    write_qualcoder,
    write_refi,
    write_refi_codebook,
    write_taguette,
)
from croisee.formats.refused import FormatRefused
from croisee.formats.sqlite_file import is_sqlite
from croisee.language import Phrase, phrase, phrases
from croisee.run.project_of_study import project_of_study
from croisee.run.study_of_project import write_study_of_project
from croisee.studyfolder import read_study
from croisee.text import Notice

_REFI = (".qdpx", ".qdc")
_WORD = (".docx", ".zip")
"""Word documents whose comments are codes: one, or several in a zip."""
_BASES = (".qda", ".sqlite3")
"""QualCoder, Taguette."""
PROJECT_ENDINGS = (*_REFI, *_WORD, *_BASES)
"""Endings of what is written; what is read is told by what it holds."""
_OTHER_FILES = frozenset(
    {
        ".csv", ".dta", ".json", ".lsa", ".lss", ".pdf", ".sav", ".srt",
        ".tsv", ".txt", ".vtt", ".xlsx", ".xml",
    }
)  # fmt: skip
"""Endings that ask for a file, where a study folder would come as a surprise."""


def is_study_conversion(source: Path, result: Path) -> bool:
    """Return whether a study folder is to become a project, a codebook or commented documents."""
    if not source.is_dir() or result.suffix.lower() not in PROJECT_ENDINGS:
        return False
    return _is_study(source) or not (is_qualcoder(source) or is_commented(source))


def _is_study(folder: Path) -> bool:
    return any((folder / name).is_file() for name in ("etude.toml", "study.toml"))


def is_project_conversion(source: Path, result: Path) -> bool:
    """Return whether a project is to become another one, or a study folder.

    Word documents with comments are one only where a project or a folder is asked: they may as
    well be transcripts that somebody commented.
    """
    if is_qualcoder(source):
        return True
    if not source.is_dir() and (is_sqlite(source) or is_project(source)):
        return True
    asked = result.suffix.lower() in (*_REFI, *_BASES, "")
    return asked and not (source.is_dir() and _is_study(source)) and is_commented(source)


def is_project(path: Path) -> bool:
    """Return whether a file is a REFI-QDA project or codebook, by what it holds."""
    try:
        with ZipFile(path) as archive:
            return any(name.lower().endswith((".qde", ".qdc")) for name in archive.namelist())
    except (BadZipFile, OSError, ValueError, NotImplementedError):
        pass
    try:
        with path.open("rb") as stream:
            return b"urn:QDA-XML:" in stream.read(4000)
    except OSError:
        return False


def convert_study(source: Path, result: Path) -> tuple[Phrase, Sequence[Notice]]:
    """Write the codes and codings of a study folder as a project; what is lost comes second.

    Raises:
        StudyRefused: the folder must be corrected first.
    """
    project, notices = project_of_study(read_study(source))
    told, more = _written(project, result)
    if result.suffix.lower() == ".qdc":
        return told, more
    return told, (*notices, *more, *_for_the_team())


def convert_project(source: Path, result: Path) -> tuple[Phrase, Sequence[Notice]]:
    """Write a project in another format, or as a new study folder.

    Raises:
        FormatRefused, StudyExists: it cannot be read, ``result`` asks for a file of another kind,
            or there is something at ``result``.
    """
    if result.suffix.lower() in _OTHER_FILES:
        raise FormatRefused(
            phrase("Un projet codé s’écrit en {endings}, ou en dossier d’étude.",
                   endings=", ".join(PROJECT_ENDINGS)),
            phrase("Donnez un nom qui finit ainsi, ou un nom de dossier."),
        )  # fmt: skip
    project, notices = _read(source)
    if result.suffix.lower() in PROJECT_ENDINGS:
        told, more = _written(project, result)
        alone = () if result.suffix.lower() == ".qdc" else _for_the_team()
        return told, (*notices, *more, *alone)
    written = write_study_of_project(project, result)
    said = phrase(
        "{documents}, {codings}.",
        documents=phrases("{n} document", "{n} documents", written.documents),
        codings=phrases("{n} codage", "{n} codages", written.codings),
    )
    steps = Notice(
        phrase("Personne n’est inscrit dans ce dossier : qui parle, c’est à vous de le dire."),
        phrase("Remplissez participants.csv et locuteurs.csv, puis : croisee check."),
    )
    return said, (*notices, *written.notices, steps)


def _read(source: Path) -> tuple[CodedProject, tuple[Notice, ...]]:
    if is_qualcoder(source):
        return read_qualcoder(source)
    if source.is_file() and is_sqlite(source):
        return read_taguette(source)
    if source.is_file() and is_project(source):
        return read_refi(source)
    return read_commented(source)


def _written(project: CodedProject, result: Path) -> tuple[Phrase, tuple[Notice, ...]]:
    ending = result.suffix.lower()
    book = ending == ".qdc"
    if result.is_dir():
        raise FormatRefused(
            phrase("Ce dossier existe déjà : {folder}.", folder=str(result)),
            phrase("Donnez un autre nom."),
        )
    notices = _WRITERS.get(ending, write_commented)(project, result)
    codes = phrases("{n} code", "{n} codes", len(project.codes))
    if book:
        return phrase("{codes}.", codes=codes), notices
    kept = [one for one in project.sources if ending not in _BASES or one.text is not None]
    applied = sum(len(mark.applied) for one in kept for mark in one.selections)
    said = phrase(
        "{documents}, {codes}, {codings}.",
        documents=phrases("{n} document", "{n} documents", len(kept)),
        codes=codes,
        codings=phrases("{n} codage", "{n} codages", applied),
    )
    return said, notices


_WRITERS = {
    ".qdpx": write_refi,
    ".qdc": write_refi_codebook,
    ".qda": write_qualcoder,
    ".sqlite3": write_taguette,
}


def _for_the_team() -> tuple[Notice, ...]:
    return (
        Notice(
            phrase("Pour l’équipe seulement : ces paroles ne sont pas désidentifiées."),
            phrase("Ce fichier se garde comme les verbatims."),
        ),
    )
