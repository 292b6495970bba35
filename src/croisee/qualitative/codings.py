"""The codings of a study as columns of numbers, and the stretches of text that coders marked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

Whole = NDArray[np.int64]
MOST_CODERS = 60
"""A set of coders is the bits of one whole number."""


@dataclass(frozen=True, slots=True)
class Codings:
    """Codings of participants' turns; every array of a turn, or of a coding, has one length.

    ``document``, ``length`` (characters) and ``person`` follow the turns, which come by document
    and number; ``turn`` (a place among those), ``start``, ``end``, ``code`` and ``coder`` follow
    the codings. ``coder`` is -1 where nobody signed.
    """

    documents: tuple[str, ...]
    people: tuple[str, ...]
    codes: tuple[str, ...]
    coders: tuple[str, ...]
    number: Whole
    document: Whole
    length: Whole
    person: Whole
    turn: Whole
    start: Whole
    end: Whole
    code: Whole
    coder: Whole


@dataclass(frozen=True, slots=True)
class Stretches:
    """What was marked under one code by the same coders: nowhere do two of one code overlap.

    ``coders``: one bit a coder. ``size``: characters, or 1 where a stretch is a turn.
    """

    document: Whole
    code: Whole
    coders: Whole
    size: Whole


@dataclass(frozen=True, slots=True)
class Spans:
    """Passages under one code in one turn, those of one owner that overlap made one.

    ``owner``: the coder where each is kept apart, 0 otherwise. They come by turn, code and place.
    """

    turn: Whole
    code: Whole
    owner: Whole
    start: Whole
    end: Whole


def read_codings(arrow: Callable[[str], pa.Table]) -> Codings:
    """Return the codings of the participants' turns.

    Args:
        arrow: gives the tables ``turns`` and ``codings`` of :mod:`croisee.dataset` by name:
            the method of a ``Dataset``, or tables read elsewhere. Turns of the team, and of who
            nobody knows, are left out with their codings; no text is kept.
    """
    turns = arrow("turns")
    turns = turns.filter(pc.not_equal(turns["participant"], ""))
    documents, document = _encoded(turns["document"])
    people, person = _encoded(turns["participant"])
    number = _whole(turns["turn"])
    order = np.lexsort((number, document))
    key = _places(document[order], number[order])
    rows = arrow("codings")
    known = _whole(
        pc.fill_null(pc.index_in(rows["document"], pa.array(documents, pa.string())), -1)
    )
    wanted = _places(known, _whole(rows["turn"]))
    turn = np.searchsorted(key, wanted)
    kept = (known >= 0) & (turn < len(key))
    kept[kept] = key[turn[kept]] == wanted[kept]
    rows = rows.filter(pa.array(kept))
    codes, code = _encoded(rows["code"])
    coders, coder = _encoded(rows["coder"])
    return Codings(
        documents,
        people,
        codes,
        coders,
        number[order],
        document[order],
        _whole(pc.utf8_length(turns["text"]))[order],
        person[order],
        turn[kept],
        _whole(rows["start"]),
        _whole(rows["end"]),
        code,
        _without_unsigned(coders, coder),
    )


def _without_unsigned(coders: tuple[str, ...], coder: Whole) -> Whole:
    unsigned = np.array([not name for name in coders], bool)
    return np.where(unsigned[coder], -1, coder) if len(coders) else coder


def turn_places(codings: Codings, turns: pa.Table) -> Whole:
    """Return the place of each participant's turn among those of the codings.

    ``turns``: lines of the table, those of participants only.
    """
    names = pa.array(codings.documents, pa.string())
    wanted = _places(_whole(pc.index_in(turns["document"], names)), _whole(turns["turn"]))
    return np.searchsorted(_places(codings.document, codings.number), wanted)


def _places(document: Whole, number: Whole) -> Whole:
    """Return one number a turn, in the order of documents then of turns."""
    return document * (1 << 32) + number


def _encoded(column: pa.ChunkedArray) -> tuple[tuple[str, ...], Whole]:
    """Return the names of a column in alphabetical order, and each line's place among them."""
    names = pc.unique(column).sort()
    return tuple(names.to_pylist()), _whole(pc.index_in(column, names))


def _whole(column: Any) -> Whole:
    values: Whole = np.asarray(column.cast(pa.int64()))
    return values


def merged_spans(codings: Codings, owner: Whole | None = None) -> Spans:
    """Return the passages of each code, those that share characters of one turn made one.

    Args:
        codings: the codings.
        owner: one number a coding, to keep passages of different owners apart.
    """
    mine = np.zeros_like(codings.turn) if owner is None else owner
    kept = mine >= 0
    turn, code, mine = codings.turn[kept], codings.code[kept], mine[kept]
    start = np.minimum(codings.start[kept], codings.length[turn])
    end = np.minimum(codings.end[kept], codings.length[turn])
    order = np.lexsort((end, start, mine, code, turn))
    turn, code, mine = turn[order], code[order], mine[order]
    start, end = start[order], end[order]
    fresh = np.ones(len(turn), bool)
    if len(turn) > 1:
        same = (turn[1:] == turn[:-1]) & (code[1:] == code[:-1]) & (mine[1:] == mine[:-1])
        # Each group of passages is moved past the one before: one running maximum serves all.
        shift = np.concatenate(([0], np.cumsum(~same))) * (int(end.max()) + 1)
        reached = np.maximum.accumulate(end + shift)
        fresh[1:] = ~same | (start[1:] + shift[1:] >= reached[:-1])
        first = np.flatnonzero(fresh)
        end = np.maximum.reduceat(end, first) if len(first) else end
    return Spans(turn[fresh], code[fresh], mine[fresh], start[fresh], end)


def stretches_of_turns(codings: Codings) -> Stretches:
    """Return one stretch a turn and code: who used the code in that turn. Sizes are 1."""
    signed = codings.coder >= 0
    turn, code = codings.turn[signed], codings.code[signed]
    order = np.lexsort((code, turn))
    turn, code = turn[order], code[order]
    bit = np.left_shift(np.int64(1), codings.coder[signed][order])
    first = np.flatnonzero(_changes(turn, code))
    who = np.bitwise_or.reduceat(bit, first) if len(first) else bit
    return Stretches(codings.document[turn[first]], code[first], who, np.ones_like(first))


def stretches_of_characters(codings: Codings, spans: Spans) -> Stretches:
    """Return the stretches of characters that the same coders marked under a code.

    ``spans`` are those of :func:`merged_spans`, kept apart by coder.
    """
    bit = np.left_shift(np.int64(1), spans.owner)
    turn = np.concatenate((spans.turn, spans.turn))
    code = np.concatenate((spans.code, spans.code))
    at = np.concatenate((spans.start, spans.end))
    step = np.concatenate((bit, -bit))
    order = np.lexsort((at, code, turn))
    turn, code, at = turn[order], code[order], at[order]
    who = np.cumsum(step[order])
    size = np.zeros_like(at)
    size[:-1] = at[1:] - at[:-1]
    marked = (who != 0) & (size != 0)
    return Stretches(codings.document[turn[marked]], code[marked], who[marked], size[marked])


def _changes(*columns: Whole) -> NDArray[np.bool_]:
    """Return where any of sorted columns changes, the first line included."""
    change = np.zeros(len(columns[0]), bool)
    change[:1] = True
    for column in columns:
        change[1:] |= column[1:] != column[:-1]
    return change


def bits(coders: Whole) -> Whole:
    """Return how many coders each set holds."""
    return np.bitwise_count(coders).astype(np.int64)


def coders_of_documents(codings: Codings) -> Whole:
    """Return the set of coders who coded something in each document."""
    found = np.zeros(len(codings.documents), np.int64)
    signed = codings.coder >= 0
    np.bitwise_or.at(
        found,
        codings.document[codings.turn[signed]],
        np.left_shift(np.int64(1), codings.coder[signed]),
    )
    return found
