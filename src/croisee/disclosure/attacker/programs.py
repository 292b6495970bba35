"""Integer programs: how small and how large a target can be in a world that reads the same.

One unknown per atom: (region, level of each attribute, level of the answer), a number of
units. Every released value of these questions is a row. Atoms that no row and no target tells
apart are one unknown, which keeps a program to a few dozen columns.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

Row = NDArray[np.float64]
Limits = tuple[Row, Sequence[float] | Row, Sequence[float] | Row]
"""``low`` ≤ rows · atoms ≤ ``high``: the rows, their lows, their highs."""
MOST_ATOMS = 20_000
SECONDS = 2.0
PATIENCE = 10
MOST_NODES = 20_000
TIMED_OUT = 1


@dataclass(slots=True)
class Solver:
    """The budget of an audit: how many programs were solved, the limit of each."""

    seconds: float = SECONDS
    solved: int = 0


@dataclass(frozen=True, slots=True)
class Constraint:
    """``low`` ≤ row · atoms ≤ ``high``; ``tables`` released it (empty: structure)."""

    row: Row
    low: float
    high: float
    tables: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Program:
    """The worlds that read the same, for a few questions; see :func:`reach`.

    ``frozen`` rows fix what other programs share with this one: worlds found under them can be
    joined with those of the other programs into one whole world.
    """

    atoms: int
    rows: Sequence[Constraint]
    frozen: Sequence[Constraint] = field(default=())

    def without(self, table: str) -> Program:
        """Return the program as if one table had never been released."""
        kept = [row for row in self.rows if table not in row.tables]
        return Program(self.atoms, kept, self.frozen)

    @property
    def tables(self) -> tuple[str, ...]:
        """Return the released tables that constrain the program."""
        return tuple(sorted(frozenset().union(*(row.tables for row in self.rows))))


Way = Literal["inner", "outer", "relaxed"]


def witnessed(
    program: Program,
    target: NDArray[np.bool_],
    solver: Solver,
    known: tuple[int, int] | None,
    settles: Callable[[int, int], bool],
) -> bool:
    """Return whether whole worlds prove a target safe: the inner program's ends, and ``known``.

    ``known`` are values already exhibited by real worlds (the truth, swaps); one end of the
    program often settles the matter with them.
    """
    if program.atoms > MOST_ATOMS:
        return False
    weights, limits = _limits(program, target, "inner")
    least, most = known if known is not None else (0, -1)
    downwards = known is not None and settles(0, most)
    for sign in (1, -1) if downwards else (-1, 1):
        found = _solve(sign * weights, limits, solver, "inner")
        if found is None:
            return False
        if sign == 1:
            least = int(np.ceil(found - 1e-6))
        else:
            most = int(np.floor(-found + 1e-6))
        if known is not None and settles(least, most):
            return True
    return settles(least, most)


def reach(
    program: Program, target: NDArray[np.bool_], solver: Solver, way: Way
) -> tuple[int, int] | None:
    """Return the least and the most units of ``target``, or ``None`` if it was not found.

    ``inner`` freezes what other questions share: both ends are attained in whole worlds.
    ``outer`` does not. ``relaxed`` drops integrality, rounded inwards: it contains the others.
    """
    if program.atoms > MOST_ATOMS:
        return None
    weights, limits = _limits(program, target, way)
    low = _solve(weights, limits, solver, way)
    high = None if low is None else _solve(-weights, limits, solver, way)
    if low is None or high is None:
        return None
    return int(np.ceil(low - 1e-6)), int(np.floor(-high + 1e-6))


def _limits(
    program: Program, target: NDArray[np.bool_], way: Way
) -> tuple[NDArray[np.float64], Limits]:
    rows = [*program.rows, *(program.frozen if way == "inner" else ())]
    matrix = np.array([row.row for row in rows] + [target.astype(float)])
    columns = _distinct_columns(matrix)
    lows, highs = np.array([row.low for row in rows]), np.array([row.high for row in rows])
    return columns[-1], (columns[:-1], lows, highs)


def _distinct_columns(matrix: NDArray[np.float64]) -> NDArray[np.float64]:
    kept: dict[bytes, int] = {}
    turned = np.ascontiguousarray(matrix.T)
    for index, column in enumerate(turned):
        kept.setdefault(column.tobytes(), index)
    found: NDArray[np.float64] = matrix[:, list(kept.values())]
    return found


def _solve(weights: NDArray[np.float64], limits: Limits, solver: Solver, way: Way) -> float | None:
    solver.solved += 1
    # A loaded machine must not refuse what an idle one certifies: one patient second try.
    for seconds in (solver.seconds, PATIENCE * solver.seconds):
        options = {"time_limit": seconds, "node_limit": MOST_NODES}
        result = _minimised(weights, limits, way != "relaxed", options)
        if result.status != TIMED_OUT:
            break
    return float(result.fun) if result.status == 0 else None


def solution(
    program: Program, target: NDArray[np.bool_], *, largest: bool, frozen: bool
) -> NDArray[np.int64] | None:
    """Return one world (units by atom) where the target is least, or largest."""
    rows = [*program.rows, *(program.frozen if frozen else ())]
    weights = -target.astype(float) if largest else target.astype(float)
    limits = (np.array([r.row for r in rows]), [r.low for r in rows], [r.high for r in rows])
    result = _minimised(weights, limits, True, {"time_limit": SECONDS})
    return np.rint(result.x).astype(np.int64) if result.status == 0 else None


def _minimised(weights: Row, limits: Limits, integral: bool, options: Any) -> Any:
    from scipy.optimize import (  # noqa: PLC0415 -- a third of a second; only an audit solves
        Bounds,
        LinearConstraint,
        milp,
    )

    return milp(
        weights,
        constraints=LinearConstraint(*limits),
        integrality=np.full(len(weights), integral, dtype=np.int8),
        bounds=Bounds(0, np.inf),
        options=options,
    )


def causes(program: Program, still: Callable[[Program], bool]) -> tuple[str, ...]:
    """Return a smallest set of tables that is enough for a breach: drop one at a time."""
    for table in program.tables:
        fewer = program.without(table)
        if still(fewer):
            program = fewer
    return program.tables
