"""What moved between two editions, some of the same organisations having answered both.

See ``docs/methods/tendances.md`` §2 bis: formulae, sources, coverage, worked example. For the team.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from croisee.study import Question, Subject
from croisee.survey.design import Design, Estimate, Floats, share
from croisee.survey.responses import response
from croisee.survey.trends import difference
from croisee.survey.units import Units, wave_design

ENOUGH = 20
"""Fewer units in both editions say too little of how alike two answers are: none is supposed."""
MOST = 0.9
"""A correlation nearer to one is not trusted: the interval would shrink to nothing."""
Answers = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class PanelChange:
    """A share in two editions, what it moved by, and its 95 % interval (shares, −1 to 1).

    ``both``: units that answered the question in both; ``correlation`` that of the two shares,
    zero where ``both`` is under :data:`ENOUGH`.
    """

    before: float
    after: float
    sizes: tuple[int, int]
    both: int
    correlation: float
    low: float
    high: float

    @property
    def gap(self) -> float:
        """Return what the share moved by."""
        return self.after - self.before

    @property
    def moved(self) -> bool:
        """Return whether the interval leaves zero out."""
        return self.low > 0 or self.high < 0


def panel_change(
    waves: tuple[Units, Units],
    questions: tuple[Question, Question],
    levels: Sequence[str],
    *,
    case: str = "",
) -> PanelChange | None:
    """Return how the share of some answers moved, the oldest wave first.

    ``questions`` are the same question in each wave's codebook; ``levels`` the options counted
    together. Each share is that of its wave as it was drawn (:func:`croisee.survey.wave_design`,
    :func:`croisee.survey.share`): weights, strata, clusters, frame. Half a member is added at each
    end where the overlap narrows the interval.
    ``None`` where nobody answered one of them, or where an option is not in both codebooks.
    """
    sides = [_side(*one, levels, case) for one in zip(waves, questions, strict=True)]
    if any(side is None for side in sides):
        return None
    before, after = (side for side in sides if side is not None)
    one, two = (share(side.drawn, side.said, side.inside) for side in (before, after))
    both = _both(before, after)
    correlation = _correlation(before, after, (one, two), both) if len(both) >= ENOUGH else 0.0
    low, high = difference(
        (one.value, one.low, one.high), (two.value, two.low, two.high), correlation
    )
    members = [sum(size for size in side.frame.values()) for side in (before, after)]
    if correlation and all(members):
        low, high = max(-1.0, low - 0.5 / min(members)), min(1.0, high + 0.5 / min(members))
    return PanelChange(one.value, two.value, (one.n, two.n), len(both), correlation, low, high)


def overlap_correlation(
    sizes: tuple[int, int],
    both: int,
    alike: float,
    frames: tuple[int | None, int | None],
) -> float:
    """Return the correlation of two shares, ``both`` of their units being the same.

    Without frames, both · alike / √(n₁n₂) (Kish 1965, §12.4). With one frame of N, the covariance
    is (both/(n₁n₂) − 1/N) S₁₂ (Tam 1984, The American Statistician 38, p. 288-289): two draws that
    overlap no more than chance would have it tell nothing of each other. With two frames, N is the
    smaller, which is prudent. ``alike`` is the correlation of the two answers of one unit; the
    result is held to :data:`MOST`.

    Example:
        >>> round(overlap_correlation((40, 46), 30, 0.6, (None, None)), 3)
        0.42
        >>> round(overlap_correlation((40, 46), 40, 0.6, (60, 64)), 3)
        0.425
    """
    n, m = sizes
    if frames[0] is None or frames[1] is None:
        return max(-MOST, min(MOST, both * alike / sqrt(n * m)))
    spread = (1 / n - 1 / frames[0]) * (1 / m - 1 / frames[1])
    if spread <= 0:
        return 0.0
    shared = both / (n * m) - 1 / min(frames[0], frames[1])
    return max(-MOST, min(MOST, shared * alike / sqrt(spread)))


@dataclass(frozen=True, slots=True)
class _Side:
    """One wave of a change: its design, who gave one of the levels, who answered, who they are."""

    drawn: Design
    said: Floats
    inside: Answers
    names: tuple[str, ...]
    strata: NDArray[np.str_]
    frame: Mapping[str, int]
    """Members of each stratum of those who answered; empty where it is not known."""


def _side(units: Units, question: Question, levels: Sequence[str], case: str) -> _Side | None:
    found = response(units.rows, question)
    if not set(levels) <= set(found.options):
        return None
    wanted = [place for place, option in enumerate(found.options) if option in levels]
    drawn = wave_design(units)
    here = np.array([case in {"", one} for one in units.cases], dtype=bool)
    inside = found.answered & here
    if not drawn.weights[inside].sum():
        return None
    alone = units.instrument.subject is Subject.ORGANISATION
    names = tuple(
        f"{one}/{organisation}" if alone and organisation else ""
        for one, organisation in zip(units.cases, units.organisations, strict=True)
    )
    strata = np.array(units.strata)
    frame = {} if drawn.members is None else {
        name: size for name, size in (units.frame or {}).items() if name in strata[inside]
    }  # fmt: skip
    said = (found.chosen[:, wanted].sum(axis=1) > 0).astype(float)
    return _Side(drawn, said, inside, names, strata, frame)


def _both(before: _Side, after: _Side) -> list[tuple[int, int]]:
    """Return the places of the units that answered the question in both waves."""
    place = {after.names[k]: int(k) for k in np.flatnonzero(after.inside) if after.names[k]}
    found = (int(k) for k in np.flatnonzero(before.inside))
    return [(k, place[before.names[k]]) for k in found if before.names[k] in place]


def _correlation(
    before: _Side, after: _Side, found: tuple[Estimate, Estimate], both: Sequence[tuple[int, int]]
) -> float:
    """Return the correlation of two shares: that of each stratum, by what it weighs in both."""
    one, two = found
    if not one.error or not two.error:
        return 0.0
    alike = _alike(before, after, both)
    covariance = 0.0
    for name in np.intersect1d(before.strata[before.inside], after.strata[after.inside]):
        shared = sum(before.strata[k] == after.strata[m] == name for k, m in both)
        sides = [_stratum(side, name, found) for side, found in ((before, one), (after, two))]
        (n, size, error), (m, size_after, error_after) = sides
        r = overlap_correlation((n, m), shared, alike, (size, size_after))
        covariance += r * error * error_after
    return max(-MOST, min(MOST, covariance / (one.error * two.error)))


def _stratum(side: _Side, name: str, found: Estimate) -> tuple[int, int | None, float]:
    """Return who answered in a stratum, of how many members, and its part of the error."""
    here = side.strata == name
    inside = side.inside & here
    n = int(inside.sum())
    members = side.frame.get(name)
    if members is not None:
        members = max(n, round(members * n / int(here.sum())))  # some skipped the question
    weights = side.drawn.weights
    scores = (weights * (side.said - found.value) / weights[side.inside].sum())[inside]
    left = 1.0 if members is None else 1 - n / members
    spread = float(np.var(scores, ddof=1)) if n > 1 else 0.0
    return n, members, sqrt(left * n * spread)


def _alike(before: _Side, after: _Side, both: Sequence[tuple[int, int]]) -> float:
    """Return the correlation inside strata of two answers of the same units, zero if none vary."""
    one, two = (np.array([pair[side] for pair in both], dtype=np.int64) for side in (0, 1))
    gaps = [before.said[one], after.said[two]]
    for name in np.unique(before.strata[one]):
        here = before.strata[one] == name
        for gap in gaps:
            gap[here] -= gap[here].mean()
    spread = float(np.sqrt((gaps[0] ** 2).sum() * (gaps[1] ** 2).sum()))
    return float(gaps[0] @ gaps[1]) / spread if spread else 0.0
