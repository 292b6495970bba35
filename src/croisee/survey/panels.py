"""What moved between two editions, some of the same organisations having answered both.

See ``docs/methods/tendances.md`` §2 bis: formulae, sources, coverage, worked example. For the team.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from croisee.study import Question, Subject
from croisee.survey.intervals import interval
from croisee.survey.responses import response
from croisee.survey.trends import difference
from croisee.survey.units import Units

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
    together. Weights are not used. A frame is used where all of a wave answered the question; half
    a member is then added at each end where the overlap narrows the interval.
    ``None`` where nobody answered one of them, or where an option is not in both codebooks.
    """
    sides = [_side(*one, levels, case) for one in zip(waves, questions, strict=True)]
    if any(side is None for side in sides):
        return None
    (names, yes, frame), (later, now, frame_after) = [side for side in sides if side is not None]
    place = {name: k for k, name in enumerate(later) if name}
    pairs = [(k, place[name]) for k, name in enumerate(names) if name in place]
    one, two = (np.array([pair[side] for pair in pairs], dtype=np.int64) for side in (0, 1))
    common = None if frame is None or frame_after is None else min(frame, frame_after)
    correlation = 0.0
    if len(pairs) >= ENOUGH:
        alike = _phi(yes[one], now[two])
        correlation = overlap_correlation(
            (len(yes), len(now)), len(pairs), alike, (frame, frame_after)
        )
    ends = [
        (float(said.mean()), *interval(int(said.sum()), len(said), size))
        for said, size in ((yes, frame), (now, frame_after))
    ]
    low, high = difference(ends[0], ends[1], correlation)
    if correlation and common is not None:
        low, high = max(-1.0, low - 0.5 / common), min(1.0, high + 0.5 / common)
    sizes = len(yes), len(now)
    return PanelChange(ends[0][0], ends[1][0], sizes, len(pairs), correlation, low, high)


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


def _side(
    units: Units, question: Question, levels: Sequence[str], case: str
) -> tuple[list[str], Answers, int | None] | None:
    """Return who answered, whether each gave one of the levels, and the frame if it holds."""
    found = response(units.rows, question)
    if not set(levels) <= set(found.options):
        return None
    wanted = [place for place, option in enumerate(found.options) if option in levels]
    here = np.array([case in {"", one} for one in units.cases], dtype=bool)
    there = found.answered & here
    if not there.any():
        return None
    frame = None
    if units.frame is not None and there.sum() == here.sum():
        frame = sum(
            size for name, size in units.frame.items() if case in {"", name.partition("/")[0]}
        )
    alone = units.instrument.subject is Subject.ORGANISATION
    names = [
        f"{units.cases[k]}/{units.organisations[k]}" if alone and units.organisations[k] else ""
        for k in np.flatnonzero(there)
    ]
    return names, found.chosen[there][:, wanted].sum(axis=1) > 0, frame


def _phi(one: Answers, two: Answers) -> float:
    """Return the correlation of two answers of the same units, zero where one never varies."""
    if one.all() or two.all() or not one.any() or not two.any():
        return 0.0
    return float(np.corrcoef(one, two)[0, 1])
