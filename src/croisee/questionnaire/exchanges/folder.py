"""Answers in the study folder's manner (``reponses/``): CSV or XLSX, in and out.

Columns and codes are those of the codebook: ``question``, or ``question__option`` for choices
and ranks; see ``docs/dossier-d-etude.md``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from croisee.formats import Table, read_table
from croisee.questionnaire.codebook import Line, answers_of, code_of
from croisee.questionnaire.exchanges.blank import empty_filling
from croisee.questionnaire.exchanges.columns import Columns
from croisee.questionnaire.exchanges.entering import Answers, Brought, enter_all
from croisee.questionnaire.exchanges.rows import Reader, remarks_of, wrong_cells
from croisee.questionnaire.exchanges.told import Trouble
from croisee.questionnaire.form import Kind
from croisee.questionnaire.sheet import Prepared
from croisee.questionnaire.submission import Received, filling_of

_NOTHING = frozenset({"aucun", "aucune", "none"})
_FACTS = (
    ("repondant", "respondent"),
    ("cas", "case"),
    ("composante", "component"),
    ("organisme", "organisation"),
)
_ANY_TIME = datetime(2000, 1, 1, tzinfo=UTC)


def read_folder_answers(
    path: Path, prepared: Prepared, lines: Sequence[Line], *, at: datetime
) -> Brought:
    """Read answers written by hand or by :func:`folder_table`.

    ``repondant``, ``cas``, ``composante``, ``organisme`` and ``poids`` are facts of each row.

    Args:
        path: a CSV or an XLSX.
        prepared: the form.
        lines: its codebook.
        at: for calculations that ask what time it is; aware.

    Raises:
        FormatRefused: no table, or hostile.
    """
    sheet = read_table(path)
    columns = Columns(empty_filling(prepared))
    known = {line.code: line for line in lines}
    headers = {name: _header(name, known) for name in sheet.header}
    reader = Reader(columns, tuple(dict.fromkeys(one for one, _ in headers.values())))
    troubles: list[Trouble] = list(remarks_of(sheet, path.name, ""))
    rows: list[Answers] = []
    for number, cells in sheet.rows:
        said = {header: _cell(cells[name], line) for name, (header, line) in headers.items()}
        read = reader.read(said)
        troubles += wrong_cells(read, path.name, "", number)
        rows.append(Answers(path.name, "", number, read.values, read.columns, read.facts))
    return enter_all(rows, prepared, at=at, troubles=troubles, ignored=reader.ignored)


def _header(name: str, known: Mapping[str, Line]) -> tuple[str, Line | None]:
    """Return a column's name as the form's own path, and the line whose codes its cells are."""
    base, _, option = name.partition("__")
    line = known.get(code_of(base))
    if line is None:
        return name, None
    below = line.path.strip("/").partition("/")[2]
    if not option:
        return below, line
    theirs = next((code for code, ours in line.options if ours == code_of(option)), "")
    return (f"{below}/{theirs}", None) if theirs else (name, None)


def _cell(cell: str, line: Line | None) -> str:
    """Return a cell with the codes of the codebook as those of the form."""
    if line is None or not cell or not line.options:
        return cell
    theirs = {ours: code for code, ours in line.options if ours}
    if line.kind is Kind.SINGLE:
        return theirs.get(cell, cell)
    if cell.lower() in _NOTHING and cell not in theirs:
        return ""
    sign = ">" if line.kind is Kind.RANKING else "|"
    return sign.join(theirs.get(part.strip(), part.strip()) for part in cell.split(sign))


def folder_table(
    received: Iterable[tuple[Received, Mapping[str, str]]],
    prepared: Prepared,
    lines: Sequence[Line],
    *,
    name: str,
) -> Table:
    """Return submissions as one table of ``reponses/``.

    Questions of a repeat, of a consent and notes are no questions of a codebook: they are not
    there. ``name`` is the file's: ``<instrument>_<edition>``.

    Args:
        received: each submission and its facts (``respondent``, ``case``, ``component``,
            ``organisation``); a respondent without a code gets a number.
        prepared: the form.
        lines: its codebook.
        name: of the table.
    """
    rows = [
        (*_facts(facts, place), *_cells(one, prepared, lines))
        for place, (one, facts) in enumerate(received, 1)
    ]
    header = [fact for fact, _ in _FACTS] + [title for line in lines for title in _titles(line)]
    return Table(name, tuple(header), tuple(rows))


def _facts(facts: Mapping[str, str], place: int) -> Iterator[str]:
    for _, key in _FACTS:
        yield facts.get(key, "") or (str(place) if key == "respondent" else "")


def _titles(line: Line) -> Iterator[str]:
    if line.kind in {Kind.MULTIPLE, Kind.RANKING}:
        yield from (f"{line.code}__{ours}" for _, ours in line.options if ours)
    else:
        yield line.code


def _cells(one: Received, prepared: Prepared, lines: Sequence[Line]) -> Iterator[object]:
    filling = filling_of(one, prepared, at=_ANY_TIME, chance=np.random.default_rng(0))
    answers = answers_of(filling, lines)
    for line in lines:
        answer = answers.get(line.code, "")
        if line.kind in {Kind.MULTIPLE, Kind.RANKING}:
            for _, ours in line.options:
                if ours and isinstance(answer, dict):
                    yield answer.get(ours, "")
                elif ours:
                    yield ("oui" if ours in answer else "non") if answer else ""
        else:
            yield answer
