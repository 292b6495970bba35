"""Permutation tests by seeded draws, where following every table is out of reach.

See ``docs/methods/tests-exacts.md``. Labels change hands, margins stay: what is drawn is tables of
the same margins (or coins, for the same people twice). For the team, as :mod:`.exact`.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from croisee.survey.exact import (
    DRAWS,
    Counts,
    Tested,
    Way,
    drawn_p,
    drawn_tables,
    paired,
)

_SAME = 1e-9
Tables = NDArray[np.int64]


def levels_by_group(table: Counts, generator: np.random.Generator) -> Tested:
    """Test that ordered answers stand as high in each group (Kruskal and Wallis 1952).

    Rows are groups, columns ordered answers; answers alike share their mean rank. The p-value is
    that of the permutations, not of the chi-squared law.
    """
    cells = np.asarray(table, dtype=np.int64)
    cells = cells[cells.sum(axis=1) > 0]
    if _says_nothing(cells):
        return Tested(1.0, Way.EXACT, int(cells.sum()), 1.0)
    answers = cells.sum(axis=0)
    ranks = np.cumsum(answers) - (answers - 1) / 2
    people = cells.sum(axis=1)

    def spread(tables: Tables) -> NDArray[np.float64]:
        sums = tables @ ranks
        return np.asarray((sums**2 / people).sum(axis=1))

    drawn = spread(drawn_tables(cells, generator))
    seen = float(spread(cells[None])[0])
    return drawn_p(int(np.sum(drawn >= seen * (1 - _SAME))), DRAWS, int(cells.sum()))


def association_in_strata(tables: Sequence[Counts], generator: np.random.Generator) -> Tested:
    """Test that rows and columns have nothing to do with each other inside each stratum.

    All tables have the same rows and columns. The statistic adds, over cells, the squared sum over
    strata of seen less expected, divided by the sum of expected: as Mantel and Haenszel (1959)
    do, it looks for the same link in every stratum. Labels change hands inside a stratum.
    """
    strata = [np.asarray(table, dtype=np.int64) for table in tables]
    told = [cells for cells in strata if not _says_nothing(cells)]
    n = int(sum(cells.sum() for cells in strata))
    if not told:
        return Tested(1.0, Way.EXACT, n, 1.0)
    expected = [np.outer(cells.sum(axis=1), cells.sum(axis=0)) / cells.sum() for cells in told]
    whole = np.sum(expected, axis=0)
    weights = np.divide(1.0, whole, out=np.zeros_like(whole), where=whole > 0)
    gaps = np.zeros((DRAWS, *whole.shape))
    seen_gap = np.zeros(whole.shape)
    for cells, mean in zip(told, expected, strict=True):
        gaps += _drawn_wide(cells, generator) - mean
        seen_gap += cells - mean
    seen = float((seen_gap**2 * weights).sum())
    drawn = (gaps**2 * weights).sum(axis=(1, 2))
    return drawn_p(int(np.sum(drawn >= seen * (1 - _SAME))), DRAWS, n)


def several_answers(
    groups: Sequence[int] | Tables,
    chosen: NDArray[np.float64],
    generator: np.random.Generator,
    strata: Sequence[int] | Tables | None = None,
) -> Tested:
    """Test that groups chose the same answers of a question with several, inside each stratum.

    ``groups`` is the place of each person's group, ``chosen`` her answers (people × options, 0 or
    1). The statistic adds the chi-squared of each option against its own base, the people who
    answered the question (Agresti and Liu 1999; Bilder, Loughin and Nettleton 2000); the answers
    of one person go together, so that people, not answers, change groups. The correction of Rao
    and Scott (1981) brings the same sum to a chi-squared law; here its law is drawn.
    """
    patterns, pattern = np.unique(np.asarray(chosen, dtype=np.int64), axis=0, return_inverse=True)
    names, group = np.unique(np.asarray(groups), return_inverse=True)
    stratum = np.zeros(len(group), np.int64) if strata is None else np.asarray(strata)
    drawn = np.zeros((DRAWS, len(names), patterns.shape[1]))
    seen = np.zeros(drawn.shape[1:])
    spread = np.zeros(drawn.shape[1:])
    for one in np.unique(stratum):
        here = stratum == one
        cells = np.zeros((len(names), len(patterns)), dtype=np.int64)
        np.add.at(cells, (group[here], pattern.ravel()[here]), 1)
        if _says_nothing(cells):
            continue
        people = cells.sum(axis=1)[:, None]
        share = (cells.sum(axis=0) @ patterns) / people.sum()
        seen += cells @ patterns - people * share
        spread += people * share * (1 - share)
        drawn += _drawn_wide(cells, generator) @ patterns - people * share
    if not spread.any():
        return Tested(1.0, Way.EXACT, len(group), 1.0)
    weights = np.divide(1.0, spread, out=np.zeros_like(spread), where=spread > 0)
    far = (drawn**2 * weights).sum(axis=(1, 2)) >= float((seen**2 * weights).sum()) * (1 - _SAME)
    return drawn_p(int(far.sum()), DRAWS, len(group))


def before_after(table: Counts, generator: np.random.Generator) -> Tested:
    """Test that the answers of the same units stand as they did (rows before, columns after).

    Two answers: McNemar's exact test. More: who moved from one to another could as well have moved
    back, a fair coin each; the statistic is Stuart's (1955) without covariances,
    Σ (before − after)² / (those who came or went). Those who gave the same answer say nothing.
    """
    cells = np.asarray(table, dtype=np.int64)
    if len(cells) == 2:
        return paired(int(cells[0, 1]), int(cells[1, 0]))
    above = np.triu_indices(len(cells), 1)
    pairs = (cells + cells.T)[above]
    moved = int(pairs.sum())
    if not moved:
        return Tested(1.0, Way.EXACT, 0, 1.0)
    change = np.zeros((len(pairs), len(cells)))
    change[np.arange(len(pairs)), above[1]] = 1
    change[np.arange(len(pairs)), above[0]] = -1
    concerned = np.maximum(np.abs(change).T @ pairs, 1)

    def apart(forward: Tables) -> NDArray[np.float64]:
        return np.asarray((((2 * forward - pairs) @ change) ** 2 / concerned).sum(axis=1))

    drawn = apart(generator.binomial(pairs, 0.5, size=(DRAWS, len(pairs))))
    seen = float(apart(cells[above][None])[0])
    return drawn_p(int(np.sum(drawn >= seen * (1 - _SAME))), DRAWS, moved)


def _says_nothing(cells: Tables) -> bool:
    """Return whether one row or one column holds everybody: no label could change anything."""
    return int((cells.sum(axis=1) > 0).sum()) < 2 or int((cells.sum(axis=0) > 0).sum()) < 2


def _drawn_wide(cells: Tables, generator: np.random.Generator) -> Tables:
    """Draw tables, with the empty rows and columns of ``cells`` where they were."""
    rows, columns = cells.sum(axis=1) > 0, cells.sum(axis=0) > 0
    found = np.zeros((DRAWS, *cells.shape), dtype=np.int64)
    found[np.ix_(np.arange(DRAWS), rows, columns)] = drawn_tables(
        cells[rows][:, columns], generator
    )
    return found
