"""A LimeSurvey survey as a questionnaire: every language, every question, and what is lost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from croisee.formats.html_text import plain_text
from croisee.formats.limesurvey import Asked, Section, Survey, Texts
from croisee.formats.limesurvey_tsv import read_limesurvey_tsv
from croisee.formats.lsa import Archived, is_lsa, read_lsa
from croisee.formats.lss import read_lss
from croisee.formats.xlsform import Workbook, worksheet_of
from croisee.language import phrase
from croisee.questionnaire.codebook import code_of
from croisee.questionnaire.exchanges.limesurvey_questions import Record, Writing, write_question
from croisee.questionnaire.exchanges.limesurvey_words import (
    ARRAYS,
    LOST_TABLES,
    PREFIX,
    language_name,
    said_in,
)
from croisee.questionnaire.exchanges.logic import NotSimple, Ticked, read_script, to_xpath
from croisee.questionnaire.exchanges.told import Imported, Loss

_PIPED = re.compile(r"\{([A-Za-z_]\w*)(?:\.(?:NAOK|shown|value))?\}")
_EXPRESSION = re.compile(r"\{[^\s{}][^{}]*\}")
_NAME = re.compile(r"[^A-Za-z0-9_]+")


def read_limesurvey(path: Path) -> Imported:
    """Read the structure of a survey (``.lss``, ``.lsa``, or tab-separated ``.txt`` and ``.tsv``).

    Raises:
        FormatRefused: none of them, or hostile.
    """
    if is_lsa(path):
        archived = read_lsa(path)
        read = questionnaire_of(archived.survey)
        return Imported(read.workbook, (*read.losses, *_unopened(archived)))
    with path.open("rb") as stream:
        head = stream.read(200).lstrip(b"\xef\xbb\xbf \r\n\t")
    xml = head.startswith(b"<")
    return questionnaire_of(read_lss(path) if xml else read_limesurvey_tsv(path))


def _unopened(archived: Archived) -> Iterator[Loss]:
    """Yield that the parts of an archive about people are never opened."""
    if archived.unopened:
        yield Loss(
            "",
            phrase("Les invitations et les temps de réponse ne sont jamais lus : {names}.",
                   names=", ".join(archived.unopened)),
        )  # fmt: skip


def questionnaire_of(survey: Survey) -> Imported:
    """Return a survey as a workbook.

    Questions keep their codes; a group of questions is a group; an array is a group on one
    page, a question for each line, named ``<question>_<line>``, which is also how LimeSurvey
    names the columns of its answers. A condition that is not simple stays in the column
    ``limesurvey::relevance``, and the question is asked to everybody; settings stay in columns
    ``limesurvey::<setting>``.
    """
    return _Translation(survey).imported()


class _Translation:
    """One survey on its way."""

    def __init__(self, survey: Survey) -> None:
        self._survey = survey
        self._languages = survey.languages or ("fr",)
        self.writing = Writing(self._languages, self._words)
        self._named: dict[str, str | Ticked] = {}
        self._taken: set[str] = set()
        self._codes: list[tuple[Asked, str]] = []
        for section in survey.sections:
            for asked in section.questions:
                self._name(asked)

    def _name(self, asked: Asked) -> None:
        """Give a question its name here, and remember all that LimeSurvey calls it."""
        name = _NAME.sub("_", asked.code) or "q"
        name = name if name[0].isalpha() or name[0] == "_" else f"q{name}"
        base, place = name, 2
        while name.lower() in self._taken:
            name, place = f"{base}_{place}", place + 1
        if name != asked.code:
            self.writing.lose(
                asked.code, phrase("La question s’appelle « {name} » ici.", name=name)
            )
        self._taken.add(name.lower())
        self._codes.append((asked, name))
        for key in (asked.code, asked.place):
            if key:
                self._named.setdefault(key, name)
        for ending, named in _below(asked, name):
            self._named.setdefault(f"{asked.code}_{ending}", named)
            self._named.setdefault(f"{asked.place}{ending}", named)

    def _words(self, question: str, html: str) -> str:
        """Return their text as ours: plain, an answer of before as ``${question}``."""
        text, left_out = plain_text(html)
        if left_out:
            self.writing.lose(
                question,
                phrase("Un lien, une image ou un script du texte n’est pas repris ({tags}).",
                       tags=", ".join(sorted(left_out))),
            )  # fmt: skip
        text = text.replace("${", "$ {")
        piped = _PIPED.sub(self._piped, text)
        rest = _EXPRESSION.findall(re.sub(r"\$\{[^}]*\}", "", piped))
        if rest:
            self.writing.lose(
                question,
                phrase("Le texte calculé « {text} » reste tel quel.", text=rest[0][:60]),
            )
        return piped

    def _piped(self, found: re.Match[str]) -> str:
        named = self._named.get(found[1])
        return f"${{{named}}}" if isinstance(named, str) else found[0]

    def imported(self) -> Imported:
        """Return the workbook."""
        self._note("accueil_texte", self._survey.welcome)
        for place, section in enumerate(self._survey.sections, 1):
            self._section(section, place)
        self._note("fin_texte", self._survey.end)
        for table in self._survey.other:
            if table in LOST_TABLES:
                self.writing.lose("", LOST_TABLES[table])
        title = plain_text(said_in(self._survey.titles, self._languages[0]))[0]
        settings = {
            "form_title": title or "LimeSurvey",
            "form_id": code_of(title or "limesurvey"),
            "version": "1",
            "default_language": language_name(self._languages[0]),
        }
        book = Workbook(
            (
                worksheet_of("survey", [_filled(one) for one in self.writing.survey]),
                worksheet_of("choices", self.writing.choices),
                worksheet_of("settings", [settings]),
            )
        )
        return Imported(book, tuple(Loss(*one) for one in self.writing.losses))

    def _note(self, name: str, texts: Texts) -> None:
        said = self.writing.said("", "label", texts)
        if any(said.values()):
            self.writing.survey.append({"type": "note", "name": name, **said})

    def _section(self, section: Section, place: int) -> None:
        name = f"groupe_{place}"
        label = self.writing.said("", "label", section.names)
        main = f"label::{language_name(self._languages[0])}"
        self.writing.survey.append(
            {
                "type": "begin_group",
                "name": name,
                **({main: name} | label),
                **self._condition(name, section.relevance),
            }
        )
        self._note(f"{name}_texte", section.about)
        for asked in section.questions:
            own = next(name for one, name in self._codes if one is asked)
            condition = self._condition(own, asked.relevance)
            before = len(self.writing.survey)
            write_question(asked, own, self.writing, condition["relevant"])
            self.writing.survey[before].update(
                {key: cell for key, cell in condition.items() if key != "relevant"}
            )
        self.writing.survey.append({"type": "end_group"})

    def _condition(self, question: str, written: str) -> Record:
        """Return a condition as ours; one that is not simple as theirs, and said."""
        if not written:
            return {"relevant": ""}
        try:
            return {"relevant": to_xpath(read_script(written), self._ours)}
        except NotSimple:
            self.writing.lose(
                question,
                phrase("La condition « {condition} » n’est pas reprise : tout le monde répond.",
                       condition=written[:120]),
            )  # fmt: skip
            return {"relevant": "", f"{PREFIX}relevance": written}

    def _ours(self, name: str) -> str | Ticked:
        if name not in self._named:
            raise NotSimple(name)
        return self._named[name]


def _below(asked: Asked, name: str) -> Iterator[tuple[str, str | Ticked]]:
    """Yield what LimeSurvey calls each part of a question, and what it is here."""
    if asked.other or asked.type == "O":
        yield "other", f"{name}_other"
        yield "comment", f"{name}_comment"
    across = [one.code for one in asked.parts if one.scale]
    for part in asked.parts:
        if asked.type in "MP":
            yield part.code, Ticked(name, part.code)
            yield f"{part.code}comment", f"{name}_{part.code}comment"
        elif asked.type in ARRAYS:
            yield part.code, f"{name}_{part.code}"
            for code in (*across, "0", "1"):
                yield f"{part.code}_{code}", f"{name}_{part.code}_{code}"


def _filled(record: Record) -> Record:
    return {column: cell for column, cell in record.items() if cell}
