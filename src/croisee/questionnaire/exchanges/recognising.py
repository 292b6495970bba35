"""Which format a file is of, told by what is in it; and the file read accordingly."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from croisee.formats import read_tables
from croisee.formats.bounds import read_bytes
from croisee.formats.ddi import read_ddi
from croisee.formats.labelled import Labelled
from croisee.formats.limesurvey_answers import read_limesurvey_table
from croisee.formats.lsa import is_lsa
from croisee.formats.redcap_dictionary import is_redcap_dictionary
from croisee.formats.refused import FormatRefused
from croisee.formats.sav import read_sav
from croisee.formats.stata import read_dta
from croisee.formats.tabular import read_table
from croisee.formats.xlsform import read_workbook
from croisee.language import phrase
from croisee.questionnaire.codebook import Line
from croisee.questionnaire.exchanges.columns import key_of
from croisee.questionnaire.exchanges.entering import Brought
from croisee.questionnaire.exchanges.folder import read_folder_answers
from croisee.questionnaire.exchanges.labelled_in import (
    questionnaire_of_labelled,
    read_labelled_answers,
)
from croisee.questionnaire.exchanges.limesurvey import read_limesurvey
from croisee.questionnaire.exchanges.limesurvey_answers import read_limesurvey_answers
from croisee.questionnaire.exchanges.odk import read_odk
from croisee.questionnaire.exchanges.redcap_in import questionnaire_of_redcap
from croisee.questionnaire.exchanges.redcap_records import is_redcap_records, read_redcap_records
from croisee.questionnaire.exchanges.submissions_in import is_submission, read_submissions
from croisee.questionnaire.exchanges.told import Imported
from croisee.questionnaire.exchanges.xform_in import is_xform, questionnaire_of_xform
from croisee.questionnaire.sheet import Prepared

_SPSS = (b"$FL2", b"$FL3")
_STATA = ".dta"
_STATISTICAL = (".sav", ".zsav", _STATA)
_ZIP = b"PK\x03\x04"
_HEAD = 4096
_LIMESURVEY = frozenset(
    {
        "submitdate", "lastpage", "last_page", "derniere_page", "startlanguage", "start_language",
        "langue_de_depart", "date_submitted", "date_de_soumission", "id_de_la_reponse",
        "response_id",
    }
)  # fmt: skip
_ODK = frozenset(
    {
        "key", "instanceid", "meta_instanceid", "uuid", "submission_time", "submissiondate",
        "xform_id", "formhub_uuid",
    }
)  # fmt: skip
_FOLDER = frozenset({"repondant", "respondent"})


class Source(StrEnum):
    """Where answers come from."""

    ODK = "odk"
    LIMESURVEY = "limesurvey"
    FOLDER = "dossier"
    LABELLED = "sav"
    SUBMISSIONS = "xml"
    REDCAP = "redcap"


def is_labelled(path: Path) -> bool:
    """Return whether a file is of statistical software, which has its variables in itself."""
    with path.open("rb") as stream:
        return stream.read(4) in _SPSS or path.suffix.lower() in _STATISTICAL


def read_labelled(path: Path) -> Labelled:
    """Read a file of SPSS or of Stata. Raises :class:`FormatRefused`."""
    return read_dta(path) if path.suffix.lower() == _STATA else read_sav(path)


def source_of(path: Path) -> Source:
    """Return which format a file of answers is of, by its first bytes and its columns.

    A table that bears no mark of a tool is read as ODK's: columns are paths, names or labels.

    Raises:
        FormatRefused: no table, or hostile.
    """
    if is_labelled(path):
        return Source.LABELLED
    with path.open("rb") as stream:
        head = stream.read(_HEAD)
    if is_submission(head):
        return Source.SUBMISSIONS
    header = _header(path)
    keys = {key_of(name) for name in header}
    if keys & _LIMESURVEY:
        return Source.LIMESURVEY
    if keys & _ODK:
        return Source.ODK
    if not keys & _FOLDER and is_redcap_records(header):
        return Source.REDCAP
    coded = any("__" in name.strip() for name in header if not name.strip().startswith("_"))
    return Source.FOLDER if keys & _FOLDER or coded else Source.ODK


def _header(path: Path) -> tuple[str, ...]:
    if path.suffix.lower() != ".xlsx":
        return read_limesurvey_table(path).header
    return next((sheet.header for sheet in read_tables(path).values()), ())


def read_answers(
    paths: Sequence[Path],
    source: Source,
    prepared: Prepared,
    lines: Sequence[Line],
    *,
    at: datetime,
) -> Brought:
    """Read the files of one export as answers to a form.

    Args:
        paths: its files; several are tied together where ``source`` is ODK, one answer each where
            it is XML, else read in turn.
        source: their format.
        prepared: the form.
        lines: its codebook.
        at: for calculations that ask what time it is; aware.

    Raises:
        FormatRefused: a file that is not of this format, or hostile.
    """
    if source is Source.ODK:
        return read_odk(paths, prepared, at=at)
    if source is Source.SUBMISSIONS:
        return read_submissions(paths, prepared, at=at)
    found = [_read(path, source, prepared, lines, at) for path in paths]
    return Brought(
        tuple(one for brought in found for one in brought.entered),
        tuple(one for brought in found for one in brought.troubles),
        tuple(dict.fromkeys(one for brought in found for one in brought.ignored)),
    )


def _read(
    path: Path, source: Source, prepared: Prepared, lines: Sequence[Line], at: datetime
) -> Brought:
    if source is Source.LABELLED:
        return read_labelled_answers(read_labelled(path), prepared, file=path.name, at=at)
    if source is Source.LIMESURVEY:
        return read_limesurvey_answers(path, prepared, at=at)
    if source is Source.REDCAP:
        return read_redcap_records(path, prepared, at=at)
    return read_folder_answers(path, prepared, lines, at=at)


def read_questionnaire(path: Path) -> Imported:
    """Read a questionnaire made elsewhere, whatever its format; what is lost is listed.

    XLSForm, XForm, REDCap (dictionary), LimeSurvey (``.lss``, ``.lsa`` or tab-separated), SPSS,
    Stata (by its name), DDI-Codebook: told by the content.

    Raises:
        FormatRefused: none of them, damaged or hostile.
    """
    if is_labelled(path):
        return questionnaire_of_labelled(read_labelled(path))
    with path.open("rb") as stream:
        head = stream.read(_HEAD).lstrip(b"\xef\xbb\xbf \r\n\t")
    if head.startswith(b"<"):
        return _of_xml(path, head)
    if head.startswith(_ZIP) and is_lsa(path):
        return read_limesurvey(path)
    first = head.partition(b"\n")[0].lower()
    if b"\t" in first and b"class" in first and b"type/scale" in first:
        return read_limesurvey(path)
    if is_dictionary(path):
        return questionnaire_of_redcap(path)
    return Imported(read_workbook(path))


def is_dictionary(path: Path) -> bool:
    """Return whether a file is a data dictionary of REDCap (CSV), by its columns.

    A file sent to the platform has no name of its own, hence no ending.
    """
    if path.suffix.lower() not in {".csv", ""}:
        return False
    with path.open("rb") as stream:
        head = stream.read(_HEAD).lower()
    if b"field" not in head:
        return False
    try:
        return is_redcap_dictionary(read_table(path).header)
    except FormatRefused:
        return False


def _of_xml(path: Path, head: bytes) -> Imported:
    if b"codeBook" in head:
        return questionnaire_of_labelled(read_ddi(path)[1])
    if is_xform(head):
        return questionnaire_of_xform(read_bytes(path))
    if b"<document" in head or b"LimeSurvey" in head:
        return read_limesurvey(path)
    raise FormatRefused(
        phrase("Ce fichier XML n’est ni un XForm, ni de LimeSurvey (.lss), ni un DDI-Codebook."),
        phrase("Exportez le questionnaire de son logiciel en XLSForm, XForm, .lss, .sav ou DDI."),
    )
