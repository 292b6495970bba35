"""Columns of answers read by their distinct values: a million cells, a few words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from croisee.studyfolder import messages, words
from croisee.studyfolder.problems import Place, Problems, Said
from croisee.studyfolder.table import Table

Reader = Callable[[str], Any]


class Wrong(Exception):
    """A cell that cannot be read; what to say of it. Raised and caught in this room only."""

    def __init__(self, said: Said) -> None:
        super().__init__()
        self.said = said


class EncodedColumn:
    """One column of a table: distinct values, and where each row finds its own."""

    def __init__(self, table: Table, name: str) -> None:
        """Take the column called ``name`` in the file."""
        encoded = table.sheet.columns[name].unify_dictionaries().combine_chunks()
        self.table = table
        self.name = name
        self.values: list[str] = encoded.dictionary.to_pylist()
        self.indices: pa.Array = encoded.indices

    def read(self, reader: Reader, kind: pa.DataType) -> pa.Array:
        """Return each row's value as ``reader`` reads it; null and a problem where it cannot."""
        return pc.take(pa.array(self.distinct(reader), kind), self.indices)

    def distinct(self, reader: Reader) -> list[Any]:
        """Return each distinct value as ``reader`` reads it; ``None`` for those refused."""
        read: list[Any] = []
        wrong: dict[int, Said] = {}
        for place, value in enumerate(self.values):
            try:
                read.append(reader(value))
            except Wrong as cause:
                read.append(None)
                wrong[place] = cause.said
        if wrong:
            self._refuse(wrong)
        return read

    def take(self, values: Sequence[Any], kind: pa.DataType) -> pa.Array:
        """Return, for each row, the item of ``values`` that stands for its distinct value."""
        return pc.take(pa.array(values, kind), self.indices)

    def _refuse(self, wrong: dict[int, Said]) -> None:
        concerned = pc.is_in(self.indices, value_set=pa.array(sorted(wrong), pa.int32()))
        rows = pc.indices_nonzero(concerned).to_pylist()
        places = pc.take(self.indices, pa.array(rows, pa.int64())).to_pylist()
        for row, place in zip(rows, places, strict=True):
            self.table.problems.refuse(
                Place(self.table.file, self.table.sheet.lines[row], self.name), wrong[place]
            )


def choice_reader(
    options: Iterable[tuple[str, str, str]], missing: Iterable[str], problems: Problems
) -> Reader:
    """Return the reader of one answer: an option's code, or its label; ``None`` when missing.

    ``options`` are (code, French label, English label). Unique labels only: two options with
    the same label are read by their codes.
    """
    listed = list(options)
    by_word: dict[str, str] = {}
    for code, *labels in reversed(listed):
        for label in labels:
            if label:
                by_word[_folded(label)] = code
    by_word |= {code: code for code, *_ in listed}
    absent = {_folded(word) for word in missing}

    def read(text: str) -> str | None:
        folded = _folded(text)
        if not text or folded in absent:
            return None
        code = by_word.get(words.read_code(text) or "") or by_word.get(folded)
        if code is None:
            near = problems.near(folded, by_word)
            raise Wrong(messages.unknown_word(text, near, [code for code, *_ in listed]))
        return code

    return read


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def number_reader(
    parse: Callable[[str], Decimal | None], missing: Iterable[str], scale: int, digits: int
) -> Reader:
    """Return the reader of a decimal with ``scale`` decimals and ``digits`` digits before."""
    absent = {_folded(word) for word in missing}
    limit, step = Decimal(10) ** digits, Decimal(1).scaleb(-scale)

    def read(text: str) -> Decimal | None:
        if not text or _folded(text) in absent:
            return None
        number = parse(text)
        if number is None or not abs(number) < limit:
            raise Wrong(messages.not_a_number(text))
        return number.quantize(step)

    return read
