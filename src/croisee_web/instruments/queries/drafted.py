"""A draft as its pages show it: questions, remarks, faults, preview. Nothing here writes."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from croisee.formats.xlsform import Workbook
from croisee.language import LANGUAGES, Language
from croisee.questionnaire.asked import Asked, Sort
from croisee.questionnaire.codebook import code_of
from croisee.questionnaire.compiling import FormRefused, compile_form
from croisee.questionnaire.editing import questions_of
from croisee.questionnaire.form import Form
from croisee.questionnaire.plain import Flaw, estimated_minutes, notes_on
from croisee.questionnaire.xform import read_form
from croisee_web.access.models import Account
from croisee_web.access.queries import require
from croisee_web.access.vocabulary import Verb
from croisee_web.instruments.models import Instrument, Questionnaire
from croisee_web.instruments.queries.drafts import questionnaire_row
from croisee_web.instruments.rules import ToCorrect, answers_to, book_of, corrected
from croisee_web.instruments.rules.asking import answered_names, condition_words
from croisee_web.instruments.vocabulary import SORTS
from croisee_web.study.models import Method
from croisee_web.study.queries import reader_language, said


@dataclass(frozen=True, slots=True)
class Remark:
    """Something not plain in a question: in which language, what, and what to do."""

    language: str
    text: str
    remedy: str
    about: str


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the editor. ``number`` is 0 for a section or a text to read.

    ``other``: the label in the other language, "" where it is missing; ``missing``: it should
    be there. ``remarks`` are about its words.
    """

    key: str
    number: int
    sort: str
    label: str
    other: str
    missing: bool
    condition: str
    depth: int
    identity: str
    remarks: tuple[Remark, ...]
    can_depend: bool


@dataclass(frozen=True, slots=True)
class DraftPage:
    """A questionnaire being written, as the editor shows it."""

    code: str
    name: str
    version: int
    items: tuple[Item, ...]
    faults: tuple[ToCorrect, ...]
    minutes: str
    published: int
    can_undo: bool
    undone: bool


@dataclass(frozen=True, slots=True)
class Draft:
    """A questionnaire being written. ``published``: the number of its last version, or 0."""

    code: str
    name_fr: str
    name_en: str
    method: str
    version: int
    published: int
    book: Workbook
    questions: tuple[Asked, ...]

    @property
    def name(self) -> str:
        """Return its name in the reader's language."""
        return said(self.name_fr, self.name_en)

    def question(self, key: str) -> Asked | None:
        """Return one question by its key, ``None`` when it is not there."""
        return next((one for one in self.questions if one.key == key), None)


def draft(*, study_id: int, code: str, viewer: Account) -> Draft:
    """Return a questionnaire being written. Three SQL queries at most.

    Raises:
        NotFound, NotAllowed: the viewer may not edit the study, or no such questionnaire.
    """
    require(actor=viewer, verb=Verb.EDIT_STUDY, study_id=study_id)
    return _draft(questionnaire_row(study_id, code))


def _draft(row: Questionnaire) -> Draft:
    book = book_of(row.workbook)
    last = row.published.order_by("-number").values_list("number", flat=True).first()
    return Draft(
        row.code,
        row.name_fr,
        row.name_en,
        row.method.code,
        row.version,
        last or 0,
        book,
        questions_of(book),
    )


def draft_page(*, study_id: int, code: str, viewer: Account) -> DraftPage:
    """Return what the editor shows. Three SQL queries at most.

    Raises:
        NotFound, NotAllowed: the viewer may not edit the study, or no such questionnaire.
    """
    require(actor=viewer, verb=Verb.EDIT_STUDY, study_id=study_id)
    row = questionnaire_row(study_id, code)
    found = _draft(row)
    faults = compiled(found.book)[1]
    language = reader_language()
    return DraftPage(
        row.code,
        found.name,
        row.version,
        tuple(_items(found, language)),
        faults,
        estimated_minutes(found.book, language).said().to(language),
        found.published,
        bool(row.previous),
        row.undone,
    )


def compiled(book: Workbook) -> tuple[Form | None, tuple[ToCorrect, ...]]:
    """Return the form of a workbook, or everything that keeps it from being one."""
    try:
        return read_form(compile_form(book).xml), ()
    except FormRefused as refused:
        return None, corrected(refused.faults).faults


def _items(found: Draft, language: Language) -> list[Item]:
    named = answered_names(found.questions)
    remarks = _remarks(found.book, language)
    english = speaks_english(found.book)
    items, number = [], 0
    for one in found.questions:
        asks = one.sort not in {Sort.SECTION, Sort.NOTE}
        number += asks
        items.append(
            Item(
                key=one.key,
                number=number if asks else 0,
                sort=str(SORTS.get(one.sort, one.type)),
                label=one.label.to(language) or _titled(one),
                other=one.label.en if language == "fr" else one.label.fr,
                missing=english and bool(one.label.fr) and not one.label.en,
                condition=condition_words(one.condition, one.relevant, named, language),
                depth=min(len(one.sections), 3),
                identity=one.identity,
                remarks=tuple(remarks.get(one.key, ())),
                can_depend=one.sort is not Sort.OTHER,
            )
        )
    return items


def _titled(one: Asked) -> str:
    return _("Sans titre") if one.sort is Sort.SECTION else one.name


def _remarks(book: Workbook, language: Language) -> dict[str, list[Remark]]:
    """Return what is not plain, by question: in both languages where there are two."""
    found: dict[str, list[Remark]] = {}
    for spoken in LANGUAGES if speaks_english(book) else LANGUAGES[:1]:
        for note in notes_on(book, spoken):
            if note.flaw is not Flaw.UNTRANSLATED:
                remark = Remark(
                    spoken, note.message.to(language), note.remedy.to(language), note.text
                )
                found.setdefault(note.key, []).append(remark)
    return found


def speaks_english(book: Workbook) -> bool:
    """Return whether a workbook has a column of labels in English."""
    return any("(en)" in column.lower() for column in book.sheet("survey").columns)


def answers_to_question(*, study_id: int, code: str, asked: Asked, viewer: Account) -> int:
    """Return how many answered a question of a published questionnaire. Four SQL queries at most.

    Raises:
        NotFound, NotAllowed: the viewer may not edit the study.
    """
    require(actor=viewer, verb=Verb.EDIT_STUDY, study_id=study_id)
    row = Instrument.objects.filter(study_id=study_id, code=code).values_list("pk", flat=True)
    number = row.first()
    if number is None:
        return 0
    return answers_to(number, code_in_codebook(asked)).sheets


def code_in_codebook(asked: Asked) -> str:
    """Return the code that a question's answers bear."""
    return dict(asked.columns).get("question", "") or code_of(asked.name)


def methods_of(*, study_id: int, viewer: Account) -> list[tuple[str, str]]:
    """Return the methods of a study, by code and name. Two SQL queries at most.

    Raises:
        NotFound, NotAllowed: the viewer may not edit the study.
    """
    require(actor=viewer, verb=Verb.EDIT_STUDY, study_id=study_id)
    rows = Method.objects.filter(study_id=study_id).order_by("position", "pk")
    return [
        (code, said(french, english))
        for code, french, english in rows.values_list("code", "name_fr", "name_en")
    ]
