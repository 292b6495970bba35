"""The questions of a workbook as somebody who writes a questionnaire sees them.

What is not understood here (other types, expressions, columns) is shown as it is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from croisee.language import Label
from croisee.questionnaire.codebook import CONSENT, PREFIX, SCALE, codebook_column
from croisee.questionnaire.conditions import Condition, Limits, read_condition, read_limits
from croisee.questionnaire.grid import Grid

BUDGET, POSITION = "croisee-budget", "croisee-position"
IDENTITY, TOTAL = f"{PREFIX}identite", f"{PREFIX}total"
_YES = {"yes", "true", "true()", "oui"}


class Sort(StrEnum):
    """A common question; ``SECTION`` holds others, ``OTHER`` is left as it is written."""

    SINGLE = "choix"
    SCALE = "echelle"
    MULTIPLE = "plusieurs"
    RANKING = "classement"
    INTEGER = "entier"
    DECIMAL = "decimal"
    TEXT = "texte"
    DATE = "date"
    BUDGET = "budget"
    POSITION = "position"
    CONSENT = "accord"
    NOTE = "note"
    SECTION = "section"
    OTHER = "autre"


LISTED = {
    Sort.SINGLE: "select_one",
    Sort.SCALE: "select_one",
    Sort.MULTIPLE: "select_multiple",
    Sort.RANKING: "rank",
}
"""Sorts whose answers come from one list, and their type in ``survey``."""
PLAIN = {
    Sort.INTEGER: "integer",
    Sort.DECIMAL: "decimal",
    Sort.TEXT: "text",
    Sort.DATE: "date",
    Sort.NOTE: "note",
}
BLOCKS = {Sort.BUDGET: BUDGET, Sort.POSITION: POSITION, Sort.CONSENT: CONSENT}
"""Sorts made of several rows in a group, and the appearance of the group."""
_ALIASES = {"int": "integer", "string": "text"}


@dataclass(frozen=True, slots=True)
class Choice:
    """An answer that may be chosen, or an objective of a budget. ``code`` is given if empty."""

    code: str
    label: Label


@dataclass(frozen=True, slots=True)
class Asked:
    """One question, section or note of a questionnaire.

    ``key`` names it in this workbook: its name, or ``#<row>`` for a row without a name of its
    own; ``""`` in a question to be added, as ``name`` and ``identity``, which are then given.
    ``answer`` is the name that conditions speak of: that of the choice, in a block.
    ``label`` of a consent or a position is that of its choice; ``hint`` of a consent is the
    text above it. ``relevant`` and ``constraint`` are the expressions as written; ``condition``
    and ``limits`` what is understood of them. ``columns`` are the codebook's (``croisee::…``),
    without their beginning. ``sections`` are the keys of what it stands in, outermost first.
    """

    sort: Sort
    label: Label
    key: str = ""
    name: str = ""
    answer: str = ""
    identity: str = ""
    hint: Label = Label("")
    choices: tuple[Choice, ...] = ()
    required: bool = False
    condition: Condition | None = None
    relevant: str = ""
    limits: Limits | None = None
    constraint: str = ""
    total: Decimal | None = None
    columns: tuple[tuple[str, str], ...] = ()
    sections: tuple[str, ...] = ()
    row: int | None = None
    type: str = ""

    def said(self, column: str) -> str:
        """Return a cell of the codebook by its French name, whatever the column's language."""
        cells = {codebook_column(name): cell for name, cell in self.columns}
        return cells.get(column, "")


@dataclass(frozen=True, slots=True)
class Span:
    """The rows of one thing in ``survey``: a question, a block of ours, a section and all in it.

    ``first`` and ``last`` are places in ``Grid.rows``; ``whole``: nothing in it is shown apart.
    """

    key: str
    sort: Sort
    first: int
    last: int
    sections: tuple[str, ...]
    whole: bool = True


def spans_of(survey: Grid) -> list[Span]:
    """Return what a ``survey`` asks, in order: a section comes before what it holds."""
    kinds = [survey.get(row, "type").lower().replace("_", " ") for row in survey.rows]
    keys = _keys(survey, kinds)
    ends = _ends(kinds)
    found: list[Span] = []
    above: list[Span] = []
    place = 0
    while place < len(kinds):
        while above and place > above[-1].last:
            above.pop()
        kind = kinds[place]
        if kind and not kind.startswith("end "):
            last = ends.get(place, place)
            sort = _sort(survey, place, last)
            whole = sort is not Sort.SECTION and not (sort is Sort.OTHER and last > place)
            span = Span(keys[place], sort, place, last, tuple(s.key for s in above), whole)
            found.append(span)
            if not whole:
                above.append(span)
            elif last > place:
                place = last
        place += 1
    return found


def _keys(survey: Grid, kinds: list[str]) -> list[str]:
    taken: set[str] = set()
    keys = []
    for row, (cells, kind) in enumerate(zip(survey.rows, kinds, strict=True), 2):
        name = "" if kind.startswith("end ") else survey.get(cells, "name")
        keys.append(name if name and name not in taken else f"#{row}")
        taken.add(name)
    return keys


def _ends(kinds: list[str]) -> dict[int, int]:
    """Return where each group ends; one that is not closed ends with the sheet."""
    ends: dict[int, int] = {}
    open_at: list[int] = []
    for place, kind in enumerate(kinds):
        if kind.startswith("begin "):
            open_at.append(place)
        elif kind.startswith("end ") and open_at:
            ends[open_at.pop()] = place
    return ends | dict.fromkeys(open_at, len(kinds) - 1)


def _sort(survey: Grid, first: int, last: int) -> Sort:
    kind = survey.get(survey.rows[first], "type")
    spelt = kind.lower().replace("_", " ")
    if spelt.startswith("begin "):
        if spelt != "begin group":
            return Sort.OTHER
        return _block(survey, first, last) or Sort.SECTION
    simple = next((one for one, word in PLAIN.items() if word == _ALIASES.get(spelt, spelt)), None)
    if simple:
        return simple
    listed = list_of(kind)
    if not listed:
        return Sort.OTHER
    if kind.startswith("select_one") and SCALE in survey.get(survey.rows[first], "appearance"):
        return Sort.SCALE
    return next(sort for sort, word in LISTED.items() if word == kind.split()[0])


def list_of(kind: str) -> str:
    """Return the list of a type such as ``select_one accord``; ``""`` if it is another type."""
    words = kind.split()
    return words[1] if len(words) == 2 and words[0] in LISTED.values() else ""


def _block(survey: Grid, first: int, last: int) -> Sort | None:
    appearance = survey.get(survey.rows[first], "appearance").split()
    kinds = [kind for kind, _ in parts_of(survey, first, last)]
    for sort, word in BLOCKS.items():
        if word in appearance and _MADE_OF[sort].fullmatch(" ".join(kinds)):
            return sort
    return None


_MADE_OF = {
    Sort.BUDGET: re.compile(r"(?:integer|decimal)(?: (?:integer|decimal))*"),
    Sort.POSITION: re.compile(r"select_one text"),
    Sort.CONSENT: re.compile(r"(?:note )?select_one"),
}


def parts_of(survey: Grid, first: int, last: int) -> list[tuple[str, list[str]]]:
    """Return the (type without its list, row) of what stands between the ends of a group."""
    return [
        (kind.split()[0], row)
        for row in survey.rows[first + 1 : last]
        if (kind := survey.get(row, "type"))
    ]


def read_question(survey: Grid, choices: Grid, span: Span) -> Asked:
    """Return one question of a workbook."""
    head = survey.rows[span.first]
    parts = [row for _, row in parts_of(survey, span.first, span.last)] if span.whole else []
    shown = head
    if span.sort in {Sort.POSITION, Sort.CONSENT}:
        shown = parts[0] if span.sort is Sort.POSITION else parts[-1]
    hint = parts[0] if span.sort is Sort.CONSENT and len(parts) > 1 else None
    relevant, constraint = survey.get(head, "relevant"), survey.get(shown, "constraint")
    total = survey.get(head, TOTAL)
    return Asked(
        sort=span.sort,
        label=survey.label(shown, "label"),
        key=span.key,
        name=survey.get(head, "name"),
        answer=survey.get(shown, "name"),
        identity=survey.get(shown, IDENTITY),
        hint=survey.label(shown, "hint") if hint is None else survey.label(hint, "label"),
        choices=_choices(survey, choices, span, shown, parts),
        required=survey.get(shown, "required").lower() in _YES,
        condition=read_condition(relevant),
        relevant=relevant,
        limits=read_limits(constraint, several=span.sort is Sort.MULTIPLE),
        constraint=constraint,
        total=_decimal(total),
        columns=tuple(_columns(survey, parts[0] if span.sort is Sort.BUDGET else shown)),
        sections=span.sections,
        row=span.first + 2,
        type=survey.get(head, "type"),
    )


def _columns(survey: Grid, row: list[str]) -> Iterator[tuple[str, str]]:
    for column in survey.beginning(PREFIX):
        name = column.strip()[len(PREFIX) :]
        if survey.get(row, column) and column.strip().lower() not in {IDENTITY, TOTAL}:
            yield name, survey.get(row, column)


def _choices(
    survey: Grid, choices: Grid, span: Span, shown: list[str], parts: list[list[str]]
) -> tuple[Choice, ...]:
    if span.sort is Sort.BUDGET:
        return tuple(Choice(survey.get(one, "name"), survey.label(one, "label")) for one in parts)
    listed = list_of(survey.get(shown, "type"))
    return tuple(
        Choice(choices.get(row, "name"), choices.label(row, "label"))
        for row in choices.rows
        if listed and choices.get(row, "list_name") == listed
    )


def _decimal(written: str) -> Decimal | None:
    try:
        return Decimal(written.replace(",", ".")) if written else None
    except InvalidOperation:
        return None
