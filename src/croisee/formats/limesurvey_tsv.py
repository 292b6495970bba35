"""LimeSurvey's structure as a spreadsheet holds it: one line an item, cells apart by tabs.

Source: LimeSurvey manual, « Tab Separated Value survey structure ».
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from croisee.formats.bounds import MAX_ROWS, decode, read_bytes
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
from croisee.formats.writing import neutral
from croisee.language import phrase

_BASE = (
    "id", "related_id", "class", "type/scale", "name", "relevance", "text", "help", "language",
    "validation", "mandatory", "other", "default", "same_default",
)  # fmt: skip
_NEEDED = frozenset({"class", "type/scale", "name", "text", "language"})
_ALSO = frozenset({*_BASE, "encrypted", "random_group"})
_LONGEST = 1_000_000
_TAG = re.compile(r"</?[a-zA-Z]")
_TITLE, _WELCOME, _END = "surveyls_title", "surveyls_welcometext", "surveyls_endtext"


def read_limesurvey_tsv(path: Path) -> Survey:
    """Read a survey's structure.

    Raises:
        FormatRefused: no text, or no LimeSurvey structure.
    """
    lines = list(_lines(decode(read_bytes(path))))
    if not lines or not set(lines[0]) >= _NEEDED:
        raise FormatRefused(
            phrase("Ce fichier n’est pas une structure de questionnaire LimeSurvey."),
            phrase("Dans LimeSurvey, exportez en « Valeurs séparées par des tabulations »."),
        )
    header, empty = lines[0], dict.fromkeys(lines[0], "")
    reading = _Reading()
    for cells in lines[1:]:
        reading.take(empty | dict(zip(header, cells, strict=False)))
    return reading.survey()


def _lines(text: str) -> Iterator[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter="\t", strict=True)
    before = csv.field_size_limit(_LONGEST)
    try:
        for number, line in enumerate(reader):
            if number > MAX_ROWS:
                raise csv.Error("too long")
            yield [_unmasked(cell) for cell in line]
    except csv.Error as cause:
        raise FormatRefused(
            phrase("Un guillemet ouvert sur cette ligne n’est pas refermé comme il faut."),
            phrase("Doublez les guillemets qui font partie du texte, ou retirez-les."),
            reader.line_num,
        ) from cause
    finally:
        csv.field_size_limit(before)


def _unmasked(cell: str) -> str:
    """Return a cell without the apostrophe that keeps a spreadsheet from computing it."""
    bare = cell.strip()
    return bare[1:] if bare[:1] == "'" and neutral(bare[1:]) == bare else bare


@dataclass(slots=True)
class _Item:
    """One group, question or part, as its lines of each language complete it."""

    row: dict[str, str]
    texts: dict[str, str] = field(default_factory=dict)
    helps: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    below: list[_Item] = field(default_factory=list)


class _Reading:
    """The lines of a file, as they come: a question belongs to the group before it."""

    def __init__(self) -> None:
        self.settings: dict[str, str] = {}
        self.said: dict[str, dict[str, str]] = {}
        self.groups: list[_Item] = []
        self.items: dict[tuple[str, ...], _Item] = {}
        self.other: dict[str, None] = {}
        self._language = ""
        self._place = -1
        self._question: _Item | None = None

    def take(self, row: dict[str, str]) -> None:
        """Take one line."""
        kind, name = row.get("class", ""), row.get("name", "")
        if kind == "S":
            self.settings[name] = row.get("text", "")
        elif kind == "SL":
            self.said.setdefault(name, {})[row.get("language", "")] = row.get("text", "")
        elif kind == "G":
            self._group(row)
        elif kind == "Q" and self.groups:
            self._question = self._item(row, ("Q", name), self.groups[self._place])
        elif kind in {"SQ", "A"} and self._question is not None:
            key = (kind, self._question.row["name"], row.get("type/scale", ""), name)
            self._item(row, key, self._question)
        elif kind:
            self.other[kind] = None

    def _group(self, row: dict[str, str]) -> None:
        if row.get("language", "") != self._language:
            self._language, self._place = row.get("language", ""), -1
        self._place += 1
        if self._place == len(self.groups):
            self.groups.append(_Item(row))
        self._write(self.groups[self._place], row)

    def _item(self, row: dict[str, str], key: tuple[str, ...], above: _Item) -> _Item:
        if key not in self.items:
            self.items[key] = _Item(row)
            above.below.append(self.items[key])
        self._write(self.items[key], row)
        return self.items[key]

    def _write(self, item: _Item, row: dict[str, str]) -> None:
        language = row.get("language", "")
        item.texts[language] = row.get("text", "")
        item.helps[language] = row.get("help", "")
        item.names[language] = row.get("name", "")

    def survey(self) -> Survey:
        """Return what was read."""
        main = self.settings.get("language", "")
        more = self.settings.get("additional_languages", "").split()
        written = [language for one in self.groups for language in one.texts]
        self.languages = tuple(dict.fromkeys(one for one in (main, *more, *written) if one))
        return Survey(
            languages=self.languages,
            sections=tuple(
                Section(
                    names=self._texts(one.names),
                    about=self._texts(one.texts),
                    relevance=condition(one.row.get("relevance", "")),
                    questions=tuple(map(self._asked, one.below)),
                )
                for one in self.groups
            ),
            titles=self._texts(self.said.get(_TITLE, {})),
            welcome=self._texts(self.said.get(_WELCOME, {})),
            end=self._texts(self.said.get(_END, {})),
            settings=tuple((key, value) for key, value in self.settings.items() if value),
            other=tuple(self.other),
        )

    def _texts(self, found: dict[str, str]) -> Texts:
        return tuple((one, found[one]) for one in self.languages if found.get(one))

    def _asked(self, item: _Item) -> Asked:
        row = item.row
        return Asked(
            code=row["name"],
            type=row.get("type/scale", ""),
            texts=self._texts(item.texts),
            helps=self._texts(item.helps),
            mandatory=row.get("mandatory", "") or "N",
            other=row.get("other", "") == "Y",
            relevance=condition(row.get("relevance", "")),
            validation=row.get("validation", ""),
            default=row.get("default", ""),
            parts=tuple(self._part(one) for one in item.below if one.row["class"] == "SQ"),
            answers=tuple(self._part(one) for one in item.below if one.row["class"] == "A"),
            attributes=tuple(
                Attribute(name, value)
                for name, value in row.items()
                if name and name not in _ALSO and value
            ),
        )

    def _part(self, item: _Item) -> Part:
        relevance = condition(item.row.get("relevance", "")) if item.row["class"] == "SQ" else ""
        scale = 1 if item.row.get("type/scale", "") == "1" else 0
        return Part(item.row["name"], self._texts(item.texts), scale, relevance)


def write_limesurvey_tsv(survey: Survey) -> bytes:
    """Return the structure as LimeSurvey imports it: UTF-8, one block of lines a language.

    A cell that a spreadsheet would compute gets an apostrophe, which LimeSurvey writes too;
    a line end becomes ``<br />``. Settings that hold in one language only are left out.
    """
    names = sorted(
        {one.name for section in survey.sections for asked in section.questions
         for one in asked.attributes}
    )  # fmt: skip
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(
        stream, [*_BASE, *names], restval="", delimiter="\t", lineterminator="\r\n"
    )
    writer.writeheader()
    for row in _rows(survey):
        writer.writerow({name: _masked(cell) for name, cell in row.items()})
    return stream.getvalue().encode("utf-8-sig")


def _masked(cell: str) -> str:
    end = " " if _TAG.search(cell) else "<br />"
    return neutral(end.join(cell.splitlines()).replace("\t", " "))


def _rows(survey: Survey) -> Iterator[dict[str, str]]:
    main, *more = survey.languages
    settings = dict(survey.settings) | {"language": main, "additional_languages": " ".join(more)}
    for name, value in settings.items():
        yield {"class": "S", "name": name, "text": value}
    for name, texts in ((_TITLE, survey.titles), (_WELCOME, survey.welcome), (_END, survey.end)):
        for language, text in texts:
            yield {"class": "SL", "name": name, "text": text, "language": language}
    for language in survey.languages:
        number = 0
        for place, section in enumerate(survey.sections, 1):
            yield {
                "id": str(place),
                "class": "G",
                "type/scale": str(place),
                "name": _in(section.names, language),
                "relevance": section.relevance,
                "text": _in(section.about, language),
                "language": language,
            }
            for asked in section.questions:
                number += 1
                yield from _asked_rows(asked, language, str(number), first=language == main)


def _in(texts: Texts, language: str) -> str:
    return dict(texts).get(language, "")


def _asked_rows(
    asked: Asked, language: str, number: str, *, first: bool
) -> Iterable[dict[str, str]]:
    kept = {one.name: one.value for one in asked.attributes if not one.language}
    yield {
        "id": number,
        "class": "Q",
        "type/scale": asked.type,
        "name": asked.code,
        "relevance": asked.relevance or "1",
        "text": _in(asked.texts, language),
        "help": _in(asked.helps, language),
        "language": language,
        "validation": asked.validation,
        "mandatory": asked.mandatory,
        "other": "Y" if asked.other else "N",
        "default": asked.default,
        **(kept if first else {}),
    }
    for kind, parts in (("SQ", asked.parts), ("A", asked.answers)):
        for one in parts:
            yield {
                "id": number,
                "class": kind,
                "type/scale": str(one.scale),
                "name": one.code,
                "relevance": (one.relevance or "1") if kind == "SQ" else "",
                "text": _in(one.texts, language),
                "language": language,
            }
