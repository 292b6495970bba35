"""``croisee convert`` between a collection made elsewhere and a study folder.

A form (XLSForm, LimeSurvey), answers that have theirs beside, or a file of statistical software,
which describes itself, becomes a study folder; a codebook of a study folder becomes a form.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from zipfile import ZipFile

from croisee.formats import FormatRefused, read_table
from croisee.formats.archive import BROKEN, damaged, open_archive
from croisee.formats.limesurvey_answers import read_limesurvey_table
from croisee.formats.lsa import is_lsa
from croisee.formats.xlsform import write_workbook
from croisee.language import Phrase, phrase, phrases
from croisee.questionnaire.describing import workbook_of
from croisee.questionnaire.exchanges.recognising import read_questionnaire
from croisee.questionnaire.exchanges.submissions_in import is_submission, submissions_in
from croisee.run.converting_questionnaires import (
    asks_redcap,
    holds_questionnaire,
    write_dictionary_of,
)
from croisee.run.preparation import StudyRefused
from croisee.run.study_of_questionnaire import write_study_of_questionnaire
from croisee.study import Instrument
from croisee.studyfolder import read_study
from croisee.text import Notice

_HEAD = 4096
_SHOWN = 8
_STATISTICAL = (".sav", ".zsav", ".dta")
_TABLES = (".csv", ".xlsx", ".zip", *_STATISTICAL)
_FORMS = (".xlsx", ".xls", ".xlsm", ".csv", ".lss", ".tsv", ".txt", ".xml")
_INSTRUMENTS = "instruments"
_STUDIES = ("etude.toml", "study.toml")


def is_collection(source: Path, result: Path) -> bool:
    """Return whether a form or its answers are to become a study folder: a name without ending."""
    if result.suffix:
        return False
    if source.is_dir():
        return _holds_submissions(source)
    if not source.is_file():
        return False
    return source.suffix.lower() in (*_TABLES, ".xml") or holds_questionnaire(source)


def _holds_submissions(folder: Path) -> bool:
    """Return whether a folder is of answers in XML, and no study."""
    if any((folder / name).is_file() for name in _STUDIES):
        return False
    return bool(submissions_in(folder))


def is_codebook(source: Path, result: Path) -> bool:
    """Return whether the codebook of a study folder is to become a form."""
    return (
        (result.suffix.lower() == ".xlsx" or asks_redcap(result))
        and source.is_file()
        and source.parent.name.lower() == _INSTRUMENTS
        and any((source.parent.parent / name).is_file() for name in _STUDIES)
    )


def convert_collection(source: Path, result: Path) -> tuple[Phrase, Sequence[Notice]]:
    """Write a study folder from a form, or from answers whose form is beside or inside them.

    Raises:
        FormatRefused: no form, several beside the answers, or a file that cannot be read.
        StudyExists: there is something at ``result``.
    """
    labelled = source.suffix.lower() in _STATISTICAL
    own = source.is_file() and (labelled or holds_questionnaire(source))
    read = read_questionnaire(source if own else _form_beside(source))
    if labelled or (own and is_lsa(source) and read_limesurvey_table(source).header):
        written = write_study_of_questionnaire(read.workbook, (source,), result)
    elif own:
        written = write_study_of_questionnaire(read.workbook, (), result)
    else:
        with _export(source) as tables:
            written = write_study_of_questionnaire(read.workbook, tables, result)
    said = phrase(
        "{questions}, {answers}.",
        questions=phrases("{n} question", "{n} questions", written.questions),
        answers=phrases("{n} réponse", "{n} réponses", written.answers),
    )
    keep = phrase("Gardez le fichier de départ.")
    losses = [
        Notice(phrase("{question} : {what}", question=one.question or "*", what=one.what), keep)
        for one in read.losses
    ]
    return said, (*losses, *written.notices)


def convert_codebook(source: Path, result: Path) -> tuple[Phrase, Sequence[Notice]]:
    """Write the codebook of a study folder as a form (XLSForm) or for REDCap; losses come second.

    Raises:
        StudyRefused: the folder must be corrected first.
        FormatRefused: the study declares no such questionnaire.
    """
    folder = read_study(source.parent.parent)
    if folder.refused or folder.study is None:
        raise StudyRefused(folder.problems)
    code = source.stem.lower().replace("_", "-")
    found = [one for one in folder.study.instruments if one.code == code]
    if not found:
        raise FormatRefused(
            phrase("Aucun questionnaire de cette étude n’a le code {code}.", code=code),
            phrase("Déclarez-le dans etude.toml, ou prenez un autre fichier d’instruments/."),
        )
    if asks_redcap(result):
        return write_dictionary_of(workbook_of(found[0]), result, tuple(_not_said(found[0])))
    result.write_bytes(write_workbook(workbook_of(found[0])))
    asked = phrases("{n} question.", "{n} questions.", len(found[0].questions))
    return asked, tuple(_not_said(found[0]))


def _not_said(one: Instrument) -> Iterator[Notice]:
    """Yield what a questionnaire of ours says and XLSForm has no place for."""
    keep = phrase("Gardez le dossier d’étude.")
    if one.weighted:
        yield Notice(phrase("Un formulaire ne dit pas qu’il y a des poids."), keep)
    if one.breaks:
        yield Notice(phrase("Les ruptures entre éditions ne sont pas dans un formulaire."), keep)
    if one.name.en:
        yield Notice(phrase("Le titre anglais n’est pas dans un formulaire."), keep)
    means = [question.code for question in one.questions if question.mean]
    if means:
        yield Notice(
            phrase("La moyenne demandée n’est pas dans un formulaire : {names}.",
                   names=", ".join(means)), keep,
        )  # fmt: skip


def _form_beside(answers: Path) -> Path:
    """Return the only form beside answers; of a folder, the one inside it comes first."""
    places = (answers, answers.parent) if answers.is_dir() else (answers.parent,)
    found: list[Path] = []
    for place in places:
        found = [
            path
            for path in sorted(place.iterdir())
            if path != answers and path.is_file() and not path.is_symlink()
            and path.suffix.lower() in _FORMS and holds_questionnaire(path)
        ]  # fmt: skip
        if found:
            break
    if answers.is_file() and _is_list_of_choices(answers, sure=len(found) == 1):
        raise FormatRefused(
            phrase("Ce tableau est une liste de choix : ni un questionnaire, ni des réponses."),
            phrase("Donnez le questionnaire qui s’en sert, ou le fichier des réponses."),
        )
    if len(found) == 1:
        return found[0]
    where = phrase(
        "Mettez le questionnaire (XLSForm, XForm ou .lss), et lui seul, à côté des réponses."
    )
    if not found:
        raise FormatRefused(phrase("Ces réponses n’ont pas leur questionnaire à côté."), where)
    names = ", ".join(path.name for path in found[:_SHOWN])
    if len(found) > _SHOWN:
        names = f"{names}… ({len(found)})"
    raise FormatRefused(phrase("Plusieurs questionnaires à côté : {names}.", names=names), where)


def _is_list_of_choices(path: Path, *, sure: bool) -> bool:
    """Return whether a CSV holds choices that a form looks up, by the names of its columns.

    ``sure``: only names that no question would have, where a form is there to answer.
    """
    if path.suffix.lower() != ".csv":
        return False
    keys = {name.strip().lower().partition("::")[0] for name in read_table(path).header}
    return bool(keys & {"name_key", "list_name"}) or (not sure and {"name", "label"} <= keys)


@contextmanager
def _export(source: Path) -> Iterator[tuple[Path, ...]]:
    """Give the files of an export; those of a zip (ODK Central) lie apart for the time of it."""
    if source.is_dir():
        yield submissions_in(source)
        return
    if source.suffix.lower() != ".zip":
        yield (source,)
        return
    with TemporaryDirectory(prefix="croisee-") as place, open_archive(source) as archive:
        made = _unpacked(archive, Path(place), ".csv") or _unpacked(archive, Path(place), ".xml")
        if not made:
            raise FormatRefused(
                phrase("Cette archive ne contient aucun tableau CSV, ni réponse en XML."),
                phrase("Dans ODK Central, exportez les réponses en « .csv »."),
            )
        yield tuple(sorted(made, key=lambda path: len(path.name)))


def _unpacked(archive: ZipFile, place: Path, ending: str) -> list[Path]:
    """Write the parts that end so, each in a folder of its own: names say what they are of."""
    made: list[Path] = []
    for part in archive.infolist():
        name = PurePosixPath(part.filename.replace("\\", "/")).name
        if part.is_dir() or not name.lower().endswith(ending):
            continue
        target = place / f"{len(made):05d}" / name
        target.parent.mkdir()
        try:
            content = archive.read(part)
        except BROKEN as cause:
            raise damaged() from cause
        if ending == ".csv" or is_submission(content[:_HEAD]):
            target.write_bytes(content)
            made.append(target)
    return made
