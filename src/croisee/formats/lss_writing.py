"""A survey written as LimeSurvey's own file (``.lss``), texts apart as since its version 4."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from lxml import etree

from croisee.formats.limesurvey import Asked, Part, Section, Survey, Texts

_VERSION = "400"
"""Of the tables, the first with texts of their own: later versions of LimeSurvey read them too."""
_PLACE = re.compile(r"([1-9][0-9]{0,8})X([1-9][0-9]{0,8})X([1-9][0-9]{0,8})")
_NO_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SURVEY = "100000"
Row = dict[str, str]


def write_lss(survey: Survey) -> bytes:
    """Return a survey as ``.lss``; :func:`croisee.formats.lss.read_lss` gives the same one back.

    Questions keep their numbers when each has its own (``place``), else get new ones. Signs that
    XML refuses, spaces around a text and tables that were not read (``other``) are not in it.
    """
    written = _Tables(survey)
    root = etree.Element("document")
    _leaf(root, "LimeSurveyDocType", "Survey")
    _leaf(root, "DBVersion", _VERSION)
    languages = etree.SubElement(root, "languages")
    for language in survey.languages:
        _leaf(languages, "language", language)
    for name, rows in sorted(written.tables.items()):
        _table(root, name, rows)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)


def _table(root: etree._Element, name: str, rows: Sequence[Row]) -> None:
    table = etree.SubElement(root, name)
    fields = etree.SubElement(table, "fields")
    for column in dict.fromkeys(column for row in rows for column in row):
        _leaf(fields, "fieldname", column)
    lines = etree.SubElement(table, "rows")
    for row in rows:
        line = etree.SubElement(lines, "row")
        for column, cell in row.items():
            _leaf(line, column, cell)


def _leaf(above: etree._Element, name: str, text: str) -> None:
    etree.SubElement(above, name).text = _NO_XML.sub("", text) or None


@dataclass(slots=True)
class _Tables:
    """The tables of one survey, as they fill."""

    survey: Survey
    tables: dict[str, list[Row]] = field(default_factory=dict)
    _last: int = 0

    def __post_init__(self) -> None:
        places = _places(self.survey.sections)
        settings = dict(self.survey.settings)
        sid = next((place[0] for row in places for place in row), settings.get("sid", _SURVEY))
        self._last = max((int(place[2]) for row in places for place in row), default=0)
        main, *more = self.survey.languages or ("fr",)
        own = {"sid": sid, "language": main, "additional_languages": " ".join(more)}
        self._add("surveys", {**settings, **own} if settings else own)
        self._settings(sid)
        for place, section in enumerate(self.survey.sections, 1):
            numbers = places[place - 1] if places else ()
            gid = numbers[0][1] if numbers else self._free_group(place, places)
            self._section(section, sid, gid, place, [number[2] for number in numbers])

    def _free_group(self, place: int, places: Sequence[Sequence[tuple[str, str, str]]]) -> str:
        """Return a number for a group that has no question to say it."""
        most = max((int(one[1]) for row in places for one in row), default=0)
        return str(most + place)

    def _add(self, table: str, row: Row) -> None:
        self.tables.setdefault(table, []).append(row)

    def _number(self) -> str:
        self._last += 1
        return str(self._last)

    def _settings(self, sid: str) -> None:
        texts = (self.survey.titles, self.survey.welcome, self.survey.end)
        for language in self.survey.languages:
            title, welcome, end = (dict(one).get(language, "") for one in texts)
            self._add("surveys_languagesettings", {
                "surveyls_survey_id": sid, "surveyls_language": language, "surveyls_title": title,
                "surveyls_welcometext": welcome, "surveyls_endtext": end,
            })  # fmt: skip

    def _section(
        self, section: Section, sid: str, gid: str, place: int, numbers: Sequence[str]
    ) -> None:
        self._add("groups", {
            "gid": gid, "sid": sid, "group_order": str(place), "randomization_group": "",
            "grelevance": section.relevance or "1",
        })  # fmt: skip
        for language in self.survey.languages:
            name, about = (dict(one).get(language, "") for one in (section.names, section.about))
            self._add("group_l10ns", {"gid": gid, "group_name": name, "description": about,
                                      "language": language})  # fmt: skip
        for order, asked in enumerate(section.questions, 1):
            qid = numbers[order - 1] if numbers else self._number()
            self._asked(asked, sid, gid, qid, order)

    def _asked(self, asked: Asked, sid: str, gid: str, qid: str, order: int) -> None:
        own = {"qid": qid, "parent_qid": "0", "sid": sid, "gid": gid, "type": asked.type}
        self._add("questions", own | {
            "title": asked.code, "preg": asked.validation, "other": "Y" if asked.other else "N",
            "mandatory": asked.mandatory, "question_order": str(order), "scale_id": "0",
            "same_default": "1", "relevance": asked.relevance or "1",
        })  # fmt: skip
        self._texts("question_l10ns", "qid", qid, ("question", asked.texts), ("help", asked.helps))
        for one in asked.attributes:
            self._add("question_attributes", {
                "qid": qid, "attribute": one.name, "value": one.value, "language": one.language,
            })  # fmt: skip
        for place, part in enumerate(asked.parts, 1):
            below = self._number()
            self._add("subquestions", own | {"qid": below, "parent_qid": qid} | _below(part, place))
            self._texts("question_l10ns", "qid", below, ("question", part.texts))
        for place, answer in enumerate(asked.answers, 1):
            aid = self._number()
            self._add("answers", {
                "aid": aid, "qid": qid, "code": answer.code, "sortorder": str(place),
                "assessment_value": "0", "scale_id": str(answer.scale),
            })  # fmt: skip
            self._texts("answer_l10ns", "aid", aid, ("answer", answer.texts))
        if asked.default:
            number = self._number()
            self._add("defaultvalues", {"dvid": number, "qid": qid, "scale_id": "0", "sqid": "0",
                                        "specialtype": ""})  # fmt: skip
            for language in self.survey.languages:
                self._add("defaultvalue_l10ns", {"dvid": number, "language": language,
                                                 "defaultvalue": asked.default})  # fmt: skip

    def _texts(self, table: str, key: str, number: str, *texts: tuple[str, Texts]) -> None:
        for language in self.survey.languages:
            said = {name: dict(one).get(language, "") for name, one in texts}
            self._add(table, {key: number, **said, "language": language})


def _below(part: Part, place: int) -> Row:
    return {"title": part.code, "question_order": str(place), "scale_id": str(part.scale),
            "relevance": part.relevance or "1"}  # fmt: skip


def _places(sections: Sequence[Section]) -> list[list[tuple[str, str, str]]]:
    """Return (survey, group, question) of each question by section, where they suit; else none."""
    found = [list(_numbers(section)) for section in sections]
    asked = [len(section.questions) for section in sections]
    every = [place for row in found for place in row]
    groups = [{place[1] for place in row} for row in found]
    known = [one for row in groups for one in row]
    suits = (
        [len(row) for row in found] == asked
        and len({place[0] for place in every}) == 1
        and len({place[2] for place in every}) == len(every)
        and all(len(row) <= 1 for row in groups)
        and len(set(known)) == len(known)
    )
    return found if suits else []


def _numbers(section: Section) -> Iterator[tuple[str, str, str]]:
    for one in section.questions:
        if place := _PLACE.fullmatch(one.place):
            yield place[1], place[2], place[3]
