"""A questionnaire as the study knows it (an instrument), and the other way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

import numpy as np

from croisee.formats import Sheet
from croisee.formats.xlsform import Workbook, worksheet_of
from croisee.language import Label
from croisee.questionnaire.checking import Fault
from croisee.questionnaire.codebook import PREFIX, SCALE, Line, codebook_of
from croisee.questionnaire.compiling import compile_form
from croisee.questionnaire.filling import Filling
from croisee.questionnaire.grid import ENGLISH, FRENCH
from croisee.questionnaire.sheet import prepare
from croisee.questionnaire.xform import read_form
from croisee.study import Instrument, Question, QuestionKind, Subject
from croisee.studyfolder.codebooks import read_questions
from croisee.studyfolder.exported_tables import codebook_lines
from croisee.studyfolder.layout import CODEBOOK
from croisee.studyfolder.problems import REFUSAL, Problem, Problems
from croisee.studyfolder.table import Row, Table

_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
_IN_FORM = {"libelle": "label", "libelle_en": f"label::{ENGLISH}", "type": "type",
            "question": "name", "options": "type", "options_en": "type"}  # fmt: skip
_NUMBERS = {True: "integer", False: "decimal"}
_SELECTS = {
    QuestionKind.SINGLE: "select_one",
    QuestionKind.ORDINAL: "select_one",
    QuestionKind.MULTIPLE: "select_multiple",
    QuestionKind.RANK: "rank",
}
_COMPUTED = {"question", "libelle", "libelle_en", "type", "options", "options_en"}
_BOUNDED = {"exactement", "min", "max"}
"""Said by the constraint of a multiple choice."""


class InstrumentRefused(ValueError):
    """A questionnaire that makes no codebook. ``faults`` has everything to correct."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__(" ".join(fault.message.to("fr") for fault in faults))
        self.faults = faults


def lines_of(book: Workbook, xml: bytes | None = None) -> tuple[Line, ...]:
    """Return the codebook of a workbook; ``xml`` is its form, when it is compiled already.

    Raises:
        FormRefused: the workbook does not compile.
    """
    form = read_form(compile_form(book).xml if xml is None else xml)
    empty = Filling(prepare(form), at=_EPOCH, chance=np.random.default_rng(0))
    return codebook_of(form, book, empty)


def instrument_of(
    lines: Iterable[Line], *, code: str, name: Label, method: str, subject: Subject
) -> Instrument:
    """Return the instrument of a codebook, by the rules of ``instruments/<code>.csv``.

    Raises:
        InstrumentRefused: cells the codebook refuses, each with its line and column of
            ``survey``.
    """
    questions, problems = _read(tuple(lines), subject)
    faults = tuple(map(_fault, (one for one in problems if one.severity == REFUSAL)))
    if faults:
        raise InstrumentRefused(faults)
    return Instrument(code, name, method, subject, questions)


def advice_on(lines: Iterable[Line], subject: Subject) -> tuple[Fault, ...]:
    """Return what a team may want to change in a codebook that is not refused."""
    _, problems = _read(tuple(lines), subject)
    return tuple(map(_fault, (one for one in problems if one.severity != REFUSAL)))


def _read(
    lines: tuple[Line, ...], subject: Subject
) -> tuple[tuple[Question, ...], tuple[Problem, ...]]:
    known = CODEBOOK.known
    header = tuple(
        dict.fromkeys(column for line in lines for column, _ in line.cells if column in known)
    )
    problems = Problems()
    table = Table.of("survey", Sheet(header, [], {}), CODEBOOK, problems)
    empty = dict.fromkeys(header, "")
    rows = [
        Row(table, line.row or place, empty | dict(line.cells))
        for place, line in enumerate(lines, 1)
    ]
    questions = read_questions(rows if table.complete else [], subject)
    return questions, problems.listed()


def _fault(problem: Problem) -> Fault:
    column = _IN_FORM.get(problem.column, f"{PREFIX}{problem.column}")
    return Fault(problem.file, problem.row, column, problem.message, problem.remedy)


def workbook_of(instrument: Instrument) -> Workbook:
    """Return a questionnaire that asks what an instrument's codebook says, in its order.

    :func:`instrument_of` gives the same questions back, save a mean (``moyenne``), which a
    study's policy asks for, and the weights of the instrument.
    """
    header, lines = codebook_lines(instrument)
    english = any(one.label.en for one in instrument.questions)
    survey, choices = [], []
    for question, line in zip(instrument.questions, lines, strict=True):
        cells = dict(zip(header, map(_text, line), strict=True))
        survey.append(_asked(question, cells, english=english))
        choices += list(_choices(question))
    settings = {
        "form_title": instrument.name.fr,
        "form_id": instrument.code,
        "version": "1",
        "default_language": FRENCH,
    }
    return Workbook(
        (
            worksheet_of("survey", survey),
            worksheet_of("choices", choices),
            worksheet_of("settings", [settings]),
        )
    )


def _text(cell: object) -> str:
    return "" if cell is None else str(cell)


def _asked(question: Question, cells: dict[str, str], *, english: bool) -> dict[str, str]:
    row = {
        "type": _type(question),
        "name": f"q-{question.code}" if question.code[0].isdigit() else question.code,
        f"label::{FRENCH}": question.label.fr,
        **({f"label::{ENGLISH}": question.label.en} if english else {}),
        "appearance": SCALE if question.kind is QuestionKind.ORDINAL else "",
        "constraint": " and ".join(_bounds(question)),
    }
    said_otherwise = _COMPUTED | (_BOUNDED if question.kind is QuestionKind.MULTIPLE else set())
    return row | {
        f"{PREFIX}{column}": cell
        for column, cell in cells.items()
        if column not in said_otherwise or (column == "question" and cell != row["name"])
    }


def _type(question: Question) -> str:
    if question.kind in _SELECTS:
        return f"{_SELECTS[question.kind]} {question.code}"
    if question.kind is QuestionKind.NUMBER:
        return _NUMBERS[question.step == question.step.to_integral_value()]
    return "text"


def _bounds(question: Question) -> Iterator[str]:
    if question.kind is not QuestionKind.MULTIPLE:
        return
    if question.exactly is not None:
        yield f"count-selected(.) = {question.exactly}"
    if question.at_least:
        yield f"count-selected(.) >= {question.at_least}"
    if question.at_most is not None:
        yield f"count-selected(.) <= {question.at_most}"


def _choices(question: Question) -> Iterator[dict[str, str]]:
    english = any(option.label.en for option in question.options)
    for option in question.options:
        yield {
            "list_name": question.code,
            "name": option.code,
            f"label::{FRENCH}": option.label.fr,
            **({f"label::{ENGLISH}": option.label.en} if english else {}),
        }
