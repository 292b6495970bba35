"""One question of a wave: its columns, in every way people lay them out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from croisee.language import phrase
from croisee.study import Question, QuestionKind
from croisee.studyfolder import messages, words
from croisee.studyfolder.encoded import EncodedColumn, Reader, Wrong, choice_reader, number_reader
from croisee.studyfolder.problems import Place, Said
from croisee.studyfolder.settings import codes
from croisee.studyfolder.table import Table
from croisee.text import folded_label, parse_number

_MONEY = pa.decimal128(18, 4)
_SCALE, _DIGITS = 4, 14
Columns = dict[str, pa.Array]


def question_columns(
    table: Table, question: Question, whole: str | None, by_option: Mapping[str, str]
) -> Columns:
    """Return the Dataset's columns of one question.

    ``whole`` is the column that bears the question's code, ``by_option`` the columns
    ``question__option``, by option. Both at once are refused.
    """
    if question.kind in {QuestionKind.MULTIPLE, QuestionKind.RANK}:
        if whole and by_option:
            table.problems.refuse(Place(table.file, 1, whole), _both_ways())
        if whole:
            return _listed(EncodedColumn(table, whole), question)
        return _spread(table, question, by_option)
    name = f"q_{question.code}"
    for column in by_option.values():
        table.problems.refuse(Place(table.file, 1, column), _not_multiple())
    if question.kind is QuestionKind.NUMBER:
        reader, kind = number_reader(parse_number, question.missing, _SCALE, _DIGITS), _MONEY
    elif question.kind is QuestionKind.TEXT:
        reader, kind = _text_reader(question), pa.string()
    else:
        reader, kind = _choices(table, question), pa.string()
    if not whole:
        return {name: pa.nulls(len(table.sheet.lines), kind)}
    return {name: EncodedColumn(table, whole).read(reader, kind)}


def _both_ways() -> Said:
    return (
        phrase("Cette question est écrite de deux façons : une colonne, et une par option."),
        phrase("Gardez une seule des deux façons."),
    )


def _not_multiple() -> Said:
    return (
        phrase("Cette question n’a qu’une réponse : elle tient dans une colonne."),
        phrase("Réunissez ces colonnes, ou changez le type dans le livre de codes."),
    )


def _choices(table: Table, question: Question) -> Reader:
    options = [(option.code, option.label.fr, option.label.en) for option in question.options]
    return choice_reader(options, question.missing, table.problems)


def _text_reader(question: Question) -> Reader:
    absent = set(question.missing)
    return lambda text: None if not text or text in absent else text


def _listed(column: EncodedColumn, question: Question) -> Columns:
    """Read ``a|b|c`` (multiple) or ``a>b>c`` (ranks) in one cell."""
    ranked = question.kind is QuestionKind.RANK
    option = _choices(column.table, question)
    known = codes(question.options)
    nothing = words.NONE_CHOSEN - set(known)

    def read(text: str) -> tuple[str, ...] | None:
        if not text or text in question.missing:
            return None
        if folded_label(text) in nothing and not ranked:
            return ()
        parts = [part for part in text.split(">" if ranked else "|") if part.strip()]
        chosen = tuple(code for part in parts if (code := option(part.strip())))
        if len(set(chosen)) != len(chosen):
            raise Wrong(messages.twice(text, None))
        _check_number(question, len(chosen))
        return chosen

    answers = column.distinct(read)
    if ranked:
        return {
            f"q_{question.code}__{code}": column.take(
                [
                    answer.index(code) + 1 if answer and code in answer else None
                    for answer in answers
                ],
                pa.int32(),
            )
            for code in known
        }
    return {
        f"q_{question.code}__{code}": column.take(
            [None if answer is None else code in answer for answer in answers], pa.bool_()
        )
        for code in known
    }


def _check_number(question: Question, chosen: int) -> None:
    if question.kind is not QuestionKind.MULTIPLE:
        return
    low = question.exactly or question.at_least
    high = question.exactly or question.at_most
    if chosen < low or (high is not None and chosen > high):
        raise Wrong(_wrong_number(chosen, low, high if high is not None else len(question.options)))


def _wrong_number(chosen: int, low: int, high: int) -> Said:
    return (
        phrase(
            "Il y a {chosen} réponses ; la question en veut de {low} à {high}.",
            chosen=chosen,
            low=low,
            high=high,
        ),
        phrase("Corrigez la réponse, ou les bornes dans le livre de codes."),
    )


def _spread(table: Table, question: Question, by_option: Mapping[str, str]) -> Columns:
    """Read one column an option: oui/non (multiple) or a rank."""
    ranked = question.kind is QuestionKind.RANK
    kind = pa.int32() if ranked else pa.bool_()
    rows = len(table.sheet.lines)
    reader = _rank_reader(question) if ranked else _tick(question)
    read = {
        option.code: EncodedColumn(table, by_option[option.code]).read(reader, kind)
        if option.code in by_option
        else pa.nulls(rows, kind)
        for option in question.options
    }
    if ranked:
        _check_ranks(table, question, read, by_option)
    else:
        read = _filled(read)
        _check_ticks(table, question, read, by_option)
    return {f"q_{question.code}__{code}": column for code, column in read.items()}


def _tick(question: Question) -> Reader:
    absent = {folded_label(word) for word in question.missing}

    def read(text: str) -> bool | None:
        folded = folded_label(text)
        if not text or folded in absent:
            return None
        answer = words.YES_NO.get(folded)
        if answer is None:
            raise Wrong(messages.not_yes_no(text))
        return answer

    return read


def _rank_reader(question: Question) -> Reader:
    last = len(question.options)

    def read(text: str) -> int | None:
        if not text or text in question.missing:
            return None
        number = parse_number(text)
        if number is None or number != number.to_integral_value():
            raise Wrong(messages.not_whole(text))
        if not 1 <= number <= last:
            raise Wrong(messages.out_of_range(text, 1, last))
        return int(number)

    return read


def _filled(read: Columns) -> Columns:
    """An option left empty by somebody who ticked another one was not chosen."""
    answered: pa.Array | None = None
    for column in read.values():
        here = pc.is_valid(column)
        answered = here if answered is None else pc.or_(answered, here)
    return {
        code: pc.if_else(answered, pc.fill_null(column, False), pa.scalar(None, pa.bool_()))
        for code, column in read.items()
    }


def _check_ticks(
    table: Table, question: Question, read: Columns, by_option: Mapping[str, str]
) -> None:
    low = question.exactly or question.at_least
    high = question.exactly or question.at_most
    if not by_option or (not low and high is None):
        return
    most = len(question.options) if high is None else high
    counts = _sum(read, lambda column: pc.cast(column, pa.int32()))
    _refuse_rows(
        table,
        next(iter(by_option.values())),
        pc.or_(pc.less(counts, low), pc.greater(counts, most)),
        lambda row: _wrong_number(counts[row].as_py(), low, most),
    )


def _check_ranks(
    table: Table, question: Question, read: Columns, by_option: Mapping[str, str]
) -> None:
    """Refuse a rank given twice by one person."""
    if not by_option:
        return
    for rank in range(1, len(question.options) + 1):
        given = _sum(
            read,
            lambda column, rank=rank: pc.fill_null(  # type: ignore[misc]
                pc.cast(pc.equal(column, rank), pa.int32()), 0
            ),
        )
        _refuse_rows(
            table,
            next(iter(by_option.values())),
            pc.greater(given, 1),
            lambda _, rank=rank: _tied(rank),  # type: ignore[misc]
        )


def _tied(rank: int) -> Said:
    return (
        phrase("Le rang {rank} est donné deux fois.", rank=rank),
        phrase("Donnez un rang différent à chaque option, ou videz la cellule."),
    )


def _sum(read: Columns, part: Callable[[pa.Array], pa.Array]) -> pa.Array:
    total: Any = None
    for column in read.values():
        total = part(column) if total is None else pc.add(total, part(column))
    return total


def _refuse_rows(table: Table, column: str, wrong: pa.Array, said: Callable[[int], Said]) -> None:
    for row in pc.indices_nonzero(pc.fill_null(wrong, False)).to_pylist():
        place = Place(table.file, table.sheet.lines[row], column)
        table.problems.refuse(place, said(row))
