"""LimeSurvey's own file of a survey (``.lss``, XML), of versions 2 to 6.

Since version 4 the texts stand in tables of their own (``question_l10ns``); before, each row
was written once in each language.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from lxml import etree

from croisee.formats.bounds import read_bytes
from croisee.formats.limesurvey import (
    Asked,
    Attribute,
    Part,
    Section,
    Survey,
    Texts,
    condition,
)
from croisee.formats.refused import FormatRefused
from croisee.formats.xml import document
from croisee.language import phrase

_MAX_ROWS = 200_000
_READ = frozenset(
    {
        "answers", "answer_l10ns", "groups", "group_l10ns", "questions", "subquestions",
        "question_l10ns", "question_attributes", "defaultvalues", "defaultvalue_l10ns", "surveys",
        "surveys_languagesettings", "themes", "themes_inherited", "LimeSurveyDocType",
        "DBVersion", "languages",
    }
)  # fmt: skip
Row = Mapping[str, str]


def read_lss(path: Path) -> Survey:
    """Read a survey's structure.

    Raises:
        FormatRefused: no XML, hostile, or not a LimeSurvey survey.
    """
    return survey_in(read_bytes(path))


def survey_in(content: bytes) -> Survey:
    """Read the structure of a survey held in memory, as :func:`read_lss` does.

    Raises:
        FormatRefused: no XML, hostile, or not a LimeSurvey survey.
    """
    root = document(content)
    if root.tag != "document" or root.findtext("LimeSurveyDocType", "").strip() != "Survey":
        raise FormatRefused(
            phrase("Ce fichier n’est pas une structure de questionnaire LimeSurvey."),
            phrase("Dans LimeSurvey, exportez le questionnaire en « Structure (.lss) »."),
        )
    return _Tables(root).survey()


class _Tables:
    """The tables of one file."""

    def __init__(self, root: etree._Element) -> None:
        self._rows: dict[str, list[dict[str, str]]] = {
            str(table.tag): [
                {str(cell.tag): (cell.text or "").strip() for cell in row}
                for row in table.findall("rows/row")[:_MAX_ROWS]
            ]
            for table in root
        }
        self._indexes: dict[tuple[str, str], dict[str, list[dict[str, str]]]] = {}
        settings = self._table("surveys")
        self._settings = settings[0] if settings else {}
        written = [one.text or "" for one in root.findall("languages/language")]
        main = self._settings.get("language", "") or (written[0] if written else "")
        more = self._settings.get("additional_languages", "").split()
        self.languages = tuple(dict.fromkeys(one for one in (main, *more, *written) if one))
        self._other = tuple(name for name in self._rows if name not in _READ and self._rows[name])

    def _table(self, name: str) -> list[dict[str, str]]:
        return self._rows.get(name, [])

    def survey(self) -> Survey:
        said = self._table("surveys_languagesettings")
        return Survey(
            languages=self.languages,
            sections=tuple(self._sections()),
            titles=self._texts(said, "surveyls_title", "surveyls_language"),
            welcome=self._texts(said, "surveyls_welcometext", "surveyls_language"),
            end=self._texts(said, "surveyls_endtext", "surveyls_language"),
            settings=tuple((key, value) for key, value in self._settings.items() if value),
            other=self._other,
        )

    def _texts(self, rows: Iterable[Row], name: str, language: str = "language") -> Texts:
        found = {row.get(language, ""): row.get(name, "") for row in rows}
        return tuple((one, found[one]) for one in self.languages if found.get(one))

    def _sections(self) -> Iterable[Section]:
        texts = _by(self._table("group_l10ns") or self._table("groups"), "gid")
        groups = _first(self._table("groups"), "gid")
        by_group = _by(list(_first(self._table("questions"), "qid").values()), "gid")
        for gid, group in sorted(groups.items(), key=lambda one: _order(one[1], "group_order")):
            asked = sorted(by_group.get(gid, []), key=lambda one: _order(one, "question_order"))
            yield Section(
                names=self._texts(texts.get(gid, []), "group_name"),
                about=self._texts(texts.get(gid, []), "description"),
                relevance=condition(group.get("grelevance", "")),
                questions=tuple(
                    self._asked(one) for one in asked if one.get("parent_qid", "0") in {"", "0"}
                ),
            )

    def _asked(self, row: Row) -> Asked:
        qid = row.get("qid", "")
        texts = self._words_of("question_l10ns", "questions", "qid", qid)
        parts = _first([one for one in self._parts() if one.get("parent_qid") == qid], "qid")
        return Asked(
            code=row.get("title", ""),
            type=row.get("type", ""),
            texts=self._texts(texts, "question"),
            helps=self._texts(texts, "help"),
            mandatory=row.get("mandatory", "N") or "N",
            other=row.get("other", "") == "Y",
            relevance=condition(row.get("relevance", "")),
            validation=row.get("preg", ""),
            default=self._default(qid),
            parts=tuple(
                Part(
                    one.get("title", ""),
                    self._texts(
                        self._words_of("question_l10ns", "subquestions", "qid", one["qid"]),
                        "question",
                    ),
                    _number(one.get("scale_id", "")),
                    condition(one.get("relevance", "")),
                )
                for one in sorted(parts.values(), key=lambda one: _order(one, "question_order"))
            ),
            answers=self._answers(qid),
            attributes=tuple(
                Attribute(one["attribute"], one.get("value", ""), one.get("language", ""))
                for one in self._by("question_attributes", "qid").get(qid, [])
                if one.get("attribute") and one.get("value")
            ),
            place=f"{row.get('sid', '')}X{row.get('gid', '')}X{qid}",
        )

    def _parts(self) -> list[dict[str, str]]:
        held = [one for one in self._table("questions") if one.get("parent_qid", "0") != "0"]
        return [*self._table("subquestions"), *held]

    def _words_of(self, own: str, inline: str, key: str, value: str) -> list[dict[str, str]]:
        found = self._by(own, key).get(value)
        return found or self._by(inline, key).get(value, [])

    def _answers(self, qid: str) -> tuple[Part, ...]:
        rows = self._by("answers", "qid").get(qid, [])
        first: dict[tuple[str, str], dict[str, str]] = {}
        for one in rows:
            first.setdefault((one.get("code", ""), one.get("scale_id", "")), one)
        return tuple(
            Part(
                one.get("code", ""),
                self._texts(
                    self._by("answer_l10ns", "aid").get(one.get("aid", ""))
                    or [
                        row
                        for row in rows
                        if (row.get("code"), row.get("scale_id"))
                        == (one.get("code"), one.get("scale_id"))
                    ],
                    "answer",
                ),
                _number(one.get("scale_id", "")),
            )
            for one in sorted(first.values(), key=lambda one: _order(one, "sortorder"))
        )

    def _default(self, qid: str) -> str:
        rows = self._by("defaultvalues", "qid").get(qid, [])
        own = [one for one in rows if one.get("sqid", "0") in {"", "0"}]
        if not own:
            return ""
        said = self._by("defaultvalue_l10ns", "dvid").get(own[0].get("dvid", ""), own)
        return next((one["defaultvalue"] for one in said if one.get("defaultvalue")), "")

    def _by(self, table: str, key: str) -> dict[str, list[dict[str, str]]]:
        """Return the rows of a table by one of their cells; made once."""
        if (table, key) not in self._indexes:
            self._indexes[table, key] = _by(self._table(table), key)
        return self._indexes[table, key]


def _by(rows: Iterable[dict[str, str]], key: str) -> dict[str, list[dict[str, str]]]:
    found: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        found.setdefault(row.get(key, ""), []).append(row)
    return found


def _first(rows: Iterable[dict[str, str]], key: str) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for row in rows:
        found.setdefault(row.get(key, ""), row)
    return found


def _order(row: Row, name: str) -> tuple[int, int]:
    return _number(row.get("scale_id", "")), _number(row.get(name, ""))


def _number(written: str) -> int:
    return int(written) if written.isdecimal() and len(written) < 10 else 0
