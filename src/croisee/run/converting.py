"""``croisee convert``: read in one format, written in another, what is lost said."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from croisee.formats import FormatRefused
from croisee.formats.transcripts import Target, read_transcript, write_transcript
from croisee.language import Phrase, phrase, phrases
from croisee.run.converting_answers import convert_answers, is_answers_conversion
from croisee.run.converting_collections import (
    convert_codebook,
    convert_collection,
    is_codebook,
    is_collection,
)
from croisee.run.converting_projects import (
    PROJECT_ENDINGS,
    convert_project,
    convert_study,
    is_project_conversion,
    is_study_conversion,
)
from croisee.run.converting_questionnaires import (
    convert_questionnaire,
    holds_questionnaire,
    is_questionnaire,
)
from croisee.run.converting_references import convert_references, is_references
from croisee.run.converting_tables import TABLE_ENDINGS, convert_table, is_table_conversion
from croisee.run.converting_transcripts import convert_transcripts, is_transcripts_folder
from croisee.run.converting_votes import BALLOTS, convert_votes, is_preflib, is_votes_conversion
from croisee.text import Notice, merged

Act = Callable[[Path, Path], tuple[Phrase, Sequence[Notice]]]
_ACTS: tuple[tuple[Callable[[Path, Path], bool], Act], ...] = (
    (is_references, convert_references),
    (is_votes_conversion, convert_votes),
    (is_study_conversion, convert_study),
    (is_answers_conversion, convert_answers),
    (is_project_conversion, convert_project),
    (is_collection, convert_collection),
    (is_codebook, convert_codebook),
    (is_questionnaire, convert_questionnaire),
    (is_table_conversion, convert_table),
    (is_transcripts_folder, convert_transcripts),
)
"""What is written, by what is given: the first that says yes."""
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
    (XLSForm, LimeSurvey) another one. A questionnaire, or answers that have theirs beside them
    (ODK, Kobo, LimeSurvey), becomes a new study folder where ``result`` has no ending; the codebook
    of a study folder (``instruments/``) becomes a form. Ballots of PrefLib become a table of ranks
    (``.csv``, ``.xlsx``) and the reverse, a Polis export a table of votes. A folder of transcripts
    becomes a study folder. References go between BibTeX and CSL-JSON.

    ``to`` is one of ``TARGETS``; empty, the ending of ``result`` says it. ``merge``: the turns of
    one person that follow each other become one. A file that is there is never replaced.

    Raises:
        ConversionRefused: an unknown format, a file that cannot be read, a result already there.
    """
    for is_it, act in _ACTS:
        if (not to or act is convert_study) and is_it(source, result):
            return _projects(act, source, result)
    target = Target(to) if to else _BY_ENDING.get(result.suffix.lower())
    if target is None:
        raise ConversionRefused(_not_written(source))
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


def _projects(act: Act, source: Path, result: Path) -> tuple[Phrase, ...]:
    if result.is_file():
        raise ConversionRefused(phrase("Ce fichier existe déjà : {file}.", file=str(result)))
    try:
        done, notices = act(source, result)
    except FormatRefused as refused:
        raise ConversionRefused(_both(refused.message, refused.remedy, refused.line)) from refused
    return (done, *map(_told, notices))


def _not_written(source: Path) -> Phrase:
    """Return what to say where a file of this kind is not written so: how it is."""
    if source.is_dir():
        endings = (*PROJECT_ENDINGS, *TABLE_ENDINGS)
        return phrase("Un dossier d’étude s’écrit en {endings}.", endings=", ".join(endings))
    if is_preflib(source):
        known = ", ".join((".csv", ".xlsx", *BALLOTS))
        return phrase("Des bulletins s’écrivent en {endings}.", endings=known)
    if holds_questionnaire(source):
        return phrase("Un questionnaire s’écrit en {endings}, ou en dossier d’étude (un nom sans "
                      "fin).", endings=".xlsx, .lss, .txt, .tsv")  # fmt: skip
    if source.suffix.lower() in (*TABLE_ENDINGS, ".zsav"):
        return phrase("Un tableau s’écrit en {endings} ; des bulletins, en {ballots}.",
                      endings=", ".join((*TABLE_ENDINGS, ".xml")),
                      ballots=", ".join(BALLOTS))  # fmt: skip
    return phrase("Dites le format : un nom en {endings}, ou --to {names}.",
                  endings=", ".join(sorted(_BY_ENDING)), names=" | ".join(TARGETS))  # fmt: skip


def _told(notice: Notice) -> Phrase:
    return _both(notice.message, notice.remedy, notice.line)


def _both(message: Phrase, remedy: Phrase, line: int | None) -> Phrase:
    if line is None:
        return phrase("{message} {remedy}", message=message, remedy=remedy)
    return phrase("Ligne {line} : {message} {remedy}", line=line, message=message, remedy=remedy)
