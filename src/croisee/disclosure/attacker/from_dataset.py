"""The worlds of a Dataset: each wave's answers as integers, read when first asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import pairwise

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from croisee.dataset import Dataset, answers_name
from croisee.disclosure.attacker.worlds import MISSING, Codes, Records, Span, Variable
from croisee.study import Nature, Question, QuestionKind
from croisee.survey import in_classes

ONE_ANSWER = {QuestionKind.SINGLE, QuestionKind.ORDINAL}


class DatasetWorlds(Mapping[str, Records]):
    """The worlds of every wave of a Dataset by ``instrument.edition``; nothing is read before."""

    def __init__(self, dataset: Dataset) -> None:
        self._dataset = dataset
        self._waves = {f"{one}.{edition}": (one, edition) for one, edition in dataset.waves()}
        self._read: dict[str, Records] = {}

    def __getitem__(self, wave: str) -> Records:
        if wave not in self._read:
            self._read[wave] = records_from_dataset(self._dataset, *self._waves[wave])
        return self._read[wave]

    def __iter__(self) -> Iterator[str]:
        return iter(self._waves)

    def __len__(self) -> int:
        return len(self._waves)


def records_from_dataset(dataset: Dataset, instrument: str, edition: str) -> Records:
    """Return one wave's answers at their finest levels, one line a respondent.

    Texts and ranks are left out: nothing counts them. Numbers are read in their classes, each
    item of a multiple response is a variable of its own, and who did not answer a sensitive
    question is in its last answer, as the gate counts them (§3.2).
    """
    answers = dataset.arrow(answers_name(instrument, edition))
    variables: list[Variable] = []
    columns: list[Codes] = []
    for question in dataset.study.instrument(instrument).questions:
        for variable, column in _read(answers, question):
            variables.append(variable)
            columns.append(column)
    size = answers.num_rows
    codes = np.stack(columns, axis=1) if columns else np.zeros((size, 0), np.int16)
    cases = np.array(answers.column("case").to_pylist(), dtype=str)
    return Records(tuple(answers.column("respondent").to_pylist()), cases, tuple(variables), codes)


def _read(answers: pa.Table, question: Question) -> Iterator[tuple[Variable, Codes]]:
    name = question.code
    if question.kind is QuestionKind.MULTIPLE:
        for option in question.options:
            column = answers.column(f"q_{name}__{option.code}")
            codes = pc.fill_null(pc.cast(column, pa.int16()), MISSING)
            yield _variable(question, f"{name}={option.code}", ("non", "oui")), _array(codes)
    elif question.kind is QuestionKind.NUMBER:
        closed = in_classes(question)
        levels = tuple(option.code for option in closed.options)
        column = pc.cast(answers.column(f"q_{name}"), pa.float64())
        bounds = [float(bound) for bound in question.classes]
        values = column.to_numpy()
        places = np.where(np.isnan(values), MISSING, np.searchsorted(bounds, values, "right"))
        yield _variable(question, name, levels, _spans(question)), _folded(question, places)
    elif question.kind in ONE_ANSWER:
        levels = tuple(option.code for option in question.options)
        places = pc.index_in(answers.column(f"q_{name}"), pa.array(levels, pa.string()))
        yield _variable(question, name, levels), _folded(question, _array(pc.fill_null(places, -1)))


def _variable(
    question: Question, name: str, levels: tuple[str, ...], spans: tuple[Span, ...] = ()
) -> Variable:
    return Variable(name, levels, question.nature, question.subject, spans)


def _array(column: pa.ChunkedArray) -> Codes:
    found: Codes = column.to_numpy().astype(np.int16)
    return found


def _folded(question: Question, places: np.ndarray) -> Codes:
    codes = places.astype(np.int16)
    if question.nature is Nature.SENSITIVE:
        last = len(in_classes(question).options) - 1
        codes = np.where(codes == MISSING, last, codes).astype(np.int16)
    return codes


def _spans(question: Question) -> tuple[Span, ...]:
    """Return the smallest and largest value of each class; open at both ends."""
    step: Decimal = question.step
    ends = [None, *question.classes, None]
    return tuple((low, None if high is None else high - step) for low, high in pairwise(ends))
