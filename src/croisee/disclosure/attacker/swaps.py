"""Swap witnesses: two people exchange one answer and every released table reads the same.

Disjoint exchanges compose, so a matching of d pairs that take an answer out of a group gives
real worlds with every value from x - d to x. The matching is found as a maximum flow between
classes of people that the tables cannot tell apart.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from croisee.disclosure.attacker.inquiry import Group, Inquiry
from croisee.disclosure.attacker.worlds import Members


class Swaps:
    """The exchanges of one question's answers that change nothing released."""

    def __init__(self, inquiry: Inquiry) -> None:
        self.inquiry = inquiry
        self._answers = inquiry.answers()
        views = [*self._views()]
        mine = np.stack([view[0] for view in views], axis=1)
        others = np.stack([view[1] for view in views], axis=1)
        both = np.concatenate([mine, others, self._answers[:, None]], axis=1)
        classes, of_unit = np.unique(both, axis=0, return_inverse=True)
        self._of_unit: NDArray[np.int64] = of_unit.reshape(-1)
        width = mine.shape[1]
        a, b = classes[:, :width], classes[:, width : 2 * width]
        same = (a[:, None, :] == a[None, :, :]) | (b[:, None, :] == b[None, :, :])
        self._may: NDArray[np.bool_] = same.all(axis=2)
        self._count = len(classes)

    def _views(self) -> list[tuple[NDArray[np.int64], NDArray[np.int64]]]:
        """Return, for each table and base, how it reads each unit's answer and the rest."""
        inquiry = self.inquiry
        found = []
        keys = sorted({(c.table, c.base) for c in inquiry.counts})
        for table, base in keys:
            counts = [c for c in inquiry.counts if (c.table, c.base) == (table, base)]
            inside = inquiry.regions.inside[base][inquiry.unit_regions]
            mine = self._signature([dict(c.events)[inquiry.question] for c in counts], "")
            rest = [inside.astype(np.int64)]
            others = sorted({n for c in counts for n, _ in c.events} - {inquiry.question})
            for name in others:
                blocks = [dict(c.events).get(name, frozenset()) for c in counts]
                rest.append(np.where(inside, self._signature(blocks, name), -2))
            found.append((mine, _numbered(rest)))
        for mean in inquiry.means:
            inside = inquiry.regions.inside[mean.base][inquiry.unit_regions]
            found.append((self._answers.astype(np.int64), inside.astype(np.int64)))
        return found

    def _signature(self, blocks: Sequence[frozenset[str]], name: str) -> NDArray[np.int64]:
        """Return, unit by unit, which blocks its level is in, as one number."""
        inquiry = self.inquiry
        name = name or inquiry.question
        assert inquiry.truth is not None
        variable = inquiry.truth.variable(name)
        assert variable is not None
        distinct = sorted(set(blocks), key=sorted)
        of_level = [tuple(level in block for block in distinct) for level in variable.levels]
        names = {signature: i for i, signature in enumerate(dict.fromkeys(of_level))}
        lookup = np.array([names[signature] for signature in of_level] + [-1], dtype=np.int64)
        column = inquiry.truth.column(name)[np.asarray(inquiry.regions.of_unit) >= 0]
        found: NDArray[np.int64] = lookup[column]
        return found

    def reach(self, group: Group, answer: frozenset[str]) -> tuple[int, int]:
        """Return the values of a target that real exchanges attain, all those between too."""
        assert self.inquiry.truth is not None
        variable = self.inquiry.truth.variable(self.inquiry.question)
        assert variable is not None
        here = self.inquiry.members(group)
        chosen = [i for i, level in enumerate(variable.levels) if level in answer]
        chose = np.isin(self._answers, chosen)
        x = int((here & chose).sum())
        down = self._matching(here & chose, ~here & ~chose)
        up = self._matching(here & ~chose, ~here & chose)
        return x - down, x + up

    def _matching(self, left: Members, right: Members) -> int:
        """Return how many disjoint pairs may exchange: a maximum bipartite matching."""
        a = np.bincount(self._of_unit[left], minlength=self._count)
        b = np.bincount(self._of_unit[right], minlength=self._count)
        from scipy.sparse import csr_array  # noqa: PLC0415 -- only an audit needs graphs
        from scipy.sparse.csgraph import maximum_flow  # noqa: PLC0415

        rows, columns = np.flatnonzero(a), np.flatnonzero(b)
        if not len(rows) or not len(columns):
            return 0
        pairs = self._may[np.ix_(rows, columns)]
        i, j = np.nonzero(pairs)
        sink = len(rows) + len(columns) + 1
        start = np.concatenate(
            [np.zeros(len(rows)), i + 1, np.arange(len(columns)) + len(rows) + 1]
        )
        end = np.concatenate(
            [np.arange(len(rows)) + 1, j + len(rows) + 1, np.full(len(columns), sink)]
        )
        room = np.concatenate([a[rows], np.minimum(a[rows][i], b[columns][j]), b[columns]])
        graph = csr_array(
            (room.astype(np.int32), (start.astype(int), end.astype(int))),
            shape=(sink + 1, sink + 1),
        )
        return int(maximum_flow(graph, 0, sink).flow_value)


def _numbered(columns: Sequence[NDArray[np.int64]]) -> NDArray[np.int64]:
    _, numbers = np.unique(np.stack(columns, axis=1), axis=0, return_inverse=True)
    found: NDArray[np.int64] = numbers.reshape(-1).astype(np.int64)
    return found
