"""Changing a questionnaire, one act at a time: a workbook in, a workbook out.

What an act does not speak of (other columns, sheets, types, expressions) stays as it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from croisee.formats.xlsform import Workbook, worksheet_of
from croisee.language import Label, phrase
from croisee.questionnaire.asked import (
    IDENTITY,
    LISTED,
    PLAIN,
    Asked,
    Choice,
    Sort,
    Span,
    read_question,
    spans_of,
)
from croisee.questionnaire.grid import FRENCH, Grid
from croisee.questionnaire.holding import EditRefused, broken
from croisee.questionnaire.rewriting import new_rows, rewrite

_ALPHABET = "abcdefghjkmnpqrstvwxyz23456789"
_IDENTITY_LETTERS = 8
_GIVEN = re.compile(r"q([0-9]{1,6})")
_NAME = re.compile(r"[a-zA-Z][a-zA-Z0-9_]{0,59}")
_LAST_NUMBER = "croisee::numero"
"""Column of ``settings``: the last number given to a question. A number is never given twice."""
_EXCHANGED = frozenset({*PLAIN, *LISTED})
"""Sorts that may become one another."""


class _Opened:
    """The three sheets of a workbook while they are changed."""

    def __init__(self, book: Workbook) -> None:
        self.book = book
        self.survey = Grid(book.sheet("survey"))
        self.choices = Grid(book.sheet("choices"))
        self.settings = Grid(book.sheet("settings"))
        self.last_number = last_number(book)
        self.broken = broken(self.survey, self.choices)
        self.lists = self._lists()

    def _lists(self) -> set[str]:
        kinds = (self.survey.get(row, "type").split() for row in self.survey.rows)
        return {words[1] for words in kinds if len(words) > 1}

    def span(self, key: str) -> Span:
        """Return where a question is."""
        for one in spans_of(self.survey):
            if one.key == key:
                return one
        raise EditRefused(
            phrase("Cette question n’est plus dans le questionnaire."),
            phrase("Rechargez la page pour voir le questionnaire tel qu’il est."),
        )

    def closed(self) -> Workbook:
        """Return the workbook changed; refuse what would leave a question hanging.

        A list that no question uses any more goes with the last one.
        """
        gone = self.lists - self._lists()
        rows = self.choices.rows
        self.choices.rows = [r for r in rows if self.choices.get(r, "list_name") not in gone]
        for fault, said in broken(self.survey, self.choices).items():
            if fault not in self.broken:
                raise EditRefused(*said)
        if self.last_number:
            if not self.settings.rows:
                self.settings.rows.append(self.settings.blank())
            self.settings.put(self.settings.rows[0], _LAST_NUMBER, str(self.last_number))
        book = self.book
        for name, grid in (
            ("survey", self.survey),
            ("choices", self.choices),
            ("settings", self.settings),
        ):
            sheet = grid.frozen()
            if sheet != self.book.sheet(name):
                book = book.with_sheet(sheet)
        return book


def new_workbook(code: str, name: Label) -> Workbook:
    """Return a questionnaire without a question."""
    settings = {"form_title": name.fr, "form_id": code, "version": "1", "default_language": FRENCH}
    return Workbook((worksheet_of("survey", []), worksheet_of("settings", [settings])))


def questions_of(book: Workbook) -> tuple[Asked, ...]:
    """Return what a questionnaire asks, in order; a section comes before what it holds."""
    survey, choices = Grid(book.sheet("survey")), Grid(book.sheet("choices"))
    return tuple(read_question(survey, choices, span) for span in spans_of(survey))


def question_of(book: Workbook, key: str) -> Asked:
    """Return one question. Raises :class:`EditRefused` when it is not there any more."""
    opened = _Opened(book)
    return read_question(opened.survey, opened.choices, opened.span(key))


def next_name(book: Workbook) -> str:
    """Return the name the next question will be given: one that no question ever had."""
    return f"q{last_number(book) + 1}"


def last_number(book: Workbook) -> int:
    """Return the last number given to a question of this questionnaire."""
    settings = Grid(book.sheet("settings"))
    told = settings.get(settings.rows[0], _LAST_NUMBER) if settings.rows else ""
    names = (record.get("name", "").strip() for record in book.sheet("survey").records())
    numbers = [int(found[1]) for name in names if (found := _GIVEN.fullmatch(name))]
    return max([*numbers, int(told) if told.isdecimal() else 0])


def with_question(
    book: Workbook, asked: Asked, *, chance: np.random.Generator, after: str | None = None
) -> Workbook:
    """Return the workbook with a question changed (its ``key`` says which), or added.

    A question without a key is added after another (``after=""``: first; ``None``: last; after a
    section: first in it), named :func:`next_name` unless it brings a name. Only what differs from
    the question as it stands is written.

    Raises:
        EditRefused: no such question, a name taken, a sort that cannot become another, or a
            condition on a question that comes later or is not there.
    """
    opened = _Opened(book)
    if asked.key:
        span = opened.span(asked.key)
        old = read_question(opened.survey, opened.choices, span)
        if asked.sort != old.sort and not {asked.sort, old.sort} <= _EXCHANGED:
            raise EditRefused(
                phrase("Une question de cette sorte ne peut pas en devenir une autre."),
                phrase("Ajoutez une question, puis retirez celle-ci."),
            )
    else:
        asked = _named(opened, asked)
        rows = new_rows(opened.survey, opened.choices, asked)
        place = _place_after(opened, after)
        opened.survey.rows[place:place] = rows
        old = replace(asked, label=Label(""), hint=Label(""), choices=(), required=False,
                      condition=None, relevant="", limits=None, constraint="", total=None,
                      columns=(), type="")  # fmt: skip
        span = opened.span(asked.name)
    rewrite(opened.survey, opened.choices, span, asked, old)
    _identify(opened.survey, opened.span(span.key), chance, asked.identity)
    return opened.closed()


def _named(opened: _Opened, asked: Asked) -> Asked:
    if asked.sort is Sort.OTHER:
        raise EditRefused(
            phrase("Cette sorte de question ne s’ajoute pas ici."),
            phrase("Ajoutez-la dans le classeur, puis déposez-le de nouveau."),
        )
    if not asked.name:
        opened.last_number += 1
        return replace(asked, name=f"q{opened.last_number}")
    names = {opened.survey.get(row, "name") for row in opened.survey.rows}
    given = _GIVEN.fullmatch(asked.name)
    if asked.name in names or (given and int(given[1]) <= opened.last_number):
        raise EditRefused(
            phrase("Le nom « {name} » a déjà servi.", name=asked.name),
            phrase("Choisissez un nom qu’aucune question n’a porté."),
        )
    if not _NAME.fullmatch(asked.name):
        raise EditRefused(
            phrase("« {name} » ne peut pas être un nom.", name=asked.name),
            phrase("Commencez par une lettre sans accent, puis lettres, chiffres ou _."),
        )
    if given:
        opened.last_number = int(given[1])
    return asked


def _place_after(opened: _Opened, after: str | None) -> int:
    spans = spans_of(opened.survey)
    if after == "" or not spans:
        return 0
    span = spans[-1] if after is None else opened.span(after)
    return span.last + 1 if span.whole else span.first + 1


def with_choices(book: Workbook, key: str, choices: Iterable[Choice]) -> Workbook:
    """Return the workbook with the choices of a question; a new one without a code is given one.

    Raises:
        EditRefused: no such question, or a condition waits for a choice that goes.
    """
    asked = replace(question_of(book, key), choices=tuple(choices))
    return with_question(book, asked, chance=np.random.default_rng(0))


def without_question(book: Workbook, key: str) -> Workbook:
    """Return the workbook without a question, its block, or the frame of a section.

    The questions of a section stay, asked when it was. The name is not given again.

    Raises:
        EditRefused: no such question, or another one speaks of it.
    """
    opened = _Opened(book)
    survey, span = opened.survey, opened.span(key)
    if span.sort is Sort.SECTION:
        _unwrap(survey, span)
    else:
        del survey.rows[span.first : span.last + 1]
    return opened.closed()


def _unwrap(survey: Grid, span: Span) -> None:
    condition = survey.get(survey.rows[span.first], "relevant")
    for one in spans_of(survey):
        if condition and one.sections and one.sections[-1] == span.key:
            row = survey.rows[one.first]
            own = survey.get(row, "relevant")
            survey.put(row, "relevant", f"({condition}) and ({own})" if own else condition)
    del survey.rows[span.last]
    del survey.rows[span.first]


def moved(book: Workbook, key: str, *, down: bool) -> Workbook:
    """Return the workbook with a question one place further, in or out of a section if need be.

    The first one does not go up, nor the last one down: the workbook is given back as it is.

    Raises:
        EditRefused: no such question, or it would come before one it depends on.
    """
    opened = _Opened(book)
    survey, span = opened.survey, opened.span(key)
    place = _place_of_neighbour(spans_of(survey), span, down=down)
    if place is None:
        return book
    rows = survey.rows[span.first : span.last + 1]
    del survey.rows[span.first : span.last + 1]
    place -= len(rows) if place > span.first else 0
    survey.rows[place:place] = rows
    return opened.closed()


def _place_of_neighbour(spans: list[Span], span: Span, *, down: bool) -> int | None:
    """Return the row before which a question goes."""
    beside = [one for one in spans if one.sections == span.sections]
    place = beside.index(span) + (1 if down else -1)
    if 0 <= place < len(beside):
        other = beside[place]
        if down:
            return other.last + 1 if other.whole else other.first + 1
        return other.first if other.whole else other.last
    above = next((one for one in spans if span.sections and one.key == span.sections[-1]), None)
    if above is None:
        return None
    return above.last + 1 if down else above.first


def with_identities(book: Workbook, *, chance: np.random.Generator) -> Workbook:
    """Return the workbook where every question bears an identity; those it has are kept."""
    opened = _Opened(book)
    for span in spans_of(opened.survey):
        if span.whole and span.sort is not Sort.OTHER:
            _identify(opened.survey, span, chance)
    return opened.closed()


def _identify(survey: Grid, span: Span, chance: np.random.Generator, brought: str = "") -> None:
    """Give an identity to each question of a span that has none, the first the one it brings.

    A budget has its own, beside those of its parts: it stays when they change.
    """
    for row in survey.rows[span.first : span.last + 1] if span.whole else ():
        kind = survey.get(row, "type").lower().replace("_", " ")
        if kind.startswith("begin ") and span.sort is Sort.BUDGET:
            kind = "budget"
        if not kind or kind == "note" or kind.startswith(("begin ", "end ")):
            continue
        if not survey.get(row, IDENTITY):
            survey.put(row, IDENTITY, brought or _drawn(chance))
        brought = ""


def _drawn(chance: np.random.Generator) -> str:
    places = chance.integers(0, len(_ALPHABET), _IDENTITY_LETTERS)
    return "".join(_ALPHABET[place] for place in places)
