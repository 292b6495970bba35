"""``croisee convert``: read in one format, written in another, what is lost said."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from croisee.formats import FormatRefused
from croisee.formats.transcripts import Target, read_transcript, write_transcript
from croisee.language import Phrase, phrase, phrases
from croisee.run.converting_answers import convert_answers, is_answers_conversion
from croisee.run.converting_projects import (
    PROJECT_ENDINGS,
    convert_project,
    convert_study,
    is_project,
)
from croisee.run.converting_questionnaires import convert_questionnaire, is_questionnaire
from croisee.run.converting_tables import convert_table, is_table_conversion
from croisee.text import Notice, merged

TARGETS = tuple(target.value for target in Target)
_BY_ENDING = {".vtt": Target.VTT, ".srt": Target.SRT, ".docx": Target.DOCX, ".txt": Target.TXT}


class ConversionRefused(Exception):
    """Nothing was written. ``message`` says why."""

    def __init__(self, message: Phrase) -> None:
        super().__init__(message.one)
        self.message = message


def convert(source: Path, result: Path, *, to: str = "", merge: bool = False) -> tuple[Phrase, ...]:
    """Convert a transcript, a coded project or a table; return what to tell, and what is lost.

    A study folder becomes a project (``.qdpx``), a codebook (``.qdc``) or the answers to its
    questionnaires (``.sav``, ``.dta``, ``.xlsx``, ``.csv``), a project a new study folder or
    another project, a table with labels (SPSS, Stata, CSV, XLSX) another one, a questionnaire
    (XLSForm, LimeSurvey) another one.

    ``to`` is one of ``TARGETS``; empty, the ending of ``result`` says it. ``merge``: the turns of
    one person that follow each other become one. A file that is there is never replaced.

    Raises:
        ConversionRefused: an unknown format, a file that cannot be read, a result already there.
    """
    if result.suffix.lower() in PROJECT_ENDINGS and source.is_dir():
        return _projects(convert_study, source, result)
    if not to and is_answers_conversion(source, result):
        return _projects(convert_answers, source, result)
    if not to and not source.is_dir() and is_project(source):
        return _projects(convert_project, source, result)
    if not to and is_questionnaire(source, result):
        return _projects(convert_questionnaire, source, result)
    if not to and is_table_conversion(source, result):
        return _projects(convert_table, source, result)
    target = Target(to) if to else _BY_ENDING.get(result.suffix.lower())
    if target is None:
        known = ", ".join(sorted(_BY_ENDING))
        raise ConversionRefused(
            phrase("Dites le format : un nom en {endings}, ou --to {names}.",
                   endings=known, names=" | ".join(TARGETS))
        )  # fmt: skip
    second = result.with_suffix(".xml")
    if result.exists() or (target is Target.REFI and second.exists()):
        raise ConversionRefused(phrase("Ce fichier existe déjà : {file}.", file=str(result)))
    try:
        read = read_transcript(source)
        turns = merged(read.turns) if merge else read.turns
        losses = write_transcript(turns, result, target)
    except FormatRefused as refused:
        raise ConversionRefused(_both(refused.message, refused.remedy, refused.line)) from refused
    done = phrases("{n} tour de parole écrit.", "{n} tours de parole écrits.", len(turns))
    return (done, *(_told(one) for one in (*read.notices, *losses)))


def _projects(
    act: Callable[[Path, Path], tuple[Phrase, Sequence[Notice]]], source: Path, result: Path
) -> tuple[Phrase, ...]:
    if result.is_file():
        raise ConversionRefused(phrase("Ce fichier existe déjà : {file}.", file=str(result)))
    try:
        done, notices = act(source, result)
    except FormatRefused as refused:
        raise ConversionRefused(_both(refused.message, refused.remedy, refused.line)) from refused
    return (done, *map(_told, notices))


def _told(notice: Notice) -> Phrase:
    return _both(notice.message, notice.remedy, notice.line)


def _both(message: Phrase, remedy: Phrase, line: int | None) -> Phrase:
    if line is None:
        return phrase("{message} {remedy}", message=message, remedy=remedy)
    return phrase("Ligne {line} : {message} {remedy}", line=line, message=message, remedy=remedy)
