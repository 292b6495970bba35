"""Exact tests of small tables, given their margins: association, trend, before and after.

See ``docs/methods/tests-exacts.md``. Every number here is for the team: a p-value and the margins
of a table give its masked cells back (``docs/methods/divulgation.md`` §3.15).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import comb, exp, prod, sqrt

import numpy as np
from numpy.typing import NDArray

Counts = Sequence[Sequence[int]] | NDArray[np.int64]
State = tuple[int, ...]
Spread = tuple[NDArray[np.float64], NDArray[np.float64]]
"""The values of a statistic, rising, and the chance of each."""
Add = Callable[[State, State, int], float]
"""(what is left of the rows after a column, the column, its place) → what the column adds."""
WORK = 40_000_000
"""Values followed before an exact test gives way to draws: about a second."""
_TURN = 200
"""What one column of one state costs, in values."""
_SAME = 1e-7
"""Values closer than this are the same one: they differ by rounding only."""
DRAWS = 19_999


class Way(StrEnum):
    """How a p-value was found."""

    EXACT = "exact"
    DRAWN = "tirages"


@dataclass(frozen=True, slots=True)
class Tested:
    """The p-value of a test, two sides together.

    ``least``: the smallest p-value that the margins allow (``None`` where it is not known): above
    5 %, no answer could have been told from chance. ``error``: the standard error of a p-value
    found by draws, zero for an exact one.
    """

    p: float
    way: Way
    n: int
    least: float | None = None
    error: float = 0.0


class _TooMuch(Exception):
    """Following every arrangement would pass the bound."""


def association(table: Counts, generator: np.random.Generator, *, work: int = WORK) -> Tested:
    """Test that rows and columns have nothing to do with each other (Fisher–Freeman–Halton).

    The p-value is the chance, given both margins, of a table as rare as this one or rarer
    (Freeman and Halton 1951, Biometrika 38, p. 141-149; Fisher 1935 for two by two). Every table
    is followed along a network of what is left of the rows, equal paths together (the idea of
    Mehta and Patel 1983, JASA 78, p. 427-434, without their bounds); beyond ``work``, 19 999
    tables are drawn with ``generator``.

    Example:
        >>> lady = association([[3, 1], [1, 3]], np.random.default_rng(1))
        >>> round(lady.p, 4), lady.way.value
        (0.4857, 'exact')
    """
    cells = _filled(table)
    n = int(cells.sum())
    if min(cells.shape) < 2:
        return Tested(1.0, Way.EXACT, n, 1.0)
    cells = cells.T if cells.shape[0] > cells.shape[1] else cells
    factorials = _log_factorials(n)
    logs = np.array(factorials)

    def rarer(_left: State, column: State, _place: int) -> float:
        return sum(factorials[x] for x in column)

    seen = float(logs[cells].sum())
    try:
        values, chances = _distribution(*_margins(cells), rarer, work, alike=True)
    except _TooMuch:
        return _drawn_association(cells, logs, generator)
    least = float(chances[values >= values[-1] - _SAME].sum())
    return Tested(float(chances[values >= seen - _SAME].sum()), Way.EXACT, n, least)


def trend(tables: Sequence[Counts], generator: np.random.Generator, *, work: int = WORK) -> Tested:
    """Test that ordered answers rise or fall with ordered rows, inside each stratum.

    Each table is a stratum, its rows ordered groups, its columns ordered answers. The statistic
    is Jonckheere and Terpstra's, pairs in order and half of the ties (Jonckheere 1954, Biometrika
    41, p. 133-145; Terpstra 1952), added over strata; with two rows it is the test of Wilcoxon,
    Mann and Whitney (rows and answers may change places: what is not a tie is the same). Its
    distribution given the margins of every stratum is exact, or drawn
    beyond ``work``; both sides: as far from its mean or farther.
    """
    strata = [np.asarray(table, dtype=np.int64) for table in tables]
    upright = [cells.T if len(cells) > cells.shape[1] else cells for cells in strata]
    return _in_strata(upright, _InOrder(), generator, work)


def linear_trend(
    tables: Sequence[Counts],
    scores: Sequence[int],
    generator: np.random.Generator,
    *,
    work: int = WORK,
) -> Tested:
    """Test that answers follow a straight line of the rows' scores, inside each stratum.

    ``scores`` are whole numbers, one a row; answers have 0, 1, 2… With two answers it is the exact
    test of Cochran (1954) and Armitage (1955); with more, linear by linear (Agresti, Mehta and
    Patel 1990). See :func:`trend` for strata and for what is drawn.
    """
    strata = [np.asarray(table, dtype=np.int64) for table in tables]
    places = tuple(range(strata[0].shape[1])) if strata else ()
    if len(scores) > len(places):
        turned = _Linear(places, tuple(scores))
        return _in_strata([cells.T for cells in strata], turned, generator, work)
    return _in_strata(strata, _Linear(tuple(scores), places), generator, work)


def paired(more: int, fewer: int) -> Tested:
    """Test that as many changed one way as the other (McNemar 1947, exact).

    ``more`` and ``fewer`` are the units that changed to yes and to no; those that did not change
    say nothing of it. Twice the smaller tail of a fair coin, one at most.

    Example:
        >>> round(paired(8, 1).p, 4)
        0.0391
    """
    n = more + fewer
    if not n:
        return Tested(1.0, Way.EXACT, 0, 1.0)
    tail = sum(comb(n, k) for k in range(min(more, fewer) + 1))
    return Tested(min(1.0, 2 * tail / 2**n), Way.EXACT, n, min(1.0, 2 / 2**n))


def holm(p_values: Sequence[float]) -> tuple[float, ...]:
    """Return p-values corrected for their number (Holm 1979), in the order given.

    The chance that one true hypothesis or more is rejected stays under the level, whatever the
    links between tests.

    Example:
        >>> holm([0.01, 0.04, 0.03, 0.005])
        (0.03, 0.06, 0.06, 0.02)
    """
    order = sorted(range(len(p_values)), key=lambda place: p_values[place])
    found = [0.0] * len(p_values)
    least = 0.0
    for passed, place in enumerate(order):
        least = max(least, min(1.0, (len(p_values) - passed) * p_values[place]))
        found[place] = least
    return tuple(found)


def drawn_p(as_far: int, draws: int, n: int) -> Tested:
    """Return the p-value of draws: this one and those as far, out of all of them."""
    p = (as_far + 1) / (draws + 1)
    return Tested(p, Way.DRAWN, n, None, sqrt(p * (1 - p) / draws))


def _filled(table: Counts) -> NDArray[np.int64]:
    """Return a table without its empty rows and columns: they change no p-value."""
    cells: NDArray[np.int64] = np.asarray(table, dtype=np.int64)
    return cells[np.ix_(cells.sum(axis=1) > 0, cells.sum(axis=0) > 0)]


def _margins(cells: NDArray[np.int64]) -> tuple[State, State]:
    return tuple(map(int, cells.sum(axis=1))), tuple(map(int, cells.sum(axis=0)))


class _InOrder:
    """Twice the pairs whose greater answer is in the later row, and the ties once."""

    def add(self, left: State, column: State, _place: int) -> float:
        """Return the pairs of a column with the columns after it, and the ties inside it."""
        pairs = above = ties = 0
        for here, after in zip(reversed(column), reversed(left), strict=True):
            pairs += 2 * here * above
            above += after
            ties += here * here
        return pairs + (sum(column) ** 2 - ties) / 2

    def mean(self, rows: State, _columns: State) -> float:
        """Return the mean over all arrangements: half of the pairs of different rows, twice."""
        return (sum(rows) ** 2 - sum(r * r for r in rows)) / 2

    def of(self, tables: NDArray[np.int64]) -> NDArray[np.float64]:
        """Return the value of each table of a stack."""
        after = tables[:, :, ::-1].cumsum(axis=2)[:, :, ::-1] - tables
        below = after[:, ::-1].cumsum(axis=1)[:, ::-1] - after
        same = tables[:, ::-1].cumsum(axis=1)[:, ::-1] - tables
        return np.asarray((tables * (2 * below + same)).sum(axis=(1, 2)), dtype=float)


class _Linear:
    """The sum, over people, of the score of their row times the score of their column."""

    def __init__(self, rows: State, columns: State) -> None:
        self.rows, self.columns = rows, columns

    def add(self, _left: State, column: State, place: int) -> float:
        """Return what a column adds."""
        own = sum(s * x for s, x in zip(self.rows, column, strict=True))
        return float(self.columns[place] * own)

    def mean(self, rows: State, columns: State) -> float:
        """Return the mean over all arrangements."""
        over = sum(s * r for s, r in zip(self.rows, rows, strict=True))
        return over * sum(s * c for s, c in zip(self.columns, columns, strict=True)) / sum(rows)

    def of(self, tables: NDArray[np.int64]) -> NDArray[np.float64]:
        """Return the value of each table of a stack."""
        scores = np.outer(self.rows, self.columns)
        return np.asarray(np.einsum("bij,ij->b", tables, scores), dtype=float)


def _distribution(
    rows: State, columns: State, add: Add, work: int, *, alike: bool = False
) -> Spread:
    """Return the distribution of a statistic given the margins, column after column.

    The chance of a column (x₁, x₂, …), given what is left of the rows, is that of drawing its
    people from them. ``alike``: rows may change places, which makes fewer states.
    """
    logs = _log_factorials(sum(rows))
    ways = prod(min(row, columns[0]) + 1 for row in sorted(rows)[:-1]) / len(rows)
    if ways * _TURN > work:  # the first column alone would pass the bound
        raise _TooMuch
    layer: dict[State, Spread] = {_ordered(rows, alike): (np.zeros(1), np.ones(1))}
    done = 0
    for place, taken in enumerate(columns):
        following: defaultdict[State, list[Spread]] = defaultdict(list)
        for left, (values, chances) in layer.items():
            people = sum(left)
            whole = logs[people] - logs[taken] - logs[people - taken]
            mine = sum(logs[one] for one in left)
            for column in _columns(left, taken):
                done += _TURN + len(values)
                if done > work:
                    raise _TooMuch
                rest = tuple(a - b for a, b in zip(left, column, strict=True))
                chosen = sum(logs[one] for one in column) + sum(logs[one] for one in rest)
                chance = exp(mine - chosen - whole)
                here = following[_ordered(rest, alike)]
                here.append((values + add(rest, column, place), chances * chance))
        layer = {state: _merged(held) for state, held in following.items()}
    return next(iter(layer.values()))


def _log_factorials(n: int) -> list[float]:
    """Return the logarithms of 0!, 1!, … n!."""
    return [0.0, *np.cumsum(np.log(np.arange(1, n + 1))).tolist()]


def _merged(held: Sequence[Spread]) -> Spread:
    """Return several distributions as one, equal values together."""
    values = np.concatenate([one for one, _ in held])
    chances = np.concatenate([one for _, one in held])
    order = np.argsort(values, kind="stable")
    values, chances = values[order], chances[order]
    starts = np.flatnonzero(np.concatenate(([True], np.diff(values) > _SAME)))
    return values[starts], np.add.reduceat(chances, starts)


def _ordered(state: State, alike: bool) -> State:
    return tuple(sorted(state)) if alike else state


def _columns(left: State, taken: int) -> Iterator[State]:
    """Yield every column of ``taken`` people that what is left of the rows allows."""
    if len(left) == 1:
        yield (taken,)
        return
    after = sum(left[1:])
    for here in range(max(0, taken - after), min(left[0], taken) + 1):
        for rest in _columns(left[1:], taken - here):
            yield (here, *rest)


def _drawn_association(
    cells: NDArray[np.int64], logs: NDArray[np.float64], generator: np.random.Generator
) -> Tested:
    rarity = logs[drawn_tables(cells, generator)].sum(axis=(1, 2))
    as_far = int(np.sum(rarity >= float(logs[cells].sum()) - _SAME))
    return drawn_p(as_far, DRAWS, int(cells.sum()))


def drawn_tables(cells: NDArray[np.int64], generator: np.random.Generator) -> NDArray[np.int64]:
    """Draw :data:`DRAWS` tables of the margins of ``cells`` (Boyett 1979; Patefield 1981)."""
    from scipy.stats import random_table  # noqa: PLC0415 -- as above

    rows, columns = _margins(cells)
    drawn = random_table(rows, columns).rvs(DRAWS, random_state=generator)
    return np.asarray(drawn).astype(np.int64)


def _in_strata(
    strata: Sequence[NDArray[np.int64]],
    statistic: _InOrder | _Linear,
    generator: np.random.Generator,
    work: int,
) -> Tested:
    """Test a statistic added over strata, both sides, exactly or by draws."""
    told = [cells for cells in strata if cells.sum()]
    n = int(sum(cells.sum() for cells in told))
    margins = [_margins(cells) for cells in told]
    seen = sum(float(statistic.of(cells[None])[0]) for cells in told)
    middle = sum(statistic.mean(*one) for one in margins)
    reach = abs(seen - middle) - _SAME
    found: Spread = (np.zeros(1), np.ones(1))
    try:
        for rows, columns in margins:
            here = _distribution(rows, columns, statistic.add, work)
            found = _together(found, here, work)
    except _TooMuch:
        drawn = sum(statistic.of(drawn_tables(cells, generator)) for cells in told)
        return drawn_p(int(np.sum(np.abs(drawn - middle) >= reach)), DRAWS, n)
    values, chances = found
    gaps = np.abs(values - middle)
    least = float(chances[gaps >= gaps.max() - _SAME].sum())
    return Tested(min(1.0, float(chances[gaps >= reach].sum())), Way.EXACT, n, least)


def _together(one: Spread, other: Spread, work: int) -> Spread:
    """Return the distribution of the sum of two statistics."""
    if len(one[0]) * len(other[0]) > work:
        raise _TooMuch
    values = np.add.outer(one[0], other[0]).ravel()
    return _merged([(values, np.multiply.outer(one[1], other[1]).ravel())])
