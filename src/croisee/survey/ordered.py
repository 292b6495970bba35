"""Summaries of ordered answers under a design: the median, and the mean place of what was ranked.

See ``docs/methods/intervalles.md`` §6: formulae, sources, coverage, examples.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from croisee.study import Question
from croisee.survey.design import Design, Estimate, Floats, Mask, share

_HALF = 0.5


def median(drawn: Design, values: Floats, domain: Mask | None = None) -> Estimate:
    """Return the median of a domain and its interval, both among the values that were given.

    The median is the first value at or under which half of the weight is (the lower one of two).
    The interval holds each value that no test at 2.5 % a side sets aside: that at most half are
    under it, and at least half at or under it, each share with the interval of :func:`share`
    (Francisco and Fuller 1991, Annals of Statistics 19, p. 454-469). In a plain draw it is the one
    of order statistics, exact. ``values`` may be the places of ordered options; those outside of
    the domain are any number, never ``nan``. The error is ``nan``: no normal law is supposed.
    Raises ``ValueError`` on a domain without weight.
    """
    inside = np.ones(len(drawn.weights), bool) if domain is None else domain
    given, places = np.unique(values[inside], return_inverse=True)
    sums = np.bincount(places, drawn.weights[inside], minlength=len(given))
    if not sums.sum():
        raise ValueError("an empty domain")
    heap = np.cumsum(sums) / sums.sum()
    middle = int(np.argmax(heap >= _HALF - 1e-12))

    def up_to(place: int) -> Estimate:
        return share(drawn, (values <= given[place]).astype(float), inside)

    low = _first(middle, lambda place: up_to(place).high >= _HALF)
    last = len(given) - 1
    high = middle + _first(
        last - middle, lambda more: up_to(middle + more).low > _HALF
    )  # the first value that surely has half at or under it is the last one that may be the median
    found = up_to(middle)
    return Estimate(
        float(given[middle]),
        float("nan"),
        float(given[low]),
        float(given[high]),
        found.n,
        exact=found.exact,
    )


def places_given(rows: pa.Table, question: Question) -> tuple[Floats, Mask]:
    """Return the place each respondent gave each option of a ranking, and who ranked anything.

    Shape (respondents, options), 1 for the first. Equal ranks share the mean of their places, and
    so do the options a respondent left out, after all the others, as in a count of Borda
    (``docs/methods/priorites.md``); the lines of who ranked nothing are to be left aside.
    """
    columns = [rows[f"q_{question.code}__{option.code}"] for option in question.options]
    ranks = np.array(
        [np.asarray(pc.fill_null(one.cast(pa.float64()), float("inf"))) for one in columns]
    ).T.reshape(len(rows), len(columns))
    before = (ranks[:, None, :] < ranks[:, :, None]).sum(axis=2)
    alike = (ranks[:, None, :] == ranks[:, :, None]).sum(axis=2)
    answered: NDArray[np.bool_] = np.isfinite(ranks).any(axis=1)
    return before + (alike + 1) / 2, answered


def _first(last: int, holds: Callable[[int], bool]) -> int:
    """Return the first place of 0 to ``last`` for which a rising condition holds, else ``last``."""
    low, high = 0, last
    while low < high:
        half = (low + high) // 2
        if holds(half):
            high = half
        else:
            low = half + 1
    return low
