"""The answers of a wave as columns of numbers, for methods that need each respondent."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from croisee.study import Question, QuestionKind
from croisee.survey.classes import in_classes

SILENT = -1
"""The place of a respondent who gave no answer."""


@dataclass(frozen=True, slots=True)
class Response:
    """The answers to one closed question, one place a respondent.

    ``options`` in the codebook's order (classes for a number). ``chosen`` has a column an
    option, 1 where it was chosen; ``answered`` says who answered at all.
    """

    question: Question
    options: tuple[str, ...]
    chosen: NDArray[np.float64]
    answered: NDArray[np.bool_]

    @property
    def places(self) -> NDArray[np.int64]:
        """Return the place of the one option each respondent chose, :data:`SILENT` for none."""
        return np.where(self.answered, self.chosen.argmax(axis=1), SILENT)


def response(rows: pa.Table, question: Question) -> Response:
    """Return the answers to a closed question in the rows of a wave, in their order.

    A value of ``sans_reponse`` is no answer; neither is an answer that is no option.
    Raises ``ValueError`` on a text or a ranking.
    """
    closed = in_classes(question)
    codes = tuple(option.code for option in closed.options)
    if question.kind is QuestionKind.MULTIPLE:
        columns = [rows[f"q_{question.code}__{code}"] for code in codes]
        answered = np.asarray(columns[0].is_valid()) if columns else np.zeros(len(rows), bool)
        chosen = [np.asarray(pc.fill_null(c.cast(pa.int8()), 0), dtype=float) for c in columns]
        return Response(closed, codes, np.array(chosen).T.reshape(len(rows), len(codes)), answered)
    if question.kind is QuestionKind.NUMBER:
        values = numbers(rows, question)
        bounds = np.array([float(bound) for bound in question.classes])
        places = np.where(
            np.isnan(values), SILENT, np.searchsorted(bounds, values, side="right")
        ).astype(np.int64)
    elif question.kind in {QuestionKind.SINGLE, QuestionKind.ORDINAL}:
        found = pc.index_in(rows[f"q_{question.code}"], pa.array(codes, pa.string()))
        places = np.asarray(pc.fill_null(found, SILENT), dtype=np.int64)
    else:
        raise ValueError(f"{question.code} is not a closed question")
    chosen_one = (places[:, None] == np.arange(len(codes))).astype(float)
    return Response(closed, codes, chosen_one, places != SILENT)


def numbers(rows: pa.Table, question: Question) -> NDArray[np.float64]:
    """Return the values of a numeric question, ``nan`` for no answer."""
    column = rows[f"q_{question.code}"].cast(pa.float64())
    return np.asarray(pc.fill_null(column, float("nan")), dtype=float)


def texts(rows: pa.Table, column: str) -> list[str]:
    """Return a column of texts, "" for none."""
    return [value or "" for value in rows[column].to_pylist()]
