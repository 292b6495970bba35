"""LimeSurvey's archive of a survey (``.lsa``): a zip of its structure and of its answers, in XML.

Tokens (who was invited) and timings may be inside; they are never opened.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from croisee.formats.archive import BROKEN, check_plain_part, damaged, open_archive
from croisee.formats.bounds import MAX_ROWS
from croisee.formats.limesurvey import Survey
from croisee.formats.lss import survey_in
from croisee.formats.refused import FormatRefused
from croisee.formats.tabular import Remark
from croisee.formats.xml import MAX_XML, elements
from croisee.language import phrase

_STRUCTURE, _ANSWERS = ".lss", ".lsr"
_NEVER_OPENED = (".lst", ".lsi")
_PEOPLE = frozenset({"token", "ipaddr", "refurl"})
"""Columns that say who answered, and from where: never taken."""
Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Archived:
    """What an archive holds: the survey, its answers by ``code[part]``, what is wrong with them.

    ``unopened`` are the parts that are never read: tokens (``.lst``) and timings (``.lsi``).
    """

    survey: Survey
    header: tuple[str, ...] = ()
    rows: tuple[tuple[int, Row], ...] = ()
    remarks: tuple[Remark, ...] = ()
    unopened: tuple[str, ...] = ()


def is_lsa(path: Path) -> bool:
    """Return whether a file is a zip with a LimeSurvey structure inside."""
    try:
        with zipfile.ZipFile(path) as archive:
            return any(name.lower().endswith(_STRUCTURE) for name in archive.namelist())
    except (*BROKEN, ValueError):
        return False


def read_lsa(path: Path) -> Archived:
    """Read an archive. Answers that stop before their end are kept up to there, and it is said.

    Raises:
        FormatRefused: hostile, several surveys, or a structure that cannot be read.
    """
    with open_archive(path) as archive:
        names = [part.filename for part in archive.infolist()]
        structures = [name for name in names if name.lower().endswith(_STRUCTURE)]
        if len(structures) != 1:
            raise FormatRefused(
                phrase("Cette archive n’a pas un seul questionnaire (.lss)."),
                phrase("Exportez une enquête à la fois en « Archive de l’enquête (.lsa) »."),
            )
        survey = survey_in(_content(archive, structures[0]))
        rows: list[Row] = []
        remarks: list[Remark] = []
        for name in names:
            if name.lower().endswith(_ANSWERS):
                remarks += _read_answers(archive, name, rows)
    found = dict.fromkeys(tag for row in rows for tag in row)
    headers = {tag: _header(tag, survey) for tag in found if tag.lower() not in _PEOPLE}
    numbered = tuple(
        (line, {header: row.get(tag, "") for tag, header in headers.items()})
        for line, row in enumerate(rows, 1)
    )
    unopened = tuple(name for name in names if name.lower().endswith(_NEVER_OPENED))
    return Archived(survey, tuple(headers.values()), numbered, tuple(remarks), unopened)


def _content(archive: zipfile.ZipFile, name: str) -> bytes:
    if archive.getinfo(name).file_size > MAX_XML:
        raise damaged()
    try:
        with archive.open(name) as stream:
            return stream.read(MAX_XML)
    except BROKEN as cause:
        raise damaged() from cause


def _read_answers(archive: zipfile.ZipFile, name: str, rows: list[Row]) -> Iterator[Remark]:
    """Fill ``rows`` with what can be read, and yield why the rest cannot."""
    try:
        with archive.open(name) as stream:
            check_plain_part(stream)
    except BROKEN:
        pass  # a torn part: what stands before the tear is read below
    try:
        with archive.open(name) as stream:
            for element in elements(stream, "row"):
                rows.append(_row(element))
                if len(rows) > MAX_ROWS:
                    raise damaged()
    except (*BROKEN, FormatRefused):
        yield Remark(
            len(rows) + 1,
            phrase("Les réponses de l’archive s’arrêtent ici : la suite est abîmée."),
            phrase("Exportez de nouveau l’archive ; ce qui précède est lu."),
        )


def _row(element: etree._Element) -> Row:
    return {
        str(etree.QName(cell).localname).removeprefix("_"): (cell.text or "").strip()
        for cell in element
    }


def _header(tag: str, survey: Survey) -> str:
    """Return a column (``1X2X3SQ001``) as the exports name it (``code[SQ001]``)."""
    places = {one.place: one.code for part in survey.sections for one in part.questions}
    if tag in places:
        return places[tag]
    above = max((one for one in places if one and tag.startswith(one)), key=len, default="")
    if not above:
        return tag
    return f"{places[above]}[{tag[len(above) :].replace('-', '_').replace('#', '_')}]"
